"""The finished project nearest to a client: by industry, by the words of the task, by size (R8).

Each of the three gives a share of nearness between 0 and 1; their weights below are the whole rule. Nothing is guessed: where
the client says no size or the task has no words, that part counts nothing, and a reason names only what was found.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kamdesk.model.messages import Message

INDUSTRY, TASK, SIZE = 0.4, 0.4, 0.2
NAMED_WORDS: Final = 3
"""How many words that the tasks share are named in the reason."""
_FULL_AT: Final = 4
"""So many shared words of meaning make the tasks alike; more do not count."""
_SIMILAR_SIZE: Final = 0.6

_WORD: Final = re.compile(r"[^\W\d_]+", re.UNICODE)
_FOLLOWING: Final = re.compile(r"\s+([^\W\d_]+)")
_ADJECTIVE: Final = re.compile(
    r"[а-яё]{2,}(?:ый|ий|ого|его|ому|ему|ым|им|ых|их|ыми|ими|ая|яя|ую|юю|ое|ее|ые|ие)"
)
_MOST_FOLLOWING: Final = 2
_NUMBER: Final = re.compile(
    r"([1-9]\d{0,2}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d[\d\s\u00a0\u202f]*(?:[.,]\d+)?)\s*(млрд|млн|тыс|bn|billion|m\b|million|k\b|thousand)?"
)
_GROUPED: Final = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_RUSSIAN: Final = re.compile(r"[а-яё]", re.IGNORECASE)
_SCALE: Final = {
    "млрд": 9, "bn": 9, "billion": 9, "млн": 6, "m": 6, "million": 6, "тыс": 3, "k": 3, "thousand": 3,
}  # fmt: skip
_EMPTY: Final = frozenset(
    "для при это как что или она они его наш наша наше наши ваш ваша ваше ваши быть без под над про мы вы по на из "
    "год года лет также более менее нужно нужен нужна можно чтобы если еще уже все всех который новый новая "
    "клиент заказчик предприятие завод компания проект работа задача система "
    "the and for with from that this our your are was were will been have has not but into about more less new "
    "client customer company project plant work task system need needs".split()
)
"""Words that any two tasks share; folded."""


@dataclass(frozen=True, slots=True)
class CaseLike:
    """What is compared of a finished project. ``size`` is text with numbers: «1 200 человек», "12 MW"."""

    id: str
    title: str
    industry: str = ""
    size: str = ""
    task: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What it is compared with: the client's industry and size, what the proposal is about."""

    industry: str = ""
    size: str = ""
    task: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """A project with its nearness, 0 to 1, and why (None where nothing is near)."""

    id: str
    nearness: float
    reason: Message | None


def nearest(wanted: Wanted, cases: Sequence[CaseLike]) -> tuple[Near, ...]:
    """All projects, the nearest first; of equally near ones the latest, then by title."""
    stems = stems_of(wanted.task)
    found = [(_near(wanted, stems, case), case) for case in cases]
    found.sort(key=lambda one: (-one[0].nearness, -(one[1].year or 0), one[1].title, one[1].id))
    return tuple(near for near, _ in found)


def stems_of(text: str) -> dict[str, str]:
    """The stems of a text's words of meaning with the first word of each, both folded, in their order."""
    found: dict[str, str] = {}
    for word in _WORD.findall(text.casefold().replace("ё", "е")):
        if len(word) >= 3 and word not in _EMPTY:
            found.setdefault(_stem(word), word)
    return found


def size_nearness(first: str, second: str) -> float | None:
    """How near two sizes are: 1 the same, 0 ten times apart or more; None where one of them has no number."""
    one, other = _number(first), _number(second)
    if one is None or other is None:
        return None
    return max(0.0, 1.0 - abs(math.log10(one) - math.log10(other)))


def _near(wanted: Wanted, stems: dict[str, str], case: CaseLike) -> Near:
    same_industry = _industry(wanted.industry, case.industry)
    own = stems_of(f"{case.title} {case.task}")
    shared = [stem for stem in own if stem in stems]
    alike = min(len(shared), _FULL_AT) / _FULL_AT
    size = size_nearness(wanted.size, case.size)
    nearness = INDUSTRY * same_industry + TASK * alike + SIZE * (size or 0.0)
    parts: list[Message] = []
    if same_industry == 1.0:
        parts.append(Message("nearest.industry"))
    elif same_industry:
        parts.append(Message("nearest.industry_like", {"industry": case.industry}))
    if shared:
        parts.append(Message("nearest.task", {"words": _quoted(case, shared)}))
    if size is not None and size >= _SIMILAR_SIZE:
        parts.append(Message("nearest.size", {"size": case.size}))
    return Near(case.id, round(nearness, 4), _sentence(parts))


def _quoted(case: CaseLike, shared: Sequence[str]) -> str:
    """The first words that the tasks share, as the case writes them, adjectives with their nouns: «насосных станций»."""
    told: list[str] = []
    covered: set[str] = set()
    for text in (case.title, case.task):
        for match in _WORD.finditer(text):
            stems = stems_of(match[0])
            if len(told) == NAMED_WORDS or covered.intersection(stems) or not set(shared).intersection(stems):
                continue
            said = _with_noun(text, match)
            covered.update(stems_of(said))
            if match.start() == 0 and said[1:2].islower():
                said = said[0].lower() + said[1:]
            told.append(f"“{said}”" if said.isascii() else f"«{said}»")
    return ", ".join(told)


def _with_noun(text: str, match: re.Match[str]) -> str:
    """A word, and after an adjective what it belongs to."""
    last, end = match[0], match.end()
    for _ in range(_MOST_FOLLOWING):
        following = _FOLLOWING.match(text, end)
        if _ADJECTIVE.fullmatch(last.casefold()) is None or following is None:
            break
        last, end = following[1], following.end()
    return " ".join(text[match.start() : end].split())


def _sentence(parts: Sequence[Message]) -> Message | None:
    """The reasons as one line; each code of a number of parts has its own text."""
    if not parts:
        return None
    if len(parts) == 1:
        return parts[0]
    names = ("first", "second", "third")
    return Message(f"nearest.{len(parts)}", dict(zip(names, parts, strict=False)))


def _industry(first: str, second: str) -> float:
    """1 for the same words, a half where one of them is among the other's."""
    one, other = _stems(first), _stems(second)
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    return 0.5 if one & other else 0.0


def _stems(text: str) -> frozenset[str]:
    return frozenset(
        _stem(word) for word in _WORD.findall(text.casefold().replace("ё", "е")) if len(word) > 2
    )


def _number(text: str) -> float | None:
    match = _NUMBER.search(text.casefold())
    if match is None:
        return None
    digits = re.sub(r"[\s\u00a0\u202f]", "", match[1])
    # «12,500 т» is twelve and a half tonnes in Russian, "12,500 t" are thousands in English.
    clear = digits.count(",") > 1 or {",", "."} <= set(digits)
    grouped = clear or (_GROUPED.fullmatch(digits) is not None and not _RUSSIAN.search(text))
    plain = digits.replace(",", "" if grouped else ".")
    value = float(plain) * 10 ** _SCALE.get(match[2] or "", 0)
    return value if 0 < value < math.inf else None


def _stem(word: str) -> str:
    from snowballstemmer.english_stemmer import EnglishStemmer
    from snowballstemmer.russian_stemmer import RussianStemmer

    # one each time: a stemmer keeps the word it works on, and tasks are compared in several threads
    made = EnglishStemmer() if word.isascii() else RussianStemmer()
    return str(made.stemWord(word))
