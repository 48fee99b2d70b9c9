"""The same argument or objection in another language: which entries belong together, and making such a twin (R1).

Entries are linked by ``variant_of_id`` in any direction and over several steps; together they are one group, so that what
was told or heard in one language counts for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Argument, Objection
from kamdesk.services.base import get


class Ordered(Protocol):
    """What can be earlier or later than its like."""

    def __lt__(self, other: Any, /) -> bool: ...


V = TypeVar("V", bound=Ordered)

Groups = Mapping[str, tuple[str, ...]]
"""Id → all ids of its group, its own among them; an entry without a twin is not here."""

TWINNED: Mapping[str, type[Argument | Objection]] = {"argument": Argument, "objection": Objection}
_SHARED: Mapping[str, tuple[str, ...]] = {
    "argument": ("lenses", "criteria", "evidence_kind", "evidence_date", "case_id", "recommender_id", "valid_until"),
    "objection": ("lenses", "criteria", "argument_id"),
}  # fmt: skip
"""What a twin takes over: all that is no text."""


@dataclass(frozen=True, slots=True)
class Twin:
    """An entry that says the same in another language."""

    id: str
    language: str
    text: str


def groups(session: Session, entity: type[Argument | Objection]) -> Groups:
    """The groups of twins; a circle of links is one group like any other."""
    query = select(entity.id, entity.variant_of_id).where(entity.variant_of_id.is_not(None))
    root: dict[str, str] = {}

    def find(one: str) -> str:
        while root.setdefault(one, one) != one:
            root[one] = root[root[one]]  # shortens the way for the next, or a long chain is walked each time
            one = root[one]
        return one

    for row_id, of in session.execute(query):
        if of is not None:
            root[find(row_id)] = find(of)
    members: dict[str, list[str]] = {}
    for one in root:
        members.setdefault(find(one), []).append(one)
    return {one: together for ids in members.values() for together in (tuple(sorted(ids)),) for one in ids}


def latest_of_twins(found: Mapping[str, V], of: Groups) -> dict[str, V]:
    """Values by id spread over the groups: each entry has the latest of its twins' values."""
    spread: dict[str, V] = {}
    for row_id, value in found.items():
        for one in of.get(row_id, (row_id,)):
            known = spread.get(one)
            spread[one] = value if known is None else max(known, value)
    return spread


def first_of(row_id: str, of: Groups) -> str:
    """The id that stands for the whole group when something is counted."""
    return of.get(row_id, (row_id,))[0]


def twins_of(session: Session, table: str, row_ids: Iterable[str]) -> dict[str, tuple[Twin, ...]]:
    """The twins of entries, by id; entries without any are not in it."""
    entity = TWINNED[table]
    of = groups(session, entity)
    wanted = {one for row_id in row_ids for one in of.get(row_id, ())}
    if not wanted:
        return {}
    rows = session.execute(select(entity.id, entity.language, entity.text).where(entity.id.in_(wanted)))
    said = {str(row[0]): Twin(str(row[0]), str(row[1]), str(row[2])) for row in rows}
    return {
        row_id: tuple(
            sorted((said[one] for one in of[row_id] if one != row_id), key=lambda one: one.language)
        )
        for row_id in wanted
    }


def make_twin(
    session: Session, table: str, row_id: str, language: str, values: Mapping[str, object]
) -> Argument | Objection:
    """A new entry that says the same; ``values`` has its text. Raises ``library.twin_exists``, ``record.gone``."""
    entity = TWINNED[table]
    row = get(session, entity, row_id)
    check_language(session, table, row.id, language)
    shared = {name: getattr(row, name) for name in _SHARED[table]}
    return entity(**{**shared, **values, "language": language, "variant_of_id": row.variant_of_id or row.id})


def check_language(session: Session, table: str, row_id: str, language: str) -> None:
    """Raise ``library.twin_exists`` when the entry or one of its twins is in this language already."""
    row = get(session, TWINNED[table], row_id)
    taken = {row.language, *(one.language for one in twins_of(session, table, [row.id]).get(row.id, ()))}
    if language in taken:
        raise KamdeskError("library.twin_exists")


def check_link(session: Session, table: str, row_id: str, other_id: str) -> None:
    """Raise ``library.twin_exists`` when two entries to be linked, or their twins, share a language."""
    of = groups(session, TWINNED[table])
    both = (of.get(row_id, (row_id,)), of.get(other_id, (other_id,)))
    entity = TWINNED[table]
    languages = [
        set(session.scalars(select(entity.language).where(entity.id.in_(ids))).all()) for ids in both
    ]
    if row_id == other_id or languages[0] & languages[1]:
        raise KamdeskError("library.twin_exists")


def keep_together(session: Session, table: str, row_id: str) -> None:
    """Before an entry is deleted: its twins stay a group without it."""
    entity = TWINNED[table]
    row = get(session, entity, row_id)
    rest = [get(session, entity, one) for one in groups(session, entity).get(row.id, ()) if one != row.id]
    for one in rest:
        one.variant_of_id = rest[0].id if one is not rest[0] else None
