"""Notices: a sentence with a way out, below the page. Errors stay until they are closed, good news leaves by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import (
    IconLabel,
    Say,
    button,
    columns,
    holds_keyboard,
    label,
    set_look,
    tool_button,
)
from kamdesk.model.messages import Message

_ICONS = {
    "info": ("info", "accent_text"),
    "success": ("ok-circle", "success"),
    "warning": ("warning", "warning"),
    "error": ("error", "danger"),
}
_GOOD_NEWS_MS = 8000
_WITH_A_WAY_MS = 20_000
"""Longer where something can be done about it."""
_MOST = 3


class NoticeBar(QWidget):
    """Shows at most three notices, the newest below; the same sentence is not shown twice. ``left()`` when the one goes
    that the keyboard was on."""

    left = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(24, 0, 24, 8)
        self._layout.setSpacing(4)
        self._notices: list[_Notice] = []
        self.hide()

    def show_notice(
        self,
        say: Say | Message,
        kind: str = "info",
        *,
        action: Say | None = None,
        on_action: Callable[[], object] | None = None,
        first: tuple[Say, Callable[[], object]] | None = None,
    ) -> None:
        """Show a sentence. ``kind`` is info, success, warning or error; ``action`` names the button of the way out.

        ``first`` is what is likely to be done next, with its name; it stands before the way out.
        """
        words = say if not isinstance(say, Message) else lambda: self._kit.words.message(say)
        for old in list(self._notices):
            if old.text() == words():
                self.remove(old)
        while len(self._notices) >= _MOST:
            self.remove(self._notices[0])
        notice = _Notice(self, self._kit, words, kind, action, on_action, first)
        self._notices.append(notice)
        self._layout.addWidget(notice)
        self.show()
        if kind == "success":
            stays = _GOOD_NEWS_MS if action is None else _WITH_A_WAY_MS
            QTimer.singleShot(stays, notice, lambda: self.remove(notice))

    def texts(self) -> list[str]:
        """The sentences that are shown, oldest first."""
        return [notice.text() for notice in self._notices]

    def clear_of(self, kind: str) -> None:
        """Take the notices of one kind away."""
        for notice in list(self._notices):
            if notice.kind == kind:
                self.remove(notice)

    def clear(self) -> None:
        """Take all notices away."""
        for notice in list(self._notices):
            self.remove(notice)

    def remove(self, notice: _Notice) -> None:
        """Take one notice away."""
        if notice in self._notices:
            self._notices.remove(notice)
            if holds_keyboard(notice):
                self.left.emit()  # before it hides: else the keyboard goes on to the next control, and the page scrolls
            notice.hide()
            notice.deleteLater()
        self.setVisible(bool(self._notices))


class _Notice(QFrame):
    def __init__(
        self,
        bar: NoticeBar,
        kit: Kit,
        say: Say,
        kind: str,
        action: Say | None,
        on_action: Callable[[], object] | None,
        first: tuple[Say, Callable[[], object]] | None,
    ) -> None:
        super().__init__(bar)
        self.kind = kind
        _ = kit.words.gettext
        set_look(self, f"notice-{kind}")
        icon, colour = _ICONS[kind]
        picture = IconLabel(kit, icon, 20, colour)
        self._words = label(kit, say, wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = tool_button(kit, lambda: _("Close this notice"), "close", lambda: bar.remove(self))
        row = columns(picture, self._words, spacing=10)
        row.setStretch(1, 1)
        row.setContentsMargins(12, 1, 4, 1)
        if first is not None:
            row.addWidget(button(kit, first[0], look="link", on_click=first[1]))
        if action is not None and on_action is not None:
            row.addWidget(button(kit, action, look="link", on_click=on_action))
        row.addWidget(close)
        self.setLayout(row)

    def text(self) -> str:
        """The sentence."""
        return self._words.text()
