"""Opens quick capture on Ctrl+J over whatever page is shown; a text that was not saved is still there the next time."""

from __future__ import annotations

from PySide6.QtCore import QObject

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.quick_capture import QuickCapture
from kamdesk.desktop.pages.people_words import Said


class CaptureOpener(QObject):
    """Lives as long as the window."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._said = Said(desk.kit, desk.workplace.vocabularies, lambda: desk.workplace.store.now().date())
        self._draft = ""
        self.dialog: QuickCapture | None = None
        desk.window.capture_requested.connect(self.open)

    def open(self) -> None:
        """Open it for the client and the person of the shown page."""
        if self.dialog is not None:
            return
        page = self._desk.window.page()
        client = page.client_id() if hasattr(page, "client_id") else ""
        person = page.person_id() if hasattr(page, "person_id") else ""
        self.dialog = QuickCapture(self._desk, self._said, client, person, self._draft, self._desk.window)
        self.dialog.left.connect(self._left)
        self.dialog.open()

    def _left(self, text: str) -> None:
        self._draft = text
        self.dialog = None


def register(desk: Desk) -> None:
    """Ctrl+J."""
    CaptureOpener(desk)
