"""Yearly dates of people: when the next one is, how old they will be, when to speak of it, 29 February and weekends.

A date that does not exist in a year is moved back or forward as RFC 7529 (section 4.1, SKIP) defines it for
calendars: ``feb28`` is BACKWARD, ``mar1`` is FORWARD. Which one a person keeps is theirs to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kamdesk.model.values import PartialDate

_SATURDAY: Final = 5


def occurrence_in(value: PartialDate, year: int, leap_day: str = "feb28") -> date | None:
    """The day of a yearly date in one year; None where day or month is unknown or before the thing began.

    ``leap_day`` is "feb28" or "mar1". Raises ValueError for another policy.
    """
    if leap_day not in ("feb28", "mar1"):
        raise ValueError(f"unknown policy for 29 February: {leap_day}")
    if value.month is None or value.day is None or (value.year is not None and year < value.year):
        return None
    try:
        return date(year, value.month, value.day)
    except ValueError:
        return date(year, 2, 28) if leap_day == "feb28" else date(year, 3, 1)


def next_occurrence(value: PartialDate, today: date, leap_day: str = "feb28") -> date | None:
    """The next time a yearly date comes round, today included; None where day or month is unknown."""
    start = max(today.year, value.year or 0)
    for year in (start, start + 1):
        if year > date.max.year:
            return None
        found = occurrence_in(value, year, leap_day)
        if found is not None and found >= today:
            return found
    return None


def age_reached(value: PartialDate, on: date) -> int | None:
    """The years completed on the occurrence that falls in the year of ``on``; None unless the year is known."""
    return on.year - value.year if value.year is not None and on.year >= value.year else None


def shifted_from_weekend(day: date, shift: str = "before") -> date:
    """The working day to act on a date that falls on a weekend: the Friday "before" or the Monday "after".

    "none" leaves it. Public holidays are not known here. Raises ValueError for another shift.
    """
    if shift not in ("before", "after", "none"):
        raise ValueError(f"unknown shift: {shift}")
    over = day.weekday() - _SATURDAY
    if over < 0 or shift == "none":
        return day
    return day - timedelta(over + 1) if shift == "before" else day + timedelta(2 - over)


MISSED_DAYS: Final = 7
"""So long a yearly date that nobody saw (the machine slept) is still shown."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """One return of a yearly date that is near. ``day`` is None where only the month is known.

    ``act_on`` is when to greet: the day itself unless a weekend is avoided; for a month the first day of it.
    ``years`` is how many it makes, None where the year is unknown or it only begins.
    """

    year: int
    month: int
    day: date | None
    act_on: date
    years: int | None

    @property
    def code(self) -> str:
        """Names this return among all of the same date: «2026», «2026-03» where only the month is known."""
        return str(self.year) if self.day is not None else f"{self.year}-{self.month:02d}"


def occasion(
    value: PartialDate, today: date, lead_days: int, leap_day: str = "feb28", shift: str = "none"
) -> Occasion | None:
    """The return of a yearly date that stands on Today: from ``lead_days`` before one acts on it to a week after it.

    The day itself always shows, also where one greets on the Monday after.

    A month without a day stands from ``lead_days`` before it begins to its end; a year alone never comes round.
    Computed from the day alone, so that no start of the program can miss it. Raises ValueError for an unknown policy.
    """
    if value.month is None:
        return None
    for year in (today.year - 1, today.year, today.year + 1):
        if not date.min.year < year < date.max.year or (value.year is not None and year < value.year):
            continue
        found = _in_year(value, value.month, year, leap_day, shift)
        last = found.act_on + timedelta(31) if found.day is None else max(found.day, found.act_on)
        if found.day is None:
            last = last.replace(day=1) - timedelta(1)
        else:
            last += timedelta(MISSED_DAYS)
        first = min(found.act_on - timedelta(lead_days), found.day or found.act_on)
        if first <= today <= last:
            return found
    return None


def _in_year(value: PartialDate, month: int, year: int, leap_day: str, shift: str) -> Occasion:
    years = year - value.year if value.year is not None and year > value.year else None
    day = occurrence_in(value, year, leap_day)
    if day is None:
        return Occasion(year, month, None, date(year, month, 1), years)
    return Occasion(year, month, day, shifted_from_weekend(day, shift), years)
