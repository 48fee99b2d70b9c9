"""What a proposal started from another client's still says about that client: its names, its people, its numbers (R12)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.inputs import ProposalData
from kamdesk.model.messages import Message
from kamdesk.model.tables import Employment, Organisation, Person, Proposal, fields_of
from kamdesk.rules.left_names import mentions, words_of
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
    """A warning for each place of the texts that names the client whose proposal this one was started from."""
    former = _former_client(session, row)
    if former is None:
        return ()
    names = tuple(_names(session, former, row.organisation_id))
    found = []
    for label, block, text in _texts(row, data):
        for mention in mentions(text, names):
            params = {
                "field": Message("label", {"text": label}),
                "words": mention.words,
                "client": former.short_name,
                "around": mention.around,
            }
            found.append(Finding(Severity.WARNING, Message("check.other_client", params), block))
    return tuple(found)


def _former_client(session: Session, row: Proposal) -> Organisation | None:
    """The other client at the beginning of the chain this proposal was copied along."""
    at: Proposal | None = row
    for _ in range(_LONGEST_CHAIN):
        if at is None or at.organisation_id != row.organisation_id:
            break
        at = session.get(Proposal, at.started_from_id) if at.started_from_id else None
    if at is None or at.organisation_id == row.organisation_id:
        return None
    return session.get(Organisation, at.organisation_id)


def _names(session: Session, former: Organisation, now: str) -> Iterator[tuple[str, ...]]:
    """Names of the former client and of its people; whoever works for the present one too is no stranger there."""
    present = session.get(Organisation, now)
    own = (
        {words_of(one) for one in (present.short_name, present.legal_name)} if present is not None else set()
    )
    for name in (former.short_name, former.legal_name, former.inn, former.ogrn):
        if name and words_of(name) not in own:
            yield words_of(name)
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


def _texts(row: Proposal, data: ProposalData) -> Iterator[tuple[str, str, str]]:
    """Label, block and text of everything that was copied in words."""
    labels = {column.name: info.label for column, info in fields_of(Proposal)}
    for name, block in _BLOCK_OF.items():
        value = getattr(row, name)
        yield labels[name], block, "\n".join(value) if isinstance(value, tuple) else str(value or "")
    for line in data.offer:
        yield "Offer and prices", "price", f"{line.name}\n{line.note}"
    for stage in data.schedule:
        yield "Schedule", "schedule", f"{stage.name}\n{stage.term}"
    for item in data.benefit.lines if data.benefit is not None else ():
        yield "Effect in figures", "benefit", item.name
    for member in data.team:
        yield "Prepared by", "team", member.role
