"""Which assumption moves the result most, and at which value nothing is gained any more."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kamdesk.model.inputs import AssumptionData, BenefitData, BenefitLine
from kamdesk.rules.sensitivity import analyse

D = Decimal
GAS = AssumptionData("gas", "Цена газа", D(8), "₽/м³", D(6), D(10), "договор 2026 г.")
HOURS = AssumptionData("hours", "Часов в году", D(7000), "ч", D(6500), None)


def model(*, rate: int = 0, **changes: object) -> BenefitData:
    data = BenefitData(
        (
            BenefitLine("Вложения", "investment", (D(1000),), spread=D(10)),
            BenefitLine("Газ", "saving", (D(0), D(400), D(400), D(400)), "gas"),
            BenefitLine("Ремонт", "saving", (D(0), D(70), D(70), D(70)), "hours"),
            BenefitLine("Обслуживание", "cost", (D(0), D(10), D(10), D(10))),
        ),
        discount_rate=D(rate),
        assumed=(GAS, HOURS),
    )
    return replace(data, **changes)  # type: ignore[arg-type]


def test_without_a_rate_the_cumulative_effect_is_measured() -> None:
    found = analyse(model())
    assert (found.measure, found.base) == ("effect", D(380))
    assert [(one.name, one.low.worth, one.high.worth) for one in found.swings] == [
        ("Цена газа", D(80), D(680)),
        ("Вложения", D(480), D(280)),
        ("Часов в году", D(365), D(380)),
    ]
    gas, spent, hours = found.swings
    assert gas.break_even is not None
    assert round(gas.break_even, 4) == D("5.4667")
    assert (spent.unit, spent.expected, spent.low.value, spent.high.value) == ("%", 100, 90, 110)
    assert spent.break_even == D(138)
    assert gas.gains_above and not spent.gains_above
    assert (hours.high.value, hours.break_even) == (D(7000), None)  # lost only if hours were negative


def test_the_paybacks_at_both_ends() -> None:
    gas = analyse(model()).swings[0]
    assert gas.low.payback is not None
    assert round(gas.low.payback, 9) == round(2 + D(280) / D(360), 9)
    assert gas.high.payback is not None
    assert gas.worse is gas.low


def test_the_worst_of_the_three_and_whether_it_pays() -> None:
    found = analyse(model())
    assert found.always_pays
    assert found.worst is not None
    assert (found.worst.name, found.worst.worse.worth) == ("Цена газа", D(80))
    poor = analyse(model(assumed=(replace(GAS, low=D(1)), HOURS)))
    assert not poor.always_pays


def test_a_rate_makes_it_the_npv() -> None:
    found = analyse(model(rate=10))
    assert found.measure == "npv"
    assert found.base < D(380)
    assert not found.always_pays  # at 6 ₽ the NPV is below nothing though the money comes back


@pytest.mark.parametrize(
    "assumed",
    [(), (replace(GAS, value=None),), (replace(GAS, value=D(0)),), (replace(GAS, low=None, high=None),)],
)
def test_what_cannot_be_varied_is_left_out(assumed: tuple[AssumptionData, ...]) -> None:
    assert [one.name for one in analyse(model(assumed=assumed)).swings] == ["Вложения"]


def test_a_line_that_rests_on_an_assumption_without_value_varies_by_its_spread() -> None:
    line = BenefitLine("Газ", "saving", (D(0), D(400)), "gas", D(25))
    data = BenefitData((line,), assumed=(replace(GAS, value=None),))
    assert [(one.name, one.low.worth, one.high.worth) for one in analyse(data).swings] == [
        ("Газ", D(300), D(500))
    ]


def test_only_three_are_told_of() -> None:
    lines = tuple(BenefitLine(f"L{n}", "saving", (D(0), D(100 * n)), spread=D(10)) for n in range(1, 6))
    found = analyse(BenefitData(lines))
    assert len(found.swings) == 5
    assert [one.name for one in found.biggest] == ["L5", "L4", "L3"]


def test_nothing_to_vary() -> None:
    found = analyse(BenefitData())
    assert (found.swings, found.worst, found.always_pays) == ((), None, False)
