"""What differs between two texts, word by word: for showing a change inside a sentence, and for naming changed numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

SAME, ADDED, REMOVED = "same", "added", "removed"
_A_NUMBER: Final = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)*"
_TOKEN: Final = re.compile(rf"{_A_NUMBER}|\w+|\s+|.", re.DOTALL)
_NUMBER: Final = re.compile(_A_NUMBER)
_MOST: Final = (
    4000  # words and signs between the first and the last change; longer stretches are compared as wholes
)
_PAIRS: Final = (
    150_000  # pairs of equal words there; what repeats itself more often would be compared for minutes
)
_SEPARATING: Final = 3  # letters of a common stretch, blanks apart, that part two changes


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring words that are the same, added or removed."""

    kind: str
    text: str


def changed_words(before: str, after: str) -> tuple[Stretch, ...]:
    """Both texts as one: what stayed, what went and what came, in reading order.

    Without the added ones it is ``before``, without the removed ones ``after``, letter by letter.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    first, last = "".join(old[:head]), "".join(old[len(old) - tail :])
    old, new = old[head : len(old) - tail], new[head : len(new) - tail]
    found = [Stretch(SAME, first), *_changed(old, new), Stretch(SAME, last)]
    return tuple(stretch for stretch in found if stretch.text)


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words at the beginning are the same."""
    both = zip(old, new, strict=False)
    return next((at for at, (one, other) in enumerate(both) if one != other), min(len(old), len(new)))


def _changed(old: Sequence[str], new: Sequence[str]) -> list[Stretch]:
    counted = Counter(new)
    pairs = sum(counted[word] for word in old if not word.isspace())
    if len(old) > _MOST or len(new) > _MOST or pairs > _PAIRS:
        return [Stretch(REMOVED, "".join(old)), Stretch(ADDED, "".join(new))]
    found: list[Stretch] = []
    removed = added = between = ""
    for tag, i, j, k, m in SequenceMatcher(str.isspace, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            between = "".join(old[i:j])
            if len(between.strip()) < _SEPARATING and (removed or added):
                continue  # a lone blank or comma between two changes is part of one change
            found += [Stretch(REMOVED, removed), Stretch(ADDED, added), Stretch(SAME, between)]
            removed = added = between = ""
        else:
            removed, added = removed + between + "".join(old[i:j]), added + between + "".join(new[k:m])
            between = ""
    return [*found, Stretch(REMOVED, removed), Stretch(ADDED, added), Stretch(SAME, between)]


def numbers(text: str) -> tuple[str, ...]:
    """The numbers of a text as they are written, blanks between their digits included."""
    return tuple(match[0] for match in _NUMBER.finditer(text))


def changed_numbers(before: str, after: str) -> bool:
    """Whether the numbers of two texts differ, in whatever way they are grouped."""

    def bare(text: str) -> list[str]:
        return [re.sub(r"[ \u00a0\u202f]", "", number) for number in numbers(text)]

    return bare(before) != bare(after)
