"""What a benefit rests on and depends on most: the assumptions with their sources, both ends of the three widest, a drawing."""

from __future__ import annotations

from decimal import Decimal, localcontext

from kamdesk.documents import language as speech
from kamdesk.documents.blocks import Heading, Node, Paragraph, Picture, Run, Table
from kamdesk.documents.context.duration import duration
from kamdesk.documents.context.prices import MoneyWords
from kamdesk.documents.context.words import Words
from kamdesk.documents.tornado import Bar, tornado_chart
from kamdesk.model.inputs import AssumptionData, BenefitData, ProposalData
from kamdesk.rules.benefit import PRECISION
from kamdesk.rules.sensitivity import Ending, Sensitivity, Swing, analyse

_NBSP = "\u00a0"


def assumption_nodes(data: ProposalData, model: BenefitData, words: Words) -> list[Node]:
    """The assumptions that lines rest on as a table; a column that nobody filled is left out."""
    resting = {line.assumption for line in model.lines}
    named = [one for one in model.assumed if one.value is not None and one.id in resting]
    if not named:
        return []
    language = data.language
    ranges = [_range(one, language, words) for one in named]
    columns = [
        (words("assumption"), 0.34, [one.name for one in named]),
        (words("expected"), 0.18, [_valued(one.value or Decimal(0), one.unit, language) for one in named]),
        (words("range"), 0.22, ranges),
        (words("source"), 0.26, [one.source for one in named]),
    ]
    kept = [column for column in columns if any(column[2])]
    rows = tuple(tuple(column[2][at] for column in kept) for at in range(len(named)))
    table = Table(
        tuple(column[0] for column in kept),
        rows,
        ("left",) * len(kept),
        tuple(column[1] for column in kept),
    )
    return [Heading(words("rests_on"), 2), table]


def sensitivity_nodes(data: ProposalData, model: BenefitData, words: Words) -> list[Node]:
    """A table of both ends, the drawing, and a sentence where it pays even at the worst; nothing where nothing varies."""
    found = analyse(model)
    if not found.swings:
        return []
    writer = _Writer(data, model, found, words)
    nodes: list[Node] = [Heading(words("sensitivity"), 2), writer.table(), writer.picture()]
    if found.always_pays:
        nodes.append(Paragraph((Run(writer.verdict(), bold=True),)))
    return nodes


def _range(one: AssumptionData, language: str, words: Words) -> str:
    if one.low is None and one.high is None:
        return ""
    low, high = (one.value if end is None else end for end in (one.low, one.high))
    return words(
        "range_from_to",
        low=speech.number(low or Decimal(0), language),
        high=_valued(high or Decimal(0), one.unit, language),
    )


def _valued(value: Decimal, unit: str, language: str) -> str:
    return _NBSP.join(part for part in (speech.number(value, language), unit.strip()) if part)


class _Writer:
    """One analysis in the words of one document."""

    def __init__(self, data: ProposalData, model: BenefitData, found: Sensitivity, words: Words) -> None:
        self._data, self._model, self._found, self._words = data, model, found, words
        self._money = MoneyWords(data)
        self._measure = words("npv" if found.measure == "npv" else "cumulative")

    def table(self) -> Table:
        """Two rows for each of the three, the lower value first."""
        words, money = self._words, self._money
        short = (
            "NPV" if self._found.measure == "npv" else self._measure
        )  # its full name stands in the results above
        header = (words("assumption"), words("at_value"), f"{short}, {money.unit}", words("payback"))
        evens = [self._even(swing) for swing in self._found.biggest]
        rows = [
            (swing.name if first else "", self.value(swing, end.value), money.whole(end.worth), self._back(end), even if first else "")
            for swing, even in zip(self._found.biggest, evens, strict=True)
            for first, end in ((True, swing.low), (False, swing.high))
        ]  # fmt: skip
        widths: tuple[float, ...] = (0.28, 0.16, 0.2, 0.2, 0.16)
        if not any(evens):
            return Table(
                header,
                tuple(row[:4] for row in rows),
                ("left", "right", "right", "left"),
                (0.34, 0.2, 0.22, 0.24),
            )
        return Table(
            (*header, words("break_even")), tuple(rows), ("left", "right", "right", "left", "right"), widths
        )

    def picture(self) -> Picture:
        """The tornado."""
        words, money = self._words, self._money
        bars = []
        for swing in self._found.biggest:
            low, high = (
                f"{self.value(swing, end.value)}: {money.whole(end.worth)}" for end in (swing.low, swing.high)
            )
            bars.append(Bar(swing.name, swing.low.worth, swing.high.worth, low, high))
        base = words("as_expected", sum=money.whole(self._found.base))
        drawing = tornado_chart(
            bars,
            self._found.base,
            title=words("tornado_title", measure=self._measure, unit=money.unit),
            base_says=base,
            legend=(words("at_lowest"), words("at_highest")),
        )
        told = "; ".join(f"{bar.name}: {bar.low_says}, {bar.high_says}" for bar in bars)
        return Picture(alt=words("tornado_alt", said=told), width=170, svg=drawing)

    def verdict(self) -> str:
        """«Проект окупается и при худшем из трёх: …»"""
        worst = self._found.worst
        assert worst is not None
        return self._words(
            f"pays_{len(self._found.biggest)}",
            name=worst.name,
            value=self.value(worst, worst.worse.value),
            sum=self._money.forecast(worst.worse.worth),
        )

    def value(self, swing: Swing, value: Decimal) -> str:
        """A value with its unit; for a line that rests on none, how far it is off: «−10 %»."""
        language = self._data.language
        if swing.id:
            return _valued(value, swing.unit, language)
        off = value - 100
        return ("+" if off > 0 else "") + speech.percent(off, language)

    def _even(self, swing: Swing) -> str:
        if swing.break_even is None:
            return ""
        step = Decimal(1).scaleb(min(0, swing.expected.adjusted() - 2))  # three digits of what is expected
        where = "break_even_below" if swing.gains_above else "break_even_above"
        with localcontext() as context:
            context.prec = PRECISION  # an assumption that hardly matters may have to become huge
            even = swing.break_even.quantize(step)
        return self._words(where, value=self.value(swing, even))

    def _back(self, end: Ending) -> str:
        if end.payback is None:
            return self._words("never_back")
        return duration(end.payback, self._model.period, self._data.language, self._words)
