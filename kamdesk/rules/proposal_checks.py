"""What must be right before a proposal leaves: blocks, equal figures, answered criteria, consents, next date.

Everything here only finds and says; whether an error stops the work is decided by who asks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from kamdesk.model.inputs import ProposalData, ReaderProfile, Tailored
from kamdesk.model.messages import Message
from kamdesk.model.vocabulary import Label, Vocabularies
from kamdesk.rules.offer import alternatives, paid_share, rate_of, rates_in_force, totals_of
from kamdesk.rules.tailoring import WATCHED, ranked_criteria


class Severity(StrEnum):
    """How much a finding matters: an error needs a decision, a warning a look, a hint nothing."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found; ``block`` (R4 code) or ``reader_id`` says where it belongs, "" for the whole proposal."""

    severity: Severity
    message: Message
    block: str = ""
    reader_id: str = ""


_ALL: Final = 100
"""Percent: nobody takes off more than all, and no tax is more than the price."""

# --- blocks and figures ------------------------------------------------------------------------------------


def mandatory_blocks(vocabularies: Vocabularies) -> tuple[str, ...]:
    """The codes of the blocks no proposal should lack (R4): benefit, uniqueness, exclusivity, as configured."""
    return tuple(item.code for item in vocabularies.items("block") if item.extras.get("mandatory"))


def missing_blocks(present: Collection[str], vocabularies: Vocabularies) -> tuple[Finding, ...]:
    """Mandatory blocks that a template or an order of blocks lacks."""
    return tuple(
        Finding(
            Severity.ERROR,
            Message("check.block_missing", {"block": Label("block", code, inline=False)}),
            code,
        )
        for code in mandatory_blocks(vocabularies)
        if code not in present
    )


def check_blocks(data: ProposalData, vocabularies: Vocabularies) -> tuple[Finding, ...]:
    """Mandatory blocks left out or empty, and a benefit without figures. An empty order means all blocks.

    What a separate variant leaves out counts as well: it is a proposal of its own.
    """
    order = data.block_order or vocabularies.codes("block")
    variant = data.variant_order or order
    found = list(missing_blocks([code for code in order if code in variant], vocabularies))
    filled = {
        "benefit": data.benefit is not None and any(line.amounts for line in data.benefit.lines),
        "uniqueness": bool(data.uniqueness.strip()),
        "exclusivity": bool(data.exclusivity.strip()),
        "understanding": bool(data.understanding.strip()),
    }
    required = mandatory_blocks(vocabularies)
    for code, is_filled in filled.items():
        if code in order and not is_filled:
            severity = Severity.ERROR if code in required else Severity.HINT
            params = {"block": Label("block", code, inline=False)}
            said = "check.benefit_empty" if code == "benefit" else "check.text_empty"
            found.append(Finding(severity, Message(said, params), code))
    return tuple(found)


def check_offer(data: ProposalData, vocabularies: Vocabularies) -> tuple[Finding, ...]:
    """No lines, a line without a price, a VAT rate that was not in force on the proposal's date."""
    if not data.offer:
        return (Finding(Severity.WARNING, Message("check.no_offer"), "price"),)
    found = [
        Finding(Severity.WARNING, Message("check.no_price", {"name": line.name}), "price")
        for line in data.offer
        if not line.price and not line.optional
    ]
    found += [
        Finding(Severity.ERROR, Message("check.line_discount", {"name": line.name}), "price")
        for line in data.offer
        if not 0 <= line.discount <= _ALL
    ]
    found += [
        Finding(Severity.ERROR, Message("check.rate_absurd", {"name": line.name}), "price")
        for line in data.offer
        if line.vat is not None and not 0 <= line.vat <= _ALL
    ]
    # The dated rates are those of Russia; prices in another currency are another country's business.
    if data.vat_mode != "none" and data.currency == "RUB":
        in_force = {rate_of(item) for item in rates_in_force(vocabularies, data.date)}
        wrong = dict.fromkeys(
            line.vat for line in data.offer if line.vat is not None and line.vat not in in_force
        )
        found += [
            Finding(
                Severity.WARNING,
                Message("check.rate_not_in_force", {"rate": rate, "date": data.date}),
                "price",
            )
            for rate in wrong
        ]
    return tuple(found) + _check_alternatives(data) + _check_whole_discount(data)


def _check_alternatives(data: ProposalData) -> tuple[Finding, ...]:
    """One that has options only, one with nothing to choose instead, a recommendation that names none of them."""
    names = alternatives(data.offer)
    found = [
        Finding(Severity.WARNING, Message("check.alternative_empty", {"name": name}), "price")
        for name in dict.fromkeys(line.alternative.strip() for line in data.offer)
        if name and name not in names
    ]
    if len(names) == 1:
        found.append(
            Finding(Severity.WARNING, Message("check.alternative_alone", {"name": names[0]}), "price")
        )
    wanted = data.recommended.strip()
    if wanted and wanted not in names:
        found.append(
            Finding(Severity.WARNING, Message("check.recommended_unknown", {"name": wanted}), "price")
        )
    return tuple(found)


