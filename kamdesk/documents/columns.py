"""Column widths in which every word stands whole. Measures: twips (1/20 point).

Widths of letters are those of Arial, rounded up by kind of letter: what is asked is only whether a word fits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from heapq import nlargest
from typing import Final

MARGINS: Final = 180
"""Left and right margin of a cell together."""
_CANDIDATES: Final = 3  # the widest word is among the longest few
_BREAK: Final = re.compile(r"[ \n\t]+")  # not \s: words joined by a no-break space stay together
_NARROW: Final = frozenset("iljtfrI.,:;|!'()[]/ \u00a0\u202f-–")
_WIDE: Final = frozenset("mwMWжмшщюыфЖМШЩЮФДЫ@%—−№₽")
_EM: Final = (0.33, 0.57, 0.72, 0.9)  # narrow, lower case and figures, capitals, wide
_BOLD: Final = 1.07


def fitted(
    shares: Sequence[float],
    width: int,
    rows: Sequence[Sequence[str]],
    head: Sequence[str],
    bold: Sequence[Sequence[str]],
    size: float,
    margins: int = MARGINS,
) -> list[int]:
    """Widths by shares of ``width``, the narrow ones widened to their longest word at the cost of the roomy ones.

    ``head`` and ``bold`` are rows in bold; ``size`` is the letters' in half-points, larger for a face wider than Arial;
    ``margins`` are those of a cell at left and right together. Where the words fit in no way,
    the shares stand.
    """
    widths = by_shares(shares, width)
    cells = [*zip(*rows, strict=False)] if rows else [()] * len(widths)
    strong = [*zip(head or [""] * len(widths), *bold, strict=False)]
    needed = [
        max(_widest(column, size), _BOLD * _widest(said, size)) + margins
        for column, said in zip(cells, strong, strict=True)
    ]
    missing = sum(max(0.0, need - has) for need, has in zip(needed, widths, strict=True))
    spare = sum(max(0.0, has - need) for need, has in zip(needed, widths, strict=True))
    if not missing or spare < missing:
        return widths
    taken = missing / spare
    exact = [
        need if need > has else has - (has - need) * taken for need, has in zip(needed, widths, strict=True)
    ]
    return by_shares(exact, width)


def by_shares(shares: Sequence[float], width: int) -> list[int]:
    """Widths in the proportion of ``shares`` that add up to ``width``."""
    whole = sum(shares)
    widths = [int(width * share / whole) for share in shares]
    widths[-1] += width - sum(widths)
    return widths


def _widest(cells: Sequence[str], size: float) -> float:
    words = set(_BREAK.split("\n".join(cells)))
    return max((_em(word) for word in nlargest(_CANDIDATES, words, key=len)), default=0.0) * size * 10


def _em(word: str) -> float:
    return sum(
        _EM[0] if sign in _NARROW else _EM[3] if sign in _WIDE else _EM[2] if sign.isupper() else _EM[1]
        for sign in word
    )
