"""Differences word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kamdesk.rules.changed_words import ADDED, REMOVED, SAME, changed_numbers, changed_words


def test_one_word_of_a_sentence() -> None:
    found = changed_words("Срок поставки — 14 недель.", "Срок поставки — 12 недель.")
    assert [(one.kind, one.text) for one in found] == [
        (SAME, "Срок поставки — "), (REMOVED, "14"), (ADDED, "12"), (SAME, " недель."),
    ]  # fmt: skip


def test_a_sum_is_one_word() -> None:
    found = changed_words("Итого 1 250 000 ₽", "Итого 1 200 000 ₽")
    assert (REMOVED, "1 250 000") in [(one.kind, one.text) for one in found]
    assert changed_numbers("1 250 000", "1 200 000")
    assert not changed_numbers("1 250 000", "1\u00a0250\u00a0000")


@given(st.text(alphabet="аб в,1 ", max_size=30), st.text(alphabet="аб в,1 ", max_size=30))
def test_both_texts_are_in_it(before: str, after: str) -> None:
    found = changed_words(before, after)
    assert "".join(one.text for one in found if one.kind != ADDED) == before
    assert "".join(one.text for one in found if one.kind != REMOVED) == after


def test_texts_that_repeat_one_word_are_compared_at_once() -> None:
    before, after = " ".join(["цена"] * 1999), " ".join(["срок"] * 1999)
    found = changed_words(before, after)
    assert [(one.kind, one.text) for one in found] == [(REMOVED, before), (ADDED, after)]
    mixed, other = "да нет " * 900 + "было", "нет да да " * 600 + "стало"
    assert [one.kind for one in changed_words(mixed, other)] == [REMOVED, ADDED]


def test_a_long_text_in_which_one_word_changed_is_told_by_that_word() -> None:
    before = "тот же самый текст " * 2_000
    found = changed_words(f"{before}14 недель {before}", f"{before}12 недель {before}")
    assert [(one.kind, one.text) for one in found if one.kind != SAME] == [(REMOVED, "14"), (ADDED, "12")]
