"""One intention = one transaction = one step of undo (architecture, decision 2), on one writer thread.

``Store`` is what services get. ``write`` runs a piece of work on the writer's thread inside a step; ``read``
gives a query-only session. Mapped objects must not leave the function that is given the session.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from kamdesk.model.messages import KamdeskError, Message
from kamdesk.store import search, versions
from kamdesk.store.changes import ChangeSet, RowChange, changes_of, encode_params
from kamdesk.store.raw import raw

if TYPE_CHECKING:
    from kamdesk.store.files import FileStore

T = TypeVar("T")
Params = Mapping[str, object] | Callable[[Session], Mapping[str, object]]
Clock = Callable[[], datetime]
_ERRORS = (
    ("disk is full", "storage.full"),
    ("readonly", "storage.read_only"),
    ("disk i/o", "storage.failed"),
    ("unable to open", "storage.failed"),
    ("locked", "storage.busy"),
    ("malformed", "vault.damaged_inside"),
    ("not a database", "vault.damaged_inside"),
)


def utc_now() -> datetime:
    """The real clock; tests and the demo give another."""
    return datetime.now(UTC)


def told(error: DBAPIError | dbapi2.Error) -> KamdeskError | None:
    """The problem that a database error stands for, when it is one that the user can do something about."""
    words = str(error.orig if isinstance(error, DBAPIError) else error).casefold()
    return next((KamdeskError(code) for sign, code in _ERRORS if sign in words), None)


class Store:
    """The encrypted records of an open vault. Made by ``kamdesk.store.vault``; closed with it.

    ``today`` and ``now`` give local time by the injected clock. Functions given to :meth:`subscribe` are called
    on the writer's thread after each commit that changed something.
    """

    def __init__(
        self,
        writer: Engine,
        reader: Engine,
        files: FileStore,
        vault_id: str,
        clock: Clock,
        unchanged: Callable[[], None],
    ) -> None:
        self.files = files
        self.vault_id = vault_id
        self._writer = writer
        self._reader = reader
        self._clock = clock
        self._unchanged = unchanged
        self._thread = ThreadPoolExecutor(1, "kamdesk-writer")
        self._thread_id = self._thread.submit(threading.get_ident).result()
        self._listeners: list[Callable[[ChangeSet], None]] = []
        self._reading = threading.local()
        self._writing = False

    # --- time

    def now(self) -> datetime:
        """The present local time without a zone, to the minute (see ``MomentText``)."""
        return self._clock().astimezone().replace(tzinfo=None, second=0, microsecond=0)

    # --- reading

    def read(self, work: Callable[[Session], T]) -> T:
        """The result of ``work`` on the query-only connection; never waits for the writer.

        A question asked inside another one is answered from the same state of the vault.
        """
        outer: Session | None = getattr(self._reading, "session", None)
        if outer is not None:
            return work(outer)
        try:
            with self._reader.connect() as connection, connection.begin():
                self._reading.session = Session(connection, autoflush=False)
                try:
                    return work(self._reading.session)
                finally:
                    self._reading.session = None
        except DBAPIError as error:
            raise told(error) or error from error
        except UnicodeEncodeError:
            raise KamdeskError("storage.wrong_signs") from None  # the error itself would carry the text

    # --- writing

    def write(
        self,
        code: str,
        params: Params,
        work: Callable[[Session], T],
        *,
        visit: str = "",
        initiator: str = "",
        kind: str = "do",
        reverts: int | None = None,
    ) -> T:
        """Run ``work`` as one step named by a message code and its parameters, and return what it returns.

        ``params`` may be a function of the session, for names that stand in the rows themselves. Nothing is kept when
        ``work`` raises. A step that changed nothing leaves no trace. Steps with the same
        code and the same non-empty ``visit``, one after the other, are one step of undo. From another thread the
        call waits its turn. Raises KamdeskError for a full or vanished disk.
        """
        return self.submit(
            lambda: self._write(code, params, work, visit, initiator or visit, kind, reverts)
        ).result()

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Run something on the writer's thread, after all that was submitted before; at once when already there."""
        if threading.get_ident() == self._thread_id:
            done: Future[T] = Future()
            try:
                done.set_result(work())
            except BaseException as error:  # noqa: BLE001 (the future hands it to whoever asks for the result)
                done.set_exception(error)
            return done
        return self._thread.submit(work)

    def subscribe(self, listener: Callable[[ChangeSet], None]) -> Callable[[], None]:
        """Call ``listener`` after each change; the returned function ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        if self._writing:
            raise RuntimeError("a step cannot be begun inside another one")
        self._writing = True
        try:
            with self._writer.connect() as connection, connection.begin():
                yield connection
        except (DBAPIError, dbapi2.Error) as error:
            raise told(error) or error from error
        except UnicodeEncodeError:
            raise KamdeskError("storage.wrong_signs") from None  # the error itself would carry the text
        finally:
            self._writing = False
        self._unchanged()

    def _write(
        self,
        code: str,
        params: Params,
        work: Callable[[Session], T],
        visit: str,
        initiator: str,
        kind: str,
        reverts: int | None,
    ) -> T:
        with self._transaction() as connection:
            with Session(connection, autoflush=True, expire_on_commit=False) as session:
                message = Message(code, dict(params(session) if callable(params) else params))
                step_id, mark = self._begin_step(connection, message, visit, kind, reverts)
                result = work(session)
                session.flush()
            changes = changes_of(connection, step_id, mark)
            if not changes:
                if mark == 0:
                    raw(connection).execute("DELETE FROM step WHERE id = ?", (step_id,))
            else:
                self._finish_step(connection, step_id, changes, kind)
        if changes:
            self._publish(
                ChangeSet(step_id, message, frozenset((c.table, c.row_id) for c in changes), initiator)
            )
        return result

    def _begin_step(
        self, connection: Connection, message: Message, visit: str, kind: str, reverts: int | None
    ) -> tuple[int, int]:
        """The id of the step and the id of the last change it already has (0 for a fresh step)."""
        run = raw(connection).execute
        if visit:
            last = run("SELECT id, code, visit, kind, undone FROM step ORDER BY id DESC LIMIT 1").fetchone()
            if last and (last[1], last[2], last[3], last[4]) == (message.code, visit, "do", 0):
                run("UPDATE current_step SET id = ?", (last[0],))
                mark = run("SELECT max(id) FROM change WHERE step_id = ?", (last[0],)).fetchone()[0]
                return int(last[0]), int(mark or 0)
        at = self._clock().astimezone(UTC).isoformat(timespec="milliseconds")
        done = run(
            "INSERT INTO step (code, params, at, kind, reverts, visit, undone) VALUES (?, ?, ?, ?, ?, ?, 0)",
            (message.code, encode_params(message.params), at, kind, reverts, visit),
        )
        run("UPDATE current_step SET id = ?", (done.lastrowid,))
        return int(done.lastrowid or 0), 0

    def _finish_step(self, connection: Connection, step_id: int, changes: list[RowChange], kind: str) -> None:
        versions.record(connection, self.vault_id, step_id, changes)
        search.update(connection, ((c.table, c.row_id) for c in changes))
        if kind == "do":
            # A new intention makes what was undone before it impossible to redo.
            raw(connection).execute("UPDATE step SET undone = 2 WHERE undone = 1")

    def _publish(self, changes: ChangeSet) -> None:
        for listener in tuple(self._listeners):
            listener(changes)

    # --- pieces for the other modules of the store

    def on_writer(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` on the writer in a transaction that is not a step: drafts, settings, marks of history."""

        def run() -> T:
            with self._transaction() as connection:
                return work(connection)

        return self.submit(run).result()

    def raw_writer(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` on the writer outside any transaction (VACUUM INTO, checkpoints)."""

        def run() -> T:
            with self._writer.connect() as connection:
                return work(connection)

        return self.submit(run).result()

    def close(self) -> None:
        """Wait for what was submitted, then close both connections."""
        self._thread.shutdown(wait=True)
        self._reader.dispose()
        self._writer.dispose()
