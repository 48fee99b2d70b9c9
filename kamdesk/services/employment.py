"""Posts of people with their dates: several at once, ended, moved on, come back (D4, D5).

A seat stays when somebody leaves it; whoever moves to another client keeps the history of where they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Employment, Organisation, Person, Seat, Unit
from kamdesk.model.values import PartialDate, PersonName
from kamdesk.rules.duplicates import organisation_key
from kamdesk.services.base import get, name_of
from kamdesk.services.organisations import new_seat
from kamdesk.store.unit_of_work import Store

HERE = (Employment.until.is_(None), Employment.is_former.is_(False))
"""What makes an employment a present one."""


@dataclass(frozen=True, slots=True)
class BossView:
    """Whom a seat reports to; a vacant seat has a title and nobody on it."""

    seat_id: str
    title: str
    person_id: str | None
    name: PersonName | None


@dataclass(frozen=True, slots=True)
class PostView:
    """A present or former post."""

    employment_id: str
    organisation_id: str
    organisation: str
    seat_id: str | None
    title: str
    unit_id: str | None
    unit: str
    boss: BossView | None
    since: PartialDate | None
    until: PartialDate | None
    is_former: bool

    @property
    def reports_to(self) -> tuple[str, PersonName] | None:
        """Whoever sits above; None for a vacant seat too."""
        if self.boss is None or self.boss.person_id is None or self.boss.name is None:
            return None
        return self.boss.person_id, self.boss.name


@dataclass(frozen=True, slots=True)
class SeatChoice:
    """A seat that another may report to: its title and whoever sits there (none: vacant)."""

    id: str
    title: str
    holders: tuple[PersonName, ...]


class Employments:
    """Everything a user can do to the posts of a person."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of_person(self, person_id: str) -> tuple[PostView, ...]:
        """All posts: the present ones first, then the former ones, the latest first."""
        return self._store.read(lambda session: posts_of(session, person_id))

    def add(
        self,
        person_id: str,
        organisation: str,
        title: str = "",
        *,
        since: PartialDate | None = None,
    ) -> str:
        """A post beside those they have; ``organisation`` is an id or a name, a new one is added as a prospect.

        Returns the id of the employment. Raises ``organisation.name_empty``, ``employment.already`` where they have
        that very post now.
        """

        def work(session: Session) -> str:
            person = get(session, Person, person_id)
            at = organisation_meant(session, organisation)
            return new_post(session, person.id, at, title, since).id

        return self._store.write(
            "employment.add", {"name": self._called(person_id), "where": self._where(organisation)}, work
        )

    def move(
        self,
        person_id: str,
        organisation: str,
        title: str = "",
        *,
        when: PartialDate | None = None,
        leaving: Sequence[str] | None = None,
    ) -> str:
        """Moved on: the old posts end and a new one begins, both in one step; the seats they leave are vacant.

        ``leaving`` names the employments that end, all present ones by default; ``organisation`` as in :meth:`add`.
        Returns the id of the new employment.
        """

        def work(session: Session) -> str:
            person = get(session, Person, person_id)
            at = organisation_meant(session, organisation)
            for row in present_posts(session, person.id):
                if leaving is None or row.id in leaving:
                    row.until, row.is_former = when, True
            session.flush()
            return new_post(session, person.id, at, title, when).id

        return self._store.write(
            "employment.move", {"name": self._called(person_id), "where": self._where(organisation)}, work
        )

    def end(self, employment_id: str, until: PartialDate | None = None) -> None:
        """They left this post: the seat stays and is vacant, the post stays in their history."""

        def work(session: Session) -> None:
            row = get(session, Employment, employment_id)
            row.until, row.is_former = until, True

        self._store.write("person.leave", self._params(employment_id), work)

    def come_back(self, employment_id: str, since: PartialDate | None = None) -> str:
        """They are back where they were: a new post with the same title; the earlier one stays in history.

        The old seat is taken where it is vacant, else a like one is made. Returns the id of the new employment.
        """

        def work(session: Session) -> str:
            old = get(session, Employment, employment_id)
            held = session.get(Seat, old.seat_id) if old.seat_id else None
            row = new_post(session, old.person_id, old.organisation_id, held.title if held else "", since)
            if held is not None and row.seat_id is not None:
                taken = get(session, Seat, row.seat_id)
                taken.unit_id = taken.unit_id or held.unit_id
            return row.id

        return self._store.write("employment.come_back", self._params(employment_id), work)

    def reopen(self, employment_id: str) -> None:
        """It was a mistake, they never left: the post is a present one again."""

        def work(session: Session) -> None:
            row = get(session, Employment, employment_id)
            row.until, row.is_former = None, False

        self._store.write("employment.reopen", self._params(employment_id), work)

    def set_dates(
        self,
        employment_id: str,
        *,
        since: PartialDate | None = None,
        until: PartialDate | None = None,
        visit: str = "",
    ) -> None:
        """When the post began and ended, as far as known. Raises ``employment.order`` for an end before the start.

        An end makes a post a former one; a former one without an end stays former.
        """
        if since is not None and until is not None and _ends_before(since, until):
            raise KamdeskError("employment.order")

        def work(session: Session) -> None:
            row = get(session, Employment, employment_id)
            row.since, row.until = since, until
            row.is_former = row.is_former or until is not None

        self._store.write("employment.set_dates", self._params(employment_id), work, visit=visit)

    def set_title(self, employment_id: str, title: str, *, visit: str = "") -> None:
        """Name the seat of this post, or give it one. Raises ``organisation.seat_title_empty``."""
        clean = " ".join(title.split())
        if not clean:
            raise KamdeskError("organisation.seat_title_empty")

        def work(session: Session) -> None:
            row = get(session, Employment, employment_id)
            held = session.get(Seat, row.seat_id) if row.seat_id else None
            if held is None:
                held = free_seat(session, row.organisation_id, clean)
                row.seat_id = held.id
            held.title = clean

        params = self._params(employment_id) | {"title": clean}
        self._store.write("person.set_seat", params, work, visit=visit)

    def set_unit(self, employment_id: str, unit: str, *, visit: str = "") -> None:
        """Put the seat into the unit of this name, made where it is new; "" takes it out.

        Raises ``employment.needs_title`` where the post has no seat yet.
        """
        clean = " ".join(unit.split())

        def work(session: Session) -> None:
            row = get(session, Employment, employment_id)
            held = self._held(session, row)
            if not clean:
                held.unit_id = None
                return
            known = session.scalars(select(Unit).where(Unit.organisation_id == row.organisation_id)).all()
            found = next((one for one in known if one.name.casefold() == clean.casefold()), None)
            if found is None:
                found = Unit(organisation_id=row.organisation_id, name=clean, position=len(known))
                session.add(found)
                session.flush()
            held.unit_id = found.id

        self._store.write("employment.set_unit", self._params(employment_id), work, visit=visit)

    def set_boss(self, employment_id: str, seat_id: str | None) -> None:
        """Which seat this one reports to; None for none.

        Raises ``employment.needs_title`` without a seat, ``organisation.reports_to_itself`` for a circle.
        """

        def work(session: Session) -> None:
            held = self._held(session, get(session, Employment, employment_id))
            above = seat_id
            seen: set[str] = set()
            while above is not None and above not in seen:
                if above == held.id:
                    raise KamdeskError("organisation.reports_to_itself", title=held.title)
                seen.add(above)
                above = get(session, Seat, above).reports_to_id
            held.reports_to_id = seat_id

        self._store.write("employment.set_boss", self._params(employment_id), work)

    def seats_above(self, employment_id: str) -> tuple[SeatChoice, ...]:
        """The seats of the same organisation that this one may report to, vacant ones too, by title."""

        def work(session: Session) -> tuple[SeatChoice, ...]:
            row = get(session, Employment, employment_id)
            holders: dict[str, list[PersonName]] = {}
            sitting = (
                select(Employment.seat_id, Person)
                .join(Person, Person.id == Employment.person_id)
                .where(Employment.organisation_id == row.organisation_id, *HERE)
            )
            for seat_id, person in session.execute(sitting):
                if seat_id is not None:
                    holders.setdefault(seat_id, []).append(name_of(person))
            seats = session.scalars(
                select(Seat).where(Seat.organisation_id == row.organisation_id).order_by(Seat.position)
            )
            return tuple(
                SeatChoice(one.id, one.title, tuple(holders.get(one.id, ())))
                for one in seats
                if one.id != row.seat_id
            )

        return self._store.read(work)

    def units(self, organisation_id: str) -> tuple[str, ...]:
        """The names of the units of an organisation, for completion."""
        query = select(Unit.name).where(Unit.organisation_id == organisation_id).order_by(Unit.position)
        return self._store.read(lambda session: tuple(session.scalars(query)))

    @staticmethod
    def _held(session: Session, row: Employment) -> Seat:
        held = session.get(Seat, row.seat_id) if row.seat_id else None
        if held is None:
            raise KamdeskError("employment.needs_title")
        return held

    def _called(self, person_id: str) -> str:
        return self._store.read(lambda session: name_of(get(session, Person, person_id)).full())

    def _params(self, employment_id: str) -> dict[str, object]:
        def work(session: Session) -> dict[str, object]:
            row = get(session, Employment, employment_id)
            return {
                "name": name_of(get(session, Person, row.person_id)).full(),
                "where": get(session, Organisation, row.organisation_id).short_name,
            }

        return self._store.read(work)

    def _where(self, organisation: str) -> str:
        def work(session: Session) -> str:
            row = session.get(Organisation, organisation)
            return row.short_name if row is not None else " ".join(organisation.split())

        return self._store.read(work)


