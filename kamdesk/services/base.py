"""How a service is written.

A service is a class per noun, given the :class:`~kamdesk.store.unit_of_work.Store` and whatever else it needs.
A public method is one intention of the user: it validates, then calls ``store.write(code, params, work)`` once,
where ``code`` is a message of ``kamdesk/model/texts`` that names the step for undo ("Add {name}"), and ``work``
gets a session on the writer's thread. Questions use ``store.read(work)``. Both return plain values or frozen
views; mapped objects and sessions never leave. Problems are raised as ``KamdeskError`` before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Alias, Colleague, Entity, Organisation, Person, Recommender
from kamdesk.model.values import PersonName

E = TypeVar("E", bound=Entity)


def get(session: Session, entity: type[E], row_id: str) -> E:
    """The row, also by an id that was merged into another. Raises KamdeskError ``record.gone``."""
    row = session.get(entity, row_id) or session.get(entity, current_id(session, row_id))
    if row is None:
        raise KamdeskError("record.gone")
    return row


def current_id(session: Session, row_id: str) -> str:
    """The id of the record into which this one was merged; the id itself where it was not."""
    return session.query(Alias.kept_id).filter(Alias.old_id == row_id).scalar() or row_id


def name_of(row: Person | Colleague | Recommender) -> PersonName:
    """The name parts of anybody."""
    return PersonName(row.family_name, row.given_name, row.middle_name)


def title_of(row: Entity) -> str:
    """What names a row to a person: its title columns, one line of at most 80 characters."""
    words = " ".join(str(getattr(row, name) or "") for name in row.__title__).split()
    line = " ".join(words)
    return line if len(line) <= 80 else line[:79].rstrip() + "…"


def organisations_of(session: Session, ids: Iterable[str]) -> dict[str, str]:
    """Short names of organisations by id, in one query."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = session.query(Organisation.id, Organisation.short_name).filter(Organisation.id.in_(wanted))
    return {str(row[0]): str(row[1]) for row in rows}
