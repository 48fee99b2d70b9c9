"""Money and phones as typed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamdesk.model.written import write_decimal
from kamdesk.rules.typed import TypedAmount, TypedPhone, parse_amount, parse_decimal, parse_phone

D = Decimal


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,2 млн", TypedAmount(D("1200000"))),
        ("1 200 000,50", TypedAmount(D("1200000.5"))),
        ("1\u00a0200\u202f000,50 ₽", TypedAmount(D("1200000.5"), "RUB")),
        ("1.5k", TypedAmount(D("1500"))),
        ("1,5к", TypedAmount(D("1500"))),
        ("2 тыс.", TypedAmount(D("2000"))),
        ("2 т.р.", TypedAmount(D("2000"), "RUB")),
        ("15 тыс. руб.", TypedAmount(D("15000"), "RUB")),
        ("3 млн рублей", TypedAmount(D("3000000"), "RUB")),
        ("1200р", TypedAmount(D("1200"), "RUB")),
        ("12 %", TypedAmount(D("12"), percent=True)),
        ("12,5%", TypedAmount(D("12.5"), percent=True)),
        ("$1,200,000.50", TypedAmount(D("1200000.5"), "USD")),
        ("1.200.000,50", TypedAmount(D("1200000.5"))),
        ("1.200.000", TypedAmount(D("1200000"))),
        ("1'200'000", TypedAmount(D("1200000"))),
        ("€ 2 bn", TypedAmount(D("2000000000"), "EUR")),
        ("100 долларов", TypedAmount(D("100"), "USD")),
        ("−5", TypedAmount(D("-5"))),
        ("(5)", TypedAmount(D("-5"))),
        ("+5", TypedAmount(D("5"))),
        ("0", TypedAmount(D("0"))),
        ("1,500", TypedAmount(D("1.5"))),
        ("100", TypedAmount(D("100"))),
    ],
)
def test_amounts(text: str, expected: TypedAmount) -> None:
    found = parse_amount(text)
    assert found == expected
    assert isinstance(found.amount, Decimal)
    assert "E" not in str(found.amount)


def test_one_comma_before_three_digits_in_english() -> None:
    assert parse_decimal("1,500", "en") == 1500
    assert parse_decimal("1,50", "en") == D("1.5")
    assert parse_decimal("1.500", "en") == D("1.5")
    assert parse_decimal("12,500 m", "en") == D("12500000000")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "1,2,3",
        "1.2.3",
        "12 мартышек",
        "1,",
        "--5",
        "NaN",
        "Infinity",
        "1e5",
        "5 6x",
        "1,200,00.5",
        "٣",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert parse_decimal(text) is None


@settings(max_examples=60, deadline=None)
@given(st.decimals(-(10**12), 10**12, places=2), st.sampled_from(["ru", "en"]))
def test_what_is_written_is_read_back(value: Decimal, language: str) -> None:
    assert parse_decimal(write_decimal(value, language), language) == value


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_no_text_breaks_the_readers(text: str) -> None:
    parse_amount(text)
    parse_phone(text)


@pytest.mark.parametrize(
    ("text", "e164", "extension"),
    [
        ("8 495 123-45-67", "+74951234567", ""),
        ("8 (495) 123-45-67", "+74951234567", ""),
        ("+7 495 123 45 67", "+74951234567", ""),
        ("7 495 123 45 67", "+74951234567", ""),
        ("(495) 123-45-67", "+74951234567", ""),
        ("8-916-123-45-67", "+79161234567", ""),
        ("8 495 123-45-67 доб. 12", "+74951234567", "12"),
        ("+7 495 123-45-67, ext. 305", "+74951234567", "305"),
        ("8 800 555-35-35", "+78005553535", ""),
        ("+44 20 7946 0018", "+442079460018", ""),
        ("00 44 20 7946 0018", "+442079460018", ""),
        ("123", "", ""),
    ],
)
def test_phones(text: str, e164: str, extension: str) -> None:
    assert parse_phone(text) == TypedPhone(text, e164, extension)


def test_phones_of_another_region_and_no_phone() -> None:
    found = parse_phone("020 7946 0018", "GB")
    assert found is not None
    assert found.e164 == "+442079460018"
    assert parse_phone("нет") is None
    assert parse_phone("") is None
