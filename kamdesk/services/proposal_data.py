"""Loading one proposal as plain values: what documents may know, and apart from it what tailoring needs (R13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.inputs import (
    ArgumentChoice,
    AssumptionData,
    BenefitData,
    BenefitLine,
    CaseData,
    LibraryArgument,
    OfferLine,
    ProposalData,
    ReaderProfile,
    RecommenderData,
    SignatoryData,
    StageData,
    Tailored,
    TeamMember,
    TermsData,
    ToldAt,
)
from kamdesk.model.tables import (
    Assumption,
    BenefitItem,
    CaseStudy,
    Colleague,
    Criterion,
    Employment,
    OfferItem,
    Organisation,
    Person,
    Proposal,
    ProposalArgument,
    ProposalCase,
    ProposalReader,
    ProposalRecommender,
    ProposalTeam,
    Recommender,
    Seat,
    Stage,
)
from kamdesk.model.values import Money
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.rules import offer, proposal_checks, tailoring
from kamdesk.services.base import get, name_of
from kamdesk.services.company import company_data
from kamdesk.services.letter_forms import client_data, reader_of
from kamdesk.services.library import library_arguments
from kamdesk.services.people_views import effective_lens
from kamdesk.services.preferences import preferences
from kamdesk.services.proposal_chain import family
from kamdesk.services.tellings import told_to, with_clients
from kamdesk.store.files import FileStore

PURPOSE = "proposal"
"""The use of a recommender that a consent must cover (vocabulary ``consent_scope``)."""


@dataclass(frozen=True, slots=True)
class LoadedProposal:
    """One proposal, ready for the rules and the documents. Only ``data`` may go to ``kamdesk.documents``."""

    data: ProposalData
    profiles: tuple[ReaderProfile, ...]
    library: tuple[LibraryArgument, ...]
    choices: tuple[ArgumentChoice, ...]
    client_criteria: tuple[str, ...]
    industry: str
    nameable: frozenset[str]

    def tailor(self, vocabularies: Vocabularies, today: date) -> Tailored:
        """The arguments of each reader by the rules."""
        return tailoring.choose(
            self.profiles,
            self.library,
            self.choices,
            vocabularies=vocabularies,
            language=self.data.language,
            today=today,
            industry=self.industry,
            client_criteria=self.client_criteria,
            nameable=self.nameable,
        )


def load(
    session: Session, proposal_id: str, vocabularies: Vocabularies, files: FileStore, today: date
) -> LoadedProposal:
    """Read everything of one proposal. Raises KamdeskError ``record.gone``."""
    row = get(session, Proposal, proposal_id)
    client = get(session, Organisation, row.organisation_id)
    readers = session.execute(
        select(ProposalReader, Person)
        .join(Person, Person.id == ProposalReader.person_id)
        .where(ProposalReader.proposal_id == row.id)
        .order_by(ProposalReader.position)
    ).all()
    people = [person.id for _, person in readers]
    seats = seats_of(session, people, client.id)
    versions = {one.id for one in family(session, row)}
    told, own = told_to(session, people, row.id, versions), _own_criteria(session, people)
    nameable = _nameable(session, today)
    return LoadedProposal(
        _data(session, row, client, [(r, p, seats[p.id]) for r, p in readers], files, today),
        tuple(_profile(r, p, seats[p.id], own[p.id], told[p.id], vocabularies) for r, p in readers),
        with_clients(session, library_arguments(session, row.language)),
        _choices(session, row.id),
        tuple(
            session.scalars(
                select(Criterion.code).where(Criterion.organisation_id == client.id).order_by(Criterion.rank)
            )
        ),
        client.industry,
        nameable,
    )


def seat_of(session: Session, person_id: str, organisation_id: str) -> Seat | None:
    """The seat somebody holds now, at this organisation before any other."""
    return seats_of(session, (person_id,), organisation_id)[person_id]


def seats_of(session: Session, person_ids: Sequence[str], organisation_id: str) -> dict[str, Seat | None]:
    """The same for several people, by person, in one query."""
    found: dict[str, Seat | None] = dict.fromkeys(person_ids)
    rows = session.execute(
        select(Employment.person_id, Seat)
        .join(Seat, Employment.seat_id == Seat.id)
        .where(
            Employment.person_id.in_(person_ids),
            Employment.until.is_(None),
            Employment.is_former.is_(False),
        )
        .order_by((Employment.organisation_id != organisation_id), Employment.position)
    )
    for person_id, seat in rows:
        found[person_id] = found[person_id] or seat
    return found


def _own_criteria(session: Session, person_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = dict.fromkeys(person_ids, ())
    rows = session.execute(
        select(Criterion.person_id, Criterion.code)
        .where(Criterion.person_id.in_(person_ids))
        .order_by(Criterion.rank)
    )
    for person_id, code in rows:
        found[str(person_id)] += (code,)
    return found


def _nameable(session: Session, today: date) -> frozenset[str]:
    return frozenset(
        row.id
        for row in session.scalars(select(Recommender))
        if proposal_checks.may_be_named(
            row.consent_on is not None, row.consent_scope, row.consent_until, PURPOSE, today
        )
    )


def _profile(
    reader: ProposalReader,
    person: Person,
    seat: Seat | None,
    own: tuple[str, ...],
    told: Mapping[str, ToldAt],
    vocabularies: Vocabularies,
) -> ReaderProfile:
    lens = reader.lens or effective_lens(person.lens, seat.title if seat else "", vocabularies)
    return ReaderProfile(reader.id, name_of(person).full(), lens, own, told_at=told)


def _choices(session: Session, proposal_id: str) -> tuple[ArgumentChoice, ...]:
    query = (
        select(ProposalArgument)
        .join(ProposalReader, ProposalReader.id == ProposalArgument.reader_id)
        .where(ProposalReader.proposal_id == proposal_id)
    )
    return tuple(
        ArgumentChoice(row.argument_id, row.reader_id, row.pinned, row.dropped, row.place, row.wording)
        for row in session.scalars(query)
    )


def _data(
    session: Session,
    row: Proposal,
    client: Organisation,
    readers: list[tuple[ProposalReader, Person, Seat | None]],
    files: FileStore,
    today: date,
) -> ProposalData:
    signatory = session.get(Colleague, row.signatory_id) if row.signatory_id else None
    chosen = preferences(session)
    return ProposalData(
        id=row.id,
        language=row.language,
        number=row.number,
        date=row.date or today,
        subject=row.subject,
        client=client_data(client),
        company=company_data(session, files),
        signatory=SignatoryData(name_of(signatory), signatory.post, signatory.authority)
        if signatory
        else None,
        readers=tuple(reader_of(reader.id, person, seat) for reader, person, seat in readers),
        currency=row.currency,
        money_unit=row.money_unit or "1",
        vat_mode=row.vat_mode,
        offer=offer_lines(session, row.id),
        total_discount=row.total_discount or Decimal(0),
        total_discount_kind=row.total_discount_kind or "percent",
        recommended=row.recommended,
        terms=TermsData(row.payment, row.delivery, row.lead_time, row.warranty),
        benefit=benefit_data(session, row),
        understanding=row.understanding,
        solution=row.solution,
        uniqueness=row.uniqueness,
        exclusivity=row.exclusivity,
        schedule=tuple(
            StageData(stage.name, stage.term, stage.result, stage.payment)
            for stage in session.scalars(
                select(Stage).where(Stage.proposal_id == row.id).order_by(Stage.position)
            )
        ),
        cases=_cases(session, row.id),
        recommenders=_recommenders(session, row.id, today),
        team=_team(session, row.id),
        valid_until=row.valid_until,
        validity_reason=row.validity_reason,
        next_step=row.next_step,
        annexes=row.annexes,
        block_order=row.blocks or chosen.blocks("group"),
        letter_order=chosen.blocks("cover"),
        variant_order=row.blocks or chosen.blocks("variant"),
    )


def offer_lines(session: Session, proposal_id: str) -> tuple[OfferLine, ...]:
    """The lines of the offer in their order."""
    rows = session.scalars(
        select(OfferItem).where(OfferItem.proposal_id == proposal_id).order_by(OfferItem.position)
    )
    return tuple(OfferLine.of(row) for row in rows)


def offer_total(session: Session, row: Proposal) -> Money | None:
    """What a proposal comes to: the recommended alternative with VAT, the discount on the whole off; None without lines."""
    lines = offer_lines(session, row.id)
    if not lines:
        return None
    whole = offer.WholeDiscount(row.total_discount or Decimal(0), row.total_discount_kind or "percent")
    counted = offer.totals(lines, row.vat_mode or "on_top", row.currency, whole, row.recommended)
    return Money(counted.gross, row.currency)


def benefit_data(session: Session, row: Proposal) -> BenefitData | None:
    """The benefit model; None where nothing was entered."""
    rows = session.scalars(
        select(BenefitItem).where(BenefitItem.proposal_id == row.id).order_by(BenefitItem.position)
    )
    lines = tuple(
        BenefitLine(item.name, item.kind, item.amounts, item.assumption_id or "", item.spread)
        for item in rows
    )
    if not lines:
        return None
    assumed = session.scalars(
        select(Assumption).where(Assumption.proposal_id == row.id).order_by(Assumption.position)
    )
    # A file may bring a rate that nobody can type: a page that cannot be opened could not be mended either.
    rate = row.discount_rate if row.discount_rate is not None and row.discount_rate > -100 else Decimal(0)
    return BenefitData(
        lines,
        row.benefit_period or "year",
        rate,
        row.assumptions,
        tuple(AssumptionData(a.id, a.name, a.value, a.unit, a.low, a.high, a.source) for a in assumed),
    )


def _cases(session: Session, proposal_id: str) -> tuple[CaseData, ...]:
    rows = session.scalars(
        select(CaseStudy)
        .join(ProposalCase, ProposalCase.case_id == CaseStudy.id)
        .where(ProposalCase.proposal_id == proposal_id, CaseStudy.may_quote.is_(True))
        .order_by(ProposalCase.position)
    )
    return tuple(
        CaseData(r.id, r.title, r.client, r.industry, r.size, r.year, r.task, r.done, r.figures) for r in rows
    )


def _recommenders(session: Session, proposal_id: str, today: date) -> tuple[RecommenderData, ...]:
    rows = session.scalars(
        select(Recommender)
        .join(ProposalRecommender, ProposalRecommender.recommender_id == Recommender.id)
        .where(ProposalRecommender.proposal_id == proposal_id)
        .order_by(ProposalRecommender.position)
    )
    allowed = _nameable(session, today)
    return tuple(
        RecommenderData(r.id, name_of(r), r.post, r.organisation, r.phone, r.email, r.about)
        for r in rows
        if r.id in allowed
    )


def _team(session: Session, proposal_id: str) -> tuple[TeamMember, ...]:
    rows = session.execute(
        select(ProposalTeam, Colleague)
        .join(Colleague, Colleague.id == ProposalTeam.colleague_id)
        .where(ProposalTeam.proposal_id == proposal_id)
        .order_by(ProposalTeam.position)
    )
    return tuple(TeamMember(name_of(who), who.post, who.phone, who.email, link.role) for link, who in rows)
