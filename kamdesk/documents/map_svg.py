"""An influence map written as SVG for files and paper: self-contained, with fonts that exist everywhere, readable in black and white."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from kamdesk.documents.legal import legal
from kamdesk.documents.pictures import as_png
from kamdesk.model.influence import Box, Command, Ellipse, MapDrawing, Path, Polygon, Primitive, Rect, Text

# Spelt exactly as pictures.as_png looks for it, which then names the font that is there.
FONT: Final = "Arial, 'Liberation Sans', sans-serif"
PRINT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "paper": "#FFFFFF",
        "card": "#FFFFFF",
        "card_edge": "#7C8288",
        "text": "#1F2328",
        "muted": "#565C63",
        "line": "#8A9097",
        "relation": "#3F6C93",
        "conflict": "#A3261D",
        "accent": "#0B5F5F",
        "accent_soft": "#DCEFED",
        "ghost": "#6A7078",
        "tray": "#F1F0EC",
        "on_mark": "#FFFFFF",
        "stance_-3": "#A81F1A",
        "stance_-2": "#C4502A",
        "stance_-1": "#A86A12",
        "stance_0": "#6A7078",
        "stance_1": "#4D7F4A",
        "stance_2": "#2A7A3C",
        "stance_3": "#0F6535",
        "stance_none": "#6A7078",
    }
)
"""Colours of paper by role; each stance and all words reach 4.5:1 on white."""


def to_svg(drawing: MapDrawing, colours: Mapping[str, str] = PRINT, *, width: float | None = None) -> str:
    """The drawing as SVG text; ``width`` in pixels where it is not to be 100 %."""
    area = drawing.bounds
    zoom = (width / area.w) if width and area.w else 1.0
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(area.w * zoom)}" height="{_n(area.h * zoom)}" '
        f'viewBox="{_n(area.x)} {_n(area.y)} {_n(area.w)} {_n(area.h)}">'
        f'<rect x="{_n(area.x)}" y="{_n(area.y)}" width="{_n(area.w)}" height="{_n(area.h)}" '
        f'fill="{colours["paper"]}"/><g font-family="{FONT}">'
    )
    return head + "".join(_written(piece, colours) for piece in drawing.primitives) + "</g></svg>"


def to_png(svg: str, zoom: float = 1.0) -> bytes:
    """The SVG as PNG, ``zoom`` times its size. Called in the worker."""
    return as_png(svg, zoom)


def _written(piece: Primitive, colours: Mapping[str, str]) -> str:
    if isinstance(piece, Box):
        look = _look(piece.fill, piece.stroke, piece.width, piece.dashed, colours)
        return f'<rect {_area(piece.rect)} rx="{_n(min(piece.radius, piece.rect.h / 2))}" {look}/>'
    if isinstance(piece, Ellipse):
        r = piece.rect
        look = _look(piece.fill, piece.stroke, piece.width, False, colours)
        return f'<ellipse cx="{_n(r.x + r.w / 2)}" cy="{_n(r.y + r.h / 2)}" rx="{_n(r.w / 2)}" ry="{_n(r.h / 2)}" {look}/>'
    if isinstance(piece, Polygon):
        points = " ".join(f"{_n(x)},{_n(y)}" for x, y in piece.points)
        look = _look(piece.fill, piece.stroke, piece.width, False, colours)
        return f'<polygon points="{points}" {look} stroke-linejoin="round"/>'
    if isinstance(piece, Path):
        return f'<path d="{_way(piece.path)}" {_look("", piece.stroke, piece.width, piece.dashed, colours)}/>'
    return _words(piece, colours)


def _words(piece: Text, colours: Mapping[str, str]) -> str:
    style = (' font-weight="bold"' if piece.bold else "") + (' font-style="italic"' if piece.italic else "")
    anchor = f" text-anchor={quoteattr(piece.anchor)}" if piece.anchor != "start" else ""
    return (
        f'<text x="{_n(piece.x)}" y="{_n(piece.y)}" font-size="{_n(piece.size)}"{style}{anchor} '
        f'fill="{colours[piece.colour]}">{escape(legal(piece.text))}</text>'
    )


def _look(fill: str, stroke: str, width: float, dashed: bool, colours: Mapping[str, str]) -> str:
    look = f'fill="{colours[fill]}"' if fill else 'fill="none"'
    if stroke:
        look += f' stroke="{colours[stroke]}" stroke-width="{_n(width)}"'
        if dashed:
            look += ' stroke-dasharray="5 4"'
    return look


def _way(path: Iterable[Command]) -> str:
    return " ".join(f"{letter}{' '.join(map(_n, numbers))}" for letter, numbers in path)


def _area(rect: Rect) -> str:
    return f'x="{_n(rect.x)}" y="{_n(rect.y)}" width="{_n(rect.w)}" height="{_n(rect.h)}"'


def _n(value: float) -> str:
    """A number as SVG writes it: at most two digits after the point, none needed."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
