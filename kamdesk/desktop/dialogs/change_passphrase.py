"""Changing the passphrase: the old one, then a new one twice."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.dialogs.passphrase_fields import NewPassphrase, SecretLine
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import label
from kamdesk.model.messages import Message


class ChangePassphraseDialog(DialogBase):
    """``chosen(old, new)``; whoever carries it out calls :meth:`done_well` or :meth:`refused`."""

    chosen = Signal(str, str)

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("Change the passphrase"), parent, ok=lambda: _("Change"))
        self.setMinimumWidth(kit.theme.px(500))
        self.old = SecretLine(kit, lambda: _("The present passphrase"))
        self.new = NewPassphrase(kit)
        self.body.addWidget(self.old)
        self.body.addWidget(self.new)
        self.body.addWidget(
            label(
                kit,
                lambda: _(
                    "Whoever learned the old passphrase and has an old backup can still read that backup."
                ),
                "muted",
                wrap=True,
            )
        )
        self.new.changed.connect(lambda: self.ok_button.setEnabled(self.new.ready()))
        self.ok_button.setEnabled(False)
        self.old.setFocus()

    def accept(self) -> None:
        """Ask for the change; the dialog stays until it is done."""
        if self.new.ready():
            self.setEnabled(False)
            self.chosen.emit(self.old.text(), self.new.first.text())

    def done_well(self) -> None:
        """The passphrase is changed."""
        self.old.clear()
        self.new.take()
        super().accept()

    def refused(self, message: Message) -> None:
        """Say why not, beside the fields."""
        self.setEnabled(True)
        self.tell(self.kit.words.message(message))
        self.old.set_wrong(True)
        self.old.setFocus()
