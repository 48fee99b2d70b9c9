"""Records that may be one (D16), each with its reason; what somebody declared two is not asked again. Nothing is merged here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.tables import (
    Contact,
    Employment,
    ExternalKey,
    Fact,
    Organisation,
    Person,
    Seat,
    entity_of,
)
from kamdesk.model.values import PersonName
from kamdesk.rules.duplicate_organisations import OrganisationIdentity, organisation_pairs
from kamdesk.rules.duplicates import DuplicateIndex, Identity, Match
from kamdesk.services.base import get, title_of
from kamdesk.store.joining import NOT_SAME
from kamdesk.store.unit_of_work import Store

MOST: Final = 2_000
"""So many pairs are given at most, the surest first: nobody goes through more in one sitting."""


@dataclass(frozen=True, slots=True)
class DuplicateSide:
    """One of two records. ``detail`` tells it apart: organisation and job title, or INN and territory."""

    id: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two records that may be one: ``certainty`` same, likely or possible, ``reason`` a sentence, ``score`` likeness 0–100."""

    table: str
    one: DuplicateSide
    other: DuplicateSide
    certainty: str
    reason: Message
    score: int

    @property
    def id(self) -> str:
        """Names the pair in lists."""
        return f"{self.one.id} {self.other.id}"


class Duplicates:
    """Finding them, and saying that two are two."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, table: str, only: Sequence[str] = ()) -> tuple[DuplicatePair, ...]:
        """Pairs of people (table ``person``) or organisations, the surest first; of the records ``only`` where given."""

        def work(session: Session) -> tuple[DuplicatePair, ...]:
            apart = _apart(session, table)
            pairs = _people(session) if table == "person" else _organisations(session)
            wanted = set(only)
            chosen = [
                (one, match)
                for one, match in pairs
                if (one, match.id) not in apart and (not wanted or {one, match.id} & wanted)
            ][:MOST]
            ids = {row for one, match in chosen for row in (one, match.id)}
            sides = _person_sides(session, ids) if table == "person" else _organisation_sides(session, ids)
            return tuple(
                DuplicatePair(table, sides[one], sides[match.id], match.certainty, match.reason, match.score)
                for one, match in chosen
            )

        return self._store.read(work)

    def declare_apart(self, table: str, one_id: str, other_id: str) -> None:
        """These two are not the same; they are not shown as a pair any more. Raises ``record.gone``."""

        def work(session: Session) -> None:
            one, two = _ordered(session, table, one_id, other_id)
            if (one, two) not in _apart(session, table):
                session.add(ExternalKey(table_name=table, row_id=one, kind=NOT_SAME, value=two))

        self._store.write("duplicate.apart", self._named(table, one_id, other_id), work)

    def _named(self, table: str, one_id: str, other_id: str) -> Mapping[str, object]:
        def work(session: Session) -> Mapping[str, object]:
            entity = entity_of(table)
            return {
                "name": title_of(get(session, entity, one_id)),
                "other": title_of(get(session, entity, other_id)),
            }

        return self._store.read(work)


def _ordered(session: Session, table: str, one_id: str, other_id: str) -> tuple[str, str]:
    one, two = sorted(str(get(session, entity_of(table), row).id) for row in (one_id, other_id))
    if one == two:
        raise KamdeskError("merge.one_record", id=one)
    return one, two


def _apart(session: Session, table: str) -> set[tuple[str, str]]:
    query = session.query(ExternalKey.row_id, ExternalKey.value).filter_by(table_name=table, kind=NOT_SAME)
    return {(min(one, two), max(one, two)) for one, two in query}


def _people(session: Session) -> list[tuple[str, Match]]:
    emails, phones = _contacts(session, Contact.person_id)
    keys = _keys(session, "person")
    posts: defaultdict[str, list[str]] = defaultdict(list)
    for person, organisation in session.query(Employment.person_id, Employment.organisation_id):
        posts[person].append(organisation)
    born = {
        row[0]: row[1] for row in session.query(Fact.person_id, Fact.date).filter(Fact.kind == "birthday")
    }
    query = session.query(Person.id, Person.family_name, Person.given_name, Person.middle_name)
    return DuplicateIndex(
        Identity(
            row_id,
            PersonName(family, given, middle),
            tuple(emails.get(row_id, ())),
            tuple(phones.get(row_id, ())),
            tuple(posts.get(row_id, ())),
            born.get(row_id),
            tuple(keys.get(row_id, ())),
        )
        for row_id, family, given, middle in query
    ).pairs()


def _organisations(session: Session) -> list[tuple[str, Match]]:
    emails, phones = _contacts(session, Contact.organisation_id)
    keys = _keys(session, "organisation")
    query = session.query(Organisation)
    return organisation_pairs(
        OrganisationIdentity(
            row.id,
            tuple(name for name in (row.short_name, row.legal_name) if name),
            row.inn,
            row.kpp,
            row.ogrn,
            tuple(emails.get(row.id, ())),
            tuple(phones.get(row.id, ())),
            tuple(keys.get(row.id, ())),
        )
        for row in query
    )


def _contacts(session: Session, owner: object) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """E-mails and phones by their owner, in normal form."""
    emails: defaultdict[str, list[str]] = defaultdict(list)
    phones: defaultdict[str, list[str]] = defaultdict(list)
    rows = session.query(owner, Contact.kind, Contact.normalised).filter(  # type: ignore[call-overload]
        owner.is_not(None),  # type: ignore[attr-defined]
        Contact.normalised != "",
    )
    for row_id, kind, value in rows:
        if "@" in value and kind == "email":
            emails[row_id].append(value)
        elif value.startswith("+"):
            phones[row_id].append(value)
    return emails, phones


def _keys(session: Session, table: str) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    query = session.query(ExternalKey.row_id, ExternalKey.kind, ExternalKey.value)
    for row_id, kind, value in query.filter(ExternalKey.table_name == table, ExternalKey.kind != NOT_SAME):
        found[row_id].append(f"{kind}:{value}")
    return found


def _person_sides(session: Session, ids: set[str]) -> dict[str, DuplicateSide]:
    details: dict[str, str] = {}
    query = (
        session.query(Employment.person_id, Organisation.short_name, Seat.title)
        .join(Organisation, Organisation.id == Employment.organisation_id)
        .outerjoin(Seat, Seat.id == Employment.seat_id)
        .order_by(Employment.is_former.desc(), Employment.position.desc())
    )
    for part in _portions(ids):
        for row_id, organisation, title in query.filter(Employment.person_id.in_(part)):
            details[row_id] = ", ".join(word for word in (organisation, title) if word)
    sides = {}
    for part in _portions(ids):
        for row in session.query(Person).filter(Person.id.in_(part)):
            sides[row.id] = DuplicateSide(row.id, title_of(row), details.get(row.id, ""))
    return sides


def _organisation_sides(session: Session, ids: set[str]) -> dict[str, DuplicateSide]:
    sides = {}
    for part in _portions(ids):
        for row in session.query(Organisation).filter(Organisation.id.in_(part)):
            detail = ", ".join(word for word in (row.inn, row.territory or row.industry) if word)
            sides[row.id] = DuplicateSide(row.id, title_of(row), detail)
    return sides


def _portions(ids: set[str], size: int = 500) -> list[list[str]]:
    ordered = sorted(ids)
    return [ordered[start : start + size] for start in range(0, len(ordered), size)]
