"""Totals of an offer (R2): net, VAT and gross by line, by rate, by alternative and in all, exact to the kopeck.

Each line is rounded half up to the currency's minor unit and the totals are sums of the rounded lines, as on
Russian invoices (Postanovlenie 1137, appendix 1: tax is stated by line), so that a reader who adds up the table
gets the printed total. A discount on the whole is shared out over the firm lines, by rate of VAT first, so that
the tax of each rate is taken from what is really paid (Tax Code art. 154); options keep their price.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Final

from kamdesk.model.inputs import OfferLine, ProposalData
from kamdesk.model.values import MINOR_UNITS
from kamdesk.model.vocabulary import Item, Vocabularies
from kamdesk.rules.spread import shares

_HUNDRED: Final = Decimal(100)
_NIL: Final = Decimal(0)
_PRECISION: Final = 60
"""Digits kept: the largest quantity times the largest price has thirty, and no total may fail for being large."""
_SHOWN_DIGITS: Final = {"1000": 1, "1000000": 2}


@dataclass(frozen=True, slots=True)
class WholeDiscount:
    """A discount on the whole: ``kind`` percent or amount, the amount in the terms of the prices as typed."""

    value: Decimal = _NIL
    kind: str = "percent"


NO_DISCOUNT: Final = WholeDiscount()


@dataclass(frozen=True, slots=True)
class LineTotals:
    """One line in money of the offer. ``rate`` is percent, None where no VAT applies.

    ``price`` is the price of a unit after the line's discount, ``discount`` what that took off the line, ``amount`` the
    line after it, ``off`` the line's share of the discount on the whole; all in the terms of the prices as typed
    (before VAT for on_top, with VAT for included). ``net``, ``vat`` and ``gross`` are what is paid in the end.
    """

    line: OfferLine
    price: Decimal
    discount: Decimal
    amount: Decimal
    off: Decimal
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
class AlternativeTotals:
    """One of the alternatives added up: its own lines with those that stand in all, in the order typed.

    ``lines`` has no options. ``name`` is "" for an offer without alternatives. ``discount`` is what the discounts of
    lines took off, ``off`` what the one on the whole did, ``amount`` the sum of lines before that, the last two in the
    terms of the prices as typed.
    """

    name: str
    lines: tuple[LineTotals, ...]
    amount: Decimal
    off: Decimal
    net: Decimal
    vat: Decimal
    gross: Decimal
    discount: Decimal
    by_rate: tuple[RateTotals, ...]


@dataclass(frozen=True, slots=True)
class OfferTotals:
    """The offer added up: the totals are those of the recommended alternative, the first where none is named.

    ``lines`` keeps the order typed and has all lines, options and other alternatives among them, which are in none of
    the totals. ``by_rate`` runs from the highest rate down, lines without VAT last. ``discount`` is what all
    discounts took off, ``off`` of it what the one on the whole did, ``amount`` the sum of lines before that.
    ``alternatives`` is empty where there are none; ``optional`` are the options of the recommended one, as ``lines``.
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
    amount: Decimal = _NIL
    off: Decimal = _NIL
    recommended: str = ""
    alternatives: tuple[AlternativeTotals, ...] = ()


def totals(
    lines: Sequence[OfferLine],
    vat_mode: str,
    currency: str = "RUB",
    discount: WholeDiscount = NO_DISCOUNT,
    recommended: str = "",
) -> OfferTotals:
    """Add up an offer. ``vat_mode`` is on_top, included or none. Raises ValueError for another mode."""
    if vat_mode not in ("on_top", "included", "none"):
        raise ValueError(f"unknown VAT mode: {vat_mode}")
    with localcontext() as context:
        context.prec = _PRECISION
        return _totals(lines, vat_mode, currency, discount, recommended)


def _totals(
    lines: Sequence[OfferLine], vat_mode: str, currency: str, discount: WholeDiscount, recommended: str
) -> OfferTotals:
    step = minor_step(currency)
    names = alternatives(lines)
    chosen = chosen_alternative(lines, recommended)
    counted = {name: _alternative(name, lines, vat_mode, step, discount) for name in names or ("",)}
    ours = counted[chosen]
    listed = tuple(_in_order(lines, counted, chosen, vat_mode, step))
    optional = [one for one in listed if one.line.optional and one.line.alternative.strip() in ("", chosen)]
    return OfferTotals(
        lines=listed,
        net=ours.net,
        vat=ours.vat,
        gross=ours.gross,
        discount=ours.discount + ours.off,
        by_rate=ours.by_rate,
        optional_net=_sum(line.net for line in optional),
        optional_vat=_sum(line.vat for line in optional),
        optional_gross=_sum(line.gross for line in optional),
        amount=ours.amount,
        off=ours.off,
        recommended=chosen,
        alternatives=tuple(counted.values()) if names else (),
    )


def totals_of(data: ProposalData) -> OfferTotals:
    """The offer of a proposal added up. Raises ValueError for an unknown VAT mode."""
    whole = WholeDiscount(data.total_discount, data.total_discount_kind)
    return totals(data.offer, data.vat_mode or "on_top", data.currency, whole, data.recommended)


def minor_step(currency: str) -> Decimal:
    """The smallest amount of a currency: 0.01, or 1 for one without minor units."""
    return Decimal(1).scaleb(-MINOR_UNITS.get(currency, 2))


def alternatives(lines: Iterable[OfferLine]) -> tuple[str, ...]:
    """The names of the alternatives in the order in which they first occur; those of options alone are none."""
    named = (line.alternative.strip() for line in lines if not line.optional)
    return tuple(dict.fromkeys(name for name in named if name))


