"""Somebody new in a line of quick capture: the name brought back to the nominative, and the post that is said with it."""

from __future__ import annotations

import re
from typing import Final

from kamdesk.model.values import PersonName
from kamdesk.rules.typed import parse_name
from kamdesk.rules.typed.given_names import folded, given_names

_NAME_WORD: Final = r"[А-ЯЁA-Z][а-яёa-z]+(?:-[А-ЯЁA-Z][а-яёa-z]+)?"
_NAME: Final = re.compile(
    rf"(?:{_NAME_WORD}\s+(?:{_NAME_WORD}\s+{_NAME_WORD}|[А-ЯЁA-Z]\.\s?(?:[А-ЯЁA-Z]\.)?|{_NAME_WORD}))|(?:[А-ЯЁA-Z]\.\s?){{1,2}}{_NAME_WORD}"
)
_WITH: Final = re.compile(
    rf"\bс(?:о)?\s+(?:нов\w+\s+)?(?:[а-яё-]+\s+){{0,3}}?(?P<name>{_NAME_WORD}(?:\s+{_NAME_WORD}){{0,2}})"
)
_ONE: Final = re.compile(
    rf"(?:[—–:-]|\bзовут|\bis|\bcalled|,|\bmet)\s*(?P<name>{_NAME_WORD}(?:\s+{_NAME_WORD}){{0,2}})"
)
_POST: Final = re.compile(
    r"\b(?:нов(?:ый|ая|ым|ой)|new)\s+(?P<new>[а-яёa-z][а-яёa-z -]{2,60}?)(?=\s*(?:[—–,.:;(]|\s-\s|(?-i:[А-ЯЁA-Z])|\Z))"
    r"|[,—–]\s*(?:(?:он|она|he|she)(?:'s| is)?\s+)?(?P<post>(?:глав|зам|дирек|нач|бухг|инжен|энерг|механ|технол|сна?бж|закуп|руковод|менедж|юрист|эконом|секрет|"
    r"специал|консул|перв|финан|техни|коммер|генер|исполн|chief|head|director|manager|buyer|engineer|account|financ|purchas|procure|deputy|cfo|ceo|cto|coo|lawyer)"
    r"[а-яёa-z -]{0,60})",
    re.IGNORECASE,
)  # fmt: skip


def new_name(words: str) -> PersonName | None:
    """The name in a line about somebody new, in the nominative; None where none can be read."""
    met = _WITH.search(words)
    if met is not None:
        return parse_name(" ".join(_nominative(met["name"].split())))
    names = sorted((match.group().strip() for match in _NAME.finditer(words)), key=len, reverse=True)
    read = (parse_name(name) for name in names)
    found = next((name for name in read if name is not None), None)
    if found is not None:
        return found
    alone = _ONE.search(words)
    return parse_name(alone["name"]) if alone is not None else None


def post_of(words: str) -> str:
    """The post said with a new name, in the nominative, capitalised: «новый главбух» → «Главбух»; "" for none."""
    for match in _POST.finditer(words):
        text = " ".join((match["new"] or match["post"]).split()).strip(" -")
        if text and text.split()[0] not in ("человек", "контакт", "person", "contact"):
            plain = " ".join(
                _plain_post(text.split()) if match["new"] and _oblique(words, match) else text.split()
            )
            return plain[:1].upper() + plain[1:]
    return ""


def _oblique(words: str, match: re.Match[str]) -> bool:
    """«с новым главным инженером»: the post itself stands in the instrumental."""
    return words[match.start() : match.end()].casefold().startswith(("новым", "новой"))


def _plain_post(words: list[str]) -> list[str]:
    """«главным инженером» → «главный инженер», as far as the first noun."""
    plain = []
    for at, word in enumerate(words):
        if word.endswith(("ым", "им")):
            plain.append(word[:-1] + "й")
        elif word.endswith(("ом", "ем")):
            plain.append(word[:-2] + ("ь" if word.endswith("телем") else ""))
            return plain + words[at + 1 :]
        elif word.endswith("ей") and at == len(words) - 1:
            plain.append(word[:-2] + "я")
        else:
            plain.append(word)
    return plain


def _nominative(words: list[str]) -> list[str]:
    """A name in the instrumental back to the nominative; words that are in none of its forms stay."""
    female = any(_is_female(word) for word in words)
    return [_back(word, female=female, alone=len(words) == 1) for word in words]


def _is_female(word: str) -> bool:
    low = folded(word)
    given = _given(low)
    return low.endswith(("овной", "евной", "ичной", "овой", "евой", "иной", "ыной", "ской", "цкой")) or (
        given != "" and given_names()[given] == "f"
    )


def _given(low: str) -> str:
    """The given name of which this is the instrumental; "" for none."""
    tries = (low, low[:-2], low[:-2] + "а", low[:-2] + "я", low[:-2] + "й", low[:-2] + "ь", low[:-1])
    fleeting = (low[:-3] + "е" + low[-3:-2], low[:-4] + "е" + low[-3:-2]) if len(low) > 4 else ()
    return next((name for name in (*tries, *fleeting) if name in given_names()), "")


def _back(word: str, *, female: bool, alone: bool) -> str:
    low = folded(word)
    if low.endswith(("ичем",)):
        return word[:-2]
    if low.endswith(("овной", "евной", "ичной")):
        return word[:-2] + "а"
    given = _given(low)
    if given:
        same = next(
            (
                len(given) - at
                for at in range(len(given))
                if folded(word).startswith(given[: len(given) - at])
            ),
            0,
        )
        return word[:same] + given[same:]
    if low.endswith(("овой", "евой", "иной", "ыной")):
        return word[:-2] + "а"
    if low.endswith(("ской", "цкой")):
        return word[:-2] + "ая"
    if low.endswith(("овым", "евым", "иным", "ыным")):
        return word[:-2]
    if low.endswith(("ским", "цким")):
        return word[:-1] + "й"
    if low.endswith("ом") and not female and (alone or len(word) > 4):
        return word[:-2]
    return word[:-2] + "а" if low.endswith("ой") else word
