"""Names of one client that are still said in a text for another one: any case form, whole words only (R12)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_FORMS: Final = frozenset(
    "ооо оао зао пао ао нао ип гк гуп муп фгуп нпо нпп спк кфх ltd llc inc plc gmbh ag sa corp co company "
    "limited group holding компания группа холдинг завод комбинат общество предприятие фирма корпорация "
    "the of and и для на".split()
)
"""Words that stand in the names of many: alone they name nobody."""
_ENDING: Final = re.compile(
    r"(?:а|я|у|ю|е|и|ы|ь|о|ом|ем|ой|ей|ою|ею|ый|ий|ая|яя|ое|ее|ого|его|ому|ему|ым|им|ых|их|ую|юю|ыми|ими|"
    r"ам|ям|ами|ями|ах|ях|ов|ев|ия|ии|ию|ие|ием|ией)?"
)
"""Endings of Russian nouns, names and adjectives in all cases."""
_AROUND: Final = 40
"""Letters of the text that are shown at each side."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found: how it is written there, and the words around it."""

    words: str
    around: str


def mentions(text: str, names: Iterable[Sequence[str]]) -> tuple[Mention, ...]:
    """Where a text says one of the names; each name is its words («Группа», «Север»), compared without endings.

    Words that many names have (forms of companies, "group") may be missing from the text. Names that consist of nothing
    else, and words of less than three letters, are not searched for; a number beside other words is («Цех № 3»).
    """
    found: list[Mention] = []
    spots = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
    for name in names:
        wanted = [
            word for word in name if (len(word) > 2 or word.isdigit()) and word.casefold() not in _FORMS
        ]
        if not any(len(word) > 2 for word in wanted):
            continue
        for at in range(len(spots) - len(wanted) + 1):
            here = spots[at : at + len(wanted)]
            if all(_same(word, spot[0]) for word, spot in zip(wanted, here, strict=True)):
                start, end = here[0][1], here[-1][2]
                around = text[max(0, start - _AROUND) : end + _AROUND]
                mention = Mention(text[start:end], " ".join(around.split()))
                if mention not in found:
                    found.append(mention)
    return tuple(found)


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name without quotes and signs."""
    return tuple(_WORD.findall(name))


def _same(name: str, word: str) -> bool:
    """Whether a word is a name in some case: the same beginning, an ending of a case, a capital where the name has one."""
    if name[:1].isupper() and not word[:1].isupper():
        return False
    one, other = _plain(name), _plain(word)
    if one == other:
        return True
    stem = _stem(one)
    return (
        not one.isascii()
        and len(stem) > 2
        and other.startswith(stem)
        and _ENDING.fullmatch(other, len(stem)) is not None
    )


def _stem(word: str) -> str:
    """What stays the same in all cases: a vowel or a soft sign goes, of an adjective's ending both letters."""
    if len(word) > 4 and word.endswith(("ий", "ый", "ой", "ая", "яя", "ое", "ее")):
        return word[:-2]
    return word[:-1] if word[-1:] in "аеиоуыэюяьй" else word


def _plain(word: str) -> str:
    return word.casefold().replace("ё", "е")
