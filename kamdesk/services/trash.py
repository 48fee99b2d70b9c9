"""The trash: what was deleted in the last thirty days, by record, and bringing it back (interface.md, Manners).

There is no second mechanism: what is listed and brought back is read from the change record. Emptying by hand is not
offered: it would forget the record and leave its name in backups and documents; erasing somebody is a task of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final, cast

from sqlalchemy import Connection, Table
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError, Message, label
from kamdesk.model.tables import entity_of
from kamdesk.model.tables.base import entities
from kamdesk.services.rows import first_words
from kamdesk.store import trash
from kamdesk.store.raw import raw, row_of
from kamdesk.store.trash import Deleted
from kamdesk.store.unit_of_work import Store

_LINKS_LISTED: Final = frozenset({"relationship", "employment", "acquaintance", "interaction"})
"""Rows that nothing names but that were somebody's work all the same; they are called by their ends."""
_NOT_LISTED: Final = frozenset({"stored_file", "preference", "vocabulary", "custom_value"})
_MERGED: Final = "merge.step"
_DEEPEST: Final = 20


@dataclass(frozen=True, slots=True)
class TrashItem:
    """A deleted record. ``noun`` is the English source of what it is, ``title`` how it was called.

    ``deleted_at`` is local time, ``step`` the step that deleted it and ``was_undo`` whether that was an undo.
    ``with_it`` counts by noun what went with it; ``days_left`` until it is forgotten.
    """

    id: int
    table: str
    row_id: str
    noun: str
    title: str
    deleted_at: datetime
    step: Message
    was_undo: bool
    with_it: tuple[tuple[str, int], ...]
    days_left: int


class Trash:
    """Listing and bringing back."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def begin(self) -> int:
        """Count this start of the program, and forget what is older than thirty days; returns how many rows."""
        return trash.begin(self._store)

    def list(self) -> tuple[TrashItem, ...]:
        """Everything that can be brought back, the newest first."""

        def work(session: Session) -> tuple[TrashItem, ...]:
            connection = session.connection()
            count = trash.days(connection)
            steps: dict[int, list[Deleted]] = {}
            for row in trash.deleted(connection):
                steps.setdefault(row.step_id, []).append(row)
            return tuple(
                _item(connection, root, rows, count.left(root.step_id))
                for rows in steps.values()
                if rows[0].message.code != _MERGED
                for root in _roots(rows)
                if _is_listed(connection, root)
            )

        return self._store.read(work)

    def restore(self, ids: Sequence[int], *, with_parents: bool = False) -> tuple[tuple[str, str], ...]:
        """Bring deleted records back with all that went with them, as one step; returns (table, id) of each.

        Later steps stay. Raises KamdeskError ``trash.gone`` (it is back or forgotten already); ``trash.parent_gone``
        where what it belongs to is in the trash too (``with_parents`` brings both back); ``trash.parent_forgotten``
        where that cannot be brought back any more. Nothing is changed then.
        """

        def work(session: Session) -> tuple[tuple[str, str], ...]:
            restoring = _Restoring(session.connection(), with_parents)
            return tuple(restoring.bring(row) for row in restoring.find(ids))

        def params(session: Session) -> Mapping[str, object]:
            connection = session.connection()
            rows = _Restoring(connection, with_parents).find(ids)
            noun = label(entity_of(rows[0].table).__label__)
            return {"noun": noun, "name": _title(connection, rows[0]), "n": len(rows)}

        return self._store.write("trash.restore" if len(ids) == 1 else "trash.restore_all", params, work)


@cache
def _links(table: str) -> tuple[tuple[str, str, bool], ...]:
    """(column, target table, whether the row cannot be without its target) of a table."""
    found = []
    for column in cast(Table, entity_of(table).__table__).columns:
        for key in column.foreign_keys:
            needed = (key.ondelete or "").upper() != "SET NULL" or not column.nullable
            found.append((column.name, key.column.table.name, needed))
    return tuple(found)


@cache
def _tables() -> frozenset[str]:
    return frozenset(entity.__tablename__ for entity in entities())


def _roots(rows: Sequence[Deleted]) -> list[Deleted]:
    """The rows of one step that were not deleted because of another one."""
    ids = {(row.table, row.row_id) for row in rows}
    return [
        row
        for row in rows
        if row.table in _tables()
        and not any(
            needed and (target, row.row.get(column)) in ids and row.row.get(column) != row.row_id
            for column, target, needed in _links(row.table)
        )
    ]


def _is_listed(connection: Connection, root: Deleted) -> bool:
    """Whether somebody would look for it: it has a name or was somebody's work, and was not just written anew."""
    if root.table in _NOT_LISTED:
        return False
    entity = entity_of(root.table)
    if root.table not in _LINKS_LISTED and not any(root.row.get(name) for name in entity.__title__):
        return False
    inserted = raw(connection).execute(
        "SELECT after FROM change WHERE step_id = ? AND table_name = ? AND op = 'insert'",
        (root.step_id, root.table),
    )
    called = [root.row.get(name) for name in entity.__title__]
    return not any(
        called and [json.loads(after).get(name) for name in entity.__title__] == called
        for (after,) in inserted
    )


