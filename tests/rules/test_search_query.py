"""What is typed into the box is taken apart, whatever it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.rules.other_spellings import in_other_letters, other_layout
from kamdesk.rules.search_query import (
    FILTERS,
    KINDS,
    Completing,
    completing,
    filter_named,
    filters_beginning,
    kinds_named,
    parse,
    quoted,
)


@pytest.mark.parametrize(
    ("typed", "words", "filters"),
    [
        ("иванов client:прогресс др:март", "иванов", [("client", "прогресс"), ("birthday", "март")]),
        ('клиент:"Завод Прогресс" насос', "насос", [("client", "Завод Прогресс")]),
        ("клиент:«Завод Прогресс»", "", [("client", "Завод Прогресс")]),
        ("роль:", "", [("role", "")]),
        ("с:2025 по:2026", "", [("since", "2025"), ("until", "2026")]),
        ("сдшуте:прогресс", "", [("client", "прогресс")]),
        ("http://x.example 10:30", "http://x.example 10:30", []),
        ('клиент:"не закрыто', "", [("client", "не закрыто")]),
    ],
)
def test_words_and_filters(typed: str, words: str, filters: list[tuple[str, str]]) -> None:
    found = parse(typed)
    assert found.words == words
    assert [(one.name, one.value) for one in found.filters] == filters
    assert found.unknown == ()


def test_a_name_that_is_no_filter_is_words_and_reported() -> None:
    found = parse("foo:bar иванов")
    assert (found.words, found.filters, found.unknown) == ("foo:bar иванов", (), ("foo",))
    assert parse("телефон: 8 495").unknown == ()


@given(st.text(max_size=200))
def test_no_text_is_an_error(text: str) -> None:
    parse(text)
    completing(text)
    other_layout(text)
    in_other_letters(text)


def test_each_spelling_belongs_to_one_filter() -> None:
    spellings = [one for groups in FILTERS.values() for group in groups for one in group]
    assert len(spellings) == len(set(spellings))
    assert all(filter_named(one) for one in spellings)


def test_kinds_are_named_in_both_languages_and_in_the_plural() -> None:
    assert kinds_named("note") == kinds_named("заметки") == kinds_named("Замет") == ("note",)
    assert kinds_named("встречи") == ("interaction",)
    assert kinds_named("люди") == ("person",) and kinds_named("deals") == ("deal",)
    assert kinds_named("") == kinds_named("жжж") == ()
    for kind, spellings in KINDS.items():
        assert all(kind in kinds_named(one) for one in spellings)
        assert {one.isascii() for one in spellings} == {True, False}


def test_what_is_being_typed() -> None:
    assert completing("иванов кли") == Completing(None, "кли", 7)
    assert completing("клиент:про") == Completing("client", "про", 7)
    assert completing('клиент:"завод п') == Completing("client", "завод п", 7)
    assert completing("клиент:прогресс ") is None and completing("") is None
    assert filters_beginning("кли", "ru") == filters_beginning("cli", "ru") == ("клиент",)
    assert filters_beginning("кли", "en") == ("client",)
    assert quoted("Прогресс") == "Прогресс" and quoted('Завод "Прогресс"') == '"Завод Прогресс"'


@pytest.mark.parametrize(
    ("typed", "meant"), [("bdfyjd", "иванов"), ("ыьшер", "smith"), ("k.,jdm", "любовь"), ("Bdfyjd", "Иванов")]
)
def test_the_same_keys_under_the_other_layout(typed: str, meant: str) -> None:
    assert other_layout(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ivanov", "иванов"),
        ("shchukin", "щукин"),
        ("yuriy", "юрий"),
        ("dmitry", "дмитрий"),
        ("petr", "петр"),
        ("смит", "smit"),
    ],
)
def test_the_same_sounds_in_other_letters(typed: str, meant: str) -> None:
    assert meant in in_other_letters(typed)


def test_signs_without_a_sound_are_no_word() -> None:
    assert in_other_letters("ъъъ") == in_other_letters("ъьъь") == ()
