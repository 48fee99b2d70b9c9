"""Words in which Latin and Cyrillic letters that look alike got mixed (a keyboard slip that no eye sees)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_LATIN: Final = "aceopxykABCEHKMOPTXY"
_CYRILLIC: Final = "асеорхукАВСЕНКМОРТХУ"
_TO_CYRILLIC: Final = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN: Final = str.maketrans(_CYRILLIC, _LATIN)
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_LATIN_LETTER: Final = re.compile(r"[A-Za-z]")
_CYRILLIC_LETTER: Final = re.compile(r"[А-Яа-яЁё]")


def mixed_words(text: str) -> Iterator[tuple[int, str, str]]:
    """Where each mixed word begins, the word, and its repaired form. Words mixed on purpose (СберOnline) have no look-alike and are left."""
    for match in _WORD.finditer(text):
        repaired = unmixed(match[0])
        if repaired != match[0]:
            yield match.start(), match[0], repaired


def unmixed(word: str) -> str:
    """The word in the script of most of its letters, when every other letter has a twin there; else unchanged.

    At a tie the script in which all letters are possible wins, Cyrillic first.
    """
    latin, cyrillic = len(_LATIN_LETTER.findall(word)), len(_CYRILLIC_LETTER.findall(word))
    if not latin or not cyrillic:
        return word
    forms = [word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN)]
    if latin > cyrillic:
        forms.reverse()
    for form in forms:
        if not (_LATIN_LETTER.search(form) and _CYRILLIC_LETTER.search(form)):
            return form
    return word


def twins(one: str, other: str) -> bool:
    """Whether two different letters look alike, one of them Latin and the other Cyrillic."""
    return one != other and other in (one.translate(_TO_CYRILLIC), one.translate(_TO_LATIN))


def unmixed_name(name: str) -> str:
    """A dotted field name with every part of it repaired."""
    return ".".join("_".join(unmixed(word) for word in part.split("_")) for part in name.split("."))
