"""An offer adds up to the kopeck in every VAT mode."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamdesk.model.inputs import OfferLine
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.resources import resources_folder
from kamdesk.rules.offer import rate_of, rates_in_force, shown, totals

QUICK = settings(max_examples=60, deadline=None)
D = Decimal

amounts = st.decimals(0, 10**8, places=2)
lines = st.builds(
    OfferLine,
    name=st.just("x"),
    quantity=st.decimals(0, 10**4, places=3),
    price=amounts,
    discount=st.decimals(0, 100, places=1),
    vat=st.sampled_from([None, D(0), D(10), D(22)]),
    optional=st.booleans(),
)


def test_vat_on_top() -> None:
    result = totals([OfferLine("Насос", "шт.", D(3), D("1000.10"), D(10), D(22))], "on_top")
    line = result.lines[0]
    assert (line.price, line.net, line.vat, line.gross) == (
        D("900.09"),
        D("2700.27"),
        D("594.06"),
        D("3294.33"),
    )
    assert line.discount == D("300.03")
    assert (result.net, result.vat, result.gross) == (line.net, line.vat, line.gross)


def test_vat_included_is_taken_out_of_the_price() -> None:
    result = totals([OfferLine("Насос", price=D(122), vat=D(22))], "included")
    assert (result.net, result.vat, result.gross) == (D(100), D(22), D(122))


def test_no_vat_ignores_the_rates_of_lines() -> None:
    result = totals([OfferLine("Насос", price=D(122), vat=D(22))], "none")
    assert (result.net, result.vat, result.gross) == (D(122), D(0), D(122))
    assert result.by_rate[0].rate is None


def test_rates_apart_and_optional_lines_aside() -> None:
    result = totals(
        [
            OfferLine("a", price=D(100), vat=None),
            OfferLine("b", price=D(100), vat=D(10)),
            OfferLine("c", price=D(100), vat=D(22)),
            OfferLine("d", price=D(50), vat=D(22), optional=True),
        ],
        "on_top",
    )
    assert [(entry.rate, entry.vat) for entry in result.by_rate] == [
        (D(22), D(22)),
        (D(10), D(10)),
        (None, D(0)),
    ]
    assert result.gross == D(332)
    assert (result.optional_net, result.optional_vat, result.optional_gross) == (D(50), D(11), D(61))


def test_half_a_kopeck_goes_up_line_by_line() -> None:
    half = OfferLine("x", price=D("0.05"), vat=D(10))
    assert totals([half, half], "on_top").vat == D("0.02")


def test_a_currency_without_minor_units() -> None:
    assert totals([OfferLine("x", price=D("10.5"), vat=None)], "on_top", "JPY").gross == D(11)


def test_empty_offer_and_unknown_mode() -> None:
    assert totals([], "on_top").gross == 0
    with pytest.raises(ValueError, match="mode"):
        totals([], "maybe")


@QUICK
@given(st.lists(lines, max_size=6), st.sampled_from(["on_top", "included", "none"]))
def test_what_is_printed_adds_up(offer: list[OfferLine], mode: str) -> None:
    result = totals(offer, mode)
    assert result.gross == result.net + result.vat
    assert sum((entry.gross for entry in result.by_rate), D(0)) == result.gross
    assert sum((line.gross for line in result.lines), D(0)) == result.gross + result.optional_gross
    for counted, line in zip(result.lines, offer, strict=True):
        typed = Fraction(line.quantity) * Fraction(line.price) * (100 - Fraction(line.discount)) / 100
        amount = counted.gross if mode == "included" else counted.net
        assert abs(Fraction(amount) - typed) <= Fraction(1, 200)
        rate = Fraction(line.vat or 0) if mode != "none" else Fraction(0)
        exact = Fraction(counted.net) * rate / 100
        assert abs(Fraction(counted.vat) - exact) <= Fraction(2, 100)


def test_shown_in_thousands_and_millions() -> None:
    assert shown(D("1234567.89")) == D("1234567.89")
    assert str(shown(D("1234567.89"), "1000")) == "1234.6"
    assert str(shown(D("1235000"), "1000000")) == "1.24"


def test_rates_of_russia_by_date() -> None:
    vocabularies = Vocabularies.load(resources_folder() / "vocabulary.json")
    assert rate_of(rates_in_force(vocabularies, date(2026, 1, 1))[0]) == 22
    assert rate_of(rates_in_force(vocabularies, date(2025, 12, 31))[0]) == 20
    codes = [item.code for item in rates_in_force(vocabularies, date(2026, 6, 1))]
    assert codes == ["22", "10", "7", "5", "0", "none"]
    assert [item.code for item in rates_in_force(vocabularies, date(2020, 1, 1))] == ["20", "10", "0", "none"]
    assert rate_of(rates_in_force(vocabularies, date(2026, 1, 1))[-1]) is None
