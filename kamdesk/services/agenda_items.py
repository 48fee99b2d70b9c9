"""The queries behind Today: one a kind of card, each answered by an index; names are filled in at the end.

The conditions that a partial index is made for stand in the SQL as words and not as parameters, or SQLite would
read every interaction that was ever recorded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Text,
    and_,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from kamdesk.model.messages import Message
from kamdesk.model.tables import (
    Deal,
    Employment,
    ExpectedChange,
    Fact,
    Interaction,
    Organisation,
    Participant,
    Person,
    Promise,
    Proposal,
    Statement,
)
from kamdesk.model.values import PersonName
from kamdesk.rules import agenda, cadence, dates
from kamdesk.rules.agenda import AgendaItem, Placed
from kamdesk.services import agenda_closing
from kamdesk.services.base import organisations_of
from kamdesk.services.interaction_views import MATTERS
from kamdesk.services.preferences import Preferences

_NAMED_AT_MOST: Final = 2_000
"""Ids that one query names; SQLite takes 32,766 parameters."""
_GROUPED: Final = 5
"""How many people or clients a grouped card names."""


def all_items(
    session: Session, now: datetime, wishes: Preferences, dated: Sequence[str], stages: Sequence[str]
) -> list[AgendaItem]:
    """Everything that could stand on Today; ``dated`` are the kinds of facts with a date, ``stages`` of open deals."""
    today = now.date()
    return [
        *_planned(session, now),
        *_dates(session, today, wishes, dated),
        *_next_steps(session, today),
        *_promises(session, today),
        *_proposals(session, now),
        *_matters(session, today),
        *_quiet(session, now),
        *_changes(session, today),
        *_deals(session, today, stages),
        *_reviews(session, today),
    ]


def _item(placed: Placed, key: str, table: str, record: str, **more: Any) -> AgendaItem:
    return AgendaItem(key, placed.kind, placed.group, placed.reason, placed.due, table, record, **more)


def _history(organisation_id: str | None, record: str) -> tuple[str, str, str]:
    """The page on which an interaction stands."""
    return (
        ("client", organisation_id, f"history:{record}") if organisation_id else ("interaction", record, "")
    )


# --- interactions ------------------------------------------------------------------------------------------------


def _planned(session: Session, now: datetime) -> Iterator[AgendaItem]:
    end = datetime.combine(now.date() + timedelta(2), datetime.min.time())
    query = select(
        Interaction.id, Interaction.starts_at, Interaction.ends_at, Interaction.purpose, Interaction.place,
        Interaction.kind, Interaction.organisation_id,
    ).where(literal_column("interaction.state = 'planned'"), Interaction.starts_at < end)  # fmt: skip
    for row in session.execute(query):
        placed = agenda.meeting(row.starts_at, row.ends_at, now)
        if placed is not None:
            yield _item(
                placed, f"{placed.kind}:{row.id}:{row.starts_at:%Y-%m-%dT%H:%M}", "interaction", row.id,
                title=row.purpose, detail=row.place, sub=row.kind, at=row.starts_at,
                organisation_id=row.organisation_id, target=_history(row.organisation_id, row.id),
            )  # fmt: skip


def _next_steps(session: Session, today: date) -> Iterator[AgendaItem]:
    query = select(
        Interaction.id, Interaction.next_step, Interaction.next_step_on, Interaction.purpose, Interaction.kind,
        Interaction.organisation_id,
    ).where(
        Interaction.next_step_on.is_not(None),
        Interaction.next_step_done_on.is_(None),
        Interaction.next_step_on <= today + timedelta(agenda.AHEAD_DAYS),
        Interaction.state == "done",
        or_(Interaction.kind.not_in(MATTERS), Interaction.settled_on.is_not(None)),
    )  # fmt: skip
    for row in session.execute(query):
        placed = agenda.work_due("next_step", row.next_step_on, today)
        if placed is not None:
            yield _item(
                placed, f"step:{row.id}:{row.next_step_on}", "interaction", row.id, title=row.next_step,
                detail=row.purpose, sub=row.kind, organisation_id=row.organisation_id,
                target=_history(row.organisation_id, row.id),
            )  # fmt: skip


def _matters(session: Session, today: date) -> Iterator[AgendaItem]:
    query = select(
        Interaction.id, Interaction.kind, Interaction.starts_at, Interaction.purpose, Interaction.outcome,
        Interaction.next_step, Interaction.next_step_on, Interaction.next_step_done_on, Interaction.organisation_id,
    ).where(
        literal_column("interaction.kind IN ('complaint', 'request')"),
        Interaction.settled_on.is_(None),
        Interaction.state == "done",
    )  # fmt: skip
    for row in session.execute(query):
        since = row.starts_at.date() if row.starts_at is not None else None
        next_on = row.next_step_on if row.next_step_done_on is None else None
        placed = agenda.open_matter(row.kind, since, next_on, today)
        step = row.next_step if next_on is not None else ""
        yield _item(
            placed, f"{row.kind}:{row.id}:{next_on or ''}", "interaction", row.id, title=row.purpose,
            detail=step or row.outcome, sub=row.kind, organisation_id=row.organisation_id,
            target=_history(row.organisation_id, row.id),
        )  # fmt: skip


# --- people ------------------------------------------------------------------------------------------------------


def dated_facts(session: Session, kinds: Sequence[str]) -> Sequence[Any]:
    """Facts of these kinds that have a date: id, person_id, kind, text, date, sensitivity."""
    return session.execute(_facts(kinds)).all()


def _facts(kinds: Sequence[str]) -> Any:
    return select(Fact.id, Fact.person_id, Fact.kind, Fact.text, Fact.date, Fact.sensitivity).where(
        Fact.date.is_not(None), Fact.kind.in_(kinds)
    )


def _near(today: date, lead_days: int) -> ColumnElement[bool]:
    """Whether a stored partial date may come round now, by its end: a day and month, or a month alone.

    Weekends move a greeting by two days at most and 29 February by one; ``rules.dates.occasion`` decides.
    """
    days = [today + timedelta(n) for n in range(-dates.MISSED_DAYS - 3, lead_days + 4)]
    ends = {f"{day:%m-%d}" for day in days}
    if ends & {"02-28", "03-01"}:
        ends.add("02-29")
    months = [f"{month:02d}" for month in sorted({day.month for day in days})]
    stored = type_coerce(Fact.date, Text)
    shape = stored.like("--__") | (stored.like("____-__") & stored.not_like("--%"))
    month_alone = and_(shape, func.substr(stored, -2).in_(months))
    return or_(func.substr(stored, -5).in_(sorted(ends)), month_alone)


def _dates(session: Session, today: date, wishes: Preferences, kinds: Sequence[str]) -> Iterator[AgendaItem]:
    near = []
    for row in session.execute(_facts(kinds).where(_near(today, wishes.lead_days))):
        found = dates.occasion(row.date, today, wishes.lead_days, wishes.leap_birthday, wishes.weekend_shift)
        if found is not None:
            near.append((row, found))
    begun = [row.person_id for row, found in near if min(found.act_on, found.day or found.act_on) <= today]
    greeted = _greeted(session, begun, today)
    for row, found in near:
        begins = min(found.act_on, found.day or found.act_on)
        if row.kind == "birthday" and greeted.get(row.person_id, date.min) >= begins:
            continue
        yield _item(
            agenda.yearly(row.kind, found, today), f"date:{row.id}:{found.code}", "fact", row.id, detail=row.text,
            sub=row.kind, people=((row.person_id, PersonName()),), target=("person", row.person_id, ""),
            private=row.sensitivity == "private",
        )  # fmt: skip


def _greeted(session: Session, people: Sequence[str], today: date) -> dict[str, date]:
    """When each was greeted last, as far as this year's occasions go."""
    since = datetime.combine(today - timedelta(60), datetime.min.time())
    query = (
        select(Participant.person_id, func.max(Interaction.starts_at))
        .join(Interaction, Interaction.id == Participant.interaction_id)
        .where(Participant.person_id.in_(people), Interaction.kind == "greeting", Interaction.state == "done")
        .where(Interaction.starts_at >= since)
        .group_by(Participant.person_id)
    )
    return {str(row[0]): _day(row[1]) for row in session.execute(query)} if people else {}


