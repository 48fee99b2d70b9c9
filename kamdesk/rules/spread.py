"""Sharing out an amount by weights so that the shares add up to it exactly: the method of the largest remainder.

It is what invoices and schedules of payments need: every share rounded by itself would leave a kopeck over.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction


def shares(amount: Decimal, weights: Sequence[Decimal], step: Decimal) -> tuple[Decimal, ...]:
    """``amount``, a multiple of ``step``, in proportion to ``weights``; each share is a multiple of ``step``.

    The steps left over go to the largest remainders, of equal ones to the first. Weights below 0 count as 0; without
    any weight all shares are 0.
    """
    counted = [max(Fraction(weight), Fraction(0)) for weight in weights]
    whole = sum(counted, Fraction(0))
    if not whole:
        return tuple(Decimal(0) for _ in weights)
    units = Fraction(amount) / Fraction(step)
    exact = [units * weight / whole for weight in counted]
    floors = [int(share // 1) for share in exact]
    left = int(units) - sum(floors)
    ranked = sorted(range(len(exact)), key=lambda index: floors[index] - exact[index])
    for index in ranked[:left]:
        floors[index] += 1
    return tuple(floor * step for floor in floors)
