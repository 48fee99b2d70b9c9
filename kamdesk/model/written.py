"""How dates and numbers are written inside sentences of the interface, in both languages.

Small and without Babel on purpose: reasons, findings and lists need these few forms at every start of the window.
Documents have richer forms of their own.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from kamdesk.model.values import MINOR_UNITS, PartialDate

MONTHS_GENITIVE_RU: Final = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
MONTHS_RU: Final = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
MONTHS_EN: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

NBSP: Final = "\u00a0"
MINUS: Final = "\u2212"
_WIDE: Final = Context(prec=60)
"""Rounds what is far too large for the usual 28 digits, for it must be shown before it can be mended."""


def write_date(value: date, language: str) -> str:
    """A full date: «05.03.2026», "5 March 2026"."""
    if language == "ru":
        return f"{value.day:02d}.{value.month:02d}.{value.year:04d}"
    return f"{value.day} {MONTHS_EN[value.month - 1]} {value.year}"


def write_short_date(value: date, language: str) -> str:
    """A full date for a narrow column: «05.03.2026», "5 Mar 2026"."""
    if language == "ru":
        return write_date(value, language)
    return f"{value.day} {MONTHS_EN[value.month - 1][:3]} {value.year}"


def write_partial_date(value: PartialDate, language: str) -> str:
    """Only the known parts: «5 марта 1975», «5 марта», «март 1975», «март», «1975». Read back by ``rules.typed``."""
    year = str(value.year) if value.year is not None else ""
    if value.month is None:
        return year
    russian = language == "ru"
    if value.day is None:
        month = (MONTHS_RU if russian else MONTHS_EN)[value.month - 1]
        return f"{month} {year}".strip()
    month = (MONTHS_GENITIVE_RU if russian else MONTHS_EN)[value.month - 1]
    return f"{value.day} {month} {year}".strip()


def write_decimal(value: Decimal, language: str) -> str:
    """A number as people write it: «1 200 000,5» with non-breaking spaces, "1,200,000.5"; no trailing zeros added."""
    text = f"{value:,f}"
    if language == "ru":
        return text.replace(",", NBSP).replace(".", ",")
    return text


def write_amount(amount: Decimal, currency: str, language: str, *, kopecks: bool = False) -> str:
    """An amount without its sign: rounded to the minor unit, kopecks only where there are some, or always with ``kopecks``."""
    value = amount.quantize(Decimal(1).scaleb(-MINOR_UNITS.get(currency, 2)), ROUND_HALF_UP, _WIDE)
    if not kopecks and value == value.to_integral_value():
        value = value.quantize(Decimal(1), context=_WIDE)
    return write_decimal(value, language).replace("-", MINUS)


def write_money(text: str, sign: str, language: str, scale: str = "") -> str:
    """A written amount with the sign of its currency: «−1 200 ₽», "−€1,200", "BYN 5"; ``scale`` is «млн» or "million"."""
    if language == "ru":
        return NBSP.join(part for part in (text, scale, sign) if part)
    minus, digits = (MINUS, text[1:]) if text.startswith(MINUS) else ("", text)
    gap = NBSP if len(sign) > 1 else ""
    return f"{minus}{sign}{gap}{digits}" + (f"{NBSP}{scale}" if scale else "")
