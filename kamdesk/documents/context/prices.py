"""The offer as a table with totals and VAT by rate, and the sum in words (R2)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kamdesk.documents import language as speech
from kamdesk.documents.blocks import Heading, Node, Paragraph, Run, Table
from kamdesk.documents.context.words import Words
from kamdesk.model.inputs import ProposalData
from kamdesk.model.values import MINOR_UNITS
from kamdesk.rules.offer import LineTotals, OfferTotals, shown

_DIGITS = {"1000": 1, "1000000": 2}


class MoneyWords:
    """Amounts of one proposal in words and figures: its currency, unit and language."""

    def __init__(self, data: ProposalData) -> None:
        self._data = data

    def full(self, amount: Decimal) -> str:
        """The amount to the kopeck with its currency."""
        return speech.money(amount, self._data.currency, self._data.language)

    def short(self, amount: Decimal) -> str:
        """The amount in the unit of the tables, with the unit."""
        return speech.money(amount, self._data.currency, self._data.language, self._data.money_unit)

    def cell(self, amount: Decimal) -> str:
        """The amount in the unit of the tables, bare."""
        digits = _DIGITS.get(self._data.money_unit, MINOR_UNITS.get(self._data.currency, 2))
        return speech.number(
            shown(amount, self._data.money_unit, self._data.currency), self._data.language, digits
        )

    def whole(self, amount: Decimal) -> str:
        """Like ``cell`` without kopecks: for forecasts, in which kopecks would be a pretence."""
        if self._data.money_unit != "1":
            return self.cell(amount)
        return speech.number(amount, self._data.language, 0)

    def forecast(self, amount: Decimal) -> str:
        """The amount in the unit of the tables, with the unit, without kopecks."""
        if self._data.money_unit != "1":
            return self.short(amount)
        nothing = speech.money(Decimal(0), self._data.currency, self._data.language)
        return nothing.replace(
            speech.number(Decimal(0), self._data.language, self._minor), self.whole(amount)
        )

    @property
    def _minor(self) -> int:
        return MINOR_UNITS.get(self._data.currency, 2)

    @property
    def unit(self) -> str:
        """«₽», «тыс. ₽», "£ thousand"."""
        from babel.numbers import get_currency_symbol

        symbol = str(get_currency_symbol(self._data.currency, locale=self._data.language))
        words = {"1000": ("thousand", "тыс."), "1000000": ("million", "млн")}.get(self._data.money_unit)
        if words is None:
            return symbol
        return f"{words[1]}\u00a0{symbol}" if self._data.language == "ru" else f"{symbol}\u00a0{words[0]}"


def price_nodes(data: ProposalData, totals: OfferTotals, words: Words) -> tuple[Node, ...]:
    """Heading, table of firm lines with totals, options apart, the sum in words; empty without an offer."""
    if not totals.lines:
        return ()
    firm = [line for line in totals.lines if not line.line.optional]
    options = [line for line in totals.lines if line.line.optional]
    money = MoneyWords(data)
    nodes: list[Node] = [Heading(words("prices"))]
    if firm:
        nodes.append(_amounts_in(words, money))
        nodes.append(_table(data, firm, _total_rows(data, totals, words, money), words, money))
        nodes += _in_words(data, totals, words, money)
    if options:
        sums = (words("total"), money.cell(_own(data, totals.optional_net, totals.optional_gross)))
        nodes += [Heading(words("optional"), 2), _amounts_in(words, money)]
        nodes.append(_table(data, options, [sums] if len(options) > 1 else [], words, money))
    return tuple(nodes)


def _amounts_in(words: Words, money: MoneyWords) -> Node:
    return Paragraph(
        (Run(words("amounts_in", unit=money.unit)),), align="right", role="small", keep_next=True
    )


def _own(data: ProposalData, net: Decimal, gross: Decimal) -> Decimal:
    """The amount in the terms of the prices as typed: VAT comes on top in the totals, or is already in."""
    return net if data.vat_mode == "on_top" else gross


def _table(
    data: ProposalData,
    lines: Sequence[LineTotals],
    totals: list[tuple[str, str]],
    words: Words,
    money: MoneyWords,
) -> Table:
    discounts = any(line.line.discount for line in lines)
    units = any(line.line.unit for line in lines)
    columns = [
        ("no", 0.05, "left"),
        ("item", 0.44, "left"),
        ("unit", 0.08, "left"),
        ("quantity", 0.08, "right"),
    ]
    columns += [("price", 0.13, "right"), ("discount", 0.08, "right"), ("sum", 0.14, "right")]
    left_out = {key for key, used in (("unit", units), ("discount", discounts)) if not used}
    columns = [column for column in columns if column[0] not in left_out]
    rows = [_row(data, number, line, left_out, money) for number, line in enumerate(lines, 1)]
    blanks = ("",) * (len(columns) - 3)
    return Table(
        header=tuple(words(key) for key, _, _ in columns),
        rows=(*rows, *(("", label, *blanks, amount) for label, amount in totals)),
        alignments=tuple(align for _, _, align in columns),
        widths=tuple(width for _, width, _ in columns),
        total_rows=len(totals),
    )


def _row(
    data: ProposalData, number: int, line: LineTotals, left_out: set[str], money: MoneyWords
) -> tuple[str, ...]:
    source = line.line
    name = f"{source.name}\n{source.note}" if source.note else source.name
    cells = {
        "no": str(number),
        "item": name,
        "unit": source.unit,
        "quantity": speech.number(source.quantity, data.language),
        "price": money.cell(source.price),
        "discount": speech.percent(source.discount, data.language) if source.discount else "",
        "sum": money.cell(_own(data, line.net, line.gross)),
    }
    return tuple(value for key, value in cells.items() if key not in left_out)


def _total_rows(
    data: ProposalData, totals: OfferTotals, words: Words, money: MoneyWords
) -> list[tuple[str, str]]:
    taxed = [rate for rate in totals.by_rate if rate.rate is not None]
    if not taxed:
        return [(words("total_no_vat"), money.cell(totals.gross))]
    label = "vat" if data.vat_mode == "on_top" else "vat_within"
    rates = [
        (words(label, rate=speech.percent(rate.rate, data.language)), money.cell(rate.vat))
        for rate in taxed
        if rate.rate is not None
    ]
    if data.vat_mode == "on_top":
        return [
            (words("total_without_vat"), money.cell(totals.net)),
            *rates,
            (words("total_with_vat"), money.cell(totals.gross)),
        ]
    return [(words("total"), money.cell(totals.gross)), *rates]


def _in_words(data: ProposalData, totals: OfferTotals, words: Words, money: MoneyWords) -> list[Node]:
    spoken = speech.in_words(totals.gross, data.currency, data.language)
    nodes: list[Node] = [
        Paragraph((Run(words("to_pay", sum=money.full(totals.gross), words=spoken), bold=True),))
    ]
    if totals.discount:
        nodes.append(Paragraph((Run(words("saved", sum=money.full(totals.discount))),)))
    return nodes
