"""Ties between people, across clients too: kept once, read from both ends (D8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Employment, Organisation, Person, Relationship
from kamdesk.model.values import PartialDate, PersonName
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.rules import typed
from kamdesk.services.base import get, name_of
from kamdesk.services.employment import HERE
from kamdesk.services.rows import check_changes
from kamdesk.store.text import words
from kamdesk.store.unit_of_work import Store

REPORTS_TO = "reports_to"
"""A fact of seats (D3): it is said in the group grid and at the post, and is no relationship of two people."""
_SCANNED = 50


@dataclass(frozen=True, slots=True)
class RelationView:
    """A tie as one of the two sees it; ``reverse`` when it was recorded from the other end.

    ``organisation`` is where the other one works now, ``strength`` 1 to 3 or None.
    """

    id: str
    kind: str
    reverse: bool
    person_id: str
    person: PersonName
    strength: int | None
    note: str
    organisation: str = ""
    since: PartialDate | None = None
    until: PartialDate | None = None
    source_kind: str = ""
    sensitivity: str = "private"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a tie may be made to."""

    id: str
    name: PersonName
    organisation: str


class Relationships:
    """Everything a user can do to a tie; it is deleted through ``Records``."""

    def __init__(self, store: Store, vocabularies: Callable[[], Vocabularies]) -> None:
        self._store = store
        self._vocabularies = vocabularies

    def of_person(self, person_id: str) -> tuple[RelationView, ...]:
        """The ties of a person from both ends, present ones first. Raises ``record.gone``."""
        return self._store.read(lambda session: relations_of(session, get(session, Person, person_id).id))

    def candidates(self, text: str, limit: int = 12, *, besides: str = "") -> tuple[Candidate, ...]:
        """People of any client in whose name every typed word begins a word."""
        return self._store.read(lambda session: _candidates(session, text, limit, besides))

    def add(
        self,
        person_id: str,
        other: str,
        kind: str,
        *,
        reverse: bool = False,
        strength: int | None = None,
        since: PartialDate | None = None,
        until: PartialDate | None = None,
        note: str = "",
        source_kind: str = "",
        sensitivity: str = "",
    ) -> str:
        """Tie a person to another one and return the id of the tie.

        ``other`` is an id, or the full name of somebody new, who is added in the same step. ``reverse`` records it
        as seen from the other end («Руководит» instead of «Подчиняется»). Raises ``person.related_to_self``,
        ``relation.twice``, ``relation.kind``, ``relation.strength``, ``person.name_empty``.
        """
        self._check(kind, strength)

        def work(session: Session) -> str:
            mine = get(session, Person, person_id)
            two = _other(session, other)
            ends = (two, mine.id) if reverse else (mine.id, two)
            self._check_ends(session, *ends, kind)
            row = Relationship(
                from_id=ends[0],
                to_id=ends[1],
                kind=kind,
                strength=strength,
                since=since,
                until=until,
                note=note.strip(),
                source_kind=source_kind,
            )
            if sensitivity:
                row.sensitivity = sensitivity
            session.add(row)
            session.flush()
            return row.id

        return self._store.write("person.relate", {"name": self._called(person_id)}, work)

    def turn(self, relation_id: str, person_id: str, kind: str, *, reverse: bool = False) -> None:
        """Make it another kind, as ``person_id`` sees it. Raises as :meth:`add`."""
        self._check(kind, None)

        def work(session: Session) -> None:
            row = get(session, Relationship, relation_id)
            other = row.to_id if row.from_id == person_id else row.from_id
            ends = (other, person_id) if reverse else (person_id, other)
            self._check_ends(session, *ends, kind, besides=row.id)
            row.from_id, row.to_id, row.kind = *ends, kind

        self._store.write("relation.edit", {"name": self._called(person_id)}, work)

    def edit(self, relation_id: str, *, visit: str = "", **values: object) -> None:
        """Change strength (1–3, None), since, until, note, source_kind or sensitivity. Raises ``relation.strength``."""
        check_changes(Relationship, values)
        strength = values.get("strength")
        if strength is not None and strength not in (1, 2, 3):
            raise KamdeskError("relation.strength")

        def work(session: Session) -> None:
            row = get(session, Relationship, relation_id)
            for name, value in values.items():
                setattr(row, name, value)

        def params(session: Session) -> dict[str, object]:
            row = get(session, Relationship, relation_id)
            return {"name": name_of(get(session, Person, row.from_id)).full()}

        self._store.write("relation.edit", params, work, visit=visit)

    def _check(self, kind: str, strength: int | None) -> None:
        if self._vocabularies().item("relation", kind) is None or kind == REPORTS_TO:
            raise KamdeskError("relation.kind")
        if strength not in (None, 1, 2, 3):
            raise KamdeskError("relation.strength")

    def _check_ends(self, session: Session, one: str, two: str, kind: str, besides: str = "") -> None:
        if one == two:
            raise KamdeskError("person.related_to_self")
        forth = (Relationship.from_id == one) & (Relationship.to_id == two)
        back = (Relationship.from_id == two) & (Relationship.to_id == one)
        ends = forth if directed(self._vocabularies(), kind) else forth | back
        query = select(Relationship.id).where(Relationship.kind == kind, Relationship.id != besides, ends)
        if session.scalars(query.limit(1)).first() is not None:
            name = name_of(get(session, Person, two)).full()
            raise KamdeskError("relation.twice", name=name)

    def _called(self, person_id: str) -> str:
        return self._store.read(lambda session: name_of(get(session, Person, person_id)).full())


