"""Value types: immutable, comparable, independent of storage and of the screen."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from typing import Final


class Sensitivity(StrEnum):
    """Who may be shown a field or a row. The order of declaration is from open to closed.

    ``STRUCTURAL`` marks ids, links and positions: they travel with whatever they belong to.
    """

    STRUCTURAL = "structural"
    PUBLIC = "public"
    BUSINESS = "business"
    PERSONAL = "personal"
    PRIVATE = "private"

    @property
    def rank(self) -> int:
        """0 for structural up to 4 for private; larger is stricter."""
        return _RANKS[self]

    @staticmethod
    def strictest(*values: Sensitivity) -> Sensitivity:
        """The strictest of the given values; ``STRUCTURAL`` when there are none."""
        return max(values, key=lambda value: value.rank, default=Sensitivity.STRUCTURAL)


_WIDE: Final = Context(prec=60)
"""Rounds what is far too large for the usual 28 digits, for it must be shown before it can be mended."""
_RANKS: Final = {value: at for at, value in enumerate(Sensitivity)}
_PARTIAL: Final = re.compile(
    r"(?:(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?|--(?P<m2>\d\d)(?:-(?P<d2>\d\d))?)\Z"
)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which only a part may be known: full, year, year and month, month, month and day.

    The stored text is ISO 8601 with ``--`` for an unknown year: ``1975-03-05``, ``1975-03``, ``1975``,
    ``--03-05``, ``--03``. No unknown part is ever invented. 29 February without a year is valid.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.year is None and self.month is None:
            raise ValueError("a partial date needs a year or a month")
        if self.day is not None and self.month is None:
            raise ValueError("a day needs a month")
        if self.year is not None and not 1 <= self.year <= 9999:
            raise ValueError("year out of range")
        if self.month is not None and not 1 <= self.month <= 12:
            raise ValueError("month out of range")
        if self.day is not None and self.month is not None:
            last = calendar.monthrange(self.year if self.year is not None else 2000, self.month)[1]
            if not 1 <= self.day <= last:
                raise ValueError("day out of range")

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read the stored ISO form. Raises ValueError for anything else."""
        match = _PARTIAL.match(text)
        if match is None:
            raise ValueError(f"not a partial date: {text!r}")
        month = match["month"] or match["m2"]
        day = match["day"] or match["d2"]
        return cls(
            int(match["year"]) if match["year"] else None,
            int(month) if month else None,
            int(day) if day else None,
        )

    @classmethod
    def of(cls, value: date) -> PartialDate:
        """The partial date in which every part of ``value`` is known."""
        return cls(value.year, value.month, value.day)

    def __str__(self) -> str:
        tail = "".join(f"-{part:02d}" for part in (self.month, self.day) if part is not None)
        return f"{self.year:04d}{tail}" if self.year is not None else f"-{tail}"

    @property
    def is_full(self) -> bool:
        """Whether year, month and day are all known."""
        return self.year is not None and self.month is not None and self.day is not None

    def to_date(self) -> date | None:
        """The calendar date when all parts are known, else None."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)


MINOR_UNITS: Final[Mapping[str, int]] = {"RUB": 2, "USD": 2, "EUR": 2, "CNY": 2, "KZT": 2, "BYN": 2, "JPY": 0}
"""Digits after the point by ISO 4217 code; two for a currency that is not listed."""


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount with its ISO 4217 currency."""

    amount: Decimal
    currency: str = "RUB"

    @property
    def minor(self) -> int:
        """The amount in integer minor units (kopecks, cents), rounded half up."""
        return int(self.rounded().amount.scaleb(MINOR_UNITS.get(self.currency, 2)))

    @classmethod
    def of_minor(cls, minor: int, currency: str = "RUB") -> Money:
        """The amount given in integer minor units."""
        return cls(Decimal(minor).scaleb(-MINOR_UNITS.get(currency, 2)), currency)

    def rounded(self) -> Money:
        """The amount rounded half up to the currency's minor unit (the rule of accounting documents)."""
        step = Decimal(1).scaleb(-MINOR_UNITS.get(self.currency, 2))
        return Money(self.amount.quantize(step, ROUND_HALF_UP, _WIDE), self.currency)


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of a name; any part may be empty. ``middle`` is the patronymic in Russian."""

    family: str = ""
    given: str = ""
    middle: str = ""

    def full(self, language: str = "ru") -> str:
        """«Иванов Пётр Сергеевич» in Russian order, "Peter S. Ivanov" order for other languages."""
        order = (
            (self.family, self.given, self.middle)
            if language == "ru"
            else (self.given, self.middle, self.family)
        )
        return " ".join(part for part in order if part)

    def __bool__(self) -> bool:
        return bool(self.family or self.given or self.middle)
