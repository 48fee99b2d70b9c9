"""Changes that are expected of people and seats: retires in July, will be appointed; and what follows when it happens (D8)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError, label
from kamdesk.model.tables import Employment, ExpectedChange, Organisation, Person, Relationship, Seat
from kamdesk.model.values import PartialDate, PersonName
from kamdesk.rules import typed
from kamdesk.services.base import E, get, name_of
from kamdesk.services.employment import HERE, new_post, organisation_meant, present_posts
from kamdesk.services.rows import check_changes, check_new, first_words, insert, put
from kamdesk.store.unit_of_work import Store

LEAVING = frozenset({"retires", "leaves"})
"""Kinds after which the post is vacant."""
TAKING = frozenset({"appointed", "moves"})
"""Kinds after which the person has another post."""


@dataclass(frozen=True, slots=True)
class ExpectedView:
    """An expected change. ``overdue``: its date has passed and nobody said whether it happened."""

    id: str
    kind: str
    text: str
    date: PartialDate | None
    happened_on: datetime.date | None
    source_kind: str
    sensitivity: str
    person_id: str | None
    person: PersonName | None
    seat_id: str | None
    seat: str
    organisation_id: str | None
    organisation: str
    overdue: bool


class ExpectedChanges:
    """Everything a user can do to an expected change; it is deleted through ``Records``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of_person(self, person_id: str) -> tuple[ExpectedView, ...]:
        """What is expected of a person or of a seat they hold, the nearest first; what happened comes last."""
        today = self._store.now().date()
        return self._store.read(lambda session: expected_of(session, person_id, today))

    def add(
        self,
        text: str = "",
        *,
        kind: str = "other",
        date: PartialDate | None = None,
        person_id: str | None = None,
        seat_id: str | None = None,
        organisation_id: str | None = None,
        source_kind: str = "",
    ) -> str:
        """Note what is expected and return its id. Raises ``expected.of_whom``, ``record.required`` for nothing said.

        Of a person without a seat it is about the seat they hold now; the client follows from the seat.
        """
        if not person_id and not seat_id and not organisation_id:
            raise KamdeskError("expected.of_whom")
        check_new(ExpectedChange, {"text": text, "kind": kind, "date": date, "source_kind": source_kind})
        if kind == "other" and not text.strip():
            raise KamdeskError("record.required", field=label("Expected change"))

        def work(session: Session) -> str:
            seat, at = seat_id, organisation_id
            if person_id and seat is None:
                get(session, Person, person_id)
                present = present_posts(session, person_id)
                if len(present) == 1:
                    seat, at = present[0].seat_id, at or present[0].organisation_id
            if seat is not None and at is None:
                at = get(session, Seat, seat).organisation_id
            # what belongs to a person goes with the person; the client is named for changes of seats and of the client
            return insert(
                session,
                ExpectedChange(
                    person_id=person_id,
                    seat_id=seat,
                    organisation_id=None if person_id else at,
                    kind=kind,
                    text=text.strip(),
                    date=date,
                    source_kind=source_kind,
                ),
            )

        return self._store.write("expected.add", {"text": first_words(text) or self._whom(person_id)}, work)

    def edit(self, change_id: str, *, visit: str = "", **values: object) -> None:
        """Change kind, text, date, source_kind or sensitivity. Raises ``record.gone``."""
        check_changes(ExpectedChange, values)

        def work(session: Session) -> None:
            put(session, ExpectedChange, change_id, values)

        self._store.write("expected.edit", self._params(change_id), work, visit=visit)

    def happened(
        self,
        change_id: str,
        on: datetime.date | None = None,
        *,
        successor: str = "",
        organisation: str = "",
        title: str = "",
    ) -> None:
        """It happened on a day (today by default), with all that follows, in one step.

        Whoever retires or leaves has no longer that post; ``successor`` (an id, or the name of somebody new) takes
        the seat and is noted as the successor. Whoever is appointed or moves leaves the old post and takes the seat
        of the change, or ``title`` at ``organisation`` (an id or a name; the present one by default).
        Raises ``expected.happened`` where that was said already, ``expected.where`` where the new post is not known.
        """
        day = on or self._store.now().date()

        def work(session: Session) -> None:
            row = get(session, ExpectedChange, change_id)
            if row.happened_on is not None:
                raise KamdeskError("expected.happened")
            row.happened_on = day
            if row.kind in LEAVING:
                _leave(session, row, PartialDate.of(day), successor)
            elif row.kind in TAKING and row.person_id:
                _take(session, row, PartialDate.of(day), organisation, title)

        self._store.write("expected.happens", self._params(change_id), work)

    def _whom(self, person_id: str | None) -> str:
        if person_id is None:
            return ""
        return self._store.read(lambda session: name_of(get(session, Person, person_id)).full())

    def _params(self, change_id: str) -> dict[str, object]:
        def work(session: Session) -> dict[str, object]:
            row = get(session, ExpectedChange, change_id)
            person = session.get(Person, row.person_id) if row.person_id else None
            return {"text": first_words(row.text) or (name_of(person).full() if person else "")}

        return self._store.read(work)


