"""The list of clients and of the other organisations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QMenu

from kamdesk.desktop.actions import ActionSpec
from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.new_organisation import open_new_organisation
from kamdesk.desktop.models.rows import Column
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.capture_line import AddLine
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.pages.record_list import RecordList, list_actions
from kamdesk.desktop.widgets.basic import button
from kamdesk.desktop.widgets.cards import EmptyState
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.model.messages import N_

if TYPE_CHECKING:
    from kamdesk.services.organisations import OrganisationRow

QUIET_DAYS: Final = 60
"""A client nobody talked to for so long is shown under the filter "Quiet"."""
_OURS: Final = "clients"
"""Of the box of kinds: clients, prospects and training clients together."""
ACTIONS: Final = (
    ActionSpec("clients.add", N_("Add a client"), "add", ("Ctrl+N",)),
    ActionSpec("clients.other", N_("Add another organisation"), "organisation"),
    ActionSpec("clients.import", N_("Import people from a file"), "import"),
    *list_actions("clients", N_("Delete the chosen clients")),
)


class ClientsPage(RecordList):
    """``Target("clients")``."""

    kind, table_name = "client", "organisation"
    tables = ("organisation", "employment", "promise", "proposal", "interaction")
    never = frozenset(
        {
            "legal_name_genitive", "legal_name_dative", "legal_name_instrumental", "inn", "kpp", "ogrn", "iban",
            "description",
        }
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        _ = desk.kit.words.gettext
        said = Said(desk.kit, desk.workplace.vocabularies, lambda: desk.workplace.store.now().date())
        self.kinds = Combo(desk.kit)
        super().__init__(
            desk,
            "clients",
            lambda: _("Clients"),
            _columns(desk, said),
            (
                ("promises", lambda: _("With promises")),
                ("proposals", lambda: _("With open proposals")),
                ("meeting", lambda: _("Meeting ahead")),
                ("quiet", lambda: _("Quiet")),
            ),
            AddLine(desk.kit, lambda: _("Name of the client"), self._add, stays=False),
            ACTIONS,
            {
                "clients.add": lambda: self.line.start(),
                "clients.other": lambda: self.add_other(),
                "clients.import": lambda: self.import_file(),
            },
        )
        self.kinds.setMaximumWidth(desk.kit.theme.px(190))
        self.filter_bar.insertWidget(0, self.kinds)
        desk.kit.words.bind(self.kinds, self._fill_kinds)
        self.kinds.activated.connect(lambda _at: self.reload())
        self.add_head(button(desk.kit, lambda: _("Import"), "import", "", self.import_file))
        self.add_head(button(desk.kit, lambda: _("Add a client"), "add", "primary", self.line.start))
        self.set_empty(self._empty())

    def import_file(self) -> None:
        """Choose a file and see first what it brings."""
        from kamdesk.desktop.dialogs.import_people import choose_file

        choose_file(self._desk, self)

    def add_other(self) -> None:
        """Add an organisation of the kind that is shown, or of another."""
        kind = str(self.kinds.currentData())
        open_new_organisation(self._desk, self, "competitor" if kind in (_OURS, "") else kind)

    # --- what the list is made of

    def read(self, limit: int | None, offset: int) -> Sequence[OrganisationRow]:
        """All at once: a thousand are read in no time."""
        organisations, kind = self._desk.workplace.organisations, self.kinds.currentData()
        if offset:
            return ()
        if kind == _OURS:
            return organisations.list()
        every = [option.code for option in self.said.options("organisation_kind")]
        return organisations.list([str(kind)] if kind else every)

    def narrowed(self, rows: Sequence[OrganisationRow]) -> list[OrganisationRow]:
        """Those that all marks let through."""
        today = self.said.today()
        tests: dict[str, Callable[[OrganisationRow], bool]] = {
            "promises": lambda row: row.open_promises > 0,
            "proposals": lambda row: row.open_proposals > 0,
            "meeting": lambda row: row.next_meeting is not None,
            "quiet": lambda row: row.last_contact is None or (today - row.last_contact).days > QUIET_DAYS,
        }
        wanted = [tests[name] for name in self.filters()]
        return [row for row in rows if all(test(row) for test in wanted)]

    def called(self, row: OrganisationRow) -> str:
        """The name of a client."""
        return row.name

    def choices(self) -> dict[str, str]:
        """The kind of organisations."""
        return {"kind": str(self.kinds.currentData())}

    def choose(self, choices: dict[str, str]) -> None:
        """Show a kind."""
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(choices.get("kind", _OURS))))
        self.reload()

    def fill_menu(self, menu: QMenu, rows: Sequence[OrganisationRow]) -> None:
        """The kind may be changed at once."""
        ids, records = [row.id for row in rows], self._desk.workplace.records
        kinds = menu.addMenu(self.kit.words.gettext("Kind"))
        for option in self.said.options("organisation_kind"):
            kinds.addAction(option.label).triggered.connect(
                lambda _checked=False, code=option.code: self.kit.commands.run(
                    lambda: records.set_all("organisation", ids, {"kind": code})
                )
            )

    # --- inside

    def _fill_kinds(self) -> None:
        _, chosen = self.kit.words.gettext, self.kinds.currentData()
        self.kinds.clear()
        self.kinds.addItem(_("Our clients"), _OURS)
        self.kinds.addItem(_("All organisations"), "")
        for option in self.kit.vocabularies.options("organisation_kind"):
            self.kinds.addItem(option.label, option.code)
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(chosen)))
        self.kinds.setAccessibleName(_("Kind"))

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
        organisations, language = self._desk.workplace.organisations, self.said.language

        def done(row: str) -> None:
            self.line.taken()
            self.go("client", row, "decides")

        self.kit.commands.run(
            lambda: organisations.add(name, language=language), done, self.line.show_problem, owner=self
        )

    def _demo(self) -> None:
        dossiers, language = self._desk.workplace.dossiers, self.said.language
        self.demo_button.setEnabled(False)
        self.kit.commands.run(
            lambda: dossiers.open_demo(language),
            lambda _report: self.demo_button.setEnabled(True),
            owner=self,
        )


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
