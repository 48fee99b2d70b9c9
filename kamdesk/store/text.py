"""Text as the search index sees it: case, Ё and accents folded, split into words; stems; numbers of phones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

# An underscore separates as it does for the index, whose words could not be searched as a phrase.
_WORD: Final = re.compile(r"[^\W_]+", re.UNICODE)
# Texts of these signs only are folded without looking at each sign: nearly all of a dossier.
_COMMON: Final = re.compile(r"[\x00-\x7fа-яё«»№–—…]*")
# A run of digits as phones are written; a sum or a date seldom has ten digits.
_PHONE: Final = re.compile(r"(?<!\d)\+?\d(?:[ \u00a0().\-]{0,2}\d){9,14}(?!\d)")
# The same while it is being typed: five digits in at least two parts, or with a plus.
_PHONE_PART: Final = re.compile(r"(?<![\w.])(?:\+\d|\d)(?:[ \u00a0().\-]{0,2}\d){4,14}(?!\w)")
_FEWEST_DIGITS: Final = 10
_MOST_DIGITS: Final = 15
FROM_BEHIND: Final = "\ue001"
_LONGEST_TERM: Final = 40
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
    return folded_words(fold(value))


def folded_words(folded: str) -> list[str]:
    """The words of a text that is folded already."""
    return [word[:_MAX_WORD] for word in _WORD.findall(folded)]


def query_words(query: str) -> list[str]:
    """The folded words of what was typed, as far as a search uses them; [] when there is nothing to find."""
    return words(query[:1000])[:MAX_QUERY_WORDS]


def stem(word: str) -> str:
    """What the forms of a folded word have in common, by its alphabet («договорами» → «договор», "meetings" → "meet")."""
    from snowballstemmer.english_stemmer import EnglishStemmer
    from snowballstemmer.russian_stemmer import RussianStemmer

    from kamdesk.rules.typed.given_names import given_names

    # One each time: a stemmer keeps the word it works on, and writer and reader are threads of their own.
    if word.isascii():
        return str(EnglishStemmer().stemWord(word))
    short = str(RussianStemmer().stemWord(word))
    # «Петров» is no genitive of «Пётр», as «договоров» is of «договор».
    return word if word.endswith(("ов", "ев")) and short in given_names() else short


def is_term(word: str) -> bool:
    """Whether a folded word has forms and can be mistyped: it has letters and is not a key or a file's bytes."""
    return len(word) <= _LONGEST_TERM and not word.isdigit() and word[0] != FROM_BEHIND


def indexed(value: str) -> str:
    """The folded text that is put into the index, with the numbers of its phones in every form they are asked for."""
    folded = fold(value)
    numbers = [one for found in _PHONE.finditer(value) if (one := phone_words(found.group()))]
    return " ".join((folded, *numbers)) if numbers else folded


def phone_words(written: str) -> str:
    """The words by which a phone is found: with country, without, and from its end; "" for other numbers.

    «8 (495) 123-45-67» and "+7 495 123 45 67" are one number.
    """
    digits = "".join(sign for sign in written if sign.isdecimal())
    if not _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS:
        return ""
    if len(digits) == 11 and digits[0] in "78":
        forms: tuple[str, ...] = ("7" + digits[1:], "8" + digits[1:], digits[1:])
    else:
        forms = (digits,)
    return " ".join((*forms, from_behind(forms[-1])))


def joined_numbers(typed: str) -> str:
    """A typed text with the parts of each phone joined: «8 (495) 12» → «849512»; other numbers stay apart."""
    return _PHONE_PART.sub(lambda found: "".join(sign for sign in found.group() if sign.isdecimal()), typed)


def from_behind(digits: str) -> str:
    """Digits turned round, under a sign that no text has: the last ones of a number become the beginning of a word."""
    return FROM_BEHIND + digits[::-1]


def expression(wanted: Sequence[str]) -> str:
    """An FTS5 expression in which every word begins a word of the text.

    Only folded words get into it, each quoted, so that no input can be an error or an operator.
    """
    return " ".join(f'"{part}"*' for part in wanted)
