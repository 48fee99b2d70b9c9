"""A box to tick in our own drawing: the style's own one has no colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from kamdesk.desktop.kit import Kit


class Tick(QCheckBox):
    """A check box; words, keys and accessibility are Qt's own."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text())
        side = self._kit.theme.px(18)
        return QSize(side + words.width() + 22, max(side, words.height()) + 10)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, position) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, side = self._kit.theme, self._kit.theme.px(18)
        box = QRect(6, (self.height() - side) // 2, side, side)
        on = self.isChecked()
        edge = "accent" if on else "border" if self.isEnabled() else "hairline"
        painter.setPen(QPen(theme.colour(edge), 1.4))
        painter.setBrush(theme.colour("accent" if on else "hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if on:
            self._kit.icons.paint(painter, "ok", box.adjusted(1, 1, -1, -1), "on_accent")
        painter.setPen(theme.colour("text" if self.isEnabled() else "disabled"))
        words = self.rect().adjusted(box.right() + 9, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic, self.text())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
