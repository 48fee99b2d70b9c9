"""An offer adds up to the kopeck in every VAT mode."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamdesk.model.inputs import OfferLine
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.resources import resources_folder
from kamdesk.rules.offer import WholeDiscount, payments, rate_of, rates_in_force, shown, totals

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


# --- a discount on the whole -------------------------------------------------------------------------------

firm = st.builds(
    OfferLine,
    name=st.just("x"),
    quantity=st.decimals(0, 10**3, places=2),
    price=amounts,
    discount=st.decimals(0, 100, places=1),
    vat=st.sampled_from([None, D(0), D(10), D(22)]),
    optional=st.booleans(),
    alternative=st.sampled_from(["", "", "A", "B"]),
)
whole = st.one_of(
    st.builds(WholeDiscount, st.decimals(0, 120, places=2), st.just("percent")),
    st.builds(WholeDiscount, st.decimals(0, 10**9, places=2), st.just("amount")),
)
modes = st.sampled_from(["on_top", "included", "none"])


def test_a_percentage_off_the_whole_lowers_the_tax_of_each_rate() -> None:
    lines = [OfferLine("a", price=D(1000), vat=D(22)), OfferLine("b", price=D(500), vat=D(10))]
    result = totals(lines, "on_top", discount=WholeDiscount(D(10)))
    assert (result.amount, result.off, result.net) == (D(1500), D(150), D(1350))
    assert [(one.rate, one.net, one.vat) for one in result.by_rate] == [
        (D(22), D(900), D(198)),
        (D(10), D(450), D(45)),
    ]
    assert result.gross == D(1593)
    assert [line.amount for line in result.lines] == [D(1000), D(500)]
    assert result.discount == D(150)


def test_money_off_the_whole_is_in_the_terms_of_the_prices() -> None:
    line = OfferLine("a", price=D(1220), vat=D(22))
    within = totals([line], "included", discount=WholeDiscount(D(122), "amount"))
    assert (within.gross, within.net, within.vat) == (D(1098), D(900), D(198))
    on_top = totals([line], "on_top", discount=WholeDiscount(D(220), "amount"))
    assert (on_top.net, on_top.gross) == (D(1000), D(1220))


def test_options_keep_their_price() -> None:
    lines = [OfferLine("a", price=D(100), vat=None), OfferLine("o", price=D(40), vat=None, optional=True)]
    result = totals(lines, "on_top", discount=WholeDiscount(D(50)))
    assert (result.gross, result.optional_gross) == (D(50), D(40))


@pytest.mark.parametrize(
    ("discount", "gross"),
    [(WholeDiscount(D(150)), 0), (WholeDiscount(D(999), "amount"), 0), (WholeDiscount(D(-5)), 100)],
)
def test_a_discount_is_never_more_than_the_sum_nor_less_than_nothing(
    discount: WholeDiscount, gross: int
) -> None:
    assert totals([OfferLine("a", price=D(100), vat=None)], "on_top", discount=discount).gross == gross


def test_a_discount_in_a_currency_without_minor_units() -> None:
    lines = [OfferLine("a", price=D(100), vat=D(10)), OfferLine("b", price=D(101), vat=D(10))]
    result = totals(lines, "on_top", "JPY", WholeDiscount(D("3.3")))
    assert result.off == D(7)
    assert sum(line.off for line in result.lines) == D(7)


@QUICK
@given(st.lists(firm, max_size=7), modes, whole, st.sampled_from(["RUB", "JPY"]))
def test_totals_agree_under_a_discount_on_the_whole(
    offer: list[OfferLine], mode: str, discount: WholeDiscount, currency: str
) -> None:
    result = totals(offer, mode, currency, discount, "B")
    for one in result.alternatives or (result,):
        assert sum((entry.net for entry in one.by_rate), D(0)) == one.net
        assert sum((entry.vat for entry in one.by_rate), D(0)) == one.vat
        assert one.gross == one.net + one.vat
        assert 0 <= one.off <= one.amount
        assert (one.gross if mode == "included" else one.net) == one.amount - one.off
    for line in result.lines:
        assert 0 <= line.off <= line.amount
        assert not (line.line.optional and line.off)
        assert line.gross == line.net + line.vat


@QUICK
@given(st.lists(firm, min_size=2, max_size=6), modes, whole, st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_no_total(
    offer: list[OfferLine], mode: str, discount: WholeDiscount, dice: random.Random
) -> None:
    other = list(offer)
    dice.shuffle(other)
    one, two = (totals(lines, mode, "RUB", discount, "A") for lines in (offer, other))
    assert (one.net, one.vat, one.gross, one.off) == (two.net, two.vat, two.gross, two.off) or (
        one.recommended != two.recommended
    )
    assert one.recommended != two.recommended or one.by_rate == two.by_rate
    assert sorted(a.gross for a in one.alternatives) == sorted(a.gross for a in two.alternatives)


# --- alternatives ------------------------------------------------------------------------------------------

CHOICE = (
    OfferLine("Монтаж", price=D(100), vat=None),
    OfferLine("Насос А", price=D(1000), vat=None, alternative="Базовый"),
    OfferLine("Насос Б", price=D(1500), vat=None, alternative="Расширенный"),
    OfferLine("Датчики", price=D(200), vat=None, alternative="Расширенный"),
    OfferLine("Сервис", price=D(50), vat=None, optional=True, alternative="Расширенный"),
    OfferLine("Обучение", price=D(30), vat=None, optional=True),
)


def test_each_alternative_has_the_common_lines_and_its_own() -> None:
    result = totals(CHOICE, "on_top")
    assert [(one.name, one.gross) for one in result.alternatives] == [
        ("Базовый", D(1100)),
        ("Расширенный", D(1800)),
    ]
    assert (result.recommended, result.gross, result.optional_gross) == ("Базовый", D(1100), D(30))
    assert len(result.lines) == len(CHOICE)


def test_the_total_is_that_of_the_recommended_one() -> None:
    result = totals(CHOICE, "on_top", recommended=" Расширенный ")
    assert (result.recommended, result.gross, result.optional_gross) == ("Расширенный", D(1800), D(80))
    assert totals(CHOICE, "on_top", recommended="Иной").recommended == "Базовый"


def test_an_amount_off_is_shared_out_in_each_alternative() -> None:
    result = totals(CHOICE, "on_top", discount=WholeDiscount(D(110), "amount"), recommended="Расширенный")
    assert [(one.gross, one.off) for one in result.alternatives] == [(D(990), D(110)), (D(1690), D(110))]
    assert result.lines[1].off == D(100)  # of its own alternative, though another one is recommended


@given(st.lists(st.tuples(st.sampled_from(["", "А", " Б "]), st.booleans()), max_size=12))
@QUICK
def test_each_line_is_counted_where_it_stands(kinds: list[tuple[str, bool]]) -> None:
    offer = [
        OfferLine(str(at), price=D(10 + at), vat=None, optional=optional, alternative=name)
        for at, (name, optional) in enumerate(kinds)
    ]
    assert [(one.line, one.amount) for one in totals(offer, "on_top").lines] == [
        (line, line.price) for line in offer
    ]


def test_options_alone_make_no_alternative() -> None:
    result = totals([*CHOICE[:1], *CHOICE[4:]], "on_top")
    assert result.alternatives == ()
    assert result.gross == D(100)


# --- payments by stage -------------------------------------------------------------------------------------


def test_payments_make_the_total_exactly() -> None:
    assert payments(D("100.01"), [D(50), None, D(50)]) == (D("50.01"), None, D("50.00"))
    assert payments(D("1000"), [D(30), D(20)]) == (D(300), D(200))
    assert payments(D(10), []) == ()


@QUICK
@given(st.lists(st.integers(0, 100), min_size=1, max_size=8), st.integers(0, 10**12))
def test_shares_of_100_percent_leave_nothing_over(cuts: list[int], kopecks: int) -> None:
    edges = [0, *sorted(cuts), 100]
    percents = [D(b - a) for a, b in pairwise(edges)]
    total = kopecks * D("0.01")
    paid = [amount or D(0) for amount in payments(total, percents)]
    assert sum(paid, D(0)) == total
    assert all(abs(a - total * p / 100) < D("0.01") for a, p in zip(paid, percents, strict=True))
