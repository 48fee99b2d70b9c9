"""Names of files that Windows, Linux and a colleague's mail take."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamdesk.rules.filenames import safe_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("КП № 17 для АО «Завод»", "КП № 17 для АО «Завод»"),
        ('a/b\\c:d*e?f"g<h>i|j', "a b c d e f g h i j"),
        ("  конец. . ", "конец"),
        ("CON", "_CON"),
        ("con.старый", "_con.старый"),
        ("lpt1", "_lpt1"),
        ("COM²", "_COM²"),
        ("contract", "contract"),
        ("", "document"),
        ("...", "document"),
        ("стр\n2\tтаб", "стр 2 таб"),
        ("счёт\u202efdp.exe", "счётfdp.exe"),
        ("nul\u0000l", "null"),
        ("й", "й"),
    ],
)
def test_safe_names(text: str, expected: str) -> None:
    assert safe_name(text, ".docx") == f"{expected}.docx"


def test_long_names_are_cut_between_characters() -> None:
    name = safe_name("Ж😀" * 300, ".docx")
    assert len(name.encode()) <= 200
    assert name.endswith(".docx")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_gives_a_safe_name(text: str) -> None:
    name = safe_name(text, ".pdf")
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
    assert len(name.encode()) <= 255
    assert name == name.strip()
    assert name != ".pdf"
    assert safe_name(name[:-4], ".pdf") == name or name.startswith("_")
