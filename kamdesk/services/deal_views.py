"""What the list and the card of a deal show: frozen views and the queries that make them (P8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.tables import (
    Attachment,
    Deal,
    DealCompetitor,
    Interaction,
    Note,
    Organisation,
    Part,
    Promise,
    Proposal,
)
from kamdesk.model.values import Money, PartialDate, PersonName
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.services import interaction_views, promises
from kamdesk.services.base import get, organisations_of
from kamdesk.services.interaction_views import InteractionView
from kamdesk.services.people_views import rows as people_rows
from kamdesk.services.promises import PromiseView
from kamdesk.services.records import FieldValue, form_of


@dataclass(frozen=True, slots=True)
class DealRow:
    """A line of a list of deals. ``amount`` is None where it is not known."""

    id: str
    name: str
    organisation_id: str
    organisation: str
    stage: str
    is_open: bool
    amount: Money | None
    currency: str
    expected: PartialDate | None
    closed_on: date | None
    loss_reason: str


@dataclass(frozen=True, slots=True)
class StageSum:
    """The deals of one stage: how many, what they come to by currency, how many have no amount yet."""

    stage: str
    is_open: bool
    count: int
    sums: tuple[Money, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class Rival:
    """A competitor in the deal; ``id`` is of the link."""

    id: str
    organisation_id: str
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class DealMember:
    """One of the client's people: parts in all deals (``general``) and in this one (``parts``)."""

    id: str
    name: PersonName
    title: str
    stance: int | None
    general: tuple[str, ...]
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DealProposal:
    """A proposal of the client; of this deal or free to be chosen."""

    id: str
    number: str
    subject: str
    status: str
    total: Money | None


@dataclass(frozen=True, slots=True)
class DealNote:
    """A plain dated note on the deal."""

    id: str
    text: str
    written_on: date | None


@dataclass(frozen=True, slots=True)
class DealCard:
    """Everything about one deal. ``form`` are its declared fields; ``free_proposals`` and ``free_interactions`` are the client's that belong to none.

    ``files`` are ids and names of what is attached to the deal itself.
    """

    row: DealRow
    form: tuple[FieldValue, ...]
    rivals: tuple[Rival, ...]
    members: tuple[DealMember, ...]
    proposals: tuple[DealProposal, ...]
    free_proposals: tuple[DealProposal, ...]
    interactions: tuple[InteractionView, ...]
    free_interactions: tuple[InteractionView, ...]
    promises: tuple[PromiseView, ...]
    notes: tuple[DealNote, ...]
    files: tuple[tuple[str, str], ...] = ()


_MOST_FREE = 20


def rows_of(
    session: Session, organisation_id: str | None, open_stages: frozenset[str]
) -> tuple[DealRow, ...]:
    """Deals, the open ones first by the expected month, then the decided, the latest first."""
    query = select(Deal)
    if organisation_id is not None:
        query = query.where(Deal.organisation_id == organisation_id)
    found = session.scalars(query).all()
    names = organisations_of(session, (row.organisation_id for row in found))
    made = [_row(row, names, open_stages) for row in found]
    still = sorted((row for row in made if row.is_open), key=lambda row: (_month(row.expected), row.name))
    done = sorted(
        (row for row in made if not row.is_open), key=lambda row: row.closed_on or date.min, reverse=True
    )
    return (*still, *done)


def _row(row: Deal, names: dict[str, str], open_stages: frozenset[str]) -> DealRow:
    return DealRow(
        row.id,
        row.name,
        row.organisation_id,
        names.get(row.organisation_id, ""),
        row.stage,
        row.stage in open_stages,
        Money(row.amount, row.currency) if row.amount is not None else None,
        row.currency,
        row.expected,
        row.closed_on,
        row.loss_reason,
    )


def _month(value: PartialDate | None) -> tuple[int, int, int]:
    if value is None:
        return (9999, 99, 99)
    return (value.year or 9998, value.month or 13, value.day or 32)


