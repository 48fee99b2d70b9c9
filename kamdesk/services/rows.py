"""What every service does to rows: check values by the declarations, insert, set, name them in a step of undo."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from kamdesk.model.fields import FieldKind
from kamdesk.model.messages import KamdeskError, label
from kamdesk.model.tables import Entity, entity_of, fields_of
from kamdesk.model.tables.base import spec_of
from kamdesk.services.base import E, get
from kamdesk.services.records import check_value


def check_new(entity: type[Entity], values: Mapping[str, object]) -> None:
    """Raise KamdeskError unless a row could be made of these values: ``record.required``, ``record.wrong_kind`` …"""
    for column, info in fields_of(entity):
        if column.name in values:
            check_value(spec_of(column), values[column.name])
        elif info.required and info.kind is not FieldKind.LINK:
            raise KamdeskError("record.required", field=label(info.label))


def check_changes(entity: type[Entity], values: Mapping[str, object]) -> None:
    """Raise KamdeskError unless these values fit; a name that is no column raises KeyError."""
    specs = {column.name: spec_of(column) for column, _ in fields_of(entity)}
    for name, value in values.items():
        check_value(specs[name], value)


def put(session: Session, entity: type[E], row_id: str, values: Mapping[str, object]) -> E:
    """Set checked values of one row and return it. Raises KamdeskError ``record.gone``."""
    row = get(session, entity, row_id)
    for name, value in values.items():
        setattr(row, name, value)
    return row


def insert(session: Session, row: Entity) -> str:
    """Add a row and return its id."""
    session.add(row)
    session.flush()
    return str(row.id)


def ensure(session: Session, table: str, row_id: str) -> None:
    """Raise KamdeskError ``record.gone`` unless the row is there."""
    get(session, entity_of(table), row_id)


def first_words(text: str, limit: int = 60) -> str:
    """The beginning of a text on one line, as steps of undo name it."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
