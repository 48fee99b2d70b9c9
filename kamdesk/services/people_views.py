"""What the lists and the page of a person show: frozen views and the queries that make them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from kamdesk.model.tables import (
    Argument,
    Contact,
    Criterion,
    Deal,
    Employment,
    Interaction,
    Organisation,
    Part,
    Participant,
    Person,
    Seat,
    Telling,
)
from kamdesk.model.values import PersonName
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.rules import seats
from kamdesk.rules.cadence import NO_CONTACT, freshness
from kamdesk.services.acquaintances import KnownBy, known_by
from kamdesk.services.base import get, name_of
from kamdesk.services.changes_expected import ExpectedView, expected_of
from kamdesk.services.employment import PostView, posts_of
from kamdesk.services.relationships import RelationView, relations_of

_NAMED_AT_MOST: Final = 2_000
"""Ids that one query names; SQLite takes 32,766 parameters."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A line of a list of people. ``lens`` is the effective one; ``coverage`` is counted from history (D5)."""

    id: str
    name: PersonName
    organisation_id: str | None
    organisation: str
    title: str
    lens: str
    influence: int | None
    stance: int | None
    parts: tuple[str, ...]
    phone: str
    email: str
    coverage: str
    last_contact: date | None


@dataclass(frozen=True, slots=True)
class ContactView:
    """A phone, an e-mail …"""

    id: str
    kind: str
    value: str
    note: str
    sensitivity: str


@dataclass(frozen=True, slots=True)
class ToldView:
    """An argument that this person was told."""

    argument_id: str
    text: str
    on: date | None


@dataclass(frozen=True, slots=True)
class DealParts:
    """What somebody does in one deal; () where it is the same as in all."""

    deal_id: str
    deal: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonCard:
    """The page of a person. ``own_lens`` is "" where ``lens`` is suggested by the seat; likewise the criteria.

    ``parts`` by organisation are those in all deals, ``deal_parts`` those in the open ones of the present client.
    ``lens_from`` is the job title that suggests the type. ``freshness`` is a code; the next contact is due on
    ``contact_due``.
    """

    id: str
    name: PersonName
    gender: str
    language: str
    salutation: str
    address_form: str
    lens: str
    own_lens: str
    influence: int | None
    stance: int | None
    stance_evidence: str
    stance_date: date | None
    favours: tuple[str, str] | None
    ladder_now: str
    ladder_wanted: str
    criteria: tuple[str, ...]
    own_criteria: tuple[str, ...]
    coverage: str
    last_contact: date | None
    photo_id: str | None
    contacts: tuple[ContactView, ...]
    posts: tuple[PostView, ...]
    parts: dict[str, tuple[str, ...]]
    relations: tuple[RelationView, ...]
    told: tuple[ToldView, ...]
    lens_from: str = ""
    cadence_days: int | None = None
    freshness: str = "grey"
    contact_due: date | None = None
    deal_parts: tuple[DealParts, ...] = ()
    known_by: tuple[KnownBy, ...] = ()
    expected: tuple[ExpectedView, ...] = ()


def coverage_of(meetings: int) -> str:
    """How well somebody is covered by real contact: a code of the vocabulary ``coverage`` (D5)."""
    return (
        "none" if meetings == 0 else "brief" if meetings == 1 else "several" if meetings < 5 else "in_depth"
    )


def effective_lens(own: str, title: str, vocabularies: Vocabularies) -> str:
    """The type of stakeholder: what was said by hand, else what the seat suggests, else ""."""
    return own or (seats.suggest_lens(title) if title else "") or ""


def effective_criteria(own: tuple[str, ...], lens: str, vocabularies: Vocabularies) -> tuple[str, ...]:
    """The ranked criteria: the person's own, else the preset of the type."""
    return own or vocabularies.criteria_of(lens)


