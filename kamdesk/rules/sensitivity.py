"""Which assumptions a benefit depends on most (R3): the result at the lowest and at the highest value of each.

One assumption is varied at a time, all else as expected: the analysis that bankers call a tornado (Brealey, Myers
& Allen, "Principles of Corporate Finance", chapter 10; VK 477, section 10.2). The result is the NPV, or the
cumulative effect where no discount rate is given; it is linear in each assumption, so that the value at which nothing is
gained any more is exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import Final

from kamdesk.model.inputs import BenefitData
from kamdesk.rules.benefit import PRECISION, evaluate

BIGGEST: Final = 3
"""How many assumptions are told of (R3)."""
_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Ending:
    """The result with one assumption at one of its ends. ``value`` is in the unit of the assumption, percent of the
    line's amounts (100 as expected) where a line rests on none. ``payback`` is in periods, None where there is none."""

    value: Decimal
    worth: Decimal
    payback: Decimal | None


@dataclass(frozen=True, slots=True)
class Swing:
    """How far one assumption moves the result.

    ``id`` is that of the assumption, "" for a line that may miss by a percentage; then all values are percent of its
    amounts. ``break_even`` is the value at which the result is nil, None where no value of the same sign does that.
    """

    id: str
    name: str
    unit: str
    expected: Decimal
    low: Ending
    high: Ending
    break_even: Decimal | None

    @property
    def width(self) -> Decimal:
        """The distance between the results at both ends."""
        return abs(self.high.worth - self.low.worth)

    @property
    def gains_above(self) -> bool:
        """Whether more is gained the higher the value is: nothing is gained below ``break_even`` then, else above it."""
        return (self.high.worth > self.low.worth) == (self.high.value > self.low.value)

    @property
    def worse(self) -> Ending:
        """The end at which less is gained."""
        return min(self.low, self.high, key=lambda ending: ending.worth)


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """All that can be varied, the widest swing first. ``measure`` is npv or effect, ``base`` the result as expected."""

    measure: str
    base: Decimal
    swings: tuple[Swing, ...]

    @property
    def biggest(self) -> tuple[Swing, ...]:
        """The three that move the result most."""
        return self.swings[:BIGGEST]

    @property
    def worst(self) -> Swing | None:
        """Of the three biggest, the one whose worse end leaves least; None where nothing was varied."""
        return min(self.biggest, key=lambda swing: swing.worse.worth, default=None)

    @property
    def always_pays(self) -> bool:
        """Whether the money comes back at both ends of each of the three, and more is gained than spent."""
        ends = [end for swing in self.biggest for end in (swing.low, swing.high)]
        return bool(ends) and all(end.payback is not None and end.worth >= 0 for end in ends)


def analyse(data: BenefitData) -> Sensitivity:
    """Vary each assumption of a benefit model. Raises ValueError as ``benefit.evaluate`` does."""
    measure = "npv" if data.discount_rate else "effect"
    base = _worth(data, measure)
    found = [swing for swing in _swings(data, measure, base) if swing.width]
    found.sort(key=lambda swing: -swing.width)
    return Sensitivity(measure, base, tuple(found))


def scaled(data: BenefitData, factor: Decimal, places: frozenset[int]) -> BenefitData:
    """The model with the amounts of some lines multiplied: those at ``places``, from 0."""
    with localcontext() as context:
        context.prec = PRECISION
        lines = tuple(
            replace(line, amounts=tuple(amount * factor for amount in line.amounts)) if at in places else line
            for at, line in enumerate(data.lines)
        )
    return replace(data, lines=lines)


def _worth(data: BenefitData, measure: str) -> Decimal:
    result = evaluate(data)
    return result.npv if measure == "npv" else result.effect


def _swings(data: BenefitData, measure: str, base: Decimal) -> Iterator[Swing]:
    for one in data.assumed:
        if not one.value:
            continue
        low, high = (one.value if end is None else end for end in (one.low, one.high))
        yield _swing(
            data,
            (one.id, one.name, one.unit),
            (one.value, low, high),
            frozenset(at for at, line in enumerate(data.lines) if line.assumption == one.id),
            (measure, base),
        )
    known = {one.id for one in data.assumed if one.value}
    for place, row in enumerate(data.lines):
        if row.spread and row.assumption not in known:
            yield _swing(
                data,
                ("", row.name, "%"),
                (_HUNDRED, _HUNDRED - row.spread, _HUNDRED + row.spread),
                frozenset({place}),
                (measure, base),
            )


def _swing(
    data: BenefitData,
    called: tuple[str, str, str],
    values: tuple[Decimal, Decimal, Decimal],
    places: frozenset[int],
    result: tuple[str, Decimal],
) -> Swing:
    expected, low, high = values
    measure, base = result

    def ending(value: Decimal) -> Ending:
        with localcontext() as context:
            context.prec = PRECISION
            changed = scaled(data, value / expected, places)
        worked = evaluate(changed)
        return Ending(value, worked.npv if measure == "npv" else worked.effect, worked.payback)

    with localcontext() as context:
        context.prec = PRECISION
        rest = _worth(scaled(data, Decimal(0), places), measure)
        resting = base - rest
        even = -rest / resting if resting else None
        # a price or a number of hours of the other sign is no value at all
        break_even = even * expected if even is not None and even >= 0 else None
    return Swing(*called, expected, ending(low), ending(high), break_even)
