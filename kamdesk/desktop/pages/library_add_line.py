"""The line in which a new entry is typed: Enter adds it; a paste of several lines adds each of them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import Say, button, label
from kamdesk.model.messages import Message

_MOST_LINES = 200


class AddLine(QWidget):
    """``added(list of texts)``: what was typed, or the lines of a paste. The text stays until :meth:`done`."""

    added = Signal(object)

    def __init__(self, kit: Kit, say: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._say = say
        _ = kit.words.gettext
        self.line = _Line(self)
        self.line.returnPressed.connect(self._typed)
        self.button = button(kit, lambda: _("Add"), "add", "primary", self._typed)
        self.button.setAutoDefault(False)
        self.problem = label(kit, look="error", wrap=True)
        self.problem.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        row.addWidget(self.problem)
        self.line.textChanged.connect(lambda _text: self._tell(""))
        kit.words.bind(self, self.say_again)

    def set_say(self, say: Say) -> None:
        """What may be typed here, said in the empty line."""
        self._say = say
        self.say_again()

    def say_again(self) -> None:
        """Set the words anew."""
        self.line.setPlaceholderText(self._say())
        self.line.setAccessibleName(self._say())

    def done(self) -> None:
        """What was typed has been added."""
        self.line.clear()

    def show_problem(self, message: Message) -> None:
        """Say why it was not added; the text stays."""
        self._tell(self._kit.words.message(message))

    def give(self, text: str) -> bool:
        """Add each line of a paste; False where there is but one, which is then typed text like any other."""
        lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or len(lines) > _MOST_LINES:
            return False
        self.added.emit(lines)
        return True

    def _typed(self) -> None:
        text = self.line.text().strip()
        if text:
            self.added.emit([text])
        else:
            self.line.setFocus()

    def _tell(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))


class _Line(QLineEdit):
    def __init__(self, owner: AddLine) -> None:
        super().__init__()
        self._owner = owner

    def keyPressEvent(self, event: QKeyEvent) -> None:
        paste = event.matches(QKeySequence.StandardKey.Paste)
        if paste and self._owner.give(QGuiApplication.clipboard().text()):
            return
        super().keyPressEvent(event)
