"""Yearly dates come round in every year, leap or not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamdesk.model.values import PartialDate
from kamdesk.rules.dates import (
    age_reached,
    age_today,
    days_ahead,
    next_occurrence,
    occurrence_in,
    shifted_from_weekend,
)

LEAP = PartialDate(None, 2, 29)


@pytest.mark.parametrize(
    ("today", "policy", "expected"),
    [
        (date(2027, 1, 1), "feb28", date(2027, 2, 28)),
        (date(2027, 1, 1), "mar1", date(2027, 3, 1)),
        (date(2028, 1, 1), "mar1", date(2028, 2, 29)),
        (date(2027, 3, 1), "mar1", date(2027, 3, 1)),
        (date(2027, 3, 1), "feb28", date(2028, 2, 29)),
        (date(2100, 2, 1), "feb28", date(2100, 2, 28)),
    ],
)
def test_twenty_ninth_of_february(today: date, policy: str, expected: date) -> None:
    assert next_occurrence(LEAP, today, policy) == expected


def test_today_counts_and_tomorrow_is_a_year_away() -> None:
    value = PartialDate(1975, 11, 23)
    assert days_ahead(value, date(2026, 11, 23)) == 0
    assert next_occurrence(value, date(2026, 11, 24)) == date(2027, 11, 23)


def test_age_only_when_the_year_is_known() -> None:
    assert age_reached(PartialDate(None, 3, 5), date(2027, 3, 5)) is None
    assert age_reached(PartialDate(1975, 3, 5), date(2027, 3, 5)) == 52
    assert age_today(PartialDate(1975, 11, 24), date(2026, 11, 23)) == 50
    assert age_today(PartialDate(1975, 11, 23), date(2026, 11, 23)) == 51
    assert age_today(PartialDate(1975), date(2026, 11, 23)) is None
    assert age_today(PartialDate(2030, 1, 1), date(2026, 11, 23)) is None
    assert age_today(PartialDate(2024, 2, 29), date(2027, 2, 28), "mar1") == 2


def test_unknown_day_or_month_has_no_occurrence() -> None:
    for value in (PartialDate(1975), PartialDate(1975, 3), PartialDate(None, 3)):
        assert next_occurrence(value, date(2026, 11, 23)) is None
        assert days_ahead(value, date(2026, 11, 23)) is None


def test_a_date_that_has_not_begun_waits_for_its_year() -> None:
    assert next_occurrence(PartialDate(2030, 5, 1), date(2026, 11, 23)) == date(2030, 5, 1)
    assert occurrence_in(PartialDate(2030, 5, 1), 2029) is None
    assert next_occurrence(PartialDate(None, 1, 1), date(9999, 12, 31)) is None


def test_wrong_policy_is_refused() -> None:
    with pytest.raises(ValueError, match="policy"):
        next_occurrence(LEAP, date(2026, 1, 1), "feb30")
    with pytest.raises(ValueError, match="shift"):
        shifted_from_weekend(date(2026, 1, 1), "up")


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.dates(date(1904, 1, 1), date(2200, 1, 1)))
def test_the_next_one_is_within_a_year(born: date, today: date) -> None:
    value = PartialDate(None, born.month, born.day)
    for policy in ("feb28", "mar1"):
        found = next_occurrence(value, today, policy)
        assert found is not None
        assert today <= found <= today + timedelta(366)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_shifted_days_are_working_days(day: date) -> None:
    before, after = shifted_from_weekend(day), shifted_from_weekend(day, "after")
    assert before.weekday() < 5
    assert after.weekday() < 5
    assert before <= day <= after
    assert (after - before).days in (0, 3)
    assert shifted_from_weekend(day, "none") == day
