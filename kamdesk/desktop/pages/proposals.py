"""The list of proposals, and the place of the proposal pages in the window."""

from __future__ import annotations

from typing import Any, Final

from kamdesk.desktop.actions import Actions, ActionSpec
from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.proposal_start import StartDialog
from kamdesk.desktop.models.rows import Column
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.widgets.basic import button
from kamdesk.desktop.widgets.cards import EmptyState
from kamdesk.desktop.widgets.list_page import ListPage
from kamdesk.desktop.word_watch import OpenFile, WordWatch, open_by_system
from kamdesk.model.messages import N_
from kamdesk.model.written import write_date
from kamdesk.services.proposal_views import ProposalRow

FILTERS: Final = {
    "drafts": ("draft", "internal_review", "approved", "revision"),
    "sent": ("sent", "receipt_confirmed", "discussion"),
    "won": ("accepted",),
    "closed": ("declined", "expired", "withdrawn", "superseded"),
}
ACTIONS: Final = (ActionSpec("proposals.start", N_("Start a proposal"), "add", ("Ctrl+N",)),)


class ProposalsPage(ListPage):
    """Newest change first; a chip shows a group of statuses."""

    def __init__(self, desk: Desk) -> None:
        kit = desk.kit
        _ = kit.words.gettext
        self._desk = desk
        self._words = ProposalWords(kit, lambda: desk.workplace.vocabulary.current)
        self._rows: tuple[ProposalRow, ...] = ()
        super().__init__(
            kit,
            "proposals",
            lambda: _("Proposals"),
            self._columns(desk),
            filters=(
                ("drafts", lambda: _("In preparation")),
                ("sent", lambda: _("At the client")),
                ("won", lambda: _("Accepted")),
                ("closed", lambda: _("Closed")),
            ),
        )
        self.start_button = button(kit, lambda: _("Start a proposal"), "add", "primary", self.ask_start)
        self.add_head(self.start_button)
        self.set_empty(
            EmptyState(
                kit,
                "proposals",
                lambda: _(
                    "Proposals stand here. Each speaks to every reader of a client in their own words, and is finished in Word."
                ),
                heading=lambda: _("No proposals yet"),
                first=lambda: _("Start a proposal"),
                on_first=self.ask_start,
            )
        )
        self.actions_table = Actions(self, kit.words, kit.icons)
        self.actions_table.declare(ACTIONS, {"proposals.start": self.ask_start})
        self.opened.connect(lambda row: self.go("proposal", row.id))
        self.asked.connect(lambda _text, _chips: self._show())
        kit.words.bind(self, self._show)

    def open(self, target: Target) -> None:
        if target.tab.startswith(
            "start"
        ):  # Target("proposals", "", "start:CLIENT") comes from a client's page
            self.ask_start(target.tab.partition(":")[2])
        self._load()

    def refresh(self, changes: Any) -> None:
        if changes.touches("proposal", "organisation", "offer_item"):
            self._load()

    def ask_start(self, client: str = "") -> None:
        """Ask for whom and from what, then open the new draft."""
        place = self._desk.workplace
        dialog = StartDialog(self.kit, self._words, client, self)
        dialog.ordered.connect(self.start)
        self.kit.queries.run(
            lambda: (place.organisations.list(), place.proposals.list()),
            lambda found: dialog.show_choices(*found),
            owner=dialog,
        )
        dialog.open()

    def start(self, client: str, source: str, subject: str) -> None:
        """Start a draft and go to it."""
        proposals = self._desk.workplace.proposals
        self.kit.commands.run(
            lambda: proposals.start(client, from_id=source or None, subject=subject),
            lambda new: self.go("proposal", new),
            owner=self,
        )

    def _columns(self, desk: Desk) -> tuple[Column, ...]:
        words, _ = self._words, desk.kit.words.gettext
        day = lambda value: write_date(value, desk.kit.words.language) if value is not None else ""  # noqa: E731
        money = lambda row: words.money(row.total.amount, row.total.currency) if row.total is not None else ""  # noqa: E731
        order = desk.workplace.vocabulary.current.codes("proposal_status")
        return (
            Column("subject", lambda: _("Subject"), lambda row: row.subject or _("Proposal without a subject"), 300, stretch=True,
                   icon=lambda _row: "proposals", hint=lambda row: row.subject),
            Column("number", lambda: _("No."), lambda row: row.number, 80),
            Column("organisation", lambda: _("Client"), lambda row: row.organisation, 140),
            Column("status", lambda: _("Status"), lambda row: words.label("proposal_status", row.status), 110,
                   key=lambda row: order.index(row.status) if row.status in order else len(order)),
            Column("total", lambda: _("Total"), money, 125, right=True, key=lambda row: row.total.amount),
            Column("date", lambda: _("Date"), lambda row: day(row.date), 115, key=lambda row: row.date),
            Column("valid", lambda: _("Valid until"), lambda row: day(row.valid_until), 125, key=lambda row: row.valid_until),
            Column("next", lambda: _("Next contact"), lambda row: day(row.next_date), 115, key=lambda row: row.next_date),
        )  # fmt: skip

    def _load(self) -> None:
        proposals = self._desk.workplace.proposals
        self.kit.queries.run(proposals.list, self._loaded, owner=self, key="proposals")

    def _loaded(self, rows: tuple[ProposalRow, ...]) -> None:
        self._rows = rows
        self._show()

    def _show(self) -> None:
        chosen = self.filters()
        wanted = {status for chip in chosen for status in FILTERS[chip]}
        self.set_rows([row for row in self._rows if not chosen or row.status in wanted])


def register(desk: Desk, open_file: OpenFile = open_by_system) -> None:
    """Put the list and the page of a proposal into the window. ``open_file`` opens a Word file."""
    _ = desk.kit.words.gettext
    watch = WordWatch(desk.kit, desk.workplace.word_files, desk.plain, open_file, desk.window)
    desk.window.add_section("proposals", lambda: _("Proposals"), "proposals", lambda: ProposalsPage(desk))

    def page(_target: Target) -> Any:
        from kamdesk.desktop.pages.proposal import ProposalEditPage

        return ProposalEditPage(desk, watch)

    desk.window.add_page_kind("proposal", page, "proposals")