# --- pieces for steps of other services --------------------------------------------------------------------------


def present_posts(session: Session, person_id: str) -> Sequence[Employment]:
    """The posts a person has now, in their order."""
    query = select(Employment).where(Employment.person_id == person_id, *HERE).order_by(Employment.position)
    return session.scalars(query).all()


def organisation_meant(session: Session, words: str) -> str:
    """The id of the organisation meant by an id or a name; an unknown name is added as a prospect.

    Raises ``organisation.name_empty``.
    """
    if session.get(Organisation, words) is not None:
        return words
    clean = " ".join(words.split())
    if not clean:
        raise KamdeskError("organisation.name_empty")
    key = organisation_key(clean)
    rows = session.execute(select(Organisation.id, Organisation.short_name, Organisation.legal_name))
    for row_id, short, legal in rows:
        if key in (organisation_key(short), organisation_key(legal) if legal else ""):
            return str(row_id)
    added = Organisation(short_name=clean, kind="prospect")
    session.add(added)
    session.flush()
    return str(added.id)


def free_seat(session: Session, organisation_id: str, title: str) -> Seat:
    """A vacant seat of this title, or a new one."""
    taken = select(Employment.seat_id).where(Employment.seat_id.is_not(None), *HERE)
    vacant = session.scalars(
        select(Seat).where(Seat.organisation_id == organisation_id, Seat.id.not_in(taken))
    )
    same = next((one for one in vacant if one.title.casefold() == title.casefold()), None)
    return same or new_seat(session, organisation_id, title)


