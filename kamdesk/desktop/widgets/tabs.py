"""The tabs of a page. A tab is built when it is first visited; Ctrl+PageDown and Ctrl+PageUp step through them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import Say


class TabBar(QTabBar):
    """The bar above the parts of a page; anywhere in the page the keys go a tab on or back, and round."""

    def __init__(self) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)

    def add_keys(self, page: QWidget) -> None:
        """Let Ctrl+PageDown and Ctrl+PageUp step while the keyboard is in ``page``."""
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self._step(step))

    def _step(self, step: int) -> None:
        self.setCurrentIndex((self.currentIndex() + step) % self.count())


@dataclass(frozen=True)
class Tab:
    """One tab: its id (the ``tab`` of a Target), what it is called, how its content is made (often a ``ScrollColumn``)."""

    id: str
    say: Say
    make: Callable[[], QWidget]


class PageTabs(QWidget):
    """``chosen(id)`` when the user goes to a tab (hand it to ``MainWindow.tab_changed``)."""

    chosen = Signal(str)

    def __init__(self, kit: Kit, say: Say, tabs: Sequence[Tab], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs = tuple(tabs)
        self._made: dict[str, QWidget] = {}
        self.bar = TabBar()
        self.bar.add_keys(self)
        self._stack = QStackedWidget()
        for tab in self._tabs:
            self.bar.addTab("")
            kit.words.bind(
                self.bar, lambda tab=tab: self.bar.setTabText(self._at(tab.id), tab.say().replace("&", "&&"))
            )
        kit.words.bind(self.bar, lambda: self.bar.setAccessibleName(say()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        self.bar.currentChanged.connect(self._changed)
        self._silent = False
        self._show(self._tabs[0].id)

    def current(self) -> str:
        """The id of the tab that is shown."""
        return self._tabs[self.bar.currentIndex()].id

    def set_current(self, tab_id: str) -> None:
        """Show a tab ("" the first); sends nothing. KeyError for an unknown one."""
        self._silent = True
        self.bar.setCurrentIndex(self._at(tab_id or self._tabs[0].id))
        self._silent = False

    def content(self, tab_id: str) -> QWidget:
        """The content of a tab, built now where it was not yet."""
        if tab_id not in self._made:
            made = self._tabs[self._at(tab_id)].make()
            self._made[tab_id] = made
            self._stack.addWidget(made)
        return self._made[tab_id]

    def _at(self, tab_id: str) -> int:
        for at, tab in enumerate(self._tabs):
            if tab.id == tab_id:
                return at
        raise KeyError(tab_id)

    def _changed(self, at: int) -> None:
        self._show(self._tabs[at].id)
        if not self._silent:
            self.chosen.emit(self._tabs[at].id)

    def _show(self, tab_id: str) -> None:
        self._stack.setCurrentWidget(self.content(tab_id))
