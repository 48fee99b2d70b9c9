"""Our figures of a benefit against numpy-financial, which shares no code with us: floats there, exact decimals here."""

from __future__ import annotations

import math
from decimal import Decimal
from itertools import accumulate, pairwise

import numpy_financial as npf
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kamdesk.model.inputs import AssumptionData, BenefitData, BenefitLine
from kamdesk.rules.benefit import annual_irr, evaluate, payback, period_rate
from kamdesk.rules.sensitivity import analyse

QUICK = settings(max_examples=60, deadline=None)
D = Decimal
YEARS = {"year": 1, "quarter": 4, "month": 12}

money = st.decimals(0, 10**7, places=2)
flows = st.lists(money, min_size=1, max_size=12)
rates = st.decimals("0.1", 60, places=1)
periods = st.sampled_from(sorted(YEARS))


def _model(spent: Decimal, flow: list[Decimal], period: str, rate: Decimal) -> BenefitData:
    return BenefitData(
        (
            BenefitLine("i", "investment", (spent,), spread=D(10)),
            BenefitLine("s", "saving", (D(0), *flow), assumption="price"),
        ),
        period,
        rate,
        assumed=(AssumptionData("price", "Цена газа", D(8), "₽/м³", D(6), D(9)),),
    )


def _npv(net: list[float], period: str, rate: Decimal) -> float:
    return float(npf.npv((1 + float(rate) / 100) ** (1 / YEARS[period]) - 1, net))


@QUICK
@given(money, flows, rates, periods)
def test_npv_and_discounted_flow(spent: Decimal, flow: list[Decimal], rate: Decimal, period: str) -> None:
    result = evaluate(_model(spent, flow, period, rate))
    net = [-float(spent), *map(float, flow)]
    scale = float(spent + sum(flow)) + 1
    assert float(result.npv) == pytest.approx(_npv(net, period, rate), abs=1e-9 * scale)
    for at in range(len(net)):
        expected = _npv(net[: at + 1], period, rate)
        assert float(result.discounted[at]) == pytest.approx(expected, abs=1e-9 * scale)


@QUICK
@given(st.decimals(1, 10**6, places=2), flows, periods)
def test_irr(spent: Decimal, flow: list[Decimal], period: str) -> None:
    assume(sum(flow) > spent / 5)
    theirs = float(npf.irr([-float(spent), *map(float, flow)]))
    assume(math.isfinite(theirs) and -0.9 < theirs < 5)  # theirs solves a polynomial and gives up far out
    ours = annual_irr([-spent, *flow], period)
    assert ours is not None
    assert float(ours) == pytest.approx(((1 + theirs) ** YEARS[period] - 1) * 100, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("period", sorted(YEARS))
@pytest.mark.parametrize("percent", [D("0.5"), D(12), D("18.5"), D(60)])
def test_the_rate_of_a_period(period: str, percent: Decimal) -> None:
    grown = npf.fv(float(period_rate(percent, period)), YEARS[period], 0, -1)
    assert float(grown) == pytest.approx(1 + float(percent) / 100, rel=1e-12)


@pytest.mark.parametrize("rate", [D("0.5"), D(12), D(25)])
def test_even_savings_are_an_annuity(rate: Decimal) -> None:
    result = evaluate(_model(D(1000), [D(400)] * 5, "year", rate))
    annuity = float(npf.pv(float(rate) / 100, 5, -400))
    assert float(result.npv) == pytest.approx(annuity - 1000, rel=1e-12)
    # the discounted payback is where that annuity is worth what was spent, within its last period taken as even
    exact = float(npf.nper(float(rate) / 100, -400, 1000))
    if exact <= 5:
        assert result.discounted_payback is not None
        assert math.floor(result.discounted_payback) == math.floor(exact)


@QUICK
@given(money, flows)
def test_payback_by_plain_interpolation(spent: Decimal, flow: list[Decimal]) -> None:
    net = [-spent, *flow]
    found = payback(net)
    summed = list(accumulate(net))
    crossings = [at + float(-a / (b - a)) for at, (a, b) in enumerate(pairwise(summed)) if a < 0 <= b]
    if summed[-1] < 0 or not any(net):
        assert found is None
    elif not crossings:
        assert found == 0
    else:
        assert float(found or 0) == pytest.approx(crossings[-1], abs=1e-9)


@QUICK
@given(st.decimals(1, 10**6, places=2), flows, rates, periods)
def test_both_ends_of_every_swing(spent: Decimal, flow: list[Decimal], rate: Decimal, period: str) -> None:
    assume(sum(flow) > 1)
    found = {swing.id: swing for swing in analyse(_model(spent, flow, period, rate)).swings}
    scale = float(spent + sum(flow)) + 1
    for end, factor in ((found["price"].low, 6 / 8), (found["price"].high, 9 / 8)):
        expected = _npv([-float(spent), *(float(a) * factor for a in flow)], period, rate)
        assert float(end.worth) == pytest.approx(expected, abs=1e-9 * scale)
    for end, factor in ((found[""].low, 0.9), (found[""].high, 1.1)):
        expected = _npv([-float(spent) * factor, *map(float, flow)], period, rate)
        assert float(end.worth) == pytest.approx(expected, abs=1e-9 * scale)
    even = found["price"].break_even
    assert even is not None
    at_even = _npv([-float(spent), *(float(a) * float(even) / 8 for a in flow)], period, rate)
    assert at_even == pytest.approx(0, abs=1e-7 * scale)
