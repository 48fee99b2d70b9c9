"""What lists, the card and the tree of an organisation show: frozen views and the queries that make them (D1, D3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.model.tables import (
    Contact,
    Employment,
    Interaction,
    Organisation,
    Person,
    Promise,
    Proposal,
    Seat,
    Unit,
)
from kamdesk.model.values import PartialDate, PersonName
from kamdesk.rules import org_tree
from kamdesk.services.base import get, name_of

OPEN_STATUSES = (
    "draft",
    "internal_review",
    "approved",
    "sent",
    "receipt_confirmed",
    "discussion",
    "revision",
)


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """A line of the list of clients. Counts are of today; dates are None where there is nothing."""

    id: str
    name: str
    kind: str
    industry: str
    territory: str
    people: int
    open_promises: int
    open_proposals: int
    last_contact: date | None
    next_meeting: datetime | None


@dataclass(frozen=True, slots=True)
class UnitView:
    """A branch, division, department or site."""

    id: str
    name: str
    kind: str
    address: str
    parent_id: str | None


@dataclass(frozen=True, slots=True)
class SeatView:
    """A seat and who sits on it; ``holders`` is empty for a vacant one, ``vacant_since`` when the last one left it."""

    id: str
    title: str
    unit_id: str | None
    unit: str
    reports_to_id: str | None
    holders: tuple[tuple[str, PersonName], ...]
    vacant_since: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class OrganisationTree:
    """Units, seats and those who work there without a seat; ``looped`` are seats and units that stand in a circle."""

    units: tuple[UnitView, ...]
    seats: tuple[SeatView, ...]
    unseated: tuple[tuple[str, PersonName], ...]
    looped: frozenset[str]


@dataclass(frozen=True, slots=True)
class OrganisationLink:
    """Another organisation: above this one, below it, or to be chosen."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class OrganisationContact:
    """A phone, site or mail of the organisation itself."""

    id: str
    kind: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """What the card shows besides its plain fields. ``known_tags`` are used anywhere, the most used first."""

    id: str
    name: str
    kind: str
    parent: OrganisationLink | None
    children: tuple[OrganisationLink, ...]
    sites: tuple[UnitView, ...]
    contacts: tuple[OrganisationContact, ...]
    known_tags: tuple[str, ...]


def units_of(session: Session, organisation_id: str) -> tuple[UnitView, ...]:
    """The units of one organisation in their order."""
    rows = session.scalars(
        select(Unit).where(Unit.organisation_id == organisation_id).order_by(Unit.position, Unit.name)
    )
    return tuple(UnitView(row.id, row.name, row.kind, row.address, row.parent_id) for row in rows)


def seats_of(session: Session, organisation_id: str) -> tuple[SeatView, ...]:
    """The seats of one organisation; for the services that show them."""
    units: dict[str, str] = {
        str(row[0]): str(row[1])
        for row in session.execute(select(Unit.id, Unit.name).where(Unit.organisation_id == organisation_id))
    }
    holders: dict[str, list[tuple[str, PersonName]]] = {}
    left: dict[str, PartialDate] = {}
    held = session.execute(
        select(Employment, Person)
        .join(Person, Person.id == Employment.person_id)
        .where(Employment.organisation_id == organisation_id, Employment.seat_id.is_not(None))
        .order_by(Person.sort_key)
    )
    for post, person in held:
        seat = str(post.seat_id)
        if not post.is_former and post.until is None:
            holders.setdefault(seat, []).append((person.id, name_of(person)))
        elif post.until is not None and (seat not in left or _later(post.until, left[seat])):
            left[seat] = post.until
    rows = session.scalars(
        select(Seat).where(Seat.organisation_id == organisation_id).order_by(Seat.position, Seat.title)
    )
    return tuple(
        SeatView(
            row.id,
            row.title,
            row.unit_id,
            units.get(row.unit_id, "") if row.unit_id else "",
            row.reports_to_id,
            tuple(holders.get(row.id, ())),
            None if row.id in holders else left.get(row.id),
        )
        for row in rows
    )


def _later(one: PartialDate, other: PartialDate) -> bool:
    return (one.year or 0, one.month or 0, one.day or 0) > (
        other.year or 0,
        other.month or 0,
        other.day or 0,
    )