def chosen_alternative(lines: Iterable[OfferLine], recommended: str) -> str:
    """The alternative that the total is of: the one recommended, else the first; "" where there are none."""
    names = alternatives(lines)
    wanted = recommended.strip()
    return wanted if wanted in names else next(iter(names), "")


def _in_order(
    lines: Sequence[OfferLine],
    counted: dict[str, AlternativeTotals],
    chosen: str,
    vat_mode: str,
    step: Decimal,
) -> Iterator[LineTotals]:
    """Each line as it is counted where it stands: in its own alternative, or in the one that is recommended."""
    following = {name: iter(one.lines) for name, one in counted.items()}
    for line in lines:
        own = line.alternative.strip()
        if line.optional:
            yield _line(line, vat_mode, step)
        elif own:
            yield next(following[own])
        else:
            yield {name: next(left) for name, left in following.items()}[chosen]


def _alternative(
    name: str, lines: Sequence[OfferLine], vat_mode: str, step: Decimal, discount: WholeDiscount
) -> AlternativeTotals:
    own = [line for line in lines if not line.optional and line.alternative.strip() in ("", name)]
    plain = [_line(line, vat_mode, step) for line in own]
    amount = _sum(line.amount for line in plain)
    offs = _shared(plain, whole_amount(discount, amount, step), step)
    paid = tuple(_line(line, vat_mode, step, off) for line, off in zip(own, offs, strict=True))
    return AlternativeTotals(
        name,
        paid,
        amount,
        _sum(line.off for line in paid),
        _sum(line.net for line in paid),
        _sum(line.vat for line in paid),
        _sum(line.gross for line in paid),
        _sum(line.discount for line in paid),
        _by_rate(paid),
    )


def whole_amount(discount: WholeDiscount, amount: Decimal, step: Decimal) -> Decimal:
    """What a discount on the whole takes off a sum: never less than nothing, never more than the sum."""
    asked = amount * discount.value / _HUNDRED if discount.kind == "percent" else discount.value
    return max(_NIL, min(asked, amount)).quantize(step, ROUND_HALF_UP)


def _shared(lines: Sequence[LineTotals], off: Decimal, step: Decimal) -> list[Decimal]:
    """The discount by line: over the rates first, then within each, so that the order of lines changes no total."""
    if not off:
        return [_NIL] * len(lines)
    weight = [max(line.amount, _NIL) for line in lines]
    rates = sorted({line.rate for line in lines}, key=lambda rate: (rate is None, -(rate or 0)))
    places = [[at for at, line in enumerate(lines) if line.rate == rate] for rate in rates]
    by_rate = shares(off, [_sum(weight[at] for at in group) for group in places], step)
    found = [_NIL] * len(lines)
    for group, part in zip(places, by_rate, strict=True):
        # the largest line takes a kopeck that is left over, wherever it stands
        ranked = sorted(group, key=lambda at: -weight[at])
        parts = shares(part, [weight[at] for at in ranked], step)
        for at, share in zip(ranked, parts, strict=True):
            found[at] = share
    return found


def _line(line: OfferLine, vat_mode: str, step: Decimal, off: Decimal = _NIL) -> LineTotals:
    listed = (line.quantity * line.price).quantize(step, ROUND_HALF_UP)
    left = (_HUNDRED - line.discount) / _HUNDRED
    amount = (line.quantity * line.price * left).quantize(step, ROUND_HALF_UP)
    paid = amount - off
    # a rate below nothing is a slip, and −100 % would divide by nothing
    rate = None if vat_mode == "none" or line.vat is None or line.vat < 0 else line.vat
    if rate is None:
        net, vat = paid, _NIL
    elif vat_mode == "on_top":
        net, vat = paid, (paid * rate / _HUNDRED).quantize(step, ROUND_HALF_UP)
    else:
        vat = (paid * rate / (_HUNDRED + rate)).quantize(step, ROUND_HALF_UP)
        net = paid - vat
    price = (line.price * left).quantize(step, ROUND_HALF_UP)
    return LineTotals(line, price, listed - amount, amount, off, net, vat, net + vat, rate)


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
    return sum(values, _NIL)


def payments(
    total: Decimal, percents: Sequence[Decimal | None], currency: str = "RUB"
) -> tuple[Decimal | None, ...]:
    """What is due with each stage of a schedule; None where a stage has no share.

    The amounts add up to the total exactly where the shares make 100 %, else to that part of it.
    """
    step = minor_step(currency)
    given = [max(percent, _NIL) if percent is not None else _NIL for percent in percents]
    with localcontext() as context:
        context.prec = _PRECISION
        due = (total * _sum(given) / _HUNDRED).quantize(step, ROUND_HALF_UP)
        amounts = shares(due, given, step)
    return tuple(
        None if percent is None else amount for percent, amount in zip(percents, amounts, strict=True)
    )


def paid_share(percents: Iterable[Decimal | None]) -> Decimal:
    """How many percent of the total a schedule says when to pay."""
    return _sum(percent for percent in percents if percent is not None)


def shown(amount: Decimal, money_unit: str = "1", currency: str = "RUB") -> Decimal:
    """The amount as the tables show it: whole units with kopecks, thousands with one digit, millions with two.

    Rounded half up for display only; nothing is ever added up from shown amounts.
    """
    digits = _SHOWN_DIGITS.get(money_unit, MINOR_UNITS.get(currency, 2))
    with localcontext() as context:
        context.prec = _PRECISION
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
