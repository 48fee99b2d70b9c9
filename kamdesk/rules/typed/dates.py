"""Dates and times as people type them, with today's date as an argument.

Two meanings are kept apart: a *partial date* is what is known of a birthday («5 марта», «1975»), a *date* is a day
in the diary («в пятницу», «15.3» is the coming 15 March). No unknown year is ever invented for the first.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final

from kamdesk.model.values import PartialDate

# The patterns are compiled when first needed: it takes 50 ms, which the start of the program does not wait for.

# Stems long enough to be sure; "ма" decides between март and май by what follows.
_MONTH_STEMS: Final[tuple[tuple[str, int], ...]] = (
    ("янв", 1), ("фев", 2), ("мар", 3), ("апр", 4), ("май", 5), ("мая", 5), ("мае", 5), ("маю", 5), ("июн", 6), ("июл", 7), ("авг", 8),
    ("сен", 9), ("окт", 10), ("ноя", 11), ("дек", 12),
    ("jan", 1), ("feb", 2), ("mar", 3), ("apr", 4), ("may", 5), ("jun", 6), ("jul", 7), ("aug", 8),
    ("sep", 9), ("oct", 10), ("nov", 11), ("dec", 12),
)  # fmt: skip
_MONTH_WORD: Final = (
    r"(?P<{0}>янв(?:аря|арь|аре)?|февр?(?:аля|аль|але)?|мар(?:та|т|те)?|апр(?:еля|ель|еле)?|ма[йяею]|июн[ьяе]?|июл[ьяе]?|авг(?:уста|уст|усте)?"
    r"|сент?(?:ября|ябрь|ябре)?|окт(?:ября|ябрь|ябре)?|ноя(?:бря|брь|бре)?|дек(?:абря|абрь|абре)?"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR_TAIL: Final = r"(?:\s*(?:г\.?|года?|год))?"


@cache
def _partial_forms() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form + r"\Z") for form in _PARTIAL_FORMS)


_PARTIAL_FORMS: Final = (
    r"(?P<y>\d{4})-(?P<m>\d\d?)-(?P<d>\d\d?)",
    r"(?P<y>\d{4})[./](?P<m>\d\d?)[./](?P<d>\d\d?)",
    r"(?P<y>\d{4})-(?P<m>\d\d)",
    r"--(?P<m>\d\d)-?(?P<d>\d\d)",
    r"(?P<d>\d\d?)\s*[./-]\s*(?P<m>\d\d?)\s*[./-]\s*(?P<y>\d{4}|\d\d)" + _YEAR_TAIL,
    r"(?P<d>\d\d?)\s*[./]\s*(?P<m>\d\d?)\.?",
    r"(?P<m>\d\d?)[./](?P<y>\d{4})" + _YEAR_TAIL,
    r"(?P<d>\d\d?)(?:-?го|-?е|st|nd|rd|th)?\s*(?:of\s+)?" + _MONTH_WORD.format("w") + r"(?:,?\s*(?P<y>\d{4}|'?\d\d))?" + _YEAR_TAIL,
    _MONTH_WORD.format("w") + r"\s*(?P<d>\d\d?)(?:st|nd|rd|th)?(?:,?\s+(?P<y>\d{4}))?",
    _MONTH_WORD.format("w") + r",?\s*(?P<y>\d{4})" + _YEAR_TAIL,
    _MONTH_WORD.format("w"),
    r"(?P<y>\d{4})" + _YEAR_TAIL,
)  # fmt: skip


def parse_partial_date(text: str, today: date) -> PartialDate | None:
    """A birthday or another date of which a part may be unknown; None where it cannot be read.

    Day before month, as in Russia and most of the world; a month above 12 is taken as a day («3/15» is 15 March).
    Two digits of a year mean a year of the hundred that ends today («15.03.75» is 1975).
    """
    words = _plain(text)
    for form in _partial_forms():
        match = form.match(words)
        if match is not None:
            return _partial(match.groupdict(), today)
    return None


def _partial(parts: Mapping[str, str | None], today: date) -> PartialDate | None:
    word, month_text, day_text, year_text = (parts.get(key) for key in ("w", "m", "d", "y"))
    month = _month(word) if word else int(month_text) if month_text else None
    day = int(day_text) if day_text else None
    year = _year(year_text, today) if year_text else None
    if word is None and month is not None and day is not None and month > 12 >= day:
        month, day = day, month
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return None


def _year(text: str, today: date) -> int:
    digits = text.lstrip("'")
    if len(digits) == 4:
        return int(digits)
    year = today.year // 100 * 100 + int(digits)
    return year - 100 if year > today.year else year


def _month(word: str) -> int:
    return next(number for stem, number in _MONTH_STEMS if word.startswith(stem))


def _plain(text: str) -> str:
    return " ".join(
        text.casefold().replace("ё", "е").replace("\u2013", "-").replace("\u2212", "-").split()
    ).strip(" ,;")


# --- days of the diary -------------------------------------------------------------------------------------

_WEEKDAYS: Final[tuple[tuple[str, int], ...]] = (
    (r"понедельник[аеу]?|пн|monday|mon", 0),
    (r"вторник[аеу]?|вт|tuesday|tues?", 1),
    (r"сред[аыуе]|ср|wednesday|wed", 2),
    (r"четверг[аеу]?|чт|thursday|thurs?|thu", 3),
    (r"пятниц[аыуе]|пт|friday|fri", 4),
    (r"суббот[аыуе]|сб|saturday|sat", 5),
    (r"воскресень[еяю]|вс|sunday|sun", 6),
)
_WEEKDAY: Final = "|".join(f"(?P<wd{number}>{names})" for names, number in _WEEKDAYS)
_NUMBER_WORDS: Final = {
    "один": 1, "одну": 1, "день": 1, "неделю": 1, "месяц": 1, "год": 1, "два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7,
    "десять": 10, "пару": 2, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "ten": 10,
}  # fmt: skip
_NUMBER: Final = r"(?P<n>\d{1,3}|один|одну|два|две|три|четыре|пять|шесть|семь|десять|пару|an?|one|two|three|four|five|six|seven|ten)"
_UNIT: Final = (
    r"(?P<unit>(?P<days>дн(?:я|ей|\.)?|день|сут(?:ок|ки)|days?)|(?P<weeks>недел[юиь]|нед\.?|weeks?)"
    r"|(?P<months>месяц(?:а|ев)?|мес\.?|months?)|(?P<years>год(?:а)?|лет|years?))"
)
_PREPOSITION: Final = (
    r"(?:(?:до|к|ко|на|в|во|с|со|не позднее|не позже|by|on|until|till|before|no later than)\s+)?"
)


@dataclass(frozen=True, slots=True)
class _Form:
    pattern: str
    read: Callable[[re.Match[str], date], date | None]


def _weekday_of(match: re.Match[str]) -> int:
    return next(number for _, number in _WEEKDAYS if match[f"wd{number}"])


def _coming(weekday: int, today: date) -> date:
    """The next such day after today; a Friday named on a Friday is the one in a week."""
    return today + timedelta((weekday - today.weekday() - 1) % 7 + 1)


def _of_next_week(weekday: int, today: date) -> date:
    return today + timedelta(7 - today.weekday() + weekday)


def add_months(day: date, months: int) -> date:
    """The same day some months on (or back), the last day of the month where there is no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _later(match: re.Match[str], today: date) -> date | None:
    typed = match["n"]
    count = 1 if not typed else int(typed) if typed.isdigit() else _NUMBER_WORDS[typed]
    if match["days"]:
        return today + timedelta(count)
    if match["weeks"]:
        return today + timedelta(7 * count)
    return add_months(today, count if match["months"] else 12 * count)


