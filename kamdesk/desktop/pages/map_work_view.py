"""How the influence map looks on a page: its tools above, the map or its tree, and at the right the chosen card with answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.models.map_tree import MapTree
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.basic import Say, button, clear, label, set_look, tool_button
from kamdesk.desktop.widgets.map_canvas import MapCanvas
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.scroll import scrolling

MAP, TREE, EMPTY = 0, 1, 2
_SIDE: Final = 270


class MapWorkView(QWidget):
    """``canvas`` and ``tree`` show the same; :meth:`say_lines` fills the side."""

    def __init__(self, desk: Desk, said: Said) -> None:
        super().__init__()
        self.kit, self._said = desk.kit, said
        kit, _ = desk.kit, desk.kit.words.gettext
        self.as_map = button(kit, lambda: _("Map"), "", "quiet")
        self.as_tree = button(kit, lambda: _("Tree"), "", "quiet")
        group = QButtonGroup(self)
        for made in (self.as_map, self.as_tree):
            made.setCheckable(True)
            group.addButton(made)
        self.as_map.setChecked(True)
        self.deciders = button(kit, lambda: _("Who reaches the decider"), "", "link")
        self.connector = button(kit, lambda: _("Who holds it together"), "", "link")
        self.elsewhere = tool_button(kit, lambda: _("Show people elsewhere"), "people")
        self.elsewhere.setCheckable(True)
        self.tidy = tool_button(kit, lambda: _("Tidy again"), "refresh")
        self.smaller = tool_button(kit, lambda: _("Smaller"), "zoom-out", lambda: self.canvas.step_zoom(-1))
        self.larger = tool_button(kit, lambda: _("Larger"), "zoom-in", lambda: self.canvas.step_zoom(1))
        self.whole = tool_button(kit, lambda: _("The whole map"), "fit-width", lambda: self.canvas.fit_all())
        self.save = tool_button(kit, lambda: _("Save as a picture"), "save")
        self.print = tool_button(kit, lambda: _("Print the map"), "print")
        self.tools = QHBoxLayout()
        self.tools.setSpacing(4)
        self.tools.addWidget(self.as_map)
        self.tools.addWidget(self.as_tree)
        self.tools.addSpacing(12)
        self.tools.addWidget(self.deciders)
        self.tools.addWidget(self.connector)
        self.tools.addStretch(1)
        for tool in (
            self.elsewhere, self.tidy, self.smaller, self.larger, self.whole, self.save, self.print,
        ):  # fmt: skip
            self.tools.addWidget(tool)
        self.canvas = MapCanvas(kit)
        self.model = MapTree(kit, said, lambda tie: said.relation(tie.edge.kind, tie.reverse), self)
        self.tree = QTreeView()
        self.tree.setModel(self.model)
        self.tree.setUniformRowHeights(True)
        self.tree.setAllColumnsShowFocus(True)
        set_look(self.tree, "table")
        kit.words.bind(self.tree, lambda: self.tree.setAccessibleName(_("Influence map as a tree")))
        self.nothing = label(kit, lambda: self.empty_words(), "muted", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.stack = QStackedWidget()
        for page in (self.canvas, self.tree, self.nothing):
            self.stack.addWidget(page)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 4, 8)
        column.addLayout(self._lines)
        column.addStretch(
            1
        )  # not an alignment: with one, Qt cuts wrapped words at the height of a wider side
        self.side = scrolling(inner, sideways=False)
        self.side.setMinimumWidth(kit.theme.px(220))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(12)
        split.setChildrenCollapsible(False)
        split.addWidget(self.stack)
        split.addWidget(self.side)
        split.setStretchFactor(0, 1)
        split.setSizes([1000, kit.theme.px(_SIDE)])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addLayout(self.tools)
        outer.addWidget(split, 1)
        self.setFocusProxy(self.stack)
        mark_private(self)

    def empty_words(self) -> str:
        """What is said where nobody is on the map."""
        return self.kit.words.gettext(
            "Nobody is on this map yet. Type or paste the decision group under “Who decides”: the map draws itself."
        )

    def clear_side(self) -> None:
        """Take everything away from the side."""
        clear(self._lines)

    def add_line(self, words: str, look: str = "", *, private: bool = False) -> None:
        """A sentence at the side; one that rests on something private says so."""
        note = label(self.kit, lambda: words, look, wrap=True)
        self._lines.addWidget(note)
        if private:
            _ = self.kit.words.gettext
            self._lines.addWidget(label(self.kit, lambda: _("Only for you"), "caption"))

    def add_button(self, say: Say, icon: str, act: Callable[[], object]) -> None:
        """A button at the side."""
        made = button(self.kit, say, icon, "link", act)
        self._lines.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    def add_gap(self) -> None:
        """Some air at the side."""
        self._lines.addSpacing(10)

    def first_pane(self) -> QWidget:
        """Where F6 leads: the map or the tree."""
        return self.stack.currentWidget()
