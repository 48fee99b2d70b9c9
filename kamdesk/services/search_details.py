"""The second line of a search hit: where a person sits, whose meeting it was. One query a kind of page."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kamdesk.model.tables import (
    Argument,
    CaseStudy,
    Colleague,
    Deal,
    Employment,
    Interaction,
    Objection,
    Organisation,
    Proposal,
    Recommender,
    Seat,
)

Ids = Collection[str]


def _organisation(ids: Ids) -> Select[str, str, str]:
    return select(Organisation.id, Organisation.industry, Organisation.territory).where(
        Organisation.id.in_(ids)
    )


def _person(ids: Ids) -> Select[str, str, str]:
    return (
        select(Employment.person_id, Seat.title, Organisation.short_name)
        .join(Organisation, Organisation.id == Employment.organisation_id)
        .outerjoin(Seat, Seat.id == Employment.seat_id)
        .where(Employment.person_id.in_(ids), Employment.is_former.is_(False))
        .order_by(Employment.position.desc())
    )


def _deal(ids: Ids) -> Select[str, str, str]:
    return (
        select(Deal.id, Organisation.short_name, Deal.description)
        .join(Organisation, Organisation.id == Deal.organisation_id)
        .where(Deal.id.in_(ids))
    )


def _proposal(ids: Ids) -> Select[str, str, str]:
    return (
        select(Proposal.id, Proposal.number, Organisation.short_name)
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .where(Proposal.id.in_(ids))
    )


def _interaction(ids: Ids) -> Select[str, str, str]:
    return (
        select(Interaction.id, Organisation.short_name, Interaction.place)
        .join(Organisation, Organisation.id == Interaction.organisation_id)
        .where(Interaction.id.in_(ids))
    )


def _argument(ids: Ids) -> Select[str, str, str]:
    return select(Argument.id, Argument.product, Argument.industry).where(Argument.id.in_(ids))


def _objection(ids: Ids) -> Select[str, str, str]:
    return select(Objection.id, Objection.answer, Objection.answer).where(Objection.id.in_(ids))


def _case(ids: Ids) -> Select[str, str, str]:
    return select(CaseStudy.id, CaseStudy.client, CaseStudy.industry).where(CaseStudy.id.in_(ids))


def _recommender(ids: Ids) -> Select[str, str, str]:
    return select(Recommender.id, Recommender.post, Recommender.organisation).where(Recommender.id.in_(ids))


def _colleague(ids: Ids) -> Select[str, str, str]:
    return select(Colleague.id, Colleague.post, Colleague.topics).where(Colleague.id.in_(ids))


_QUERIES: Mapping[str, Callable[[Ids], Select[str, str, str]]] = {
    "organisation": _organisation,
    "person": _person,
    "deal": _deal,
    "proposal": _proposal,
    "interaction": _interaction,
    "argument": _argument,
    "objection": _objection,
    "case_study": _case,
    "recommender": _recommender,
    "colleague": _colleague,
}
_LONGEST = 100


def days(
    session: Session, pages: Collection[tuple[str, str]]
) -> dict[tuple[str, str], tuple[datetime.date | None, str]]:
    """(table, id) → the day of an interaction or a proposal, and the code of an interaction's kind."""
    found: dict[tuple[str, str], tuple[datetime.date | None, str]] = {}
    talks = [row_id for name, row_id in pages if name == "interaction"]
    if talks:
        rows = select(Interaction.id, Interaction.starts_at, Interaction.kind).where(
            Interaction.id.in_(talks)
        )
        for row_id, at, kind in session.execute(rows):
            found["interaction", str(row_id)] = (at.date() if at is not None else None, kind)
    offers = [row_id for name, row_id in pages if name == "proposal"]
    if offers:
        for row_id, on in session.execute(select(Proposal.id, Proposal.date).where(Proposal.id.in_(offers))):
            found["proposal", str(row_id)] = (on, "")
    return found


def details(session: Session, pages: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """(table, id) → a line of at most 100 characters; a page with nothing to say has none."""
    found: dict[tuple[str, str], str] = {}
    for table, query in _QUERIES.items():
        ids = [row_id for name, row_id in pages if name == table]
        if not ids:
            continue
        for row_id, first, second in session.execute(query(ids)):
            line = " · ".join(dict.fromkeys(" ".join(part.split()) for part in (first, second) if part))
            if line:
                found[table, str(row_id)] = line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
    return found
