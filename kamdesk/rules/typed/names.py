"""A whole name from one cell into its parts, and the gender where the name leaves no doubt.

Russian rules hold for Cyrillic and for transliterated names with a patronymic; all others are read in the order
given – middle – family. Titles and degrees are left off; "Jr." stays with the family name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kamdesk.model.values import PersonName
from kamdesk.rules.typed.given_names import folded, given_names

_CYRILLIC: Final = re.compile(r"[а-яё]", re.IGNORECASE)
_PATRONYMIC: Final = re.compile(
    r"(?:\w{2,}(?:ович|евич|ьич|ична|овна|евна|ёвна|инична)|ильич|кузьмич|лукич|фомич|никитич|саввич|илларионыч"
    r"|\w{2,}(?:ovich|evich|ovna|evna|ichna)|ilyich|ilich)\Z",
    re.IGNORECASE,
)
_PATRONYMIC_F: Final = re.compile(r"(?:овна|евна|ёвна|ична|инична|ovna|evna|ichna)\Z", re.IGNORECASE)
_SON: Final = frozenset({"оглы", "оглу", "улы", "уулу", "угли", "ogly", "oglu", "uly", "uulu", "ugli"})
_DAUGHTER: Final = frozenset({"кызы", "кизи", "гызы", "qizi", "kyzy", "kizi", "gyzy"})
_FAMILY: Final = re.compile(
    r"(?:[оеё]ва?|[иы]на?|ск(?:ий|ая)|цк(?:ий|ая)|ых|их|[уюе]к|енко|ко|ян|янц|швили|дзе|ия|ой|ая|ый|ий|чук|ец|штейн|берг|ман)\Z"
)
_FAMILY_M: Final = re.compile(r"(?:[оеё]в|ский|цкий)\Z", re.IGNORECASE)
_FAMILY_F: Final = re.compile(r"(?:[оеё]ва|ская|цкая)\Z", re.IGNORECASE)
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.-?){1,3}\Z|[^\W\d_]\Z|(?:[^\W\d_]\.){1,2}[^\W\d_]\Z")
_LETTER: Final = re.compile(r"[^\W\d_]")
_PARTICLES: Final = frozenset(
    "van von der den de la le du del della di da dos das ter ten al el bin ibn ben st. san"
    " ван фон дер ден де ла ле дель ди да аль эль ибн бен тер бин".split()
)
_TITLES: Final = frozenset(
    "mr mrs ms miss dr prof professor sir madam dipl.-ing ing herr frau"
    " г-н г-жа господин госпожа гр гражданин гражданка д-р доктор проф профессор акад академик".split()
)
_DEGREES: Final = frozenset("phd ph.d md m.d mba esq dds cpa md. к.т.н д.т.н к.э.н д.э.н к.м.н д.м.н".split())
_GENERATION: Final = frozenset("jr sr ii iii iv".split())


def parse_name(text: str) -> PersonName | None:
    """The parts of a name typed in one cell; None for a text without letters.

    «Иванов Пётр Сергеевич», «Пётр Сергеевич Иванов», «Иванов П. С.», «П.С. Иванов», «Иванов, Пётр»,
    «Мамедов Али Гасан оглы», "Dr. John A. Smith Jr.", "Smith, John". A text all in capitals or all small is given
    capital letters; a single word in capitals is the family name.
    """
    words = " ".join(text.replace("\u2011", "-").split()).strip(" ,;.") + (
        "." if text.rstrip().endswith(".") else ""
    )
    if not _LETTER.search(words):
        return None
    family, _, rest = words.partition(",")
    if rest.strip() and not _is_tail(rest):
        head, tail = _tokens(family), _tokens(rest)
        if tail and head:
            return _after_comma(head, tail)
    tokens = _tokens(words.replace(",", " "))
    if not tokens:
        return None
    russian = _CYRILLIC.search(words) is not None or any(_is_patronymic(token) for token in tokens)
    if len(tokens) == 1 and _bare(words.split()[0]) in _TITLES:
        return PersonName(family=tokens[0])
    return _russian(tokens) if russian else _western(tokens)


def _is_tail(text: str) -> bool:
    """Whether what follows a comma is only "Jr." or a degree."""
    return all(_bare(token) in _DEGREES | _GENERATION for token in text.split())


def _bare(token: str) -> str:
    return token.casefold().strip(".,()")


def _tokens(text: str) -> list[str]:
    """Words without titles; initials written together taken apart; particles and «оглы» joined to their name."""
    whole = text.strip()
    letters = "".join(_LETTER.findall(whole))
    even = len(letters) > 3 and (letters.isupper() or letters.islower())
    words: list[str] = []
    for token in whole.split():
        if _bare(token) in _TITLES | _DEGREES or (not words and token.casefold() == "г."):
            continue
        if "." in token and _INITIALS.match(token):
            words += [f"{letter}." for letter in _LETTER.findall(token)]
        elif _LETTER.search(token):
            words.append(_capital(token) if even else token)
    return _joined(words)


def _capital(token: str) -> str:
    if token.casefold() in _PARTICLES | _SON | _DAUGHTER:
        return token.casefold()
    return "-".join(part[:1].upper() + part[1:].lower() for part in token.split("-"))


def _joined(words: Sequence[str]) -> list[str]:
    result: list[str] = []
    carried = ""
    for index, word in enumerate(words):
        small = word.casefold()
        if small in _SON | _DAUGHTER and result:
            result[-1] = f"{result[-1]} {word}"
        elif small in _PARTICLES and index + 1 < len(words) and (result or carried or word[0].islower()):
            carried = f"{carried} {word}".strip()
        elif _bare(word) in _GENERATION and result:
            result[-1] = f"{result[-1]} {word}"
        else:
            result.append(f"{carried} {word}".strip())
            carried = ""
    return [*result, carried] if carried else result


def _is_initial(token: str) -> bool:
    return _INITIALS.match(token) is not None


def _is_patronymic(token: str) -> bool:
    last = token.split()[-1].casefold()
    return _PATRONYMIC.match(token) is not None or (" " in token and last in _SON | _DAUGHTER)


def _is_given(token: str) -> bool:
    return folded(token.split("-")[0]) in given_names()


def _after_comma(head: list[str], tail: list[str]) -> PersonName:
    return PersonName(" ".join(head), tail[0], " ".join(tail[1:]))


def _western(tokens: list[str]) -> PersonName:
    if len(tokens) == 1:
        return PersonName(given=tokens[0])
    shouted = _shouted(tokens)
    if shouted == 0:
        return PersonName(_capital(tokens[0]), tokens[1], " ".join(tokens[2:]))
    if all(_is_initial(token) for token in tokens[1:]):
        return PersonName(tokens[0], tokens[1], " ".join(tokens[2:]))
    return PersonName(tokens[-1], tokens[0], " ".join(tokens[1:-1]))


def _shouted(tokens: Sequence[str]) -> int | None:
    """The place of the only word written in capitals: so people mark the family name."""
    places = [
        index
        for index, token in enumerate(tokens)
        if len(token) > 2 and token.isupper() and not _is_initial(token)
    ]
    return places[0] if len(places) == 1 else None


def _russian(tokens: list[str]) -> PersonName:
    shouted = _shouted(tokens)
    if shouted is not None:
        tokens = [_capital(token) if index == shouted else token for index, token in enumerate(tokens)]
        if len(tokens) > 1 and shouted in (0, len(tokens) - 1):
            others = tokens[1:] if shouted == 0 else tokens[:-1]
            return PersonName(tokens[shouted], others[0], " ".join(others[1:]))
    if len(tokens) == 1:
        return PersonName(given=tokens[0]) if _is_given(tokens[0]) else PersonName(family=tokens[0])
    if any(_is_initial(token) for token in tokens):
        return _with_initials(tokens)
    if len(tokens) == 2:
        return _two(*tokens)
    return _with_patronymic(tokens)


def _with_initials(tokens: list[str]) -> PersonName:
    whole = [token for token in tokens if not _is_initial(token)]
    initials = [token for token in tokens if _is_initial(token)]
    if len(whole) == 2 and _is_initial(tokens[-1]):
        return PersonName(whole[0], whole[1], " ".join(initials))
    if len(whole) == 2 and _is_initial(tokens[1]):
        return PersonName(whole[1], whole[0], " ".join(initials))
    return PersonName(" ".join(whole), initials[0], " ".join(initials[1:]))


def _two(first: str, second: str) -> PersonName:
    if _is_patronymic(second) and _is_given(first):
        return PersonName("", first, second)
    if _is_given(first) != _is_given(second):
        family, given = (second, first) if _is_given(first) else (first, second)
        return PersonName(family, given)
    if _is_patronymic(second) and not _FAMILY.search(first):
        return PersonName("", first, second)
    # Two unknown words: a Russian ending marks the family name; foreigners are named given name first.
    ends = _FAMILY.search(first) is not None, _FAMILY.search(second) is not None
    return PersonName(second, first) if ends == (False, True) or not any(ends) else PersonName(first, second)


def _with_patronymic(tokens: list[str]) -> PersonName:
    places = [index for index, token in enumerate(tokens) if index and _is_patronymic(token)]
    if places:
        # «Роман Аркадьевич Абрамович»: of two that look so, the first is the patronymic.
        place = places[0]
        if place == 1:
            return PersonName(" ".join(tokens[2:]), tokens[0], tokens[1])
        after = tokens[place + 1 :]
        if after:
            return PersonName(" ".join(after), " ".join(tokens[:place]), tokens[place])
        return PersonName(" ".join(tokens[: place - 1]), tokens[place - 1], tokens[place])
    if _is_given(tokens[0]) and not _is_given(tokens[1]):
        return PersonName(tokens[-1], tokens[0], " ".join(tokens[1:-1]))
    return PersonName(tokens[0], tokens[1], " ".join(tokens[2:]))


# --- gender ------------------------------------------------------------------------------------------------


def gender_of(name: PersonName) -> str:
    """ "m" or "f" where patronymic, given name and family name leave no doubt, else ""."""
    middle = name.middle.split()
    if middle and middle[-1].casefold() in _SON:
        return "m"
    if middle and middle[-1].casefold() in _DAUGHTER:
        return "f"
    if _PATRONYMIC.match(name.middle):
        return "f" if _PATRONYMIC_F.search(name.middle) else "m"
    by_given = given_names().get(folded(name.given.split("-")[0]), "")
    by_family = "f" if _FAMILY_F.search(name.family) else "m" if _FAMILY_M.search(name.family) else ""
    if by_given and by_family and by_given != by_family:
        return ""
    return by_given or by_family
