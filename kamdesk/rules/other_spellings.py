"""What may have been meant by a word: the same keys under the other layout, the same sounds in the other alphabet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

_LATIN_KEYS: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`"
_RUSSIAN_KEYS: Final = "йцукенгшщзхъфывапролджэячсмитьбю.ё"
_LATIN_SHIFTED: Final = 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?~@#$^&'
_RUSSIAN_SHIFTED: Final = 'ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,Ё"№;:?'
_TO_RUSSIAN: Final = str.maketrans(_LATIN_KEYS + _LATIN_SHIFTED, _RUSSIAN_KEYS + _RUSSIAN_SHIFTED)
_TO_LATIN: Final = str.maketrans(_RUSSIAN_KEYS + _RUSSIAN_SHIFTED, _LATIN_KEYS + _LATIN_SHIFTED)


def has_cyrillic(text: str) -> bool:
    """Whether a letter of the text is Cyrillic."""
    return any("\u0400" <= sign <= "\u04ff" for sign in text)


def other_layout(text: str) -> str:
    """What the same keys give under the other layout: «bdfyjd» → «иванов», «ыьшер» → "smith"; signs are keys too."""
    return text.translate(_TO_LATIN if has_cyrillic(text) else _TO_RUSSIAN)


# The spellings of passports, of letters and of habit; the longer first. "" is a sign that is not heard.
_RUSSIAN_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "shch": ("щ",), "sch": ("щ", "ш"), "zh": ("ж",), "kh": ("х",), "ts": ("ц", "тс"), "tc": ("ц",), "ch": ("ч",), "sh": ("ш",), "yu": ("ю",), "iu": ("ю",),
    "ju": ("ю",), "ya": ("я",), "ia": ("я", "ия"), "ja": ("я",), "yo": ("е",), "jo": ("е",), "ye": ("е", "ье"), "je": ("е",), "iy": ("ий",), "yy": ("ый",),
    "ey": ("ей",), "ay": ("ай",), "oy": ("ой",), "ph": ("ф",), "ck": ("к",),
    "a": ("а",), "b": ("б",), "v": ("в",), "w": ("в",), "g": ("г",), "d": ("д",), "e": ("е", "э"), "z": ("з",), "i": ("и", "й"), "j": ("й", "ж"),
    "k": ("к",), "l": ("л", "ль"), "m": ("м",), "n": ("н",), "o": ("о",), "p": ("п",), "r": ("р",), "s": ("с",), "t": ("т",), "u": ("у",), "f": ("ф",),
    "h": ("х", "г"), "c": ("к", "ц"), "y": ("ы", "й", "и", "ий"), "x": ("кс",), "q": ("к",), "'": ("ь", ""),
}  # fmt: skip
_LATIN_OF: Final[Mapping[str, str]] = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
    "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_LONGEST_WORD: Final = 24
_MOST: Final = 24


def in_other_letters(word: str) -> tuple[str, ...]:
    """At most 24 folded spellings of a word in the other alphabet, the likeliest first; () where none makes sense."""
    word = word.casefold()
    if not 3 <= len(word) <= _LONGEST_WORD:
        return ()
    if has_cyrillic(word):
        latin = "".join(_LATIN_OF.get(sign, sign) for sign in word)
        return (latin,) if len(latin) > 1 else ()
    if not word.isascii() or not word.isalpha():
        return ()
    return tuple(dict.fromkeys(islice(_russian(word), _MOST)))


def _russian(word: str) -> Iterator[str]:
    choices: list[tuple[str, ...]] = []
    at = 0
    while at < len(word):
        piece = next(word[at : at + n] for n in (4, 3, 2, 1) if word[at : at + n] in _RUSSIAN_OF)
        choices.append(_RUSSIAN_OF[piece])
        at += len(piece)
    yield "".join(one[0] for one in choices)
    # One doubtful letter at a time: that two are read unusually is rare, and all combinations are thousands.
    for place, options in enumerate(choices):
        for other in options[1:]:
            yield "".join(other if n == place else one[0] for n, one in enumerate(choices))
