"""The line drawings of ``resources/icons``, painted in the colours of the moment at any size and resolution.

An icon is painted when it is shown, so a switch of the theme needs no refreshing: what is repainted has the new colour.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from kamdesk.desktop.palette import Colours
from kamdesk.desktop.theme import Theme


class Icons:
    """The set of drawings; ``icon(name)`` is what every other part asks for."""

    def __init__(self, folder: Path, theme: Theme) -> None:
        self._folder = folder
        self._theme = theme
        self._sources: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, str, int], QPixmap] = {}
        self._icons: dict[tuple[str, str], QIcon] = {}
        self._engines: list[QIconEngine] = []
        theme.changed.connect(self._pixmaps.clear)

    def names(self) -> list[str]:
        """Every drawing of the set."""
        return sorted(path.stem for path in self._folder.glob("*.svg"))

    def icon(self, name: str, colour: str = "icon") -> QIcon:
        """The drawing ``name`` in a colour of the theme. Raises KeyError for an unknown drawing or colour."""
        key = (name, colour)
        if key not in self._icons:
            self._source(name)
            if colour not in Colours.__dataclass_fields__:
                raise KeyError(colour)
            engine = _Engine(self, name, colour)
            self._engines.append(engine)  # Qt takes the C++ part, Python must keep its own
            self._icons[key] = QIcon(engine)
        return self._icons[key]

    def pixmap(self, name: str, size: int, colour: str = "icon", ratio: float = 1.0) -> QPixmap:
        """The drawing as a square of ``size`` logical pixels for a screen of the given pixel ratio."""
        device = max(1, round(size * ratio))
        key = (name, self._colour(colour), device)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._draw(name, self._colour(colour), device)
        pixmap = QPixmap(self._pixmaps[key])
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def paint(self, painter: QPainter, name: str, rect: QRect, colour: str = "icon") -> None:
        """Paint the drawing into ``rect``."""
        side = min(rect.width(), rect.height())
        if side <= 0:
            return
        # of the transform, not of the device: asking for that one wakes half of Qt's types at the start
        ratio = abs(painter.deviceTransform().m11()) or 1.0
        square = QRect(0, 0, side, side)
        square.moveCenter(rect.center())
        painter.drawPixmap(square, self.pixmap(name, side, colour, ratio))

    def _colour(self, colour: str) -> str:
        return getattr(self._theme.colours, colour)

    def _source(self, name: str) -> str:
        if name not in self._sources:
            path = self._folder / f"{name}.svg"
            if not path.is_file():
                raise KeyError(name)
            self._sources[name] = path.read_text("utf-8")
        return self._sources[name]

    def _draw(self, name: str, colour: str, device: int) -> QPixmap:
        renderer = QSvgRenderer(QByteArray(self._source(name).replace("currentColor", colour).encode()))
        pixmap = QPixmap(device, device)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, device, device))
        painter.end()
        return pixmap


class _Engine(QIconEngine):
    """Paints one drawing; asked by Qt whenever the icon is shown."""

    def __init__(self, icons: Icons, name: str, colour: str) -> None:
        super().__init__()
        self._icons = icons
        self._name = name
        self._colour = colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        self._icons.paint(painter, self._name, rect, self._in(mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        side = min(size.width(), size.height())
        if side <= 0 or scale <= 0:  # some platforms ask for no size at all while a window is being made
            return QPixmap()
        drawn = self._icons.pixmap(self._name, side, self._in(mode, state), scale)
        if size.width() == size.height():
            return drawn
        framed = QPixmap(size * scale)
        framed.setDevicePixelRatio(scale)
        framed.fill(Qt.GlobalColor.transparent)
        painter = QPainter(framed)
        painter.drawPixmap(QPoint((size.width() - side) // 2, (size.height() - side) // 2), drawn)
        painter.end()
        return framed

    def clone(self) -> QIconEngine:
        copy = _Engine(self._icons, self._name, self._colour)
        self._icons._engines.append(copy)
        return copy

    def _in(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode == QIcon.Mode.Disabled:
            return "disabled"
        return "accent_text" if state == QIcon.State.On and self._colour == "icon" else self._colour
