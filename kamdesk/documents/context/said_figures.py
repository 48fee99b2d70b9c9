"""Number, date, total, validity and terms as they stand in the text of a finished document, found by our own words (R6)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from kamdesk.documents.context.words import Words
from kamdesk.rules.same_documents import Figures

_TERMS: Final = ("payment", "delivery", "lead_time", "warranty")
_TERMS_LINES: Final = 40
"""Where the terms end at the latest, in lines after their heading."""
_BOOKMARK: Final = re.compile(r"kd_\w+\Z")
_DAY: Final = r"\d{1,2}\s\w+\s\d{4}"


def figures_in(text: str, language: str) -> Figures:
    """What a document says, "" for what is not found: not there, or put in other words by hand.

    ``text`` has the document's paragraphs and cells a line each.
    """
    words = Words(language)
    lines = [line.strip() for line in text.split("\n")]
    lines = [line for line in lines if line and not _BOOKMARK.match(line)]
    heads = _pattern(f"{words('outgoing')}{' ' if language == 'ru' else ', '}{words('of_date')}")
    number = next((found for line in lines if (found := heads.match(line))), None)
    terms = _terms(lines, words)
    return Figures(
        number["number"] if number else "",
        number["date"] if number else "",
        _first(lines, _pattern(words("to_pay")), _pattern(words("to_pay_for")), group="sum"),
        _first(lines, _pattern(words("valid_until")), _pattern(words("letter_same")), group="date"),
        *(terms.get(key, "") for key in _TERMS),
    )


def _terms(lines: Sequence[str], words: Words) -> dict[str, str]:
    """The value below each label of the table of terms, which stands below its heading."""
    labels = {words(key): key for key in _TERMS}
    found: dict[str, str] = {}
    heading = words("terms")
    if heading not in lines:
        return found
    begin = lines.index(heading) + 1
    part = lines[begin : begin + _TERMS_LINES]
    for label, value in pairwise(part):
        if label in labels:
            found.setdefault(labels[label], value)
    return found


def _first(lines: Sequence[str], *patterns: re.Pattern[str], group: str) -> str:
    return next((hit[group] for line in lines for one in patterns if (hit := one.search(line))), "")


def _pattern(template: str) -> re.Pattern[str]:
    """A template of our words as an expression: any spaces, a day where the date stands."""
    # What follows the last field of a sentence is a full stop or the year's «г.»; it tells nothing.
    parts = re.split(r"\{(\w+)\}", template.rstrip("."))
    made = []
    for at, part in enumerate(parts):
        if at % 2 == 0:
            made.append(r"\s".join(map(re.escape, re.split(r"\s", part))))
        else:
            made.append(f"(?P<{part}>{_DAY if part == 'date' else '.+?'})")
    return re.compile("".join(made))
