"""Money and other numbers as people type them, into exact decimals: «1 200 000,50», «1,2 млн», "1.5k", «12 %»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_BLANKS: Final = re.compile(r"[\s\u00a0\u202f\u2009']+")
_SCALES: Final[tuple[tuple[re.Pattern[str], int], ...]] = (
    (re.compile(r"(?:млрд\.?|миллиард(?:а|ов)?|bn|billions?|b)\Z"), 9),
    (re.compile(r"(?:млн\.?|миллион(?:а|ов)?|mln\.?|millions?|m)\Z"), 6),
    (re.compile(r"(?:тыс\.?|тысяч[аи]?|thousands?|k|к)\Z"), 3),
)
_CURRENCIES: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"₽|руб(?:\.|л(?:ей|я|ь))?|(?<![а-я])р\.?(?=\Z)|\brub\b|\brur\b"), "RUB"),
    (re.compile(r"\$|долл(?:\.|ар(?:ов|а)?)?|\busd\b|dollars?"), "USD"),
    (re.compile(r"€|евро|\beur\b|euros?"), "EUR"),
    (re.compile(r"¥|юан(?:ь|я|ей)|\bcny\b|\brmb\b|yuan"), "CNY"),
    (re.compile(r"₸|тенге|\bkzt\b"), "KZT"),
    (re.compile(r"\bbyn\b"), "BYN"),
)
_THOUSAND_ROUBLES: Final = re.compile(r"т\.?\s*р\.?\Z")
_NUMBER: Final = re.compile(r"(?P<sign>[+\-])?(?P<digits>[0-9][0-9.,]*)(?P<word>\D.*)?\Z")
_MOST_DIGITS: Final = 18  # with a scale word still below the 28 digits that decimals keep exactly


@dataclass(frozen=True, slots=True)
class TypedAmount:
    """An amount with what stood beside it: ISO currency or "", and whether it was a percentage."""

    amount: Decimal
    currency: str = ""
    percent: bool = False


def parse_decimal(text: str, language: str = "ru") -> Decimal | None:
    """The number alone, currency and percent sign ignored; None where it cannot be read."""
    found = parse_amount(text, language)
    return found.amount if found is not None else None


def parse_amount(text: str, language: str = "ru") -> TypedAmount | None:
    """A number with scale words, currency and percent sign; None where it cannot be read.

    Decimal comma and decimal point are both understood, blanks and apostrophes separate thousands. Two different
    marks: the last is the decimal one. One mark repeated separates thousands («1.200.000»). A single comma before
    exactly three digits is decimal in Russian («1,500» is one and a half) and separates thousands in English.
    A number in brackets is negative, as in accounts.
    """
    words = text.casefold().replace("\u2212", "-").replace("\u2013", "-").strip()
    negative = words.startswith("(") and words.endswith(")")
    words = words.strip("()").strip()
    percent = words.endswith("%")
    words = _THOUSAND_ROUBLES.sub("тыс. руб.", words.rstrip("%").strip())
    currency = ""
    for pattern, code in _CURRENCIES:
        shorter, count = pattern.subn("", words)
        if count:
            words, currency = shorter.strip(), code
            break
    match = _NUMBER.match(_BLANKS.sub("", words))
    if match is None:
        return None
    number = _plain_number(match["digits"], language)
    power = _power(match["word"] or "")
    if number is None or power is None:
        return None
    amount = number.scaleb(power)
    if negative or match["sign"] == "-":
        amount = -amount
    return TypedAmount(_plainly(amount), currency, percent)


def _power(word: str) -> int | None:
    if not word:
        return 0
    return next((power for pattern, power in _SCALES if pattern.match(word)), None)


def _plain_number(digits: str, language: str) -> Decimal | None:
    marks = [mark for mark in digits if mark in ".,"]
    if digits[-1] in ".," or len(digits) - len(marks) > _MOST_DIGITS:
        return None
    if len(set(marks)) == 2:
        decimal_mark = marks[-1]
        if marks.count(decimal_mark) > 1:
            return None
        whole, fraction = digits.rsplit(decimal_mark, 1)
        return _grouped(whole, marks[0], fraction)
    if len(marks) > 1 or (marks == [","] and language == "en" and len(digits.split(",")[1]) == 3):
        return _grouped(digits, marks[0], "")
    return Decimal(digits.replace(",", "."))


def _grouped(whole: str, separator: str, fraction: str) -> Decimal | None:
    head, *groups = whole.split(separator)
    if not 1 <= len(head) <= 3 or any(len(group) != 3 for group in groups):
        return None
    return Decimal(f"{head}{''.join(groups)}.{fraction or '0'}")


def _plainly(amount: Decimal) -> Decimal:
    """Without an exponent and without zeros that the scale word brought in: 1,2 млн is 1200000, not 1.2E+6."""
    plain = amount.normalize()
    exponent = plain.as_tuple().exponent
    return plain.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else plain
