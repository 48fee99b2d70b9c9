"""A line that + opens: type, Enter adds and stays for the next one, Esc puts it away. What was typed is never lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import Say, button, label, set_state
from kamdesk.model.messages import Message

Done = Callable[[], object]


class AddLine(QWidget):
    """``on_add(text)`` is called with what was typed; answer with :meth:`taken` or :meth:`show_problem`.

    ``extras`` stands beside the field (a choice of kind). Hidden until :meth:`start`. ``stays``: open for the next one.
    """

    closed = Signal()
    typed = Signal(str)

    def __init__(
        self,
        kit: Kit,
        say: Say,
        on_add: Callable[[str], object],
        *,
        stays: bool = True,
        ok: Say | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        _ = kit.words.gettext
        self._kit = kit
        self._on_add = on_add
        self._stays = stays
        self._waiting = False
        self._refused = ""
        self.line = QLineEdit()
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._changed)
        self.line.returnPressed.connect(self._enter)
        kit.words.bind(self.line, lambda: self.line.setPlaceholderText(say()))
        kit.words.bind(self.line, lambda: self.line.setAccessibleName(say()))
        self.ok = button(kit, ok or (lambda: _("Add")), "", "", self._enter)
        self.ok.setAutoDefault(False)
        self.hint = label(kit, look="caption", wrap=True)
        self.hint.hide()
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.line, 1)
        self.extras = QHBoxLayout()
        self.extras.setSpacing(6)
        row.addLayout(self.extras)
        row.addWidget(self.ok)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(2)
        outer.addLayout(row)
        outer.addWidget(self.hint)
        self.setFocusProxy(self.line)
        self.hide()

    def start(self) -> None:
        """Open it and go in."""
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> bool:
        """Add what was typed; False where it stays. What was refused is not asked again until somebody presses Enter."""
        text = self.line.text().strip()
        if text and text == self._refused:
            return False
        if text and not self._waiting:
            self._waiting = True
            self._on_add(text)
        return True

    def taken(self) -> None:
        """It was added: empty for the next one, or gone."""
        self._waiting = False
        self.line.clear()
        self.show_hint("")
        if not self._stays:
            self.close_line()

    def show_problem(self, problem: Message | str) -> None:
        """Say why it was not taken; the text stays."""
        self._waiting = False
        self._refused = self.line.text().strip()
        self.show_hint(
            self._kit.words.message(problem) if isinstance(problem, Message) else problem, wrong=True
        )

    def show_hint(self, words: str, *, wrong: bool = False) -> None:
        """A word below the field; "" takes it away."""
        set_state(self.hint, "look", "error" if wrong else "caption")
        set_state(self.line, "wrong", wrong)
        self.hint.setText(words)
        self.hint.setVisible(bool(words))
        self.line.setAccessibleDescription(words)

    def close_line(self) -> None:
        """Put it away."""
        self.line.clear()
        self.show_hint("")
        self.hide()
        self.closed.emit()

    def _enter(self) -> None:
        self._refused = ""
        self.flush()

    def _changed(self, text: str) -> None:
        if self.line.property("wrong"):
            self.show_hint("")
        self.typed.emit(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if pressed and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if pressed and event.type() == QEvent.Type.KeyPress:
            self.close_line()
            return True
        return False
