"""What asking for the passphrase looks like: one field, one button, and the ways out below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from kamdesk.desktop.dialogs.passphrase_fields import NewPassphrase, SecretLine
from kamdesk.desktop.first_start_frame import StartFrame
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import IconLabel, Say, button, columns, label


class UnlockView(StartFrame):
    """Three parts: the passphrase, the recovery code, a new passphrase after it."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, 440)
        _ = kit.words.gettext
        self.where = label(kit, look="caption", wrap=True)
        self.where.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.parts = QStackedWidget()
        self.body.addWidget(IconLabel(kit, "lock", 40, "accent"), 0, Qt.AlignmentFlag.AlignHCenter)
        self.heading = label(kit, look="title")
        self.heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.heading.setWordWrap(True)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.where)
        self.body.addWidget(self.problem)
        self.step = button(kit, lambda: _("Try again"), "refresh")
        self.step.hide()
        self.body.addWidget(self.step)
        self.body.addWidget(self.parts)
        for part in (self._passphrase(), self._code(), self._new()):
            self.parts.addWidget(part)
        kit.words.bind(self, self._say_heading)
        self.parts.currentChanged.connect(lambda _index: self._say_heading())

    def _say_heading(self) -> None:
        _ = self.kit.words.gettext
        self.heading.setText(
            (_("Open the vault"), _("Open with the recovery code"), _("Choose a new passphrase"))[
                max(0, self.parts.currentIndex())
            ]
        )
        self.setWindowTitle("kamdesk")

    def _passphrase(self) -> QWidget:
        kit, _ = self.kit, self.kit.words.gettext
        self.secret = SecretLine(kit, lambda: _("Passphrase"))
        self.open_button = self._main(lambda: _("Open"), "key")
        self.use_code = button(kit, lambda: _("I forgot it: use the recovery code"), look="link")
        self.other = button(kit, lambda: _("Another vault…"), look="link")
        self.fresh = button(kit, lambda: _("New vault or demo"), look="link")
        return _part(
            self.secret, self.open_button, 6, columns(self.use_code, 1), columns(self.other, self.fresh, 1)
        )

    def _code(self) -> QWidget:
        kit, _ = self.kit, self.kit.words.gettext
        self.code = QLineEdit()
        self.code.setMinimumHeight(kit.theme.px(36))
        kit.words.bind(self.code, lambda: self.code.setAccessibleName(_("Recovery code")))
        kit.words.bind(
            self.code, lambda: self.code.setPlaceholderText(_("48 digits; blanks and dashes do not matter"))
        )
        self.code_button = self._main(lambda: _("Open"), "key")
        self.code_back = button(kit, lambda: _("Back to the passphrase"), look="link")
        return _part(
            label(kit, lambda: _("Recovery code"), "caption", buddy=self.code),
            self.code,
            self.code_button,
            6,
            columns(self.code_back, 1),
        )

    def _new(self) -> QWidget:
        kit, _ = self.kit, self.kit.words.gettext
        self.new = NewPassphrase(kit)
        self.new_button = self._main(lambda: _("Set it and open"), "key")
        self.new_button.setEnabled(False)
        return _part(self.new, self.new_button)

    def _main(self, say: Say, icon: str) -> QPushButton:
        made = button(self.kit, say, icon, "primary")
        made.setMinimumHeight(self.kit.theme.px(36))
        return made


def _part(*parts: QWidget | QLayout | int) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    for part in parts:
        if isinstance(part, int):
            column.addSpacing(part)
        elif isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    column.addStretch(1)
    return made
