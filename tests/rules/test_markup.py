"""The markup of typed text: what is markup, what stays plain, and that no letter is ever lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.rules import markup
from kamdesk.rules.markup import Line, Piece

LETTERS = st.text(alphabet="аб в*_[]()\\-1.нhtps:/", max_size=40)
PLAIN = st.text(alphabet=st.characters(exclude_characters="*_[\\", exclude_categories=("Cs",)), max_size=60)
LOOKS = st.builds(
    Piece, st.text(alphabet="аб *_[]\\.", min_size=1, max_size=8), st.booleans(), st.booleans(),
    st.sampled_from(("", "https://example.com/a_b")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**важно**", (Piece("важно", bold=True),)),
        ("это _важно_!", (Piece("это "), Piece("важно", italic=True), Piece("!"))),
        ("**до _и_ после**", (Piece("до ", True), Piece("и", True, True), Piece(" после", True))),
        ("см. [сайт](https://a.ru/x_y)", (Piece("см. "), Piece("сайт", link="https://a.ru/x_y"))),
        ("[почта](mailto:a@b.ru)", (Piece("почта", link="mailto:a@b.ru"),)),
        ("[**сайт**](http://a.ru)", (Piece("сайт", bold=True, link="http://a.ru"),)),
        (r"\**не жирно**", (Piece("**не жирно**"),)),
    ],
)
def test_what_is_markup(text: str, expected: tuple[Piece, ...]) -> None:
    assert markup.pieces(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2*3*4", "2**3**4", "snake_case_name", "№ ____ от ____", "__init__", "** не жирно **", "_ и _", "*один*", "a * b * c",
        "C:\\_temp", "\\\\server\\share", "[слово](javascript:alert(1))", "[x](file:///etc/passwd)", "[x] (https://a.ru)", "**\n**", "****",
    ],
)  # fmt: skip
def test_what_stays_as_it_is(text: str) -> None:
    assert markup.pieces(text) == (Piece(text),)
    assert markup.plain(text) == text


def test_lists() -> None:
    found = markup.lines("Важно:\n- первое\n• второе\n1. раз\n2) два\n4. не подряд\n1812. год\n\\- не пункт")
    assert [line.kind for line in found] == [
        "text",
        "bullet",
        "bullet",
        "number",
        "number",
        "text",
        "text",
        "text",
    ]
    assert "".join(piece.text for piece in found[-1].pieces) == "- не пункт"


def test_numbers_begin_anew_in_each_list() -> None:
    items = [
        Line("number", (Piece("а"),)),
        Line("number", (Piece("б"),)),
        Line("text", (Piece("и"),)),
        Line("number", (Piece("в"),)),
    ]
    assert markup.written_lines(items) == "1. а\n2. б\nи\n1. в"
    assert markup.lines(markup.written_lines(items)) == tuple(items)


def test_a_look_that_cannot_be_said_costs_no_letter() -> None:
    assert markup.plain(markup.written([Piece("рекупера"), Piece("тор", bold=True)])) == "рекуператор"


def test_only_links_of_the_web_and_mail_are_written() -> None:
    assert markup.written([Piece("x", link="javascript:alert(1)")]) == "x"
    assert markup.written([Piece("x", link="https://a.ru/(1)")]) == "[x](https://a.ru/%281%29)"


@given(PLAIN)
def test_plain_text_is_unchanged_letter_by_letter(text: str) -> None:
    assert "".join(piece.text for piece in markup.pieces(text)) == text
    assert markup.plain(text) == text
    assert markup.escaped(text) == text


@given(LETTERS)
def test_escaped_text_is_read_back_as_it_was(text: str) -> None:
    assert "".join(piece.text for piece in markup.pieces(markup.escaped(text))) == text


@given(st.lists(LOOKS, max_size=5))
def test_words_survive_being_written(items: list[Piece]) -> None:
    said = "".join(piece.text for piece in items)
    assert "".join(piece.text for piece in markup.pieces(markup.written(items))) == said


@given(st.lists(st.tuples(st.sampled_from(("text", "bullet", "number")), PLAIN), max_size=6))
def test_lines_survive_being_written(items: list[tuple[str, str]]) -> None:
    given_lines = [
        Line(kind, (Piece(text.strip()),))
        for kind, text in items
        if len(text.splitlines()) == 1 and text.strip()
    ]
    assert markup.lines(markup.written_lines(given_lines)) == tuple(given_lines)


@given(LETTERS)
def test_spans_lie_inside_the_text(text: str) -> None:
    for span in markup.spans(text):
        assert 0 <= span.start <= span.inner <= span.inner_end <= span.end <= len(text)
