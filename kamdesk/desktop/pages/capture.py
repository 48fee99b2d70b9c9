"""Opens quick capture on Ctrl+J over whatever page is shown; a text that was not saved is still there the next time."""

from __future__ import annotations

from PySide6.QtCore import QObject

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.quick_capture import QuickCapture
from kamdesk.desktop.pages.people_words import Said

DRAFT = "capture"
"""The key under which an unsaved text is kept, over a lock and a crash too."""


class CaptureOpener(QObject):
    """Lives as long as the window."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._said = Said(desk.kit, desk.workplace.vocabularies, lambda: desk.workplace.store.now().date())
        self.dialog: QuickCapture | None = None
        desk.window.capture_requested.connect(self.open)

    def open(self) -> None:
        """Open it for the client and the person of the shown page."""
        if self.dialog is not None:
            return
        page = self._desk.window.page()
        known, person_known = getattr(page, "client_id", None), getattr(page, "person_id", None)
        client = (known() if callable(known) else "") or ""
        person = (person_known() if callable(person_known) else "") or ""
        drafts = self._desk.workplace.drafts
        dialog = self.dialog = QuickCapture(self._desk, self._said, client, person, "", self._desk.window)
        dialog.left.connect(self._left)
        dialog.drafted.connect(self._keep)
        dialog.open()
        self._desk.kit.queries.run(lambda: drafts.get(DRAFT), dialog.bring_back, owner=dialog)

    def _keep(self, text: str) -> None:
        drafts = self._desk.workplace.drafts
        self._desk.kit.commands.run(lambda: drafts.keep(DRAFT, text))

    def _left(self, text: str) -> None:
        self._keep(text)
        self.dialog = None
        if text:
            _ = self._desk.kit.words.gettext
            self._desk.window.notify(
                lambda: _("What you typed is kept: Ctrl+J shows it again. Nothing of it is saved yet."),
                "info",
            )


def register(desk: Desk) -> None:
    """Ctrl+J."""
    CaptureOpener(desk)
