"""What of the library suits a proposal by its client and its task: the nearest projects, recommenders to be spared (R8)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.tables import CaseStudy, Deal, Organisation, Proposal, Recommender
from kamdesk.rules.nearest_case import CaseLike, Near, Wanted, nearest
from kamdesk.rules.proposal_checks import OFTEN_NAMED, may_be_named
from kamdesk.services.base import get
from kamdesk.services.library_views import recommender_uses

_FIRST = 3
"""Projects and recommenders that a new proposal begins with."""
_PURPOSE = "proposal"


def wanted_of(session: Session, row: Proposal) -> Wanted:
    """The client's industry and size, and what the proposal is about in its own words and in those of its deal."""
    client = get(session, Organisation, row.organisation_id)
    deal = session.get(Deal, row.deal_id) if row.deal_id else None
    about = [row.subject, row.understanding, row.solution]
    if deal is not None:
        about += [deal.name, deal.description]
    return Wanted(client.industry, client.size, " ".join(part for part in about if part))


def nearest_cases(session: Session, row: Proposal, *, quotable: bool = False) -> tuple[Near, ...]:
    """Projects in the proposal's language, the nearest first; with ``quotable`` only those that may be quoted."""
    query = select(CaseStudy).where(CaseStudy.language == row.language)
    if quotable:
        query = query.where(CaseStudy.may_quote.is_(True))
    cases = [
        CaseLike(one.id, one.title, one.industry, one.size, f"{one.task} {one.done}", one.year)
        for one in session.scalars(query)
    ]
    return nearest(wanted_of(session, row), cases)


def first_proofs(session: Session, row: Proposal, today: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of the projects and recommenders that a new proposal begins with.

    Those who vouch for one of these projects come first; whoever was named often lately only where there is no other.
    """
    cases = tuple(one.id for one in nearest_cases(session, row, quotable=True)[:_FIRST])
    _, lately = recommender_uses(session, today)
    willing = [
        one
        for one in session.scalars(
            select(Recommender).where(Recommender.language == row.language).order_by(Recommender.id)
        )
        if may_be_named(one.consent_on is not None, one.consent_scope, one.consent_until, _PURPOSE, today)
    ]
    spared = [one for one in willing if lately[one.id] < OFTEN_NAMED] or willing
    spared.sort(key=lambda one: (one.case_id not in cases, lately[one.id]))
    return cases, tuple(one.id for one in spared[:_FIRST])
