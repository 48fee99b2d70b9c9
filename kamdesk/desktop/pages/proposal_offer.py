"""Step "Offer": the price table with paste from Excel, alternatives, totals as one types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.desktop.dialogs.price_pick import PickedPrice, PricePickDialog
from kamdesk.desktop.kit import Option
from kamdesk.desktop.models.offer_paste import read_offer, read_percent
from kamdesk.desktop.models.stored_grid import Stored, StoredGrid
from kamdesk.desktop.pages.proposal_schedule import Schedule
from kamdesk.desktop.pages.proposal_step import StepPage
from kamdesk.desktop.pages.proposal_terms import Terms
from kamdesk.desktop.pages.proposal_totals import TotalsBox
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.pages.proposal_work import ProposalState, ProposalWork
from kamdesk.desktop.widgets.basic import button, clear, label
from kamdesk.desktop.widgets.edit_grid import CellKind, EditGrid, GridColumn, GridRow
from kamdesk.desktop.widgets.flow import FlowLayout
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_choice import InlineChoice
from kamdesk.desktop.widgets.inline_text import InlineDecimal
from kamdesk.desktop.widgets.section import Section
from kamdesk.desktop.widgets.tab_order import order_tabs
from kamdesk.model.inputs import OfferLine
from kamdesk.model.messages import Message
from kamdesk.rules.offer import OfferTotals, WholeDiscount, alternatives, rates_in_force, totals
from kamdesk.services.proposal_views import OfferRow

NO_VAT = "none"
WHEN_WANTED = ("article", "alternative")
"""Columns that stand in the table only once somebody uses them or asks for them."""
_PLAIN = Decimal(1)


class OfferStep(StepPage):
    """What is typed is added up at once, before it is stored."""

    grid: EditGrid
    _stored: StoredGrid

    def __init__(self, work: ProposalWork, words: ProposalWords) -> None:
        super().__init__(work, words, "offer")
        self._id = ""
        self._kopecks = False
        self._wanted: frozenset[str] = frozenset()
        self.put(self._prices())
        self.put(Terms(work))
        self.schedule = Schedule(work, words, self._total, self._refused)
        self.stage_grid = self.schedule.grid
        self.stage_grid.model.rowsInserted.connect(lambda *_: self._fit(self.stage_grid, 3))
        self.put(self.schedule)

    def first_widget(self) -> QWidget | None:
        return self.grid.view

    def show_state(self, state: ProposalState) -> None:
        used = {name for name in WHEN_WANTED if any(getattr(row, name).strip() for row in state.page.offer)}
        if self._id != state.page.id:
            self._id = state.page.id
            self._stored.forget()
            self.schedule.stored.forget()
            if self._wanted != used:
                self._build_grid(frozenset(used))
        elif not used <= self._wanted:
            self._build_grid(self._wanted | used)
        self._stored.show(state.page.offer)
        self.schedule.show_state(state)
        self._fit(self.grid, 5)
        self._fit(self.stage_grid, 3)
        self._say_totals()

    # --- prices -----------------------------------------------------------------------------------------------

    def _prices(self) -> Section:
        kit, _ = self.kit, self.kit.words.gettext
        section = Section(kit, lambda: _("What is offered"))
        tools = QHBoxLayout()
        tools.setSpacing(4)
        self.from_list = button(kit, lambda: _("From the price list…"), "table", "link", self._ask_prices)
        self.ask_alternative = button(
            kit, lambda: _("Offer alternatives"), "copy", "link", lambda: self._want("alternative")
        )
        self.ask_article = button(
            kit, lambda: _("Article numbers"), "tag", "link", lambda: self._want("article")
        )
        for made in (self.from_list, self.ask_alternative, self.ask_article):
            tools.addWidget(made)
        tools.addStretch(1)
        section.body.addLayout(tools)
        self._place = QVBoxLayout()
        section.body.addLayout(self._place)
        self._build_grid(frozenset())
        section.body.insertLayout(0, self._how())  # asks the table for its alternatives
        self.totals = TotalsBox(kit, self.words)
        section.body.addWidget(self.totals)
        kit.words.bind(self, self._say_totals)
        return section

    def _how(self) -> FlowLayout:
        """VAT, currency and unit, what is off the whole, which alternative we recommend."""
        kit, _ = self.kit, self.kit.words.gettext
        options = FlowLayout(spacing=14)
        for name, say in (
            ("vat_mode", lambda: _("VAT in prices")),
            ("currency", lambda: _("Currency")),
            ("money_unit", lambda: _("Amounts shown in")),
        ):
            vocabulary = name
            options.addWidget(self._captioned(name, InlineChoice(
                kit, say, lambda vocabulary=vocabulary: kit.vocabularies.options(vocabulary), required=True
            )))  # fmt: skip
        off = InlineDecimal(kit, lambda: _("Discount on the whole"))
        off.setMaximumWidth(kit.theme.px(150))
        options.addWidget(self._captioned("total_discount", off))
        kinds = lambda: kit.vocabularies.options("discount_kind")  # noqa: E731
        kind = InlineChoice(kit, lambda: _("Discount in"), kinds, required=True)
        self._discount_kind = self._captioned("total_discount_kind", kind)
        options.addWidget(self._discount_kind)
        self.recommended = InlineChoice(
            kit, lambda: _("We recommend"), self._names, say_nothing=lambda: _("The first one")
        )
        self._recommended = self._captioned("recommended", self.recommended)
        self._recommended.hide()
        options.addWidget(self._recommended)
        return options

    def _captioned(self, name: str, editor: InlineEditor) -> QWidget:
        self.work.bind(name, editor)
        editor.saved.connect(lambda _value: self._say_totals())
        pair = QWidget()
        lines = QVBoxLayout(pair)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(label(self.kit, editor.label_text, "caption", buddy=editor))
        lines.addWidget(editor)
        return pair

    def _names(self) -> list[Option]:
        return [Option(name, name) for name in alternatives(self._lines())]

    def _want(self, column: str) -> None:
        """Show a column that is not used yet, and put the keyboard into it."""
        self._build_grid(self._wanted | {column})
        at = next(at for at, one in enumerate(self.grid.model.columns) if one.id == column)
        self.grid.view.go_to(0, at)
        self.grid.view.setFocus()

    def _build_grid(self, wanted: frozenset[str]) -> None:
        """Build the table anew with the columns that are wanted; rows and what is typed in them stay."""
        kit, _ = self.kit, self.kit.words.gettext
        before = None
        if self._place.count():
            self.grid.flush()
            before = (self.grid.rows(), self._stored)
            clear(self._place)
        self._wanted = wanted
        name = "-".join(("offer", *(one for one in WHEN_WANTED if one in wanted)))
        self.grid = EditGrid(
            kit, lambda: _("Offer and prices"), self._columns(), name, own_undo=False, still="name"
        )
        self.grid.set_paste_reader(self._read_paste)
        self.grid.edited.connect(lambda _change: self._say_totals())
        self.grid.model.rowsInserted.connect(lambda *_: self._fit(self.grid, 5))
        self.grid.model.rowsRemoved.connect(lambda *_: self._fit(self.grid, 5))
        stored = Stored(
            self._cells, self._row, self._save, lambda cells: bool(str(cells["name"]).strip()), "offer_item"
        )
        self._stored = StoredGrid(kit, self.grid, stored, self._refused)
        if before is not None:
            self._stored.follow(before[1])
            self.grid.set_rows(before[0])
        self._place.addWidget(self.grid)
        self.ask_alternative.setVisible("alternative" not in wanted)
        self.ask_article.setVisible("article" not in wanted)
        self._fit(self.grid, 5)
        if before is not None:
            order_tabs(self)

    def _ask_prices(self) -> None:
        state = self.work.state
        if state is None:
            return
        currency = str(state.page.values["currency"])
        dialog = PricePickDialog(self.kit, self.words, self.work.place.prices, self, currency=currency)
        dialog.picked.connect(self._take_prices)
        dialog.open()

    def _take_prices(self, picked: Sequence[PickedPrice]) -> None:
        """Lines of the price list below the others, as one step; those with an article number bring its column."""
        if any(one.row.article for one in picked) and "article" not in self._wanted:
            self._build_grid(self._wanted | {"article"})
        places = {column.id: at for at, column in enumerate(self.grid.model.columns)}
        start, show = len(self.grid.rows()), self.kit.typed.show_decimal
        cells = []
        for at, one in enumerate(picked, start):
            texts = {
                "article": one.row.article,
                "name": one.row.name,
                "unit": one.row.unit,
                "quantity": show(one.quantity),
                "price": show(one.row.price),
                "vat": f"{one.row.vat.normalize():f}" if one.row.vat is not None else "",
                "note": one.row.note,
            }
            cells += [(at, places[name], text) for name, text in texts.items() if text and name in places]
        self.grid.model.write(cells)

    def _columns(self) -> tuple[GridColumn, ...]:
        kit, _ = self.kit, self.kit.words.gettext
        units = lambda: [option.label for option in kit.vocabularies.options("unit_of_measure")]  # noqa: E731
        return (
            *self._extra(GridColumn("article", lambda: _("Article no."), width=84, names=("артикул", "код", "article", "sku"))),
            GridColumn("name", lambda: _("Item"), width=180, required=True),
            *self._extra(GridColumn("alternative", lambda: _("Alternative"), suggest=lambda: [one.code for one in self._names()], width=96, names=("вариант", "alternative", "variant"))),
            GridColumn("unit", lambda: _("Measure"), suggest=units, width=72),
            GridColumn("quantity", lambda: _("Qty"), CellKind.DECIMAL, width=66, default=_PLAIN),
            GridColumn("price", lambda: _("Price"), CellKind.DECIMAL, show=self._show_price, width=104),
            GridColumn("discount", lambda: _("Disc., %"), CellKind.DECIMAL, width=88),
            GridColumn("vat", lambda: _("VAT"), CellKind.CHOICE, options=self._rates, read=self._read_rate, show=self._show_rate, width=70, default=self._usual_rate()),
            GridColumn("sum", lambda: _("Sum"), CellKind.DECIMAL, computed=self._sum, width=112),
            GridColumn("optional", lambda: _("Option"), CellKind.YES_NO, width=70),
            GridColumn("note", lambda: _("Remark"), width=160),
        )  # fmt: skip

    def _extra(self, column: GridColumn) -> tuple[GridColumn, ...]:
        return (column,) if column.id in self._wanted else ()

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
        lines, state = self._lines(), self.work.state
        sums = []
        if state is not None:
            values = state.page.values
            plain = totals(lines, str(values["vat_mode"] or "on_top"), str(values["currency"]))
            sums = [part.gross for part in plain.lines]
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
        rows = read_offer(text, guess=in_front and at.column() <= 0)
        lacking = {name for row in rows or () for name in row if name in WHEN_WANTED} - self._wanted
        if not lacking:
            return rows

        def grow() -> None:
            self._build_grid(self._wanted | lacking)
            self.grid.paste(text)

        QTimer.singleShot(0, self, grow)
        return ()

    @staticmethod
    def _cells(row: OfferRow) -> Mapping[str, Any]:
        vat = NO_VAT if row.vat is None else f"{row.vat.normalize():f}"
        return {
            "name": row.name, "unit": row.unit, "quantity": row.quantity, "price": row.price or None,
            "discount": row.discount or None, "vat": vat, "optional": row.optional, "note": row.note,
            "alternative": row.alternative, "article": row.article,
        }  # fmt: skip

    @staticmethod
    def _row(row_id: str | None, cells: Mapping[str, Any]) -> OfferRow:
        vat = cells["vat"]
        return OfferRow(
            id=row_id,
            name=cells["name"],
            unit=cells["unit"],
            quantity=_PLAIN if cells["quantity"] is None else cells["quantity"],
            price=cells["price"] or Decimal(0),
            discount=cells["discount"] or Decimal(0),
            vat=None if vat in ("", NO_VAT) else Decimal(vat),
            optional=bool(cells["optional"]),
            note=cells["note"],
            alternative=str(cells.get("alternative", "")).strip(),
            article=str(cells.get("article", "")).strip(),
        )

    def _save(self, rows: Sequence[OfferRow]) -> Sequence[str]:
        proposals, proposal_id = self.work.place.proposals, self.work.id
        proposals.save_offer(proposal_id, rows)
        return [str(row.id) for row in proposals.page(proposal_id).offer]

    def _refused(self, message: Message) -> None:
        self.work.desk.window.notify(message, "error")

    def _lines(self) -> list[OfferLine]:
        found = [self._row(None, row.values) for row in self.grid.rows() if str(row.values["name"]).strip()]
        return [OfferLine.of(one) for one in found]

    def _counted(self, lines: Sequence[OfferLine]) -> OfferTotals | None:
        state = self.work.state
        if state is None or not lines:
            return None
        values = state.page.values
        return totals(
            lines,
            str(values["vat_mode"] or "on_top"),
            str(values["currency"]),
            WholeDiscount(values["total_discount"] or Decimal(0), str(values["total_discount_kind"])),  # type: ignore[arg-type]
            str(values["recommended"]),
        )

    def _total(self) -> Decimal | None:
        """What the offer comes to as it is typed."""
        counted = self._counted(self._lines())
        return counted.gross if counted is not None else None

    def _sum(self, row: GridRow) -> str:
        """The line with its VAT, before the discount on the whole."""
        line, state = self._row(None, row.values), self.work.state
        if state is None or not line.price:
            return ""
        values = state.page.values
        one = OfferLine(line.name, line.unit, line.quantity, line.price, line.discount, line.vat)
        currency = str(values["currency"])
        counted = totals([one], str(values["vat_mode"] or "on_top"), currency)
        return self.words.money(counted.gross, currency, kopecks=self._kopecks)

    def _say_totals(self) -> None:
        self._find_kopecks()
        state = self.work.state
        counted = self._counted(self._lines()) if state is not None else None
        if counted is None or state is None:
            self.totals.say(None)
            return
        currency, unit = str(state.page.values["currency"]), str(state.page.values["money_unit"] or "1")
        sums = (counted.gross, counted.net, counted.off, *(one.gross for one in counted.alternatives))
        kopecks = self._kopecks or any(amount != amount.to_integral_value() for amount in sums)
        self.totals.say(counted, lambda amount: self.words.money(amount, currency, unit, kopecks=kopecks))
        self.recommended.retell()
        self._recommended.setVisible(bool(counted.alternatives))
        self._discount_kind.setVisible(bool(state.page.values["total_discount"]))
        self.schedule.say()

    def _fit(self, grid: EditGrid, least: int) -> None:
        """As tall as its rows, within limits: the page scrolls, not the table."""
        rows = max(least, min(grid.model.rowCount(), 14))
        view = grid.view
        view.setFixedHeight(
            view.horizontalHeader().sizeHint().height() + rows * self.kit.theme.px(34) + self.kit.theme.px(16)
        )
