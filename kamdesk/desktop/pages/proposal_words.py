"""How a proposal's figures, people and documents are called on its page."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from kamdesk.desktop.kit import Kit
from kamdesk.model.messages import Message
from kamdesk.model.values import PersonName
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.model.written import MINUS, NBSP, write_decimal, write_money
from kamdesk.rules.offer import shown
from kamdesk.rules.proposal_checks import Finding
from kamdesk.services.proposal_views import DocumentView, ProposalPage

STEPS: Final = ("start", "offer", "figures", "readers", "arguments", "team", "documents", "closing")
_STEP_OF_BLOCK: Final = {
    "understanding": "start", "solution": "start", "uniqueness": "start", "exclusivity": "start", "next_step": "start",
    "benefit": "figures", "price": "offer", "terms": "offer", "recommenders": "arguments", "cases": "arguments",
    "team": "team", "validity": "team", "schedule": "offer", "signature": "team",
}  # fmt: skip


def step_of(finding: Finding) -> str:
    """On which step the cause of a finding stands."""
    if finding.reader_id:
        return "arguments"
    return _STEP_OF_BLOCK.get(finding.block, "start")


class ProposalWords:
    """Asks the language of the moment each time."""

    def __init__(self, kit: Kit, vocabularies: Callable[[], Vocabularies]) -> None:
        self._kit = kit
        self._vocabularies = vocabularies

    def label(self, vocabulary: str, code: str) -> str:
        """The label of a code; the code itself where there is none."""
        return self._vocabularies().label(vocabulary, code, self._kit.words.language)

    def money(self, amount: Decimal, currency: str, unit: str = "1", *, kopecks: bool = False) -> str:
        """«36 592 924 ₽», «36,59 млн ₽»: kopecks only where there are some, or everywhere with ``kopecks``."""
        language, vocabularies = self._kit.words.language, self._vocabularies()
        if unit == "1":
            return vocabularies.money(amount, currency, language, kopecks=kopecks)
        text = write_decimal(shown(amount, unit, currency), language).replace("-", MINUS)
        return write_money(text, vocabularies.sign(currency), language, self._scale(unit, language))

    def _scale(self, unit: str, language: str) -> str:
        item = self._vocabularies().item("money_unit", unit)
        return item.text("short", language) if item is not None else ""

    def percent(self, value: Decimal, digits: int = 1) -> str:
        """«121,8 %»."""
        rounded = value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        rounded = rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded
        return write_decimal(rounded, self._kit.words.language).replace("-", "\u2212") + NBSP + "%"

    def name(self, name: PersonName) -> str:
        """A name in the order of the language."""
        return name.full(self._kit.words.language)

    def message(self, message: Message) -> str:
        """The sentence for a message, with the vault's own labels."""
        return self._kit.words.message(message)

    def older(self) -> str:
        """What stands beside a document that was edited by hand before the proposal changed."""
        return self._kit.words.gettext(
            "The file holds earlier data: it was edited in Word before the last changes of the proposal. Compare the versions and choose one."
        )

    def document(self, document: DocumentView) -> str:
        """«Сопроводительное письмо: Самарин Игорь Павлович»."""
        return self.document_of(document.kind, document.recipient)

    def document_of(self, kind: str, recipient: str) -> str:
        """What a document of a kind for somebody is called."""
        kind_words = self.label("document_kind", kind)
        return f"{kind_words}: {recipient}" if recipient else kind_words

    def title(self, page: ProposalPage) -> str:
        """The subject, or what a proposal without one is called."""
        subject = str(page.values["subject"] or "")
        return subject or self._kit.words.gettext("Proposal without a subject")
