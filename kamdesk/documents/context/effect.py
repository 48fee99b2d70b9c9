"""The benefit model as a table, results in words, a chart, and what it all depends on (R3)."""

from __future__ import annotations

from decimal import Decimal

from kamdesk.documents import language as speech
from kamdesk.documents.blocks import KeyValues, Node, Paragraph, Picture, Run, Table
from kamdesk.documents.chart import benefit_chart
from kamdesk.documents.context.duration import duration
from kamdesk.documents.context.prices import MoneyWords
from kamdesk.documents.context.sensitivity import assumption_nodes, sensitivity_nodes
from kamdesk.documents.context.words import Words
from kamdesk.model.inputs import BenefitData, ProposalData
from kamdesk.rules.benefit import BenefitResult, evaluate

_WIDEST = 6
"""Periods, the start included, that fit beside each other on a page; with more the table is turned."""
_AGAINST = frozenset({"investment", "cost"})
_PERIODS = {
    ("year", "ru"): "{n}-й год",
    ("quarter", "ru"): "{n}-й кв.",
    ("month", "ru"): "{n}-й мес.",
    ("year", "en"): "Year {n}",
    ("quarter", "en"): "Q{n}",
    ("month", "en"): "Month {n}",
}


def effect_nodes(data: ProposalData, words: Words) -> tuple[Node, ...]:
    """Results, table, chart, assumptions, sensitivity, without a heading; empty without a benefit model."""
    model = data.benefit
    if model is None or not any(line.amounts for line in model.lines):
        return ()
    result, money = evaluate(model), MoneyWords(data)
    small = Paragraph(
        (Run(words("amounts_in", unit=money.unit)),), align="right", role="small", keep_next=True
    )
    nodes: list[Node] = [KeyValues(result_pairs(data, model, result, words)), small]
    nodes.append(_table(data, model, result, words, money))
    if model.assumptions:
        lead = Run(words("assumptions") + ": ", bold=True)
        nodes.append(Paragraph((lead, Run(model.assumptions)), role="small"))
    labels = _labels(model, result, data.language, words)
    nodes.append(
        Picture(
            alt=words("chart_alt"),
            width=170,
            svg=benefit_chart(
                result.net,
                result.cumulative,
                labels,
                title=words("chart_title", unit=money.unit),
                legend=(words("net_flow"), words("cumulative")),
                unit=Decimal(data.money_unit),
                language=data.language,
            ),
        )
    )
    nodes += assumption_nodes(data, model, words)
    nodes += sensitivity_nodes(data, model, words)
    return tuple(nodes)


def result_pairs(
    data: ProposalData, model: BenefitData, result: BenefitResult, words: Words
) -> tuple[tuple[str, str], ...]:
    """Payback, NPV, ROI, IRR and the cumulative effect, each where it exists."""
    money = MoneyWords(data)
    found: list[tuple[str, str]] = []
    if result.payback is not None:
        found.append((words("payback"), duration(result.payback, model.period, data.language, words)))
    if result.discounted_payback is not None and model.discount_rate:
        spoken = duration(result.discounted_payback, model.period, data.language, words)
        found.append((words("discounted_payback"), spoken))
    if model.discount_rate:
        found.append((words("npv"), money.forecast(result.npv)))
    for key, value in (("roi", result.roi), ("irr", result.irr)):
        if value is not None:
            found.append((words(key), speech.percent(value, data.language, 0)))
    if model.discount_rate:
        yearly = words("a_year", rate=speech.percent(model.discount_rate, data.language))
        found.append((words("rate"), yearly))
    found.append((words("cumulative"), money.forecast(result.effect)))
    return tuple(found)


def _labels(model: BenefitData, result: BenefitResult, language: str, words: Words) -> tuple[str, ...]:
    pattern = _PERIODS[model.period, language]
    return (words("start"), *(pattern.format(n=number) for number in range(1, len(result.net))))


def _table(
    data: ProposalData, model: BenefitData, result: BenefitResult, words: Words, money: MoneyWords
) -> Table:
    labels = _labels(model, result, data.language, words)
    sums = ((words("net_flow"), result.net), (words("cumulative"), result.cumulative))
    if len(labels) > _WIDEST:
        return _turned(model, result, labels, words, money)
    rows = [
        (line.name, *(money.whole(amount) for amount in _signed(line.kind, line.amounts, labels)))
        for line in model.lines
    ]
    rows += [(name, *(money.whole(amount) for amount in amounts)) for name, amounts in sums]
    wide = max(0.3, 0.5 - 0.04 * len(labels))
    return Table(
        header=(words("indicator"), *labels),
        rows=tuple(rows),
        alignments=("left", *("right",) * len(labels)),
        widths=(wide, *((1 - wide) / len(labels),) * len(labels)),
        total_rows=2,
    )


def _turned(
    model: BenefitData, result: BenefitResult, labels: tuple[str, ...], words: Words, money: MoneyWords
) -> Table:
    """Periods down, kinds across: what many months or quarters need."""
    against, gained = [Decimal(0)] * len(labels), [Decimal(0)] * len(labels)
    for line in model.lines:
        for index, amount in enumerate(_signed(line.kind, line.amounts, labels)):
            (against if line.kind in _AGAINST else gained)[index] += amount
    columns = zip(labels, against, gained, result.net, result.cumulative, strict=True)
    return Table(
        header=(words("period"), words("outlays"), words("gains"), words("net_flow"), words("cumulative")),
        rows=tuple((label, *(money.whole(amount) for amount in amounts)) for label, *amounts in columns),
        alignments=("left", *("right",) * 4),
        widths=(0.2, 0.2, 0.2, 0.2, 0.2),
    )


def _signed(kind: str, amounts: tuple[Decimal, ...], labels: tuple[str, ...]) -> list[Decimal]:
    sign = -1 if kind in _AGAINST else 1
    padded = [*amounts, *[Decimal(0)] * (len(labels) - len(amounts))]
    return [amount * sign if amount else amount for amount in padded]
