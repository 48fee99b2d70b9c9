"""The base of every dialog: a heading, a body, buttons; Esc cancels, Enter takes the default, the focus starts in the first field."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import Say, button, label


class DialogBase(QDialog):
    """Modal to its window and never run in a loop of its own: connect ``accepted`` and ``rejected`` and call ``open()``.

    ``ok`` names the default button, which calls :meth:`accept`; ``cancel`` the other one. It deletes itself when closed.
    """

    def __init__(
        self,
        kit: Kit,
        say: Say,
        parent: QWidget | None = None,
        *,
        ok: Say | None = None,
        ok_look: str = "primary",
        cancel: Say | None = None,
    ) -> None:
        super().__init__(parent)
        self.kit = kit
        _ = kit.words.gettext
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setMinimumWidth(kit.theme.px(420))
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        self.problem = label(kit, look="error", wrap=True)
        self.problem.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 18)
        outer.setSpacing(14)
        outer.addWidget(label(kit, say, "heading", wrap=True))
        outer.addLayout(self.body, 1)
        outer.addWidget(self.problem)
        outer.addLayout(self.buttons)
        self.ok_button = None
        self.cancel_button = button(kit, cancel or (lambda: _("Cancel")), on_click=self.reject)
        self.cancel_button.setAutoDefault(False)
        if ok is not None:
            self.ok_button = button(kit, ok, look=ok_look, on_click=self.accept)
            self.ok_button.setDefault(True)
            self.buttons.addWidget(self.ok_button)
        self.buttons.addWidget(self.cancel_button)
        # Headings may name a client, titles stand in task lists: only who reads the screen aloud hears the heading.
        self.setWindowTitle(QGuiApplication.applicationDisplayName())
        kit.words.bind(self, lambda: self.setAccessibleName(say()))

    def tell(self, words: str) -> None:
        """Say why it cannot go on yet; "" takes it away."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))


def confirm(
    kit: Kit,
    parent: QWidget,
    say: Say,
    detail: Say,
    yes: Say,
    on_yes: Callable[[], object],
    *,
    danger: bool = True,
) -> DialogBase:
    """Ask before what cannot be undone; Enter on opening cancels where it is dangerous. Gives the open dialog."""
    dialog = DialogBase(kit, say, parent, ok=yes, ok_look="danger" if danger else "primary")
    dialog.body.addWidget(label(kit, detail, wrap=True))
    dialog.accepted.connect(on_yes)
    if danger and dialog.ok_button is not None:
        dialog.ok_button.setDefault(False)
        dialog.ok_button.setAutoDefault(False)
        dialog.cancel_button.setDefault(True)
    dialog.open()
    return dialog
