"""What a proposal started from another client's still says about that client: its names and those of its group, its places
and deals, its people, its numbers, the discounts it was given (R12)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from kamdesk.model.inputs import ProposalData
from kamdesk.model.messages import Message
from kamdesk.model.tables import Deal, Employment, OfferItem, Organisation, Person, Proposal, Unit, fields_of
from kamdesk.rules.left_names import mentions, words_of
from kamdesk.rules.place_names import names_of_deal, names_of_unit, town_of
from kamdesk.rules.proposal_checks import Finding, Severity
from kamdesk.services.base import name_of

_LONGEST_CHAIN = 50
_BLOCK_OF = {
    "subject": "number_date", "understanding": "understanding", "solution": "solution", "uniqueness": "uniqueness",
    "exclusivity": "exclusivity", "next_step": "next_step", "payment": "terms", "delivery": "terms", "lead_time": "terms",
    "warranty": "terms", "assumptions": "benefit", "validity_reason": "validity", "annexes": "annexes",
}  # fmt: skip
"""Fields whose texts are copied, and the block they are printed in."""


def left_from_another_client(session: Session, row: Proposal, data: ProposalData) -> tuple[Finding, ...]:
    """A warning for each place of the texts that names a client whose proposal this one goes back to, and one for the
    discounts that were given to them."""
    found = []
    for source in _sources(session, row):
        former = session.get(Organisation, source.organisation_id)
        if former is None:
            continue
        names = tuple(_names(session, former, row.organisation_id))
        for label, block, text in _texts(row, data):
            for mention in mentions(text, names):
                params = {
                    "field": Message("label", {"text": label}),
                    "words": mention.words,
                    "client": former.short_name,
                    "around": mention.around,
                }
                found.append(Finding(Severity.WARNING, Message("check.other_client", params), block))
        if _same_discounts(session, source, data):
            said = Message("check.other_discount", {"client": former.short_name})
            found.append(Finding(Severity.WARNING, said, "price"))
    return tuple(found)


def _sources(session: Session, row: Proposal) -> tuple[Proposal, ...]:
    """The proposals of other clients along the chain this one was copied along: the last one of each, the nearest first."""
    found: dict[str, Proposal] = {}
    at: Proposal | None = row
    for _ in range(_LONGEST_CHAIN):
        at = session.get(Proposal, at.started_from_id) if at is not None and at.started_from_id else None
        if at is None:
            break
        if at.organisation_id != row.organisation_id:
            found.setdefault(at.organisation_id, at)
    return tuple(found.values())


def _same_discounts(session: Session, source: Proposal, data: ProposalData) -> bool:
    """Whether a discount stands here as it was given there: what we gave way on is no other client's business (W7)."""
    if data.total_discount and (data.total_discount, data.total_discount_kind) == (
        source.total_discount,
        source.total_discount_kind,
    ):
        return True
    given = session.execute(
        select(OfferItem.name, OfferItem.discount).where(OfferItem.proposal_id == source.id)
    ).all()
    there = {(name, discount) for name, discount in given}
    return any(line.discount and (line.name, line.discount) in there for line in data.offer)


def _names(session: Session, former: Organisation, now: str) -> Iterator[tuple[str, ...]]:
    """What the former client, its group and its people are called; what the present one is called too is no stranger there."""
    present = session.get(Organisation, now)
    own = set(_called(session, present)) if present is not None else set()
    for words in dict.fromkeys(_called(session, former)):
        if words and words not in own:
            yield words
    here = select(Employment.person_id).where(Employment.organisation_id == now)
    people = session.scalars(
        select(Person)
        .join(Employment, Employment.person_id == Person.id)
        .where(Employment.organisation_id == former.id, Person.id.not_in(here))
        .distinct()
    )
    for person in people:
        name_parts = name_of(person)
        if name_parts.family:
            yield (name_parts.family,)
        if name_parts.given and name_parts.middle:
            yield (name_parts.given, name_parts.middle)


def _called(session: Session, client: Organisation) -> Iterator[tuple[str, ...]]:
    """Names and numbers of a client and of the organisations of its group, their units, towns and deals."""
    group = [client, *(one for one in _group(session, client) if one.id != client.id)]
    for one in group:
        for name in (one.short_name, one.legal_name, one.group_name, one.inn, one.ogrn):
            yield words_of(name)
        yield town_of(one.address)
    ids = [one.id for one in group]
    for unit in session.scalars(select(Unit).where(Unit.organisation_id.in_(ids))):
        yield from names_of_unit(unit.name)
        yield town_of(unit.address)
    for name in session.scalars(select(Deal.name).where(Deal.organisation_id.in_(ids))):
        yield from names_of_deal(name)


def _group(session: Session, client: Organisation) -> list[Organisation]:
    """The parent company, its other daughters, the client's own daughters, and all that name the same group."""
    related = [Organisation.parent_id == client.id]
    if client.parent_id:
        related += [Organisation.id == client.parent_id, Organisation.parent_id == client.parent_id]
    if client.group_name:
        related.append(Organisation.group_name == client.group_name)
    return list(session.scalars(select(Organisation).where(or_(*related)).order_by(Organisation.id)))


def _texts(row: Proposal, data: ProposalData) -> Iterator[tuple[str, str, str]]:
    """Label, block and text of everything that was copied in words."""
    labels = {column.name: info.label for column, info in fields_of(Proposal)}
    for name, block in _BLOCK_OF.items():
        value = getattr(row, name)
        yield labels[name], block, "\n".join(value) if isinstance(value, tuple) else str(value or "")
    for line in data.offer:
        yield "Offer and prices", "price", "\n".join((line.name, line.note, line.alternative))
    for stage in data.schedule:
        yield "Schedule", "schedule", "\n".join((stage.name, stage.term, stage.result))
    for item in data.benefit.lines if data.benefit is not None else ():
        yield "Effect in figures", "benefit", item.name
    for assumed in data.benefit.assumed if data.benefit is not None else ():
        yield "Assumption", "benefit", f"{assumed.name}\n{assumed.source}"
    for member in data.team:
        yield "Prepared by", "team", member.role
