"""Changing the words of an argument: for this reader in this proposal, or in the library for all to come."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import button, label
from kamdesk.desktop.widgets.markup_text import MarkupField, MarkupTools


class RewordDialog(DialogBase):
    """``reworded(text, in_library)``. Ctrl+Enter keeps it for this proposal."""

    reworded = Signal(str, bool)

    def __init__(self, kit: Kit, text: str, reader: str, parent: QWidget | None = None) -> None:
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("Reword the argument"), parent, ok=lambda: _("For this proposal"))
        self.body.addWidget(
            label(kit, lambda: _("As {name} will read it:").format(name=reader), "muted", wrap=True)
        )
        self.setMinimumWidth(kit.theme.px(560))
        self.text = MarkupField(kit, text)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Argument"))
        self.text.setMinimumSize(kit.theme.px(480), kit.theme.px(130))
        self.body.addWidget(MarkupTools(kit, self.text))
        self.body.addWidget(self.text, 1)
        self.in_library = button(
            kit, lambda: _("In the library, for all proposals"), "library", "", lambda: self._keep(True)
        )
        self.in_library.setAutoDefault(False)
        self.buttons.insertWidget(0, self.in_library)
        self.text.selectAll()
        self.text.setFocus()

    def accept(self) -> None:
        """Keep the words for this proposal."""
        self._keep(False)

    def _keep(self, in_library: bool) -> None:
        text = self.text.toPlainText().strip()
        if not text:
            self.tell(self.kit.words.gettext("The argument is empty. Type a sentence."))
            self.text.setFocus()
            return
        self.reworded.emit(text, in_library)
        super().accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.accept()
        else:
            super().keyPressEvent(event)
