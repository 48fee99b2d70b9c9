"""Names of documents by a pattern: both languages, blanks, collisions, and what Windows takes."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamdesk.rules.file_pattern import FIELDS, USUAL, NameParts, file_name, names, problem, unique

PARTS = NameParts(
    "17/26", "АО «Север»", "Насосы: вторая очередь", "Самарин И. П.", "cover", date(2026, 3, 5), 3
)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("", "17 26 - АО «Север» - Сопроводительное письмо - Самарин И. П."),
        (USUAL, "17 26 - АО «Север» - Сопроводительное письмо - Самарин И. П."),
        ("{client}_{date}_{version}", "АО «Север»_2026-03-05_в3"),
        ("{ Клиент } ({читатель})", "АО «Север» (Самарин И. П.)"),
        ("КП {номер}: {тема}", "КП 17 26 Насосы вторая очередь"),
        ("{nonsense}", "17 26 - АО «Север» - Сопроводительное письмо - Самарин И. П."),
    ],
)
def test_fields(pattern: str, expected: str) -> None:
    assert file_name(pattern, PARTS).rstrip(".") == expected.rstrip(".")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (USUAL, "Север - Коммерческое предложение"),
        ("{number} - {client}", "Север"),
        ("{client} ({reader})", "Север"),
        ("{client} - {reader} - {date}", "Север"),
        ("{client} - {subject} - {kind}", "Север - Коммерческое предложение"),
        ("{subject}", "document"),
    ],
)
def test_what_says_nothing_leaves_no_dash(pattern: str, expected: str) -> None:
    assert file_name(pattern, NameParts(client="Север")) == expected


def test_a_variant_does_not_say_that_it_is_one() -> None:
    words = file_name("{kind}", NameParts(kind="variant", language="en"))
    assert words == file_name("{kind}", NameParts(language="en")) == "Proposal"
    assert not {"lens", "type", "stance", "influence"} & {*FIELDS, *(one.name for one in fields(NameParts))}


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("{client", "pattern.brace"),
        ("{lens}", "pattern.unknown"),
        ("{stance}", "pattern.unknown"),
        ("{cleint}", "pattern.unknown_nearest"),
        ("{клиенты}", "pattern.unknown_nearest"),
        ("КП", "pattern.no_field"),
        ("{client}" * 40, "pattern.too_long"),
    ],
)
def test_what_is_wrong_is_said(pattern: str, code: str) -> None:
    found = problem(pattern)
    assert found is not None
    assert found.code == code


def test_collisions_get_a_number() -> None:
    same = NameParts(number="17")
    assert names("{number}", [same, same, same]) == ("17", "17 (2)", "17 (3)")
    assert unique("КП", ["кп", "КП (2)"]) == "КП (3)"
    long = "Ж" * 100
    assert len(unique(long, [long]).encode()) <= 200


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=40), st.text(max_size=40))
def test_any_pattern_and_any_words_make_a_safe_name(pattern: str, client: str, subject: str) -> None:
    name = file_name(pattern, NameParts("1", client, subject, "Ж" * 60))
    assert name
    assert len(name.encode()) <= 200
    assert not set('<>:"/\\|?*\n') & set(name)
    assert not name.endswith((" ", "."))
