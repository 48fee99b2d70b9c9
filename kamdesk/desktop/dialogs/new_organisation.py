"""Adding an organisation of any kind: what it is to us, and its name (D1)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.widgets.basic import label
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.model.messages import Message


class NewOrganisation(DialogBase):
    """``on_added(id)`` once it stands in the vault; a refusal is said here and the name stays."""

    def __init__(
        self,
        desk: Desk,
        on_added: Callable[[str], object],
        kind: str = "client",
        parent: QWidget | None = None,
    ) -> None:
        kit = desk.kit
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("New organisation"), parent, ok=lambda: _("Add"))
        self._desk, self._on_added = desk, on_added
        self.name = QLineEdit()
        self.kind = Combo(kit)
        for option in kit.vocabularies.options("organisation_kind"):
            self.kind.addItem(option.label, option.code)
        self.kind.setCurrentIndex(max(0, self.kind.findData(kind)))
        for say, field in ((lambda: _("Name"), self.name), (lambda: _("What it is to us"), self.kind)):
            self.body.addWidget(label(kit, say, "caption", buddy=field))
            self.body.addWidget(field)
            kit.words.bind(field, lambda field=field, say=say: field.setAccessibleName(say()))
        self.name.setFocus()

    def accept(self) -> None:
        """Add it; the dialog closes when that was done."""
        organisations, kit = self._desk.workplace.organisations, self.kit
        name, kind = self.name.text(), str(self.kind.currentData())
        if self.ok_button is not None:
            self.ok_button.setEnabled(False)

        def done(row: str) -> None:
            super(NewOrganisation, self).accept()
            self._on_added(row)

        def failed(problem: Message) -> None:
            if self.ok_button is not None:
                self.ok_button.setEnabled(True)
            self.tell(kit.words.message(problem))
            self.name.setFocus()

        kit.commands.run(
            lambda: organisations.add(name, kind, language=kit.words.language), done, failed, owner=self
        )


def open_new_organisation(
    desk: Desk, parent: QWidget, kind: str = "client", on_added: Callable[[str], object] | None = None
) -> NewOrganisation:
    """Open the dialog; what was added is shown unless ``on_added`` says what to do with its id."""
    made = NewOrganisation(
        desk, on_added or (lambda row: desk.window.navigate(Target("client", row))), kind, parent
    )
    made.open()
    return made
