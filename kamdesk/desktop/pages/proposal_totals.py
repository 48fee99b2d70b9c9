"""What an offer comes to, as it is typed: discounts, VAT by rate, each alternative, options besides."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.widgets.basic import clear, label
from kamdesk.rules.offer import OfferTotals

Line = tuple[str, str, str]
"""Words, amount, look."""


class TotalsBox(QWidget):
    """``say(totals, money)``: ``money`` writes an amount; None empties the box."""

    def __init__(self, kit: Kit, words: ProposalWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit, self._words = kit, words
        self.lines = QGridLayout()
        self.lines.setHorizontalSpacing(18)
        self.lines.setVerticalSpacing(2)
        self._choice = QGridLayout()
        self._choice.setHorizontalSpacing(18)
        self._choice.setVerticalSpacing(2)
        place = QHBoxLayout(self)
        place.setContentsMargins(0, 0, 0, 0)
        place.addLayout(self._choice)
        place.addStretch(1)
        place.addLayout(self.lines)
        place.setAlignment(self._choice, Qt.AlignmentFlag.AlignTop)

    def say(self, counted: OfferTotals | None, money: Callable[[Decimal], str] = str) -> None:
        """Say it anew."""
        clear(self.lines)
        clear(self._choice)
        if counted is None:
            return
        self._fill(self.lines, self._totals(counted, money))
        if counted.alternatives:
            self._fill(self._choice, self._alternatives(counted, money))

    def _totals(self, counted: OfferTotals, money: Callable[[Decimal], str]) -> list[Line]:
        _ = self._kit.words.gettext
        lines: list[Line] = []
        if counted.discount != counted.off:
            lines.append((_("Discounts take off"), money(counted.discount - counted.off), "muted"))
        if counted.off:
            lines.append((_("Sum of the lines"), money(counted.amount), "muted"))
            lines.append((_("Discount on the whole"), money(-counted.off), "muted"))
        if counted.vat:
            lines.append((_("Without VAT"), money(counted.net), "muted"))
        for rate in counted.by_rate:
            if rate.rate is not None:
                words = _("VAT {rate}").format(rate=self._words.percent(rate.rate))
                lines.append((words, money(rate.vat), "muted"))
            elif counted.vat:
                lines.append((_("Not subject to VAT"), money(rate.gross), "muted"))
        lines.append((_("In total"), money(counted.gross), "heading"))
        if counted.optional_gross:
            lines.append((_("Options besides"), money(counted.optional_gross), "muted"))
        return lines

    def _alternatives(self, counted: OfferTotals, money: Callable[[Decimal], str]) -> list[Line]:
        """Each alternative with its total; the one the totals beside are of is marked in words."""
        _ = self._kit.words.gettext
        return [
            (
                _("{name}: recommended").format(name=one.name)
                if one.name == counted.recommended
                else one.name,
                money(one.gross),
                "" if one.name == counted.recommended else "muted",
            )
            for one in counted.alternatives
        ]

    def _fill(self, layout: QGridLayout, lines: list[Line]) -> None:
        for at, (words, amount, look) in enumerate(lines):
            value = label(self._kit, lambda amount=amount: amount, look)
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(label(self._kit, lambda words=words: words, look), at, 0)
            layout.addWidget(value, at, 1)
