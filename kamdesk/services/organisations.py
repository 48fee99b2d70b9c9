"""Clients and other organisations: lists, cards, units and seats (D1, D3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import (
    Employment,
    Interaction,
    Organisation,
    Person,
    Promise,
    Proposal,
    Seat,
    Unit,
)
from kamdesk.model.values import PersonName
from kamdesk.rules import duplicates
from kamdesk.services.base import get, name_of
from kamdesk.store.unit_of_work import Store

CLIENT_KINDS = ("client", "prospect", "training")
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
    """A seat and who sits on it; ``holders`` is empty for a vacant one."""

    id: str
    title: str
    unit_id: str | None
    unit: str
    reports_to_id: str | None
    holders: tuple[tuple[str, PersonName], ...]


class Organisations:
    """Everything a user can do to an organisation as a whole. Single fields are edited through ``Records``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # --- lists

    def list(self, kinds: Sequence[str] = CLIENT_KINDS) -> tuple[OrganisationRow, ...]:
        """Organisations of these kinds in the order of the language, with what is open at each."""
        return self._store.read(lambda session: _rows(session, tuple(kinds), self._store.now()))

    def find(self, text: str) -> str:
        """The id of the one organisation meant by an id, a short or a legal name, case aside.

        Raises KamdeskError ``organisation.unknown`` or ``organisation.ambiguous``.
        """

        def work(session: Session) -> str:
            wanted = text.strip().casefold()
            rows = session.execute(
                select(Organisation.id, Organisation.short_name, Organisation.legal_name)
            ).all()
            same = [row.id for row in rows if wanted in (row.id, row[1].casefold(), row[2].casefold())]
            if not same:
                same = [row.id for row in rows if wanted and wanted in f"{row[1]} {row[2]}".casefold()]
            if not same:
                raise KamdeskError("organisation.unknown", name=text)
            if len(same) > 1:
                names = ", ".join(row[1] for row in rows if row.id in same)
                raise KamdeskError("organisation.ambiguous", name=text, names=names)
            return str(same[0])

        return self._store.read(work)

    # --- intentions

    def add(self, name: str, kind: str = "client", *, language: str = "ru") -> str:
        """Add an organisation and return its id. Raises KamdeskError for an empty name or an exact double."""
        clean = " ".join(name.split())
        if not clean:
            raise KamdeskError("organisation.name_empty")

        def work(session: Session) -> str:
            key = duplicates.organisation_key(clean)
            if any(
                duplicates.organisation_key(known) == key
                for known in session.scalars(select(Organisation.short_name))
            ):
                raise KamdeskError("organisation.exists", name=clean)
            row = Organisation(short_name=clean, kind=kind, language=language)
            session.add(row)
            session.flush()
            return row.id

        return self._store.write("organisation.add", {"name": clean}, work)

    def add_unit(
        self, organisation_id: str, name: str, *, kind: str = "", parent_id: str | None = None
    ) -> str:
        """Add a branch or department and return its id."""
        clean = " ".join(name.split())
        if not clean:
            raise KamdeskError("organisation.unit_name_empty")

        def work(session: Session) -> str:
            organisation = get(session, Organisation, organisation_id)
            last = session.query(func.count(Unit.id)).filter(Unit.organisation_id == organisation.id).scalar()
            unit = Unit(
                organisation_id=organisation.id,
                name=clean,
                kind=kind,
                parent_id=parent_id,
                position=int(last or 0),
            )
            session.add(unit)
            session.flush()
            return unit.id

        return self._store.write("organisation.add_unit", {"name": clean}, work)

    def add_seat(
        self,
        organisation_id: str,
        title: str,
        *,
        unit_id: str | None = None,
        reports_to_id: str | None = None,
    ) -> str:
        """Add a vacant seat and return its id: a gap that is seen until somebody sits there."""
        clean = " ".join(title.split())
        if not clean:
            raise KamdeskError("organisation.seat_title_empty")

        def work(session: Session) -> str:
            organisation = get(session, Organisation, organisation_id)
            seat = new_seat(session, organisation.id, clean)
            seat.unit_id, seat.reports_to_id = unit_id, reports_to_id
            return seat.id

        return self._store.write("organisation.add_seat", {"title": clean}, work)

    # --- structure

    def units(self, organisation_id: str) -> tuple[UnitView, ...]:
        """The units in their order."""

        def work(session: Session) -> tuple[UnitView, ...]:
            rows = session.scalars(
                select(Unit).where(Unit.organisation_id == organisation_id).order_by(Unit.position, Unit.name)
            )
            return tuple(UnitView(row.id, row.name, row.kind, row.address, row.parent_id) for row in rows)

        return self._store.read(work)

    def seats(self, organisation_id: str) -> tuple[SeatView, ...]:
        """The seats in their order with whoever sits there now."""
        return self._store.read(lambda session: seats_of(session, organisation_id))


def new_seat(session: Session, organisation_id: str, title: str) -> Seat:
    """A vacant seat behind all others of the organisation."""
    last = session.scalar(select(func.max(Seat.position)).where(Seat.organisation_id == organisation_id))
    held = Seat(organisation_id=organisation_id, title=title, position=0 if last is None else last + 1)
    session.add(held)
    session.flush()
    return held


def seats_of(session: Session, organisation_id: str) -> tuple[SeatView, ...]:
    """The seats of one organisation; for the services that show them."""
    units = dict(
        session.execute(select(Unit.id, Unit.name).where(Unit.organisation_id == organisation_id)).all()
    )
    holders: dict[str, list[tuple[str, PersonName]]] = {}
    sitting = session.execute(
        select(Employment.seat_id, Person)
        .join(Person, Person.id == Employment.person_id)
        .where(
            Employment.organisation_id == organisation_id,
            Employment.until.is_(None),
            Employment.is_former.is_(False),
            Employment.seat_id.is_not(None),
        )
        .order_by(Person.sort_key)
    )
    for seat_id, person in sitting:
        holders.setdefault(str(seat_id), []).append((person.id, name_of(person)))
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
        )
        for row in rows
    )


def _rows(session: Session, kinds: tuple[str, ...], now: datetime) -> tuple[OrganisationRow, ...]:
    def counted(query: object) -> dict[str, int]:
        return {str(key): int(n) for key, n in session.execute(query).all()}  # type: ignore[call-overload]

    people = counted(
        select(Employment.organisation_id, func.count(func.distinct(Employment.person_id)))
        .where(Employment.until.is_(None), Employment.is_former.is_(False))
        .group_by(Employment.organisation_id)
    )
    promises = counted(
        select(Promise.organisation_id, func.count())
        .where(Promise.done_on.is_(None), Promise.organisation_id.is_not(None))
        .group_by(Promise.organisation_id)
    )
    proposals = counted(
        select(Proposal.organisation_id, func.count())
        .where(Proposal.status.in_(OPEN_STATUSES))
        .group_by(Proposal.organisation_id)
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
    rows = session.execute(
        select(Organisation, last.scalar_subquery(), upcoming.scalar_subquery())
        .where(Organisation.kind.in_(kinds))
        .order_by(Organisation.sort_key)
    )
    result = []
    for row, seen, next_meeting in rows:
        result.append(
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
        )
    return tuple(result)
