"""Who decides: the group grid, and below it the tree of units and seats with its gaps."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QSplitter, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.client_tree import OrgTree
from kamdesk.desktop.pages.group_grid import GroupGrid
from kamdesk.desktop.pages.part_choice import PartSet
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.basic import button, tool_button
from kamdesk.desktop.widgets.private import mark_private

if TYPE_CHECKING:
    from kamdesk.desktop.pages.client import ClientData

_SHARE = "client.grid_share"
_GRID = 600
"""Thousandths of the height: the grid is worked in, the tree is looked up."""
_LEAST = 100


class Decides(QWidget):
    """``open_person(id)`` opens a page."""

    def __init__(self, desk: Desk, said: Said, open_person: Callable[[str], object]) -> None:
        super().__init__()
        self._desk, self._open, self._client = desk, open_person, ""
        kit, _ = desk.kit, desk.kit.words.gettext
        self.grid = GroupGrid(desk, said)
        self.card_button = button(kit, lambda: _("Open the card"), "person", "link", self._open_current)
        self.part_set = PartSet(desk, said)
        self.knows_button = tool_button(
            kit, lambda: _("Who knows whom"), "table",
            lambda: desk.window.navigate(Target("who_knows", self._client)),
        )  # fmt: skip
        bar = cast(QBoxLayout, self.grid.grid.layout().itemAt(1).layout())
        bar.insertWidget(3, self.card_button)
        bar.insertWidget(4, self.part_set)
        bar.insertWidget(5, self.knows_button)
        self.sheet_button = tool_button(
            kit, lambda: _("Cheat sheet for facing the group"), "print", self._open_sheet
        )
        bar.insertWidget(6, self.sheet_button)
        self.grid.grid.view.selectionModel().currentRowChanged.connect(lambda _a, _b: self._can_open())
        self.tree = OrgTree(desk, said, open_person)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(12)
        self.split.addWidget(self.grid)
        self.split.addWidget(self.tree)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        self.split.setSizes(self._shares())
        self.split.splitterMoved.connect(lambda _at, _index: self._keep_shares())
        self.tree.fold_changed.connect(lambda: self.split.setSizes(self._shares()))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.split)
        self.setFocusProxy(self.grid)
        mark_private(self)
        self._can_open()

    def show_client(self, data: ClientData, *, fresh: bool) -> None:
        """Show what was loaded; the grid loads itself."""
        self._client = data.id
        self.part_set.show_set(data.buyer_set)
        self.grid.buyer_set = data.buyer_set
        if fresh:
            self.grid.show_client(data.id)
        else:
            self.grid.reload()
        self.tree.show_client(data.id, data.tree)

    def go_to_seat(self, seat: str) -> None:
        """Show a seat in the tree."""
        self.tree.choose(f"seat:{seat}")

    def _shares(self) -> list[int]:
        """How the room is divided, in thousandths; the tree folded to its heading takes what that needs."""
        kept = self._desk.kit.settings.get(_SHARE, _GRID)
        grid = kept if isinstance(kept, int) and _LEAST <= kept <= 1000 - _LEAST else _GRID
        return [grid, 1000 - grid]

    def _keep_shares(self) -> None:
        grid, tree = self.split.sizes()
        if not self.tree.folded and grid + tree:
            share = round(1000 * grid / (grid + tree))
            self._desk.kit.settings.set(_SHARE, max(_LEAST, min(1000 - _LEAST, share)))

    def _can_open(self) -> None:
        self.card_button.setEnabled(bool(self.grid.current_person()))

    def _open_sheet(self) -> None:
        from kamdesk.desktop.dialogs.cheat_sheet import open_cheat_sheet

        open_cheat_sheet(self._desk, self, f"client:{self._client}")

    def _open_current(self) -> None:
        person = self.grid.current_person()
        if person:
            self._open(person)