def _day(moment: datetime | None) -> date:
    return moment.date() if moment is not None else date.min


def cadences(session: Session, person_ids: Sequence[str]) -> dict[str, int | None]:
    """The cadence of each of these people, None where there is none."""
    found: dict[str, int | None] = {}
    for part in _parts(person_ids):
        rows = session.execute(select(Person.id, Person.cadence_days).where(Person.id.in_(part)))
        found.update({row[0]: row[1] for row in rows})
    return found


def last_contacts(session: Session, person_ids: Sequence[str]) -> dict[str, date]:
    """The day of the last real contact with each (``rules.cadence``); people without one are left out."""
    found: dict[str, date] = {}
    for part in _parts(person_ids):
        query = (
            select(Participant.person_id, func.max(Interaction.starts_at))
            .join(Interaction, Interaction.id == Participant.interaction_id)
            .where(
                Participant.person_id.in_(part),
                Interaction.state == "done",
                Interaction.kind.not_in(cadence.NO_CONTACT),
                Interaction.starts_at.is_not(None),
            )
            .group_by(Participant.person_id)
        )
        found.update({str(row[0]): _day(row[1]) for row in session.execute(query)})
    return found


def _quiet(session: Session, now: datetime) -> Iterator[AgendaItem]:
    wanted = select(Person.id, Person.cadence_days).where(Person.cadence_days.is_not(None))
    people = {str(row[0]): row[1] for row in session.execute(wanted)}
    ahead = (
        select(Participant.person_id)
        .join(Interaction, Interaction.id == Participant.interaction_id)
        .where(literal_column("interaction.state = 'planned'"), Interaction.starts_at >= now)
    )
    for person_id in session.scalars(ahead) if people else ():
        people.pop(person_id or "", None)
    last = last_contacts(session, tuple(people))
    for person_id, days in people.items():
        found = cadence.freshness(days, last.get(person_id), now.date())
        placed = agenda.quiet(found, now.date())
        if placed is not None:
            yield _item(
                placed, f"quiet:{person_id}:{found.last_contact or ''}", "person", person_id,
                people=((person_id, PersonName()),), target=("person", person_id, ""),
            )  # fmt: skip


