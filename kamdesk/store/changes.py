"""What one step changed: the record of rows, and the set of ids that is sent to the windows after the commit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from kamdesk.model.messages import Message
from kamdesk.model.vocabulary import Label
from kamdesk.store.raw import raw


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after; ``op`` is insert, update or delete. Values are as SQLite stores them."""

    id: int
    table: str
    row_id: str
    op: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    def changed_columns(self) -> tuple[str, ...]:
        """The names of the columns whose values differ; all of them for an insert or a delete."""
        one, two = self.before or {}, self.after or {}
        return tuple(name for name in {**one, **two} if one.get(name) != two.get(name) or not (one and two))


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Sent to every window after a commit: which rows changed, by which step, and who began it.

    ``initiator`` is the ``visit`` or name given to ``Store.write``, so that an editor can ignore its own echo.
    """

    step_id: int
    message: Message
    rows: frozenset[tuple[str, str]]
    initiator: str = ""

    def touches(self, *tables: str) -> bool:
        """Whether a row of one of these tables changed."""
        return any(table in tables for table, _ in self.rows)

    def ids(self, table: str) -> frozenset[str]:
        """The ids of the changed rows of one table."""
        return frozenset(row_id for name, row_id in self.rows if name == table)


def changes_of(connection: Connection, step_id: int, after_id: int = 0) -> list[RowChange]:
    """The changes of one step in the order in which they happened, from ``after_id`` on."""
    rows = raw(connection).execute(
        "SELECT id, table_name, row_id, op, before, after FROM change WHERE step_id = ? AND id > ? ORDER BY id",
        (step_id, after_id),
    )
    return [
        RowChange(
            row[0],
            row[1],
            row[2],
            row[3],
            json.loads(row[4]) if row[4] else None,
            json.loads(row[5]) if row[5] else None,
        )
        for row in rows
    ]


def encode_params(params: Mapping[str, object]) -> str:
    """Parameters of a message as JSON; nested messages, labels and dates are kept as such. Raises TypeError for other objects."""

    def plain(value: object) -> object:
        if isinstance(value, Message):
            return {
                "code": value.code,
                "params": {name: plain(inner) for name, inner in value.params.items()},
            }
        if isinstance(value, Label):
            return {"vocabulary": value.vocabulary, "code": value.code, "inline": value.inline}
        if isinstance(value, date):
            return {"date": value.isoformat()}
        return value

    return json.dumps({name: plain(value) for name, value in params.items()}, ensure_ascii=False)


def decode_message(code: str, params: str) -> Message:
    """The message that :func:`encode_params` wrote."""

    def rich(value: object) -> object:
        if isinstance(value, dict) and set(value) == {"code", "params"}:
            return Message(
                str(value["code"]), {str(name): rich(inner) for name, inner in value["params"].items()}
            )
        if isinstance(value, dict) and set(value) == {"vocabulary", "code", "inline"}:
            return Label(str(value["vocabulary"]), str(value["code"]), bool(value["inline"]))
        if isinstance(value, dict) and set(value) == {"date"}:
            return date.fromisoformat(str(value["date"]))
        return value

    return Message(code, {name: rich(value) for name, value in json.loads(params).items()})
