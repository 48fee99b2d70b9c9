"""The deals of a client: what stands at which stage and comes to how much, and the card of the chosen one (P8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.models.rows import Column, RowsModel
from kamdesk.desktop.pages.capture_line import AddLine
from kamdesk.desktop.pages.client_deal_card import DealCardView
from kamdesk.desktop.pages.concessions import ClientConcessionsDialog
from kamdesk.desktop.pages.people_keyed import tall_enough
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.basic import button, columns, label
from kamdesk.desktop.widgets.cards import EmptyState
from kamdesk.desktop.widgets.panel import Panel
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.table import RowsTable
from kamdesk.store.changes import ChangeSet

if TYPE_CHECKING:
    from kamdesk.services.deal_views import DealCard, DealRow, StageSum

Loaded = tuple[str, tuple["DealRow", ...], tuple["StageSum", ...]]


class DealsPanel(Panel):
    """Tab ``deals`` of a client; ``deals:<id>`` opens that deal."""

    tables = (
        "deal", "deal_competitor", "part", "person", "employment", "seat", "proposal", "interaction", "participant",
        "promise", "note", "organisation", "preference", "attachment", "follow_up", "concession",
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        kit = desk.kit
        _ = kit.words.gettext
        self._desk, self._client, self._chosen = desk, "", ""
        self._rows: tuple[DealRow, ...] = ()
        self._sums: tuple[StageSum, ...] = ()
        self._said = said = Said(kit, desk.workplace.vocabularies, lambda: desk.workplace.store.now().date())
        self.line = AddLine(kit, lambda: _("What is being sold, in a few words"), self._add, stays=False)
        self.model = RowsModel(kit, _columns(desk, said))
        self.table = RowsTable(kit, lambda: _("Deals of this client"), self.model, "client deals")
        self.table.setSelectionMode(RowsTable.SelectionMode.SingleSelection)
        self.table.chosen.connect(self._choose)
        self.sums = label(kit, look="caption", wrap=True)
        self.card = card = DealCardView(desk, said, self._deleted)
        self.table.opened.connect(lambda _row: card.name.focus())
        list_side = QWidget()
        column = QVBoxLayout(list_side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(columns(button(kit, lambda: _("Add a deal"), "add", "", self.line.start), 1))
        column.addWidget(self.table, 1)
        column.addWidget(self.sums)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(14)
        split.addWidget(list_side)
        split.addWidget(self.card)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([470, 570])
        self.empty = EmptyState(
            kit,
            "money",
            lambda: _(
                "What you are selling to this client: for how much, when, who decides about it and against whom. "
                "A name is enough to begin."
            ),
            heading=lambda: _("Deals with this client"),
            first=lambda: _("Add a deal"),
            on_first=self.line.start,
        )
        tall_enough(kit, self.empty)
        self.stack = QStackedWidget()
        self.stack.addWidget(split)
        self.stack.addWidget(self.empty)
        self.all_concessions = button(
            kit, lambda: _("All concessions to this client"), "money", "link", self._show_concessions
        )
        self._concessions: ClientConcessionsDialog | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(self.line)
        outer.addWidget(self.stack, 1)
        outer.addWidget(self.all_concessions, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.table)
        mark_private(self)
        kit.words.bind(self, self._say_sums)

    def open(self, owner: str, rest: str = "") -> None:
        """Show the deals of a client, and one of them."""
        if owner != self._client:
            self.line.close_line()
            self._chosen = ""
        self._client = owner
        self._chosen = rest or self._chosen
        self._reload()

    def refresh(self, changes: ChangeSet) -> None:
        """Read anew."""
        self._reload()
        if self._concessions is not None:
            self._concessions.reload()

    def first_pane(self) -> QWidget:
        """The list."""
        return self.table

    def current(self) -> str:
        """The deal whose card is shown; "" for none."""
        return self._chosen

    # --- inside -----------------------------------------------------------------------------------------------

    def _reload(self) -> None:
        client, place = self._client, self._desk.workplace
        if client:
            self._desk.kit.queries.run(
                lambda: (client, place.deals.list(client), place.deals.sums(client)),
                self._show,
                owner=self,
                key=f"deals {id(self)}",
            )

    def _show(self, loaded: Loaded) -> None:
        client, rows, sums = loaded
        if client != self._client:
            return
        self._rows, self._sums = rows, sums
        ids = [row.id for row in rows]
        if self._chosen not in ids:
            self._chosen = ids[0] if ids else ""
        blocked = self.table.blockSignals(True)
        self.table.keep_selection(lambda: self.model.set_rows(rows))
        self.table.select_id(self._chosen)
        self.table.blockSignals(blocked)
        self.stack.setCurrentIndex(0 if rows else 1)
        self._say_sums()
        self._load_card()

    def _load_card(self) -> None:
        deal, place = self._chosen, self._desk.workplace
        if deal:
            self._desk.kit.queries.run(
                lambda: (place.deals.card(deal), place.preferences.get().buyer_set),
                self._show_card,
                lambda _gone: self._reload(),
                owner=self,
                key=f"deal {id(self)}",
            )

    def _show_card(self, loaded: tuple[DealCard, str]) -> None:
        card, buyer_set = loaded
        if card.row.id == self._chosen:
            self.card.show_card(card, buyer_set)

    def _choose(self, rows: Sequence[DealRow]) -> None:
        if rows and rows[0].id != self._chosen:
            self.card.flush()
            self._chosen = rows[0].id
            self._load_card()

    def _add(self, name: str) -> None:
        client, deals = self._client, self._desk.workplace.deals

        def done(row: str) -> None:
            self._chosen = row
            self.line.taken()
            self._reload()

        self._desk.kit.commands.run(
            lambda: deals.add(client, name), done, self.line.show_problem, owner=self.line
        )

    def _deleted(self, name: str) -> None:
        _, window = self._desk.kit.words.gettext, self._desk.window
        self._chosen = ""
        window.notify(
            lambda: _("Deleted: {name}").format(name=name),
            "success",
            action=lambda: _("Undo"),
            on_action=window.undo_requested.emit,
        )

    def _show_concessions(self) -> None:
        client, organisations = self._client, self._desk.workplace.organisations

        def opened(name: str) -> None:
            dialog = ClientConcessionsDialog(self._desk, self._said, client, name, self.window())
            self._concessions = dialog
            dialog.finished.connect(lambda _result: setattr(self, "_concessions", None))
            dialog.open()

        self._desk.kit.queries.run(
            lambda: next((one.name for one in organisations.links() if one.id == client), ""),
            opened,
            owner=self,
        )

    def _say_sums(self) -> None:
        _, ngettext = self._desk.kit.words.gettext, self._desk.kit.words.ngettext
        lines = []
        for one in self._sums:
            parts = [self._said.money(money.amount, money.currency) for money in one.sums]
            if one.unknown:
                unknown = ngettext("{n} without an amount", "{n} without an amount", one.unknown)
                parts.append(unknown.format(n=one.unknown))
            lines.append(f"{self._said.label('deal_stage', one.stage)}: {', '.join(parts)}")
        self.sums.setText("\n".join(lines))


def _columns(desk: Desk, said: Said) -> tuple[Column, ...]:
    _ = desk.kit.words.gettext

    def month(row: DealRow) -> str:
        return desk.kit.typed.show_partial_date(row.expected) if row.expected is not None else ""

    return (
        Column("name", lambda: _("Deal"), lambda row: row.name, 140, stretch=True),
        Column("stage", lambda: _("Stage"), lambda row: said.label("deal_stage", row.stage), 104),
        Column(
            "amount",
            lambda: _("Amount"),
            lambda row: said.money(row.amount.amount, row.amount.currency) if row.amount is not None else "",
            104,
            key=lambda row: row.amount.amount,
            right=True,
        ),
        Column("expected", lambda: _("Expected"), month, 96, key=lambda row: str(row.expected)),
    )
