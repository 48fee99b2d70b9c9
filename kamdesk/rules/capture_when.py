"""When: days and hours in a line of quick capture, ahead or behind, and what is meant by «15-го» and «до конца квартала»."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final

from kamdesk.rules.typed import find_date, parse_clock, parse_partial_date
from kamdesk.rules.typed.dates import add_months

_LAST_WEEKDAY: Final = re.compile(
    r"\b(?:в(?:о)? )?(?:прошл(?:ый|ую|ое)|last)\s+(понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье|monday|tuesday|wednesday"
    r"|thursday|friday|saturday|sunday)\b",
    re.IGNORECASE,
)
_DAYS: Final = {
    "понедельник": 0, "вторник": 1, "среду": 2, "четверг": 3, "пятницу": 4, "субботу": 5, "воскресенье": 6, "monday": 0, "tuesday": 1,
    "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
_OF_MONTH: Final = re.compile(
    r"\b(?:до|к|ко|на)?\s*(\d{1,2})(?:-?(?:го|му|е)\b|\s+числ[аоу]\b)(?!\s*(?:янв|фев|мар|апр|ма[яй]|июн|июл|авг|сен|окт|ноя|дек|этаж|цех|корпус))"
    r"|\b(?:by|on|till|until) the (\d{1,2})(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
_QUARTER: Final = re.compile(
    r"\b(?:кон(?:ца|цу|це) квартала|(?:the )?end of (?:the )?quarter)\b", re.IGNORECASE
)
_NEW_YEAR: Final = re.compile(
    r"\b(?:до|к|под) нов(?:ого|ому|ый) год[ау]?\b|\b(?:before|by) (?:the )?new year\b", re.IGNORECASE
)
_HOUR: Final = (
    r"\d{1,2}(?:[:.]\d\d)?\s*(?:час(?:ов|а)?|ч\.?)?\s*(?:утра|дня|вечера|a\.?m\.?\b|p\.?m\.?\b|o'clock)?"
)
_CLOCK_AFTER: Final = re.compile(rf"\s*,?\s*(?:(?:в|к|на|at|@)\s+(?P<said>{_HOUR})|(?P<bare>\d{{1,2}}(?::\d\d)?\s*(?:a\.?m\.?\b|p\.?m\.?\b)|\d{{1,2}}:\d\d))", re.IGNORECASE)  # fmt: skip
_CLOCK: Final = re.compile(r"(?<![\d.:])(?P<h>\d{1,2}:\d\d)(?!\d)|\b(?:в|at)\s+(?P<s>\d{1,2}\s*(?:час(?:ов|а)?|утра|дня|вечера|a\.?m\.?|p\.?m\.?))(?!\w)", re.IGNORECASE)  # fmt: skip
_HALF_YEAR: Final = 183
_LOOKED_AT: Final = 500


def day_ahead(words: str, today: date) -> tuple[date, int, int] | None:
    """The day a line means, with the place of its words, for what is still to be done; None where there is none."""
    words = words[:_LOOKED_AT]
    found = find_date(words, today)
    others = [
        each
        for each in (_of_month(words, today), _quarter(words, today), _new_year(words, today))
        if each is not None
    ]
    return min([*([found] if found is not None else []), *others], key=lambda each: each[1], default=None)


def day_behind(words: str, today: date) -> tuple[date, int, int] | None:
    """The day of what has happened: «в пятницу» is the last one, «2 марта» the one behind us."""
    last = _LAST_WEEKDAY.search(words[:_LOOKED_AT])
    if last is not None:
        weekday = _DAYS[last[1].casefold()]
        return today - timedelta((today.weekday() - weekday - 1) % 7 + 1), last.start(), last.end()
    found = day_ahead(words, today)
    if found is None or found[0] <= today:
        return found
    day, start, end = found
    if any(sign.isdigit() for sign in words[start:end]):
        before = add_months(day, -12)
        if (day - today).days > _HALF_YEAR or before >= today - timedelta(60):
            return before, start, end
        return found
    return day - timedelta(7), start, end


def moment(words: str, found: tuple[date, int, int] | None) -> datetime | None:
    """Day and hour where the hour stands beside the day, or is written with a colon; None without an hour."""
    words = words[:_LOOKED_AT]
    if found is None:
        return None
    day, start, end = found
    beside = _CLOCK_AFTER.match(words, end)
    text = (beside["said"] or beside["bare"]) if beside is not None else ""
    if not text:
        outside = words[:start] + " " * (end - start) + words[end:]
        match = _CLOCK.search(outside)
        text = (match["h"] or match["s"]) if match is not None else ""
    clock = parse_clock(text.strip()) if text else None
    return datetime.combine(day, clock) if clock is not None else None


def partial_in(words: str, today: date) -> str:
    """The piece of up to four words, from the left, that reads as a birthday or the like; "" for none."""
    parts = words[:_LOOKED_AT].rstrip(" .!").split()
    for start in range(len(parts)):
        for end in range(min(len(parts), start + 4), start, -1):
            piece = " ".join(parts[start:end]).strip("(),.;:—–- ")
            if any(mark.isdigit() for mark in piece) and parse_partial_date(piece, today) is not None:
                return piece
    return ""


def _of_month(words: str, today: date) -> tuple[date, int, int] | None:
    match = _OF_MONTH.search(words)
    number = int(match[1] or match[2]) if match is not None else 0
    if match is None or not 1 <= number <= 31:
        return None
    for months in range(3):
        first = add_months(today.replace(day=1), months)
        try:
            day = first.replace(day=number)
        except ValueError:
            continue
        if day >= today:
            return day, match.start(), match.end()
    return None


def _quarter(words: str, today: date) -> tuple[date, int, int] | None:
    match = _QUARTER.search(words)
    if match is None:
        return None
    first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return add_months(first, 3) - timedelta(1), match.start(), match.end()


def _new_year(words: str, today: date) -> tuple[date, int, int] | None:
    match = _NEW_YEAR.search(words)
    return (date(today.year, 12, 31), match.start(), match.end()) if match is not None else None
