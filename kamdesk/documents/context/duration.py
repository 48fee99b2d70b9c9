"""A payback in words."""

from __future__ import annotations

from decimal import Decimal

from kamdesk.documents import language as speech
from kamdesk.documents.context.words import Words
from kamdesk.rules.benefit import years_and_months

_YEARS = {"ru": ("год", "года", "лет"), "en": ("year", "years")}
_MONTHS = {"ru": ("месяц", "месяца", "месяцев"), "en": ("month", "months")}


def duration(periods: Decimal, period: str, language: str, words: Words) -> str:
    """«1 год 7 месяцев», "1 year 7 months", rounded up to the month."""
    years, months = years_and_months(periods, period)
    pieces = [
        f"{n}\u00a0{speech.plural(n, forms[language])}"
        for n, forms in ((years, _YEARS), (months, _MONTHS))
        if n
    ]
    return " ".join(pieces) or words("at_once")
