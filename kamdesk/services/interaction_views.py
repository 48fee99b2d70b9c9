"""Interactions as pages show them: the timeline with people's names, and the query behind it (D10)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from sqlalchemy import ColumnElement, Select, TextualSelect, bindparam, column, or_, select
from sqlalchemy import text as sql
from sqlalchemy.orm import InstrumentedAttribute, Session

from kamdesk.model.tables import Attachment, Colleague, Deal, Interaction, Participant, Person, Promise
from kamdesk.model.values import PersonName
from kamdesk.rules import agenda
from kamdesk.services.base import name_of, organisations_of
from kamdesk.services.promises import PromiseView
from kamdesk.services.promises import views as promise_views
from kamdesk.store import search
from kamdesk.store.text import expression, words

MATTERS: Final = ("complaint", "request")
"""Kinds of interaction that stay open until somebody settles them."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """One who took part. ``ours`` tells a colleague from a person of the client."""

    id: str
    name: PersonName
    ours: bool


@dataclass(frozen=True, slots=True)
class InteractionView:
    """A meeting, call, letter … with who was there and what was promised.

    ``awaits_result`` marks a planned one whose hour passed: «Как прошло?». ``files`` are ids and names of what is attached.
    """

    id: str
    kind: str
    state: str
    starts_at: datetime | None
    ends_at: datetime | None
    organisation_id: str | None
    organisation: str
    place: str
    purpose: str
    outcome: str
    next_step: str
    next_step_on: date | None
    sensitivity: str
    awaits_result: bool
    people: tuple[Attendee, ...]
    promises: tuple[PromiseView, ...]
    next_step_done_on: date | None = None
    settled_on: date | None = None
    deal_id: str | None = None
    deal: str = ""
    aim_ideal: str = ""
    aim_minimum: str = ""
    files: tuple[tuple[str, str], ...] = ()
    initiative: str = ""

    @property
    def is_matter(self) -> bool:
        """Whether it is a complaint or a request, which stays open until it is settled."""
        return self.kind in MATTERS


@dataclass(frozen=True, slots=True)
class Period:
    """What else narrows a timeline: a deal, and days, both included."""

    deal_id: str = ""
    since: date | None = None
    until: date | None = None


def timeline_query(
    organisation_id: str,
    person_id: str,
    kinds: Sequence[str],
    states: Sequence[str],
    text: str,
    period: Period = Period(),
) -> Select[Interaction]:
    """Interactions that fit, the latest first; those without a date stand last."""
    query = select(Interaction)
    if period.deal_id:
        query = query.where(Interaction.deal_id == period.deal_id)
    if period.since is not None:
        query = query.where(Interaction.starts_at >= datetime.combine(period.since, time()))
    if period.until is not None:
        query = query.where(Interaction.starts_at <= datetime.combine(period.until, time(23, 59)))
    if organisation_id:
        query = query.where(Interaction.organisation_id == organisation_id)
    if person_id:
        query = query.where(
            Interaction.id.in_(select(Participant.interaction_id).where(Participant.person_id == person_id))
        )
    if kinds:
        query = query.where(Interaction.kind.in_(kinds))
    if states:
        query = query.where(Interaction.state.in_(states))
    for word in words(text[:200]):
        query = query.where(_says(word))
    return query.order_by(
        Interaction.starts_at.is_(None), Interaction.starts_at.desc(), Interaction.id.desc()
    )


def _says(word: str) -> ColumnElement[bool]:
    """Whether a word of an interaction, or of the name of somebody of theirs who was there, begins like this.

    Asked of the search index: reading every text of a large vault takes a second.
    """
    there = select(Participant.interaction_id).where(
        Participant.person_id.in_(_indexed(search.NAMES, "person", word))
    )
    return or_(Interaction.id.in_(_indexed(search.WORDS, "interaction", word)), Interaction.id.in_(there))


def _indexed(index: str, table: str, word: str) -> TextualSelect:
    return (
        sql(
            f"SELECT e.row_id FROM {index} JOIN search_entry e ON e.id = {index}.rowid "
            f"WHERE {index} MATCH :expression AND e.table_name = :table"
        )
        .bindparams(
            bindparam("expression", expression([word]), unique=True), bindparam("table", table, unique=True)
        )
        .columns(column("row_id"))
    )


def views(session: Session, rows: Sequence[Interaction], now: datetime) -> tuple[InteractionView, ...]:
    """Interactions with names and promises, in the order given: a fixed number of queries for any number of rows."""
    ids = [row.id for row in rows]
    people = _people(session, ids)
    given = session.scalars(select(Promise).where(Promise.interaction_id.in_(ids)).order_by(Promise.due))
    promises: dict[str, list[PromiseView]] = defaultdict(list)
    for view in promise_views(session, given, now.date()):
        promises[view.interaction_id or ""].append(view)
    names = organisations_of(session, (row.organisation_id for row in rows if row.organisation_id))
    deals = _deals(session, {row.deal_id for row in rows if row.deal_id})
    kept = files_of(session, Attachment.interaction_id, ids)
    return tuple(
        InteractionView(
            row.id,
            row.kind,
            row.state,
            row.starts_at,
            row.ends_at,
            row.organisation_id,
            names.get(row.organisation_id or "", ""),
            row.place,
            row.purpose,
            row.outcome,
            row.next_step,
            row.next_step_on,
            row.sensitivity,
            awaits_result(row, now),
            tuple(people.get(row.id, ())),
            tuple(promises.get(row.id, ())),
            row.next_step_done_on,
            row.settled_on,
            row.deal_id,
            deals.get(row.deal_id or "", ""),
            row.aim_ideal,
            row.aim_minimum,
            kept.get(row.id, ()),
            row.initiative,
        )
        for row in rows
    )


def files_of(
    session: Session, owner: InstrumentedAttribute[str | None], ids: Sequence[str]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Ids and names of the files attached to these rows, by the row; ``owner`` is the column of ``Attachment`` that names it."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    query = select(owner, Attachment.id, Attachment.name).where(owner.in_(ids))
    for owner_id, file_id, name in session.execute(query.order_by(Attachment.name, Attachment.id)):
        found[str(owner_id)] = (*found.get(str(owner_id), ()), (file_id, name))
    return found


def _deals(session: Session, ids: set[str]) -> dict[str, str]:
    if not ids:
        return {}
    rows = session.execute(select(Deal.id, Deal.name).where(Deal.id.in_(ids)))
    return {str(row[0]): str(row[1]) for row in rows}


def awaits_result(row: Interaction, now: datetime) -> bool:
    """Whether a planned interaction is over by the clock (``rules.agenda.ends``) and nobody said how it went."""
    return (
        row.state == "planned"
        and row.starts_at is not None
        and agenda.ends(row.starts_at, row.ends_at) <= now
    )


def _people(session: Session, ids: Sequence[str]) -> dict[str, list[Attendee]]:
    """Who took part in each, people of the client first, both in the order of the language."""
    found: dict[str, list[Attendee]] = defaultdict(list)
    theirs = session.execute(
        select(Participant.interaction_id, Person)
        .join(Person, Person.id == Participant.person_id)
        .where(Participant.interaction_id.in_(ids))
        .order_by(Person.sort_key)
    )
    for interaction_id, person in theirs:
        found[interaction_id].append(Attendee(person.id, name_of(person), False))
    ours = session.execute(
        select(Participant.interaction_id, Colleague)
        .join(Colleague, Colleague.id == Participant.colleague_id)
        .where(Participant.interaction_id.in_(ids))
        .order_by(Colleague.position)
    )
    for interaction_id, colleague in ours:
        found[interaction_id].append(Attendee(colleague.id, name_of(colleague), True))
    return found
