"""A needle from 0 to 100 with the mark from which it says something: an arc, a pointer, a number, words for who hears it."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import Say

_WIDTH, _HEIGHT = 150, 96
_FULL = 100


class NeedleGauge(QWidget):
    """``set_value(value, limit)``. Over its limit the pointer is filled and the number bold: nothing by colour alone."""

    def __init__(self, kit: Kit, say: Say) -> None:
        super().__init__()
        self._kit, self._say = kit, say
        self._value, self._limit = 0, _FULL
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        kit.words.bind(self, self._name)
        kit.theme.changed.connect(self.updateGeometry)

    def set_value(self, value: int, limit: int) -> None:
        """Show where it stands."""
        self._value, self._limit = value, limit
        self._name()
        self.update()

    @property
    def over(self) -> bool:
        """Whether it has reached its limit."""
        return self._value >= self._limit

    def sizeHint(self) -> QSize:
        return QSize(self._kit.theme.px(_WIDTH), self._kit.theme.px(_HEIGHT))

    def _name(self) -> None:
        _ = self._kit.words.gettext
        words = (
            _("{needle}: {value} of 100, over the limit of {limit}")
            if self.over
            else _("{needle}: {value} of 100, the limit is {limit}")
        )
        text = words.format(needle=self._say(), value=self._value, limit=self._limit)
        self.setAccessibleName(text)
        self.setToolTip(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._kit.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = min(self.width() / 2 - theme.px(10), self.height() - theme.px(30))
        centre = QPointF(self.width() / 2, radius + theme.px(8))
        arc = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        colour = theme.colour("danger" if self.over else "success")
        painter.setPen(_thick(theme.colour("border"), theme.px(7)))
        painter.drawArc(arc, 0, 180 * 16)
        painter.setPen(_thick(colour, theme.px(7)))
        painter.drawArc(arc, 180 * 16, -round(180 * 16 * self._value / _FULL))
        painter.setPen(QPen(theme.colour("text"), theme.px(2)))
        painter.drawLine(
            self._at(centre, radius - theme.px(7), self._limit),
            self._at(centre, radius + theme.px(7), self._limit),
        )
        self._pointer(painter, centre, radius)
        font = QFont(self.font())
        font.setPixelSize(theme.px(19))
        font.setBold(self.over)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        below = QRectF(0, centre.y() + theme.px(4), self.width(), self.height() - centre.y() - theme.px(4))
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, str(self._value))

    def _pointer(self, painter: QPainter, centre: QPointF, radius: float) -> None:
        theme = self._kit.theme
        tip = self._at(centre, radius - theme.px(12), self._value)
        angle = math.pi * (1 - self._value / _FULL)
        across = QPointF(math.sin(angle), math.cos(angle)) * theme.px(4)
        shape = QPolygonF([tip, centre + across, centre - across])
        painter.setPen(QPen(theme.colour("text"), 1.4))
        painter.setBrush(theme.colour("text") if self.over else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(shape)

    def _at(self, centre: QPointF, radius: float, value: int) -> QPointF:
        angle = math.pi * (1 - value / _FULL)
        return QPointF(centre.x() + radius * math.cos(angle), centre.y() - radius * math.sin(angle))


def _thick(colour: QColor, width: float) -> QPen:
    """A line that ends where its value ends."""
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
