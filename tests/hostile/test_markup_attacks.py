"""Markup made to cost time or to lead elsewhere: marks that nothing ends, nested brackets, addresses that are none."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest

from kamdesk.rules import markup
from kamdesk.rules.markup import Span

BOMBS = {
    "bold that nothing ends": "**a ",
    "italic that nothing ends": "_a ",
    "bold that ends behind a blank": "**a **",
    "italic beside letters": " _a b",
    "escaped bold": "\\**a",
    "bold with half an italic": "**a_ ",
    "brackets": "[",
    "links that nothing ends": "[a](http://",
    "backslashes": "\\",
    "all at once": "**_[\\",
}


@pytest.mark.parametrize("name", BOMBS)
def test_marks_that_nothing_ends_cost_no_search_each(name: str) -> None:
    """50,000 marks are read at once; a search of 2,000 letters for each of them took six seconds."""
    text = BOMBS[name] * 50_000
    assert markup.plain(text).count("a") == text.count("a")
    assert sum(span.end - span.start for span in markup.spans(text)) <= 5 * len(text)
    assert markup.plain(markup.escaped(text[:20_000])) is not None


def _by_search(text: str) -> list[tuple[str, int, int]]:
    """Bold and italic of a text without other marks as one regular expression says it."""
    bold = r"(?<![^\W_])(?<!\*)\*\*(?![\s*])([^\n]{1,2000}?)(?<![\s*])\*\*(?![^\W_])(?!\*)"
    italic = r"(?<!\w)_(?![\s_])([^\n]{1,2000}?)(?<![\s_])_(?!\w)"
    found = re.finditer(f"{bold}|{italic}", text)
    return [("bold" if match[1] else "italic", match.start(), match.end()) for match in found]


def test_what_is_bold_is_what_it_always_was() -> None:
    chance = random.Random(4)
    signs = ["**", "_", "*", "__", " ", "a", "б", "\n", "2", "-", "а" * 1999]
    for _ in range(3_000):
        text = "".join(chance.choice(signs) for _ in range(chance.randrange(1, 16)))
        outer: list[Span] = []
        for span in markup.spans(text):
            if not outer or span.start >= outer[-1].end:
                outer.append(span)
        assert [(one.kind, one.start, one.end) for one in outer] == _by_search(text)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JavaScript:alert", "file:///etc/passwd", "\\\\host\\share", "//host/share", "smb://host/x",
        "data:text/html,x", "vbscript:x", "http:\\\\host", "ftp://host", "https://\u202egpj.moc", "https://a\u200bb",
        "https://a\x00b", "https://a\x01b", " https://a", "ms-word:ofe|u|http://x",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "use", [markup.pieces, lambda text: [p for line in markup.lines(text) for p in line.pieces]]
)
def test_only_plain_web_and_mail_addresses_are_links(address: str, use: Callable[[str], list]) -> None:
    assert not any(piece.link for piece in use(f"[x]({address})"))
    if address.strip() == address:
        assert markup.safe_link(address) == ""
