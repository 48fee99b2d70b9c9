"""Money, numbers and dates as they stand in a document. Amounts are exact decimals, rounded half up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import lru_cache
from typing import Any, Final

from kamdesk.documents.language.names import NBSP
from kamdesk.model.values import MINOR_UNITS, Money

_UNITS: Final = {
    ("1000", "ru"): "тыс.",
    ("1000000", "ru"): "млн",
    ("1000", "en"): "thousand",
    ("1000000", "en"): "million",
}
_WIDE: Final = Context(prec=60)
"""Rounds what is far too large for the usual 28 digits, for it must be shown before it can be mended."""
_FIGURES: Final = 2_000
"""Figures that are remembered as they are written: the documents of a proposal say the same ones to each reader."""
_UNIT_DIGITS: Final = {"1000": 2, "1000000": 3}

# Currency nouns: Russian one, few, many; English one, many; then the minor unit the same way.
_WORDS: Final[Mapping[str, Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]]] = {
    "ru": {
        "RUB": (("рубль", "рубля", "рублей"), ("копейка", "копейки", "копеек")),
        "USD": (("доллар США", "доллара США", "долларов США"), ("цент", "цента", "центов")),
        "EUR": (("евро", "евро", "евро"), ("цент", "цента", "центов")),
        "CNY": (("китайский юань", "китайских юаня", "китайских юаней"), ("фынь", "фыня", "фыней")),
        "KZT": (("тенге", "тенге", "тенге"), ("тиын", "тиына", "тиынов")),
        "BYN": (
            ("белорусский рубль", "белорусских рубля", "белорусских рублей"),
            ("копейка", "копейки", "копеек"),
        ),
        "JPY": (("иена", "иены", "иен"), ("", "", "")),
    },
    "en": {
        "RUB": (("Russian rouble", "Russian roubles"), ("kopeck", "kopecks")),
        "USD": (("US dollar", "US dollars"), ("cent", "cents")),
        "EUR": (("euro", "euros"), ("cent", "cents")),
        "CNY": (("Chinese yuan", "Chinese yuan"), ("fen", "fen")),
        "KZT": (("Kazakhstani tenge", "Kazakhstani tenge"), ("tiyn", "tiyn")),
        "BYN": (("Belarusian rouble", "Belarusian roubles"), ("kopeck", "kopecks")),
        "JPY": (("Japanese yen", "Japanese yen"), ("", "")),
    },
}
_FEMININE: Final = frozenset(["JPY"])
_INFLECTED_LANGUAGES: Final = 3  # forms: one, few, many


def plural(n: int | Decimal, forms: Sequence[str]) -> str:
    """The form that goes with ``n``: three forms («год», «года», «лет») are Russian, two are English.

    A fraction takes the second Russian form («1,5 года») and the English plural.
    """
    value = abs(Decimal(n))
    if len(forms) < _INFLECTED_LANGUAGES:
        return forms[0] if value == 1 else forms[-1]
    if value != int(value):
        return forms[1]
    tens, ones = int(value) % 100, int(value) % 10
    if 11 <= tens <= 14 or ones == 0 or ones >= 5:
        return forms[2]
    return forms[0] if ones == 1 else forms[1]


def _rounded(value: Decimal, digits: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, _WIDE)


def number(value: Decimal, language: str, digits: int | None = None) -> str:
    """The number with grouping: «1 200 000,5». ``digits`` fixes the decimals; None shows what there is."""
    shown = value.normalize() if digits is None else _rounded(value, digits)
    exponent = shown.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return _grouped(str(shown), pattern, language)


@lru_cache(maxsize=_FIGURES)
def _grouped(shown: str, pattern: str, language: str) -> str:
    from babel.numbers import format_decimal

    with localcontext(_WIDE):
        return _typeset(format_decimal(Decimal(shown), format=pattern, locale=language))


MINUS: Final = "\u2212"


def _typeset(text: str) -> str:
    """A true minus, which no line breaks after; the narrow no-break space, absent from old fonts, made ordinary."""
    return str(text).replace("\u202f", NBSP).replace("-", MINUS)


def percent(value: Decimal, language: str, digits: int | None = None) -> str:
    """``value`` in percent: «12,5 %» with a non-breaking space, "12.5%"."""
    return number(value, language, digits) + (f"{NBSP}%" if language == "ru" else "%")


def money(amount: Decimal, currency: str, language: str, unit: str = "1") -> str:
    """«1 200 000,00 ₽», «1 200 тыс. ₽», «1,2 млн ₽»; "€1,200,000.00", "€1.2 million".

    ``unit`` is "1", "1000" or "1000000". Whole amounts in thousands and millions lose their zeros; an
    amount under a hundredth of the unit is shown in full instead of as nothing. Spaces are non-breaking. Raises
    KeyError for another unit.
    """
    symbol = _symbol(currency, language)
    gap = NBSP if symbol.isalpha() else ""
    if unit == "1" or (amount and abs(amount) < Decimal(unit) / 100):
        pattern = "#,##0.00\u00a0¤" if language == "ru" else f"¤{gap}#,##0.00"
        rounded = Money(amount, currency).rounded().amount
        return _priced(str(rounded), currency, pattern, language)
    word = _UNITS[unit, language]
    shown = number(_rounded(abs(amount) / Decimal(unit), _UNIT_DIGITS[unit]), language)
    minus = MINUS if amount < 0 else ""
    if language == "ru":
        return minus + NBSP.join((shown, word, symbol))
    return f"{minus}{symbol}{gap}{shown}{NBSP}{word}"


@lru_cache(maxsize=_FIGURES)
def _priced(rounded: str, currency: str, pattern: str, language: str) -> str:
    from babel.numbers import format_currency

    with localcontext(_WIDE):
        return _typeset(format_currency(Decimal(rounded), currency, pattern, locale=language))


@lru_cache(maxsize=_FIGURES)
def _symbol(currency: str, language: str) -> str:
    from babel.numbers import get_currency_symbol

    return str(get_currency_symbol(currency, locale=language))


def in_words(amount: Decimal, currency: str, language: str) -> str:
    """«Один миллион двести тысяч рублей 00 копеек»; the minor unit in figures, as accountants write it.

    A currency without words here is named by its code. Amounts are rounded half up to the minor unit.
    """
    digits = MINOR_UNITS.get(currency, 2)
    rounded = _rounded(abs(amount), digits)
    whole = int(rounded)
    minor = int((rounded - whole).scaleb(digits))
    major_forms, minor_forms = _WORDS[language].get(currency, ((currency,), ("",)))
    words = cardinal(whole, language, feminine=currency in _FEMININE)
    minus = ("минус " if language == "ru" else "minus ") if amount < 0 and rounded else ""
    text = f"{minus}{words} {plural(whole, major_forms)}"
    if digits:
        joint = " and " if language == "en" else " "
        text += f"{joint}{minor:0{digits}d}" + (
            f" {plural(minor, minor_forms)}" if any(minor_forms) else "/100"
        )
    return text[:1].upper() + text[1:]


def cardinal(whole: int, language: str, feminine: bool = False) -> str:
    """The whole number in words, small letters. num2words reads an int as kopecks only in its currency mode, not used here."""
    from num2words import num2words

    options: dict[str, Any] = {"gender": "f"} if language == "ru" and feminine else {}
    return str(num2words(whole, lang=language, **options)).replace(",", "").replace(" and ", " ")


def long_date(day: date, language: str) -> str:
    """«23 ноября 2026 г.» with non-breaking spaces, "23 November 2026"."""
    from babel.dates import format_date

    pattern = "d\u00a0MMMM\u00a0y\u00a0'г.'" if language == "ru" else "d\u00a0MMMM\u00a0y"
    return str(format_date(day, pattern, locale=language))


def short_date(day: date, language: str) -> str:
    """«23.11.2026», "23 Nov 2026"."""
    from babel.dates import format_date

    return str(format_date(day, "dd.MM.y" if language == "ru" else "d\u00a0MMM\u00a0y", locale=language))
