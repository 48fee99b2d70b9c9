"""The list of proposals, and the place of the proposal pages in the window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, Final

from PySide6.QtWidgets import QMenu

from kamdesk.desktop.actions import ActionSpec
from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.proposal_compare import ProposalCompareDialog
from kamdesk.desktop.dialogs.proposal_start import StartDialog
from kamdesk.desktop.models.rows import Column
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.capture_line import AddLine
from kamdesk.desktop.pages.output_desk import OutputDesk
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.pages.record_list import RecordList, list_actions
from kamdesk.desktop.widgets.basic import button
from kamdesk.desktop.widgets.cards import EmptyState
from kamdesk.desktop.word_watch import OpenFile, WordWatch, open_by_system
from kamdesk.model.messages import N_
from kamdesk.model.written import write_short_date
from kamdesk.rules.proposal_checks import TRANSITIONS
from kamdesk.services.proposal_views import ProposalRow, VersionView

FILTERS: Final = {
    "drafts": ("draft", "internal_review", "approved", "revision"),
    "sent": ("sent", "receipt_confirmed", "discussion"),
    "won": ("accepted",),
    "closed": ("declined", "expired", "withdrawn", "superseded"),
}
_ASKED_ONE_BY_ONE: Final = frozenset({"sent", "declined"})
"""Sending keeps files and a refusal has a reason: both are asked on the proposal's own page."""
ACTIONS: Final = (
    ActionSpec("proposals.start", N_("Start a proposal"), "add", ("Ctrl+N",)),
    *list_actions("proposals", N_("Delete the chosen proposals")),
)


