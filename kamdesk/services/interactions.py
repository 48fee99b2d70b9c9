"""Interactions, past and planned: plan, log, say how it went, who was there (D10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Colleague, Deal, Interaction, Organisation, Participant, Person
from kamdesk.services import promises
from kamdesk.services.base import get, name_of, title_of
from kamdesk.services.interaction_views import InteractionView, Period, timeline_query, views
from kamdesk.services.promises import PromiseData
from kamdesk.services.rows import check_changes, check_new, first_words, insert
from kamdesk.store.unit_of_work import Store

PLANNED, DONE, CANCELLED = "planned", "done", "cancelled"
_FIELDS = (
    "kind",
    "starts_at",
    "ends_at",
    "place",
    "purpose",
    "aim_ideal",
    "aim_minimum",
    "outcome",
    "next_step",
    "next_step_on",
    "deal_id",
    "initiative",
    "sensitivity",
)


@dataclass(frozen=True, slots=True)
class InteractionData:
    """An interaction as it is typed. Times are local; ``person_ids`` are of the client, ``colleague_ids`` ours.

    ``aim_ideal`` and ``aim_minimum`` are what a planned one is for. ``promises`` given at it get its id and client by themselves.
    """

    organisation_id: str | None = None
    kind: str = "meeting"
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    purpose: str = ""
    outcome: str = ""
    next_step: str = ""
    next_step_on: date | None = None
    person_ids: tuple[str, ...] = ()
    colleague_ids: tuple[str, ...] = ()
    promises: tuple[PromiseData, ...] = ()
    sensitivity: str = "business"
    deal_id: str | None = None
    aim_ideal: str = ""
    aim_minimum: str = ""
    initiative: str = ""


class Interactions:
    """Everything a user can do to an interaction. Single fields are edited and rows deleted through ``Records``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # --- questions

    def view(self, interaction_id: str) -> InteractionView:
        """One interaction. Raises KamdeskError ``record.gone``."""
        return self._store.read(
            lambda session: views(session, [get(session, Interaction, interaction_id)], self._store.now())[0]
        )

    def timeline(
        self,
        *,
        organisation_id: str = "",
        person_id: str = "",
        kinds: Sequence[str] = (),
        states: Sequence[str] = (),
        text: str = "",
        deal_id: str = "",
        since: date | None = None,
        until: date | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[InteractionView, ...]:
        """Interactions of a client, a person or all, the latest (and planned) first.

        A client and a person together give those of the client at which the person was. ``since`` and ``until`` are
        days, both included. ``text`` keeps those in which every word is found, in their texts or in a name of
        somebody who was there.
        """
        period = Period(deal_id, since, until)
        query = timeline_query(organisation_id, person_id, kinds, states, text, period)
        query = query.limit(limit).offset(offset)
        return self._store.read(
            lambda session: views(session, session.scalars(query).all(), self._store.now())
        )

    def count(
        self,
        *,
        organisation_id: str = "",
        person_id: str = "",
        kinds: Sequence[str] = (),
        states: Sequence[str] = (),
        text: str = "",
        deal_id: str = "",
        since: date | None = None,
        until: date | None = None,
    ) -> int:
        """How many interactions the timeline has in all."""
        period = Period(deal_id, since, until)
        query = timeline_query(organisation_id, person_id, kinds, states, text, period)
        found = query.order_by(None).subquery()
        return self._store.read(
            lambda session: session.execute(select(func.count()).select_from(found)).scalar_one()
        )

    def awaiting_result(self, *, organisation_id: str = "") -> tuple[InteractionView, ...]:
        """Planned ones whose hour passed and of which nobody said how they went, the oldest first."""
        now = self._store.now()
        query = timeline_query(organisation_id, "", (), (PLANNED,), "").where(Interaction.starts_at <= now)
        return self._store.read(
            lambda session: tuple(
                one for one in views(session, session.scalars(query).all()[::-1], now) if one.awaits_result
            )
        )

    def ahead(self, *, organisation_id: str = "", person_id: str = "") -> tuple[InteractionView, ...]:
        """Planned ones that are still to come, the nearest first."""
        now = self._store.now()
        query = timeline_query(organisation_id, person_id, (), (PLANNED,), "").where(
            Interaction.starts_at.is_not(None)
        )
        return self._store.read(
            lambda session: tuple(
                one
                for one in views(session, session.scalars(query).all()[::-1], now)
                if not one.awaits_result
            )
        )

    def next_steps(self, *, organisation_id: str = "") -> tuple[InteractionView, ...]:
        """Interactions that left a next step still to be done, by its date; a step without a date stands last."""
        query = timeline_query(organisation_id, "", (), (DONE,), "").where(
            Interaction.next_step != "", Interaction.next_step_done_on.is_(None)
        )
        query = query.order_by(None).order_by(Interaction.next_step_on.is_(None), Interaction.next_step_on)
        return self._store.read(
            lambda session: views(session, session.scalars(query).all(), self._store.now())
        )

    def deals(self, organisation_id: str) -> tuple[tuple[str, str], ...]:
        """The deals of a client to which an interaction may belong: id and name."""
        query = select(Deal.id, Deal.name).where(Deal.organisation_id == organisation_id).order_by(Deal.name)
        return self._store.read(lambda session: tuple((row[0], row[1]) for row in session.execute(query)))

    # --- intentions

    def plan(self, data: InteractionData) -> str:
        """Plan an interaction and return its id. Raises ``interaction.when`` without a moment to meet."""
        if data.starts_at is None:
            raise KamdeskError("interaction.when")
        return self._add("interaction.plan", data, PLANNED)

    def log(self, data: InteractionData) -> str:
        """Record what happened, now unless a moment is given, and return its id. Raises ``interaction.in_future``."""
        starts_at = data.starts_at or self._store.now()
        if starts_at > self._store.now():
            raise KamdeskError("interaction.in_future")
        return self._add("interaction.log", replace(data, starts_at=starts_at), DONE)

    def done(
        self,
        interaction_id: str,
        outcome: str = "",
        *,
        next_step: str = "",
        next_step_on: date | None = None,
        given: Sequence[PromiseData] = (),
    ) -> None:
        """The answer to «Как прошло?»: it took place, with this outcome, next step and promises. Raises ``record.gone``."""
        values: dict[str, object] = {"state": DONE}
        values |= {"outcome": outcome} if outcome else {}
        if next_step or next_step_on is not None:
            values |= {"next_step": next_step, "next_step_on": next_step_on}
        self._change("interaction.done", interaction_id, values, given)

    def cancel(self, interaction_id: str, why: str = "") -> None:
        """It did not take place; ``why`` is kept as its outcome. Raises ``record.gone``."""
        values: dict[str, object] = {"state": CANCELLED}
        values |= {"outcome": why} if why else {}
        self._change("interaction.cancel", interaction_id, values)

    def move(self, interaction_id: str, starts_at: datetime, ends_at: datetime | None = None) -> None:
        """Move a planned interaction to another time; its length is kept unless an end is given."""
        old = self.view(interaction_id)
        if ends_at is None and old.ends_at is not None and old.starts_at is not None:
            ends_at = starts_at + (old.ends_at - old.starts_at)
        _check_times(starts_at, ends_at)
        self._change("interaction.move", interaction_id, {"starts_at": starts_at, "ends_at": ends_at})

    def set_participants(
        self, interaction_id: str, person_ids: Sequence[str], colleague_ids: Sequence[str]
    ) -> None:
        """Say who took part, on both sides; nobody else did. Raises ``record.gone``."""

        def work(session: Session) -> None:
            row = get(session, Interaction, interaction_id)
            _seat(session, row.id, person_ids, colleague_ids)

        self._store.write("interaction.participants", {"name": self._name(interaction_id)}, work)

    def finish_step(self, interaction_id: str, on: date | None = None) -> None:
        """The next step is done, today unless another day is given. Raises ``record.gone``."""
        self._mark(
            "interaction.step_done", interaction_id, "next_step_done_on", on or self._store.now().date()
        )

    def reopen_step(self, interaction_id: str) -> None:
        """The next step was not done after all. Raises ``record.gone``."""
        self._mark("interaction.step_reopened", interaction_id, "next_step_done_on", None)

    def settle(self, interaction_id: str, on: date | None = None) -> None:
        """A complaint or a request is settled, today unless another day is given. Raises ``record.gone``."""
        self._mark("interaction.settled", interaction_id, "settled_on", on or self._store.now().date())

    def reopen(self, interaction_id: str) -> None:
        """A complaint or a request is not settled after all. Raises ``record.gone``."""
        self._mark("interaction.reopened", interaction_id, "settled_on", None)

    # --- pieces

    def _mark(self, code: str, interaction_id: str, column: str, on: date | None) -> None:
        def params(session: Session) -> dict[str, object]:
            row = get(session, Interaction, interaction_id)
            words = row.next_step if column == "next_step_done_on" else ""
            return {"name": first_words(words) or self._name(interaction_id)}

        def work(session: Session) -> None:
            setattr(get(session, Interaction, interaction_id), column, on)

        self._store.write(code, params, work)

    def _add(self, code: str, data: InteractionData, state: str) -> str:
        values = {name: getattr(data, name) for name in _FIELDS}
        check_new(Interaction, values)
        _check_times(data.starts_at, data.ends_at)
        for promise in data.promises:
            promises.check(promise)
        title = self._store.read(lambda session: _called(session, data))

        def work(session: Session) -> str:
            row_id = insert(session, Interaction(organisation_id=data.organisation_id, state=state, **values))
            _seat(session, row_id, data.person_ids, data.colleague_ids)
            for promise in data.promises:
                promises.add(session, replace(promise, interaction_id=row_id))
            return row_id

        return self._store.write(code, {"name": title}, work)

    def _change(
        self, code: str, interaction_id: str, values: dict[str, object], given: Sequence[PromiseData] = ()
    ) -> None:
        check_changes(Interaction, values)
        for promise in given:
            promises.check(promise)

        def work(session: Session) -> None:
            row = get(session, Interaction, interaction_id)
            for name, value in values.items():
                setattr(row, name, value)
            session.flush()
            for promise in given:
                promises.add(session, replace(promise, interaction_id=row.id))

        self._store.write(code, {"name": self._name(interaction_id)}, work)

    def _name(self, interaction_id: str) -> str:
        view = self.view(interaction_id)
        people = [who.name.full() for who in view.people if not who.ours]
        return view.purpose or view.organisation or ", ".join(people)


def _called(session: Session, data: InteractionData) -> str:
    """How the step is called: by its purpose, else its client, else the first person. Raises ``record.gone``."""
    client = (
        title_of(get(session, Organisation, data.organisation_id)) if data.organisation_id is not None else ""
    )
    people = [name_of(get(session, Person, person_id)).full() for person_id in data.person_ids]
    for colleague_id in data.colleague_ids:
        get(session, Colleague, colleague_id)
    line = data.purpose.strip() or client or ", ".join(people)
    return first_words(line)


def _seat(
    session: Session, interaction_id: str, person_ids: Sequence[str], colleague_ids: Sequence[str]
) -> None:
    """Make these the participants, touching only what differs."""
    wanted = {(one, None) for one in person_ids} | {(None, one) for one in colleague_ids}
    there = session.scalars(select(Participant).where(Participant.interaction_id == interaction_id)).all()
    for row in there:
        if (row.person_id, row.colleague_id) in wanted:
            wanted.discard((row.person_id, row.colleague_id))
        else:
            session.delete(row)
    ordered = [(one, None) for one in person_ids] + [(None, one) for one in colleague_ids]
    for person_id, colleague_id in dict.fromkeys(ordered):
        if (person_id, colleague_id) in wanted:
            session.add(
                Participant(interaction_id=interaction_id, person_id=person_id, colleague_id=colleague_id)
            )
    session.flush()


def _check_times(starts_at: datetime | None, ends_at: datetime | None) -> None:
    if ends_at is not None and (starts_at is None or ends_at < starts_at):
        raise KamdeskError("interaction.ends_before")