def _month_end(match: re.Match[str], today: date) -> date | None:
    month = _month(match["endmonth"]) if match["endmonth"] else today.month
    year = today.year + (month < today.month)
    return date(year, month, calendar.monthrange(year, month)[1])


_DIARY: Final = (
    _Form(r"(?:сегодня|today)", lambda _, today: today),
    _Form(r"(?:послезавтра|(?:the )?day after tomorrow)", lambda _, today: today + timedelta(2)),
    _Form(r"(?:завтра|tomorrow)", lambda _, today: today + timedelta(1)),
    _Form(r"(?:позавчера|(?:the )?day before yesterday)", lambda _, today: today - timedelta(2)),
    _Form(r"(?:вчера|yesterday)", lambda _, today: today - timedelta(1)),
    _Form(
        rf"(?:(?:следующ(?:ий|ую|ей|его|ее|ая)|next)\s+(?:{_WEEKDAY}))",
        lambda match, today: _of_next_week(_weekday_of(match), today),
    ),
    _Form(
        rf"(?:(?:ближайш(?:ий|ую|ей|его|ее|ая)|эт(?:от|у|ой|ого|о)|this|coming)\s+)?(?:{_WEEKDAY})",
        lambda match, today: _coming(_weekday_of(match), today),
    ),
    _Form(rf"(?:через|спустя|in|within|в течение)\s+(?:{_NUMBER}\s+)?{_UNIT}", _later),
    _Form(
        r"(?:след(?:ующая|ующей|ующую|\.)?\s+недел[яеюи]|next week)",
        lambda _, today: _of_next_week(0, today),
    ),
    _Form(
        r"(?:кон(?:ца|цу|ец|це) недели|(?:the )?end of (?:the )?week)",
        lambda _, today: today + timedelta((4 - today.weekday()) % 7),
    ),
    _Form(rf"(?:кон(?:ца|цу|ец|це) (?:месяца|{_MONTH_WORD.format('endmonth')})|(?:the )?end of (?:the )?month)", _month_end),
    _Form(
        r"(?:кон(?:ца|цу|ец|це) года|(?:the )?end of (?:the )?year)",
        lambda _, today: date(today.year, 12, 31),
    ),
)  # fmt: skip