def _changes(session: Session, today: date) -> Iterator[AgendaItem]:
    query = select(ExpectedChange).where(
        ExpectedChange.happened_on.is_(None), ExpectedChange.date.is_not(None)
    )
    for row in session.scalars(query):
        if row.date is None:
            continue
        placed = agenda.change(row.kind, row.date, today)
        if placed is not None:
            people = ((row.person_id, PersonName()),) if row.person_id else ()
            target = (
                ("person", row.person_id, "") if row.person_id else ("client", row.organisation_id or "", "")
            )
            yield _item(
                placed, f"change:{row.id}:{row.date}", "expected_change", row.id, title=row.text, sub=row.kind,
                organisation_id=row.organisation_id, people=people, target=target, private=True,
            )  # fmt: skip


# --- promises, proposals, deals ----------------------------------------------------------------------------------


def _promises(session: Session, today: date) -> Iterator[AgendaItem]:
    query = select(
        Promise.id, Promise.side, Promise.text, Promise.due, Promise.organisation_id, Promise.person_id
    ).where(Promise.done_on.is_(None), Promise.due <= today + timedelta(agenda.AHEAD_DAYS))
    for row in session.execute(query):
        placed = agenda.work_due(f"promise_{row.side}", row.due, today)
        if placed is not None:
            people = ((row.person_id, PersonName()),) if row.person_id else ()
            target = (
                ("client", row.organisation_id, "")
                if row.organisation_id
                else ("person", row.person_id or "", "")
            )
            yield _item(
                placed, f"promise:{row.id}:{row.due}", "promise", row.id, title=row.text,
                organisation_id=row.organisation_id, people=people, target=target,
            )  # fmt: skip


def _proposals(session: Session, now: datetime) -> Iterator[AgendaItem]:
    """Those with the client: their next step; and what ends, or has no step that says the same."""
    today, followed = now.date(), set()
    for item in agenda_closing.items(session, now):
        followed.add(item.target[1])
        yield item
    query = select(
        Proposal.id, Proposal.subject, Proposal.number, Proposal.status, Proposal.valid_until, Proposal.next_date,
        Proposal.organisation_id,
    ).where(Proposal.status.in_(("sent", "receipt_confirmed", "discussion", "revision")))  # fmt: skip
    for row in session.execute(query):
        placed = agenda.proposal(row.status, row.valid_until, row.next_date, today)
        if placed is not None and not (row.id in followed and placed.reason.code in agenda.CONTACT_DUE):
            yield _item(
                placed, f"proposal:{row.id}:{placed.reason.code}:{placed.due if row.next_date or row.valid_until else ''}",
                "proposal", row.id, title=row.subject or row.number, detail=row.number if row.subject else "",
                sub=row.status, organisation_id=row.organisation_id, target=("proposal", row.id, ""),
            )  # fmt: skip


def _deals(session: Session, today: date, stages: Sequence[str]) -> Iterator[AgendaItem]:
    query = select(Deal.id, Deal.name, Deal.stage, Deal.expected, Deal.organisation_id).where(
        Deal.stage.in_(stages), Deal.expected.is_not(None), Deal.closed_on.is_(None)
    )
    for row in session.execute(query):
        placed = agenda.deal(row.expected, today)
        if placed is not None:
            yield _item(
                placed, f"deal:{row.id}:{row.expected}", "deal", row.id, title=row.name, sub=row.stage,
                organisation_id=row.organisation_id, target=("client", row.organisation_id, "deals"),
            )  # fmt: skip


