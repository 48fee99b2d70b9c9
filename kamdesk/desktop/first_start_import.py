"""From the last of the first steps to the import of people: the clipboard, or a file, shown before anything is taken."""

from __future__ import annotations

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.navigation.target import Target


def begin_import(desk: Desk, source: str) -> None:
    """Begin on the page of people with what the user chose: paste, table, outlook or vcard."""
    from kamdesk.desktop.dialogs.import_people import choose_file, look_at

    page = desk.window.navigate(Target("people"))
    if page is None:
        return
    if source != "paste":
        choose_file(desk, page)
        return
    _ = desk.kit.words.gettext
    text = _clipboard_text()
    if text.strip():
        name = _("Clipboard") + ".txt"
        look_at(desk, page, desk.plain.give(name, text.encode("utf-8-sig")))
    else:
        desk.window.notify(
            lambda: _(
                "The clipboard is empty. Copy the list of people in Word, Excel or a mail, then come back."
            ),
            action=lambda: _("Paste now"),
            on_action=lambda: begin_import(desk, source),
        )


def _clipboard_text() -> str:
    from PySide6.QtGui import QGuiApplication

    return QGuiApplication.clipboard().text()
