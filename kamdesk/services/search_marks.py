"""Where in a text the words stand that were looked for, and the piece of it that is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kamdesk.store import text
from kamdesk.store.search_reading import Sought

Marks = tuple[tuple[int, int], ...]
"""Pairs of begin and end in the text they belong to, from left to right, none overlapping."""

_BEFORE: Final = 40
_AFTER: Final = 90
_MOST_MARKS: Final = 12


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the places of what matched."""

    text: str
    marks: Marks = ()


class Marker:
    """Finds the sought words in texts as they were written: ё as е, any case, beginnings and whole words."""

    def __init__(self, words: Sequence[Sought]) -> None:
        beginnings = {one for word in words for one in word.beginnings if one}
        whole = {one for word in words for one in word.whole}
        parts = [
            *(_letters(one) for one in sorted(beginnings, key=len, reverse=True)),
            *(rf"{_letters(one)}(?![^\W_])" for one in sorted(whole, key=len, reverse=True)),
        ]
        # Whole forms first: a beginning that fits too would mark only a part of the word.
        parts = parts[len(beginnings) :] + parts[: len(beginnings)]
        self._pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(parts)})", re.IGNORECASE) if parts else None

    def marks(self, shown: str) -> Marks:
        """Where the words stand, at most twelve times."""
        if self._pattern is None:
            return ()
        found = []
        for match in self._pattern.finditer(shown):
            found.append(match.span())
            if len(found) == _MOST_MARKS:
                break
        return tuple(found)

    def piece(self, body: str) -> Marked:
        """The text around the first mark on one line; its beginning where nothing is marked (a word with accents)."""
        seen = self._pattern.search(body) if self._pattern is not None else None
        at, end_of_word = seen.span() if seen is not None else (0, 0)
        start, end = max(at - _BEFORE, 0), max(at + _AFTER, end_of_word)
        start = 0 if start == 0 else start + max(body[start:at].find(" ") + 1, 0)
        line = " ".join(body[start:end].split())
        line = ("…" if start else "") + line + ("…" if end < len(body) else "")
        return Marked(line, self.marks(line))


def _letters(word: str) -> str:
    return "".join("[её]" if sign == "е" else re.escape(sign) for sign in word)


def rank(words: Sequence[Sought], title: str) -> int:
    """How well a name fits: 0 each word is one of it, 1 begins one, 2 in another form or other letters, 3 not in the name."""
    have = text.words(title)
    return max((_rank_of(one, have) for one in words), default=3)


def _rank_of(word: Sought, have: Iterable[str]) -> int:
    have = list(have)
    if word.typed in have:
        return 0
    if word.beginnings and any(one.startswith(word.typed) for one in have):
        return 1
    if any(one in word.whole or one.startswith(word.beginnings or "\x00") for one in have):
        return 2
    return 3
