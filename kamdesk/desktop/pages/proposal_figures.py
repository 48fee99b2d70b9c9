"""Step "Figures": what the client gains by period, what that rests on, what follows in words and as charts (R3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.desktop.models.stored_grid import Stored, StoredGrid
from kamdesk.desktop.models.tsv import from_tsv
from kamdesk.desktop.pages.proposal_assumptions import Assumptions
from kamdesk.desktop.pages.proposal_chart import BenefitChart
from kamdesk.desktop.pages.proposal_step import StepPage
from kamdesk.desktop.pages.proposal_tornado import Sayings, SensitivityBox
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.pages.proposal_work import ProposalState, ProposalWork
from kamdesk.desktop.widgets.basic import button, clear, label
from kamdesk.desktop.widgets.edit_grid import CellKind, EditGrid, GridColumn
from kamdesk.desktop.widgets.inline_choice import InlineChoice
from kamdesk.desktop.widgets.inline_text import InlineDecimal
from kamdesk.desktop.widgets.section import Section
from kamdesk.desktop.widgets.tab_order import order_tabs
from kamdesk.model.inputs import BenefitData, BenefitLine
from kamdesk.model.messages import Message
from kamdesk.model.written import write_decimal
from kamdesk.rules.benefit import BenefitResult, evaluate, years_and_months
from kamdesk.rules.sensitivity import analyse
from kamdesk.rules.typed.numbers import parse_decimal
from kamdesk.services.proposal_views import BenefitRow

LEAST_PERIODS, MOST_PERIODS = 2, 61
_SPREAD = ("разброс", "±", "spread", "+/-")


class FiguresStep(StepPage):
    """The grid has one column a period; adding or taking one builds it anew with the same rows."""

    def __init__(self, work: ProposalWork, words: ProposalWords) -> None:
        super().__init__(work, words, "figures")
        self._id = ""
        self._periods = 0
        self.assumptions = Assumptions(work, self._refused)
        self.put(self._model())
        self.put(self.assumptions)
        self.put(self._result())
        self._build_grid(5)
        self.assumptions.grid.edited.connect(lambda _change: self._say_result())
        self.assumptions.grid.model.rowsInserted.connect(lambda *_: self._fit())
        self.kit.words.bind(self, self._say_result)

    def first_widget(self) -> QWidget | None:
        return self.grid.view

    def show_state(self, state: ProposalState) -> None:
        wanted = max((len(row.amounts) for row in state.page.benefit), default=5)
        if self._id != state.page.id:
            self._id = state.page.id
            self.assumptions.stored.forget()
            self._build_grid(max(wanted, LEAST_PERIODS))
        elif wanted > self._periods:
            self._build_grid(wanted)
        self.assumptions.show_state(state)
        self._stored.show(state.page.benefit)
        self._fit()
        self._say_result()

    # --- the model --------------------------------------------------------------------------------------------

    def _model(self) -> Section:
        kit, _ = self.kit, self.kit.words.gettext
        section = Section(kit, lambda: _("What the client gains"))
        options = QHBoxLayout()
        options.setSpacing(14)
        period = InlineChoice(
            kit, lambda: _("Period"), lambda: kit.vocabularies.options("benefit_period"), required=True
        )
        rate = InlineDecimal(kit, lambda: _("Discount rate, % a year"))
        for name, editor in (("benefit_period", period), ("discount_rate", rate)):
            self.work.bind(name, editor)
            editor.saved.connect(lambda _value: self._say_result())
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(label(kit, editor.label_text, "caption", buddy=editor))
            pair.addWidget(editor)
            options.addLayout(pair)
        rate.setMaximumWidth(kit.theme.px(150))
        options.addStretch(1)
        section.body.addLayout(options)
        self._place = QVBoxLayout()
        section.body.addLayout(self._place)
        below = QHBoxLayout()
        below.setSpacing(4)
        self.more = button(kit, lambda: _("Add a period"), "add", "link", lambda: self._change_periods(1))
        self.fewer = button(
            kit, lambda: _("Remove the last period"), "trash", "link", lambda: self._change_periods(-1)
        )
        below.addWidget(self.more)
        below.addWidget(self.fewer)
        below.addStretch(1)
        section.body.addLayout(below)
        return section

    def _build_grid(self, periods: int) -> None:
        kit, _ = self.kit, self.kit.words.gettext
        clear(self._place)
        self._periods = periods
        kinds = lambda: kit.vocabularies.options("benefit_kind")  # noqa: E731
        columns = (
            GridColumn("name", lambda: _("Item"), width=190, required=True, names=("статья", "показатель", "наименование", "item")),
            GridColumn("kind", lambda: _("Kind"), CellKind.CHOICE, options=kinds, width=110, default="saving", names=("вид", "тип", "kind", "type")),
            *(
                GridColumn(f"p{at}", lambda at=at: self._period_name(at), CellKind.DECIMAL, width=105, names=(str(at), f"год {at}", f"year {at}"))
                for at in range(periods)
            ),
            GridColumn("assumption_id", lambda: _("Rests on"), CellKind.CHOICE, options=self.assumptions.options, show=self._assumption_name, width=130, names=("зависит от", "допущение", "assumption")),
            GridColumn("spread", lambda: _("± %"), CellKind.DECIMAL, width=66, names=_SPREAD),
        )  # fmt: skip
        self.grid = EditGrid(
            kit, lambda: _("Benefit by period"), columns, f"benefit{periods}", own_undo=False, still="name"
        )
        self.grid.set_paste_reader(self._room_for)
        self.grid.edited.connect(lambda _change: self._say_result())
        self.grid.model.rowsInserted.connect(lambda *_: self._fit())
        stored = Stored(
            self._cells, self._row, self._save, lambda cells: bool(str(cells["name"]).strip()), "benefit_item"
        )
        self._stored = StoredGrid(kit, self.grid, stored, self._refused)
        self._place.addWidget(self.grid)
        self.fewer.setEnabled(periods > LEAST_PERIODS)
        self.more.setEnabled(periods < MOST_PERIODS)
        self._fit()
        order_tabs(self)

    def _room_for(self, text: str) -> Sequence[Mapping[str, str]] | None:
        """A pasted table with more periods than there are gets its columns first."""
        lines = from_tsv(text)
        numbers = max((sum(parse_decimal(cell) is not None for cell in line) for line in lines), default=0)
        spread = {name.casefold() for name in (*_SPREAD, self.grid.model.columns[-1].title())}
        numbers -= any(cell.casefold().strip() in spread for cell in lines[0]) if lines else 0
        wanted = min(numbers, MOST_PERIODS)
        if wanted <= self._periods:
            return None
        rows = self._rows_typed()

        def grow() -> None:
            self._build_grid(wanted)
            self._stored.show(rows)
            self.grid.view.go_to(self.grid.model.rowCount() - 1, 0)
            self.grid.paste(text)

        QTimer.singleShot(0, self, grow)
        return ()

    def _period_name(self, at: int) -> str:
        _ = self.kit.words.gettext
        if at == 0:
            return _("Start")
        state = self.work.state
        period = str(state.page.values["benefit_period"] or "year") if state is not None else "year"
        return _("{period} {n}").format(period=self.words.label("benefit_period", period), n=at)

    def _change_periods(self, step: int) -> None:
        self.grid.flush()
        rows = self._rows_typed()
        if step < 0:  # what stood in the last column goes, as one step that can be undone
            cut = [replace(row, amounts=row.amounts[: self._periods - 1]) for row in rows]
            proposals, proposal_id = self.work.place.proposals, self.work.id
            self.work.run(lambda: proposals.save_benefit(proposal_id, cut))
            rows = cut
        self._build_grid(self._periods + step)
        self._stored.show(rows)
        self._fit()
        self.grid.view.setFocus()

    def _rows_typed(self) -> list[BenefitRow]:
        whole = [row for row in self.grid.rows() if str(row.values["name"]).strip()]
        return [self._row(None if row.key.startswith("new-") else row.key, row.values) for row in whole]

    def _cells(self, row: BenefitRow) -> Mapping[str, Any]:
        amounts = {
            f"p{at}": (row.amounts[at] or None) if at < len(row.amounts) else None
            for at in range(self._periods)
        }
        return {
            "name": row.name,
            "kind": row.kind,
            **amounts,
            "assumption_id": row.assumption_id or "",
            "spread": row.spread,
        }

    def _row(self, row_id: str | None, cells: Mapping[str, Any]) -> BenefitRow:
        amounts = tuple(cells.get(f"p{at}") or Decimal(0) for at in range(self._periods))
        return BenefitRow(
            row_id,
            cells["name"],
            cells["kind"] or "saving",
            amounts,
            cells["assumption_id"] or None,
            cells["spread"],
        )

    def _assumption_name(self, assumption_id: str) -> str:
        return next((one.name for one in self.assumptions.typed() if one.id == assumption_id), "")

    def _save(self, rows: Sequence[BenefitRow]) -> Sequence[str]:
        proposals, proposal_id = self.work.place.proposals, self.work.id
        proposals.save_benefit(proposal_id, rows)
        return [str(row.id) for row in proposals.page(proposal_id).benefit]

    def _refused(self, message: Message) -> None:
        self.work.desk.window.notify(message, "error")

    def _fit(self) -> None:
        for grid, least in ((self.grid, 4), (self.assumptions.grid, 2)):
            rows, view = max(least, min(grid.model.rowCount(), 14)), grid.view
            head = view.horizontalHeader().sizeHint().height()
            view.setFixedHeight(head + rows * self.kit.theme.px(34) + self.kit.theme.px(16))

    # --- what follows -----------------------------------------------------------------------------------------

    def _result(self) -> Section:
        kit, _ = self.kit, self.kit.words.gettext
        section = Section(kit, lambda: _("What follows from it"))
        self._figures = QGridLayout()
        self._figures.setHorizontalSpacing(24)
        self._figures.setVerticalSpacing(2)
        section.body.addLayout(self._figures)
        self.chart = BenefitChart(kit)
        section.body.addWidget(self.chart)
        self._legend = label(
            kit,
            lambda: _("Bars: the net result of each period. Line: the cumulative effect."),
            "caption",
            wrap=True,
        )
        section.body.addWidget(self._legend)
        self.sensitivity = SensitivityBox(kit)
        section.body.addWidget(self.sensitivity)
        self._nothing = label(kit, lambda: _("Type or paste what the client invests, saves and earns: payback, ROI and NPV are worked out at once."), "muted", wrap=True)  # fmt: skip
        section.body.addWidget(self._nothing)
        return section

    def _typed(self) -> BenefitData | None:
        """The model as it is typed; None before it has figures."""
        state = self.work.state
        lines = tuple(
            BenefitLine(row.name, row.kind, row.amounts, row.assumption_id or "", row.spread)
            for row in self._rows_typed()
        )
        if state is None or not any(any(line.amounts) for line in lines):
            return None
        values = state.page.values
        rate, period = values["discount_rate"] or Decimal(0), str(values["benefit_period"] or "year")
        return BenefitData(lines, period, rate, assumed=self.assumptions.typed())  # type: ignore[arg-type]

    def _evaluated(self, model: BenefitData | None) -> BenefitResult | None:
        try:
            return evaluate(model) if model is not None else None
        except ValueError:  # a discount rate of −100 % or less: the field says so
            return None

    def _say_result(self) -> None:
        clear(self._figures)
        model, state = self._typed(), self.work.state
        result = self._evaluated(model)
        self._say_sensitivity(model if result is not None else None)
        for widget in (self.chart, self._legend):
            widget.setVisible(result is not None)
        self._nothing.setVisible(result is None)
        if result is None or state is None:
            return
        currency = str(state.page.values["currency"])
        entries = self.sentences(result)
        for at, (words, value) in enumerate(entries):
            row, column = divmod(at, 3)
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(label(self.kit, lambda words=words: words, "caption", wrap=True))
            pair.addWidget(label(self.kit, lambda value=value: value, "heading", wrap=True))
            self._figures.addLayout(pair, row, column)
        names = [self._period_name(at) for at in range(len(result.net))]
        unit = "1000000" if max(map(abs, result.cumulative), default=0) >= 1_000_000 else "1"
        amounts = [self.words.money(amount, currency, unit) for amount in result.cumulative]
        told = "; ".join(f"{name}: {amount}" for name, amount in zip(names, amounts, strict=True))
        _ = self.kit.words.gettext
        self.chart.show_flow(
            result.net, result.cumulative, names, amounts, _("Cumulative effect. {what}").format(what=told)
        )

    def sentences(self, result: BenefitResult) -> list[tuple[str, str]]:
        """What the figures are called and their values in words."""
        _ = self.kit.words.gettext
        state = self.work.state
        values = state.page.values if state is not None else {}
        currency, period = str(values.get("currency", "RUB")), str(values.get("benefit_period") or "year")
        money = lambda amount: self.words.money(amount.quantize(Decimal(1)), currency)  # noqa: E731
        never = _("does not pay back within these periods")
        found = [
            (_("Payback"), self._term(result.payback, period) if result.payback is not None else never),
            (_("Payback with discounting"), self._term(result.discounted_payback, period) if result.discounted_payback is not None else never),
            (_("Cumulative effect"), money(result.effect)),
            (_("Net present value (NPV)"), money(result.npv)),
        ]  # fmt: skip
        if result.roi is not None:
            found.append((_("Return on investment (ROI)"), self.words.percent(result.roi)))
        if result.irr is not None:
            found.append((_("Internal rate of return (IRR)"), self.words.percent(result.irr)))
        return found

    def _term(self, periods: Decimal, period: str) -> str:
        _, ngettext = self.kit.words.gettext, self.kit.words.ngettext
        years, months = years_and_months(periods, period)
        parts = []
        if years:
            parts.append(
                ngettext("{n} year", "{n} years", years).format(
                    n=write_decimal(Decimal(years), self.kit.words.language)
                )
            )
        if months:
            parts.append(ngettext("{n} month", "{n} months", months).format(n=months))
        return " ".join(parts) or _("at once")

    def _say_sensitivity(self, model: BenefitData | None) -> None:
        _ = self.kit.words.gettext
        state = self.work.state
        currency = str(state.page.values["currency"]) if state is not None else "RUB"
        found = analyse(model) if model is not None else None
        large = found is not None and abs(found.base) >= 1_000_000
        unit, period = ("1000000" if large else "1"), (model.period if model is not None else "year")
        never = _("does not pay back")
        self.sensitivity.say(found, Sayings(
            lambda amount: self.words.money(amount if large else amount.quantize(Decimal(1)), currency, unit),
            lambda periods: self._term(periods, period) if periods is not None else never,
        ))  # fmt: skip
