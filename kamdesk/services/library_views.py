"""The library as pages show it: arguments, objections, projects, recommenders with consent and use (R1, R8)."""

from __future__ import annotations

from collections import Counter, defaultdict
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
    Person,
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
from kamdesk.services.library_variants import Twin, groups, twins_of
from kamdesk.services.objection_uses import Answered, answered

SOON = timedelta(days=30)
"""A consent that ends within this time is pointed out, while there is time to ask again."""

_STATE_OF = {"consent.none": "none", "consent.expired": "expired"}


@dataclass(frozen=True, slots=True)
class ArgumentView:
    """An argument of the library. ``proposals`` counts those in which it was told or set by hand.

    ``told`` counts how often it was told to somebody, ``told_on`` and ``told_to`` say when and to whom last; ``won`` and
    ``lost`` count accepted and declined proposals with it. All of them over its ``twins`` in other languages.
    """

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
    variant_of_id: str | None = None
    twins: tuple[Twin, ...] = ()
    told: int = 0
    told_on: date | None = None
    told_to: PersonName = PersonName()
    won: int = 0
    lost: int = 0


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
    variant_of_id: str | None = None
    twins: tuple[Twin, ...] = ()
    answered: Answered = Answered()


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
    mercy (R8), ``ends_soon`` that a consent which is valid now ends within thirty days.
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
    ends_soon: bool = False


def consent_state(row: Recommender, purpose: str, on: date) -> tuple[str, Message | None]:
    """valid, none, expired or scope, and the problem in words where there is one."""
    problem = naming_problem(row.consent_on is not None, row.consent_scope, row.consent_until, purpose, on)
    return ("valid", None) if problem is None else (_STATE_OF.get(problem.code, "scope"), problem)


def argument_views(session: Session, rows: Iterable[Argument], today: date) -> tuple[ArgumentView, ...]:
    """Arguments in the order given, with what they lean on and how often they were used."""
    cases = dict(session.execute(select(CaseStudy.id, CaseStudy.title)).all())
    recommenders = {row.id: name_of(row) for row in session.scalars(select(Recommender))}
    used = argument_uses(session)
    listed = list(rows)
    twins = twins_of(session, "argument", [row.id for row in listed])
    tellings = last_told(session)
    ended = outcomes(session)
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
            row.variant_of_id,
            twins.get(row.id, ()),
            *tellings.get(row.id, (0, None, PersonName())),
            *ended.get(row.id, (0, 0)),
        )
        for row in listed
    )


def last_told(session: Session) -> dict[str, tuple[int, date | None, PersonName]]:
    """Argument id → how often it was told to somebody, when and to whom last; twins counted together."""
    of = groups(session, Argument)
    counts: Counter[str] = Counter()
    last: dict[str, tuple[date, str]] = {}
    for argument_id, person_id, on in session.execute(
        select(Telling.argument_id, Telling.person_id, Telling.told_on).order_by(Telling.told_on, Telling.id)
    ):
        for one in of.get(argument_id, (argument_id,)):
            counts[one] += 1
            if on is not None:
                last[one] = (on, person_id)
    names = {
        row.id: name_of(row)
        for row in session.scalars(select(Person).where(Person.id.in_({one for _, one in last.values()})))
    }
    found: dict[str, tuple[int, date | None, PersonName]] = {}
    for argument_id, n in counts.items():
        on, person_id = last.get(argument_id, (None, ""))
        found[argument_id] = (n, on, names.get(person_id, PersonName()))
    return found


def outcomes(session: Session) -> dict[str, tuple[int, int]]:
    """Argument id → accepted and declined proposals in which it was told; twins counted together."""
    of = groups(session, Argument)
    ended: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for argument_id, proposal_id, status in session.execute(
        select(Telling.argument_id, Proposal.id, Proposal.status)
        .join(Proposal, Proposal.id == Telling.proposal_id)
        .where(Proposal.status.in_(("accepted", "declined")))
    ):
        for one in of.get(argument_id, (argument_id,)):
            ended[one][status].add(proposal_id)
    return {one: (len(found["accepted"]), len(found["declined"])) for one, found in ended.items()}


def argument_uses(session: Session) -> Counter[str]:
    """In how many proposals each argument was told, pinned or reworded."""
    told = select(Telling.argument_id, Telling.proposal_id).where(Telling.proposal_id.is_not(None))
    chosen = (
        select(ProposalArgument.argument_id, ProposalReader.proposal_id)
        .join(ProposalReader, ProposalReader.id == ProposalArgument.reader_id)
        .where(ProposalArgument.dropped.is_(False))
    )
    return Counter(argument_id for argument_id, _ in session.execute(told.union(chosen)))


def objection_views(session: Session, rows: Iterable[Objection]) -> tuple[ObjectionView, ...]:
    """Objections in the order given, with how the answers went."""
    found = list(rows)
    twins = twins_of(session, "objection", [row.id for row in found])
    went = answered(session)
    return tuple(
        ObjectionView(
            row.id,
            row.text,
            row.answer,
            row.lenses,
            row.criteria,
            row.argument_id,
            row.language,
            row.variant_of_id,
            twins.get(row.id, ()),
            went.get(row.id, Answered()),
        )
        for row in found
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
                state == "valid" and row.consent_until is not None and row.consent_until - on <= SOON,
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
