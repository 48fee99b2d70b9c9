"""What is left of a line when who promises and by which day stand in fields of their own: «Штерн обещала прислать ТЗ до пятницы» → «Прислать ТЗ»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from kamdesk.rules import capture_when
from kamdesk.rules.capture_people import WORD, KnownPerson, mentions

_VERB: Final = re.compile(
    r"\b(?:по)?обеща(?:л[аи]?|ем|ет|ют|ю)\b(?:\s+(?:нам|мне|ему|ей|им))?|\b(?:promised|promises|promise)\b(?:\s+(?:us|me|them|him|her))?(?:\s+to\b)?",
    re.IGNORECASE,
)
_SUBJECT: Final = frozenset("мы я они он она нам мне им ему ей we i they he she us also have has".split())
_JOINT: Final = re.compile(r"\A[\s,:–—-]*(?:(?:что|that)\b[\s,]*)?", re.IGNORECASE)
_BEFORE_DAY: Final = re.compile(
    r"(?:[\s,;(–—-]|\b(?:до|к|ко|не позже|не позднее|by|until|till|before|on))*\Z", re.IGNORECASE
)
_AFTER_DAY: Final = re.compile(r"[\s.;)]*\Z")
_SHORTEST: Final = 3
_LONGEST: Final = 500


def promised(words: str, people: Sequence[KnownPerson], today: date) -> str:
    """The promised thing, or the step, with a capital letter; the words as they are where something would be lost.

    Only a subject that is known (a pronoun or one of ``people``) goes with its verb, and only a day at the end of the line.
    """
    if len(words) > _LONGEST:
        return words
    left = words[: _where_day_begins(words, today)].rstrip(" ,;.(–—-")
    verb = _VERB.search(left)
    if verb is not None and _is_subject(left[: verb.start()], people):
        left = _JOINT.sub("", left[verb.end() :])
    if len(left) < _SHORTEST or WORD.search(left) is None:
        return words
    return left[:1].upper() + left[1:]


def _where_day_begins(words: str, today: date) -> int:
    """Where the day at the end of the line begins, with its preposition; the length of the line without one."""
    found = capture_when.day_ahead(words, today)
    if found is None or _AFTER_DAY.match(words, found[2]) is None:
        return len(words)
    before = _BEFORE_DAY.search(words[: found[1]])
    return before.start() if before is not None else found[1]


def _is_subject(words: str, people: Sequence[KnownPerson]) -> bool:
    """Whether the words before the verb say no more than who it is."""
    named = mentions(words, people)
    rest = [
        match[0]
        for match in WORD.finditer(words)
        if not any(one.start <= match.start() < one.end for one in named)
    ]
    return len(named) < 2 and all(word.casefold() in _SUBJECT for word in rest)
