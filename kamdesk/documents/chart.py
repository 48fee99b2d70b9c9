"""The benefit chart as SVG: a bar for each period and the cumulative effect as a line.

Readable in black and white: gains are filled, losses hatched, the line is dark with round marks. Sizes in SVG pixels; the
caller decides how large it is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import floor, log10
from typing import Final
from xml.sax.saxutils import escape

WIDTH: Final = 680
HEIGHT: Final = 250
_RIGHT: Final = 14
_TOP: Final = 52
_BOTTOM: Final = 30
_INK: Final = "#1F2A36"
_GRID: Final = "#D5DBE1"
_BAR: Final = "#5B7FA6"
_FONT: Final = "font-family=\"Arial, 'Liberation Sans', sans-serif\""
_LABELS: Final = 12  # period labels that fit beside each other


def benefit_chart(
    net: Sequence[Decimal],
    cumulative: Sequence[Decimal],
    labels: Sequence[str],
    *,
    title: str,
    legend: tuple[str, str],
    unit: Decimal,
    language: str,
) -> str:
    """The SVG text. ``net`` and ``cumulative`` are in the currency, shown divided by ``unit``; one label a period."""
    bars = [float(amount / unit) for amount in net]
    line = [float(amount / unit) for amount in cumulative]
    ticks = _ticks(min(0.0, *bars, *line), max(0.0, *bars, *line))
    values = [_number(tick, language) for tick in ticks]
    left = 14 + round(6.2 * max(map(len, values)))
    scale = _Scale(ticks[0], ticks[-1], len(bars), left)
    pieces = [_header(title, legend, left), *_grid(ticks, values, scale)]
    pieces += [_bar(value, index, scale) for index, value in enumerate(bars)]
    pieces += _line(line, scale)
    pieces += _axis(labels, scale)
    return "".join(pieces) + "</svg>"


class _Scale:
    """Where values and periods stand in the picture."""

    def __init__(self, low: float, high: float, periods: int, left: int) -> None:
        self._low, self._span = low, (high - low) or 1.0
        self.left = left
        self.step = (WIDTH - left - _RIGHT) / max(periods, 1)

    def y(self, value: float) -> float:
        share = (value - self._low) / self._span
        return round(HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM), 1)

    def middle(self, index: int) -> float:
        return round(self.left + (index + 0.5) * self.step, 1)


def _ticks(low: float, high: float) -> list[float]:
    """Round values around the data, four to seven of them."""
    span = (high - low) or 1.0
    rough = span / 5
    power = 10 ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough)
    first, last = floor(low / step), -floor(-high / step)
    return [step * index for index in range(first, last + 1)]


def _header(title: str, legend: tuple[str, str], left: int) -> str:
    second = left + 70 + 7 * len(legend[0])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<defs><pattern id="h" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="6" height="6" fill="#FFFFFF"/><line x1="0" y1="0" x2="0" y2="6" stroke="{_BAR}" stroke-width="4"/>'
        f'</pattern></defs><rect width="{WIDTH}" height="{HEIGHT}" fill="#FFFFFF"/>'
        f'<text x="0" y="13" {_FONT} font-size="12.5" font-weight="bold" fill="{_INK}">{escape(title)}</text>'
        f'<rect x="{left}" y="28" width="14" height="10" fill="{_BAR}"/>'
        f'<text x="{left + 20}" y="37" {_FONT} font-size="11.5" fill="{_INK}">{escape(legend[0])}</text>'
        f'<line x1="{second - 22}" y1="33" x2="{second}" y2="33" stroke="{_INK}" stroke-width="2.4"/>'
        f'<circle cx="{second - 11}" cy="33" r="3.4" fill="#FFFFFF" stroke="{_INK}" stroke-width="2"/>'
        f'<text x="{second + 8}" y="37" {_FONT} font-size="11.5" fill="{_INK}">{escape(legend[1])}</text>'
    )


def _grid(ticks: list[float], values: list[str], scale: _Scale) -> list[str]:
    lines = []
    for tick, value in zip(ticks, values, strict=True):
        y = scale.y(tick)
        zero = abs(tick) < 1e-9
        colour, width = (_INK, 1.2) if zero else (_GRID, 1)
        lines.append(
            f'<line x1="{scale.left}" y1="{y}" x2="{WIDTH - _RIGHT}" y2="{y}" stroke="{colour}" stroke-width="{width}"/>'
            f'<text x="{scale.left - 8}" y="{y + 4}" text-anchor="end" {_FONT} font-size="11" fill="{_INK}">'
            f"{escape(value)}</text>"
        )
    return lines


def _number(value: float, language: str) -> str:
    from kamdesk.documents.language import number

    return number(Decimal(str(round(value, 6))).normalize() + 0, language)


def _bar(value: float, index: int, scale: _Scale) -> str:
    width = round(min(scale.step * 0.5, 56), 1)
    top, bottom = sorted((scale.y(value), scale.y(0)))
    fill = _BAR if value >= 0 else "url(#h)"
    return (
        f'<rect x="{round(scale.middle(index) - width / 2, 1)}" y="{top}" width="{width}" height="{round(bottom - top, 1)}" '
        f'fill="{fill}" stroke="{_BAR}" stroke-width="1"/>'
    )


def _line(values: list[float], scale: _Scale) -> list[str]:
    points = [(scale.middle(index), scale.y(value)) for index, value in enumerate(values)]
    path = " ".join(f"{x},{y}" for x, y in points)
    drawn = [f'<polyline points="{path}" fill="none" stroke="{_INK}" stroke-width="2.4"/>']
    if len(points) <= 2 * _LABELS:
        drawn += [
            f'<circle cx="{x}" cy="{y}" r="3.4" fill="#FFFFFF" stroke="{_INK}" stroke-width="2"/>'
            for x, y in points
        ]
    return drawn


def _axis(labels: Sequence[str], scale: _Scale) -> list[str]:
    every = -(-len(labels) // _LABELS)
    return [
        f'<text x="{scale.middle(index)}" y="{HEIGHT - 10}" text-anchor="middle" {_FONT} font-size="11" fill="{_INK}">'
        f"{escape(label)}</text>"
        for index, label in enumerate(labels)
        if index % every == 0
    ]
