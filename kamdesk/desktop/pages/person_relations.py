"""Who is tied to whom: always a kind, a colon and the name in the nominative."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.kit import Option
from kamdesk.desktop.pages.people_keyed import Keyed
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.widgets.basic import button, columns, label, rows, tool_button
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.inline_text import InlineLongText
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.section import Section
from kamdesk.model.messages import Message

if TYPE_CHECKING:
    from kamdesk.services.people_views import RelationView

_REPORTING = "reports_to"


class RelationsSection(Section):
    """Private. ``open_person(id)`` opens the other one's page."""

    def __init__(self, desk: Desk, said: Said, open_person: Callable[[str], object]) -> None:
        kit = desk.kit
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("Relationships"), add=lambda: _("Add"), on_add=self.start)
        self._desk, self._said, self._person = desk, said, ""
        self.kind, self.other = Combo(kit), Combo(kit)
        self.kind.setMaximumWidth(kit.theme.px(210))
        self.other.setEditable(True)
        self.other.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.other.completer().setFilterMode(Qt.MatchFlag.MatchContains)
        self.other.completer().setCompletionMode(self.other.completer().CompletionMode.PopupCompletion)
        self.other.lineEdit().returnPressed.connect(self._add)
        kit.words.bind(self.kind, self._fill_kinds)
        kit.words.bind(self.other, lambda: self.other.setAccessibleName(_("With whom")))
        kit.words.bind(self.other, lambda: self.other.lineEdit().setPlaceholderText(_("With whom")))
        self.form = QWidget()
        row = QHBoxLayout(self.form)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.kind)
        row.addWidget(self.other, 1)
        row.addWidget(button(kit, lambda: _("Add"), on_click=self._add))
        row.addWidget(tool_button(kit, lambda: _("Put away"), "close", self._put_away))
        self.form.hide()
        self.problem = label(kit, look="error", wrap=True)
        self.problem.hide()
        self.list = Keyed(lambda item: _RelationRow(desk, said, item, open_person), spacing=0)
        self.nothing = label(
            kit, lambda: _("Whom they trust, whom they listen to, who introduced you."), "muted", wrap=True
        )
        for widget in (self.form, self.problem, self.list, self.nothing):
            self.body.addWidget(widget)
        mark_private(self)

    def show_relations(self, person: str, rows: Sequence[RelationView], people: Sequence[Option]) -> None:
        """Show these; ``people`` can be chosen."""
        if person != self._person:
            self._put_away()
        self._person = person
        self.list.show_items(rows)
        self.nothing.setVisible(not rows)
        typed, chosen = self.other.currentText(), self.other.currentData()
        self.other.clear()
        for option in people:
            if option.code != person:
                self.other.addItem(option.label, option.code)
        self.other.setCurrentIndex(self.other.findData(chosen))
        if self.form.isVisible():
            self.other.setEditText(typed)

    def start(self) -> None:
        """Open the line."""
        self.form.show()
        self.other.setCurrentIndex(-1)
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill_kinds(self) -> None:
        chosen = self.kind.currentData()
        self.kind.clear()
        for item in self._said.vocabularies().items("relation"):
            if item.code == _REPORTING:
                continue  # reporting is a fact of seats and is said in the group grid
            self.kind.addItem(self._said.relation(item.code, False), (item.code, False))
            back = self._said.relation(item.code, True)
            if back != self._said.relation(item.code, False):
                self.kind.addItem(back, (item.code, True))
        self.kind.setCurrentIndex(
            max(0, next((at for at in range(self.kind.count()) if self.kind.itemData(at) == chosen), 0))
        )
        self.kind.setAccessibleName(self.kit.words.gettext("Relationship"))

    def _add(self) -> None:
        _ = self.kit.words.gettext
        at = self.other.findText(self.other.currentText(), Qt.MatchFlag.MatchFixedString)
        if at < 0:
            self._tell(_("Choose somebody from the list."))
            return
        kind, back = self.kind.currentData()
        other, mine = str(self.other.itemData(at)), self._person
        relationships = self._desk.workplace.relationships
        self.kit.commands.run(
            lambda: relationships.add(mine, other, kind, reverse=back),
            lambda _id: self._put_away(),
            lambda problem: self._tell(problem),
            owner=self,
        )

    def _tell(self, problem: Message | str) -> None:
        words = self.kit.words.message(problem) if isinstance(problem, Message) else problem
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _put_away(self) -> None:
        self._tell("")
        self.form.hide()


class _RelationRow(QWidget):
    def __init__(
        self, desk: Desk, said: Said, item: RelationView, open_person: Callable[[str], object]
    ) -> None:
        super().__init__()
        self._desk, self._said, self._item = desk, said, item
        kit, place = desk.kit, desk.workplace
        _ = kit.words.gettext
        self.kind = label(kit, look="muted")
        self.kind.setContentsMargins(7, 0, 0, 0)
        self.name = button(kit, lambda: "", "", "link", lambda: open_person(self._item.person_id))
        self.strength = label(kit, look="caption")
        self.note = InlineLongText(kit, lambda: _("Remark"), self._save)
        self.setFocusProxy(self.name)
        line = columns(self.kind, self.name, self.strength, 1, spacing=4)
        line.addWidget(
            tool_button(
                kit,
                lambda: _("Remark: {what}").format(what=shown_name(self._item.person)),
                "note",
                self._open_note,
            )
        )
        line.addWidget(
            tool_button(
                kit,
                lambda: _("Delete: {what}").format(what=shown_name(self._item.person)),
                "trash",
                lambda: kit.commands.run(lambda: place.records.delete("relationship", self._item.id)),
            )
        )
        row = rows(line, self.note, spacing=0)
        self.setLayout(row)
        kit.words.bind(self, lambda: self.show_item(self._item))

    def show_item(self, item: RelationView) -> None:
        """Show another state of it."""
        self._item = item
        self.kind.setText(f"{self._said.relation(item.kind, item.reverse)}:")
        self.name.setText(shown_name(item.person).replace("&", "&&"))
        self.strength.setText(self._said.label("relation_strength", item.strength))
        self.note.set_value(item.note)
        self.note.setVisible(bool(item.note) or self.note.has_focus() or self.note.is_dirty())

    def _open_note(self) -> None:
        self.note.show()
        self.note.focus()

    def _save(self, note: str) -> None:
        records, row, visit = self._desk.workplace.records, self._item.id, self.note.visit
        self._desk.kit.commands.run(
            lambda: records.set("relationship", row, {"note": note}, visit=visit),
            failed=self.note.show_problem,
            owner=self.note,
        )
