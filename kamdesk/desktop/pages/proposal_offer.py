"""Step "Offer": the price table with paste from Excel, totals as one types, conditions from presets, the schedule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Option
from kamdesk.desktop.models.offer_paste import read_offer, read_percent
from kamdesk.desktop.models.stored_grid import Stored, StoredGrid
from kamdesk.desktop.pages.proposal_step import StepPage
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.pages.proposal_work import ProposalState, ProposalWork
from kamdesk.desktop.widgets.basic import Say, button, clear, label
from kamdesk.desktop.widgets.edit_grid import CellKind, EditGrid, GridColumn, GridRow
from kamdesk.desktop.widgets.inline_choice import InlineChoice
from kamdesk.desktop.widgets.inline_text import InlineLongText
from kamdesk.desktop.widgets.section import Section
from kamdesk.model.inputs import OfferLine
from kamdesk.model.messages import Message
from kamdesk.rules.offer import OfferTotals, rates_in_force, totals
from kamdesk.services.proposal_views import OfferRow, StageRow

NO_VAT = "none"
_PLAIN = Decimal(1)


class OfferStep(StepPage):
    """What is typed is added up at once, before it is stored."""

    def __init__(self, work: ProposalWork, words: ProposalWords) -> None:
        super().__init__(work, words, "offer")
        self._id = ""
        self._kopecks = False
        self.put(self._prices())
        self.put(self._terms())
        self.put(self._schedule())

    def first_widget(self) -> QWidget | None:
        return self.grid.view

    def show_state(self, state: ProposalState) -> None:
        if self._id != state.page.id:
            self._id = state.page.id
            self._stored.forget()
            self._stages.forget()
        self._stored.show(state.page.offer)
        self._stages.show(state.page.stages)
        self._fit(self.grid, 5)
        self._fit(self.stage_grid, 3)
        self._say_totals()

    # --- prices -----------------------------------------------------------------------------------------------

    def _prices(self) -> Section:
        kit, _ = self.kit, self.kit.words.gettext
        section = Section(kit, lambda: _("What is offered"))
        options = QHBoxLayout()
        options.setSpacing(14)
        for name, say in (
            ("vat_mode", lambda: _("VAT in prices")),
            ("currency", lambda: _("Currency")),
            ("money_unit", lambda: _("Amounts shown in")),
        ):
            vocabulary = name
            editor = InlineChoice(
                kit, say, lambda vocabulary=vocabulary: kit.vocabularies.options(vocabulary), required=True
            )
            self.work.bind(name, editor)
            editor.saved.connect(lambda _value: self._say_totals())
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(label(kit, say, "caption", buddy=editor))
            pair.addWidget(editor)
            options.addLayout(pair)
        options.addStretch(1)
        section.body.addLayout(options)
        self.grid = EditGrid(kit, lambda: _("Offer and prices"), self._columns(), "offer", own_undo=False)
        self.grid.set_paste_reader(self._read_paste)
        self.grid.edited.connect(lambda _change: self._edited())
        self.grid.model.rowsInserted.connect(lambda *_: self._fit(self.grid, 5))
        self.grid.model.rowsRemoved.connect(lambda *_: self._fit(self.grid, 5))
        stored = Stored(
            self._cells, self._row, self._save, lambda cells: bool(str(cells["name"]).strip()), "offer_item"
        )
        self._stored = StoredGrid(kit, self.grid, stored, self._refused)
        section.body.addWidget(self.grid)
        self._totals = QGridLayout()
        self._totals.setHorizontalSpacing(18)
        self._totals.setVerticalSpacing(2)
        place = QHBoxLayout()
        place.addStretch(1)
        place.addLayout(self._totals)
        section.body.addLayout(place)
        kit.words.bind(self, self._say_totals)
        return section

    def _columns(self) -> tuple[GridColumn, ...]:
        kit, _ = self.kit, self.kit.words.gettext
        units = lambda: [option.label for option in kit.vocabularies.options("unit_of_measure")]  # noqa: E731
        return (
            GridColumn("name", lambda: _("Item"), width=180, required=True),
            GridColumn("unit", lambda: _("Measure"), suggest=units, width=72),
            GridColumn("quantity", lambda: _("Qty"), CellKind.DECIMAL, width=66, default=_PLAIN),
            GridColumn("price", lambda: _("Price"), CellKind.DECIMAL, show=self._show_price, width=92),
            GridColumn("discount", lambda: _("Disc., %"), CellKind.DECIMAL, width=88),
            GridColumn("vat", lambda: _("VAT"), CellKind.CHOICE, options=self._rates, read=self._read_rate, show=self._show_rate, width=70, default=self._usual_rate()),
            GridColumn("sum", lambda: _("Sum"), computed=self._sum, width=112),
            GridColumn("optional", lambda: _("Option"), CellKind.YES_NO, width=70),
            GridColumn("note", lambda: _("Remark"), width=160),
        )  # fmt: skip

    def _rates(self) -> list[Option]:
        state = self.work.state
        on = (
            state.page.values["date"] or state.today
            if state is not None
            else self.work.place.store.now().date()
        )
        items = rates_in_force(self.work.place.vocabulary.current, on)  # type: ignore[arg-type]
        return [Option(item.code, item.label(self.kit.words.language)) for item in items]

    def _usual_rate(self) -> str:
        rates = self._rates()
        return rates[0].code if rates else NO_VAT

    def _show_rate(self, code: str) -> str:
        label = self.words.label("vat_rate", code)
        return label if label != code else self.words.percent(Decimal(code))

    def _find_kopecks(self) -> None:
        """Note whether any amount of the table has kopecks: then all are shown with kopecks, one under the other."""
        lines = self._lines()
        counted = self._counted(lines)
        sums = [part.gross for part in counted.lines] if counted is not None else []
        found = any(amount != amount.to_integral_value() for amount in (*(one.price for one in lines), *sums))
        if found != self._kopecks:
            self._kopecks = found
            self.grid.view.viewport().update()

    def _show_price(self, price: Decimal) -> str:
        if not self._kopecks:
            return self.kit.typed.show_decimal(price)
        step = Decimal("0.01")
        # a price of more digits (a rate per kilogram) keeps them
        return self.kit.typed.show_decimal(price if price != price.quantize(step) else price.quantize(step))

    def _read_rate(self, text: str) -> str:
        folded = text.casefold().strip()
        if any(word in folded for word in ("без", "no", "none", "не обл")) or folded in ("-", "–", "—"):
            return NO_VAT
        rate = read_percent(text)
        if rate is None or not 0 <= rate < 100:
            raise ValueError(text)
        if 0 < rate < 1:  # a cell of Excel formatted as a share
            rate *= 100
        return f"{rate.normalize():f}"

    def _read_paste(self, text: str) -> Sequence[Mapping[str, str]] | None:
        at = self.grid.view.currentIndex()
        in_front = not at.isValid() or at.row() >= len(self.grid.rows()) or not self.grid.rows()
        return read_offer(text, guess=in_front and at.column() <= 0)

    @staticmethod
    def _cells(row: OfferRow) -> Mapping[str, Any]:
        vat = NO_VAT if row.vat is None else f"{row.vat.normalize():f}"
        return {
            "name": row.name, "unit": row.unit, "quantity": row.quantity, "price": row.price or None,
            "discount": row.discount or None, "vat": vat, "optional": row.optional, "note": row.note,
        }  # fmt: skip

    @staticmethod
    def _row(row_id: str | None, cells: Mapping[str, Any]) -> OfferRow:
        vat = cells["vat"]
        return OfferRow(
            row_id,
            cells["name"],
            cells["unit"],
            _PLAIN if cells["quantity"] is None else cells["quantity"],
            cells["price"] or Decimal(0),
            cells["discount"] or Decimal(0),
            None if vat in ("", NO_VAT) else Decimal(vat),
            bool(cells["optional"]),
            cells["note"],
        )

    def _save(self, rows: Sequence[OfferRow]) -> Sequence[str]:
        proposals, proposal_id = self.work.place.proposals, self.work.id
        proposals.save_offer(proposal_id, rows)
        return [str(row.id) for row in proposals.page(proposal_id).offer]

    def _refused(self, message: Message) -> None:
        self.work.desk.window.notify(message, "error")

    def _edited(self) -> None:
        self._say_totals()

    def _lines(self) -> list[OfferLine]:
        found = [self._row(None, row.values) for row in self.grid.rows() if str(row.values["name"]).strip()]
        return [
            OfferLine(
                one.name, one.unit, one.quantity, one.price, one.discount, one.vat, one.optional, one.note
            )
            for one in found
        ]

    def _counted(self, lines: Sequence[OfferLine]) -> OfferTotals | None:
        state = self.work.state
        if state is None or not lines:
            return None
        values = state.page.values
        return totals(lines, str(values["vat_mode"] or "on_top"), str(values["currency"]))

    def _sum(self, row: GridRow) -> str:
        line = self._row(None, row.values)
        counted = self._counted(
            [OfferLine(line.name, line.unit, line.quantity, line.price, line.discount, line.vat, False)]
        )
        state = self.work.state
        if counted is None or state is None or not line.price:
            return ""
        currency = str(state.page.values["currency"])
        return self.words.money(counted.lines[0].gross, currency, kopecks=self._kopecks)

    def _say_totals(self) -> None:
        clear(self._totals)
        self._find_kopecks()
        state = self.work.state
        counted = self._counted(self._lines()) if state is not None else None
        if counted is None or state is None:
            return
        _ = self.kit.words.gettext
        currency, unit = str(state.page.values["currency"]), str(state.page.values["money_unit"] or "1")
        kopecks = self._kopecks
        money = lambda amount: self.words.money(amount, currency, unit, kopecks=kopecks)  # noqa: E731
        lines: list[tuple[str, str, str]] = []
        if counted.discount:
            lines.append((_("Discounts take off"), money(counted.discount), "muted"))
        if counted.vat:
            lines.append((_("Without VAT"), money(counted.net), "muted"))
        for rate in counted.by_rate:
            if rate.rate is not None:
                words = _("VAT {rate}").format(rate=self.words.percent(rate.rate))
                lines.append((words, money(rate.vat), "muted"))
            elif counted.vat:
                lines.append((_("Not subject to VAT"), money(rate.gross), "muted"))
        lines.append((_("In total"), money(counted.gross), "heading"))
        if counted.optional_gross:
            lines.append((_("Options besides"), money(counted.optional_gross), "muted"))
        for at, (words, amount, look) in enumerate(lines):
            value = label(self.kit, lambda amount=amount: amount, look)
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._totals.addWidget(label(self.kit, lambda words=words: words, look), at, 0)
            self._totals.addWidget(value, at, 1)

    # --- conditions and schedule ------------------------------------------------------------------------------

    def _terms(self) -> Section:
        kit, _ = self.kit, self.kit.words.gettext
        section = Section(kit, lambda: _("Terms"))
        for name, vocabulary, say in (
            ("payment", "payment_terms", lambda: _("Payment")),
            ("delivery", "delivery_terms", lambda: _("Delivery")),
            ("lead_time", "lead_time_terms", lambda: _("Lead time")),
            ("warranty", "warranty_terms", lambda: _("Warranty")),
        ):
            section.body.addLayout(self._term(name, vocabulary, say))
        return section

    def _term(self, name: str, vocabulary: str, say: Say) -> QVBoxLayout:
        kit, _ = self.kit, self.kit.words.gettext
        editor = InlineLongText(kit, say)
        self.work.bind(name, editor)
        choose = button(kit, lambda: _("From a preset"), "chevron-down", "link")
        kit.words.bind(
            choose, lambda: choose.setAccessibleName(_("{what}: from a preset").format(what=say()))
        )
        choose.clicked.connect(lambda _checked=False: self._offer_presets(choose, name, vocabulary))
        head = QHBoxLayout()
        head.addWidget(label(kit, say, "muted", buddy=editor))
        head.addStretch(1)
        head.addWidget(choose)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(editor)
        return column

    def _offer_presets(self, at: QWidget, name: str, vocabulary: str) -> None:
        state = self.work.state
        if state is None:
            return
        language = str(state.page.values["language"])
        menu = QMenu(self)
        for item in self.work.place.vocabulary.current.items(vocabulary):
            text = item.text("text", language) or item.label(language)
            action = menu.addAction(item.label(self.kit.words.language))
            action.triggered.connect(lambda _checked=False, text=text: self.work.edit(name, text))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at.mapToGlobal(at.rect().bottomLeft()))

    def _schedule(self) -> Section:
        kit, _ = self.kit, self.kit.words.gettext
        section = Section(kit, lambda: _("Schedule of works"))
        columns = (
            GridColumn(
                "name", lambda: _("Stage"), width=360, required=True, names=("этап", "stage", "работы")
            ),
            GridColumn("term", lambda: _("Term"), width=200, names=("срок", "сроки", "term", "when")),
        )
        self.stage_grid = EditGrid(kit, lambda: _("Schedule of works"), columns, "stages", own_undo=False)
        self.stage_grid.model.rowsInserted.connect(lambda *_: self._fit(self.stage_grid, 3))
        stored = Stored(
            lambda row: {"name": row.name, "term": row.term},
            lambda row_id, cells: StageRow(row_id, cells["name"], cells["term"]),
            self._save_stages,
            lambda cells: bool(str(cells["name"]).strip()),
            "stage",
        )
        self._stages = StoredGrid(kit, self.stage_grid, stored, self._refused)
        section.body.addWidget(self.stage_grid)
        return section

    def _save_stages(self, rows: Sequence[StageRow]) -> Sequence[str]:
        proposals, proposal_id = self.work.place.proposals, self.work.id
        proposals.save_stages(proposal_id, rows)
        return [str(row.id) for row in proposals.page(proposal_id).stages]

    def _fit(self, grid: EditGrid, least: int) -> None:
        """As tall as its rows, within limits: the page scrolls, not the table."""
        rows = max(least, min(grid.model.rowCount(), 14))
        view = grid.view
        view.setFixedHeight(
            view.horizontalHeader().sizeHint().height() + rows * self.kit.theme.px(34) + self.kit.theme.px(16)
        )
