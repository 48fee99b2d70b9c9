"""Undo, redo and the history of a field: all read from the one change record."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError, Message
from kamdesk.store.changes import RowChange, changes_of, decode_message
from kamdesk.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class Step:
    """A step that can be undone or redone, in the words of its message."""

    id: int
    message: Message


@dataclass(frozen=True, slots=True)
class FieldEvent:
    """One earlier value of a field: when it was set (UTC), by which step, from what to what (as stored)."""

    at: datetime
    message: Message
    before: Any
    after: Any


class History:
    """The stack of steps over one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def undoable(self) -> Step | None:
        """What undo would take back now."""
        return self._store.read(lambda session: _step(session.connection(), "undone = 0", "DESC"))

    def redoable(self) -> Step | None:
        """What redo would bring back now."""
        return self._store.read(lambda session: _step(session.connection(), "undone = 1", "ASC"))

    def undo(self) -> Message:
        """Take the last step back; a new event with its own line in history. Returns the name of the step."""
        return self._turn("undo")

    def redo(self) -> Message:
        """Bring the last undone step back."""
        return self._turn("redo")

    def cut(self) -> None:
        """Forget the stack, not the history: after a migration, a restore or an erasure nothing can be undone."""
        self._store.on_writer(lambda connection: connection.exec_driver_sql("UPDATE step SET undone = 2"))

    def of_field(self, table: str, row_id: str, column: str) -> tuple[FieldEvent, ...]:
        """Every value that a field had, the newest first."""

        def work(session: Session) -> tuple[FieldEvent, ...]:
            rows = session.connection().exec_driver_sql(
                "SELECT s.at, s.code, s.params, c.before, c.after FROM change c JOIN step s ON s.id = c.step_id "
                "WHERE c.table_name = ? AND c.row_id = ? ORDER BY c.id DESC",
                (table, row_id),
            )
            events = []
            for at, code, params, before, after in rows:
                old = json.loads(before).get(column) if before else None
                new = json.loads(after).get(column) if after else None
                if old != new:
                    events.append(
                        FieldEvent(datetime.fromisoformat(at), decode_message(code, params), old, new)
                    )
            return tuple(events)

        return self._store.read(work)

    def _turn(self, kind: str) -> Message:
        state, order = ("undone = 0", "DESC") if kind == "undo" else ("undone = 1", "ASC")

        def run() -> Message:
            step = self._store.read(lambda session: _step(session.connection(), state, order))
            if step is None:
                raise KamdeskError("history.nothing_to_undo" if kind == "undo" else "history.nothing_to_redo")
            self._store.write(
                step.message.code,
                step.message.params,
                lambda session: _replay(session.connection(), step.id, kind),
                kind=kind,
                reverts=step.id,
                initiator=kind,
            )
            return step.message

        return self._store.submit(run).result()


def _step(connection: Connection, state: str, order: str) -> Step | None:
    row = connection.exec_driver_sql(
        f"SELECT id, code, params FROM step WHERE kind = 'do' AND {state} ORDER BY id {order} LIMIT 1"
    ).first()
    return Step(row[0], decode_message(row[1], row[2])) if row else None


def _replay(connection: Connection, step_id: int, kind: str) -> None:
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    changes: Sequence[RowChange] = changes_of(connection, step_id)
    for change in reversed(changes) if kind == "undo" else changes:
        before, after = (change.after, change.before) if kind == "undo" else (change.before, change.after)
        _apply(connection, change.table, change.row_id, before, after)
    connection.exec_driver_sql(
        "UPDATE step SET undone = ? WHERE id = ?", (1 if kind == "undo" else 0, step_id)
    )


def _apply(
    connection: Connection,
    table: str,
    row_id: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
) -> None:
    """Make one row what ``after`` says, starting from ``before``. Columns come from the declarations' own record."""
    if after is None:
        connection.exec_driver_sql(f'DELETE FROM "{table}" WHERE id = ?', (row_id,))
        return
    columns = [name for name in after if before is None or before.get(name) != after[name]]
    if before is None:
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join("?" for _ in columns)
        connection.exec_driver_sql(
            f'INSERT INTO "{table}" ({names}) VALUES ({marks})', tuple(after[name] for name in columns)
        )
    elif columns:
        pairs = ", ".join(f'"{name}" = ?' for name in columns)
        connection.exec_driver_sql(
            f'UPDATE "{table}" SET {pairs} WHERE id = ?', (*(after[name] for name in columns), row_id)
        )