def sums(rows: Sequence[DealRow], order: Sequence[str]) -> tuple[StageSum, ...]:
    """Counts and sums by stage; only stages at which something stands."""
    place = {stage: number for number, stage in enumerate(order)}
    stages: dict[str, list[DealRow]] = {}
    for row in rows:
        stages.setdefault(row.stage, []).append(row)
    result = []
    for stage in sorted(stages, key=lambda one: (place.get(one, len(place)), one)):
        here = stages[stage]
        amounts: dict[str, Decimal] = {}
        for row in here:
            if row.amount is not None:
                amounts[row.amount.currency] = amounts.get(row.amount.currency, Decimal()) + row.amount.amount
        money = tuple(Money(amount, currency) for currency, amount in sorted(amounts.items()))
        unknown = sum(row.amount is None for row in here)
        result.append(StageSum(stage, here[0].is_open, len(here), money, unknown))
    return tuple(result)


def card_of(
    session: Session, deal_id: str, open_stages: frozenset[str], vocabularies: Vocabularies, now: datetime
) -> DealCard:
    """Everything about one deal. Raises KamdeskError ``record.gone``."""
    row = get(session, Deal, deal_id)
    client = row.organisation_id
    names = organisations_of(session, [client])
    offers = session.scalars(select(Proposal).where(Proposal.organisation_id == client)).all()
    ours = session.scalars(
        select(Interaction).where(Interaction.deal_id == row.id).order_by(Interaction.starts_at.desc())
    ).all()
    free = session.scalars(
        select(Interaction)
        .where(Interaction.organisation_id == client, Interaction.deal_id.is_(None))
        .order_by(Interaction.starts_at.desc())
        .limit(_MOST_FREE)
    ).all()
    given = session.scalars(
        select(Promise)
        .where(Promise.deal_id == row.id)
        .order_by(Promise.done_on.is_not(None), Promise.due.is_(None), Promise.due)
    ).all()
    notes = session.scalars(
        select(Note).where(Note.deal_id == row.id).order_by(Note.written_on.desc(), Note.id)
    )
    return DealCard(
        _row(row, names, open_stages),
        form_of(row),
        _rivals(session, row.id),
        _members(session, row, vocabularies),
        tuple(_proposal(one) for one in offers if one.deal_id == row.id),
        tuple(_proposal(one) for one in offers if one.deal_id is None),
        interaction_views.views(session, ours, now),
        interaction_views.views(session, free, now),
        promises.views(session, given, now.date()),
        tuple(DealNote(one.id, one.text, one.written_on) for one in notes),
        interaction_views.files_of(session, Attachment.deal_id, [row.id]).get(row.id, ()),
    )


def _rivals(session: Session, deal_id: str) -> tuple[Rival, ...]:
    query = (
        select(DealCompetitor, Organisation.short_name)
        .join(Organisation, Organisation.id == DealCompetitor.organisation_id)
        .where(DealCompetitor.deal_id == deal_id)
        .order_by(Organisation.sort_key)
    )
    return tuple(
        Rival(link.id, link.organisation_id, name, link.note) for link, name in session.execute(query)
    )


def _members(session: Session, deal: Deal, vocabularies: Vocabularies) -> tuple[DealMember, ...]:
    """The client's people, those with a part first; whoever left keeps a part that was said for this deal."""
    general: dict[str, tuple[str, ...]] = {}
    here: dict[str, tuple[str, ...]] = {}
    query = select(Part.person_id, Part.code, Part.deal_id).where(
        Part.organisation_id == deal.organisation_id,
        Part.deal_id.is_(None) | (Part.deal_id == deal.id),
    )
    for person, code, of_deal in session.execute(query):
        target = general if of_deal is None else here
        target[person] = (*target.get(person, ()), code)
    members = [
        DealMember(one.id, one.name, one.title, one.stance, general.get(one.id, ()), here.get(one.id, ()))
        for one in people_rows(session, deal.organisation_id, vocabularies)
    ]
    return tuple(sorted(members, key=lambda one: (not one.parts, not one.general)))


def _proposal(row: Proposal) -> DealProposal:
    total = Money.of_minor(row.total_minor, row.currency) if row.total_minor is not None else None
    return DealProposal(row.id, row.number, row.subject, row.status, total)
