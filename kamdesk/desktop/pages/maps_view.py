"""How the saved maps look: their list at the left, the chosen map beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.models.rows import Column, RowsModel
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.map_work import MapWork
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.basic import button, label
from kamdesk.desktop.widgets.page import PageBase
from kamdesk.desktop.widgets.table import RowsTable


class MapsView(PageBase):
    """``list`` of maps, ``work`` shows one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.kit)
        kit, _ = desk.kit, desk.kit.words.gettext
        said = Said(kit, desk.workplace.vocabularies, lambda: desk.workplace.store.now().date())
        self.set_title(
            lambda: _("Saved maps"),
            lambda: _(
                "Maps of chosen people, of one client or of several: opinion leaders of a territory, for example."
            ),
        )
        self.new = button(kit, lambda: _("New map…"), "add", "primary")
        self.add_head(self.new)
        self.model = RowsModel(
            kit,
            (
                Column("name", lambda: _("Map"), lambda row: row.name, stretch=True),
                Column(
                    "members",
                    lambda: _("People"),
                    lambda row: str(row.members),
                    80,
                    lambda row: row.members,
                    right=True,
                ),
            ),
        )
        self.list = RowsTable(kit, lambda: _("Saved maps"), self.model, "maps")
        self.rename = button(kit, lambda: _("Rename"), "edit", "link")
        self.change = button(kit, lambda: _("Who is on it…"), "people", "link")
        self.delete = button(kit, lambda: _("Delete"), "trash", "link")
        self.nothing = label(
            kit,
            lambda: _(
                "No map is saved yet. Make one of the people of a territory or with a tag, or of people marked in the list."
            ),
            "muted",
            wrap=True,
        )
        self.work = MapWork(desk, said, lambda person: desk.window.navigate(Target("person", person)))
        left = QWidget()
        left.setMaximumWidth(kit.theme.px(300))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        for part in (self.rename, self.change, self.delete):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.nothing)
        split = QSplitter()
        split.setHandleWidth(12)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.work)
        split.setStretchFactor(1, 1)
        split.setSizes([kit.theme.px(250), 1000])
        self.fill(split)

    def panes(self) -> list[QWidget]:
        """The list, then the map."""
        return [self.list, self.work.first_pane()]
