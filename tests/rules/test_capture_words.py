"""What is left of a line of quick capture when who and when stand in fields of their own."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamdesk.model.values import PersonName
from kamdesk.rules.capture import KnownPerson
from kamdesk.rules.capture_words import promised

TODAY = date(2026, 3, 2)
PEOPLE = (
    KnownPerson("1", PersonName("Штерн", "Марина", "Эдуардовна")),
    KnownPerson("2", PersonName("Иванов", "Пётр", "Сергеевич")),
    KnownPerson("3", PersonName("Joyce", "Anna")),
)


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("Штерн обещала прислать ТЗ до пятницы", "Прислать ТЗ"),
        ("обещал прислать ТЗ до пятницы", "Прислать ТЗ"),
        ("Они обещали, что подпишут 15-го", "Подпишут"),
        ("Мы им обещали скидку до конца квартала", "Скидку"),
        ("Позвонить Штерн во вторник", "Позвонить Штерн"),
        ("Anna Joyce promised the drawings by Friday", "The drawings"),
        ("she promised to send the drawings by 27 March", "Send the drawings"),
        ("We promised them a visit on Monday", "A visit"),
    ],
)
def test_who_and_when_are_taken_off(typed: str, left: str) -> None:
    assert promised(typed, PEOPLE, TODAY) == left


@pytest.mark.parametrize(
    "typed",
    [
        "обещали",
        "Главный инженер обещал пропуск",
        "До пятницы Штерн обещала прислать ТЗ",
        "Прислать отчёт за март",
    ],
)
def test_nothing_is_lost_that_has_no_field(typed: str) -> None:
    assert promised(typed, PEOPLE, TODAY) == typed


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=700))
def test_any_words_are_survived(typed: str) -> None:
    left = promised(typed, PEOPLE, TODAY)
    assert left == typed or left[1:] in typed
