"""The schedule of a proposal: stages with term, result and the share of the total that is due with each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from kamdesk.desktop.models.stored_grid import Stored, StoredGrid
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.pages.proposal_work import ProposalState, ProposalWork
from kamdesk.desktop.widgets.basic import label
from kamdesk.desktop.widgets.edit_grid import CellKind, EditGrid, GridColumn, GridRow
from kamdesk.desktop.widgets.section import Section
from kamdesk.model.messages import Message
from kamdesk.rules.offer import paid_share, payments
from kamdesk.services.proposal_views import StageRow

Total = Callable[[], Decimal | None]


class Schedule(Section):
    """``total()`` gives what the offer comes to as it is typed, None before there is one."""

    def __init__(
        self, work: ProposalWork, words: ProposalWords, total: Total, refused: Callable[[Message], object]
    ) -> None:
        kit, _ = work.kit, work.kit.words.gettext
        super().__init__(kit, lambda: _("Schedule of works"))
        self._work, self._words, self._total = work, words, total
        self.grid = EditGrid(kit, lambda: _("Schedule of works"), self._columns(), "stages", own_undo=False)
        self.grid.edited.connect(lambda _change: self.say())
        stored = Stored(
            self._cells, self._row, self._save, lambda cells: bool(str(cells["name"]).strip()), "stage"
        )
        self.stored = StoredGrid(kit, self.grid, stored, refused)
        self.body.addWidget(self.grid)
        self._sum = label(kit, look="muted", wrap=True)
        self.body.addWidget(self._sum)
        kit.words.bind(self, self.say)

    def show_state(self, state: ProposalState) -> None:
        """Show the stages as stored."""
        self.stored.show(state.page.stages)
        self.say()

    def say(self) -> None:
        """Say how much of the total the stages make, and draw the amounts anew."""
        _ = self.kit.words.gettext
        shares = self._shares()
        share = paid_share(shares)
        total, state = self._total(), self._work.state
        self._sum.setVisible(any(one is not None for one in shares) and state is not None)
        if total is None or state is None:
            self._sum.setText(
                _("The payments of the stages make {share}.").format(share=self._words.percent(share))
            )
        else:
            currency = str(state.page.values["currency"])
            due = sum((one for one in payments(total, shares, currency) if one is not None), Decimal(0))
            self._sum.setText(
                _("The payments of the stages make {share}: {sum} of {total}.").format(
                    share=self._words.percent(share),
                    sum=self._words.money(due, currency),
                    total=self._words.money(total, currency),
                )
            )
        self.grid.view.viewport().update()

    def _columns(self) -> tuple[GridColumn, ...]:
        _ = self.kit.words.gettext
        return (
            GridColumn("name", lambda: _("Stage"), width=150, required=True, names=("этап", "stage", "работы")),
            GridColumn("term", lambda: _("Term"), width=95, names=("срок", "сроки", "term", "when")),
            GridColumn("result", lambda: _("Result"), width=125, names=("результат", "итог", "result", "deliverable")),
            GridColumn("payment", lambda: _("Pay, %"), CellKind.DECIMAL, width=88, names=("оплата", "оплата, %", "доля", "payment", "%", "share")),
            GridColumn("due", lambda: _("Amount due"), CellKind.DECIMAL, computed=self._due, width=110),
        )  # fmt: skip

    def _shares(self) -> list[Decimal | None]:
        return [row.values["payment"] for row in self.grid.rows()]

    def _due(self, row: GridRow) -> str:
        total, state = self._total(), self._work.state
        if total is None or state is None or row.values.get("payment") is None:
            return ""
        currency = str(state.page.values["currency"])
        amounts = payments(total, self._shares(), currency)
        at = next((at for at, one in enumerate(self.grid.rows()) if one.key == row.key), -1)
        amount = amounts[at] if at >= 0 else None
        return self._words.money(amount, currency) if amount is not None else ""

    @staticmethod
    def _cells(row: StageRow) -> Mapping[str, Any]:
        return {"name": row.name, "term": row.term, "result": row.result, "payment": row.payment}

    @staticmethod
    def _row(row_id: str | None, cells: Mapping[str, Any]) -> StageRow:
        return StageRow(row_id, cells["name"], cells["term"], cells["result"], cells["payment"])

    def _save(self, rows: Sequence[StageRow]) -> Sequence[str]:
        proposals, proposal_id = self._work.place.proposals, self._work.id
        proposals.save_stages(proposal_id, rows)
        return [str(row.id) for row in proposals.page(proposal_id).stages]
