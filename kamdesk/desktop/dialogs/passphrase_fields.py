"""Typing a secret: what is typed stays hidden, but the keyboard's layout, Caps Lock and the strength are said in words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QProgressBar, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.passphrase_strength import Strength, strength
from kamdesk.desktop.widgets.basic import Say, columns, label, set_look, set_state, tool_button


def script_of(text: str) -> str:
    """The letters that were typed: "russian", "latin", "both" or "" for none."""
    russian = any("а" <= sign <= "я" or sign == "ё" for sign in text.casefold())
    latin = any("a" <= sign <= "z" for sign in text.casefold())
    return {(True, True): "both", (True, False): "russian", (False, True): "latin"}.get((russian, latin), "")


class SecretLine(QWidget):
    """A field with hidden text, a button that shows it, and a quiet hint below. ``changed()`` while typing, ``entered()`` on Enter."""

    changed = Signal()
    entered = Signal()

    def __init__(self, kit: Kit, say: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = kit.words.gettext
        self._kit = kit
        self._caps = False
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMinimumHeight(kit.theme.px(36))
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._typed)
        self.line.returnPressed.connect(self.entered)
        self.eye = tool_button(kit, lambda: _("Show what is typed"), "eye", checkable=True)
        self.eye.toggled.connect(self._show)
        self.hint = label(kit, look="caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(kit, say, "caption", buddy=self.line))
        row = columns(self.line, self.eye, spacing=4)
        row.setStretch(0, 1)
        column.addLayout(row)
        column.addWidget(self.hint)
        self.setFocusProxy(self.line)
        kit.words.bind(self.line, lambda: self.line.setAccessibleName(say()))
        kit.words.bind(self, self._say)

    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    def clear(self) -> None:
        """Forget it, and hide what will be typed next."""
        self.line.clear()
        self.eye.setChecked(False)

    def set_wrong(self, wrong: bool) -> None:
        """Mark it as the cause of a problem."""
        set_state(self.line, "wrong", "true" if wrong else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            sign = event.text()
            if sign.isalpha() and len(sign) == 1:
                shift = bool(event.modifiers() & event.modifiers().ShiftModifier)
                self._caps = sign.isupper() != shift
                self._say()
        return super().eventFilter(watched, event)

    def _show(self, on: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)

    def _typed(self) -> None:
        self.set_wrong(False)
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        _ = self._kit.words.gettext
        script = {
            "russian": _("Typed in Russian letters"),
            "latin": _("Typed in Latin letters"),
            "both": _("Typed in Russian and Latin letters"),
        }.get(script_of(self.line.text()), "")
        caps = _("Caps Lock is on") if self._caps and self.line.text() else ""
        self.hint.setText(" · ".join(words for words in (caps, script) if words))


class NewPassphrase(QWidget):
    """A new passphrase, typed twice, its strength said in words. ``changed()`` while typing, ``entered()`` on Enter when it is good."""

    changed = Signal()
    entered = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = kit.words.gettext
        self._kit = kit
        self.first = SecretLine(kit, lambda: _("Passphrase"))
        self.again = SecretLine(kit, lambda: _("The same once more"))
        self.bar = QProgressBar()
        self.bar.setRange(0, int(Strength.STRONG))
        self.bar.setTextVisible(False)
        self.bar.setMaximumWidth(kit.theme.px(150))
        kit.words.bind(self.bar, lambda: self.bar.setAccessibleName(_("Strength")))
        self.worth = label(kit, look="caption", wrap=True)
        self.mismatch = label(kit, look="error")
        row = columns(self.bar, self.worth, spacing=10)
        row.setStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.first)
        column.addLayout(row)
        column.addSpacing(6)
        column.addWidget(self.again)
        column.addWidget(self.mismatch)
        self.first.changed.connect(self._typed)
        self.again.changed.connect(self._typed)
        self.first.entered.connect(self.again.line.setFocus)
        self.again.entered.connect(lambda: self.entered.emit() if self.ready() else None)
        self.setFocusProxy(self.first)
        kit.words.bind(self, self._say)

    def ready(self) -> bool:
        """Whether something was typed twice alike."""
        return bool(self.first.text().strip()) and self.first.text() == self.again.text()

    def take(self) -> str:
        """The passphrase; the fields forget it."""
        text = self.first.text()
        self.first.clear()
        self.again.clear()
        return text

    def _typed(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        _ = self._kit.words.gettext
        worth = strength(self.first.text())
        words = {
            Strength.NONE: _(
                "Three or four ordinary words that have nothing to do with each other are strong and easy to keep in mind."
            ),
            Strength.VERY_WEAK: _("Very weak: found within the hour. Add a word or two."),
            Strength.WEAK: _("Weak: found within months. Add a word."),
            Strength.FAIR: _("Fair: would take a thief with many computers years."),
            Strength.STRONG: _("Strong: nobody will find it by trying."),
        }[worth]
        self.worth.setText(words)
        self.bar.setValue(int(worth))
        set_look(self.worth, "error" if worth in (Strength.VERY_WEAK,) else "caption")
        other = self.again.text()
        differs = bool(other) and not self.first.text().startswith(other)
        self.mismatch.setText(_("The two are not the same.") if differs else "")
        self.mismatch.setVisible(differs)
