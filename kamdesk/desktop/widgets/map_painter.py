"""Paints the drawing of an influence map in the colours of the theme; the SVG writer paints the very same for paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import singledispatchmethod

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from kamdesk.desktop.palette import Colours
from kamdesk.model.influence import STANCES, Box, Command, Ellipse, Path, Polygon, Primitive, Rect, Text


def map_colours(colours: Colours) -> Mapping[str, QColor]:
    """The colour of every role of a drawing in a theme."""
    found = {
        "paper": colours.window,
        "card": colours.surface,
        "card_edge": colours.border,
        "text": colours.text,
        "muted": colours.muted,
        "line": colours.border,
        "relation": colours.accent_text,
        "conflict": colours.danger,
        "accent": colours.accent,
        "accent_soft": colours.accent_soft,
        "ghost": colours.muted,
        "tray": colours.hover,
        "on_mark": colours.window if colours.dark else colours.surface,
        "stance_none": colours.muted,
    } | {f"stance_{code}": shade for code, shade in zip(STANCES, colours.stance, strict=True)}
    return {role: QColor(shade) for role, shade in found.items()}


class MapPainter:
    """Paints primitives; ``colours`` by role, ``family`` the face of the words, ``stepped_back`` the roles' own opacity aside."""

    def __init__(self, painter: QPainter, colours: Mapping[str, QColor], family: str) -> None:
        self._painter, self._colours = painter, colours
        self._fonts: dict[tuple[float, bool, bool], QFont] = {}
        self._family = family

    def paint(
        self,
        pieces: Iterable[Primitive],
        area: Rect | None = None,
        dim: Callable[[Primitive], bool] | None = None,
    ) -> None:
        """Paint the primitives; those that ``dim`` names step back. ``area`` passes over boxes and words outside of it."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for piece in pieces:
            if area is not None and _outside(piece, area):
                continue
            back = dim is not None and dim(piece)
            if back:
                self._painter.setOpacity(0.3)
            self._draw(piece)
            if back:
                self._painter.setOpacity(1.0)

    @singledispatchmethod
    def _draw(self, piece: Primitive) -> None:
        raise TypeError(f"no primitive: {piece!r}")

    @_draw.register
    def _box(self, piece: Box) -> None:
        self._look(piece.fill, piece.stroke, piece.width, dashed=piece.dashed)
        self._painter.drawRoundedRect(to_rect(piece.rect), piece.radius, piece.radius)

    @_draw.register
    def _ellipse(self, piece: Ellipse) -> None:
        self._look(piece.fill, piece.stroke, piece.width)
        self._painter.drawEllipse(to_rect(piece.rect))

    @_draw.register
    def _polygon(self, piece: Polygon) -> None:
        self._look(piece.fill, piece.stroke, piece.width)
        self._painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in piece.points]))

    @_draw.register
    def _way(self, piece: Path) -> None:
        self._look("", piece.stroke, piece.width, dashed=piece.dashed)
        self._painter.drawPath(to_path(piece.path))

    @_draw.register
    def _words(self, piece: Text) -> None:
        font = self._font(piece.size, piece.bold, piece.italic)
        self._painter.setFont(font)
        self._painter.setPen(self._colours[piece.colour])
        left = piece.x
        if piece.anchor != "start":
            width = self._painter.fontMetrics().horizontalAdvance(piece.text)
            left -= width if piece.anchor == "end" else width / 2
        self._painter.drawText(QPointF(left, piece.y), piece.text)

    def _font(self, size: float, bold: bool, italic: bool) -> QFont:
        key = (size, bold, italic)
        if key not in self._fonts:
            font = QFont(self._family)
            font.setPixelSize(max(1, round(size)))
            font.setBold(bold)
            font.setItalic(italic)
            self._fonts[key] = font
        return self._fonts[key]

    def _look(self, fill: str, stroke: str, width: float, *, dashed: bool = False) -> None:
        pen = QPen(Qt.PenStyle.NoPen)
        if stroke:
            pen = QPen(self._colours[stroke], width)
            pen.setStyle(Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self._painter.setPen(pen)
        self._painter.setBrush(QBrush(self._colours[fill]) if fill else Qt.BrushStyle.NoBrush)


def to_rect(rect: Rect) -> QRectF:
    """A rectangle of the map as Qt has it."""
    return QRectF(rect.x, rect.y, rect.w, rect.h)


def to_path(commands: Iterable[Command]) -> QPainterPath:
    """A way of the map as Qt has it."""
    path = QPainterPath()
    for code, numbers in commands:
        if code == "M":
            path.moveTo(*numbers)
        elif code == "L":
            path.lineTo(*numbers)
        else:
            path.cubicTo(*numbers)
    return path


def _outside(piece: Primitive, area: Rect) -> bool:
    if isinstance(piece, (Box, Ellipse)):
        return not area.overlaps(piece.rect, 4)
    if isinstance(piece, Text):
        return not area.overlaps(Rect(piece.x - 300, piece.y - 30, 600, 40))
    return False
