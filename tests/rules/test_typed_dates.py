"""Dates and times as typed in both languages. Today is Monday, 23 November 2026."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamdesk.model.values import PartialDate
from kamdesk.model.written import write_partial_date
from kamdesk.rules.typed import find_date, parse_clock, parse_date, parse_moment, parse_partial_date
from kamdesk.rules.typed.dates import add_months

TODAY = date(2026, 11, 23)

PARTIAL = [
    ("5 марта", "--03-05"),
    ("5 Марта 1975 г.", "1975-03-05"),
    ("5 марта 1975 года", "1975-03-05"),
    ("15.3", "--03-15"),
    ("15.03.", "--03-15"),
    ("15.03.75", "1975-03-15"),
    ("15.03.26", "2026-03-15"),
    ("15.03.27", "1927-03-15"),
    ("15/03/1975", "1975-03-15"),
    ("3/15/1975", "1975-03-15"),
    ("15-03-1975", "1975-03-15"),
    ("1975-03-05", "1975-03-05"),
    ("1975/3/5", "1975-03-05"),
    ("--03-05", "--03-05"),
    ("--0305", "--03-05"),
    ("март 1975", "1975-03"),
    ("Март, 1975 г.", "1975-03"),
    ("03.1975", "1975-03"),
    ("1975-03", "1975-03"),
    ("март", "--03"),
    ("1975", "1975"),
    ("1975 г.", "1975"),
    ("29.2", "--02-29"),
    ("29 февраля", "--02-29"),
    ("29.02.2024", "2024-02-29"),
    ("1 мая", "--05-01"),
    ("2 июня", "--06-02"),
    ("2 июля", "--07-02"),
    ("March 5", "--03-05"),
    ("5 Mar 1980", "1980-03-05"),
    ("March 5th, 1980", "1980-03-05"),
    ("5th of March", "--03-05"),
    ("Sept. 3", "--09-03"),
    ("March 1980", "1980-03"),
    ("5-го марта", "--03-05"),
]


@pytest.mark.parametrize(("text", "stored"), PARTIAL, ids=[text for text, _ in PARTIAL])
def test_partial_dates(text: str, stored: str) -> None:
    assert str(parse_partial_date(text, TODAY)) == stored


@pytest.mark.parametrize(
    "text",
    [
        "",
        "завтра",
        "32.1",
        "29.02.2023",
        "13.13.1975",
        "5 мартобря",
        "75",
        "0.0.00",
        "0/0/00",
        "31 июня",
        "abc",
        "5",
    ],
)
def test_what_is_no_partial_date(text: str) -> None:
    assert parse_partial_date(text, TODAY) is None


DIARY = [
    ("сегодня", date(2026, 11, 23)),
    ("завтра", date(2026, 11, 24)),
    ("послезавтра", date(2026, 11, 25)),
    ("вчера", date(2026, 11, 22)),
    ("в пятницу", date(2026, 11, 27)),
    ("до пятницы", date(2026, 11, 27)),
    ("к среде", date(2026, 11, 25)),
    ("во вторник", date(2026, 11, 24)),
    ("в понедельник", date(2026, 11, 30)),
    ("в следующую пятницу", date(2026, 12, 4)),
    ("пт", date(2026, 11, 27)),
    ("через 2 недели", date(2026, 12, 7)),
    ("через неделю", date(2026, 11, 30)),
    ("через три дня", date(2026, 11, 26)),
    ("через месяц", date(2026, 12, 23)),
    ("до конца недели", date(2026, 11, 27)),
    ("до конца месяца", date(2026, 11, 30)),
    ("к концу декабря", date(2026, 12, 31)),
    ("к концу января", date(2027, 1, 31)),
    ("до конца года", date(2026, 12, 31)),
    ("на следующей неделе", date(2026, 11, 30)),
    ("15.3", date(2027, 3, 15)),
    ("до 15.12", date(2026, 12, 15)),
    ("к 5 декабря", date(2026, 12, 5)),
    ("23.11", date(2026, 11, 23)),
    ("29.2", date(2028, 2, 29)),
    ("2026-03-05", date(2026, 3, 5)),
    ("15.03.25", date(2025, 3, 15)),
    ("today", date(2026, 11, 23)),
    ("tomorrow", date(2026, 11, 24)),
    ("by Friday", date(2026, 11, 27)),
    ("next friday", date(2026, 12, 4)),
    ("on March 5", date(2027, 3, 5)),
    ("in two weeks", date(2026, 12, 7)),
    ("in 10 days", date(2026, 12, 3)),
    ("end of the month", date(2026, 11, 30)),
    ("next week", date(2026, 11, 30)),
]


@pytest.mark.parametrize(("text", "expected"), DIARY, ids=[text for text, _ in DIARY])
def test_days_of_the_diary(text: str, expected: date) -> None:
    assert parse_date(text, TODAY) == expected


@pytest.mark.parametrize("text", ["", "март", "1975", "когда-нибудь", "31.02", "пятничный"])
def test_what_is_no_day(text: str) -> None:
    assert parse_date(text, TODAY) is None


def test_a_weekday_named_on_itself_is_in_a_week() -> None:
    assert parse_date("в пятницу", date(2026, 11, 27)) == date(2026, 12, 4)


SENTENCES = [
    ("обещали прислать ТЗ до пятницы", date(2026, 11, 27), "до пятницы"),
    ("Встреча 5 декабря в 10:00", date(2026, 12, 5), "5 декабря"),
    ("Пришлю смету к 15.12.", date(2026, 12, 15), "к 15.12"),
    ("Позвонить завтра, потом в среду", date(2026, 11, 24), "завтра"),
    ("send the drawings by next Friday please", date(2026, 12, 4), "by next Friday"),
    ("Скидка 1,5 % и 2.5 тыс. без даты", None, ""),
    ("средства на счёт поступили", None, ""),
    ("Решение 10.12.2026", date(2026, 12, 10), "10.12.2026"),
    ("may be interested", None, ""),
]


@pytest.mark.parametrize(("text", "expected", "words"), SENTENCES, ids=[text for text, _, _ in SENTENCES])
def test_a_date_inside_a_sentence(text: str, expected: date | None, words: str) -> None:
    found = find_date(text, TODAY)
    if expected is None:
        assert found is None
    else:
        assert found is not None
        assert found[0] == expected
        assert text[found[1] : found[2]] == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10:30", time(10, 30)),
        ("в 10", time(10)),
        ("в 10.30", time(10, 30)),
        ("10 часов", time(10)),
        ("в 3 часа дня", time(15)),
        ("at 3pm", time(15)),
        ("3:15 p.m.", time(15, 15)),
        ("12 am", time(0)),
        ("12 pm", time(12)),
        ("полдень", time(12)),
        ("9 утра", time(9)),
        ("25:00", None),
        ("10:75", None),
        ("15 pm", None),
        ("", None),
        ("десять", None),
    ],
)
def test_times(text: str, expected: time | None) -> None:
    assert parse_clock(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("завтра в 10", datetime(2026, 11, 24, 10)),
        ("5 декабря 15:30", datetime(2026, 12, 5, 15, 30)),
        ("next friday at 3 pm", datetime(2026, 12, 4, 15)),
        ("в 10:30", datetime(2026, 11, 23, 10, 30)),
        ("15.12.2026 9:00", datetime(2026, 12, 15, 9)),
        ("завтра", None),
        ("когда-нибудь в 10", None),
    ],
)
def test_moments(text: str, expected: datetime | None) -> None:
    assert parse_moment(text, TODAY) == expected


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2026, 11, 23)), st.sampled_from(["ru", "en"]), st.integers(0, 4))
def test_what_is_written_is_read_back(value: date, language: str, known: int) -> None:
    partial = [
        PartialDate.of(value),
        PartialDate(None, value.month, value.day),
        PartialDate(value.year, value.month),
        PartialDate(None, value.month),
        PartialDate(value.year),
    ][known]
    assert parse_partial_date(write_partial_date(partial, language), TODAY) == partial
    assert parse_partial_date(str(partial), TODAY) in (partial, None)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.dates(date(1, 1, 1), date(9000, 1, 1)))
def test_no_text_breaks_the_readers(text: str, today: date) -> None:
    parse_partial_date(text, today)
    parse_date(text, today)
    find_date(text, today)
    parse_clock(text)
    parse_moment(text, today)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-40, 40))
def test_months_on(day: date, months: int) -> None:
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day <= day.day
