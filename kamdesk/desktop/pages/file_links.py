"""The files of one meeting or deal as links on its card, attaching more there, and calendars saved to the disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.disk import ask_files, ask_where, name_filter
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.widgets.basic import button
from kamdesk.desktop.widgets.flow import FlowLayout

_WIDEST = 360
"""Pixels of a link; a longer name ends in …."""
Files = Sequence[tuple[str, str]]
"""Id and name of each."""


class FileLinks(QWidget):
    """A link for each file; it opens the tab of files at that one. Hidden while there are none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._flow = FlowLayout(self, 2)
        self._shown: tuple[str, Files] = ("", ())
        self.hide()

    def show_files(self, kind: str, owner: str, files: Files) -> None:
        """Show links into the tab of this page, a client's or a person's."""
        self.setVisible(bool(files))
        if (f"{kind} {owner}", files) == self._shown:
            return
        self._shown = (f"{kind} {owner}", files)
        while self._flow.count():
            item = self._flow.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for file_id, name in files:
            self._flow.addWidget(self._link(Target(kind, owner, f"files:{file_id}"), name))

    def _link(self, target: Target, name: str) -> QWidget:
        kit = self._desk.kit
        _ = kit.words.gettext
        made = button(kit, lambda: name, "attach", "link", lambda: self._desk.window.navigate(target))
        made.setMaximumWidth(kit.theme.px(_WIDEST))
        kit.words.bind(made, lambda: made.setAccessibleName(_("File: {name}").format(name=name)))
        return made


def attach_to(desk: Desk, parent: QWidget, *, interaction: str = "", deal: str = "") -> None:
    """Ask for files and attach them to a meeting or a deal; an invitation or a mail is kept as the file it is."""
    from kamdesk.desktop.pages.incoming import arrivals
    from kamdesk.services.attachments import Owner

    owner = Owner(interaction_id=interaction, deal_id=deal)
    title = desk.kit.words.gettext("Choose files")
    ask_files(parent, title, lambda paths: arrivals(desk).take(paths, owner, as_files=True))


def ask_calendar(desk: Desk, parent: QWidget, name: str, make: Callable[[], bytes]) -> None:
    """Ask where a calendar goes, and write it there."""
    ask_where(
        parent,
        desk.kit.words.gettext("Save as a calendar"),
        name,
        lambda path: save_calendar(desk, parent, path, make),
        [name_filter("iCalendar", "ics")],
        ending="ics",
    )


def save_calendar(desk: Desk, parent: QWidget, path: Path, make: Callable[[], bytes]) -> None:
    """Write a calendar and say where it is."""
    from kamdesk.desktop.dialogs.printed_pages import keep_file  # with it comes all that knows Word

    keep_file(desk, parent, path, make, partial(desk.window.notify, kind="error"))
