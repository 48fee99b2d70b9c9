"""The base of every page: a title line with its actions, and below it what can be scrolled.

A page reads like a page, not a form: sections with generous space, fields without a value not drawn, + adds.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.widgets.basic import Say, label
from kamdesk.desktop.widgets.scroll import ScrollColumn
from kamdesk.store.changes import ChangeSet


class PageBase(QWidget):
    """Subclass it in ``x_view.py`` (looks) and that class in ``x.py`` (behaviour).

    ``went(Target)``: asks the window to go somewhere.
    ``body`` takes what scrolls; :meth:`fill` takes a widget that needs the whole room (a list, a grid) instead.
    """

    went = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kit = kit
        self._title_say: Say = lambda: ""
        self._title = label(kit, look="title", wrap=True)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._caption = label(kit, look="caption")
        self._caption.hide()
        self._head = QHBoxLayout()
        self._head.setSpacing(6)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._caption)
        self._head.addLayout(words, 1)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(24, 14, 24, 12)
        self._outer.setSpacing(12)
        self._outer.addLayout(self._head)
        self._scroll: ScrollColumn | None = None
        self._body: QVBoxLayout | None = None
        kit.words.bind(self, self._say_title)

    @property
    def body(self) -> QVBoxLayout:
        """The layout that scrolls; made when first asked for, so that a page with :meth:`fill` has none."""
        if self._body is None:
            self._scroll = ScrollColumn()
            self._body = self._scroll.body
            self._outer.addWidget(self._scroll, 1)
        return self._body

    def fill(self, content: QWidget | QLayout) -> None:
        """Give the whole room below the title to one widget or layout."""
        if isinstance(content, QLayout):
            self._outer.addLayout(content, 1)
        else:
            self._outer.addWidget(content, 1)

    def add_below_title(self, widget: QWidget) -> None:
        """Put a widget (tabs, badges) between the title line and the body."""
        self._outer.insertWidget(1 + self._extra(), widget)

    def add_head(self, widget: QWidget) -> None:
        """Put a widget (a main button) at the right of the title line."""
        self._head.addWidget(widget)

    def set_title(self, say: Say, caption: Say | None = None) -> None:
        """The title, and a quiet line below it; called again after a switch of the language."""
        self._title_say = say
        self._caption_say = caption
        self._say_title()

    def title(self) -> str:
        """The words of the title line."""
        return self._title.text()

    def hide_title(self) -> None:
        """For a page that draws its own first line (a person with a photo)."""
        self._title.hide()
        self._caption.hide()

    def go(self, kind: str, record: str = "", tab: str = "") -> None:
        """Ask the window to open a place."""
        self.went.emit(Target(kind, record, tab))

    # --- what a page answers to -------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """Called each time the page is shown: load or reload what ``target`` names. Nothing by default."""

    def refresh(self, changes: ChangeSet) -> None:
        """Called after every commit with its ChangeSet; reload where it concerns this page. Nothing by default."""

    def leave(self) -> None:
        """Called before another page is shown, before locking, closing and Ctrl+S: save what is being typed."""
        for child in self.findChildren(QWidget):
            flush = getattr(child, "flush", None)
            if callable(flush):
                flush()

    def panes(self) -> list[QWidget]:
        """What F6 steps through on this page, in order; the page itself by default."""
        return [self]

    def _extra(self) -> int:
        return sum(
            self._outer.itemAt(at).widget() is not self._scroll for at in range(1, self._outer.count())
        )

    _caption_say: Say | None = None

    def _say_title(self) -> None:
        self._title.setText(self._title_say())
        self._caption.setText(self._caption_say() if self._caption_say else "")
        self._caption.setVisible(bool(self._caption.text()))