def _check_whole_discount(data: ProposalData) -> tuple[Finding, ...]:
    """A discount on the whole below nothing, or of more than there is to pay."""
    if not data.total_discount:
        return ()
    if data.total_discount < 0:
        return (Finding(Severity.ERROR, Message("check.discount_negative"), "price"),)
    counted = totals_of(data)
    sums = [one.amount for one in counted.alternatives] or [counted.amount]
    over = data.total_discount > (100 if data.total_discount_kind == "percent" else min(sums))
    return (Finding(Severity.ERROR, Message("check.discount_too_big"), "price"),) if over else ()


def check_schedule(data: ProposalData) -> tuple[Finding, ...]:
    """Payments by stage that do not make up the whole, and one below nothing."""
    named = [stage for stage in data.schedule if stage.payment is not None]
    if not named:
        return ()
    negative = [
        Finding(Severity.ERROR, Message("check.payment_negative", {"name": stage.name}), "schedule")
        for stage in named
        if stage.payment is not None and stage.payment < 0
    ]
    share = paid_share(stage.payment for stage in named)
    if share == 100:
        return tuple(negative)
    params = {"share": share}
    return (*negative, Finding(Severity.WARNING, Message("check.payments_not_whole", params), "schedule"))


def check_assumptions(data: ProposalData) -> tuple[Finding, ...]:
    """Assumptions without an expected value, with their ends the wrong way round, with none or beside the value."""
    found = []
    used = {line.assumption for line in data.benefit.lines} if data.benefit else set()
    for one in data.benefit.assumed if data.benefit else ():
        params = {"name": one.name}
        code, severity = "", Severity.WARNING
        if not one.value:
            code = "check.assumption_no_value"
        elif one.low is not None and one.high is not None and one.low > one.high:
            code = "check.assumption_ends_crossed"
        elif (one.low is not None and one.low > one.value) or (one.high is not None and one.high < one.value):
            code = "check.assumption_outside"
        elif one.id not in used:
            code, severity = "check.assumption_unused", Severity.HINT
        elif not one.source.strip():
            code, severity = "check.assumption_no_source", Severity.HINT
        if code:
            found.append(Finding(severity, Message(code, params), "benefit"))
    return tuple(found)


def check_validity(data: ProposalData, today: date) -> tuple[Finding, ...]:
    """A validity that is absent, unexplained (R7), before the date of the proposal or already over."""
    if data.valid_until is None:
        return (Finding(Severity.WARNING, Message("check.no_validity"), "validity"),)
    params = {"date": data.valid_until}
    if data.valid_until < data.date:
        return (Finding(Severity.ERROR, Message("check.validity_before_date", params), "validity"),)
    if data.valid_until < today:
        return (Finding(Severity.WARNING, Message("check.validity_over", params), "validity"),)
    if not data.validity_reason.strip():
        return (Finding(Severity.HINT, Message("check.no_validity_reason"), "validity"),)
    return ()


def check_criteria(
    tailored: Tailored, readers: Sequence[ReaderProfile], vocabularies: Vocabularies
) -> tuple[Finding, ...]:
    """«Финансовый директор: на первый критерий нет аргумента» for each reader and open criterion (R6).

    The first criterion is an error, the second and third are warnings. Internal: it names readers' criteria.
    """
    found = []
    for reader in readers:
        open_criteria = tailored.of(reader.reader_id).uncovered
        for rank, criterion in enumerate(ranked_criteria(reader, vocabularies)[:WATCHED]):
            if criterion in open_criteria:
                params = {"name": reader.name, "criterion": Label("criteria", criterion)}
                severity = Severity.WARNING if rank else Severity.ERROR
                message = Message(f"check.uncovered_{rank + 1}", params)
                found.append(Finding(severity, message, reader_id=reader.reader_id))
    return tuple(found)


def check_proposal(
    data: ProposalData,
    tailored: Tailored,
    readers: Sequence[ReaderProfile],
    *,
    vocabularies: Vocabularies,
    today: date,
) -> tuple[Finding, ...]:
    """All that can be said of one proposal, errors first, otherwise in the order of the page."""
    found: Iterable[Finding] = (
        *check_criteria(tailored, readers, vocabularies),
        *check_blocks(data, vocabularies),
        *check_offer(data, vocabularies),
        *check_schedule(data),
        *check_assumptions(data),
        *check_validity(data, today),
    )
    rank = list(Severity)
    return tuple(sorted(found, key=lambda finding: rank.index(finding.severity)))


# --- recommenders (R8) -------------------------------------------------------------------------------------

_PURPOSES: Final[Mapping[str, re.Pattern[str]]] = {
    "any": re.compile(r"\bany\b|без ограничен|люб(?:ых|ые|ой|ом)|везде|all purposes|unrestricted"),
    "proposal": re.compile(r"proposal|offers?\b|предложени|\bкп\b"),
    "tender": re.compile(r"tender|\bbids?\b|тендер|закупк|конкурсн"),
    "call": re.compile(r"\bcalls?\b|phone|звон|телефон"),
    "publication": re.compile(r"publi|website|press|публик|публичн|сайт|открыт\w* материал"),
}


