"""The library as pages show it: arguments, objections, projects, recommenders with consent and use (R1, R8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.model.messages import Message
from kamdesk.model.tables import (
    Argument,
    CaseStudy,
    Objection,
    Proposal,
    ProposalArgument,
    ProposalCase,
    ProposalReader,
    ProposalRecommender,
    Recommender,
    Telling,
)
from kamdesk.model.values import PersonName
from kamdesk.rules.proposal_checks import OFTEN_NAMED, naming_problem
from kamdesk.services.base import name_of

_STATE_OF = {"consent.none": "none", "consent.expired": "expired"}


@dataclass(frozen=True, slots=True)
class ArgumentView:
    """An argument of the library. ``proposals`` counts those in which it was told or set by hand."""

    id: str
    text: str
    short: str
    lenses: tuple[str, ...]
    criteria: tuple[str, ...]
    industry: str
    product: str
    evidence_kind: str
    evidence: str
    evidence_source: str
    evidence_date: date | None
    case_id: str | None
    case: str
    recommender_id: str | None
    recommender: PersonName
    language: str
    valid_until: date | None
    expired: bool
    proposals: int


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """What is said against us and the answer."""

    id: str
    text: str
    answer: str
    lenses: tuple[str, ...]
    criteria: tuple[str, ...]
    argument_id: str | None
    language: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A finished project; ``proposals`` counts those that show it."""

    id: str
    title: str
    client: str
    industry: str
    size: str
    year: int | None
    task: str
    done: str
    figures: str
    may_quote: bool
    language: str
    proposals: int


@dataclass(frozen=True, slots=True)
class RecommenderView:
    """A recommender with the state of the consent for one use on one day.

    ``consent`` is valid, none, expired or scope (given, but not for this use); ``problem`` says it in words.
    ``proposals`` counts those that name them, ``this_year`` those of the last twelve months; ``overused`` asks for
    mercy (R8).
    """

    id: str
    name: PersonName
    post: str
    organisation: str
    phone: str
    email: str
    about: str
    person_id: str | None
    case_id: str | None
    case: str
    consent_on: date | None
    consent_scope: str
    consent_until: date | None
    consent: str
    problem: Message | None
    language: str
    proposals: int
    this_year: int
    overused: bool


def consent_state(row: Recommender, purpose: str, on: date) -> tuple[str, Message | None]:
    """valid, none, expired or scope, and the problem in words where there is one."""
    problem = naming_problem(row.consent_on is not None, row.consent_scope, row.consent_until, purpose, on)
    return ("valid", None) if problem is None else (_STATE_OF.get(problem.code, "scope"), problem)


def argument_views(session: Session, rows: Iterable[Argument], today: date) -> tuple[ArgumentView, ...]:
    """Arguments in the order given, with what they lean on and how often they were used."""
    cases = dict(session.execute(select(CaseStudy.id, CaseStudy.title)).all())
    recommenders = {row.id: name_of(row) for row in session.scalars(select(Recommender))}
    used = argument_uses(session)
    return tuple(
        ArgumentView(
            row.id,
            row.text,
            row.short,
            row.lenses,
            row.criteria,
            row.industry,
            row.product,
            row.evidence_kind,
            row.evidence,
            row.evidence_source,
            row.evidence_date,
            row.case_id,
            cases.get(row.case_id or "", ""),
            row.recommender_id,
            recommenders.get(row.recommender_id or "", PersonName()),
            row.language,
            row.valid_until,
            row.valid_until is not None and row.valid_until < today,
            used[row.id],
        )
        for row in rows
    )


def argument_uses(session: Session) -> Counter[str]:
    """In how many proposals each argument was told, pinned or reworded."""
    told = select(Telling.argument_id, Telling.proposal_id).where(Telling.proposal_id.is_not(None))
    chosen = (
        select(ProposalArgument.argument_id, ProposalReader.proposal_id)
        .join(ProposalReader, ProposalReader.id == ProposalArgument.reader_id)
        .where(ProposalArgument.dropped.is_(False))
    )
    return Counter(argument_id for argument_id, _ in session.execute(told.union(chosen)))


def objection_view(row: Objection) -> ObjectionView:
    """An objection as pages show it."""
    return ObjectionView(
        row.id, row.text, row.answer, row.lenses, row.criteria, row.argument_id, row.language
    )


def case_views(session: Session, rows: Iterable[CaseStudy]) -> tuple[CaseView, ...]:
    """Projects in the order given, with how often they were shown."""
    shown = select(ProposalCase.case_id, func.count(ProposalCase.proposal_id.distinct()))
    used = dict(session.execute(shown.group_by(ProposalCase.case_id)).all())
    return tuple(
        CaseView(
            row.id,
            row.title,
            row.client,
            row.industry,
            row.size,
            row.year,
            row.task,
            row.done,
            row.figures,
            row.may_quote,
            row.language,
            used.get(row.id, 0),
        )
        for row in rows
    )


def recommender_views(
    session: Session, rows: Iterable[Recommender], purpose: str, on: date
) -> tuple[RecommenderView, ...]:
    """Recommenders in the order given, with consent for this use on this day and how often they were named."""
    cases = dict(session.execute(select(CaseStudy.id, CaseStudy.title)).all())
    ever, lately = recommender_uses(session, on)
    found = []
    for row in rows:
        state, problem = consent_state(row, purpose, on)
        found.append(
            RecommenderView(
                row.id,
                name_of(row),
                row.post,
                row.organisation,
                row.phone,
                row.email,
                row.about,
                row.person_id,
                row.case_id,
                cases.get(row.case_id or "", ""),
                row.consent_on,
                row.consent_scope,
                row.consent_until,
                state,
                problem,
                row.language,
                ever[row.id],
                lately[row.id],
                lately[row.id] >= OFTEN_NAMED,
            )
        )
    return tuple(found)


def recommender_uses(session: Session, on: date) -> tuple[Counter[str], Counter[str]]:
    """How many proposals name each recommender: ever, and dated within the twelve months before ``on``."""
    rows = session.execute(
        select(ProposalRecommender.recommender_id, Proposal.id, Proposal.date)
        .join(Proposal, Proposal.id == ProposalRecommender.proposal_id)
        .distinct()
    ).all()
    since = on - timedelta(days=365)
    ever = Counter(str(row[0]) for row in rows)
    lately = Counter(str(row[0]) for row in rows if row[2] is None or since <= row[2] <= on)
    return ever, lately
