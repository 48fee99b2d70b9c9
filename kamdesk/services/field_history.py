"""Who changed this field, when, from what to what; and one click back to an earlier value, which is a step of its own.

Columns that are one value (name parts, a stance with its evidence and date) have one history and go back together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Table
from sqlalchemy.orm import Session

from kamdesk.model.fields import FieldSpec
from kamdesk.model.messages import KamdeskError, Message, label
from kamdesk.model.tables import Entity, entity_of, fields_of
from kamdesk.model.tables.base import spec_of
from kamdesk.model.values import Sensitivity
from kamdesk.services.base import get, title_of
from kamdesk.store import trash
from kamdesk.store.changes import decode_message
from kamdesk.store.raw import raw, row_of
from kamdesk.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One change: local time, the step that made it and whether that was a do, an undo or a redo.

    ``before`` is None where the record was made with this value. Values and titles run beside ``FieldStory.specs``;
    ``sensitivity`` is the strictest that the record had then and the column has.
    """

    id: int
    at: datetime
    step: Message
    kind: str
    before: tuple[Any, ...] | None
    before_titles: tuple[str, ...]
    after: tuple[Any, ...]
    after_titles: tuple[str, ...]
    sensitivity: Sensitivity


@dataclass(frozen=True, slots=True)
class FieldStory:
    """The changes of one field of one record, the newest first. ``noun`` and ``label`` are English sources."""

    table: str
    row_id: str
    field: str
    noun: str
    title: str
    label: str
    specs: tuple[FieldSpec, ...]
    changes: tuple[FieldChange, ...]


class FieldHistory:
    """Reading it, and going back."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, table: str, row_id: str, field: str) -> FieldStory:
        """The history of a field with its group. Raises KamdeskError ``record.gone``, ``field_history.unknown``."""

        def work(session: Session) -> FieldStory:
            row = get(session, entity_of(table), row_id)
            return _story(session.connection(), table, row, field)

        return self._store.read(work)

    def take_back(self, table: str, row_id: str, field: str, change_id: int) -> None:
        """Set the field to what it was before a change. Raises ``field_history.target_gone`` for a link to what is gone."""
        story = self.of(table, row_id, field)
        change = next((one for one in story.changes if one.id == change_id), None)
        if change is None or change.before is None:
            raise KamdeskError("field_history.unknown")
        values = dict(zip((spec.name for spec in story.specs), change.before, strict=True))

        def work(session: Session) -> None:
            row = get(session, entity_of(table), row_id)
            for name, value in values.items():
                setattr(row, name, _living(session, row, name, value))

        params = {"noun": label(story.noun), "name": story.title, "field": label(story.label)}
        self._store.write("field_history.take_back", params, work)


def group_of(table: str, field: str) -> tuple[FieldSpec, ...]:
    """The fields that are one value with this one. Raises KamdeskError ``field_history.unknown``."""
    declared = list(fields_of(entity_of(table)))
    own = next((info for column, info in declared if column.name == field), None)
    if own is None:
        raise KamdeskError("field_history.unknown")
    group = own.group or field
    return tuple(spec_of(column) for column, info in declared if (info.group or column.name) == group)


def _story(connection: Connection, table: str, row: Entity, field: str) -> FieldStory:
    specs = group_of(table, field)
    columns = [cast(Table, row.__table__).columns[spec.name] for spec in specs]
    found = raw(connection).execute(
        "SELECT c.id, s.at, s.code, s.params, s.kind, c.before, c.after FROM change c JOIN step s ON s.id = c.step_id "
        "WHERE c.table_name = ? AND c.row_id = ? AND c.op <> 'delete' ORDER BY c.id",
        (table, str(row.id)),
    )
    titles = _Titles(connection)
    changes: list[FieldChange] = []
    last: tuple[Any, ...] | None = None
    for change_id, at, code, params, kind, old, new in found:
        before, after = json.loads(old) if old else None, json.loads(new)
        if last is None and before is not None:
            last = _stored(specs, before)
        values = _stored(specs, after)
        if values == last:
            continue
        changes.append(
            FieldChange(
                change_id,
                datetime.fromisoformat(at).astimezone().replace(tzinfo=None, microsecond=0),
                decode_message(code, params),
                kind,
                None if last is None else tuple(_typed(c, v) for c, v in zip(columns, last, strict=True)),
                tuple(titles.of(c, v) for c, v in zip(columns, last or values, strict=True)),
                tuple(_typed(c, v) for c, v in zip(columns, values, strict=True)),
                tuple(titles.of(c, v) for c, v in zip(columns, values, strict=True)),
                _sensitivity(specs, before, after),
            )
        )
        last = values
    title = title_of(row)
    own = next(spec for spec in specs if spec.name == field)
    return FieldStory(
        table, str(row.id), field, row.__label__, title, own.label, specs, tuple(reversed(changes))
    )


def _stored(specs: tuple[FieldSpec, ...], row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row.get(spec.name) for spec in specs)


def _typed(column: Any, value: Any) -> Any:
    """The Python value of a stored one."""
    if hasattr(column.type, "process_result_value"):
        return column.type.process_result_value(value, None)
    return bool(value) if column.type.python_type is bool else value


def _sensitivity(
    specs: tuple[FieldSpec, ...], before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> Sensitivity:
    known = {level.value: level for level in Sensitivity}
    rows = [row["sensitivity"] for row in (before, after) if row and row.get("sensitivity")]
    return Sensitivity.strictest(
        *(spec.sensitivity for spec in specs), *(known.get(code, Sensitivity.PRIVATE) for code in rows)
    )


class _Titles:
    """How targets of links are called, gone ones too; each is looked up once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[str, str], str] = {}

    def of(self, column: Any, value: str | None) -> str:
        key = next(iter(column.foreign_keys), None)
        if key is None or not value:
            return ""
        target = (key.column.table.name, value)
        if target not in self._known:
            row = row_of(raw(self._connection), *target)
            if row is None:
                gone = [one for one in trash.deleted(self._connection, [value]) if one.table == target[0]]
                row = gone[0].row if gone else {}
            names = entity_of(target[0]).__title__
            self._known[target] = " ".join(str(row.get(name) or "") for name in names).strip()
        return self._known[target]


def _living(session: Session, row: Entity, name: str, value: Any) -> Any:
    """A link's target as it is today: itself, or the record it was merged into."""
    key = next(iter(cast(Table, row.__table__).columns[name].foreign_keys), None)
    if key is None or value is None:
        return value
    try:
        return get(session, entity_of(key.column.table.name), value).id
    except KamdeskError as problem:
        raise KamdeskError("field_history.target_gone") from problem
