"""Private text does not stay in the clipboard: it is taken out after thirty seconds if it is still ours (trust.md, Lock)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from kamdesk.desktop.widgets.private import PRIVATE

SECONDS: Final = 30


class ClipboardGuard(QObject):
    """Watches what is copied from panels marked as private; :meth:`copy` is for texts that are private wherever they stand."""

    def __init__(self, app: QApplication, seconds: float = SECONDS, parent: QObject | None = None) -> None:
        super().__init__(parent or app)
        self._app = app
        self._clipboard = app.clipboard()
        self._held = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(seconds * 1000))
        self._timer.timeout.connect(self.clear)
        self._clipboard.dataChanged.connect(self._look)

    @property
    def holding(self) -> bool:
        """Whether a private text lies in the clipboard now, as far as we know."""
        return bool(self._held)

    def copy(self, text: str) -> None:
        """Put a private text into the clipboard for thirty seconds."""
        self._clipboard.setText(text)
        self._hold(text)

    def clear(self) -> None:
        """Take the private text out now, if it is still ours; another program's text is left in peace."""
        self._timer.stop()
        if self._held and self._clipboard.text() == self._held:
            self._clipboard.clear()
        self._held = ""

    def _look(self) -> None:
        # not ownsClipboard(): some platforms always deny it, and the same private text is better gone whoever holds it
        text = self._clipboard.text()
        if text and _is_private(self._app.focusWidget()):
            self._hold(text)
        elif text != self._held:
            self._held = ""
            self._timer.stop()

    def _hold(self, text: str) -> None:
        self._held = text
        self._timer.start()


def _is_private(widget: QWidget | None) -> bool:
    while widget is not None:
        if widget.property(PRIVATE):
            return True
        widget = widget.parentWidget()
    return False