def new_post(
    session: Session, person_id: str, organisation_id: str, title: str, since: PartialDate | None
) -> Employment:
    """A further present post, on a vacant seat of that title or a new one. Raises ``employment.already``."""
    clean = " ".join(title.split())
    present = present_posts(session, person_id)
    for row in present:
        held = session.get(Seat, row.seat_id) if row.seat_id else None
        same = (held.title if held else "").casefold() == clean.casefold()
        if row.organisation_id == organisation_id and (same or not clean):
            raise KamdeskError(
                "employment.already", where=get(session, Organisation, organisation_id).short_name
            )
    held = free_seat(session, organisation_id, clean) if clean else None
    last = session.scalar(select(func.max(Employment.position)).where(Employment.person_id == person_id))
    row = Employment(
        person_id=person_id,
        organisation_id=organisation_id,
        seat_id=held.id if held else None,
        since=since,
        position=0 if last is None else last + 1,
    )
    session.add(row)
    session.flush()
    return row


def posts_of(session: Session, person_id: str) -> tuple[PostView, ...]:
    """The posts of a person; for the services that show them."""
    query = (
        select(Employment, Organisation.short_name, Seat, Unit.name)
        .join(Organisation, Organisation.id == Employment.organisation_id)
        .outerjoin(Seat, Seat.id == Employment.seat_id)
        .outerjoin(Unit, Unit.id == Seat.unit_id)
        .where(Employment.person_id == person_id)
        .order_by(Employment.position)
    )
    views = [
        PostView(
            post.id,
            post.organisation_id,
            called,
            seat.id if seat else None,
            seat.title if seat else "",
            seat.unit_id if seat else None,
            unit or "",
            _boss(session, seat),
            post.since,
            post.until,
            post.is_former or post.until is not None,
        )
        for post, called, seat, unit in session.execute(query)
    ]
    present = [view for view in views if not view.is_former]
    former = sorted((view for view in views if view.is_former), key=_recency, reverse=True)
    return (*present, *former)


def _recency(view: PostView) -> tuple[str, str]:
    return (str(view.until or ""), str(view.since or ""))


def _boss(session: Session, seat: Seat | None) -> BossView | None:
    above = session.get(Seat, seat.reports_to_id) if seat is not None and seat.reports_to_id else None
    if above is None:
        return None
    person = session.scalars(
        select(Person)
        .join(Employment, Employment.person_id == Person.id)
        .where(Employment.seat_id == above.id, *HERE)
    ).first()
    return BossView(above.id, above.title, person.id if person else None, name_of(person) if person else None)


def _ends_before(since: PartialDate, until: PartialDate) -> bool:
    """Whether the end surely lies before the start, by as much as is known of both."""
    for one, two in ((since.year, until.year), (since.month, until.month), (since.day, until.day)):
        if one is None or two is None or one < two:
            return False
        if one > two:
            return True
    return False
