"""Which words of a client's units, deals and addresses name a place of its own: «Ardnashee» of "Ardnashee Dry Plant".

Nothing of a general word is taken, since it would be found in every text: "Butter hall" and «Насосная станция» name no place,
«Насосная станция № 3» does. What is found is written as a name of :func:`kamdesk.rules.left_names.mentions` is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kamdesk.rules.left_names import words_of

_QUOTED: Final = re.compile(r"[«“„\"]([^«»“”„\"]+)[»”“\"]")
_GENERAL: Final = frozenset(
    "head main group regional central north south east west northern southern eastern western new old upper lower "
    "office plant site works mill factory hall house branch division department team unit shop line warehouse store "
    "sales finance financial purchasing procurement production maintenance energy power utilities logistics quality "
    "technical engineering human information legal commercial marketing research supply service services security "
    "safety heat water gas steam dry cold boiler board management administration accounting it hr rd "
    "городской заводской складской заводская складская городская морской речной женский мужской".split()
)
"""Words that units of many clients begin with; folded."""
_TOPONYM: Final = re.compile(r".{2,}(?<!че)ск(?:ий|ая|ое|ой|ие)")
"""«Сосногорский», but not «механический»."""
_TOWN: Final = re.compile(r"\b(?:г|гор|город|пос|пгт|с|дер)\.?\s+([А-ЯЁ][\w-]*(?:\s[А-ЯЁ][\w-]*)*)")
_NO_TOWN: Final = re.compile(
    r"\d|\b(?:ул|улица|пр|пр-т|просп|проспект|пер|переулок|ш|шоссе|наб|набережная|пл|площадь|бульвар|обл|область|край|"
    r"республика|р-н|район|округ|россия|рф|российская|д|дом|стр|корп|офис|street|st|road|rd|avenue|ave|lane|quay|"
    r"square|drive|way|park|house|building|floor|suite|box|county|co|ireland|england|scotland|wales|uk|usa|kingdom|"
    r"germany|france|russia)\b",
    re.IGNORECASE,
)
_PLACED: Final = re.compile(r"\b(?:at|in|near|of)\s+([A-Z][\w-]+)")


def names_of_unit(name: str) -> Iterator[tuple[str, ...]]:
    """What a unit is called that nobody else's is: words in quotes, a name at its beginning, the whole where it has a number."""
    yield from _quoted(name)
    words = words_of(_QUOTED.sub(" ", name))
    if any(word.isdigit() for word in words) and len(words) > 1:
        yield (words[0].lower(), *words[1:])
    elif words:
        yield from _leading(words)


def names_of_deal(name: str) -> Iterator[tuple[str, ...]]:
    """Places in the name of a deal: in quotes, before a colon, after "at"; the rest is what is sold, and that may be copied."""
    yield from _quoted(name)
    head, colon, _rest = name.partition(":")
    words = words_of(head)
    if colon and words:
        if len(words) == 1 and words[0].isascii() and words[0].casefold() not in _GENERAL:
            yield words
        else:
            yield from _leading(words)
    for word in _PLACED.findall(name):
        if word.casefold() not in _GENERAL:
            yield (word,)


def town_of(address: str) -> tuple[str, ...]:
    """The words of the town in an address; empty where none can be told."""
    marked = _TOWN.search(address)
    if marked is not None:
        return words_of(marked[1])
    for part in address.split(","):
        words = words_of(part)
        if words and _NO_TOWN.search(part) is None and all(word[0].isupper() for word in words):
            return words
    return ()


def _quoted(name: str) -> Iterator[tuple[str, ...]]:
    for inner in _QUOTED.findall(name):
        words = words_of(inner)
        yield from tuple(_leading(words)) or (words,)  # one place of the text is told once


def _leading(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The first word where it is a name: a Russian one by its ending, an English one where the next has a capital too."""
    first = words[0] if words else ""
    if not first[:1].isupper() or len(first) < 4 or first.casefold() in _GENERAL:
        return
    if _TOPONYM.fullmatch(first.casefold()) is not None or (
        first.isascii() and len(words) > 1 and words[1][:1].isupper()
    ):
        yield (first,)
