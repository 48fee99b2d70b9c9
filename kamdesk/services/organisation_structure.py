"""Units and seats: adding, moving, reporting lines, who sits where, taking away (D3). A seat is not a person.

Every intention is one step of undo. Moves are refused before anything is written when something would come to
stand below itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Employment, Organisation, Person, Seat, Unit
from kamdesk.model.values import PartialDate
from kamdesk.rules import org_tree, typed
from kamdesk.services.base import get, name_of
from kamdesk.services.organisation_views import (
    OrganisationTree,
    SeatView,
    UnitView,
    seats_of,
    tree_of,
    units_of,
)
from kamdesk.store.unit_of_work import Store


class Structure:
    """What can be done to the tree of an organisation. Names, kinds and addresses are edited through ``Records``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # --- questions

    def units(self, organisation_id: str) -> tuple[UnitView, ...]:
        """The units in their order."""
        return self._store.read(lambda session: units_of(session, organisation_id))

    def seats(self, organisation_id: str) -> tuple[SeatView, ...]:
        """The seats in their order with whoever sits there now."""
        return self._store.read(lambda session: seats_of(session, organisation_id))

    def tree(self, organisation_id: str) -> OrganisationTree:
        """Units, seats and people without a seat. Raises ``record.gone``."""
        return self._store.read(lambda session: tree_of(session, organisation_id))

    # --- units

    def add_unit(
        self, organisation_id: str, name: str, *, kind: str = "", parent_id: str | None = None
    ) -> str:
        """Add a branch or department and return its id."""
        clean = " ".join(name.split())
        if not clean:
            raise KamdeskError("organisation.unit_name_empty")

        def work(session: Session) -> str:
            organisation = get(session, Organisation, organisation_id)
            last = session.scalar(
                select(func.max(Unit.position)).where(Unit.organisation_id == organisation.id)
            )
            unit = Unit(
                organisation_id=organisation.id,
                name=clean,
                kind=kind,
                parent_id=_own(session, Unit, parent_id, organisation.id),
                position=0 if last is None else last + 1,
            )
            session.add(unit)
            session.flush()
            return unit.id

        return self._store.write("organisation.add_unit", {"name": clean}, work)

    def move_unit(self, unit_id: str, parent_id: str | None) -> None:
        """Put a unit below another, or at the top with None. Raises ``organisation.unit_loop``."""

        def work(session: Session) -> None:
            unit = get(session, Unit, unit_id)
            above = {row.id: row.parent_id for row in _units(session, unit.organisation_id)}
            if org_tree.would_loop(above, unit.id, parent_id):
                raise KamdeskError("organisation.unit_loop", name=unit.name)
            unit.parent_id = _own(session, Unit, parent_id, unit.organisation_id)

        self._store.write("organisation.move", {"name": self._called(Unit, unit_id)}, work)

    def shift_unit(self, unit_id: str, step: int) -> None:
        """Put a unit ``step`` places further among those of the same parent; negative is up."""

        def work(session: Session) -> None:
            unit = get(session, Unit, unit_id)
            siblings = [
                row for row in _units(session, unit.organisation_id) if row.parent_id == unit.parent_id
            ]
            _shift(siblings, unit, step)

        self._store.write("organisation.move", {"name": self._called(Unit, unit_id)}, work)

    def delete_unit(self, unit_id: str) -> None:
        """Take a unit away; what stood in it comes to stand where the unit stood."""

        def work(session: Session) -> None:
            unit = get(session, Unit, unit_id)
            for child in session.scalars(select(Unit).where(Unit.parent_id == unit.id)):
                child.parent_id = unit.parent_id
            for seat in session.scalars(select(Seat).where(Seat.unit_id == unit.id)):
                seat.unit_id = unit.parent_id
            session.flush()
            session.delete(unit)

        self._store.write("organisation.delete_unit", {"name": self._called(Unit, unit_id)}, work)

    # --- seats

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
            seat.unit_id = _own(session, Unit, unit_id, organisation.id)
            seat.reports_to_id = _own(session, Seat, reports_to_id, organisation.id)
            return seat.id

        return self._store.write("organisation.add_seat", {"title": clean}, work)

    def move_seat(self, seat_id: str, unit_id: str | None) -> None:
        """Put a seat into a unit, or into none."""

        def work(session: Session) -> None:
            seat = get(session, Seat, seat_id)
            seat.unit_id = _own(session, Unit, unit_id, seat.organisation_id)

        self._store.write("organisation.move", {"name": self._called(Seat, seat_id)}, work)

    def shift_seat(self, seat_id: str, step: int) -> None:
        """Put a seat ``step`` places further among those of its unit; negative is up."""

        def work(session: Session) -> None:
            seat = get(session, Seat, seat_id)
            siblings = [row for row in _seats(session, seat.organisation_id) if row.unit_id == seat.unit_id]
            _shift(siblings, seat, step)

        self._store.write("organisation.move", {"name": self._called(Seat, seat_id)}, work)

    def set_reports_to(self, seat_id: str, above_id: str | None) -> None:
        """Say to which seat a seat reports. Raises ``organisation.reports_to_itself`` where that would be a circle."""

        def work(session: Session) -> None:
            seat = get(session, Seat, seat_id)
            above = {row.id: row.reports_to_id for row in _seats(session, seat.organisation_id)}
            if org_tree.would_loop(above, seat.id, above_id):
                raise KamdeskError("organisation.reports_to_itself", title=seat.title)
            seat.reports_to_id = _own(session, Seat, above_id, seat.organisation_id)

        self._store.write("organisation.set_reports_to", {"title": self._called(Seat, seat_id)}, work)

    def put_on_seat(self, seat_id: str, person_id: str) -> None:
        """Let somebody sit on a seat; whoever sat there stays employed without a seat.

        One who has another seat of this organisation changes over: the other seat is vacant then.
        """

        def work(session: Session) -> None:
            seat = get(session, Seat, seat_id)
            _put(session, seat, get(session, Person, person_id).id)

        name = self._store.read(lambda session: name_of(get(session, Person, person_id)).full())
        params = {"title": self._called(Seat, seat_id), "name": name}
        self._store.write("organisation.put_on_seat", params, work)

    def put_new_on_seat(self, seat_id: str, name: str) -> str:
        """Add a person by a full name in one line and let them sit on a seat; returns the id of the person."""
        parsed = typed.parse_name(name)
        if not parsed:
            raise KamdeskError("person.name_empty")

        def work(session: Session) -> str:
            seat = get(session, Seat, seat_id)
            person = Person(
                family_name=parsed.family,
                given_name=parsed.given,
                middle_name=parsed.middle,
                gender=typed.gender_of(parsed),
            )
            session.add(person)
            session.flush()
            _put(session, seat, person.id)
            return person.id

        params = {"title": self._called(Seat, seat_id), "name": parsed.full()}
        return self._store.write("organisation.put_on_seat", params, work)

    def vacate(self, seat_id: str, until: PartialDate | None = None) -> None:
        """Whoever sits there left the post, on ``until`` or today; the seat stays and is a gap."""
        on = until or PartialDate.of(self._store.now().date())

        def work(session: Session) -> None:
            for post in _holding(session, get(session, Seat, seat_id).id):
                post.until, post.is_former = on, True

        self._store.write("organisation.vacate", {"title": self._called(Seat, seat_id)}, work)

    def delete_seat(self, seat_id: str) -> None:
        """Take a seat away. Those below report to the seat above it; who sat there stays without a seat."""

        def work(session: Session) -> None:
            seat = get(session, Seat, seat_id)
            for lower in session.scalars(select(Seat).where(Seat.reports_to_id == seat.id)):
                lower.reports_to_id = seat.reports_to_id if seat.reports_to_id != lower.id else None
            session.flush()
            session.delete(seat)

        self._store.write("organisation.delete_seat", {"title": self._called(Seat, seat_id)}, work)

    def _called(self, entity: type[Unit | Seat], row_id: str) -> str:
        def work(session: Session) -> str:
            row = get(session, entity, row_id)
            return row.name if isinstance(row, Unit) else row.title

        return self._store.read(work)


