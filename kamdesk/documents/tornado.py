"""The tornado as SVG: how far each assumption moves the result, the widest on top. The same drawing for window and Word.

Readable in black and white: the lower value of an assumption is drawn hollow, the higher one filled, and at both ends stands
which value leads to which result. Sizes in SVG pixels; the caller decides how large it is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from xml.sax.saxutils import escape

from kamdesk.documents.legal import legal

WIDTH: Final = 680
_TOP: Final = 66
_ROW: Final = 48
_BAR: Final = 20
_FOOT: Final = 8
_LETTER: Final = 6.1  # the mean width of a letter at the size of the ends
_ROOM: Final = 0.3  # of the width, for the words at each end at most


@dataclass(frozen=True, slots=True)
class Bar:
    """One assumption: its name, the results at its lowest and highest value, and what is said at those ends."""

    name: str
    low: Decimal
    high: Decimal
    low_says: str
    high_says: str


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours and the face of a drawing: those of paper, or of the window's theme."""

    text: str = "#1F2A36"
    line: str = "#D5DBE1"
    bar: str = "#5B7FA6"
    ground: str = "#FFFFFF"
    font: str = "Arial, 'Liberation Sans', sans-serif"


PAPER: Final = Ink()


def height_of(bars: Sequence[Bar]) -> int:
    """How tall the drawing of these bars is."""
    return _TOP + _ROW * len(bars) + _FOOT


def tornado_chart(
    bars: Sequence[Bar],
    base: Decimal,
    *,
    title: str,
    base_says: str,
    legend: tuple[str, str],
    ink: Ink = PAPER,
) -> str:
    """The SVG text. ``base`` is the result with all as expected; ``legend`` names the lowest and the highest value."""
    left = (
        min(max((len(bar.low_says) for bar in map(_sorted, bars)), default=0) * _LETTER, WIDTH * _ROOM) + 12
    )
    right = min(max((len(bar.high_says) for bar in map(_sorted, bars)), default=0) * _LETTER, WIDTH * _ROOM)
    ends = [float(value) for bar in bars for value in (bar.low, bar.high)] + [float(base)]
    low, span = min(ends), (max(ends) - min(ends)) or 1.0
    room = WIDTH - left - right - 12

    def x(value: Decimal) -> float:
        return round(left + (float(value) - low) / span * room, 1)

    height = height_of(bars)
    middle = x(base)
    pieces = [_head(title, legend, height, ink), _middle(middle, base_says, height, ink)]
    for at, bar in enumerate(bars):
        pieces += _bar(bar, _TOP + at * _ROW, middle, x(bar.low), x(bar.high), ink)
    return "".join(pieces) + "</svg>"


def _sorted(bar: Bar) -> Bar:
    """The bar with the words of its left end first, whichever value of the assumption stands there."""
    if bar.low <= bar.high:
        return bar
    return Bar(bar.name, bar.high, bar.low, bar.high_says, bar.low_says)


def _short(name: str) -> str:
    """A name that ends inside the drawing."""
    most = int(WIDTH / _LETTER) - 2
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def _words(text: str, x: float, y: float, ink: Ink, *, anchor: str = "start", more: str = "") -> str:
    family = escape(ink.font, {'"': "&quot;"})
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-family="{family}" font-size="11.5" '
        f'fill="{ink.text}"{more}>{escape(legal(text))}</text>'
    )


def _head(title: str, legend: tuple[str, str], height: int, ink: Ink) -> str:
    second = 40 + 7.2 * len(legend[0])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}">'
        f'<rect width="{WIDTH}" height="{height}" fill="{ink.ground}"/>'
        + _words(title, 0, 13, ink, more=' font-weight="bold"')
        + f'<rect x="0.5" y="26.5" width="14" height="10" fill="{ink.ground}" stroke="{ink.bar}" stroke-width="1.6"/>'
        + _words(legend[0], 20, 36, ink)
        + f'<rect x="{second}" y="26.5" width="14" height="10" fill="{ink.bar}" stroke="{ink.bar}" stroke-width="1.6"/>'
        + _words(legend[1], second + 20, 36, ink)
    )


def _middle(x: float, says: str, height: int, ink: Ink) -> str:
    anchor = "start" if x < WIDTH * 0.25 else "end" if x > WIDTH * 0.75 else "middle"
    return (
        f'<line x1="{x}" y1="{_TOP - 8}" x2="{x}" y2="{height - _FOOT}" stroke="{ink.text}" stroke-width="1.2" '
        f'stroke-dasharray="4 3"/>' + _words(says, x, _TOP - 13, ink, anchor=anchor)
    )


def _bar(bar: Bar, top: int, middle: float, low: float, high: float, ink: Ink) -> list[str]:
    y = top + 20
    drawn = []
    for end, fill in ((low, ink.ground), (high, ink.bar)):
        left, width = min(middle, end), round(abs(end - middle), 1)
        drawn.append(
            f'<rect x="{left}" y="{y}" width="{width}" height="{_BAR}" fill="{fill}" stroke="{ink.bar}" '
            f'stroke-width="1.6"/>'
        )
    ordered = _sorted(bar)
    drawn.append(_words(_short(bar.name), 0, top + 13, ink))
    drawn.append(_words(ordered.low_says, min(low, high) - 7, y + 14, ink, anchor="end"))
    drawn.append(_words(ordered.high_says, max(low, high) + 7, y + 14, ink))
    return drawn
