"""Panels that are covered by F9: what is personal is not on the screen while others look at it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from kamdesk.desktop.kit import Kit

PRIVATE = "Private"
"""The name of the property that marks a panel as personal."""


def mark_private(panel: QWidget) -> None:
    """Cover this panel while its window is blurred, also when it appears only then."""
    panel.setProperty(PRIVATE, True)
    watch = _Watch(panel)
    if panel.isVisible():
        watch.look()


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
        """Look for panels that have no cover yet; call it when another page is shown."""
        if not self.on:
            for cover in self._covers:
                if isValid(cover):
                    cover.take_off()
            self._covers = []
            return
        for panel in self._window.findChildren(QWidget):
            if panel.property(PRIVATE):
                self.cover(panel)

    def cover(self, panel: QWidget) -> None:
        """Cover one panel that has no cover yet."""
        self._covers = [cover for cover in self._covers if isValid(cover)]
        if not any(cover.parentWidget() is panel for cover in self._covers):
            self._covers.append(_Cover(self._kit, panel))


class _Watch(QObject):
    """Sits on a marked panel and asks the window's blur when it is shown."""

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self._panel = panel
        panel.installEventFilter(self)

    def look(self) -> None:
        """Have the panel covered where the window is blurred."""
        blur = self._panel.window().findChild(Blur)
        if blur is not None and blur.on:
            blur.cover(self._panel)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self.look()
        return False


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

    def event(self, event: QEvent) -> bool:
        # what is not taken here goes on to the panel, and its tool tip may say what is covered
        if event.type() in (QEvent.Type.ToolTip, QEvent.Type.WhatsThis, QEvent.Type.ContextMenu):
            event.accept()
            return True
        return super().event(event)

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
