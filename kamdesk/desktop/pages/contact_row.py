"""One way to reach a person or an organisation: its kind and what was typed, both edited where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.basic import tool_button
from kamdesk.desktop.widgets.field_place import mark_row
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_choice import InlineChoice
from kamdesk.desktop.widgets.inline_text import InlineText

if TYPE_CHECKING:
    from kamdesk.services.organisation_views import OrganisationContact
    from kamdesk.services.people_views import ContactView


class ContactRow(QWidget):
    """A row for ``Keyed``; the kind is as wide as its longest word."""

    def __init__(self, desk: Desk, said: Said, item: ContactView | OrganisationContact) -> None:
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

    def show_item(self, item: ContactView | OrganisationContact) -> None:
        """Show another state of it."""
        self._item = item
        mark_row(self, "contact", item.id, kind=self.kind, value=self.value)
        self.kind.set_value(item.kind)
        self.value.set_value(item.value)

    def _save(self, value: str) -> None:
        self._set(value, self._item.kind, self.value)

    def _save_kind(self, kind: str) -> None:
        self._set(self._item.value, kind, self.kind)

    def _set(self, value: str, kind: str, editor: InlineEditor) -> None:
        people, contact, visit = self._desk.workplace.people, self._item.id, editor.visit
        self._desk.kit.commands.run(
            lambda: people.set_contact(contact, value, kind, visit=visit),
            failed=editor.show_problem,
            owner=editor,
        )
