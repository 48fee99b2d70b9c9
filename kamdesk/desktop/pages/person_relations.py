"""Who is tied to whom: always a kind, a colon and the name in the nominative; added, changed and deleted where it stands (D8)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.people_keyed import Keyed
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.pages.person_field import PersonField
from kamdesk.desktop.pages.person_relation_row import RelationRow, kinds
from kamdesk.desktop.widgets.basic import button, columns, label, tool_button
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.section import Section
from kamdesk.model.messages import Message

if TYPE_CHECKING:
    from kamdesk.services.relationships import RelationView


class RelationsSection(Section):
    """Private. ``open_person(id)`` opens the other one's page."""

    def __init__(self, desk: Desk, said: Said, open_person: Callable[[str], object]) -> None:
        kit, _ = desk.kit, desk.kit.words.gettext
        super().__init__(kit, lambda: _("Relationships"), add=lambda: _("Add"), on_add=self.start)
        self._desk, self._said, self._person = desk, said, ""
        self.kind = Combo(kit)
        self.kind.setMaximumWidth(kit.theme.px(280))
        self.other = PersonField(
            kit,
            lambda: _("With whom: a name of any client, or a new one"),
            lambda text: desk.workplace.relationships.candidates(text, besides=self._person),
        )
        self.other.returnPressed.connect(self._add)
        self.other.textChanged.connect(lambda _text: self._say_new())
        kit.words.bind(self.kind, self._fill_kinds)
        self.form = QWidget()
        form = QVBoxLayout(self.form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(6)
        form.addLayout(columns(self.kind, 1, tool_button(kit, lambda: _("Put away"), "close", self.put_away)))
        who = columns(self.other, button(kit, lambda: _("Add"), on_click=self._add), spacing=6)
        who.setStretch(0, 1)
        form.addLayout(who)
        self.form.hide()
        self.hint = label(kit, look="caption", wrap=True)
        self.hint.hide()
        self.problem = label(kit, look="error", wrap=True)
        self.problem.hide()
        self.list = Keyed(
            lambda item: RelationRow(desk, said, item, lambda: self._person, open_person), spacing=0
        )
        self.nothing = label(
            kit, lambda: _("Whom they trust, whom they listen to, who introduced you."), "muted", wrap=True
        )
        for widget in (self.form, self.hint, self.problem, self.list, self.nothing):
            self.body.addWidget(widget)
        mark_private(self)

    def show_relations(self, person: str, rows: Sequence[RelationView]) -> None:
        """Show these."""
        if person != self._person:
            self.put_away()
        self._person = person
        self.list.show_items(rows)
        self.nothing.setVisible(not rows)

    def start(self) -> None:
        """Open the line, with the kinds there are now."""
        self._fill_kinds()
        self.form.show()
        self.other.clear()
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        """Close the line."""
        self._tell("")
        self.hint.hide()
        self.form.hide()

    def _fill_kinds(self) -> None:
        chosen = self.kind.currentData()
        self.kind.clear()
        for option, kind in kinds(self._said):
            self.kind.addItem(option.label, kind)
        at = next((at for at in range(self.kind.count()) if self.kind.itemData(at) == chosen), 0)
        self.kind.setCurrentIndex(at)
        self.kind.setAccessibleName(self.kit.words.gettext("Relationship"))

    def _say_new(self) -> None:
        _ = self.kit.words.gettext
        new = self.other.is_new() and not self.other.completer().popup().isVisible()
        self.hint.setText(_("Somebody who is not in the list is added as a new person.") if new else "")
        self.hint.setVisible(new and self.form.isVisible())
        self._tell("")

    def _add(self) -> None:
        _ = self.kit.words.gettext
        other = self.other.who()
        if not other:
            self._tell(_("Say with whom: type a name."))
            return
        kind, back = self.kind.currentData()
        relationships, mine = self._desk.workplace.relationships, self._person
        self.kit.commands.run(
            lambda: relationships.add(mine, other, kind, reverse=back),
            lambda _id: self.put_away(),
            lambda problem: self._tell(problem),
            owner=self,
        )

    def _tell(self, problem: Message | str) -> None:
        words = self.kit.words.message(problem) if isinstance(problem, Message) else problem
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
