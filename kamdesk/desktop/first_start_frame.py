"""What the windows before the main window look like: a calm middle column, the language to choose at the top right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import IconLabel, Say, columns, label, set_look
from kamdesk.desktop.widgets.scroll import scrolling
from kamdesk.model.messages import LANGUAGES, Message

_FRAME = 40
"""Room for the frame and the title that the system draws, in pixels."""


def show_fitting(window: QWidget) -> None:
    """Show a window at its own size, or filling the screen where it would not fit with its frame."""
    screen = window.screen().availableGeometry()
    if window.width() >= screen.width() - _FRAME or window.height() >= screen.height() - _FRAME:
        window.showMaximized()
    else:
        window.show()


class StartFrame(QWidget):
    """``body`` is the middle column. ``closed()`` when the user closes the window, ``help_wanted()`` on F1."""

    closed = Signal()
    help_wanted = Signal()

    def __init__(self, kit: Kit, width: int = 560) -> None:
        super().__init__()
        self.kit = kit
        self.setMinimumSize(760, 560)
        self.resize(1280, 720)
        self.problem = label(kit, look="error", wrap=True)
        self.problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.problem.hide()
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(12)
        self._width = width
        self._middle = QWidget()
        self._middle.setLayout(self.body)
        kit.theme.changed.connect(self._rescale)
        self._rescale()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 8, 24, 24)
        column.addStretch(2)
        across = columns(1, self._middle, 1, spacing=0)
        across.setStretch(1, 100)
        column.addLayout(across)
        column.addStretch(3)
        scroll = scrolling(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._top())
        outer.addWidget(scroll, 1)
        help_key = QShortcut(QKeySequence("F1"), self)
        help_key.activated.connect(self.help_wanted)

    def _rescale(self) -> None:
        self._middle.setMaximumWidth(self.kit.theme.px(self._width))

    def _top(self) -> QWidget:
        kit = self.kit
        top = QWidget()
        picture = IconLabel(kit, "clients", 24, "accent")
        name = label(kit, lambda: "kamdesk", "heading")
        row = columns(picture, name, 1, spacing=8)
        row.setContentsMargins(24, 16, 24, 8)
        self._languages = QButtonGroup(self)
        for code, words in LANGUAGES.items():
            choice = QPushButton(words)
            choice.setCheckable(True)
            choice.setAutoDefault(False)
            choice.setChecked(code == kit.words.language)
            set_look(choice, "chip")
            choice.clicked.connect(lambda _checked=False, code=code: self._choose(code))
            self._languages.addButton(choice)
            row.addWidget(choice)
        top.setLayout(row)
        return top

    def _choose(self, language: str) -> None:
        self.kit.words.set_language(language)
        self.kit.settings.set("window.language", language)

    def tell(self, words: str) -> None:
        """Say what is in the way; "" takes it away."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def notify(self, say: Say | Message, _kind: str = "info") -> None:
        """Say how something went, as the main window does."""
        self.tell(self.kit.words.message(say) if isinstance(say, Message) else say())

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closed.emit()
