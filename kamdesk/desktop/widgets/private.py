"""Panels that are covered by F9: what is personal is not on the screen while others look at it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from kamdesk.desktop.kit import Kit

PRIVATE = "Private"
"""The name of the property that marks a panel as personal."""


def mark_private(widget: QWidget) -> None:
    """Cover this panel while the window is blurred."""
    widget.setProperty(PRIVATE, True)


class Blur(QObject):
    """Covers and uncovers the marked panels below one window."""

    def __init__(self, kit: Kit, window: QWidget) -> None:
        super().__init__(window)
        self._kit = kit
        self._window = window
        self._covers: list[_Cover] = []
        self.on = False

    def set_on(self, on: bool) -> None:
        """Cover everything marked, or uncover it."""
        self.on = on
        self.renew()

    def renew(self) -> None:
        """Look for panels again; call it when another page is shown."""
        for cover in self._covers:
            if isValid(cover):
                cover.take_off()
        self._covers = [_Cover(self._kit, panel) for panel in self._panels()] if self.on else []

    def _panels(self) -> Iterator[QWidget]:
        return (panel for panel in self._window.findChildren(QWidget) if panel.property(PRIVATE))


class _Cover(QWidget):
    """Lies on the panel. The panel is disabled meanwhile, so that no key reaches what is not seen."""

    def __init__(self, kit: Kit, panel: QWidget) -> None:
        super().__init__(panel)
        self._kit = kit
        self._was_enabled = panel.isEnabledTo(panel.parentWidget())
        panel.setEnabled(False)
        panel.installEventFilter(self)
        self.setAccessibleName(kit.words.gettext("Hidden. F9 shows it again."))
        self.setGeometry(panel.rect())
        self.raise_()
        self.show()

    def take_off(self) -> None:
        """Show the panel again."""
        panel = self.parentWidget()
        panel.removeEventFilter(self)
        panel.setEnabled(self._was_enabled)
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self.parentWidget().rect())
        elif event.type() == QEvent.Type.ChildAdded:
            self.raise_()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._kit.theme.colour("window"))
        painter.setPen(self._kit.theme.colour("hairline"))
        painter.setBrush(self._kit.theme.colour("hover"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 10, 10)
        side = self._kit.theme.px(24)
        self._kit.icons.paint(
            painter,
            "blur",
            QRect(self.width() // 2 - side // 2, self.height() // 2 - side, side, side),
            "muted",
        )
        painter.setPen(self._kit.theme.colour("muted"))
        painter.setFont(self._kit.theme.font(9))
        below = QRect(0, self.height() // 2 + 6, self.width(), side)
        if below.bottom() < self.height():
            painter.drawText(
                below, Qt.AlignmentFlag.AlignHCenter, self._kit.words.gettext("Hidden. F9 shows it again.")
            )
