"""Yearly dates come round in every year, leap or not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamdesk.model.values import PartialDate
from kamdesk.rules.dates import (
    MISSED_DAYS,
    age_reached,
    next_occurrence,
    occasion,
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
    assert next_occurrence(value, date(2026, 11, 23)) == date(2026, 11, 23)
    assert next_occurrence(value, date(2026, 11, 24)) == date(2027, 11, 23)


def test_age_only_when_the_year_is_known() -> None:
    assert age_reached(PartialDate(None, 3, 5), date(2027, 3, 5)) is None
    assert age_reached(PartialDate(1975, 3, 5), date(2027, 3, 5)) == 52


def test_unknown_day_or_month_has_no_occurrence() -> None:
    for value in (PartialDate(1975), PartialDate(1975, 3), PartialDate(None, 3)):
        assert next_occurrence(value, date(2026, 11, 23)) is None


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


# --- occasions: what stands on Today --------------------------------------------------------------------------------

FULL_YEAR_DATES = st.dates(min_value=date(1930, 1, 1), max_value=date(2010, 12, 31))
POLICIES = st.tuples(st.sampled_from(["feb28", "mar1"]), st.sampled_from(["none", "before", "after"]))


@given(FULL_YEAR_DATES, POLICIES, st.integers(0, 60), st.integers(2015, 2060), st.booleans())
def test_each_birthday_comes_up_exactly_once_a_year(born, policies, lead, year, with_year) -> None:
    """Asked each day of a year and a half, it shows in one run of days per year, and its own day is among them."""
    value = PartialDate(born.year if with_year else None, born.month, born.day)
    leap, shift = policies
    runs: dict[str, list[date]] = {}
    day = date(year, 1, 1) - timedelta(90)
    while day < date(year + 1, 1, 1) + timedelta(90):
        found = occasion(value, day, lead, leap, shift)
        if found is not None:
            runs.setdefault(found.code, []).append(day)
            assert found.day == occurrence_in(value, found.year, leap)
            assert (found.years == found.year - born.year) if with_year else found.years is None
        day += timedelta(1)
    days = runs[str(year)]
    assert (days[-1] - days[0]).days == len(days) - 1  # one run, no day left out
    own = occurrence_in(value, year, leap)
    assert own in days and shifted_from_weekend(own, shift) in days
    assert days[0] == min(own, shifted_from_weekend(own, shift) - timedelta(lead))
    assert days[-1] == max(own, shifted_from_weekend(own, shift)) + timedelta(MISSED_DAYS)


@given(FULL_YEAR_DATES, POLICIES, st.dates(date(2012, 1, 1), date(2060, 1, 1)), st.integers(-800, 800))
def test_a_jump_of_the_clock_loses_no_birthday(born, policies, today, jump) -> None:
    """What is shown depends on the day alone: after a jump and back, the same stands there."""
    value, before = PartialDate.of(born), occasion(PartialDate.of(born), today, 7, *policies)
    occasion(value, today + timedelta(jump), 7, *policies)
    assert occasion(value, today, 7, *policies) == before


def test_the_29th_of_february_by_both_policies_and_both_kinds_of_year() -> None:
    value = PartialDate(None, 2, 29)
    assert occasion(value, date(2027, 2, 25), 7, "feb28").day == date(2027, 2, 28)
    assert occasion(value, date(2027, 2, 25), 7, "mar1").day == date(2027, 3, 1)
    assert occasion(value, date(2028, 2, 25), 7, "mar1").day == date(2028, 2, 29)


def test_over_the_end_of_a_year() -> None:
    value = PartialDate(1980, 1, 2)
    found = occasion(value, date(2026, 12, 28), 7)
    assert (found.year, found.day, found.years) == (2027, date(2027, 1, 2), 47)
    late = occasion(PartialDate(1980, 12, 30), date(2027, 1, 4), 7)
    assert (late.year, late.day) == (2026, date(2026, 12, 30))


def test_what_is_not_known_is_not_invented() -> None:
    month = occasion(PartialDate(1980, 3, None), date(2026, 3, 20), 7)
    assert (month.day, month.code, month.years) == (None, "2026-03", 46)
    assert occasion(PartialDate(None, 3, None), date(2026, 2, 10), 7) is None
    assert occasion(PartialDate(None, 3, None), date(2026, 2, 24), 7).act_on == date(2026, 3, 1)
    assert occasion(PartialDate(None, 3, None), date(2026, 4, 1), 7) is None
    assert occasion(PartialDate(1980), date(2026, 3, 20), 60) is None
    assert occasion(PartialDate(2027, 3, 5), date(2026, 3, 5), 7) is None  # before it began
    assert occasion(PartialDate(2026, 3, 5), date(2026, 3, 5), 7).years is None  # the day itself


@pytest.mark.parametrize("today", [date(1, 1, 1), date(2, 1, 1), date(9998, 12, 31), date(9999, 12, 31)])
def test_the_ends_of_the_calendar_are_survived(today) -> None:
    for value in (PartialDate(None, 12, 31), PartialDate(None, 1, 1), PartialDate(None, 12, None)):
        occasion(value, today, 60, "mar1", "after")
