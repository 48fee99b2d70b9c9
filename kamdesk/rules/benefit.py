"""The client's benefit in figures (R3): payback, ROI, NPV and IRR in exact decimals.

Definitions follow the Methodical Recommendations on Evaluating Investment Projects (Russia, No. VK 477 of
21.06.1999, section 2.8 and appendix 1), which agree with Brealey, Myers & Allen, "Principles of Corporate
Finance", chapters 2 and 5. Amounts of a period are taken at its end; period 0 is the start and is not discounted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal, localcontext
from itertools import accumulate, pairwise
from typing import Final

from kamdesk.model.inputs import BenefitData

PERIODS_PER_YEAR: Final = {"year": 1, "quarter": 4, "month": 12}
_AGAINST: Final = frozenset({"investment", "cost"})
_FOR: Final = frozenset({"saving", "income"})
PRECISION: Final = 50
"""Digits kept while working out: far more than any money has."""
_NIL: Final = Decimal(0)
_ONE: Final = Decimal(1)


@dataclass(frozen=True, slots=True)
class BenefitResult:
    """The benefit model worked out. Money is in the currency of the amounts, unrounded.

    ``net`` and ``cumulative`` have one entry a period from 0 on; ``discounted`` is the cumulative discounted flow.
    ``payback`` and ``discounted_payback`` are in periods with a fraction, None where the money does not come back.
    ``roi``, ``irr`` and ``period_rate`` are percent (``irr`` a year), None where there is none to speak of.
    """

    net: tuple[Decimal, ...]
    cumulative: tuple[Decimal, ...]
    discounted: tuple[Decimal, ...]
    investment: Decimal
    costs: Decimal
    savings: Decimal
    income: Decimal
    payback: Decimal | None
    discounted_payback: Decimal | None
    npv: Decimal
    roi: Decimal | None
    irr: Decimal | None
    period_rate: Decimal

    @property
    def effect(self) -> Decimal:
        """The cumulative effect over all periods, not discounted."""
        return self.cumulative[-1] if self.cumulative else _NIL


def evaluate(data: BenefitData) -> BenefitResult:
    """Work out a benefit model; an empty one gives zeros and None.

    Raises ValueError for an unknown kind of line, an unknown period or a rate of −100 % or less.
    """
    net = net_flow(data)
    with localcontext() as context:
        context.prec = PRECISION
        rate = period_rate(data.discount_rate, data.period)
        discounted = tuple(amount / (_ONE + rate) ** index for index, amount in enumerate(net))
        by_kind = {kind: _total(data, kind) for kind in (*_AGAINST, *_FOR)}
        investment = by_kind["investment"]
        gain = by_kind["saving"] + by_kind["income"] - by_kind["cost"] - investment
        return BenefitResult(
            net=net,
            cumulative=tuple(accumulate(net)),
            discounted=tuple(accumulate(discounted)),
            investment=investment,
            costs=by_kind["cost"],
            savings=by_kind["saving"],
            income=by_kind["income"],
            payback=payback(net),
            discounted_payback=payback(discounted),
            npv=sum(discounted, _NIL),
            roi=gain / investment * 100 if investment else None,
            irr=annual_irr(net, data.period),
            period_rate=rate * 100,
        )


def _total(data: BenefitData, kind: str) -> Decimal:
    return sum((sum(line.amounts, _NIL) for line in data.lines if line.kind == kind), _NIL)


def net_flow(data: BenefitData) -> tuple[Decimal, ...]:
    """Savings and income less investment and costs, by period; lines of unequal length count as 0 at their end."""
    length = max((len(line.amounts) for line in data.lines), default=0)
    flow = [_NIL] * length
    for line in data.lines:
        if line.kind not in _AGAINST | _FOR:
            raise ValueError(f"unknown kind of line: {line.kind}")
        sign = -1 if line.kind in _AGAINST else 1
        for index, amount in enumerate(line.amounts):
            flow[index] += sign * amount
    return tuple(flow)


def period_rate(annual_percent: Decimal, period: str) -> Decimal:
    """The rate of one period as a fraction: ``(1 + r) ** (1 / m) − 1``, the rate that compounds to the annual one."""
    if period not in PERIODS_PER_YEAR:
        raise ValueError(f"unknown period: {period}")
    if annual_percent <= -100:
        raise ValueError("a discount rate must be above -100 %")
    times = PERIODS_PER_YEAR[period]
    if times == 1:
        return annual_percent / 100
    with localcontext() as context:
        context.prec = PRECISION
        return (_ONE + annual_percent / 100) ** (_ONE / times) - _ONE


def payback(flow: Sequence[Decimal]) -> Decimal | None:
    """Periods until the cumulative flow becomes *and stays* non-negative (VK 477, section 2.8).

    Within the period the flow is taken as even. 0 where money is never out; None where it does not come back or
    where there is nothing to pay back with.
    """
    cumulative = list(accumulate(flow))
    if not cumulative or cumulative[-1] < 0 or not any(flow):
        return None
    below = [index for index, amount in enumerate(cumulative) if amount < 0]
    if not below:
        return _NIL
    last = below[-1]
    return last + -cumulative[last] / flow[last + 1]


def annual_irr(flow: Sequence[Decimal], period: str) -> Decimal | None:
    """The internal rate of return, percent a year; None where there is none or more than one may exist.

    One root is sure when the flow changes its sign once (Descartes) or its cumulative sum does (Norstrom, 1972). A
    flow that begins with money coming in has no return to speak of. Found by bisection of the discount factor.
    """
    first = next((index for index, amount in enumerate(flow) if amount), None)
    if first is None or flow[first] > 0:
        return None
    tail = list(flow[first:])
    if _sign_changes(tail) == 1:
        factor = _root(tail, bounded=False)
    elif _sign_changes(list(accumulate(tail))) == 1 and sum(tail) > 0:
        factor = _root(tail, bounded=True)
    else:
        return None
    with localcontext() as context:
        context.prec = PRECISION
        return ((_ONE / factor) ** PERIODS_PER_YEAR[period] - _ONE) * 100


def _sign_changes(values: Sequence[Decimal]) -> int:
    signs = [value > 0 for value in values if value]
    return sum(left != right for left, right in pairwise(signs))


def _root(flow: Sequence[Decimal], *, bounded: bool) -> Decimal:
    """The discount factor above 0 at which the flow, negative first, is worth nothing; at most 1 when bounded."""
    with localcontext() as context:
        context.prec = PRECISION
        low, high = _NIL, _ONE
        while not bounded and _worth(flow, high) < 0:
            low, high = high, high * 2
        while high - low > high.scaleb(-30):
            middle = (low + high) / 2
            if _worth(flow, middle) < 0:
                low = middle
            else:
                high = middle
        return (low + high) / 2


def _worth(flow: Sequence[Decimal], factor: Decimal) -> Decimal:
    worth = _NIL
    for amount in reversed(flow):
        worth = worth * factor + amount
    return worth


def years_and_months(periods: Decimal, period: str) -> tuple[int, int]:
    """A payback in whole years and months, rounded up to the month: never promise sooner than it is."""
    months = (periods * 12 / PERIODS_PER_YEAR[period]).quantize(Decimal("0.0001"))
    whole = int(months.to_integral_value(ROUND_CEILING))
    return divmod(whole, 12)
