"""Phones, addresses and other ways to reach a person: typed as they come, the kind is guessed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.capture_line import AddLine
from kamdesk.desktop.pages.people_keyed import Keyed
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.basic import label, tool_button
from kamdesk.desktop.widgets.field_place import mark_row
from kamdesk.desktop.widgets.inline_choice import InlineChoice
from kamdesk.desktop.widgets.inline_text import InlineText
from kamdesk.desktop.widgets.section import Section

if TYPE_CHECKING:
    from kamdesk.services.people_views import ContactView


class ContactsSection(Section):
    """Contacts of one person."""

    def __init__(self, desk: Desk, said: Said) -> None:
        kit = desk.kit
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("Contacts"), add=lambda: _("Add"), on_add=lambda: self.line.start())
        self._desk, self._person = desk, ""
        self.line = AddLine(kit, lambda: _("Phone, e-mail, @telegram, address"), self._add)
        self.list = Keyed(lambda item: _ContactRow(desk, said, item), spacing=0)
        self.nothing = label(kit, lambda: _("Neither phone nor e-mail is known."), "muted")
        for widget in (self.line, self.list, self.nothing):
            self.body.addWidget(widget)

    def show_contacts(self, person: str, rows: Sequence[ContactView]) -> None:
        """Show these of one person."""
        if person != self._person:
            self.line.close_line()
        self._person = person
        self.list.show_items(rows)
        self.nothing.setVisible(not rows)

    def _add(self, text: str) -> None:
        person, people = self._person, self._desk.workplace.people
        self.kit.commands.run(
            lambda: people.add_contact(person, text),
            lambda _id: self.line.taken(),
            self.line.show_problem,
            owner=self.line,
        )


class _ContactRow(QWidget):
    def __init__(self, desk: Desk, said: Said, item: ContactView) -> None:
        super().__init__()
        self._desk, self._item = desk, item
        kit, place = desk.kit, desk.workplace
        _ = kit.words.gettext
        self.kind = InlineChoice(
            kit,
            lambda: _("Kind of contact"),
            lambda: said.options("contact_kind"),
            self._save_kind,
            required=True,
        )
        self.kind.setFixedWidth(kit.theme.px(196))
        self.value = InlineText(kit, lambda: _("Contact"), self._save)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.kind)
        row.addWidget(self.value, 1)
        row.addWidget(
            tool_button(
                kit,
                lambda: _("Delete: {what}").format(what=self._item.value),
                "trash",
                lambda: kit.commands.run(lambda: place.records.delete("contact", self._item.id)),
            )
        )
        self.setFocusProxy(self.value)
        self.show_item(item)

    def show_item(self, item: ContactView) -> None:
        """Show another state of it."""
        self._item = item
        mark_row(self, "contact", item.id, kind=self.kind, value=self.value)
        self.kind.set_value(item.kind)
        self.value.set_value(item.value)

    def _save(self, value: str) -> None:
        self._set(value, self._item.kind, self.value)

    def _save_kind(self, kind: str) -> None:
        self._set(self._item.value, kind, self.kind)

    def _set(self, value: str, kind: str, editor) -> None:
        people, contact, visit = self._desk.workplace.people, self._item.id, editor.visit
        self._desk.kit.commands.run(
            lambda: people.set_contact(contact, value, kind, visit=visit),
            failed=editor.show_problem,
            owner=editor,
        )
