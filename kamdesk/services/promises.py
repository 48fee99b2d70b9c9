"""Promises, both ways: given, kept, taken back to open; the open ones of a client or a person (D11)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from kamdesk.model.tables import Employment, Interaction, Person, Promise
from kamdesk.model.values import PersonName
from kamdesk.services.base import get, name_of, organisations_of, title_of
from kamdesk.services.rows import check_new, ensure, first_words, insert
from kamdesk.store.unit_of_work import Store

OURS = "ours"
THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class PromiseData:
    """A promise as it is typed. ``side`` is ours or theirs; only the text is required.

    ``person_id`` is the one on the client's side: to whom we promised, or who promised us.
    """

    text: str
    side: str = OURS
    due: date | None = None
    organisation_id: str | None = None
    person_id: str | None = None
    interaction_id: str | None = None
    witness: str = ""
    sensitivity: str = "business"


@dataclass(frozen=True, slots=True)
class PromiseView:
    """A promise as pages show it. ``overdue`` is of today; a promise without a date is never overdue."""

    id: str
    side: str
    text: str
    due: date | None
    done_on: date | None
    overdue: bool
    organisation_id: str | None
    organisation: str
    person_id: str | None
    person: PersonName
    interaction_id: str | None
    witness: str
    sensitivity: str


class Promises:
    """Everything a user can do to a promise. Single fields are edited and rows deleted through ``Records``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, data: PromiseData) -> str:
        """Record a promise and return its id. Raises KamdeskError ``record.required`` for an empty text."""
        check(data)
        return self._store.write(
            f"promise.add_{data.side}", {"text": first_words(data.text)}, lambda session: add(session, data)
        )

    def keep(self, promise_id: str, on: date | None = None) -> None:
        """Mark a promise as kept, today unless another day is given. Raises ``record.gone``."""
        self._settle("promise.keep", promise_id, on or self._store.now().date())

    def reopen(self, promise_id: str) -> None:
        """Take the mark back: it was not kept after all. Raises ``record.gone``."""
        self._settle("promise.reopen", promise_id, None)

    def of(
        self, *, organisation_id: str = "", person_id: str = "", side: str = "", kept: bool | None = None
    ) -> tuple[PromiseView, ...]:
        """Promises of a client, of a person, or all: open ones by their date first, then kept ones, newest first.

        ``kept`` False gives open ones only, True kept ones only. A client's include those given to people who
        work there.
        """
        return self._store.read(
            lambda session: promises_of(
                session, self._store.now().date(), organisation_id, person_id, side, kept
            )
        )

    def ours(self, *, organisation_id: str = "", person_id: str = "") -> tuple[PromiseView, ...]:
        """What we still owe, the nearest date first."""
        return self.of(organisation_id=organisation_id, person_id=person_id, side=OURS, kept=False)

    def theirs(self, *, organisation_id: str = "", person_id: str = "") -> tuple[PromiseView, ...]:
        """What is still owed to us, the nearest date first."""
        return self.of(organisation_id=organisation_id, person_id=person_id, side=THEIRS, kept=False)

    def _settle(self, code: str, promise_id: str, on: date | None) -> None:
        text = self._store.read(lambda session: title_of(get(session, Promise, promise_id)))

        def work(session: Session) -> None:
            get(session, Promise, promise_id).done_on = on

        self._store.write(code, {"text": text}, work)


def check(data: PromiseData) -> None:
    """Raise KamdeskError unless the promise can be recorded."""
    check_new(Promise, {field.name: getattr(data, field.name) for field in fields(data)})


def add(session: Session, data: PromiseData) -> str:
    """Record a checked promise inside a step of another service; the client is taken from its interaction."""
    organisation_id = data.organisation_id
    for table, row_id in (("organisation", organisation_id), ("person", data.person_id)):
        if row_id is not None:
            ensure(session, table, row_id)
    if data.interaction_id is not None:
        organisation_id = organisation_id or get(session, Interaction, data.interaction_id).organisation_id
    return insert(
        session,
        Promise(
            side=data.side,
            text=" ".join(data.text.split()),
            due=data.due,
            organisation_id=organisation_id,
            person_id=data.person_id,
            interaction_id=data.interaction_id,
            witness=data.witness.strip(),
            sensitivity=data.sensitivity,
        ),
    )


def promises_of(
    session: Session,
    today: date,
    organisation_id: str = "",
    person_id: str = "",
    side: str = "",
    kept: bool | None = None,
) -> tuple[PromiseView, ...]:
    """The query behind :meth:`Promises.of`, for views that show promises among other things."""
    query = select(Promise)
    if organisation_id:
        query = query.where(_of_client(organisation_id))
    if person_id:
        query = query.where(Promise.person_id == person_id)
    if side:
        query = query.where(Promise.side == side)
    if kept is not None:
        query = query.where(Promise.done_on.is_not(None) if kept else Promise.done_on.is_(None))
    found = views(session, session.scalars(query), today)
    still = [view for view in found if view.done_on is None]
    done = [view for view in found if view.done_on is not None]
    return (
        *sorted(still, key=lambda view: (view.due is None, view.due or date.max, view.text)),
        *sorted(done, key=lambda view: view.done_on or date.min, reverse=True),
    )


def _of_client(organisation_id: str) -> ColumnElement[bool]:
    staff = select(Employment.person_id).where(
        Employment.organisation_id == organisation_id, Employment.is_former.is_(False)
    )
    return or_(
        Promise.organisation_id == organisation_id,
        and_(Promise.organisation_id.is_(None), Promise.person_id.in_(staff)),
    )


def views(session: Session, rows: Iterable[Promise], today: date) -> tuple[PromiseView, ...]:
    """Promises with the names of people and clients, in the order given."""
    rows = list(rows)
    names = organisations_of(session, (row.organisation_id for row in rows if row.organisation_id))
    ids = {row.person_id for row in rows if row.person_id}
    people = (
        {p.id: name_of(p) for p in session.scalars(select(Person).where(Person.id.in_(ids)))} if ids else {}
    )
    return tuple(
        PromiseView(
            row.id,
            row.side,
            row.text,
            row.due,
            row.done_on,
            row.done_on is None and row.due is not None and row.due < today,
            row.organisation_id,
            names.get(row.organisation_id or "", ""),
            row.person_id,
            people.get(row.person_id or "", PersonName()),
            row.interaction_id,
            row.witness,
            row.sensitivity,
        )
        for row in rows
    )
