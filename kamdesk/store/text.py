"""Text as the search index sees it: case, Ё and accents folded, split into words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

# An underscore separates as it does for the index, whose words could not be searched as a phrase.
_WORD: Final = re.compile(r"[^\W_]+", re.UNICODE)
# Texts of these signs only are folded without looking at each sign: nearly all of a dossier.
_COMMON: Final = re.compile(r"[\x00-\x7fа-яё«»№–—…]*")
MAX_QUERY_WORDS: Final = 12
_MAX_WORD: Final = 64
INDEXED_PREFIX: Final = 6
"""Prefixes of up to so many letters stand in the index (migration 0001)."""


def fold(value: str | None) -> str:
    """Lower case without accents; ё becomes е, й stays й («Пётр» is found by «петр»)."""
    if not value:
        return ""
    lowered = value.casefold()
    if _COMMON.fullmatch(lowered):
        return lowered.replace("ё", "е")
    lowered = unicodedata.normalize("NFKC", value).casefold().replace("ё", "е").replace("й", "\ue000")
    stripped = "".join(
        sign for sign in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(sign)
    )
    return unicodedata.normalize("NFC", stripped.replace("\ue000", "й"))


def words(value: str) -> list[str]:
    """The folded words of a text, in order; signs separate words and are not searched."""
    return [word[:_MAX_WORD] for word in _WORD.findall(fold(value))]


def query_words(query: str) -> list[str]:
    """The folded words of what was typed, as far as a search uses them; [] when there is nothing to find."""
    return words(query[:1000])[:MAX_QUERY_WORDS]


def expression(wanted: Sequence[str]) -> str:
    """An FTS5 expression in which every word begins a word of the text.

    Only folded words get into it, each quoted, so that no input can be an error or an operator.
    """
    return " ".join(f'"{part}"*' for part in wanted)
