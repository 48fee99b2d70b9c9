"""Saved maps of chosen people: made, renamed, changed, deleted. ``Target("maps", "", map id)`` shows one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QInputDialog

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.map_members import MapMembersDialog
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.map_work import TABLES, MapOf
from kamdesk.desktop.pages.maps_view import MapsView
from kamdesk.store.changes import ChangeSet

if TYPE_CHECKING:
    from kamdesk.model.influence import MapRow


class MapsPage(MapsView):
    """One map at a time; the people's pages are opened from it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk, self._wanted = desk, ""
        self.list.chosen.connect(lambda _rows: self._show_chosen())
        self.new.clicked.connect(self.make)
        self.rename.clicked.connect(self._ask_name)
        self.change.clicked.connect(self.change_members)
        self.delete.clicked.connect(self.remove)

    def open(self, target: Target) -> None:
        """Show the maps; the tab is the id of the one to be shown."""
        self._wanted = target.tab
        self._load()

    def refresh(self, changes: ChangeSet) -> None:
        """Read anew what a change concerns."""
        if changes.touches("influence_map", "map_place"):
            self._load()
        if changes.touches(*TABLES):
            self.work.reload()

    def _load(self) -> None:
        influence = self._desk.workplace.influence
        self.kit.queries.run(influence.maps, self._show, owner=self, key="maps")

    def _show(self, rows: tuple[MapRow, ...]) -> None:
        self.list.keep_selection(lambda: self.model.set_rows(rows))
        self.nothing.setVisible(not rows)
        self.work.setVisible(bool(rows))
        for part in (self.rename, self.change, self.delete, self.list):
            part.setVisible(bool(rows))
        if self._wanted and self.list.select_id(self._wanted):
            self._wanted = ""
        elif rows and not self.list.selected_rows():
            self.list.selectRow(0)
        self._show_chosen()

    def _current(self) -> MapRow | None:
        rows = self.list.selected_rows()
        return rows[0] if rows else None

    def _show_chosen(self) -> None:
        row = self._current()
        if row is not None:
            self.work.show_map(MapOf(map_id=row.id))

    def make(self) -> None:
        """Ask for a name and the people of a new map."""
        self.make_of(())

    def make_of(self, people: tuple[str, ...]) -> None:
        """Ask for the name of a new map of these people."""
        _, influence = self.kit.words.gettext, self._desk.workplace.influence
        self._ask_members(
            lambda: _("New map"), "", people, lambda name, ids: influence.create(name, ids), shows=True
        )

    def change_members(self) -> None:
        """Choose anew who is on the map."""
        row, _, influence = self._current(), self.kit.words.gettext, self._desk.workplace.influence
        if row is None:
            return

        def change(name: str, ids: tuple[str, ...]) -> str:
            if name != row.name:
                influence.rename(row.id, name)
            influence.set_members(row.id, ids)
            return row.id

        def ask(members: tuple[str, ...]) -> None:
            self._ask_members(lambda: _("Who is on the map"), row.name, members, change)

        self.kit.queries.run(lambda: influence.members(row.id), ask, owner=self)

    def _ask_members(self, say, name: str, chosen: tuple[str, ...], save, *, shows: bool = False) -> None:
        people, influence = self._desk.workplace.people, self._desk.workplace.influence

        def done(map_id: str) -> None:
            self._wanted = map_id if shows else ""
            self._load()

        def ask(rows) -> None:
            dialog = MapMembersDialog(self.kit, say, influence, rows, name=name, chosen=chosen, parent=self)
            dialog.ready.connect(
                lambda called, ids: self.kit.commands.run(lambda: save(called, ids), done, owner=self)
            )
            dialog.open()

        self.kit.queries.run(people.list, ask, owner=self)

    def _ask_name(self) -> None:
        row, _ = self._current(), self.kit.words.gettext
        if row is None:
            return
        dialog = QInputDialog(self)
        dialog.setLabelText(_("Name of the map"))
        dialog.setTextValue(row.name)
        dialog.textValueSelected.connect(lambda name: self.give_name(row.id, name))
        dialog.finished.connect(lambda _result: dialog.deleteLater())
        dialog.open()

    def give_name(self, map_id: str, name: str) -> None:
        """Rename a map."""
        influence = self._desk.workplace.influence
        self.kit.commands.run(lambda: influence.rename(map_id, name), owner=self)

    def remove(self) -> None:
        """Delete the map; the people stay, and undo brings the map back."""
        row, _, window = self._current(), self.kit.words.gettext, self._desk.window
        if row is None:
            return
        influence = self._desk.workplace.influence
        self.kit.commands.run(
            lambda: influence.delete(row.id),
            lambda _none: window.notify(
                lambda: _("Deleted: {name}").format(name=row.name),
                "success",
                action=lambda: _("Undo"),
                on_action=window.undo_requested.emit,
            ),
            owner=self,
        )
