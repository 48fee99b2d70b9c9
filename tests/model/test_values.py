"""Value types hold what was given and nothing that was not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamdesk.model.values import Money, PartialDate, PersonName, Sensitivity
from kamdesk.model.written import write_date, write_decimal, write_partial_date, write_short_date

QUICK = settings(max_examples=60, deadline=None)


@pytest.mark.parametrize(
    "text", ["1975-03-05", "1975-03", "1975", "--03-05", "--03", "--02-29", "2024-02-29"]
)
def test_stored_form_of_a_partial_date_round_trips(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "1975-3", "2023-02-29", "--13", "--04-31", "75", "1975-03-05 ", "x", "0000"]
)
def test_what_is_no_partial_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|year|month|day"):
        PartialDate.parse(text)


@QUICK
@given(st.dates())
def test_a_full_date_is_a_partial_date(value: date) -> None:
    partial = PartialDate.of(value)
    assert partial.is_full
    assert partial.to_date() == value
    assert PartialDate.parse(str(partial)) == partial


@QUICK
@given(st.integers(-(10**14), 10**14), st.sampled_from(["RUB", "JPY", "XYZ"]))
def test_minor_units_round_trip(minor: int, currency: str) -> None:
    assert Money.of_minor(minor, currency).minor == minor


def test_money_rounds_half_up() -> None:
    assert Money(Decimal("2.345")).rounded().amount == Decimal("2.35")
    assert Money(Decimal("-2.345")).rounded().amount == Decimal("-2.35")
    assert Money(Decimal("2.5"), "JPY").minor == 3


def test_names_in_the_order_of_the_language() -> None:
    name = PersonName("Иванов", "Пётр", "Сергеевич")
    assert name.full("ru") == "Иванов Пётр Сергеевич"
    assert name.full("en") == "Пётр Сергеевич Иванов"
    assert not PersonName()


def test_strictest_sensitivity_wins() -> None:
    assert Sensitivity.strictest(Sensitivity.BUSINESS, Sensitivity.PRIVATE) is Sensitivity.PRIVATE
    assert Sensitivity.strictest() is Sensitivity.STRUCTURAL


def test_written_forms() -> None:
    assert write_date(date(2026, 3, 5), "ru") == "05.03.2026"
    assert write_date(date(2026, 3, 5), "en") == "5 March 2026"
    assert write_short_date(date(2026, 9, 30), "en") == "30 Sep 2026"
    assert write_short_date(date(2026, 3, 5), "ru") == "05.03.2026"
    assert write_partial_date(PartialDate(None, 2, 29), "ru") == "29 февраля"
    assert write_partial_date(PartialDate(1975, 3), "ru") == "март 1975"
    assert write_partial_date(PartialDate(1975), "en") == "1975"
    assert write_partial_date(PartialDate(1975, 3, 5), "en") == "5 March 1975"
    assert write_decimal(Decimal("-1234567.80"), "ru") == "-1\u00a0234\u00a0567,80"
    assert write_decimal(Decimal("1E+3"), "en") == "1,000"
