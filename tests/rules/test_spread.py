"""Shares add up to what was shared, whatever the weights."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from kamdesk.rules.spread import shares

QUICK = settings(max_examples=60, deadline=None)
D = Decimal
KOPECK = D("0.01")
weights = st.lists(st.decimals(0, 10**9, places=2), min_size=1, max_size=9)


def test_a_kopeck_that_is_left_over_goes_to_the_largest_remainder() -> None:
    assert shares(D("10.00"), [D(1), D(1), D(1)], KOPECK) == (D("3.34"), D("3.33"), D("3.33"))
    assert shares(D("0.02"), [D(1), D(5), D(4)], KOPECK) == (D(0), D("0.01"), D("0.01"))


def test_nothing_to_share_by() -> None:
    assert shares(D(5), [], KOPECK) == ()
    assert shares(D(5), [D(0), D(-3)], KOPECK) == (D(0), D(0))


@QUICK
@given(weights, st.integers(0, 10**11))
def test_the_shares_make_the_whole_and_none_is_a_step_off(held: list[Decimal], units: int) -> None:
    amount = units * KOPECK
    found = shares(amount, held, KOPECK)
    whole = sum(held, D(0))
    assert sum(found, D(0)) == (amount if whole else 0)
    for share, weight in zip(found, held, strict=True):
        assert share >= 0
        assert not whole or abs(share - amount * weight / whole) < KOPECK
        assert amount > whole or share <= weight
