"""How fresh a contact is."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kamdesk.rules.cadence import freshness

TODAY = date(2026, 3, 5)


def test_green_then_yellow_then_red() -> None:
    last = TODAY - timedelta(30)
    assert freshness(30, last, TODAY).code == "green"
    assert freshness(30, last, TODAY + timedelta(1)).code == "yellow"
    assert freshness(30, last, TODAY + timedelta(15)).code == "yellow"
    assert freshness(30, last, TODAY + timedelta(16)).code == "red"
    assert freshness(3, TODAY - timedelta(10), TODAY).code == "yellow"  # a week of grace at least


def test_without_a_cadence_nothing_is_due_and_nobody_met_is_red() -> None:
    grey = freshness(None, TODAY - timedelta(900), TODAY)
    assert (grey.code, grey.due, grey.last_contact) == ("grey", None, TODAY - timedelta(900))
    assert freshness(0, None, TODAY).code == "grey"
    assert freshness(30, None, TODAY).code == "red"


def test_a_contact_ahead_of_the_clock_counts_as_made_today() -> None:
    found = freshness(30, TODAY + timedelta(700), TODAY)
    assert (found.code, found.due) == ("green", TODAY + timedelta(30))


@given(st.integers(1, 10**9), st.integers(0, 4000), st.integers(0, 100))
def test_time_only_makes_it_older_and_a_contact_makes_it_green(days, ago, later) -> None:
    order = ("green", "yellow", "red")
    last = TODAY - timedelta(ago)
    now, then = freshness(days, last, TODAY).code, freshness(days, last, TODAY + timedelta(later)).code
    assert order.index(now) <= order.index(then)
    assert freshness(days, TODAY, TODAY).code == "green"