def _item(connection: Connection, root: Deleted, rows: Sequence[Deleted], left: int) -> TrashItem:
    counts: dict[str, int] = {}
    for row in _below(root, rows)[1:]:
        noun = entity_of(row.table).__label__
        counts[noun] = counts.get(noun, 0) + 1
    return TrashItem(
        root.id,
        root.table,
        root.row_id,
        entity_of(root.table).__label__,
        _title(connection, root),
        root.at.astimezone().replace(tzinfo=None, second=0, microsecond=0),
        root.message,
        root.kind == "undo",
        tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))),
        left,
    )


def _below(root: Deleted, rows: Iterable[Deleted]) -> list[Deleted]:
    """A deleted row and everything of the same step that belongs to it, the row first."""
    rest = [row for row in rows if row.id != root.id and row.table in _tables()]
    found, ids = [root], {(root.table, root.row_id)}
    grown = True
    while grown:
        grown = False
        for row in tuple(rest):
            if any(
                needed and (target, row.row.get(name)) in ids for name, target, needed in _links(row.table)
            ):
                rest.remove(row)
                found.append(row)
                ids.add((row.table, row.row_id))
                grown = True
    return found


def _title(connection: Connection, row: Deleted) -> str:
    """How a deleted row was called; a link by its two ends, deleted or not."""
    entity = entity_of(row.table)
    words = " ".join(str(row.row.get(name) or "") for name in entity.__title__).strip()
    if words or not entity.__ends__:
        return first_words(words, 80)
    ends = []
    targets = {column: target for column, target, _needed in _links(row.table)}
    for column in entity.__ends__:
        value, table = row.row.get(column), targets[column]
        found = row_of(raw(connection), table, value) if value else None
        if found is None and value:
            gone = trash.deleted(connection, [value])
            found = gone[0].row if gone else None
        if found is not None:
            ends.append(" ".join(str(found[name] or "") for name in entity_of(table).__title__).strip())
    return first_words(" — ".join(end for end in ends if end), 120)


