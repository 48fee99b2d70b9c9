"""Column widths in which every word stands whole. Measures: twips (1/20 point).

Widths of letters are those of Arial, rounded up by kind of letter: what is asked is only whether a word fits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from heapq import nlargest
from math import ceil
from typing import Final

MARGINS: Final = 180
"""Left and right margin of a cell together."""
_CANDIDATES: Final = 3  # the widest word is among the longest few
_BREAK: Final = re.compile(r"[ \n\t]+")  # not \s: words joined by a no-break space stay together
_LINES: Final = re.compile(r"\n")
_NARROW: Final = frozenset("iljtfrI.,:;|!'()[]/ \u00a0\u202f-")
_WIDE: Final = frozenset("mwMWжмшщюыфЖМШЩЮФДЫ@%—−№₽")
_EM: Final = (0.33, 0.57, 0.72, 0.9)  # narrow, lower case and figures, capitals, wide
_BOLD: Final = 1.07
_FIGURES: Final = re.compile(r"[-\u2212]?[0-9\u00a0\u202f.,]+")
_BLANKS: Final = frozenset("\u00a0\u202f.,")
_BLANK: Final = 0.28
_ROOMY: Final = 10.3
"""Twips of an em at a half-point: ten, and a little for whole lines, whose letters are only estimated."""


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
    return fitted_in(shares, width, rows, head, bold, (size,), margins, unwrap=False)[0]


def fitted_in(
    shares: Sequence[float],
    width: int,
    rows: Sequence[Sequence[str]],
    head: Sequence[str],
    bold: Sequence[Sequence[str]],
    sizes: Sequence[float],
    margins: int = MARGINS,
    unwrap: bool = True,
) -> tuple[list[int], int]:
    """The widths of :func:`fitted` in the first of ``sizes`` in which every word stands whole, and its place among them.

    What a column of figures or short words does not need goes to those whose texts would run over many lines.
    Where the words fit in none of them, the shares stand in the first. Without ``unwrap`` no room is given away that is not
    needed by a word: tables one under the other keep their columns in line.
    """
    widths = by_shares(shares, width)
    cells = [*zip(*rows, strict=False)] if rows else [()] * len(widths)
    strong = [*zip(head or [""] * len(widths), *bold, strict=False)]
    words = [
        max(_widest(column), _widest(said, bold=True)) for column, said in zip(cells, strong, strict=True)
    ]
    for place, size in enumerate(sizes):
        needed = [word * size * 10 + margins for word in words]
        missing = sum(max(0.0, need - has) for need, has in zip(needed, widths, strict=True))
        spare = sum(max(0.0, has - need) for need, has in zip(needed, widths, strict=True))
        if spare < missing:
            continue
        taken = missing / spare if missing else 0.0
        exact = [
            need if need > has else has - (has - need) * taken
            for need, has in zip(needed, widths, strict=True)
        ]
        if not unwrap:
            return by_shares(exact, width), place
        texts = [_widest(column, _LINES) for column in cells]
        heads = [_widest((name,), _LINES, bold=True) for name in head or [""] * len(widths)]
        wanted = [line * size * _ROOMY + margins for line in texts]
        held = [
            max(need, want, line * size * _ROOMY + margins)
            for need, want, line in zip(needed, wanted, heads, strict=True)
        ]
        return by_shares(_unwrapped(exact, held, wanted), width), place
    return widths, 0


def _unwrapped(widths: Sequence[float], held: Sequence[float], wanted: Sequence[float]) -> list[float]:
    """The widths with what is free beyond ``held`` given to columns whose longest line has less than the ``wanted`` room."""
    free = [max(0.0, has - line) for has, line in zip(widths, held, strict=True)]
    lacks = [max(0.0, line - has) for has, line in zip(widths, wanted, strict=True)]
    moved = min(sum(free), sum(lacks))
    if not moved:
        return [*widths]
    return [
        has - room * moved / sum(free) + lack * moved / sum(lacks)
        for has, room, lack in zip(widths, free, lacks, strict=True)
    ]


def most_lines(row: Sequence[str], widths: Sequence[int], size: float, margins: int = MARGINS) -> int:
    """About how many lines the tallest cell of a row has."""
    return max(
        (
            sum(
                ceil(max(_em(line, False), 1) * size * 10 / max(width - margins, 1))
                for line in cell.split("\n")
            )
            for cell, width in zip(row, widths, strict=False)
        ),
        default=1,
    )


def by_shares(shares: Sequence[float], width: int) -> list[int]:
    """Widths in the proportion of ``shares`` that add up to ``width``."""
    whole = sum(shares)
    widths = [int(width * share / whole) for share in shares]
    widths[-1] += width - sum(widths)
    return widths


def _widest(cells: Sequence[str], parts: re.Pattern[str] = _BREAK, bold: bool = False) -> float:
    words = set(parts.split("\n".join(cells)))
    return max((_em(word, bold) for word in nlargest(_CANDIDATES, words, key=len)), default=0.0)


def _em(word: str, bold: bool) -> float:
    if _FIGURES.fullmatch(word):  # Arial's figures are as wide in bold
        return sum(_BLANK if sign in _BLANKS else _EM[1] for sign in word)
    return (_BOLD if bold else 1) * sum(
        _EM[0] if sign in _NARROW else _EM[3] if sign in _WIDE else _EM[2] if sign.isupper() else _EM[1]
        for sign in word
    )
