"""Frozen inputs of the rules and of the documents: plain values, loaded by the services, known to no table.

Two families are kept apart on purpose. What a document may show (``ProposalData`` and its parts) has no
judgement about a person in it; what tailoring needs besides (``ReaderProfile``, ``LibraryArgument``) never
reaches ``kamdesk.documents``. ``kamdesk.rules.tailoring`` turns both into ``Tailored``: texts only.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Self

from kamdesk.model.messages import Message
from kamdesk.model.values import PersonName

# --- what a document may show ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CaseForms:
    """Grammatical cases written by hand; an empty one is computed. Russian only."""

    genitive: str = ""
    dative: str = ""
    instrumental: str = ""


@dataclass(frozen=True, slots=True)
class CompanyData:
    """Our company as it stands on documents (D0)."""

    full_name: str = ""
    short_name: str = ""
    address: str = ""
    inn: str = ""
    kpp: str = ""
    ogrn: str = ""
    bank: str = ""
    bik: str = ""
    account: str = ""
    correspondent_account: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    logo: bytes | None = None


@dataclass(frozen=True, slots=True)
class SignatoryData:
    """Who signs: post, name, what the authority rests on («Устава», «доверенности № 5»)."""

    name: PersonName
    post: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class ClientData:
    """The organisation that is addressed."""

    name: str
    legal_name: str = ""
    legal_name_cases: CaseForms = CaseForms()
    address: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """One addressee: business facts only (R13). ``gender`` is "m", "f" or "" (computed from the patronymic).

    ``courtesy`` ("Dr", «профессор»), ``initials`` («Дж. Смит») and ``written_name`` ("Kim Min-jun") are as somebody wrote
    them; "" is computed.
    """

    id: str
    name: PersonName
    post: str = ""
    gender: str = ""
    salutation: str = ""
    name_cases: CaseForms = CaseForms()
    post_cases: CaseForms = CaseForms()
    courtesy: str = ""
    initials: str = ""
    written_name: str = ""


@dataclass(frozen=True, slots=True)
class OfferLine:
    """A line of the offer. ``discount`` and ``vat`` are percent; ``vat`` None means not subject to VAT.

    Lines with the same ``alternative`` are offered together, instead of those of another; "" stands in all of them.
    """

    name: str
    unit: str = ""
    quantity: Decimal = Decimal(1)
    price: Decimal = Decimal(0)
    discount: Decimal = Decimal(0)
    vat: Decimal | None = None
    optional: bool = False
    note: str = ""
    alternative: str = ""
    article: str = ""

    @classmethod
    def of(cls, source: object) -> Self:
        """The same fields of a line that is stored or typed: a new one has to be named only above."""
        return cls(**{one.name: getattr(source, one.name) for one in fields(cls)})


@dataclass(frozen=True, slots=True)
class TermsData:
    """Conditions in words, one sentence or more each; an empty one is left out."""

    payment: str = ""
    delivery: str = ""
    lead_time: str = ""
    warranty: str = ""


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """A row of the benefit model. ``kind`` is investment, cost, saving or income; one amount a period.

    Amounts are positive as typed; investment and cost count against the client, saving and income for them. They
    hold at the expected value of ``assumption`` (an ``AssumptionData.id``) and change in proportion to it; a line that
    rests on none may miss by ``spread`` percent either way.
    """

    name: str
    kind: str
    amounts: tuple[Decimal, ...]
    assumption: str = ""
    spread: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AssumptionData:
    """What a benefit rests on: expected, lowest and highest likely value in ``unit``, and how we know."""

    id: str
    name: str
    value: Decimal | None = None
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class BenefitData:
    """The benefit model (R3). Period 0 is the start; ``period`` is "year", "quarter" or "month".

    ``discount_rate`` is percent a year. ``assumptions`` are sentences printed under the table; ``assumed`` are the
    values that lines rest on.
    """

    lines: tuple[BenefitLine, ...] = ()
    period: str = "year"
    discount_rate: Decimal = Decimal(0)
    assumptions: str = ""
    assumed: tuple[AssumptionData, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseData:
    """A finished project that may be quoted (the library gives no other to documents)."""

    id: str
    title: str
    client: str = ""
    industry: str = ""
    size: str = ""
    year: int | None = None
    task: str = ""
    done: str = ""
    figures: str = ""


@dataclass(frozen=True, slots=True)
class RecommenderData:
    """A recommender whose consent covers this use on this date; others never get into ``ProposalData``."""

    id: str
    name: PersonName
    post: str = ""
    organisation: str = ""
    phone: str = ""
    email: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class TeamMember:
    """ "Prepared by" (R7)."""

    name: PersonName
    post: str = ""
    phone: str = ""
    email: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class StageData:
    """A line of the schedule: what, when in words («неделя 3», "within 10 days"), what the client then has.

    ``payment`` is the percent of the total that is due with it.
    """

    name: str
    term: str = ""
    result: str = ""
    payment: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ProposalData:
    """One proposal as documents may know it. ``vat_mode`` is on_top, included or none.

    ``money_unit`` is "1", "1000" or "1000000": in what the tables are shown. ``total_discount`` is percent or an
    amount (``total_discount_kind``) in the terms of the prices as typed; ``recommended`` names the alternative that
    the total is of, "" the first. ``block_order`` names the blocks of R4 in their order, without the absent
    ones; ``letter_order`` those of a cover letter, ``variant_order`` those of a variant where they differ.
    """

    id: str
    language: str
    number: str
    date: datetime.date
    subject: str
    client: ClientData
    company: CompanyData
    signatory: SignatoryData | None
    readers: tuple[Reader, ...]
    currency: str = "RUB"
    money_unit: str = "1"
    vat_mode: str = "on_top"
    offer: tuple[OfferLine, ...] = ()
    total_discount: Decimal = Decimal(0)
    total_discount_kind: str = "percent"
    recommended: str = ""
    terms: TermsData = TermsData()
    benefit: BenefitData | None = None
    understanding: str = ""
    solution: str = ""
    uniqueness: str = ""
    exclusivity: str = ""
    schedule: tuple[StageData, ...] = ()
    cases: tuple[CaseData, ...] = ()
    recommenders: tuple[RecommenderData, ...] = ()
    team: tuple[TeamMember, ...] = ()
    valid_until: datetime.date | None = None
    validity_reason: str = ""
    next_step: str = ""
    annexes: tuple[str, ...] = ()
    block_order: tuple[str, ...] = ()
    letter_order: tuple[str, ...] = ()
    variant_order: tuple[str, ...] = ()


# --- what tailoring needs besides --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class ToldAt:
    """When an argument was told, and where: in a proposal, or at a contact (a code of ``interaction``).

    ``number`` is "" for a proposal without one; neither is known for what was noted without a place. ``same_offer`` says
    that it was an earlier version of the very proposal that is being written.
    """

    on: datetime.date
    in_proposal: bool = False
    number: str = ""
    contact: str = ""
    same_offer: bool = False


@dataclass(frozen=True, slots=True)
class ReaderProfile:
    """What is known of a reader for choosing arguments; never given to a document.

    ``criteria`` are codes, most important first. ``told`` gives the date on which an argument was last told,
    ``told_at`` the same with its place.
    """

    reader_id: str
    name: str
    lens: str
    criteria: tuple[str, ...] = ()
    told: Mapping[str, datetime.date] | None = None
    told_at: Mapping[str, ToldAt] | None = None


@dataclass(frozen=True, slots=True)
class LibraryArgument:
    """An argument of the library (R1). Codes in ``lenses`` and ``criteria``; none means it fits all.

    ``evidence_kind`` is figure, case, reference, exclusive or "" (none). ``won``/``lost`` count proposals with
    this argument that were accepted or declined, by lens; ``won_with`` names clients who accepted one, the latest first.
    ``unnamed`` is the client of its case where we may not quote it.
    """

    id: str
    text: str
    short: str = ""
    lenses: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    industry: str = ""
    product: str = ""
    evidence: str = ""
    evidence_kind: str = ""
    evidence_source: str = ""
    evidence_date: datetime.date | None = None
    case_id: str = ""
    recommender_id: str = ""
    language: str = "ru"
    valid_until: datetime.date | None = None
    won: Mapping[str, int] | None = None
    lost: Mapping[str, int] | None = None
    won_with: tuple[str, ...] = ()
    unnamed: str = ""


@dataclass(frozen=True, slots=True)
class ArgumentChoice:
    """What the KAM decided by hand for one argument and one reader: pinned, dropped, moved or reworded.

    ``position`` counts from 0 and is None where the ranking decides. ``text`` replaces the wording when not "".
    """

    argument_id: str
    reader_id: str
    pinned: bool = False
    dropped: bool = False
    position: int | None = None
    text: str = ""


# --- what tailoring gives back -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChosenArgument:
    """An argument as it will stand in the document, and why it was chosen (internal, never printed)."""

    argument_id: str
    text: str
    evidence: str
    evidence_kind: str
    evidence_source: str
    reason: Message
    score: int = 0
    pinned: bool = False
    case_id: str = ""
    recommender_id: str = ""


@dataclass(frozen=True, slots=True)
class ReaderArguments:
    """The arguments of one reader in order, and the criteria that found none."""

    reader_id: str
    subject: str
    chosen: tuple[ChosenArgument, ...]
    uncovered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tailored:
    """The result for all readers of one proposal.

    ``subject`` of a reader is the code of the part of the common document that speaks to them: special_terms,
    experience, effect, solution, conditions, compliance, adoption, quality. It names a subject, not a person's type.
    """

    readers: tuple[ReaderArguments, ...]
    industry: str = ""

    def of(self, reader_id: str) -> ReaderArguments:
        """The arguments of one reader. Raises KeyError."""
        for reader in self.readers:
            if reader.reader_id == reader_id:
                return reader
        raise KeyError(reader_id)