def rows(
    session: Session,
    organisation_id: str | None,
    vocabularies: Vocabularies,
    limit: int | None = None,
    offset: int = 0,
) -> tuple[PersonRow, ...]:
    """Lines for a list of people, or for a page of it, in one query a table whatever their number."""
    here = (Employment.until.is_(None), Employment.is_former.is_(False))
    people = select(Person).order_by(Person.sort_key)
    if organisation_id is not None:
        at_client = select(Employment.person_id).where(Employment.organisation_id == organisation_id, *here)
        people = people.where(Person.id.in_(at_client))
    shown = session.scalars(people.limit(limit).offset(offset)).all()
    # A page asks for its own people; a whole list asks without naming them one by one.
    wanted = [row.id for row in shown] if len(shown) <= _NAMED_AT_MOST else None
    posts = _present_posts(session, organisation_id, wanted)
    parts = _parts(session, organisation_id, wanted)
    phones, emails = _first_contacts(session, wanted)
    met = _meetings(session, wanted)
    result = []
    for row in shown:
        at, called, title = posts.get(row.id, ("", "", ""))
        count, last = met.get(row.id, (0, None))
        result.append(
            PersonRow(
                row.id,
                name_of(row),
                at or None,
                called,
                title,
                effective_lens(row.lens, title, vocabularies),
                row.influence,
                row.stance,
                tuple(parts.get(row.id, ())),
                phones.get(row.id, ""),
                emails.get(row.id, ""),
                coverage_of(count),
                last,
            )
        )
    return tuple(result)


def _of(column: InstrumentedAttribute[Any], wanted: Sequence[str] | None) -> tuple[ColumnElement[bool], ...]:
    return () if wanted is None else (column.in_(wanted),)


def _present_posts(
    session: Session, organisation_id: str | None, wanted: Sequence[str] | None
) -> dict[str, tuple[str, str, str]]:
    """The first present post of each person: organisation, its name, job title."""
    query = (
        select(Employment.person_id, Employment.organisation_id, Organisation.short_name, Seat.title)
        .join(Organisation, Organisation.id == Employment.organisation_id)
        .outerjoin(Seat, Seat.id == Employment.seat_id)
        .where(
            Employment.until.is_(None), Employment.is_former.is_(False), *_of(Employment.person_id, wanted)
        )
        .order_by(Employment.position.desc())
    )
    if organisation_id is not None:
        query = query.where(Employment.organisation_id == organisation_id)
    return {row[0]: (row[1], row[2], row[3] or "") for row in session.execute(query)}


def _parts(
    session: Session, organisation_id: str | None, wanted: Sequence[str] | None
) -> dict[str, list[str]]:
    """What each does in decisions as such; what somebody does in one deal is said there."""
    general = Part.deal_id.is_(None)
    query = select(Part.person_id, Part.code).where(general, *_of(Part.person_id, wanted))
    if organisation_id is not None:
        query = query.where(Part.organisation_id == organisation_id)
    parts: dict[str, list[str]] = {}
    for person_id, code in session.execute(query):
        if code not in parts.setdefault(person_id, []):
            parts[person_id].append(code)
    return parts


def _first_contacts(session: Session, wanted: Sequence[str] | None) -> tuple[dict[str, str], dict[str, str]]:
    phones: dict[str, str] = {}
    emails: dict[str, str] = {}
    query = select(Contact.person_id, Contact.kind, Contact.value).where(
        Contact.person_id.is_not(None), *_of(Contact.person_id, wanted)
    )
    for owner, kind, value in session.execute(query.order_by(Contact.position)):
        person_id = str(owner)
        if kind == "email":
            emails.setdefault(person_id, value)
        elif kind in ("phone", "mobile"):
            phones.setdefault(person_id, value)
    return phones, emails


def _meetings(session: Session, wanted: Sequence[str] | None) -> dict[str, tuple[int, date | None]]:
    query = (
        select(Participant.person_id, func.count(), func.max(Interaction.starts_at))
        .join(Interaction, Interaction.id == Participant.interaction_id)
        .where(
            Interaction.state == "done",
            Participant.person_id.is_not(None),
            *_of(Participant.person_id, wanted),
        )
        .group_by(Participant.person_id)
    )
    return {str(row[0]): (row[1], row[2].date() if row[2] else None) for row in session.execute(query)}


