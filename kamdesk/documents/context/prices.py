"""The offer as a table with totals and VAT by rate, alternatives apart, and the sum in words (R2)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kamdesk.documents import language as speech
from kamdesk.documents.blocks import Heading, Node, Paragraph, Run, Table
from kamdesk.documents.context.words import Words
from kamdesk.model.inputs import ProposalData
from kamdesk.model.values import MINOR_UNITS
from kamdesk.rules.offer import AlternativeTotals, LineTotals, OfferTotals, shown

_DIGITS = {"1000": 1, "1000000": 2}
_LONG_NAME = 40
"""Characters of the name of a line that stand beside an article and a discount."""
_VARIANTS = ("вариант", "варианта", "вариантов")


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
    """Heading, table of firm lines with totals, each alternative apart, options, the sum in words; empty without an offer."""
    if not totals.lines:
        return ()
    money = MoneyWords(data)
    nodes: list[Node] = [Heading(words("prices"))]
    if totals.alternatives:
        nodes += _alternatives(data, totals, words, money)
    else:
        firm = [line for line in totals.lines if not line.line.optional]
        if firm:
            nodes.append(_amounts_in(words, money))
            nodes.append(_table(data, firm, _total_rows(data, totals, words, money), words, money))
    if any(not line.line.optional for line in totals.lines):
        nodes += _in_words(data, totals, words, money)
    return (*nodes, *_options(data, totals, words, money))


def _alternatives(data: ProposalData, totals: OfferTotals, words: Words, money: MoneyWords) -> list[Node]:
    """What there is to choose from side by side, then each alternative whole, as if it were the only one."""
    n = len(totals.alternatives)
    variants = speech.plural(n, _VARIANTS)
    lead = words("alternatives_lead", n=str(n), variants=variants, name=totals.recommended)
    nodes: list[Node] = []
    if n > 1:
        nodes += [Paragraph((Run(lead),)), _amounts_in(words, money), _side_by_side(totals, words, money)]
    for one in totals.alternatives:
        rows = _total_rows(data, one, words, money)
        nodes += [Heading(words("alternative_named", name=one.name), 2), _amounts_in(words, money)]
        nodes.append(_table(data, one.lines, rows, words, money))
    return nodes


def _side_by_side(totals: OfferTotals, words: Words, money: MoneyWords) -> Table:
    taxed = any(one.vat for one in totals.alternatives)
    header = ("total_without_vat", "vat_column", "total_with_vat") if taxed else ("total_no_vat",)
    rows = []
    for one in totals.alternatives:
        name = words("recommended", name=one.name) if one.name == totals.recommended else one.name
        amounts = (one.net, one.vat, one.gross) if taxed else (one.gross,)
        rows.append((name, *(money.cell(amount) for amount in amounts)))
    strong = next(at for at, one in enumerate(totals.alternatives) if one.name == totals.recommended)
    return Table(
        header=(words("alternative"), *(words(key) for key in header)),
        rows=tuple(rows),
        alignments=("left", *("right",) * len(header)),
        widths=(0.4, *(0.6 / len(header),) * len(header)),
        strong_rows=(strong,),
    )


def _options(data: ProposalData, totals: OfferTotals, words: Words, money: MoneyWords) -> list[Node]:
    """What can be added, apart; added up where all of it fits every alternative."""
    options = [line for line in totals.lines if line.line.optional]
    if not options:
        return []
    own = any(line.line.alternative.strip() for line in options)
    sums = (words("total"), money.cell(_own(data, totals.optional_net, totals.optional_gross)))
    rows = [sums] if len(options) > 1 and not own else []
    table = _table(data, options, rows, words, money)
    return [Heading(words("optional"), 2), _amounts_in(words, money), table]


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
    # Beside a discount there is no room for articles: names would run over six lines and more.
    cramped = discounts and units and max((len(line.line.name) for line in lines), default=0) > _LONG_NAME
    articles = not cramped and any(line.line.article for line in lines)
    columns = [
        ("no", 0.05, "left"),
        ("article", 0.12, "left"),
        ("item", 0.32 if articles else 0.44, "left"),
        ("unit", 0.08, "left"),
        ("quantity", 0.08, "right"),
    ]
    columns += [("price", 0.13, "right"), ("discount", 0.08, "right"), ("sum", 0.14, "right")]
    left_out = {
        key for key, used in (("article", articles), ("unit", units), ("discount", discounts)) if not used
    }
    columns = [column for column in columns if column[0] not in left_out]
    rows = [_row(data, number, line, left_out, words, money) for number, line in enumerate(lines, 1)]
    before = [key for key, _, _ in columns].index("item")
    blanks = ("",) * (len(columns) - before - 2)
    return Table(
        header=tuple(words(key) for key, _, _ in columns),
        rows=(*rows, *((*("",) * before, label, *blanks, amount) for label, amount in totals)),
        alignments=tuple(align for _, _, align in columns),
        widths=tuple(width for _, width, _ in columns),
        total_rows=len(totals),
    )


def _row(
    data: ProposalData, number: int, line: LineTotals, left_out: set[str], words: Words, money: MoneyWords
) -> tuple[str, ...]:
    source = line.line
    limited = source.optional and source.alternative.strip()
    only = words("of_alternative", name=source.alternative.strip()) if limited else ""
    article = source.article if "article" in left_out else ""
    name = "\n".join(part for part in (source.name, article, source.note, only) if part)
    cells = {
        "no": str(number),
        "article": source.article,
        "item": name,
        "unit": source.unit,
        "quantity": speech.number(source.quantity, data.language),
        "price": money.cell(source.price),
        "discount": speech.percent(source.discount, data.language) if source.discount else "",
        "sum": money.cell(line.amount),
    }
    return tuple(value for key, value in cells.items() if key not in left_out)


def _total_rows(
    data: ProposalData, totals: OfferTotals | AlternativeTotals, words: Words, money: MoneyWords
) -> list[tuple[str, str]]:
    """The discount on the whole, then VAT by rate and the total, as they follow from each other."""
    off: list[tuple[str, str]] = []
    if totals.off:
        rate = speech.percent(data.total_discount, data.language)
        percent = data.total_discount_kind == "percent"
        called = words("whole_discount_rate", rate=rate) if percent else words("whole_discount")
        off = [(words("lines_sum"), money.cell(totals.amount)), (called, money.cell(-totals.off))]
    return off + _sums(data, totals, words, money)


def _sums(
    data: ProposalData, totals: OfferTotals | AlternativeTotals, words: Words, money: MoneyWords
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
    paid = {"sum": money.full(totals.gross), "words": spoken}
    chosen = totals.recommended
    said = words("to_pay_for", name=chosen, **paid) if chosen else words("to_pay", **paid)
    nodes: list[Node] = [Paragraph((Run(said, bold=True),))]
    if totals.discount:
        nodes.append(Paragraph((Run(words("saved", sum=money.full(totals.discount))),)))
    return nodes
