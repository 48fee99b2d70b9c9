"""Rows of widgets kept by the id of what they show: a change of one record touches one row, focus and typing stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import Say
from kamdesk.desktop.widgets.cards import EmptyState
from kamdesk.desktop.widgets.inline_base import InlineEditor

W = TypeVar("W", bound=QWidget)


def grows(card: W) -> W:
    """Let a card be as tall as its wrapped words need: with a maximum, Qt cuts it at the height of a wider card."""
    card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    return card


def tall_enough(kit: Kit, empty: EmptyState, width: int = 520) -> None:
    """Give the words of an empty page the height of their wrapping: a centred label takes that of a wider one."""
    wide = kit.theme.px(width)
    empty.text.setFixedWidth(wide)
    kit.words.bind(empty, lambda: empty.text.setMinimumHeight(empty.text.heightForWidth(wide)))


def bare(editor: InlineEditor, say: Say | None = None) -> None:
    """Let a field that has its label beside it not repeat it as a placeholder; ``say`` gives an example instead."""
    line = getattr(editor, "line", None) or getattr(editor, "text", None)
    if line is not None and hasattr(line, "setPlaceholderText"):
        editor.kit.words.bind(editor, lambda: line.setPlaceholderText(say() if say is not None else ""))


class Shows(Protocol):
    """A row that can be told of a newer state of its record."""

    def show_item(self, item: Any) -> object:
        """Show this state."""


class Keyed(QWidget):
    """``make(item)`` gives the widget of a row; it needs ``show_item(item)``. Items need an ``id`` or give ``key(item)``."""

    def __init__(
        self,
        make: Callable[[Any], QWidget],
        key: Callable[[Any], str] = lambda item: item.id,
        spacing: int = 6,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._make, self._key = make, key
        self._rows: dict[str, QWidget] = {}
        self._items: dict[str, Any] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(spacing)
        self.hide()

    def rows(self) -> list[QWidget]:
        """The row widgets in order."""
        return list(self._rows.values())

    def row(self, key: str) -> QWidget | None:
        """The widget of one record."""
        return self._rows.get(key)

    def show_items(self, items: Iterable[Any]) -> None:
        """Show these, in this order."""
        wanted = {self._key(item): item for item in items}
        focus = QApplication.focusWidget()
        lost = -1
        for at, (name, widget) in enumerate(list(self._rows.items())):
            if name not in wanted:
                if focus is not None and (widget is focus or widget.isAncestorOf(focus)):
                    lost = at
                self._box.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
                del self._rows[name]
        rows = {}
        for at, (name, item) in enumerate(wanted.items()):
            widget = self._rows.get(name)
            if widget is None:
                widget = self._make(item)
            elif self._items.get(name) != item:
                widget.show_item(item)  # type: ignore[attr-defined]
            if self._box.indexOf(widget) != at:
                self._box.insertWidget(at, widget)
                widget.show()
            rows[name] = widget
        self._rows, self._items = rows, wanted
        self.setVisible(bool(rows))
        if lost >= 0 and rows:
            list(rows.values())[min(lost, len(rows) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
