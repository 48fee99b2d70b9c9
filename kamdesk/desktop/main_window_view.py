"""What the one window looks like: rail on the left, box and tools on top, the page, the strip. No behaviour."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.navigation.rail import Rail
from kamdesk.desktop.navigation.search_box import SearchBox
from kamdesk.desktop.widgets.basic import set_look, tool_button
from kamdesk.desktop.widgets.notice import NoticeBar
from kamdesk.desktop.widgets.status import StatusStrip


class MainWindowView(QMainWindow):
    """Designed for 1280×720; usable from 960×600."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.kit = kit
        self.setMinimumSize(960, 600)
        self.resize(1280, 720)
        self.rail = Rail(kit)
        self.box = SearchBox(kit, self)  # its results lie on this window
        self.notices = NoticeBar(kit)
        self.strip = StatusStrip(kit)
        self.pages = QStackedWidget()
        self.menu_button = self._menu_button()
        self.tools = QHBoxLayout()
        self.tools.setSpacing(2)
        top = self._top()
        middle = QVBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.pages, 1)
        # Below: above the page a notice would push what is about to be clicked from under the pointer.
        middle.addWidget(self.notices)
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(middle, 1)
        central = QWidget()
        outer = QVBoxLayout(central)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(top)
        outer.addLayout(across, 1)
        outer.addWidget(self.strip)
        self.setCentralWidget(central)

    def _menu_button(self) -> QToolButton:
        _ = self.kit.words.gettext
        made = tool_button(self.kit, lambda: _("Menu"), "menu")
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(made)
        made.setMenu(self.menu)
        return made

    def _top(self) -> QFrame:
        top = QFrame()
        set_look(top, "top")
        row = QHBoxLayout(top)
        row.setContentsMargins(12, 7, 12, 7)
        row.setSpacing(6)
        self.box.setMaximumWidth(560)
        left, right = QWidget(), QWidget()
        self.left_tools = QHBoxLayout(left)
        for layout in (self.left_tools,):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(2)
        self.left_tools.setAlignment(Qt.AlignmentFlag.AlignLeft)
        end = QHBoxLayout(right)
        end.setContentsMargins(0, 0, 0, 0)
        end.setSpacing(2)
        end.addStretch(1)
        end.addLayout(self.tools)
        end.addWidget(self.menu_button)
        row.addWidget(left, 2)
        row.addWidget(self.box, 5)
        row.addWidget(right, 4)
        return top
