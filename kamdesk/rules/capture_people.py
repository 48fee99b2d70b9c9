"""Who is meant by a line of quick capture: names in any case form, matched against known people.

A family name is declined by its own pattern and the person's gender, so that «с Сидоровой» is a woman and «с Сидоровым» a man.
Nobody is guessed where two fit: then both are given, the likely one first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kamdesk.model.values import PersonName
from kamdesk.rules.typed import gender_of

WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDING: Final = re.compile(r"(?:ый|ий|ой|ая|яя|а|я|о|е|ь|й|у|ю)\Z")
_ENDINGS: Final = frozenset(
    (
        "",
        *"а у ом ем е ы и о ой ей я ю ью ою ею ым им ого его ому ему ых их ыми ими ая яя ую юю ий ый ь й".split(),
    )
)
_BEFORE_OTHER_CASES: Final = frozenset(
    "у от для до без из после с со к ко о об про при за на через кроме вместо".split()
)
_FAMILY, _GIVEN, _MIDDLE, _INITIAL = 4, 2, 1, 1
_LOWER_AFTER: Final = frozenset("с со у от к ко для при про о об with from to for by".split())
_LOWER_SHORTEST: Final = 5


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody who may be meant by a line. The likely ones come first in a list of them."""

    id: str
    name: PersonName


@dataclass(frozen=True, slots=True)
class Mention:
    """A place of a line that names somebody: the people who fit best; ``nominative`` where the family name stands in that case."""

    start: int
    end: int
    ids: tuple[str, ...]
    nominative: bool


def named_person(words: str, people: Sequence[KnownPerson]) -> str:
    """The id of the one known person a line names, in any grammatical case; "" for none or for several."""
    found = {one.ids for one in mentions(words, people)}
    certain = next(iter(found)) if len(found) == 1 else ()
    return certain[0] if len(certain) == 1 else ""


def mentions(words: str, people: Sequence[KnownPerson]) -> tuple[Mention, ...]:
    """Every place that names known people, in order. A given name alone counts only where it leaves no doubt."""
    found: list[Mention] = []
    for cluster in _clusters(words):
        tokens = [match[0].casefold().replace("ё", "е") for match in cluster]
        points = {one.id: _points(one.name, tokens) for one in people}
        best = max(points.values(), default=0)
        ids = tuple(one.id for one in people if points[one.id] == best) if best else ()
        if not ids or (best < _FAMILY and len(ids) > 1 and best <= _GIVEN):
            continue
        ids = _by_case(words, cluster, ids, people)
        plain = {one.id: _plain(one) for one in people if one.id in ids}
        nominative = any(name in tokens for name in plain.values() if name)
        found.append(Mention(cluster[0].start(), cluster[-1].end(), ids, nominative))
    return tuple(found)


def _by_case(
    words: str, cluster: Sequence[re.Match[str]], ids: tuple[str, ...], people: Sequence[KnownPerson]
) -> tuple[str, ...]:
    """«Сидорова» is a woman who does something or a man of whom something is: the place in the line tells which.

    At the beginning of a sentence it is the woman, after «у», «для» … the man; elsewhere both are given, the man first unless a verb in
    the feminine stands before.
    """
    if len(ids) < 2:
        return ids
    tokens = [match[0].casefold().replace("ё", "е") for match in cluster]
    doing = [
        one.id for one in people if one.id in ids and one.name.family.casefold().replace("ё", "е") in tokens
    ]
    others = [one for one in ids if one not in doing]
    if not doing or not others:
        return ids
    family = next(
        match for match in cluster if match[0].casefold().replace("ё", "е") in {_plain(one) for one in people}
    )
    before = words[: family.start()].rstrip()
    last = WORD.findall(before)[-1:] if before and before[-1].isalpha() else []
    if not last:
        return tuple(doing)
    if last[0].casefold() in _BEFORE_OTHER_CASES:
        return tuple(others)
    return (*doing, *others) if last[0].endswith(("ла", "лась")) else (*others, *doing)


def _plain(one: KnownPerson) -> str:
    return one.name.family.casefold().replace("ё", "е")