def directed(vocabularies: Vocabularies, kind: str) -> bool:
    """Whether a kind of tie reads differently from its other end; the user's own kinds do where they have two labels."""
    item = vocabularies.item("relation", kind)
    if item is None:
        return True
    said = item.extras.get("directed")
    if isinstance(said, bool):
        return said
    back = item.label("ru", reverse=True), item.label("en", reverse=True)
    return back != (item.label("ru"), item.label("en"))


def relations_of(session: Session, person_id: str) -> tuple[RelationView, ...]:
    """The ties of a person; for the services that show them."""
    mine = (Relationship.from_id == person_id) | (Relationship.to_id == person_id)
    found = session.scalars(select(Relationship).where(mine).order_by(Relationship.kind)).all()
    others = {row.to_id if row.from_id == person_id else row.from_id for row in found}
    names = {p.id: name_of(p) for p in session.scalars(select(Person).where(Person.id.in_(others)))}
    at = _working_at(session, others)
    views = []
    for row in found:
        reverse = row.from_id != person_id
        other = row.from_id if reverse else row.to_id
        views.append(
            RelationView(
                row.id,
                row.kind,
                reverse,
                other,
                names[other],
                row.strength,
                row.note,
                at.get(other, ""),
                row.since,
                row.until,
                row.source_kind,
                row.sensitivity,
            )
        )
    return tuple(sorted(views, key=lambda view: view.until is not None))


def _other(session: Session, words_or_id: str) -> str:
    if session.get(Person, words_or_id) is not None:
        return words_or_id
    parsed = typed.parse_name(words_or_id)
    if not parsed:
        raise KamdeskError("person.name_empty")
    from kamdesk.services.people import new_person  # people shows ties and so imports this module

    return str(new_person(session, parsed).id)


def _candidates(session: Session, text: str, limit: int, besides: str) -> tuple[Candidate, ...]:
    wanted = words(text)
    if not wanted:
        return ()
    # any letter case and ё are folded here: SQLite folds Latin letters only
    query = select(Person.id, Person.family_name, Person.given_name, Person.middle_name)
    found: list[tuple[str, PersonName]] = []
    for row in session.execute(query.order_by(Person.sort_key)):
        if row[0] == besides:
            continue
        name = PersonName(row[1], row[2], row[3])
        own = words(name.full())
        if all(any(part.startswith(word) for part in own) for word in wanted):
            found.append((row[0], name))
            if len(found) >= max(limit, _SCANNED):
                break
    at = _working_at(session, {row_id for row_id, _name in found[:limit]})
    return tuple(Candidate(row_id, name, at.get(row_id, "")) for row_id, name in found[:limit])


def _working_at(session: Session, people: set[str]) -> dict[str, str]:
    """Where each works now, by the first present post."""
    query = (
        select(Employment.person_id, Organisation.short_name)
        .join(Organisation, Organisation.id == Employment.organisation_id)
        .where(Employment.person_id.in_(people), *HERE)
        .order_by(Employment.position.desc())
    )
    return {str(row[0]): str(row[1]) for row in session.execute(query)}
