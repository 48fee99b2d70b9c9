"""How long a passphrase would hold, said in words: an estimate of the guesses a thief with the files would need.

One guess costs about half a second here (Argon2id with 256 MiB), so a thousand machines make some two thousand a second; the steps below are
times at that speed.
"""

from __future__ import annotations

import math
import unicodedata
from enum import IntEnum
from typing import Final

_KEYBOARD: Final = (
    "qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "01234567890", "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзийклмнопрстуфхцчшщъыьэюя",
)  # fmt: skip
_COMMON: Final = (
    "password", "пароль", "qwerty", "йцукен", "admin", "админ", "kamdesk", "letmein", "welcome", "привет", "любовь", "iloveyou", "секрет",
    "gfhjkm", "ghbdtn", "dragon", "monkey", "master", "qazwsx", "zxcvbn", "наташа", "марина", "максим", "спартак", "zenit", "зенит",
)  # fmt: skip
_POOLS: Final = (("Ll", 30), ("Lu", 30), ("Nd", 10))


class Strength(IntEnum):
    """What a passphrase is worth."""

    NONE = 0
    VERY_WEAK = 1
    WEAK = 2
    FAIR = 3
    STRONG = 4


def strength(passphrase: str) -> Strength:
    """The step that a passphrase reaches: within an hour, within months, within decades, never."""
    if not passphrase.strip():
        return Strength.NONE
    bits = _bits(passphrase)
    if bits < 23:
        return Strength.VERY_WEAK
    if bits < 34:
        return Strength.WEAK
    return Strength.FAIR if bits < 42 else Strength.STRONG


def _bits(passphrase: str) -> float:
    text = unicodedata.normalize("NFC", passphrase)
    folded = text.casefold()
    signs: float = 0
    for at, sign in enumerate(folded):
        signs += 1 if at == 0 or not _follows(folded[at - 1], sign) else 0.2
    for word in _COMMON:
        if word in folded:
            signs -= 0.8 * len(word)
    pool = sum(size for kind, size in _POOLS if any(unicodedata.category(sign) == kind for sign in text))
    if any(not sign.isalnum() for sign in text):
        pool += 20
    by_signs = max(signs, 1.0) * math.log2(max(pool, 2))
    words = [word for word in folded.split() if len(word) > 2]
    # words of a language are guessed as words: some eleven bits each, as from a list of two thousand
    return (
        min(by_signs, len(set(words)) * 11.5)
        if len(words) > 1
        else min(by_signs, _one_word(folded, by_signs))
    )


def _one_word(folded: str, by_signs: float) -> float:
    """A single word of letters only stands in a dictionary, whatever its length."""
    return (
        min(by_signs, 20 + max(0, len(folded) - 12) * 1.5)
        if folded.isalpha() and len(folded) < 20
        else by_signs
    )


def _follows(before: str, sign: str) -> bool:
    """Whether a sign repeats the one before or stands beside it on the keyboard or in the alphabet."""
    return before == sign or any(before + sign in row or sign + before in row for row in _KEYBOARD)
