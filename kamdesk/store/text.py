"""Text as the search index sees it: case, Ё and accents folded, split into words."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_WORD: Final = re.compile(r"\w+", re.UNICODE)
MAX_QUERY_WORDS: Final = 12
_MAX_WORD: Final = 64


def fold(value: str | None) -> str:
    """Lower case without accents; ё becomes е, й stays й («Пётр» is found by «петр»)."""
    if not value:
        return ""
    lowered = unicodedata.normalize("NFKC", value).casefold().replace("ё", "е").replace("й", "\ue000")
    stripped = "".join(
        sign for sign in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(sign)
    )
    return unicodedata.normalize("NFC", stripped.replace("\ue000", "й"))


def words(value: str) -> list[str]:
    """The folded words of a text, in order; signs separate words and are not searched."""
    return [word[:_MAX_WORD] for word in _WORD.findall(fold(value))]


def match_expression(query: str) -> str:
    """An FTS5 expression in which every word of the query must begin a word; "" when there is nothing to find.

    Only folded words get into it, each quoted, so that no input can be an error or an operator.
    """
    parts = words(query[:1000])[:MAX_QUERY_WORDS]
    return " ".join(f'"{part}"*' for part in parts)
