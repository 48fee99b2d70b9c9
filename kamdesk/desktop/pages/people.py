"""The list of people of all clients."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QMenu

from kamdesk.desktop.actions import ActionSpec
from kamdesk.desktop.desk import Desk
from kamdesk.desktop.models.rows import Column, text_key
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.capture_line import AddLine
from kamdesk.desktop.pages.client_gaps import DECIDES
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.pages.record_list import RecordList, list_actions
from kamdesk.desktop.widgets.basic import button
from kamdesk.desktop.widgets.cards import EmptyState
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.model.messages import N_

if TYPE_CHECKING:
    from kamdesk.services.people_views import PersonRow

ACTIONS: Final = (
    ActionSpec("people.add", N_("Add a person"), "person-add", ("Ctrl+N",)),
    ActionSpec("people.import", N_("Import people from a file"), "import"),
    ActionSpec("people.map", N_("Draw a map of the chosen people"), "link", enabled="chosen"),
    *list_actions("people", N_("Delete the chosen people")),
)


class PeoplePage(RecordList):
    """``Target("people")``."""

    kind, table_name = "person", "person"
    tables = (
        "person", "employment", "seat", "organisation", "part", "contact", "interaction", "participant",
    )  # fmt: skip
    never = frozenset(
        {
            "family_name", "given_name", "middle_name", "salutation", "courtesy_title", "initials",
            "written_name", "name_genitive", "name_dative", "name_instrumental", "stance", "stance_evidence", "stance_date",
        }
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        _ = desk.kit.words.gettext
        said = Said(desk.kit, desk.workplace.vocabularies, lambda: desk.workplace.store.now().date())
        self.client, self.lens = Combo(desk.kit), Combo(desk.kit)
        super().__init__(
            desk,
            "people",
            lambda: _("People"),
            _columns(desk, said),
            (
                ("decides", lambda: _("Decide")),
                ("against", lambda: _("Doubt or against")),
                ("unmet", lambda: _("No contact")),
            ),
            AddLine(
                desk.kit, lambda: _("Full name, and after a comma the job title"), self._add, stays=False
            ),
            ACTIONS,
            {
                "people.add": lambda: self.line.start(),
                "people.import": lambda: self.import_file(),
                "people.map": lambda: self.draw_map(),
            },
        )
        for at, (combo, say) in enumerate(
            ((self.client, lambda: _("Organisation")), (self.lens, lambda: _("Type of stakeholder")))
        ):
            combo.setSizeAdjustPolicy(
                Combo.SizeAdjustPolicy.AdjustToContents
            )  # it is filled after it was shown
            combo.setMaximumWidth(desk.kit.theme.px(190))
            combo.activated.connect(lambda _at: self.narrow())
            desk.kit.words.bind(combo, lambda combo=combo, say=say: combo.setAccessibleName(say()))
            self.filter_bar.insertWidget(at, combo)
        desk.kit.words.bind(self, self._fill_lenses)
        mark_private(
            self.table
        )  # it shows judgements: covered by F9, and a copy leaves the clipboard by itself
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

    def import_file(self) -> None:
        """Choose a file and see first what it brings."""
        from kamdesk.desktop.dialogs.import_people import choose_file

        choose_file(self._desk, self)

    def draw_map(self) -> None:
        """Make a saved map of the chosen people and show it."""
        from kamdesk.desktop.pages.maps import MapsPage

        people = tuple(row.id for row in self.table.selected_rows())
        page = self._desk.window.navigate(Target("maps"))
        if people and isinstance(page, MapsPage):
            page.make_of(people)

    # --- what the list is made of

    def read(self, limit: int | None, offset: int) -> Sequence[PersonRow]:
        """A page of people by name."""
        return self._desk.workplace.people.list(limit=limit, offset=offset)

    def loaded(self, rows: Sequence[PersonRow]) -> None:
        """The organisations people can be looked for in."""
        chosen = self.client.currentData()
        clients = {row.organisation_id: row.organisation for row in rows if row.organisation_id}
        if {self.client.itemData(at) for at in range(1, self.client.count())} != set(clients):
            self.client.clear()
            self.client.addItem(self.kit.words.gettext("All organisations"), "")
            for row_id, name in sorted(clients.items(), key=lambda pair: text_key(pair[1])):
                self.client.addItem(name, row_id)
            self.client.setCurrentIndex(max(0, self.client.findData(chosen)))
        self.client.setVisible(len(clients) > 1)
        self.lens.setVisible(bool(rows))

    def narrowed(self, rows: Sequence[PersonRow]) -> list[PersonRow]:
        """Those that all marks and both boxes let through."""
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
        return [row for row in rows if all(test(row) for test in wanted)] if wanted else list(rows)

    def called(self, row: PersonRow) -> str:
        """The full name."""
        return shown_name(row.name)

    def choices(self) -> dict[str, str]:
        """Organisation and type."""
        return {"client": self.client.currentData() or "", "lens": self.lens.currentData() or ""}

    def choose(self, choices: dict[str, str]) -> None:
        """Set both boxes."""
        for name, combo in (("client", self.client), ("lens", self.lens)):
            combo.setCurrentIndex(max(0, combo.findData(choices.get(name, ""))))

    def fill_menu(self, menu: QMenu, rows: Sequence[PersonRow]) -> None:
        """Judgements of several at once, and a map of them."""
        _, people, ids = self.kit.words.gettext, self._desk.workplace.people, [row.id for row in rows]
        for say, vocabulary, change in (
            (_("Type of stakeholder"), "lens", people.set_lens),
            (_("Influence"), "influence", lambda chosen, code: people.set_influence(chosen, int(code))),
            (_("Stance"), "stance", lambda chosen, code: people.set_stance(chosen, int(code))),
        ):
            choices = menu.addMenu(say)
            for option in self.said.options(vocabulary):
                choices.addAction(option.label).triggered.connect(
                    lambda _checked=False, change=change, code=option.code: self.kit.commands.run(
                        lambda: change(ids, code)
                    )
                )
        menu.addAction(self.actions_table.action("people.map"))

    # --- inside

    def _fill_lenses(self) -> None:
        chosen = self.lens.currentData()
        self.lens.clear()
        self.lens.addItem(self.kit.words.gettext("All types"), "")
        for option in self.kit.vocabularies.options("lens"):
            self.lens.addItem(option.label, option.code)
        self.lens.setCurrentIndex(max(0, self.lens.findData(chosen)))

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
