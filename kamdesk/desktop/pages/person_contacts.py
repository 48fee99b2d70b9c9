"""Phones, addresses and other ways to reach a person: typed as they come, the kind is guessed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.capture_line import AddLine
from kamdesk.desktop.pages.contact_row import ContactRow
from kamdesk.desktop.pages.people_keyed import Keyed
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.basic import label
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
        self.list = Keyed(lambda item: ContactRow(desk, said, item), spacing=0)
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