def _reviews(session: Session, today: date) -> Iterator[AgendaItem]:
    """One card for facts and one for statements, which come up anew every month when they are dismissed."""
    month = f"{today:%Y-%m}"
    # the + keeps SQLite from reading every fact in the order of people only to group them
    facts = session.execute(
        select(Fact.person_id, func.count().label("n"))
        .where(Fact.review_by < today)
        .group_by(literal_column("+fact.person_id"))
    ).all()
    if facts:
        n = sum(row.n for row in facts)
        most = sorted(facts, key=lambda row: (-row.n, row.person_id))[:_GROUPED]
        yield AgendaItem(
            f"review:facts:{month}", "review_facts", "later", Message("agenda.why.review_facts", {"n": n}), None,
            "fact", "", people=tuple((row.person_id, PersonName()) for row in most),
            target=("person", most[0].person_id, ""), count=n,
        )  # fmt: skip
    statements = session.execute(
        select(Statement.organisation_id, func.count().label("n"))
        .where(Statement.review_by < today)
        .group_by(literal_column("+statement.organisation_id"))
    ).all()
    if statements:
        n = sum(row.n for row in statements)
        most = sorted(statements, key=lambda row: (-row.n, row.organisation_id))[:_GROUPED]
        yield AgendaItem(
            f"review:statements:{month}", "review_statements", "later", Message("agenda.why.review_statements", {"n": n}),
            None, "statement", "", organisation_id=most[0].organisation_id,
            target=("client", most[0].organisation_id, "business"), count=n,
        )  # fmt: skip


# --- names -------------------------------------------------------------------------------------------------------


def named(session: Session, items: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
    """The same items with names of clients and people, and where somebody works who was named without a client."""
    attending = _attending(session, [item.record for item in items if item.table == "interaction"])
    wanted = {person for item in items for person, _name in item.people}
    wanted |= {person for people in attending.values() for person in people}
    names = people_of(session, wanted)
    alone = tuple(
        item.people[0][0] for item in items if len(item.people) == 1 and item.organisation_id is None
    )
    seats = workplaces(session, alone)
    clients = organisations_of(session, (item.organisation_id for item in items if item.organisation_id))
    done = []
    for item in items:
        ids = [person for person, _name in item.people] or attending.get(item.record, [])
        people = tuple((person, names[person]) for person in ids if person in names)
        client, called = item.organisation_id, clients.get(item.organisation_id or "", "")
        if client is None and len(ids) == 1:
            client, called = seats.get(ids[0], (None, ""))
        target = item.target
        if target[0] == "interaction":  # without a client it stands in the history of whoever was there
            target = ("person", ids[0], f"history:{item.record}") if ids else ("", "", "")
        done.append(replace(item, people=people, organisation_id=client, organisation=called, target=target))
    return tuple(done)


def _attending(session: Session, ids: Sequence[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for part in _parts(ids):
        query = (
            select(Participant.interaction_id, Participant.person_id)
            .join(Person, Person.id == Participant.person_id)
            .where(Participant.interaction_id.in_(part))
            .order_by(Person.sort_key)
        )
        for interaction_id, person_id in session.execute(query):
            found[interaction_id].append(str(person_id))
    return found


def people_of(session: Session, ids: Iterable[str]) -> dict[str, PersonName]:
    """Names by id."""
    found: dict[str, PersonName] = {}
    for part in _parts(sorted(ids)):
        query = select(Person.id, Person.family_name, Person.given_name, Person.middle_name)
        for row in session.execute(query.where(Person.id.in_(part))):
            found[row[0]] = PersonName(*row[1:])
    return found


def workplaces(session: Session, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Where people work now, the first post of each: id and name of the organisation."""
    found: dict[str, tuple[str, str]] = {}
    for part in _parts(ids):
        query = (
            select(Employment.person_id, Employment.organisation_id, Organisation.short_name)
            .join(Organisation, Organisation.id == Employment.organisation_id)
            .where(
                and_(
                    Employment.person_id.in_(part),
                    Employment.is_former.is_(False),
                    Employment.until.is_(None),
                )
            )
            .order_by(Employment.position.desc())
        )
        found.update({row[0]: (row[1], row[2]) for row in session.execute(query)})
    return found


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _NAMED_AT_MOST):
        yield ids[start : start + _NAMED_AT_MOST]