def new_seat(session: Session, organisation_id: str, title: str) -> Seat:
    """A vacant seat behind all others of the organisation."""
    last = session.scalar(select(func.max(Seat.position)).where(Seat.organisation_id == organisation_id))
    held = Seat(organisation_id=organisation_id, title=title, position=0 if last is None else last + 1)
    session.add(held)
    session.flush()
    return held


def _units(session: Session, organisation_id: str) -> Sequence[Unit]:
    query = select(Unit).where(Unit.organisation_id == organisation_id)
    return session.scalars(query.order_by(Unit.position, Unit.name)).all()


def _seats(session: Session, organisation_id: str) -> Sequence[Seat]:
    query = select(Seat).where(Seat.organisation_id == organisation_id)
    return session.scalars(query.order_by(Seat.position, Seat.title)).all()


def _own(session: Session, entity: type[Unit | Seat], row_id: str | None, organisation_id: str) -> str | None:
    """The id where it is a row of the same organisation. Raises ``organisation.other_tree``."""
    if row_id is None:
        return None
    row = get(session, entity, row_id)
    if row.organisation_id != organisation_id:
        raise KamdeskError("organisation.other_tree")
    return row.id


def _shift(siblings: Sequence[Unit] | Sequence[Seat], row: Unit | Seat, step: int) -> None:
    order = org_tree.moved([one.id for one in siblings], row.id, step)
    for one in siblings:
        one.position = order.index(one.id)


def _holding(session: Session, seat_id: str) -> Sequence[Employment]:
    query = select(Employment).where(
        Employment.seat_id == seat_id, Employment.until.is_(None), Employment.is_former.is_(False)
    )
    return session.scalars(query).all()


def _put(session: Session, seat: Seat, person_id: str) -> None:
    for post in _holding(session, seat.id):
        if post.person_id != person_id:
            post.seat_id = None
    mine = session.scalars(
        select(Employment)
        .where(
            Employment.person_id == person_id,
            Employment.organisation_id == seat.organisation_id,
            Employment.until.is_(None),
            Employment.is_former.is_(False),
        )
        .order_by(Employment.position)
    ).first()
    if mine is None:
        session.add(Employment(person_id=person_id, organisation_id=seat.organisation_id, seat_id=seat.id))
    else:
        mine.seat_id = seat.id