@cache
def _diary() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...]:
    return tuple((re.compile(_PREPOSITION + form.pattern), form.read) for form in _DIARY)


_IN_TEXT: Final = (
    r"(?<![\w.])"
    + _PREPOSITION
    + r"(?P<found>\d{4}-\d\d-\d\d|\d\d?\.\d\d?\.(?:\d{4}|\d\d)|\d\d?[./](?:0?[1-9]|1[0-2])(?![\d%])(?!\s*(?:%|тыс|млн|руб))"
    + r"|\d\d?(?:-?го|st|nd|rd|th)?\s+(?:of\s+)?"
    + _MONTH_WORD.format("w1")
    + r"(?:,?\s*\d{4})?|"
    + _MONTH_WORD.format("w2")
    + r"\s+\d\d?(?:st|nd|rd|th)?(?:,?\s+\d{4})?)(?![\w])"
)


def parse_date(text: str, today: date) -> date | None:
    """A day in the diary; None where it cannot be read. A day without a year is the next one, today included."""
    words = _plain(text)
    for pattern, read in _diary():
        match = pattern.fullmatch(words)
        if match is not None:
            return read(match, today)
    bare = re.sub(rf"\A{_PREPOSITION}", "", words)
    partial = parse_partial_date(bare, today)
    return _next_such_day(partial, today) if partial is not None else None


def _next_such_day(partial: PartialDate, today: date) -> date | None:
    if partial.year is not None or partial.month is None or partial.day is None:
        return partial.to_date()
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, partial.month, partial.day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def find_date(text: str, today: date) -> tuple[date, int, int] | None:
    """The first date inside a sentence with the place of its words: (date, start, end); None where there is none."""
    words = text.casefold().replace("ё", "е")
    if len(words) != len(text):
        return None
    best: tuple[date, int, int] | None = None
    for pattern, read in _diary():
        match = next((m for m in pattern.finditer(words) if _stands_alone(words, m)), None)
        if match is None or (best is not None and match.start() >= best[1]):
            continue
        found = read(match, today)
        if found is not None:
            best = (found, match.start(), match.end())
    for match in re.finditer(_IN_TEXT, words):
        if best is not None and match.start() >= best[1]:
            break
        found = parse_date(match["found"], today)
        if found is not None:
            return found, match.start(), match.end()
    return best


def _stands_alone(words: str, match: re.Match[str]) -> bool:
    before, after = words[: match.start()][-1:], words[match.end() :][:1]
    return not (before.isalnum() or after.isalnum())


# --- times -------------------------------------------------------------------------------------------------

_CLOCK: Final = (
    r"(?:(?P<prep>в|к|на|с|at|by)\s+)?(?P<h>\d{1,2})(?:\s*[:.\-]\s*(?P<min>\d\d))?\s*(?P<h24>час(?:ов|а)?|ч\.?|h|o'clock)?\s*"
    r"(?P<half>утра|дня|вечера|ночи|a\.?m\.?|p\.?m\.?)?\Z"
)
_NOON: Final = r"(?:(?:в|at)\s+)?(?:полдень|noon)\Z"


def parse_clock(text: str) -> time | None:
    """A time of day: «10:30», «в 10», «3 часа дня», "at 3pm"; None where it cannot be read."""
    words = _plain(text)
    if re.match(_NOON, words):
        return time(12)
    match = re.match(_CLOCK, words)
    if match is None:
        return None
    hour, minute, half = int(match["h"]), int(match["min"] or 0), (match["half"] or "").replace(".", "")
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        return None
    if half in ("pm", "дня", "вечера") and hour < 12:
        hour += 12
    elif half in ("am", "ночи") and hour == 12:
        hour = 0
    return time(hour, minute)


_CLOCK_WORDS: Final = 4


def parse_moment(text: str, today: date) -> datetime | None:
    """Day and time in one: «завтра в 10», «5 марта 15:30», "next friday at 3pm"; None unless both are there.

    A time alone is today's.
    """
    words = text.split()
    for cut in range(len(words), max(len(words) - _CLOCK_WORDS, 0) - 1, -1):
        head, tail = " ".join(words[:cut]), " ".join(words[cut:])
        clock = parse_clock(tail) if tail else None
        if clock is None:
            continue
        day = parse_date(head, today) if head else today
        if day is not None:
            return datetime.combine(day, clock)
    return None
