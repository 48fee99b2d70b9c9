"""Totals of an offer (R2): net, VAT and gross by line, by rate and in all, exact to the kopeck.

Each line is rounded half up to the currency's minor unit and the totals are sums of the rounded lines, as on
Russian invoices (Postanovlenie 1137, appendix 1: tax is stated by line), so that a reader who adds up the table
gets the printed total.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from kamdesk.model.inputs import OfferLine
from kamdesk.model.values import MINOR_UNITS
from kamdesk.model.vocabulary import Item, Vocabularies

_HUNDRED: Final = Decimal(100)
_SHOWN_DIGITS: Final = {"1000": 1, "1000000": 2}


@dataclass(frozen=True, slots=True)
class LineTotals:
    """One line in money of the offer. ``rate`` is percent, None where no VAT applies.

    ``price`` is the price of a unit after the discount, ``discount`` what the discount took off the line; both in
    the terms of the prices as typed (before VAT for on_top, with VAT for included).
    """

    line: OfferLine
    price: Decimal
    discount: Decimal
    net: Decimal
    vat: Decimal
    gross: Decimal
    rate: Decimal | None


@dataclass(frozen=True, slots=True)
class RateTotals:
    """What stands under one VAT rate, optional lines aside; ``rate`` None gathers what bears no VAT."""

    rate: Decimal | None
    net: Decimal
    vat: Decimal
    gross: Decimal


@dataclass(frozen=True, slots=True)
class OfferTotals:
    """The offer added up. ``lines`` keeps the order typed; optional lines are in it but in none of the totals.

    ``by_rate`` runs from the highest rate down, lines without VAT last. ``discount`` is what all discounts took off.
    """

    lines: tuple[LineTotals, ...]
    net: Decimal
    vat: Decimal
    gross: Decimal
    discount: Decimal
    by_rate: tuple[RateTotals, ...]
    optional_net: Decimal
    optional_vat: Decimal
    optional_gross: Decimal


def totals(lines: Sequence[OfferLine], vat_mode: str, currency: str = "RUB") -> OfferTotals:
    """Add up an offer. ``vat_mode`` is on_top, included or none. Raises ValueError for another mode."""
    if vat_mode not in ("on_top", "included", "none"):
        raise ValueError(f"unknown VAT mode: {vat_mode}")
    step = Decimal(1).scaleb(-MINOR_UNITS.get(currency, 2))
    counted = tuple(_line(line, vat_mode, step) for line in lines)
    firm = [line for line in counted if not line.line.optional]
    optional = [line for line in counted if line.line.optional]
    return OfferTotals(
        lines=counted,
        net=_sum(line.net for line in firm),
        vat=_sum(line.vat for line in firm),
        gross=_sum(line.gross for line in firm),
        discount=_sum(line.discount for line in firm),
        by_rate=_by_rate(firm),
        optional_net=_sum(line.net for line in optional),
        optional_vat=_sum(line.vat for line in optional),
        optional_gross=_sum(line.gross for line in optional),
    )


def _line(line: OfferLine, vat_mode: str, step: Decimal) -> LineTotals:
    listed = (line.quantity * line.price).quantize(step, ROUND_HALF_UP)
    left = (_HUNDRED - line.discount) / _HUNDRED
    amount = (line.quantity * line.price * left).quantize(step, ROUND_HALF_UP)
    rate = None if vat_mode == "none" else line.vat
    if rate is None:
        net, vat = amount, Decimal(0)
    elif vat_mode == "on_top":
        net, vat = amount, (amount * rate / _HUNDRED).quantize(step, ROUND_HALF_UP)
    else:
        vat = (amount * rate / (_HUNDRED + rate)).quantize(step, ROUND_HALF_UP)
        net = amount - vat
    price = (line.price * left).quantize(step, ROUND_HALF_UP)
    return LineTotals(line, price, listed - amount, net, vat, net + vat, rate)


def _by_rate(lines: Iterable[LineTotals]) -> tuple[RateTotals, ...]:
    groups: dict[Decimal | None, list[LineTotals]] = {}
    for line in lines:
        groups.setdefault(line.rate, []).append(line)
    order = sorted(groups, key=lambda rate: (rate is None, -(rate or 0)))
    return tuple(
        RateTotals(
            rate,
            _sum(line.net for line in groups[rate]),
            _sum(line.vat for line in groups[rate]),
            _sum(line.gross for line in groups[rate]),
        )
        for rate in order
    )


def _sum(values: Iterable[Decimal]) -> Decimal:
    return sum(values, Decimal(0))


def shown(amount: Decimal, money_unit: str = "1", currency: str = "RUB") -> Decimal:
    """The amount as the tables show it: whole units with kopecks, thousands with one digit, millions with two.

    Rounded half up for display only; nothing is ever added up from shown amounts.
    """
    digits = _SHOWN_DIGITS.get(money_unit, MINOR_UNITS.get(currency, 2))
    return (amount / Decimal(money_unit)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def rates_in_force(vocabularies: Vocabularies, on: date, country: str = "RU") -> tuple[Item, ...]:
    """The VAT rates one may use on a date, standard rate first (Russia: Tax Code art. 164; 22 % from 2026)."""
    return tuple(
        item
        for item in vocabularies.items("vat_rate")
        if item.extras.get("country") == country
        and str(item.extras.get("from", ""))
        <= on.isoformat()
        <= (str(item.extras.get("until", "")) or "9999-12-31")
    )


def rate_of(item: Item) -> Decimal | None:
    """The percentage of an item of ``vat_rate``; None for "no VAT"."""
    rate = item.extras.get("rate")
    return Decimal(str(rate)) if rate is not None else None
