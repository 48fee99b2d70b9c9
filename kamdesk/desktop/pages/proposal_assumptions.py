"""What the benefit rests on: expected, lowest and highest likely value of each assumption, and how we know."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kamdesk.desktop.kit import Option
from kamdesk.desktop.models.stored_grid import Stored, StoredGrid
from kamdesk.desktop.pages.proposal_work import ProposalState, ProposalWork
from kamdesk.desktop.widgets.basic import label
from kamdesk.desktop.widgets.edit_grid import CellKind, EditGrid, GridColumn
from kamdesk.desktop.widgets.inline_text import InlineLongText
from kamdesk.desktop.widgets.section import Section
from kamdesk.model.inputs import AssumptionData
from kamdesk.model.messages import Message
from kamdesk.services.proposal_views import AssumptionRow


class Assumptions(Section):
    """``grid.edited`` after each change; :meth:`typed` gives them as they stand, whether stored or not."""

    def __init__(self, work: ProposalWork, refused: Callable[[Message], object]) -> None:
        kit, _ = work.kit, work.kit.words.gettext
        super().__init__(kit, lambda: _("Assumptions"))
        self._work = work
        self.body.addWidget(label(kit, lambda: _("Name what the figures rest on with its likely range, then choose it in “Rests on” above: what it does to the result is worked out."), "muted", wrap=True))  # fmt: skip
        self.grid = EditGrid(
            kit, lambda: _("Assumptions"), self._columns(), "assumptions", own_undo=False, still="name"
        )
        stored = Stored(
            self._cells, self._row, self._save, lambda cells: bool(str(cells["name"]).strip()), "assumption"
        )
        self.stored = StoredGrid(kit, self.grid, stored, refused)
        self.body.addWidget(self.grid)
        self.body.addWidget(work.bind("assumptions", InlineLongText(
            kit, lambda: _("Further assumptions in words"), placeholder=lambda: _("What the figures rest on; printed under the table")
        )))  # fmt: skip

    def show_state(self, state: ProposalState) -> None:
        """Show the assumptions as stored."""
        self.stored.show(state.page.assumptions)

    def options(self) -> list[Option]:
        """What a line can rest on: assumptions that are stored already."""
        state = self._work.state
        stored = state.page.assumptions if state is not None else ()
        return [Option(str(one.id), one.name) for one in stored]

    def typed(self) -> tuple[AssumptionData, ...]:
        """The assumptions as they are typed."""
        rows = ((row.key, self._row(None, row.values)) for row in self.grid.rows())
        return tuple(
            AssumptionData(key, one.name, one.value, one.unit, one.low, one.high, one.source)
            for key, one in rows
            if one.name.strip()
        )

    def _columns(self) -> tuple[GridColumn, ...]:
        _ = self.kit.words.gettext
        return (
            GridColumn("name", lambda: _("Assumption"), width=150, required=True, names=("допущение", "условие", "показатель", "параметр", "parameter", "name")),
            GridColumn("value", lambda: _("Expected value"), CellKind.DECIMAL, width=122, names=("значение", "план", "база", "value", "base")),
            GridColumn("unit", lambda: _("Measure"), width=76, names=("ед.", "ед. изм.", "единица", "unit")),
            GridColumn("low", lambda: _("Lowest"), CellKind.DECIMAL, width=92, names=("мин", "минимум", "от", "min", "low", "from")),
            GridColumn("high", lambda: _("Highest"), CellKind.DECIMAL, width=98, names=("макс", "максимум", "до", "max", "high", "to")),
            GridColumn("source", lambda: _("Source"), width=150, names=("откуда", "основание", "basis")),
        )  # fmt: skip

    @staticmethod
    def _cells(row: AssumptionRow) -> Mapping[str, Any]:
        return {
            "name": row.name,
            "value": row.value,
            "unit": row.unit,
            "low": row.low,
            "high": row.high,
            "source": row.source,
        }

    @staticmethod
    def _row(row_id: str | None, cells: Mapping[str, Any]) -> AssumptionRow:
        return AssumptionRow(
            row_id, cells["name"], cells["value"], cells["unit"], cells["low"], cells["high"], cells["source"]
        )

    def _save(self, rows: Sequence[AssumptionRow]) -> Sequence[str]:
        proposals, proposal_id = self._work.place.proposals, self._work.id
        proposals.save_assumptions(proposal_id, rows)
        return [str(row.id) for row in proposals.page(proposal_id).assumptions]