def expected_of(session: Session, person_id: str, today: datetime.date) -> tuple[ExpectedView, ...]:
    """What is expected of a person and of the seats they hold; for the services that show it."""
    seats = select(Employment.seat_id).where(
        Employment.person_id == person_id, Employment.seat_id.is_not(None), *HERE
    )
    rows = session.scalars(
        select(ExpectedChange).where(
            (ExpectedChange.person_id == person_id)
            | (ExpectedChange.person_id.is_(None) & ExpectedChange.seat_id.in_(seats))
        )
    ).all()
    return _views(session, rows, today)


def _leave(session: Session, row: ExpectedChange, day: PartialDate, successor: str) -> None:
    query = select(Employment).where(*HERE)
    if row.person_id:
        query = query.where(Employment.person_id == row.person_id)
    if row.seat_id or not row.person_id:
        query = query.where(Employment.seat_id == row.seat_id)
    ended = list(session.scalars(query))
    for post in ended:
        post.until, post.is_former = day, True
    session.flush()
    if not successor.strip():
        return
    new_id = _somebody(session, successor)
    seat_id = row.seat_id or next((post.seat_id for post in ended if post.seat_id), None)
    if seat_id is not None:
        _sit(session, new_id, seat_id, day)
    for post in ended:
        if post.person_id != new_id:
            session.add(Relationship(from_id=new_id, to_id=post.person_id, kind="successor", since=day))


def _take(session: Session, row: ExpectedChange, day: PartialDate, organisation: str, title: str) -> None:
    person_id = str(row.person_id)
    present = present_posts(session, person_id)
    held = {post.seat_id for post in present}
    own_seat = row.seat_id in held
    if not title.strip() and (row.seat_id is None or own_seat):
        raise KamdeskError("expected.where")
    if title.strip():
        at = (
            organisation_meant(session, organisation)
            if organisation.strip()
            else (present[0].organisation_id if present else "")
        )
        if not at:
            raise KamdeskError("expected.where")
        for post in present:
            if post.seat_id == row.seat_id or not own_seat:
                post.until, post.is_former = day, True
        session.flush()
        new_post(session, person_id, at, title, day)
        return
    seat = get(session, Seat, str(row.seat_id))
    for post in present:
        if post.organisation_id == seat.organisation_id:
            post.until, post.is_former = day, True
    session.flush()
    _sit(session, person_id, seat.id, day)


def _sit(session: Session, person_id: str, seat_id: str, day: PartialDate) -> None:
    """Put somebody on a very seat, leaving what they had at the same organisation."""
    seat = get(session, Seat, seat_id)
    for post in present_posts(session, person_id):
        if post.organisation_id == seat.organisation_id and post.seat_id != seat.id:
            post.until, post.is_former = day, True
    last = max((post.position for post in present_posts(session, person_id)), default=-1)
    session.add(
        Employment(
            person_id=person_id,
            organisation_id=seat.organisation_id,
            seat_id=seat.id,
            since=day,
            position=last + 1,
        )
    )
    session.flush()


def _somebody(session: Session, words_or_id: str) -> str:
    if session.get(Person, words_or_id) is not None:
        return words_or_id
    parsed = typed.parse_name(words_or_id)
    if not parsed:
        raise KamdeskError("person.name_empty")
    row = Person(family_name=parsed.family, given_name=parsed.given, middle_name=parsed.middle)
    row.gender = typed.gender_of(parsed)
    session.add(row)
    session.flush()
    return str(row.id)


def _views(
    session: Session, rows: Sequence[ExpectedChange], today: datetime.date
) -> tuple[ExpectedView, ...]:
    people = _by_id(session, Person, {row.person_id for row in rows})
    seats = _by_id(session, Seat, {row.seat_id for row in rows})
    at = {row.organisation_id for row in rows} | {seat.organisation_id for seat in seats.values()}
    clients = _by_id(session, Organisation, at)
    views = []
    for row in rows:
        person, seat = people.get(row.person_id or ""), seats.get(row.seat_id or "")
        where = row.organisation_id or (seat.organisation_id if seat else None)
        client = clients.get(where or "")
        views.append(
            ExpectedView(
                row.id,
                row.kind,
                row.text,
                row.date,
                row.happened_on,
                row.source_kind,
                row.sensitivity,
                row.person_id,
                name_of(person) if person else None,
                row.seat_id,
                seat.title if seat else "",
                where,
                client.short_name if client else "",
                row.happened_on is None and row.date is not None and _passed(row.date, today),
            )
        )
    return tuple(
        sorted(views, key=lambda view: (view.happened_on is not None, str(view.date or "~"), view.id))
    )


def _by_id(session: Session, entity: type[E], ids: Iterable[str | None]) -> dict[str, E]:
    wanted = {one for one in ids if one}
    if not wanted:
        return {}
    return {str(row.id): row for row in session.scalars(select(entity).where(entity.id.in_(wanted)))}


def _passed(value: PartialDate, today: datetime.date) -> bool:
    """Whether the whole of a date, as far as it is known, lies in the past; never without a year."""
    if value.year is None:
        return False
    now = (today.year, today.month, today.day)
    known = tuple(part for part in (value.year, value.month, value.day) if part is not None)
    return known < now[: len(known)]