class _Restoring:
    """Bringing rows back inside one step."""

    def __init__(self, connection: Connection, with_parents: bool) -> None:
        self._connection = connection
        self._run = raw(connection)
        self._with_parents = with_parents

    def find(self, ids: Sequence[int]) -> list[Deleted]:
        """The deletions by id, in the order given. Raises ``trash.gone``."""
        marks = ", ".join("?" * len(ids))
        query = f"SELECT id, row_id FROM change WHERE op = 'delete' AND id IN ({marks})"
        rows = self._run.execute(query, tuple(ids)).fetchall()
        known = (
            {row.id: row for row in trash.deleted(self._connection, [row[1] for row in rows])} if rows else {}
        )
        if not ids or any(one not in known for one in ids):
            raise KamdeskError("trash.gone")
        return [known[one] for one in ids]

    def bring(self, root: Deleted, depth: int = 0) -> tuple[str, str]:
        """Bring one row back with what belongs to it; what it belongs to first, where that is allowed."""
        if self._is_there(root.table, root.row_id):
            return root.table, root.row_id  # came back with another one of the same step
        self._bring_parents(root, depth)
        step = [row for row in self._of_step(root.step_id) if not self._is_there(row.table, row.row_id)]
        whole = _below(root, step)
        ids = {(row.table, row.row_id) for row in whole}
        back: set[tuple[str, str]] = set()
        waiting = list(whole)
        while waiting:
            # An end that is gone itself keeps its links in the trash: they come back together with it.
            ready = [row for row in waiting if self._can_stand(row, ids - back)]
            if not ready:
                break
            for row in ready:
                self._insert(row, ids)
                back.add((row.table, row.row_id))
            waiting = [row for row in waiting if row not in ready]
        self._unlink(back, {(row.table, row.row_id) for row in waiting})
        self._link_again(root.step_id, back)
        return root.table, root.row_id

    def _of_step(self, step_id: int) -> list[Deleted]:
        query = "SELECT row_id FROM change WHERE step_id = ? AND op = 'delete'"
        ids = [row[0] for row in self._run.execute(query, (step_id,))]
        found: list[Deleted] = []
        for start in range(0, len(ids), 500):
            found += trash.deleted(self._connection, ids[start : start + 500])
        return [row for row in found if row.step_id == step_id]

    def _bring_parents(self, root: Deleted, depth: int) -> None:
        for column, target, needed in _links(root.table):
            value = root.row.get(column)
            if not needed or value is None or self._now(target, value) is not None:
                continue
            gone = trash.deleted(self._connection, [value])
            noun = label(entity_of(target).__label__)
            if not gone or depth > _DEEPEST:
                raise KamdeskError("trash.parent_forgotten", noun=noun)
            if not self._with_parents:
                raise KamdeskError("trash.parent_gone", noun=noun, name=_title(self._connection, gone[0]))
            self.bring(gone[0], depth + 1)

    def _can_stand(self, row: Deleted, coming: set[tuple[str, str]]) -> bool:
        return all(
            not needed
            or (value := row.row.get(column)) is None
            or ((target, value) not in coming and self._now(target, value) is not None)
            or value == row.row_id
            for column, target, needed in _links(row.table)
        )

    def _is_there(self, table: str, row_id: str) -> bool:
        return self._run.execute(f'SELECT 1 FROM "{table}" WHERE id = ?', (row_id,)).fetchone() is not None

    def _now(self, table: str, row_id: str) -> str | None:
        """The id of a row today: its own, that of the one it was merged into, None where it is gone."""
        if self._is_there(table, row_id):
            return row_id
        found = self._run.execute("SELECT kept_id FROM alias WHERE old_id = ?", (row_id,)).fetchone()
        return found[0] if found and self._is_there(table, found[0]) else None

    def _insert(self, row: Deleted, coming: set[tuple[str, str]]) -> None:
        """Put a row back as it was; a column added since has its declared default, one dropped since is left out."""
        values = {}
        for column in cast(Table, entity_of(row.table).__table__).columns:
            if column.name in row.row:
                values[column.name] = row.row[column.name]
            elif not column.nullable:
                values[column.name] = _default(column)
        for name, target, _needed in _links(row.table):
            value = values.get(name)
            if value is not None and (target, value) not in coming:
                values[name] = self._now(target, value)
        names, marks = ", ".join(f'"{name}"' for name in values), ", ".join("?" * len(values))
        self._run.execute(f'INSERT INTO "{row.table}" ({names}) VALUES ({marks})', tuple(values.values()))

    def _unlink(self, back: set[tuple[str, str]], missing: set[tuple[str, str]]) -> None:
        """A link to a row that could not come back stays empty."""
        for table, row_id in back if missing else ():
            for column, target, needed in _links(table):
                found = self._run.execute(
                    f'SELECT "{column}" FROM "{table}" WHERE id = ?', (row_id,)
                ).fetchone()
                if not needed and (target, found[0]) in missing:
                    self._run.execute(f'UPDATE "{table}" SET "{column}" = NULL WHERE id = ?', (row_id,))

    def _link_again(self, step_id: int, back: set[tuple[str, str]]) -> None:
        """Rows that lost only their link to what is back get it again, unless they were given another since."""
        query = "SELECT table_name, row_id, before, after FROM change WHERE step_id = ? AND op = 'update'"
        for table, row_id, old, new in self._run.execute(query, (step_id,)).fetchall():
            before, after = json.loads(old), json.loads(new)
            for column, target, needed in _links(table) if table in _tables() else ():
                lost = not needed and after.get(column) is None and (target, before.get(column)) in back
                if lost:
                    self._run.execute(
                        f'UPDATE "{table}" SET "{column}" = ? WHERE id = ? AND "{column}" IS NULL',
                        (before[column], row_id),
                    )


def _default(column: Any) -> object:
    """The stored form of a declared default."""
    value = column.default.arg if column.default is not None and not callable(column.default.arg) else ""
    bound = (
        column.type.process_bind_param(value, None) if hasattr(column.type, "process_bind_param") else value
    )
    return int(bound) if isinstance(bound, bool) else bound