def _clusters(words: str) -> list[list[re.Match[str]]]:
    """Capitalised words that stand together, initials included; a small one only right after «с», «у», "with" …"""
    clusters: list[list[re.Match[str]]] = []
    last: re.Match[str] | None = None
    for match in WORD.finditer(words):
        token = match[0]
        big = token[:1].isupper()
        after = last is not None and last[0].casefold() in _LOWER_AFTER
        small = after and len(token) >= _LOWER_SHORTEST
        if big or small:
            together = (
                bool(clusters)
                and last is clusters[-1][-1]
                and not words[last.end() : match.start()].strip(". ")
            )
            if together and big:
                clusters[-1].append(match)
            else:
                clusters.append([match])
        last = match
    return clusters


def _points(name: PersonName, tokens: Sequence[str]) -> int:
    """A family name counts most, given name and patronymic together as much; an initial settles between namesakes."""
    gender = _gender(name)
    weights = ((name.family, _FAMILY), (name.given, _GIVEN), (name.middle, _MIDDLE))
    held = [
        weight
        for part, weight in weights
        if len(part) > 2 and any(is_form(token, part, gender) for token in tokens)
    ]
    reached = sum(held)
    if held == [_GIVEN] and name.family:
        at = next(at for at, token in enumerate(tokens) if is_form(token, name.given, gender))
        if any(len(token) > 2 for token in tokens[at + 1 :]):
            return 0  # «Анна Волкова» is not the Анна of another family name
    if _FAMILY in held:
        initials = [part[:1].casefold() for part in (name.given, name.middle) if part]
        single = [token for token in tokens if len(token) == 1]
        reached += sum(_INITIAL for one, other in zip(initials, single, strict=False) if one == other)
        # an initial that is another's speaks against
        reached -= 2 * sum(1 for one, other in zip(initials, single, strict=False) if one != other)
        given = name.given.casefold().replace("ё", "е")
        others = [token for token in tokens if len(token) > 2 and not is_form(token, name.family, gender)]
        if given and others and _GIVEN not in held and any(_is_given(token) for token in others):
            reached -= 2
    return reached if reached > 1 else 0


@lru_cache(maxsize=4096)
def _gender(name: PersonName) -> str:
    return gender_of(name)


@lru_cache(maxsize=4096)
def _is_given(token: str) -> bool:
    from kamdesk.rules.typed.given_names import given_names

    return token in given_names()


def is_form(token: str, name: str, gender: str = "") -> bool:
    """Whether a folded word can be the name in some case; ``gender`` "m" or "f" narrows families that tell it."""
    plain = name.casefold().replace("ё", "е")
    if token == plain:
        return True
    for part in plain.split("-"):
        known = _paradigm(part, gender)
        if known is not None:
            if token in known:
                return True
        elif _may_be(token, part):
            return True
    return False


@lru_cache(maxsize=8192)
def _paradigm(plain: str, gender: str) -> frozenset[str] | None:
    """All case forms of a family name whose pattern is sure; None for any other name."""
    if re.search(r"(?:ов|ев|ин|ын)\Z", plain) and len(plain) > 3:
        return None if gender == "f" else _forms(plain, ("", "а", "у", "ым", "ом", "е", "ы", "ых", "ыми"))
    if re.search(r"(?:ов|ев|ин|ын)а\Z", plain) and len(plain) > 4:
        return None if gender == "m" else _forms(plain[:-1], ("а", "ой", "у", "ою", "ы", "ых"))
    if re.search(r"(?:ск|цк)ий\Z", plain):
        return _forms(plain[:-2], ("ий", "ого", "ому", "им", "ом", "ие", "их"))
    if re.search(r"(?:ск|цк)ая\Z", plain):
        return _forms(plain[:-2], ("ая", "ой", "ую", "ою"))
    return None


def _forms(stem: str, endings: Sequence[str]) -> frozenset[str]:
    return frozenset(stem + ending for ending in endings)


def _may_be(token: str, plain: str) -> bool:
    """Same stem, and an ending no longer than endings are."""
    stem = _ENDING.sub("", plain)
    # Павел → Павла, Лев → Льва: the last vowel runs away.
    fleeting = re.sub(r"[ео]([лцкнрв])\Z", r"\1", stem) if len(stem) > 3 else re.sub(r"е(.)\Z", r"ь\1", stem)
    return any(
        len(each) > 2 and token.startswith(each) and token[len(each) :] in _ENDINGS
        for each in (stem, fleeting)
    )
