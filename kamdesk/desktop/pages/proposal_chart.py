"""The chart of the client's benefit: bars for each period, a line for the cumulative effect; the same figures stand in words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from kamdesk.desktop.kit import Kit


class BenefitChart(QWidget):
    """``show_flow(net, cumulative, labels, say)``: ``say`` writes an amount, ``words`` is what a screen reader is told."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._net: tuple[float, ...] = ()
        self._cumulative: tuple[float, ...] = ()
        self._labels: tuple[str, ...] = ()
        self._amounts: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(kit.theme.px(190))

    def show_flow(
        self,
        net: Sequence[Decimal],
        cumulative: Sequence[Decimal],
        labels: Sequence[str],
        amounts: Sequence[str],
        words: str,
    ) -> None:
        """Draw another flow; ``amounts`` are the cumulative effects as written."""
        self._net = tuple(map(float, net))
        self._cumulative = tuple(map(float, cumulative))
        self._labels, self._amounts = tuple(labels), tuple(amounts)
        self.setAccessibleName(words)
        self.setVisible(bool(self._net))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._kit.theme.px(420), self._kit.theme.px(190))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._net:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._kit.theme
        painter.setFont(theme.font(8.5))
        line = painter.fontMetrics().height()
        room = QRectF(self.rect()).adjusted(4, line + 6, -4, -line - 8)
        values = (*self._net, *self._cumulative, 0.0)
        low, high = min(values), max(values)
        span = (high - low) or 1.0
        y = lambda value: room.bottom() - (value - low) / span * room.height()  # noqa: E731
        step = room.width() / len(self._net)
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.drawLine(QPointF(room.left(), y(0)), QPointF(room.right(), y(0)))
        for at, value in enumerate(self._net):
            middle = room.left() + step * (at + 0.5)
            width = min(step * 0.42, theme.px(46))
            bar = QRectF(middle - width / 2, min(y(0), y(value)), width, abs(y(value) - y(0)))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent" if value >= 0 else "warning"))
            painter.drawRoundedRect(bar, 3, 3)
            painter.setPen(theme.colour("muted"))
            below = QRectF(middle - step / 2, self.height() - line - 2, step, line)
            painter.drawText(
                below, Qt.AlignmentFlag.AlignCenter, self._labels[at] if at < len(self._labels) else ""
            )
        self._draw_line(
            painter,
            [QPointF(room.left() + step * (at + 0.5), y(v)) for at, v in enumerate(self._cumulative)],
            step,
            line,
        )

    def _draw_line(self, painter: QPainter, points: list[QPointF], step: float, line: int) -> None:
        theme = self._kit.theme
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("text"), 1.8))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(theme.colour("surface"))
        for at, point in enumerate(points):
            painter.setPen(QPen(theme.colour("text"), 1.8))
            painter.drawEllipse(point, 3.5, 3.5)
            words = self._amounts[at] if at < len(self._amounts) else ""
            place = QRectF(point.x() - step / 2, point.y() - line - 7, step, line)
            if place.top() < 0:
                place.moveTop(point.y() + 7)
            behind = QRectF(0, 0, painter.fontMetrics().horizontalAdvance(words) + 8, line)
            behind.moveCenter(place.center())
            ground = theme.colour("surface")
            ground.setAlphaF(0.85)  # the figure stays readable where it lies on a bar
            painter.fillRect(behind, ground)
            painter.setPen(theme.colour("text"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
