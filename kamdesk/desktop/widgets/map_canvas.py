"""The influence map as one looks at it and touches it: zoom, drag, choose, fold, by mouse and by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import set_look
from kamdesk.desktop.widgets.map_painter import MapPainter, map_colours, to_rect
from kamdesk.model.influence import MapDrawing, MapLayout, Path, Polygon, Primitive, Rect, Text

SMALLEST, LARGEST = 0.2, 3.0
_READABLE = 0.7
"""The first look is not drawn smaller than this: a large map is scrolled, not guessed at."""
_NARROWEST = 480
_STEP = 20
"""Pixels a card moves by Ctrl and an arrow."""
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class MapCanvas(QAbstractScrollArea):
    """``chosen(id)`` ("" for none), ``opened(id)``, ``placed(id, x, y)``, ``fold_wanted(id)``, ``menu_wanted(id, global point)``.

    ``resized`` a moment after the room changed: the map is laid out for the room it has.
    """

    chosen = Signal(str)
    opened = Signal(str)
    placed = Signal(str, int, int)
    fold_wanted = Signal(str)
    menu_wanted = Signal(str, QPoint)
    resized = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._layout, self._drawing = MapLayout(), MapDrawing()
        self._zoom, self._fitted = 1.0, True
        self._selected = ""
        self._lit: frozenset[str] = frozenset()
        self._pressed: tuple[str, QPoint, QPointF] | None = None
        self._dragged: Rect | None = None
        set_look(self, "focusable")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self._settled = QTimer(self, singleShot=True, interval=120)
        self._settled.timeout.connect(self.resized.emit)
        self._laid_out_for = 0
        kit.theme.changed.connect(self.viewport().update)

    # --- for the page

    def show_map(self, layout: MapLayout, drawing: MapDrawing, selected: str, lit: frozenset[str]) -> None:
        """Show a drawing; ``lit`` are ids of cards and ties that stand out, everything else steps back where there are any."""
        self._layout, self._drawing, self._selected, self._lit = layout, drawing, selected, lit
        if self._fitted:
            self.fit()
        self._measure()
        self.viewport().update()

    def room(self) -> QSize:
        """The size that the map had best have, in its own pixels; never so narrow that nothing fits side by side."""
        shown, scale = self.viewport().size(), self._kit.theme.scale
        self._laid_out_for = shown.width()
        return QSize(
            max(_NARROWEST, round(shown.width() / scale) - 24), max(360, round(shown.height() / scale))
        )

    def zoom(self) -> float:
        """1.0 is 100 %."""
        return self._zoom

    def fit(self) -> None:
        """As much of the map as can be read at once."""
        room, area = self.viewport().size(), self._drawing.bounds
        if area.w and area.h:
            whole = min(room.width() / area.w, room.height() / area.h)
            self._zoom = max(_READABLE, min(1.0, whole)) * self._kit.theme.scale
        self._fitted = True
        self._measure()
        self.viewport().update()

    def fit_all(self) -> None:
        """The whole map, however small its words become."""
        room, area = self.viewport().size(), self._drawing.bounds
        if area.w and area.h:
            self.set_zoom(min(room.width() / area.w, room.height() / area.h))

    def set_zoom(self, zoom: float, around: QPointF | None = None) -> None:
        """Zoom about a point of the viewport, its middle by default."""
        point = around or QPointF(self.viewport().rect().center())
        before = self._to_map(point)
        self._zoom = max(SMALLEST, min(LARGEST, zoom))
        self._fitted = False
        self._measure()
        after = self._to_map(point)
        for bar, shift in (
            (self.horizontalScrollBar(), before.x() - after.x()),
            (self.verticalScrollBar(), before.y() - after.y()),
        ):
            bar.setValue(round(bar.value() + shift * self._zoom))
        self.viewport().update()

    def step_zoom(self, step: int) -> None:
        """A quarter larger or smaller."""
        self.set_zoom(self._zoom * 1.25**step)

    def reveal(self, node_id: str) -> None:
        """Scroll until a card can be seen."""
        item = self._layout.by_id.get(node_id)
        if item is None:
            return
        origin = self._origin()
        for bar, low, high, room in (
            (self.horizontalScrollBar(), item.rect.x, item.rect.right, self.viewport().width()),
            (self.verticalScrollBar(), item.rect.y, item.rect.bottom, self.viewport().height()),
        ):
            at = origin.x() if bar is self.horizontalScrollBar() else origin.y()
            first, last = low * self._zoom + at, high * self._zoom + at
            if first < 8:
                bar.setValue(round(bar.value() + first - 16))
            elif last > room - 8:
                bar.setValue(round(bar.value() + last - room + 16))

    def place_of(self, node_id: str) -> QPoint:
        """Where the middle of a card is on the screen."""
        rect = self._layout.by_id[node_id].rect
        middle = QPointF(rect.x + rect.w / 2, rect.y + rect.h / 2) * self._zoom + self._origin()
        return self.viewport().mapToGlobal(middle.toPoint())

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = map_colours(self._kit.theme.colours)
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colours["paper"])
        painter.translate(self._origin())
        painter.scale(self._zoom, self._zoom)
        pen = MapPainter(painter, colours, self._kit.theme.font().family())
        corner = self._to_map(QPointF(event.rect().topLeft()))
        seen = Rect(
            corner.x(), corner.y(), event.rect().width() / self._zoom, event.rect().height() / self._zoom
        )
        pen.paint(self._drawing.primitives, seen, self._dim if self._lit else None)
        if self._dragged is not None:
            painter.setPen(QPen(colours["accent"], 2, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(to_rect(self._dragged), 8, 8)
        painter.end()

    def _dim(self, piece: Primitive) -> bool:
        marks = {getattr(piece, "node", ""), getattr(piece, "edge", "")} - {""}
        if not marks:
            return isinstance(piece, (Path, Polygon, Text))
        return marks.isdisjoint(self._lit)

    # --- size and places

    def _measure(self) -> None:
        area, room = self._drawing.bounds, self.viewport().size()
        for bar, length, shown in (
            (self.horizontalScrollBar(), area.w, room.width()),
            (self.verticalScrollBar(), area.h, room.height()),
        ):
            bar.setRange(0, max(0, round(length * self._zoom) - shown))
            bar.setPageStep(shown)
            bar.setSingleStep(40)

    def _origin(self) -> QPointF:
        area, room = self._drawing.bounds, self.viewport().size()
        spare = max(0.0, (room.width() - area.w * self._zoom) / 2)
        return QPointF(
            spare - self.horizontalScrollBar().value() - area.x * self._zoom,
            -self.verticalScrollBar().value() - area.y * self._zoom,
        )

    def _to_map(self, point: QPointF) -> QPointF:
        return (point - self._origin()) / self._zoom

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit()
        self._measure()
        if abs(self.viewport().width() - self._laid_out_for) > 40:
            self._settled.start()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    # --- mouse

    def _card_at(self, point: QPointF) -> str:
        where = self._to_map(point)
        return self._layout.at(where.x(), where.y()) or ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            card = self._card_at(event.position())
            self._pressed = (card, event.position().toPoint(), self._to_map(event.position()))
            self.chosen.emit(card)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            over = bool(self._card_at(event.position()))
            self.viewport().setCursor(
                Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
            )
            return
        card, start, there = self._pressed
        moved = event.position().toPoint() - start
        if not card:
            self._pan(moved)
            self._pressed = (card, event.position().toPoint(), there)
        elif self._dragged is not None or moved.manhattanLength() >= QApplication.startDragDistance():
            rect, now = self._layout.by_id[card].rect, self._to_map(event.position())
            self._dragged = Rect(rect.x + now.x() - there.x(), rect.y + now.y() - there.y(), rect.w, rect.h)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, dragged = self._pressed, self._dragged
        self._pressed = self._dragged = None
        if pressed is not None and dragged is not None:
            self.placed.emit(pressed[0], round(dragged.x), round(dragged.y))
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        card = self._card_at(event.position())
        if card:
            self.opened.emit(card)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom * (1.15 if event.angleDelta().y() > 0 else 1 / 1.15), event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            if self._selected in self._layout.by_id:
                self.menu_wanted.emit(self._selected, self.place_of(self._selected))
            return
        card = self._card_at(QPointF(event.pos()))
        if card:
            self.chosen.emit(card)
            self.menu_wanted.emit(card, event.globalPos())

    def _pan(self, moved: QPoint) -> None:
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - moved.x())
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() - moved.y())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave and self._dragged is None:
            self.viewport().unsetCursor()
        return super().viewportEvent(event)

    # --- keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in _ARROWS:
            self._arrow(_ARROWS[Qt.Key(key)], move=bool(control))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._selected:
            self.opened.emit(self._selected)
        elif key == Qt.Key.Key_Space and self._selected:
            self.fold_wanted.emit(self._selected)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.step_zoom(1)
        elif key == Qt.Key.Key_Minus:
            self.step_zoom(-1)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_Home and self._layout.placed:
            self._choose(min(self._layout.placed, key=lambda item: (item.rect.y, item.rect.x)).node_id)
        elif key == Qt.Key.Key_Escape and (self._selected or self._lit):
            self.chosen.emit("")
        else:
            super().keyPressEvent(event)

    def _arrow(self, way: tuple[int, int], *, move: bool) -> None:
        item = self._layout.by_id.get(self._selected)
        if item is None:
            if self._layout.placed:
                self._choose(min(self._layout.placed, key=lambda one: (one.rect.y, one.rect.x)).node_id)
        elif move:
            self.placed.emit(
                self._selected, round(item.rect.x) + way[0] * _STEP, round(item.rect.y) + way[1] * _STEP
            )
        else:
            found = nearest(self._layout, self._selected, way)
            if found:
                self._choose(found)

    def _choose(self, node_id: str) -> None:
        self.chosen.emit(node_id)
        self.reveal(node_id)


def nearest(layout: MapLayout, node_id: str, way: tuple[int, int]) -> str:
    """The card that the eye would go to in a direction: near, and not far aside; "" for none."""
    here = layout.by_id[node_id].rect
    x, y = here.x + here.w / 2, here.y + here.h / 2
    best, found = float("inf"), ""
    for item in layout.placed:
        dx, dy = item.rect.x + item.rect.w / 2 - x, item.rect.y + item.rect.h / 2 - y
        along, aside = (dx * way[0] + dy * way[1]), abs(dx * way[1]) + abs(dy * way[0])
        far = along + 2 * aside
        if item.node_id != node_id and along > 4 and aside < along * 4 and far < best:
            best, found = far, item.node_id
    return found