_UNLIMITED: Final = re.compile(
    r"(?:без|не имеет) ограничен\w*|не ограничен\w*|(?:without|no) (?:any )?(?:limit|restriction)\w*|not (?:limited|restricted)"
)
_DENIED: Final = re.compile(
    r"\b(?:не|ни|нет|нельзя|кроме|без|исключая|исключени\w*|запре\w*|отказ\w*|no|not|never|none|except|excluding|without|don't|"
    r"cannot|can't|refus\w*|den(?:y|ies|ied))\b"
)


def consent_covers(scope: str, purpose: str) -> bool:
    """Whether a recorded scope, codes or words of both languages, covers a purpose (a code of ``consent_scope``).

    An empty scope covers nothing: consent counts only as far as it was recorded. Words that name no purpose at all
    («предприятиям отрасли») limit to whom, not to what, and cover a proposal and nothing else. Words that deny or except
    something («кроме предложений») cover nothing: what they leave open is for a person to read.
    """
    words = _UNLIMITED.sub("any", scope.casefold())
    if not words.strip() or _DENIED.search(words):
        return False
    named = {code for code, pattern in _PURPOSES.items() if pattern.search(words)}
    return "any" in named or purpose in named or (not named and purpose == "proposal")


def naming_problem(
    consent_given: bool, scope: str, expires: date | None, purpose: str, today: date
) -> Message | None:
    """Why a recommender may not be named with contacts now, or None. Without an expiry the consent stays open."""
    if not consent_given:
        return Message("consent.none")
    if expires is not None and expires < today:
        return Message("consent.expired", {"date": expires})
    if not scope.strip():
        return Message("consent.no_scope")
    if not consent_covers(scope, purpose):
        return Message("consent.other_scope", {"scope": scope.strip()})
    return None


def may_be_named(consent_given: bool, scope: str, expires: date | None, purpose: str, today: date) -> bool:
    """Whether a recommender's name and contacts may stand in a document for this purpose on this day (R8)."""
    return naming_problem(consent_given, scope, expires, purpose, today) is None


OFTEN_NAMED: Final = 4
"""A recommender named in this many proposals within a year is asked too much of."""


def overused(name: str, times_this_year: int) -> Finding | None:
    """A word about a recommender who was already named often in the last twelve months."""
    if times_this_year < OFTEN_NAMED:
        return None
    message = Message("consent.overused", {"name": name, "n": times_this_year})
    return Finding(Severity.WARNING, message, "recommenders")


# --- status (R12) ------------------------------------------------------------------------------------------

_CLOSING: Final = ("accepted", "declined", "expired", "withdrawn", "superseded")
TRANSITIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "draft": ("internal_review", "approved", "sent", "withdrawn", "superseded"),
    "internal_review": ("draft", "approved", "withdrawn", "superseded"),
    "approved": ("draft", "internal_review", "sent", "withdrawn", "superseded"),
    "sent": ("receipt_confirmed", "discussion", "revision", *_CLOSING),
    "receipt_confirmed": ("discussion", "revision", *_CLOSING),
    "discussion": ("revision", *_CLOSING),
    "revision": ("internal_review", "approved", "sent", "discussion", *_CLOSING),
    "accepted": ("declined", "superseded"),
    "declined": ("discussion", "revision", "superseded"),
    "expired": ("revision", "accepted", "declined", "superseded"),
    "withdrawn": ("revision", "superseded"),
    "superseded": (),
}

PREPARED: Final = frozenset({"draft", "internal_review", "approved"})
"""It has not left us yet."""
AWAITING: Final = frozenset({"sent", "receipt_confirmed", "discussion"})
"""The client has it: such a proposal never stands without a date of the next contact (W6)."""


RUNNING: Final = AWAITING | {"revision"}
"""It left us and nobody has decided yet: its validity runs."""
_REPLACED: Final = frozenset(TRANSITIONS) - {"accepted", "declined", "withdrawn", "superseded"}
"""What a newer version takes the place of; what was decided stays as it was decided."""


def is_over(status: str, valid_until: date | None, today: date) -> bool:
    """Whether a proposal at the client ran out by itself: it shows as expired until the user says what becomes of it."""
    return status in RUNNING and valid_until is not None and valid_until < today


def is_replaced(status: str) -> bool:
    """Whether the sending of a newer version makes one of this status superseded."""
    return status in _REPLACED


def status_problem(old: str, new: str, next_date: date | None, today: date) -> Message | None:
    """Why a proposal may not go from one status to another, or None. The same status again is no change."""
    if old == new:
        return None
    if new not in TRANSITIONS.get(old, ()):
        params = {
            "old": Label("proposal_status", old, inline=False),
            "new": Label("proposal_status", new, inline=False),
        }
        return Message("status.not_from_here", params)
    if new in AWAITING and next_date is None:
        return Message("status.needs_next_date")
    if new in AWAITING and next_date is not None and next_date < today:
        return Message("status.next_date_past", {"date": next_date})
    return None
