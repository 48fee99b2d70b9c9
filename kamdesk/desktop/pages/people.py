"""The list of people of all clients."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu

from kamdesk.desktop.actions import Actions, ActionSpec
from kamdesk.desktop.desk import Desk
from kamdesk.desktop.models.rows import Column, text_key
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.capture_line import AddLine
from kamdesk.desktop.pages.client_gaps import DECIDES
from kamdesk.desktop.pages.clients import delete_rows
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.pages.upkeep import add_merging
from kamdesk.desktop.widgets.basic import button
from kamdesk.desktop.widgets.cards import EmptyState
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.list_page import ListPage
from kamdesk.model.messages import N_
from kamdesk.store.changes import ChangeSet

if TYPE_CHECKING:
    from kamdesk.services.people_views import PersonRow

_TABLES: Final = (
    "person",
    "employment",
    "seat",
    "organisation",
    "part",
    "contact",
    "interaction",
    "participant",
)
ACTIONS: Final = (
    ActionSpec("people.add", N_("Add a person"), "person-add", ("Ctrl+N",)),
    ActionSpec("people.import", N_("Import people from a file"), "import"),
    ActionSpec("people.delete", N_("Delete the chosen people"), "trash", ("Del",), enabled="people.chosen"),
)


class PeoplePage(ListPage):
    """``Target("people")``."""

    def __init__(self, desk: Desk) -> None:
        said = Said(desk.kit, desk.workplace.vocabularies, lambda: desk.workplace.store.now().date())
        _ = desk.kit.words.gettext
        super().__init__(
            desk.kit,
            "people",
            lambda: _("People"),
            _columns(desk, said),
            filters=(
                ("decides", lambda: _("Decide")),
                ("against", lambda: _("Doubt or against")),
                ("unmet", lambda: _("No contact")),
            ),
        )
        self._desk, self._said = desk, said
        self._loaded: tuple[PersonRow, ...] = ()
        self.client, self.lens = Combo(desk.kit), Combo(desk.kit)
        for at, (combo, say) in enumerate(
            ((self.client, lambda: _("Organisation")), (self.lens, lambda: _("Type of stakeholder")))
        ):
            combo.setMaximumWidth(desk.kit.theme.px(190))
            combo.activated.connect(lambda _at: self._narrow())
            desk.kit.words.bind(combo, lambda combo=combo, say=say: combo.setAccessibleName(say()))
            self.bar.insertWidget(1 + at, combo)
        desk.kit.words.bind(self, self._fill_lenses)
        self.line = AddLine(
            desk.kit, lambda: _("Full name, and after a comma the job title"), self._add, stays=False
        )
        self._outer.insertWidget(1, self.line)
        self.actions_table = Actions(self, desk.kit.words, desk.kit.icons)
        self.actions_table.declare(
            ACTIONS,
            {"people.add": self.line.start, "people.import": self.import_file, "people.delete": self._delete},
            {"people.chosen": lambda: bool(self.table.selected_rows())},
        )
        self.add_head(button(desk.kit, lambda: _("Import"), "import", "", self.import_file))
        self.add_head(button(desk.kit, lambda: _("Add a person"), "person-add", "primary", self.line.start))
        self.set_empty(
            EmptyState(
                desk.kit,
                "people",
                lambda: _("The people of your clients: who decides, who has influence, how to address them."),
                heading=lambda: _("People"),
                first=lambda: _("Add a person"),
                on_first=self.line.start,
                other=lambda: _("Import"),
                on_other=self.import_file,
            )
        )
        self.opened.connect(lambda row: self.go("person", row.id))
        self.chosen.connect(lambda _rows: self.actions_table.refresh())
        self.asked.connect(lambda _text, _chips: self._narrow())
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(
            lambda at: self._menu(self.table.viewport().mapToGlobal(at))
        )

    def open(self, _target: Target) -> None:
        """Read the list."""
        self.reload()

    def refresh(self, changes: ChangeSet) -> None:
        """Read anew what a change may concern."""
        if changes.touches(*_TABLES):
            self.reload()

    def reload(self) -> None:
        """Read anew."""
        self.kit.queries.run(self._desk.workplace.people.list, self._show, owner=self, key="people")

    def import_file(self) -> None:
        """Choose a file and see first what it brings."""
        from kamdesk.desktop.dialogs.import_people import choose_file

        choose_file(self._desk, self)

    # --- inside -----------------------------------------------------------------------------------------------

    def _show(self, rows: tuple[PersonRow, ...]) -> None:
        self._loaded = rows
        chosen = self.client.currentData()
        self.client.clear()
        self.client.addItem(self.kit.words.gettext("All organisations"), "")
        clients = {row.organisation_id: row.organisation for row in rows if row.organisation_id}
        for row_id, name in sorted(clients.items(), key=lambda pair: text_key(pair[1])):
            self.client.addItem(name, row_id)
        self.client.setCurrentIndex(max(0, self.client.findData(chosen)))
        self.client.setVisible(len(clients) > 1)
        self.lens.setVisible(bool(rows))
        self._narrow()

    def _fill_lenses(self) -> None:
        chosen = self.lens.currentData()
        self.lens.clear()
        self.lens.addItem(self.kit.words.gettext("All types"), "")
        for option in self._said.options("lens"):
            self.lens.addItem(option.label, option.code)
        self.lens.setCurrentIndex(max(0, self.lens.findData(chosen)))

    def _narrow(self) -> None:
        tests: dict[str, Callable[[PersonRow], bool]] = {
            "decides": lambda row: bool(DECIDES & set(row.parts)),
            "against": lambda row: row.stance is not None and row.stance < 0,
            "unmet": lambda row: row.coverage == "none",
        }
        wanted = [tests[name] for name in self.filters()]
        client, lens = self.client.currentData(), self.lens.currentData()
        if client:
            wanted.append(lambda row: row.organisation_id == client)
        if lens:
            wanted.append(lambda row: row.lens == lens)
        self.set_rows([row for row in self._loaded if all(test(row) for test in wanted)])

    def _add(self, text: str) -> None:
        name, _comma, title = text.partition(",")
        client = self.client.currentData() or None
        people = self._desk.workplace.people

        def done(row: str) -> None:
            self.line.taken()
            self.go("person", row)

        self.kit.commands.run(
            lambda: people.add(name, client, title.strip() if client else ""),
            done,
            self.line.show_problem,
            owner=self,
        )

    def _delete(self) -> None:
        rows = self.table.selected_rows()
        if rows:
            delete_rows(self._desk, "person", [(row.id, shown_name(row.name)) for row in rows])

    def _menu(self, at) -> None:
        rows = self.table.selected_rows()
        if not rows:
            return
        _, people = self.kit.words.gettext, self._desk.workplace.people
        menu = QMenu(self)
        if len(rows) == 1:
            menu.addAction(_("Open")).triggered.connect(lambda: self.go("person", rows[0].id))
        menu.addAction(_("Copy")).triggered.connect(lambda: self.table.copy())
        for say, vocabulary, change in (
            (_("Type of stakeholder"), "lens", people.set_lens),
            (_("Influence"), "influence", lambda ids, code: people.set_influence(ids, int(code))),
            (_("Stance"), "stance", lambda ids, code: people.set_stance(ids, int(code))),
        ):
            choices = menu.addMenu(say)
            for option in self._said.options(vocabulary):
                choices.addAction(option.label).triggered.connect(
                    lambda _checked=False, change=change, code=option.code: self._change(rows, change, code)
                )
        menu.addSeparator()
        add_merging(self._desk, menu, "person", [row.id for row in rows])
        menu.addAction(self.actions_table.action("people.delete"))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _change(
        self, rows: Sequence[PersonRow], change: Callable[[Sequence[str], str], object], code: str
    ) -> None:
        ids = [row.id for row in rows]
        self.kit.commands.run(lambda: change(ids, code))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Menu and self.table.hasFocus():
            place = self.table.visualRect(self.table.currentIndex()).bottomLeft()
            self._menu(self.table.viewport().mapToGlobal(place))
        else:
            super().keyPressEvent(event)


def _columns(desk: Desk, said: Said) -> tuple[Column, ...]:
    _ = desk.kit.words.gettext
    return (
        Column(
            "name",
            lambda: _("Full name"),
            lambda row: shown_name(row.name),
            200,
            key=lambda row: text_key(row.name.full()),
            icon=lambda _row: "person",
        ),
        Column("client", lambda: _("Organisation"), lambda row: row.organisation, 130),
        Column("title", lambda: _("Job title"), lambda row: row.title, 150),
        Column("lens", lambda: _("Type"), lambda row: said.label("lens", row.lens), 92),
        Column(
            "influence",
            lambda: _("Influence"),
            lambda row: said.label("influence", row.influence),
            104,
            key=lambda row: row.influence,
            mark=lambda row: None if row.influence is None else ("influence", row.influence),
        ),
        Column(
            "stance",
            lambda: _("Stance"),
            lambda row: said.label("stance", row.stance),
            130,
            key=lambda row: row.stance,
            mark=lambda row: None if row.stance is None else ("stance", row.stance),
        ),
        Column(
            "parts",
            lambda: _("Part in the decision"),
            lambda row: said.labels("part", row.parts),
            150,
            hint=lambda row: said.labels("part", row.parts),
        ),
        Column("phone", lambda: _("Phone"), lambda row: row.phone, 130),
        Column("email", lambda: _("E-mail"), lambda row: row.email, 150),
        Column("coverage", lambda: _("Contact"), lambda row: said.label("coverage", row.coverage), 120),
        Column(
            "last",
            lambda: _("Last contact"),
            lambda row: said.day(row.last_contact),
            120,
            key=lambda row: row.last_contact or date.min,
        ),
    )


def register(desk: Desk) -> None:
    """The section of people and the page of a person."""
    _ = desk.kit.words.gettext
    desk.window.add_section("people", lambda: _("People"), "people", lambda: PeoplePage(desk))

    def person(_target: Target):
        from kamdesk.desktop.pages.person import PersonPage

        return PersonPage(desk)

    desk.window.add_page_kind("person", person, section="people")
