"""Money, numbers, dates and spaces as an accountant and a typesetter would have them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamdesk.documents.language import (
    in_words,
    long_date,
    money,
    nbsp,
    number,
    percent,
    plural,
    short_date,
)

SPACE = "\u00a0"


@pytest.mark.parametrize(
    ("amount", "currency", "russian", "english"),
    [
        ("1200000", "RUB", "Один миллион двести тысяч рублей 00 копеек",
         "One million two hundred thousand Russian roubles and 00 kopecks"),
        ("2001.5", "CNY", "Две тысячи один китайский юань 50 фыней",
         "Two thousand one Chinese yuan and 50 fen"),
        ("22.22", "USD", "Двадцать два доллара США 22 цента", "Twenty-two US dollars and 22 cents"),
        ("1", "EUR", "Один евро 00 центов", "One euro and 00 cents"),
        ("0", "RUB", "Ноль рублей 00 копеек", "Zero Russian roubles and 00 kopecks"),
        ("-5.505", "RUB", "Минус пять рублей 51 копейка", "Minus five Russian roubles and 51 kopecks"),
        ("21", "BYN", "Двадцать один белорусский рубль 00 копеек", "Twenty-one Belarusian roubles and 00 kopecks"),
        ("100", "GBP", "Сто GBP 00/100", "One hundred GBP and 00/100"),
        ("2", "JPY", "Две иены", "Two Japanese yen"),
    ],
)  # fmt: skip
def test_a_sum_in_words(amount: str, currency: str, russian: str, english: str) -> None:
    assert in_words(Decimal(amount), currency, "ru") == russian
    assert in_words(Decimal(amount), currency, "en") == english


def test_money() -> None:
    assert money(Decimal("1200000"), "RUB", "ru") == f"1{SPACE}200{SPACE}000,00{SPACE}₽"
    assert money(Decimal("1200000"), "EUR", "en") == "€1,200,000.00"
    assert money(Decimal("1200000"), "RUB", "en") == f"RUB{SPACE}1,200,000.00"
    assert money(Decimal("1200000"), "RUB", "ru", "1000") == f"1{SPACE}200{SPACE}тыс.{SPACE}₽"
    assert money(Decimal("-1234567.89"), "USD", "en", "1000000") == f"\u2212$1.235{SPACE}million"
    assert money(Decimal("5.5"), "RUB", "ru", "1000000") == f"5,50{SPACE}₽"
    assert money(Decimal("0.125"), "RUB", "ru") == f"0,13{SPACE}₽"
    assert money(Decimal("-5.5"), "RUB", "ru") == f"\u22125,50{SPACE}₽"
    with pytest.raises(KeyError):
        money(Decimal(500), "RUB", "ru", "100")


@settings(max_examples=60, deadline=None)
@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_no_kopeck_is_lost_in_print(amount: Decimal) -> None:
    shown = (
        money(amount, "RUB", "ru")
        .replace(SPACE, "")
        .replace("₽", "")
        .replace(",", ".")
        .replace("\u2212", "-")
    )
    assert Decimal(shown) == amount
    assert in_words(amount, "RUB", "ru").split()[-2] == f"{abs(amount) % 1:.2f}"[2:]


def test_numbers_and_percent() -> None:
    assert number(Decimal("1234567.50"), "ru") == f"1{SPACE}234{SPACE}567,5"
    assert number(Decimal("1E+3"), "ru") == f"1{SPACE}000"
    assert number(Decimal("1234.5"), "en", 2) == "1,234.50"
    assert number(Decimal("2.5"), "ru", 0) == "3"
    assert percent(Decimal("12.5"), "ru") == f"12,5{SPACE}%"
    assert percent(Decimal("20.0"), "en") == "20%"


@pytest.mark.parametrize(
    ("n", "word"),
    [(1, "год"), (2, "года"), (5, "лет"), (11, "лет"), (12, "лет"), (21, "год"), (104, "года"), (0, "лет"),
     (111, "лет"), (-1, "год")],
)  # fmt: skip
def test_plural(n: int, word: str) -> None:
    assert plural(n, ("год", "года", "лет")) == word


def test_plural_of_fractions_and_english() -> None:
    assert plural(Decimal("1.5"), ("год", "года", "лет")) == "года"
    assert plural(Decimal("2.0"), ("год", "года", "лет")) == "года"
    assert [plural(n, ("year", "years")) for n in (0, 1, 2)] == ["years", "year", "years"]


def test_dates() -> None:
    day = date(2026, 11, 23)
    assert long_date(day, "ru") == f"23{SPACE}ноября{SPACE}2026{SPACE}г."
    assert long_date(day, "en") == f"23{SPACE}November{SPACE}2026"
    assert short_date(date(2026, 1, 3), "ru") == "03.01.2026"
    assert short_date(day, "en") == f"23{SPACE}Nov{SPACE}2026"


def test_spaces_that_hold() -> None:
    text = "Договор № 5 от 3 мая 2026 г. с П. С. Ивановым на 1 200 000 руб. — в срок до 5 дней"
    assert nbsp(text, "ru").replace(SPACE, "_") == (
        "Договор №_5 от_3_мая 2026_г. с_П._С._Ивановым на_1_200_000_руб._— в_срок до_5_дней"
    )
    assert nbsp("a pump for 5 days", "en").replace(SPACE, "_") == "a_pump for_5_days"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="вн№ 12.АБкг—\n", max_size=60))
def test_holding_spaces_changes_nothing_else_and_only_once(text: str) -> None:
    once = nbsp(text, "ru")
    assert once.replace(SPACE, " ") == text
    assert nbsp(once, "ru") == once
