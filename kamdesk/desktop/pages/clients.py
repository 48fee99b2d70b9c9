"""The list of clients."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QMenu

from kamdesk.desktop.actions import Actions, ActionSpec
from kamdesk.desktop.desk import Desk
from kamdesk.desktop.models.rows import Column
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.capture_line import AddLine
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.pages.upkeep import add_merging
from kamdesk.desktop.widgets.basic import button
from kamdesk.desktop.widgets.cards import EmptyState
from kamdesk.desktop.widgets.list_page import ListPage
from kamdesk.model.messages import N_
from kamdesk.store.changes import ChangeSet

if TYPE_CHECKING:
    from kamdesk.services.organisations import OrganisationRow
    from kamdesk.store.history import Step

QUIET_DAYS: Final = 60
"""A client nobody talked to for so long is shown under the filter "Quiet"."""
_TABLES: Final = ("organisation", "employment", "promise", "proposal", "interaction")
ACTIONS: Final = (
    ActionSpec("clients.add", N_("Add a client"), "add", ("Ctrl+N",)),
    ActionSpec("clients.import", N_("Import people from a file"), "import"),
    ActionSpec(
        "clients.delete", N_("Delete the chosen clients"), "trash", ("Del",), enabled="clients.chosen"
    ),
)


class ClientsPage(ListPage):
    """``Target("clients")``."""

    def __init__(self, desk: Desk) -> None:
        said = Said(desk.kit, desk.workplace.vocabularies, lambda: desk.workplace.store.now().date())
        _ = desk.kit.words.gettext
        super().__init__(
            desk.kit,
            "clients",
            lambda: _("Clients"),
            _columns(desk, said),
            filters=(
                ("promises", lambda: _("With promises")),
                ("proposals", lambda: _("With open proposals")),
                ("meeting", lambda: _("Meeting ahead")),
                ("quiet", lambda: _("Quiet")),
            ),
        )
        self._desk, self._said = desk, said
        self._loaded: tuple[OrganisationRow, ...] = ()
        self.line = AddLine(desk.kit, lambda: _("Name of the client"), self._add, stays=False)
        self._outer.insertWidget(1, self.line)
        self.actions_table = Actions(self, desk.kit.words, desk.kit.icons)
        self.actions_table.declare(
            ACTIONS,
            {
                "clients.add": self.line.start,
                "clients.import": self.import_file,
                "clients.delete": self._delete,
            },
            {"clients.chosen": lambda: bool(self.table.selected_rows())},
        )
        self.add_head(button(desk.kit, lambda: _("Import"), "import", "", self.import_file))
        self.add_head(button(desk.kit, lambda: _("Add a client"), "add", "primary", self.line.start))
        self.set_empty(self._empty())
        self.opened.connect(lambda row: self.go("client", row.id))
        self.chosen.connect(lambda _rows: self.actions_table.refresh())
        self.asked.connect(lambda _text, _chips: self._narrow())
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(
            lambda at: self._menu(self.table.viewport().mapToGlobal(at))
        )

    def open(self, target: Target) -> None:
        """Read the list; ``tab`` "add" goes straight to the line of a new name."""
        self.reload()
        if target.tab == "add":
            self.line.start()

    def refresh(self, changes: ChangeSet) -> None:
        """Read anew what a change may concern."""
        if changes.touches(*_TABLES):
            self.reload()

    def reload(self) -> None:
        """Read anew."""
        self.kit.queries.run(self._desk.workplace.organisations.list, self._show, owner=self, key="clients")

    def import_file(self) -> None:
        """Choose a file and see first what it brings."""
        from kamdesk.desktop.dialogs.import_people import choose_file

        choose_file(self._desk, self)

    # --- inside -----------------------------------------------------------------------------------------------

    def _show(self, rows: tuple[OrganisationRow, ...]) -> None:
        self._loaded = rows
        self._narrow()

    def _narrow(self) -> None:
        today = self._said.today()
        tests: dict[str, Callable[[OrganisationRow], bool]] = {
            "promises": lambda row: row.open_promises > 0,
            "proposals": lambda row: row.open_proposals > 0,
            "meeting": lambda row: row.next_meeting is not None,
            "quiet": lambda row: row.last_contact is None or (today - row.last_contact).days > QUIET_DAYS,
        }
        wanted = [tests[name] for name in self.filters()]
        self.set_rows([row for row in self._loaded if all(test(row) for test in wanted)])

    def _empty(self) -> EmptyState:
        _ = self.kit.words.gettext
        made = EmptyState(
            self.kit,
            "clients",
            lambda: _(
                "Everything about a client in one place: who decides, what was promised, what is next, "
                "and proposals that speak to each reader."
            ),
            heading=lambda: _("Your clients"),
            first=lambda: _("Add a client"),
            on_first=self.line.start,
            other=lambda: _("Import"),
            on_other=self.import_file,
        )
        self.demo_button = button(self.kit, lambda: _("Open the demo dossier"), "eye", "link", self._demo)
        # a centred label takes the height of its shortest wrapping; it is told how wide it is
        made.text.setFixedWidth(self.kit.theme.px(520))
        self.kit.words.bind(
            made, lambda: made.text.setMinimumHeight(made.text.heightForWidth(self.kit.theme.px(520)))
        )
        column = cast(QBoxLayout, made.layout())
        column.insertWidget(column.count() - 1, self.demo_button, 0, Qt.AlignmentFlag.AlignHCenter)
        return made

    def _add(self, name: str) -> None:
        organisations, language = self._desk.workplace.organisations, self._said.language

        def done(row: str) -> None:
            self.line.taken()
            self.go("client", row, "decides")

        self.kit.commands.run(
            lambda: organisations.add(name, language=language), done, self.line.show_problem, owner=self
        )

    def _demo(self) -> None:
        dossiers, language = self._desk.workplace.dossiers, self._said.language
        self.demo_button.setEnabled(False)
        self.kit.commands.run(
            lambda: dossiers.open_demo(language),
            lambda _report: self.demo_button.setEnabled(True),
            owner=self,
        )

    def _delete(self) -> None:
        rows = self.table.selected_rows()
        if rows:
            delete_rows(self._desk, "organisation", [(row.id, row.name) for row in rows])

    def _menu(self, at) -> None:
        rows = self.table.selected_rows()
        if not rows:
            return
        _ = self.kit.words.gettext
        menu = QMenu(self)
        if len(rows) == 1:
            menu.addAction(_("Open")).triggered.connect(lambda: self.go("client", rows[0].id))
        menu.addAction(_("Copy")).triggered.connect(lambda: self.table.copy())
        kinds = menu.addMenu(_("Kind"))
        for option in self._said.options("organisation_kind"):
            kinds.addAction(option.label).triggered.connect(
                lambda _checked=False, code=option.code: self._set_kind([row.id for row in rows], code)
            )
        menu.addSeparator()
        add_merging(self._desk, menu, "organisation", [row.id for row in rows])
        menu.addAction(self.actions_table.action("clients.delete"))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _set_kind(self, ids: list[str], code: str) -> None:
        records = self._desk.workplace.records

        self.kit.commands.run(lambda: records.set_all("organisation", ids, {"kind": code}))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Menu and self.table.hasFocus():
            place = self.table.visualRect(self.table.currentIndex()).bottomLeft()
            self._menu(self.table.viewport().mapToGlobal(place))
        else:
            super().keyPressEvent(event)


def delete_rows(desk: Desk, table: str, rows: list[tuple[str, str]]) -> None:
    """Delete records by id and name in one step, and offer to take it back as long as nothing else was done."""
    _, ngettext = desk.kit.words.gettext, desk.kit.words.ngettext
    place = desk.workplace

    def work() -> Step | None:
        if len(rows) == 1:
            place.records.delete(table, rows[0][0])
        else:
            place.records.delete_all(table, [row for row, _name in rows])
        return place.vault.history.undoable()

    def undo(deleted: Step | None) -> None:
        def turn() -> None:
            if deleted is not None and place.vault.history.undoable() == deleted:
                place.vault.history.undo()

        desk.kit.commands.run(turn)

    def done(deleted: Step | None) -> None:
        n, name = len(rows), rows[0][1]
        desk.window.notify(
            lambda: (
                _("Deleted: {name}").format(name=name)
                if n == 1
                else ngettext("{n} record deleted", "{n} records deleted", n).format(n=n)
            ),
            "success",
            action=lambda: _("Undo"),
            on_action=lambda: undo(deleted),
        )

    desk.kit.commands.run(work, done)


def _columns(desk: Desk, said: Said) -> tuple[Column, ...]:
    _ = desk.kit.words.gettext

    def count(n: int) -> str:
        return str(n) if n else ""

    return (
        Column(
            "name",
            lambda: _("Client"),
            lambda row: row.name,
            220,
            icon=lambda _row: "organisation",
            stretch=True,
        ),
        Column("kind", lambda: _("Kind"), lambda row: said.label("organisation_kind", row.kind), 100),
        Column("industry", lambda: _("Industry"), lambda row: row.industry, 140),
        Column("territory", lambda: _("Territory"), lambda row: row.territory, 120),
        Column(
            "people",
            lambda: _("People"),
            lambda row: count(row.people),
            64,
            key=lambda row: row.people,
            right=True,
        ),
        Column(
            "promises",
            lambda: _("Promises"),
            lambda row: count(row.open_promises),
            90,
            key=lambda row: row.open_promises,
            right=True,
            hint=lambda _row: _("Open promises, ours and theirs"),
        ),
        Column(
            "proposals",
            lambda: _("Proposals"),
            lambda row: count(row.open_proposals),
            112,
            key=lambda row: row.open_proposals,
            right=True,
            hint=lambda _row: _("Proposals that are not decided yet"),
        ),
        Column(
            "last",
            lambda: _("Last contact"),
            lambda row: said.day(row.last_contact),
            104,
            key=lambda row: row.last_contact or date.min,
        ),
        Column(
            "next",
            lambda: _("Next meeting"),
            lambda row: said.moment(row.next_meeting),
            136,
            key=lambda row: row.next_meeting,
        ),
    )


def register(desk: Desk) -> None:
    """The section of clients and the page of a client."""
    _ = desk.kit.words.gettext
    desk.window.add_section("clients", lambda: _("Clients"), "clients", lambda: ClientsPage(desk))

    def client(_target: Target):
        from kamdesk.desktop.pages.client import ClientPage

        return ClientPage(desk)

    desk.window.add_page_kind("client", client, section="clients")
