"""Judgements about a person, one click each: a bar of steps with colour *and* shape, cleared to "not known".

Stance −3 … +3 (triangles down, a ring, triangles up, growing and filling), influence 0–3 (rising bars), relationship ladder 1–4 (stairs).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import Say, columns, label, tool_button

Labels = Callable[[], Sequence[tuple[int, str]]]
_STEP = 32


class ScaleBar(QWidget):
    """The steps alone; one stop of Tab. Arrows change, Home and End go to the ends, Delete clears. ``changed(int | None)``."""

    changed = Signal(object)

    def __init__(self, kit: Kit, kind: str, say: Say, labels: Labels, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit, self._kind, self._say, self._labels = kit, kind, say, labels
        self._value: int | None = None
        self._under = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        kit.words.bind(self, self._name)
        kit.theme.changed.connect(self.updateGeometry)

    def value(self) -> int | None:
        """The chosen step, None for not known."""
        return self._value

    def set_value(self, value: int | None) -> None:
        """Show another step; sends nothing."""
        self._value = value
        self._name()
        self.update()

    def choose(self, value: int | None) -> None:
        """Choose a step, as the user does."""
        if value != self._value:
            self.set_value(value)
            self.changed.emit(value)

    def value_text(self) -> str:
        """The chosen step in words."""
        return (
            dict(self._labels()).get(self._value, self._kit.words.gettext("Not known"))
            if self._value is not None
            else (self._kit.words.gettext("Not known"))
        )

    def sizeHint(self) -> QSize:
        side = self._kit.theme.px(_STEP)
        return QSize(side * len(self._labels()) + 4, side + 4)

    def _values(self) -> list[int]:
        return [value for value, _text in self._labels()]

    def _name(self) -> None:
        self.setAccessibleName(f"{self._say()}: {self.value_text()}")

    def _rect(self, at: int) -> QRect:
        side = self._kit.theme.px(_STEP)
        return QRect(2 + at * side, 2, side, side)

    def _at(self, x: float) -> int:
        at = int((x - 2) // self._kit.theme.px(_STEP))
        return at if 0 <= at < len(self._labels()) else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position().x())
        if at >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.choose(self._values()[at])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._under = self._at(event.position().x())
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self._under = -1
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self._at(event.pos().x())
            QToolTip.showText(event.globalPos(), self._labels()[at][1] if at >= 0 else "", self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        values, key = self._values(), event.key()
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1}.get(
            Qt.Key(key)
        )
        if step and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            middle = len(values) // 2 if self._kind == "stance" else 0
            at = values.index(self._value) + step if self._value in values else middle
            self.choose(values[max(0, min(at, len(values) - 1))])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.choose(values[0 if key == Qt.Key.Key_Home else -1])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.choose(None)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._kit.theme
        for at, value in enumerate(self._values()):
            rect = QRectF(self._rect(at)).adjusted(1, 1, -1, -1)
            chosen = value == self._value
            if chosen or at == self._under:
                painter.setPen(QPen(theme.colour("accent"), 1.5) if chosen else Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("accent_soft" if chosen else "hover"))
                painter.drawRoundedRect(rect, 7, 7)
            paint_step(painter, self._kit, self._kind, value, self._reached(value), rect)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)

    def _reached(self, value: int) -> bool:
        """Whether a step is drawn strongly: the chosen one; on rising scales all up to it."""
        if self._value is None:
            return False
        return value == self._value if self._kind == "stance" else value <= self._value


class JudgementBar(QWidget):
    """A name, the steps, the chosen step in words, and a cross that clears. ``changed(int | None)``."""

    changed = Signal(object)

    def __init__(
        self,
        kit: Kit,
        kind: str,
        say: Say,
        labels: Labels,
        on_change: Callable[[int | None], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        _ = kit.words.gettext
        self.bar = ScaleBar(kit, kind, say, labels)
        self._words = label(kit)
        self.clear_button = tool_button(
            kit, lambda: _("{what}: not known").format(what=say()), "close", lambda: self.bar.choose(None)
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(2)
        outer.addWidget(label(kit, say, "caption"))
        outer.addLayout(columns(self.bar, self._words, self.clear_button, 1, spacing=8))
        self.bar.changed.connect(self._changed)
        if on_change is not None:
            self.changed.connect(on_change)
        kit.words.bind(self, self._say)

    def value(self) -> int | None:
        """The chosen step, None for not known."""
        return self.bar.value()

    def set_value(self, value: int | None) -> None:
        """Show another step; sends nothing."""
        self.bar.set_value(value)
        self._say()

    def _changed(self, value: int | None) -> None:
        self._say()
        self.changed.emit(value)

    def _say(self) -> None:
        self._words.setText(self.bar.value_text())
        if self.bar.value() is None and self.clear_button.hasFocus():
            self.bar.setFocus(Qt.FocusReason.OtherFocusReason)
        self.clear_button.setVisible(self.bar.value() is not None)


def paint_step(painter: QPainter, kit: Kit, kind: str, value: int, strong: bool, rect: QRectF) -> None:
    """Draw the shape of one step into ``rect``; also for tables and the map."""
    theme = kit.theme
    if kind == "stance":
        _paint_stance(painter, QColor(theme.colours.stance[value + 3]), value, strong, rect)
        return
    colour = theme.colour("accent" if strong else "border")
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(colour if strong else Qt.BrushStyle.NoBrush)
    width = rect.width() * 0.34
    steps = max(1, value + (1 if kind == "influence" else 0))
    height = rect.height() * 0.15 * steps
    base = rect.bottom() - rect.height() * 0.2
    painter.drawRoundedRect(QRectF(rect.center().x() - width / 2, base - height, width, height), 2, 2)


def _paint_stance(painter: QPainter, colour: QColor, value: int, strong: bool, rect: QRectF) -> None:
    centre, radius = rect.center(), rect.width() * (0.17 + 0.045 * abs(value))
    painter.setPen(
        QPen(colour, 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    painter.setBrush(colour if strong or abs(value) == 3 else Qt.BrushStyle.NoBrush)
    if value == 0:
        painter.drawEllipse(centre, radius, radius)
        return
    up = -1 if value > 0 else 1
    corners = [(0, up * radius), (-radius, -up * radius * 0.8), (radius, -up * radius * 0.8)]
    painter.drawPolygon(QPolygonF([QPointF(centre.x() + x, centre.y() + y) for x, y in corners]))
