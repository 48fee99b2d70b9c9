"""Who of us knows whom at a client and how well; who knows about what (D13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QModelIndex, QTimer

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.people_words import shown_name
from kamdesk.desktop.pages.person_known_by import how_well
from kamdesk.desktop.pages.who_knows_view import WhoKnowsView
from kamdesk.store.changes import ChangeSet

if TYPE_CHECKING:
    from kamdesk.services.acquaintances import OurView, WhoKnows
    from kamdesk.services.organisations import OrganisationRow

_TABLES: Final = ("acquaintance", "colleague", "person", "employment", "seat", "organisation")
_PAUSE_MS: Final = 150


class WhoKnowsPage(WhoKnowsView):
    """``Target("who_knows", client)``; without a client the first one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk, self._place = desk, desk.workplace
        self._cell: tuple[str, str] | None = None
        self._wanted = ""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask_experts)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.client.activated.connect(lambda _at: self.go("who_knows", self.client_id()))
        self.client_button.clicked.connect(lambda: self.go("client", self.client_id(), "decides"))
        self.table.selectionModel().currentChanged.connect(lambda now, _old: self._show_cell(now))
        self.table.entered.connect(lambda: self.note.focus())
        self.table.verticalHeader().setSectionsClickable(True)
        self.table.verticalHeader().sectionDoubleClicked.connect(
            lambda row: self.go("person", self.model.theirs(row).id)
        )
        self.note.on_save(lambda text: self._edit("note", text, self.note))
        self.since.on_save(lambda day: self._edit("since", day, self.since))
        self.kit.words.bind(self, self._say_cell)

    def open(self, target: Target) -> None:
        """Show the matrix of a client."""
        self._wanted = target.id
        self._reload()

    def refresh(self, changes: ChangeSet) -> None:
        """Read anew what a change may concern."""
        if changes.touches(*_TABLES):
            self._reload()

    # --- inside -----------------------------------------------------------------------------------------------

    def _reload(self) -> None:
        wanted, place = self._wanted, self._place

        def work() -> tuple[tuple[OrganisationRow, ...], WhoKnows | None]:
            clients = place.organisations.list()
            chosen = wanted or (clients[0].id if clients else "")
            return clients, place.acquaintances.matrix(chosen) if chosen else None

        self.kit.queries.run(
            work, lambda found: self._show(*found), self._gone, owner=self, key=f"who_knows {id(self)}"
        )

    def _gone(self, _problem: object) -> None:
        self._desk.window.forget("who_knows", self._wanted)

    def _show(self, clients: tuple[OrganisationRow, ...], matrix: WhoKnows | None) -> None:
        self.client.clear()
        for row in clients:
            self.client.addItem(row.name, row.id)
        whole = matrix is not None and bool(matrix.ours and matrix.theirs)
        for widget in (self.table, self.hint):
            widget.setVisible(whole)
        self.empty.setVisible(not whole)
        if matrix is None:
            self.detail.hide()
            return
        if self.client.findData(matrix.organisation_id) < 0:
            self.client.addItem(matrix.organisation, matrix.organisation_id)
        self.client.setCurrentIndex(self.client.findData(matrix.organisation_id))
        kept = self._cell
        self.model.show(matrix)
        if whole:
            at = next(
                (
                    self.model.index(row, column)
                    for row in range(self.model.rowCount())
                    for column in range(self.model.columnCount())
                    if kept == (self.model.theirs(row).id, self.model.ours(column).id)
                ),
                self.model.index(0, 0),
            )
            if self.table.currentIndex() != at:
                self.table.setCurrentIndex(at)
            self._show_cell(at)

    def _show_cell(self, index: QModelIndex) -> None:
        self.detail.setVisible(index.isValid())
        if not index.isValid():
            self._cell = None
            return
        theirs, ours = self.model.theirs(index.row()), self.model.ours(index.column())
        cell = self.model.cell(index.row(), index.column())
        if self._cell not in (None, (theirs.id, ours.id)):
            self.note.flush()
            self.since.flush()
        self._cell = (theirs.id, ours.id)
        self.note.set_value(cell.note)
        self.since.set_value(cell.since)
        self._say_cell()

    def _say_cell(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            theirs, ours = self.model.theirs(index.row()), self.model.ours(index.column())
            words = how_well(self.kit, self.model.cell(index.row(), index.column()).strength)
            self.who.setText(f"{shown_name(ours.name)} → {shown_name(theirs.name)}: {words}")

    def set_strength(self, colleague: str, person: str, strength: int) -> None:
        """Keep what a key or a click said."""
        acquaintances = self._place.acquaintances
        self.kit.commands.run(lambda: acquaintances.set(colleague, person, strength))

    def _edit(self, name: str, value: Any, editor) -> None:
        if self._cell is None:
            return
        (person, colleague), acquaintances = self._cell, self._place.acquaintances
        self.kit.commands.run(
            lambda: acquaintances.edit(colleague, person, visit=editor.visit, **{name: value}),
            failed=editor.show_problem,
            owner=editor,
        )

    def _ask_experts(self) -> None:
        topic, acquaintances = self.search.text().strip(), self._place.acquaintances
        if not topic:
            self._show_experts("", ())
            return
        self.kit.queries.run(
            lambda: acquaintances.experts(topic),
            lambda found: self._show_experts(topic, found),
            owner=self,
            key=f"experts {id(self)}",
        )

    def _show_experts(self, topic: str, found: tuple[OurView, ...]) -> None:
        _ = self.kit.words.gettext
        self.model.light(frozenset(one.id for one in found))
        lines = [
            f"{shown_name(one.name)}: {', '.join(part for part in (one.topics, one.post) if part)}"
            for one in found
        ]
        words = "\n".join(lines) or _(
            "Nobody of us, as far as it was said. Topics stand at “Our company”, Colleagues."
        )
        self.experts.setText(words if topic else "")
        self.experts.setVisible(bool(topic))


def register(desk: Desk) -> None:
    """The page of the matrix."""
    desk.window.add_page_kind("who_knows", lambda _target: WhoKnowsPage(desk), section="clients")