def tree_of(session: Session, organisation_id: str) -> OrganisationTree:
    """The whole tree of one organisation. Raises KamdeskError ``record.gone``."""
    get(session, Organisation, organisation_id)
    units, seats = units_of(session, organisation_id), seats_of(session, organisation_id)
    people = session.scalars(
        select(Person)
        .join(Employment, Employment.person_id == Person.id)
        .where(
            Employment.organisation_id == organisation_id,
            Employment.seat_id.is_(None),
            Employment.until.is_(None),
            Employment.is_former.is_(False),
        )
        .order_by(Person.sort_key)
    )
    seated = {person for seat in seats for person, _name in seat.holders}
    circles = org_tree.looped({seat.id: seat.reports_to_id for seat in seats})
    return OrganisationTree(
        units,
        seats,
        tuple((row.id, name_of(row)) for row in people if row.id not in seated),
        circles | org_tree.looped({unit.id: unit.parent_id for unit in units}),
    )


def card_of(session: Session, organisation_id: str) -> OrganisationCard:
    """The card of one organisation. Raises KamdeskError ``record.gone``."""
    row = get(session, Organisation, organisation_id)
    parent = session.get(Organisation, row.parent_id) if row.parent_id else None
    children = session.scalars(
        select(Organisation).where(Organisation.parent_id == row.id).order_by(Organisation.sort_key)
    )
    contacts = session.scalars(
        select(Contact).where(Contact.organisation_id == row.id).order_by(Contact.position, Contact.id)
    )
    return OrganisationCard(
        row.id,
        row.short_name,
        row.kind,
        _link(parent) if parent is not None else None,
        tuple(_link(one) for one in children),
        tuple(unit for unit in units_of(session, row.id) if unit.kind == "site"),
        tuple(OrganisationContact(one.id, one.kind, one.value, one.note) for one in contacts),
        tags_of(session),
    )


def _link(row: Organisation) -> OrganisationLink:
    return OrganisationLink(row.id, row.short_name, row.kind)


def links(session: Session, kinds: tuple[str, ...]) -> tuple[OrganisationLink, ...]:
    """Organisations to choose from, in the order of the language; () of kinds gives all."""
    query = select(Organisation).order_by(Organisation.sort_key)
    if kinds:
        query = query.where(Organisation.kind.in_(kinds))
    return tuple(_link(row) for row in session.scalars(query))


def tags_of(session: Session) -> tuple[str, ...]:
    """Every tag in use, the most used first."""
    counts: dict[str, int] = {}
    for tags in session.scalars(select(Organisation.tags).where(Organisation.tags != ())):
        for tag in tags:
            counts[tag] = counts.get(tag, 0) + 1
    return tuple(sorted(counts, key=lambda tag: (-counts[tag], tag.casefold())))


def rows(session: Session, kinds: tuple[str, ...], now: datetime) -> tuple[OrganisationRow, ...]:
    """Lines of a list of organisations of these kinds, with what is open at each."""
    people = _counted(
        session,
        select(Employment.organisation_id, func.count(func.distinct(Employment.person_id)))
        .where(Employment.until.is_(None), Employment.is_former.is_(False))
        .group_by(Employment.organisation_id),
    )
    promises = _counted(
        session,
        select(Promise.organisation_id, func.count())
        .where(Promise.done_on.is_(None), Promise.organisation_id.is_not(None))
        .group_by(Promise.organisation_id),
    )
    proposals = _counted(
        session,
        select(Proposal.organisation_id, func.count())
        .where(Proposal.status.in_(OPEN_STATUSES))
        .group_by(Proposal.organisation_id),
    )
    # One look into an index per client: grouping would read every interaction ever recorded.
    last = select(func.max(Interaction.starts_at)).where(
        Interaction.organisation_id == Organisation.id, Interaction.state == "done"
    )
    upcoming = select(func.min(Interaction.starts_at)).where(
        Interaction.organisation_id == Organisation.id,
        Interaction.state == "planned",
        Interaction.starts_at >= now,
    )
    found = session.execute(
        select(Organisation, last.scalar_subquery(), upcoming.scalar_subquery())
        .where(Organisation.kind.in_(kinds))
        .order_by(Organisation.sort_key)
    )
    return tuple(
        OrganisationRow(
            row.id,
            row.short_name,
            row.kind,
            row.industry,
            row.territory,
            people.get(row.id, 0),
            promises.get(row.id, 0),
            proposals.get(row.id, 0),
            seen.date() if seen else None,
            next_meeting,
        )
        for row, seen, next_meeting in found
    )


def _counted(session: Session, query: object) -> Mapping[str, int]:
    return {str(key): int(n) for key, n in session.execute(query).all()}  # type: ignore[call-overload]
