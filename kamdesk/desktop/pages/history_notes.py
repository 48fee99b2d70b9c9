"""Plain notes on a client, a person or a deal, the newest first; any piece of one becomes a fact, a promise, a statement, an argument."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.capture_line import AddLine
from kamdesk.desktop.pages.history_notes_making import NoteMaking
from kamdesk.desktop.pages.people_keyed import Keyed
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.basic import label, tool_button
from kamdesk.desktop.widgets.field_place import mark_row
from kamdesk.desktop.widgets.inline_text import InlineLongText
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.section import Section
from kamdesk.services.notes import NoteView


class NotesSection(Section):
    """Private: covered by F9."""

    def __init__(self, desk: Desk, said: Said) -> None:
        kit = desk.kit
        _ = kit.words.gettext
        super().__init__(
            kit, lambda: _("Notes"), add=lambda: _("Add a note"), on_add=lambda: self.line.start()
        )
        self._desk = desk
        self._owner: dict[str, str] = {}
        self.line = AddLine(kit, lambda: _("A note for yourself"), self._add)
        self.list = Keyed(lambda item: _NoteRow(desk, said, item))
        self.nothing = label(
            kit,
            lambda: _("Only you see notes; they go into no document and no handover."),
            "muted",
            wrap=True,
        )
        for widget in (self.line, self.list, self.nothing):
            self.body.addWidget(widget)
        mark_private(self)

    def show_owner(self, **owner: str) -> None:
        """Whose notes: ``organisation_id``, ``person_id`` or ``deal_id``."""
        if owner != self._owner:
            self.line.close_line()
        self._owner = owner

    def show_notes(self, rows: tuple[NoteView, ...]) -> None:
        """Show these."""
        self.list.show_items(rows)
        self.nothing.setVisible(not rows)

    def _add(self, text: str) -> None:
        owner = dict(self._owner)
        self.kit.commands.run(
            lambda: self._desk.workplace.notes.add(text, **owner),
            lambda _id: self.line.taken(),
            self.line.show_problem,
            owner=self.line,
        )


class _NoteRow(QWidget):
    def __init__(self, desk: Desk, said: Said, item: NoteView) -> None:
        super().__init__()
        self._desk, self._said, self._item = desk, said, item
        kit, place = desk.kit, desk.workplace
        _ = kit.words.gettext
        self.text = InlineLongText(kit, lambda: _("Note"), self._save)
        self.making = NoteMaking(desk, self.text, lambda: self._item.id)
        make = tool_button(
            kit,
            lambda: _("Make something of this note or of its marked piece (Alt+Enter)"),
            "forward",
            lambda: self.making.offer(),
        )
        self.day = label(kit, look="caption")
        self.day.setContentsMargins(8, 0, 0, 4)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.text)
        words.addWidget(self.day)
        delete = tool_button(
            kit,
            lambda: _("Delete this note"),
            "trash",
            lambda: kit.commands.run(lambda: place.records.delete("note", self._item.id)),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(words, 1)
        row.addWidget(make, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(delete, 0, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self.text)
        kit.words.bind(self, lambda: self.show_item(self._item))

    def show_item(self, item: NoteView) -> None:
        """Show another state of it."""
        self._item = item
        mark_row(self, "note", item.id, text=self.text)
        self.text.set_value(item.text)
        self.day.setText(self._said.day(item.written_on))

    def _save(self, text: str) -> None:
        note, visit, notes = self._item.id, self.text.visit, self._desk.workplace.notes
        self._desk.kit.commands.run(
            lambda: notes.edit(note, text, visit=visit), failed=self.text.show_problem, owner=self.text
        )
