"""Payback, ROI, NPV and IRR against independent computations."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kamdesk.model.inputs import BenefitData, BenefitLine
from kamdesk.rules.benefit import annual_irr, evaluate, net_flow, payback, period_rate, years_and_months

QUICK = settings(max_examples=60, deadline=None)
D = Decimal

money = st.decimals(0, 10**7, places=2)
later = st.lists(money, min_size=1, max_size=8)


def model(*lines: tuple[str, list[int]], rate: str = "0", period: str = "year") -> BenefitData:
    rows = tuple(BenefitLine(kind, kind, tuple(D(amount) for amount in amounts)) for kind, amounts in lines)
    return BenefitData(rows, period, D(rate))


def test_a_textbook_project() -> None:
    result = evaluate(
        model(("investment", [1000]), ("saving", [0, 400, 400, 400]), ("cost", [0, 0, 100]), rate="10")
    )
    assert result.net == (D(-1000), D(400), D(300), D(400))
    assert result.cumulative == (D(-1000), D(-600), D(-300), D(100))
    assert result.payback == D("2.75")
    assert result.discounted_payback is None
    assert round(result.npv, 2) == D("-87.90")
    assert result.roi == D(10)
    assert result.effect == D(100)
    assert (result.investment, result.costs, result.savings, result.income) == (1000, 100, 1200, 0)


def test_payback_counts_the_last_return_to_black() -> None:
    flow = [D(-100), D(150), D(-100), D(100)]
    assert payback(flow) == D("2.5")


def test_payback_where_there_is_none() -> None:
    assert payback([]) is None
    assert payback([D(0), D(0)]) is None
    assert payback([D(-10), D(5)]) is None
    assert payback([D(0), D(5)]) == 0
    assert payback([D(-10), D(10)]) == 1
    assert payback([D(-10), D(0), D(10), D(0)]) == 2


def test_empty_model_gives_nothing_to_say() -> None:
    result = evaluate(BenefitData())
    assert (result.npv, result.effect, result.net) == (0, 0, ())
    assert result.payback is None
    assert result.roi is None
    assert result.irr is None
    assert evaluate(model(("saving", [0, 10]))).roi is None


def test_irr_of_a_simple_flow() -> None:
    irr = annual_irr([D(-100), D(60), D(60)], "year")
    assert irr is not None
    assert round(irr, 4) == D("13.0662")


def test_irr_is_none_where_there_is_none_or_two() -> None:
    assert annual_irr([], "year") is None
    assert annual_irr([D(-1), D(-2)], "year") is None
    assert annual_irr([D(10), D(-5)], "year") is None
    assert annual_irr([D(-100), D(230), D(-132)], "year") is None


def test_irr_with_two_sign_changes_but_one_root() -> None:
    irr = annual_irr([D(-100), D(200), D(-10), D(50)], "year")
    assert irr is not None
    rate = irr / 100
    assert abs(-100 + 200 / (1 + rate) - 10 / (1 + rate) ** 2 + 50 / (1 + rate) ** 3) < D("1e-15")


def test_monthly_irr_is_stated_by_the_year() -> None:
    irr = annual_irr([D(-100), D(101)], "month")
    assert irr is not None
    assert round(irr, 6) == round((D("1.01") ** 12 - 1) * 100, 6)


@pytest.mark.parametrize(("period", "times"), [("year", 1), ("quarter", 4), ("month", 12)])
def test_rate_of_a_period_compounds_to_the_annual_one(period: str, times: int) -> None:
    assert abs((1 + period_rate(D(18), period)) ** times - D("1.18")) < D("1e-25")


def test_wrong_input_is_named() -> None:
    with pytest.raises(ValueError, match="kind"):
        net_flow(model(("magic", [1])))
    with pytest.raises(ValueError, match="period"):
        evaluate(model(period="week"))
    with pytest.raises(ValueError, match="rate"):
        evaluate(model(rate="-100"))


@QUICK
@given(money, later, st.decimals(0, 60, places=1), st.sampled_from(["year", "quarter", "month"]))
def test_npv_equals_the_plain_sum(spent: Decimal, flow: list[Decimal], rate: Decimal, period: str) -> None:
    data = BenefitData(
        (BenefitLine("i", "investment", (spent,)), BenefitLine("s", "saving", (D(0), *flow))), period, rate
    )
    result = evaluate(data)
    years = {"year": Fraction(1), "quarter": Fraction(1, 4), "month": Fraction(1, 12)}[period]
    plain = -float(spent) + sum(
        float(amount) / (1 + float(rate) / 100) ** (float(years) * index)
        for index, amount in enumerate(flow, 1)
    )
    assert float(result.npv) == pytest.approx(plain, rel=1e-9, abs=1e-4)
    assert result.effect == sum(flow) - spent


@QUICK
@given(st.decimals(1, 10**6, places=2), later)
def test_npv_at_the_irr_is_nil(spent: Decimal, flow: list[Decimal]) -> None:
    assume(sum(flow) > spent / 10)
    irr = annual_irr([-spent, *flow], "year")
    assert irr is not None
    worth = -spent + sum((amount / (1 + irr / 100) ** index for index, amount in enumerate(flow, 1)), D(0))
    assert abs(worth) < D("1e-6") * (spent + sum(flow))


@QUICK
@given(st.decimals(1, 10**6, places=2), later)
def test_at_payback_the_money_is_just_back(spent: Decimal, flow: list[Decimal]) -> None:
    found = payback([-spent, *flow])
    if sum(flow) < spent:
        assert found is None
        return
    assert found is not None
    whole = int(found)
    back = sum(flow[:whole], D(0)) + (flow[whole] * (found - whole) if whole < len(flow) else 0)
    assert abs(back - spent) < D("0.0001")


def test_payback_in_years_and_months() -> None:
    assert years_and_months(D("2.75"), "year") == (2, 9)
    assert years_and_months(D("2.76"), "year") == (2, 10)
    assert years_and_months(D("5"), "quarter") == (1, 3)
    assert years_and_months(D("12.5"), "month") == (1, 1)
    assert years_and_months(D(1) / D(3), "year") == (0, 4)
