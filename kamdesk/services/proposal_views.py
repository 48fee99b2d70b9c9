"""What the list and the page of proposals show."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from kamdesk.model.inputs import ChosenArgument, OfferLine
from kamdesk.model.messages import Message
from kamdesk.model.values import Money, PersonName
from kamdesk.rules.benefit import BenefitResult
from kamdesk.rules.offer import OfferTotals
from kamdesk.rules.proposal_checks import Finding
from kamdesk.rules.sensitivity import Sensitivity
from kamdesk.rules.tailoring import CriterionRow


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A line of the list of proposals.

    ``version`` is its place among the versions of the same proposal, ``newest`` whether none comes after it; ``over``:
    it is at the client and its validity has run out.
    """

    id: str
    number: str
    subject: str
    organisation_id: str
    organisation: str
    status: str
    total: Money | None
    date: datetime.date | None
    valid_until: datetime.date | None
    next_date: datetime.date | None
    changed_at: datetime.datetime | None
    version: int = 1
    newest: bool = True
    over: bool = False
    deal_id: str | None = None
    deal: str = ""
    language: str = "ru"


@dataclass(frozen=True, slots=True)
class OfferRow(OfferLine):
    """A line of the offer as edited; ``id`` None for a new one."""

    id: str | None = None


@dataclass(frozen=True, slots=True)
class BenefitRow:
    """A line of the benefit model as edited; ``id`` None for a new one. ``spread`` is ± percent."""

    id: str | None = None
    name: str = ""
    kind: str = "saving"
    amounts: tuple[Decimal, ...] = ()
    assumption_id: str | None = None
    spread: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AssumptionRow:
    """Something the benefit rests on, as edited; ``id`` None for a new one."""

    id: str | None = None
    name: str = ""
    value: Decimal | None = None
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class StageRow:
    """A line of the schedule as edited; ``id`` None for a new one. ``payment`` is percent of the total."""

    id: str | None = None
    name: str = ""
    term: str = ""
    result: str = ""
    payment: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ReaderView:
    """A reader with what was chosen for them and why. ``own_lens`` is "" where the person's type holds."""

    id: str
    person_id: str
    name: PersonName
    title: str
    lens: str
    own_lens: str
    separate: bool
    criteria: tuple[str, ...]
    subject: str
    chosen: tuple[ChosenArgument, ...]
    uncovered: tuple[str, ...]
    dropped: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One version of one document. ``stale`` when the proposal changed since it was made."""

    id: str
    kind: str
    reader_id: str | None
    recipient: str
    version: int
    is_current: bool
    hand_edited: bool
    stale: bool
    file_name: str
    pages: int | None
    converter: str
    made_at: datetime.datetime | None

    @property
    def behind(self) -> bool:
        """Whether this goes out with what was edited by hand before the last changes of the proposal: with an old price, say."""
        return self.is_current and self.hand_edited and self.stale


@dataclass(frozen=True, slots=True)
class DispatchView:
    """What was sent to whom, when, by which channel. ``sha256`` is of the kept bytes, ``size`` their number."""

    id: str
    file_name: str
    recipient: str
    channel: str
    sent_on: datetime.date | None
    note: str
    origin: str = "made"
    sha256: str = ""
    size: int = 0
    person_id: str | None = None
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version of a proposal among the others, or the proposal it was started from."""

    id: str
    version: int
    number: str
    subject: str
    status: str
    date: datetime.date | None
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """Everything of one proposal for its page. Plain fields are edited through ``Proposals.edit``.

    ``payments`` are what is due with each stage, in money of the offer; None where a stage has no share.
    """

    id: str
    organisation_id: str
    organisation: str
    values: dict[str, object]
    status: str
    next_statuses: tuple[str, ...]
    offer: tuple[OfferRow, ...]
    totals: OfferTotals
    benefit: tuple[BenefitRow, ...]
    benefit_result: BenefitResult | None
    assumptions: tuple[AssumptionRow, ...]
    sensitivity: Sensitivity | None
    stages: tuple[StageRow, ...]
    payments: tuple[Decimal | None, ...]
    readers: tuple[ReaderView, ...]
    criteria: tuple[CriterionRow, ...]
    case_ids: tuple[str, ...]
    recommender_ids: tuple[str, ...]
    team: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
    notices: tuple[Message, ...]
    documents: tuple[DocumentView, ...]
    dispatches: tuple[DispatchView, ...]
    versions: tuple[VersionView, ...] = ()
    started_from: VersionView | None = None
    superseded_by: str | None = None
    over: bool = False
