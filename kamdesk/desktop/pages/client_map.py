"""The influence map of a client as a tab of the client's page."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.map_work import TABLES, MapOf, MapWork
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.basic import button
from kamdesk.desktop.widgets.panel import Panel
from kamdesk.store.changes import ChangeSet


class ClientMap(Panel):
    """``Target("client", id, "map:<person id>")`` marks somebody."""

    tables = TABLES

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        said = Said(desk.kit, desk.workplace.vocabularies, lambda: desk.workplace.store.now().date())
        _ = desk.kit.words.gettext
        self.work = MapWork(desk, said, lambda person: desk.window.navigate(Target("person", person)))
        self.maps = button(
            desk.kit, lambda: _("Saved maps"), "", "link", lambda: desk.window.navigate(Target("maps"))
        )
        self.work.tools.insertWidget(5, self.maps)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.work)
        self.setFocusProxy(self.work)

    def open(self, owner: str, rest: str = "") -> None:
        """Show a client's map."""
        self.work.show_map(MapOf(organisation_id=owner))
        if rest:
            self.work.mark_person(rest)

    def refresh(self, changes: ChangeSet) -> None:
        """Read the map anew."""
        self.work.reload()

    def first_pane(self) -> QWidget:
        """The map or the tree."""
        return self.work.first_pane()
