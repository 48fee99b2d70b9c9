"""The proposals of one client, and the start of a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.models.rows import Column, RowsModel
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.basic import button, columns
from kamdesk.desktop.widgets.cards import EmptyState
from kamdesk.desktop.widgets.table import RowsTable
from kamdesk.model.written import write_date

if TYPE_CHECKING:
    from kamdesk.services.proposal_views import ProposalRow


class ClientProposals(QWidget):
    """``start()`` begins a proposal, ``open_proposal(id)`` shows one."""

    def __init__(
        self, desk: Desk, said: Said, start: Callable[[], object], open_proposal: Callable[[str], object]
    ) -> None:
        super().__init__()
        kit, _ = desk.kit, desk.kit.words.gettext

        def money(row: ProposalRow) -> str:
            return said.money(row.total.amount, row.total.currency) if row.total else ""

        def full(value) -> str:
            return write_date(value, said.language) if value else ""

        self.model = RowsModel(
            kit,
            (
                Column("number", lambda: _("Outgoing no."), lambda row: row.number, 110),
                Column("subject", lambda: _("Subject"), lambda row: row.subject, 260, stretch=True),
                Column(
                    "status", lambda: _("Status"), lambda row: said.label("proposal_status", row.status), 170
                ),
                Column(
                    "total",
                    lambda: _("Total"),
                    money,
                    150,
                    key=lambda row: row.total.amount if row.total else 0,
                    right=True,
                ),
                Column("date", lambda: _("Date"), lambda row: full(row.date), 110, key=lambda row: row.date),
                Column(
                    "valid",
                    lambda: _("Valid until"),
                    lambda row: full(row.valid_until),
                    110,
                    key=lambda row: row.valid_until,
                ),
                Column(
                    "next",
                    lambda: _("Next contact"),
                    lambda row: said.day(row.next_date),
                    120,
                    key=lambda row: row.next_date,
                ),
            ),
        )
        self.table = RowsTable(kit, lambda: _("Proposals of this client"), self.model, "client proposals")
        self.table.opened.connect(lambda row: open_proposal(row.id))
        self.empty = EmptyState(
            kit,
            "proposals",
            lambda: _("Proposals to this client stand here: drafts, sent ones, earlier ones."),
            first=lambda: _("Start a proposal"),
            on_first=start,
        )
        self.start_button = button(kit, lambda: _("Start a proposal"), "add", "", start)
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(columns(self.start_button, 1))
        column.addWidget(self.table, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(filled)
        self.stack.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)

    def show_proposals(self, rows: Sequence[ProposalRow]) -> None:
        """Show these."""
        self.table.keep_selection(lambda: self.model.set_rows(rows))
        self.stack.setCurrentIndex(0 if rows else 1)
