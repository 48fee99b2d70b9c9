"""The files of a client or a person: attach, link, paste, open, save a copy, drag out, remove."""

from __future__ import annotations

import contextlib
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QIODevice, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.disk import ask_files, ask_folder
from kamdesk.desktop.pages.files_panel_view import FilesView
from kamdesk.desktop.pages.incoming import arrivals
from kamdesk.desktop.widgets.drop import DropCatcher, paths_of
from kamdesk.desktop.word_watch import OpenFile, open_by_system
from kamdesk.model.messages import KamdeskError
from kamdesk.store.changes import ChangeSet

if TYPE_CHECKING:
    from kamdesk.services.attachments import AttachmentView, Owner


class FilesPanel(FilesView):
    """``Target("client", id, "files:<attachment id>")`` marks one file. ``of_person``: the page is a person's."""

    tables = ("attachment", "interaction", "participant", "deal", "stored_file")

    def __init__(self, desk: Desk, *, of_person: bool = False, open_file: OpenFile = open_by_system) -> None:
        super().__init__(desk)
        self._of_person, self._open_file = of_person, open_file
        self._wanted = ""
        _ = self.kit.words.gettext
        self.catcher = DropCatcher(self.kit, self, lambda: _("Drop files, invitations or mails here"))
        self.catcher.dropped.connect(self.take)
        self.add_button.clicked.connect(lambda: self._choose(self.take))
        self.link_button.clicked.connect(lambda: self._choose(self.link))
        self.paste_button.clicked.connect(self.paste)
        self.table.opened.connect(lambda _row: self.open_chosen())
        self.table.pasted.connect(self.paste)
        self.table.removing.connect(self.remove)
        self.table.renaming.connect(lambda: self.name.focus())
        self.table.chosen.connect(lambda _rows: self._show_chosen())
        self.table.customContextMenuRequested.connect(self._menu)
        self.table.drag_paths = self.drag_paths
        self.open_button.clicked.connect(self.open_chosen)
        self.copy_button.clicked.connect(self._choose_folder)
        self.find_button.clicked.connect(lambda: self._choose(self._find_again))
        self.delete_button.clicked.connect(self.remove)
        self.name.on_save(self._rename)
        self.note.on_save(self._remark)
        self.sensitivity.on_save(self._set_sensitivity)
        self.kit.words.changed.connect(self._show_chosen)

    def open(self, owner: str, rest: str = "") -> None:
        """Show the files of this client or person; ``rest`` is the id of one to mark."""
        self.owner_id, self._wanted = owner, rest
        self._reload()

    def refresh(self, changes: ChangeSet) -> None:
        """Read anew."""
        self._reload()

    def owner(self) -> Owner:
        """What new files belong to."""
        from kamdesk.services.attachments import Owner

        return Owner(person_id=self.owner_id) if self._of_person else Owner(organisation_id=self.owner_id)

    # --- what is done -------------------------------------------------------------------------------------------

    def take(self, paths: list[Path]) -> None:
        """Attach files; invitations and mails are asked about first."""
        arrivals(self._desk).take(paths, self.owner())

    def link(self, paths: list[Path]) -> None:
        """Link to files where they lie."""
        kept, owner = self._desk.workplace.attachments, self.owner()
        for path in paths:
            self.kit.commands.run(partial(kept.link, owner, path), owner=self)

    def paste(self) -> None:
        """Attach what was copied: files, or a picture."""
        _, data = self.kit.words.gettext, QGuiApplication.clipboard().mimeData()
        paths = paths_of(data)
        if paths:
            self.take(paths)
            return
        picture = QGuiApplication.clipboard().image()
        if picture.isNull():
            self._desk.window.notify(
                lambda: _(
                    "There is no file on the clipboard. Copy one in the file manager, then paste it here."
                ),
                "info",
            )
            return
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub says bytes, the binding takes str only
        day = self._desk.workplace.store.now()
        name = _("Picture {moment}").format(moment=f"{day:%Y-%m-%d %H-%M}") + ".png"
        arrivals(self._desk).take_content(name, bytes(buffer.data().data()), self.owner())

    def open_chosen(self) -> None:
        """Open the chosen file with the system's program for it, as a copy in the private folder; a link where it lies."""
        row = self._current()
        if row is None:
            return
        if row.program:
            raised = KamdeskError("attachment.dangerous", name=row.name)
            self._desk.window.notify(raised.message, "warning")
            return
        self.kit.queries.run(partial(self._give, row), self._given, owner=self)

    def drag_paths(self) -> list[Path]:
        """Copies of the chosen files in the private folder, for dragging them out."""
        paths = []
        for row in self.table.selected_rows():
            try:
                paths.append(self._give(row))
            except KamdeskError as problem:
                self._desk.window.notify(problem.message, "error")
        return paths

    def remove(self) -> None:
        """Remove the chosen files; undo brings them back."""
        rows = self.table.selected_rows()
        if not rows:
            return
        ids, kept, n = [row.id for row in rows], self._desk.workplace.attachments, len(rows)
        words, window = self.kit.words, self._desk.window
        self.kit.commands.run(
            lambda: kept.delete(ids),
            lambda _none: window.notify(
                lambda: words.ngettext("{n} file removed", "{n} files removed", n).format(n=n),
                "success",
                action=lambda: words.gettext("Undo"),
                on_action=window.undo_requested.emit,
            ),
            owner=self,
        )

    def save_copies(self, folder: Path) -> None:
        """Write the chosen files into a folder."""
        ids, kept = [row.id for row in self.table.selected_rows()], self._desk.workplace.attachments
        _, window = self.kit.words.gettext, self._desk.window

        def work() -> list[Path]:
            return [kept.save_copy(one, folder) for one in ids]

        self.kit.queries.run(
            work,
            lambda paths: window.notify(
                lambda: _("Saved: {files}").format(files=", ".join(path.name for path in paths)), "success"
            ),
            owner=self,
        )

    # --- inside -------------------------------------------------------------------------------------------------

    def _reload(self) -> None:
        if self.owner_id:
            kept, owner = self._desk.workplace.attachments, self.owner()
            self.kit.queries.run(lambda: kept.of(owner), self._show, owner=self, key=f"files {id(self)}")

    def _show(self, rows: tuple[AttachmentView, ...]) -> None:
        self.table.keep_selection(lambda: self.model.set_rows(rows))
        focus = QApplication.focusWidget()
        had_keys = focus is not None and self.isAncestorOf(focus)
        self.pages.setCurrentWidget(self.table if rows else self.nothing)
        self.bar.setVisible(bool(rows))
        if self._wanted and self.table.select_id(self._wanted):
            self._wanted = ""
        elif rows and not self.table.selected_rows():
            self.table.selectRow(0)
        if had_keys and not rows and self.nothing.first is not None:
            self.nothing.first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_chosen()

    def _show_chosen(self) -> None:
        row, _ = self._current(), self.kit.words.gettext
        self.card.setVisible(row is not None)
        if row is None:
            return
        self.name.set_value(row.name)
        self.note.set_value(row.note)
        self.sensitivity.set_value(row.sensitivity)
        self.place.setVisible(row.linked)
        lost = _("Not found: {path}") if row.missing else _("A link to {path}")
        self.place.setText(lost.format(path=row.path))
        self.find_button.setVisible(row.missing)
        self.open_button.setEnabled(not row.missing)
        self.copy_button.setEnabled(not row.missing)

    def _current(self) -> AttachmentView | None:
        rows = self.table.selected_rows()
        return rows[0] if rows else None

    def _give(self, row: AttachmentView) -> Path:
        if row.linked:
            if row.missing or not Path(row.path).is_file():
                raise KamdeskError("attachment.missing", name=row.name, path=row.path)
            return Path(row.path)
        name, content = self._desk.workplace.attachments.content(row.id)
        path = self._desk.plain.give(name, content)
        if os.name == "posix":
            # Edits would be lost at the lock; the other program then asks for a name of its own.
            with contextlib.suppress(OSError):
                path.chmod(0o400)
        return path

    def _given(self, path: Path) -> None:
        _ = self.kit.words.gettext
        if not self._open_file(path):
            self._desk.window.notify(
                lambda: _("No program opens this kind of file here. Save a copy and open it by hand."),
                "warning",
            )

    def _rename(self, name: str) -> None:
        self._edit(self.name, "rename", name)

    def _remark(self, note: str) -> None:
        self._edit(self.note, "remark", note)

    def _edit(self, editor: Any, what: str, value: str) -> None:
        row, kept = self._current(), self._desk.workplace.attachments
        if row is not None:
            change = partial(getattr(kept, what), row.id, value, visit=editor.visit)
            self.kit.commands.run(change, failed=editor.show_problem, owner=editor)

    def _set_sensitivity(self, code: str) -> None:
        row, records = self._current(), self._desk.workplace.records
        if row is not None:
            self.kit.commands.run(
                partial(records.set, "attachment", row.id, {"sensitivity": code}), owner=self
            )

    def _find_again(self, paths: list[Path]) -> None:
        row, kept = self._current(), self._desk.workplace.attachments
        if row is not None and paths:
            self.kit.commands.run(partial(kept.find_again, row.id, paths[0]), owner=self)

    def _choose(self, take: Any) -> None:
        _ = self.kit.words.gettext
        ask_files(self, _("Choose files"), take)

    def _choose_folder(self) -> None:
        _ = self.kit.words.gettext
        ask_folder(self, _("Where to save the copy"), self.save_copies)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # the list answers itself; this is for the empty tab
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    def _menu(self, at: QPoint) -> None:
        row, _ = self._current(), self.kit.words.gettext
        if row is None:
            return
        menu = QMenu(self)
        for words, act in (
            (_("Open"), self.open_chosen),
            (_("Save a copy"), self._choose_folder),
            (_("Rename"), self.name.focus),
            (_("Remove"), self.remove),
        ):
            menu.addAction(words).triggered.connect(lambda _checked=False, act=act: act())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.menu_place(at))