def card(session: Session, person_id: str, vocabularies: Vocabularies, today: date) -> PersonCard:
    """The page of one person. Raises KamdeskError ``record.gone``."""
    row = get(session, Person, person_id)
    posts = posts_of(session, row.id)
    title = next((post.title for post in posts if not post.is_former and post.title), "")
    lens = effective_lens(row.lens, title, vocabularies)
    own = tuple(
        session.scalars(select(Criterion.code).where(Criterion.person_id == row.id).order_by(Criterion.rank))
    )
    parts: dict[str, tuple[str, ...]] = {}
    general = select(Part.organisation_id, Part.code).where(Part.person_id == row.id, Part.deal_id.is_(None))
    for at, code in session.execute(general):
        parts[at] = (*parts.get(at, ()), code)
    meetings, last = _meetings_of(session, row.id)
    fresh = freshness(row.cadence_days, _last_real_contact(session, row.id), today)
    client = next((post.organisation_id for post in posts if not post.is_former), "")
    favours = session.get(Organisation, row.favours_id) if row.favours_id else None
    contacts = session.scalars(select(Contact).where(Contact.person_id == row.id).order_by(Contact.position))
    return PersonCard(
        row.id,
        name_of(row),
        row.gender,
        row.language,
        row.salutation,
        row.address_form,
        lens,
        row.lens,
        row.influence,
        row.stance,
        row.stance_evidence,
        row.stance_date,
        (favours.id, favours.short_name) if favours else None,
        row.ladder_now,
        row.ladder_wanted,
        effective_criteria(own, lens, vocabularies),
        own,
        coverage_of(meetings),
        last,
        row.photo_id,
        tuple(ContactView(c.id, c.kind, c.value, c.note, c.sensitivity) for c in contacts),
        posts,
        parts,
        relations_of(session, row.id),
        _told(session, row.id),
        title if lens and not row.lens else "",
        row.cadence_days,
        fresh.code,
        fresh.due,
        _deal_parts(session, row.id, client),
        known_by(session, row.id),
        expected_of(session, row.id, today),
    )


def _last_real_contact(session: Session, person_id: str) -> date | None:
    """The last thing that happened with a person, cards and presents aside (W3)."""
    last = session.scalar(
        select(func.max(Interaction.starts_at))
        .join(Participant, Participant.interaction_id == Interaction.id)
        .where(
            Interaction.state == "done",
            Interaction.kind.not_in(NO_CONTACT),
            Participant.person_id == person_id,
        )
    )
    return last.date() if last else None


def _deal_parts(session: Session, person_id: str, client: str) -> tuple[DealParts, ...]:
    """The open deals of the client and what somebody does in each; closed ones where that was said."""
    said: dict[str, tuple[str, ...]] = {}
    query = select(Part.deal_id, Part.code).where(Part.person_id == person_id, Part.deal_id.is_not(None))
    for deal_id, code in session.execute(query):
        said[str(deal_id)] = (*said.get(str(deal_id), ()), code)
    deals = select(Deal.id, Deal.name).where(
        (Deal.organisation_id == client) & Deal.closed_on.is_(None) | Deal.id.in_(said)
    )
    return tuple(
        DealParts(deal_id, name, said.get(deal_id, ()))
        for deal_id, name in session.execute(deals.order_by(Deal.name))
    )


def _meetings_of(session: Session, person_id: str) -> tuple[int, date | None]:
    n, last = session.execute(
        select(func.count(), func.max(Interaction.starts_at))
        .select_from(Participant)
        .join(Interaction, Interaction.id == Participant.interaction_id)
        .where(Interaction.state == "done", Participant.person_id == person_id)
    ).one()
    return int(n), last.date() if last else None


def _told(session: Session, person_id: str) -> tuple[ToldView, ...]:
    query = (
        select(Telling.argument_id, Argument.text, func.max(Telling.told_on))
        .join(Argument, Argument.id == Telling.argument_id)
        .where(Telling.person_id == person_id)
        .group_by(Telling.argument_id, Argument.text)
        .order_by(func.max(Telling.told_on).desc())
    )
    return tuple(ToldView(row[0], row[1], row[2]) for row in session.execute(query))