class ProposalsPage(RecordList):
    """Newest change first; marks show groups of statuses. Earlier versions that were replaced are folded away."""

    kind, table_name, merges = "proposal", "proposal", False
    tables = ("proposal", "organisation", "offer_item", "deal")
    never = frozenset(
        {
            "subject", "number", "date", "status", "revision", "language", "currency", "money_unit", "vat_mode", "recommended",
            "total_discount", "total_discount_kind", "understanding", "solution", "uniqueness", "exclusivity", "assumptions",
            "annexes", "blocks", "benefit_period", "discount_rate", "loss_reason",
        }
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        _ = desk.kit.words.gettext
        self._words = ProposalWords(desk.kit, lambda: desk.workplace.vocabulary.current)
        super().__init__(
            desk,
            "proposals",
            lambda: _("Proposals"),
            _columns(desk, self._words),
            (
                ("drafts", lambda: _("In preparation")),
                ("sent", lambda: _("At the client")),
                ("over", lambda: _("Ran out")),
                ("won", lambda: _("Accepted")),
                ("closed", lambda: _("Closed")),
                ("earlier", lambda: _("Earlier versions")),
            ),
            AddLine(desk.kit, lambda: _("What is offered, in a few words"), self._ask_for, stays=False),
            ACTIONS,
            {"proposals.start": self.ask_start},
        )
        self.start_button = button(
            desk.kit, lambda: _("Start a proposal"), "add", "primary", lambda: self.ask_start()
        )
        self.add_head(self.start_button)
        self.output = OutputDesk(desk, self._words, self)
        self.set_empty(
            EmptyState(
                desk.kit,
                "proposals",
                lambda: _(
                    "Proposals stand here. Each speaks to every reader of a client in their own words, and is finished in Word."
                ),
                heading=lambda: _("No proposals yet"),
                first=lambda: _("Start a proposal"),
                on_first=self.ask_start,
            )
        )

    def open(self, target: Target) -> None:
        """Read the list; Target("proposals", "", "start:CLIENT") comes from a client's page and asks what to start from."""
        if target.tab.startswith("start"):
            self.reload()
            self.ask_start(target.tab.partition(":")[2])
        else:
            super().open(target)

    def ask_start(self, client: str = "", subject: str = "") -> None:
        """Ask for whom and from what, then open the new draft."""
        place = self._desk.workplace
        dialog = StartDialog(self.kit, self._words, client, self)
        dialog.subject.setText(subject)
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

    # --- what the list is made of -----------------------------------------------------------------------------

    def read(self, limit: int | None, offset: int) -> Sequence[ProposalRow]:
        """All at once: a thousand are read in no time."""
        return () if offset else self._desk.workplace.proposals.list()

    def narrowed(self, rows: Sequence[ProposalRow]) -> list[ProposalRow]:
        """Those of the marked groups; a version that another one has replaced only where it is asked for."""
        chosen = self.filters()
        wanted = {status for mark in chosen for status in FILTERS.get(mark, ())}
        folded = "earlier" not in chosen
        return [
            row
            for row in rows
            if (not wanted or row.status in wanted)
            and ("over" not in chosen or row.over)
            and not (folded and not row.newest and row.status in FILTERS["closed"])
        ]

    def called(self, row: ProposalRow) -> str:
        """The subject, or the number of one without."""
        return row.subject or row.number or self.kit.words.gettext("Proposal without a subject")

    def fill_menu(self, menu: QMenu, rows: Sequence[ProposalRow]) -> None:
        """The statuses that all the chosen ones may have next."""
        allowed = [set(TRANSITIONS.get(row.status, ())) for row in rows]
        common = set.intersection(*allowed) - _ASKED_ONE_BY_ONE
        proposals, ids = self._desk.workplace.proposals, [row.id for row in rows]
        inner = menu.addMenu(self.kit.words.gettext("Status"))
        for code in self._desk.workplace.vocabulary.current.codes("proposal_status"):
            if code in common:
                inner.addAction(self._words.label("proposal_status", code)).triggered.connect(
                    lambda _checked=False, code=code: self.kit.commands.run(
                        lambda: proposals.set_statuses(ids, code),
                        None,
                        lambda message: self._desk.window.notify(message, "error"),
                        owner=self,
                    )
                )
        inner.setEnabled(not inner.isEmpty())
        self._fill_output(menu, ids)
        if len(rows) == 2:
            menu.addAction(self.kit.words.gettext("Compare…")).triggered.connect(
                lambda _checked=False: self.compare(rows)
            )

    def _fill_output(self, menu: QMenu, ids: list[str]) -> None:
        """What is done with the documents of the chosen ones."""
        _ = self.kit.words.gettext
        menu.addSeparator()
        for words, icon, act in (
            (_("Make the documents"), "refresh", self.output.make),
            (_("Save to a folder…"), "save", self.output.ask_folder),
            (_("Print…"), "print", self.output.print),
            (_("E-mail drafts…"), "mail", self.output.mail),
        ):
            menu.addAction(self.kit.icons.icon(icon), words).triggered.connect(
                lambda _checked=False, act=act: act(ids)
            )
        menu.addSeparator()

    def compare(self, rows: Sequence[ProposalRow]) -> None:
        """Two chosen proposals side by side, the earlier one at the left."""
        first, second = sorted(rows, key=lambda row: (row.version, row.date or date.max, row.number))
        views = [
            VersionView(row.id, row.version, row.number, row.subject, row.status, row.date, row.organisation)
            for row in (first, second)
        ]
        ProposalCompareDialog(self._desk, self._words, views, first.id, second.id, self).open()

    # --- inside -----------------------------------------------------------------------------------------------

    def _fitting(self, rows: Sequence[ProposalRow]) -> list[ProposalRow]:
        """What the search found, and what the names of client and deal say as well."""
        if self._found is None:
            return super()._fitting(rows)
        text = self.search.text().strip().casefold()
        return [
            row
            for row in self.narrowed(rows)
            if row.id in self._found or text in f"{row.number}\n{row.organisation}\n{row.deal}".casefold()
        ]

    def _ask_for(self, subject: str) -> None:
        self.line.taken()
        self.ask_start(subject=subject)


def _columns(desk: Desk, words: ProposalWords) -> tuple[Column, ...]:
    _ = desk.kit.words.gettext
    order = desk.workplace.vocabulary.current.codes("proposal_status")

    def day(value: date | None) -> str:
        return write_short_date(value, desk.kit.words.language) if value is not None else ""

    def money(row: ProposalRow) -> str:
        return words.money(row.total.amount, row.total.currency) if row.total is not None else ""

    def status(row: ProposalRow) -> str:
        label = words.label("proposal_status", row.status)
        return _("{status} · ran out").format(status=label) if row.over else label

    return (
        Column("subject", lambda: _("Subject"), lambda row: row.subject or _("Proposal without a subject"), 240, stretch=True,
               icon=lambda _row: "proposals", hint=lambda row: row.subject),
        Column("number", lambda: _("No."), lambda row: row.number, 80),
        Column("organisation", lambda: _("Client"), lambda row: row.organisation, 140),
        Column("status", lambda: _("Status"), status, 148,
               key=lambda row: order.index(row.status) if row.status in order else len(order)),
        Column("total", lambda: _("Total"), money, 120, right=True, key=lambda row: row.total.amount if row.total else 0),
        Column("valid", lambda: _("Valid until"), lambda row: day(row.valid_until), 128,
               key=lambda row: row.valid_until or date.max),
        Column("next", lambda: _("Next date"), lambda row: day(row.next_date), 124,
               key=lambda row: row.next_date or date.max),
        Column("version", lambda: _("Version"), lambda row: str(row.version) if row.version > 1 or not row.newest else "", 70,
               key=lambda row: row.version, right=True),
        Column("deal", lambda: _("Deal"), lambda row: row.deal, 110, extra=True),
        Column("date", lambda: _("Date"), lambda row: day(row.date), 105, key=lambda row: row.date or date.max, extra=True),
    )  # fmt: skip


def register(desk: Desk, open_file: OpenFile = open_by_system) -> None:
    """Put the list and the page of a proposal into the window. ``open_file`` opens a Word file."""
    _ = desk.kit.words.gettext

    @cache
    def watch() -> WordWatch:
        """One for all proposals, made with the first of them: the list knows nothing of Word."""
        return WordWatch(desk.kit, desk.workplace.word_files, desk.plain, open_file, desk.window)

    desk.window.add_section("proposals", lambda: _("Proposals"), "proposals", lambda: ProposalsPage(desk))

    def page(_target: Target) -> Any:
        from kamdesk.desktop.pages.proposal import ProposalEditPage

        return ProposalEditPage(desk, watch())

    desk.window.add_page_kind("proposal", page, "proposals")
