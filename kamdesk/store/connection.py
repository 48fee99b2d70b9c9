"""Connections to ``data.db``: keyed, checked and set up the same way everywhere (trust.md, Connections)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from kamdesk.model.messages import KamdeskError
from kamdesk.store import text

APPLICATION_ID: Final = 0x6B616D64  # "kamd"
_OLDEST_SQLITE: Final = (3, 51, 3)
_PLAIN_HEADER: Final = b"SQLite format 3\x00"


def check_driver() -> None:
    """Raise KamdeskError unless the encrypting driver is there and its SQLite is free of the WAL-reset fault."""
    probe = dbapi2.connect(":memory:")
    try:
        cipher = probe.execute("PRAGMA cipher_version").fetchone()
    finally:
        probe.close()
    if cipher is None or not cipher[0]:
        raise KamdeskError("vault.no_cipher")
    if tuple(int(part) for part in dbapi2.sqlite_version.split(".")) < _OLDEST_SQLITE:
        raise KamdeskError("vault.old_sqlite", version=dbapi2.sqlite_version)


def check_file(path: Path) -> None:
    """Raise KamdeskError ``vault.damaged`` for a file that is absent, empty or not encrypted.

    Called before the first connection only: closing any other handle to the file would drop SQLite's locks.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(len(_PLAIN_HEADER))
    except FileNotFoundError as error:
        raise KamdeskError("vault.data_missing", file=path.name) from error
    except OSError as error:
        raise KamdeskError("vault.cannot_read", file=str(path), reason=error.strerror or "") from error
    if len(head) < len(_PLAIN_HEADER) or head == _PLAIN_HEADER:
        raise KamdeskError("vault.damaged", file=path.name)


def connect(path: Path, key: bytes, *, create: bool = False, query_only: bool = False) -> Any:
    """A keyed raw connection. Raises KamdeskError ``vault.damaged`` where the key does not open the file."""
    mode = "rwc" if create else "rw"
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    try:
        connection = dbapi2.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=10)
    except dbapi2.OperationalError as error:
        raise KamdeskError("vault.cannot_read", file=str(path), reason=str(error)) from error
    try:
        run = connection.execute
        run("PRAGMA cipher_log_level = NONE")
        run(f"PRAGMA key = \"x'{key.hex()}'\"")
        if create:
            run(f"PRAGMA application_id = {APPLICATION_ID}")
        if run("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise KamdeskError("vault.damaged", file=path.name)
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = FULL")
        run("PRAGMA foreign_keys = ON")
        run("PRAGMA trusted_schema = OFF")
        run("PRAGMA secure_delete = ON")
        run("PRAGMA temp_store = MEMORY")
        run("PRAGMA cache_size = -16000")
        if query_only:
            run("PRAGMA query_only = ON")
        connection.create_function("kamdesk_fold", 1, text.fold, deterministic=True)
    except dbapi2.OperationalError as error:
        # A disk that is full, gone or read-only says nothing about the file; telling of damage would invite a restore.
        connection.close()
        raise KamdeskError("vault.cannot_read", file=str(path), reason=str(error)) from error
    except dbapi2.DatabaseError as error:
        connection.close()
        raise KamdeskError("vault.damaged", file=path.name) from error
    except BaseException:
        connection.close()
        raise
    return connection


def make_engine(open_raw: Callable[[], Any], *, write: bool) -> Engine:
    """An engine over one raw connection. A nested use is refused at once instead of sharing the transaction."""
    engine = create_engine(
        "sqlite://",
        creator=open_raw,
        module=dbapi2,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=30,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        # The driver is in autocommit, so a transaction begins here and a failed migration leaves nothing behind.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine
