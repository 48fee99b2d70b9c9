"""Records that may be one: compare and merge, or say that they are two."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from kamdesk.desktop.actions import Actions, ActionSpec
from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.merge import offer_merge
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.duplicates_view import DuplicatesView
from kamdesk.model.messages import N_
from kamdesk.services.duplicates import DuplicatePair
from kamdesk.store.changes import ChangeSet

ACTIONS = (
    ActionSpec(
        "duplicates.merge", N_("Compare and merge…"), "copy", ("Ctrl+Return",), enabled="duplicates.one"
    ),
    ActionSpec("duplicates.apart", N_("Not the same"), "close", ("Del",), enabled="duplicates.chosen"),
)
_TABLES = ("person", "organisation", "contact", "employment", "fact", "external_key")


class DuplicatesPage(DuplicatesView):
    """``Target("duplicates", "", "organisation")``; a tab ``person:<id>,<id>`` shows the pairs of these records only."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._only: tuple[str, ...] = ()
        self.actions_table = Actions(self, desk.kit.words, desk.kit.icons)
        self.actions_table.declare(
            ACTIONS,
            {"duplicates.merge": self.merge, "duplicates.apart": self.apart},
            {
                "duplicates.one": lambda: len(self.table.selected_rows()) == 1,
                "duplicates.chosen": lambda: bool(self.table.selected_rows()),
            },
        )
        self.merge_button.clicked.connect(lambda _checked=False: self.merge())
        self.apart_button.clicked.connect(lambda _checked=False: self.apart())
        self.subject.currentIndexChanged.connect(lambda _at: self._turn())
        self.opened.connect(lambda _pair: self.merge())
        self.chosen.connect(lambda _rows: self._chosen())
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self._chosen()

    def open(self, target: Target) -> None:
        """Look for pairs."""
        subject, _colon, ids = target.tab.partition(":")
        self._only = tuple(one for one in ids.split(",") if one)
        at = self.subject.findData(subject)
        if at >= 0 and at != self.subject.currentIndex():
            self.subject.blockSignals(True)
            self.subject.setCurrentIndex(at)
            self.subject.blockSignals(False)
        self._read()

    def refresh(self, changes: ChangeSet) -> None:
        """Look again where somebody looks."""
        if self.isVisible() and changes.touches(*_TABLES):
            self._read()

    def merge(self) -> None:
        """Show the chosen pair side by side."""
        pairs: list[DuplicatePair] = self.table.selected_rows()
        if len(pairs) == 1:
            offer_merge(self._desk, pairs[0].table, pairs[0].one.id, pairs[0].other.id)

    def apart(self) -> None:
        """The chosen pairs are two each; undo asks again."""
        service = self._desk.workplace.duplicates
        for pair in self.table.selected_rows():
            self.kit.commands.run(
                lambda pair=pair: service.declare_apart(pair.table, pair.one.id, pair.other.id)
            )

    # --- inside -----------------------------------------------------------------------------------------------

    def _turn(self) -> None:
        self._only = ()
        self._read()

    def _read(self) -> None:
        table, only, service = self.subject.currentData(), self._only, self._desk.workplace.duplicates
        self.kit.queries.run(lambda: service.find(table, only), self._show, owner=self, key="duplicates")

    def _show(self, pairs: tuple[DuplicatePair, ...]) -> None:
        self.set_rows(pairs)
        if pairs and not self.table.selected_rows():
            self.table.selectRow(0)
        self._chosen()

    def _chosen(self) -> None:
        self.actions_table.refresh()
        chosen = len(self.table.selected_rows())
        self.merge_button.setEnabled(chosen == 1)
        self.apart_button.setEnabled(chosen > 0)

    def _menu(self, at) -> None:
        if self.table.selected_rows():
            menu = QMenu(self)
            for name in ("duplicates.merge", "duplicates.apart"):
                menu.addAction(self.actions_table.action(name))
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.table.viewport().mapToGlobal(at))
