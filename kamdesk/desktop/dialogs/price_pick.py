"""Taking lines of the price list into an offer: search as one types, several lines, a quantity for each.

``PricePickDialog(kit, words, prices, parent, currency="RUB", section="").picked`` gives a tuple of :class:`PickedPrice`; with
``currency`` lines in another one say so. ``prices`` is ``workplace.prices``; nothing is written here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.models.rows import Column, RowsModel
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.widgets.basic import IconLabel, button, clear, label, tool_button
from kamdesk.desktop.widgets.scroll import scrolling
from kamdesk.desktop.widgets.table import RowsTable
from kamdesk.model.messages import KamdeskError
from kamdesk.model.written import write_date
from kamdesk.services.prices import PriceRow, Prices

_PAUSE_MS = 120
FIRST, NEXT = 100, 500
"""Lines that are read at once, and when the end of the list comes into sight."""


@dataclass(frozen=True)
class PickedPrice:
    """A line of the price list and how many of it are offered."""

    row: PriceRow
    quantity: Decimal = Decimal(1)


class PricePickDialog(DialogBase):
    """``picked(tuple of PickedPrice)`` in the order of choosing; Enter in the list chooses a line, Ctrl+Enter takes all chosen ones."""

    picked = Signal(object)

    def __init__(
        self,
        kit: Kit,
        words: ProposalWords,
        prices: Prices,
        parent: QWidget | None = None,
        *,
        currency: str = "",
    ) -> None:
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("From the price list"), parent, ok=lambda: _("Put into the offer"))
        self._words, self._prices, self._currency = words, prices, currency
        self.setMinimumWidth(kit.theme.px(840))
        self._chosen: dict[str, PriceRow] = {}
        self._quantities: dict[str, QLineEdit] = {}
        self._asked = 0
        if self.ok_button is not None:
            self.ok_button.setDefault(False)
            self.ok_button.setAutoDefault(False)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(_("Article number, name or section"))
        self.search.setAccessibleName(_("Article number, name or section"))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.model = RowsModel(kit, self._columns())
        self.model.ordered_by = "section"
        self.table = RowsTable(kit, lambda: _("Price list"), self.model, "price_pick")
        self.table.setSortingEnabled(False)
        self.table.setMinimumHeight(kit.theme.px(220))
        self.table.opened.connect(self.choose)
        self.note = label(kit, look="muted", wrap=True)
        self.add_button = button(
            kit, lambda: _("Choose the marked lines"), "add", on_click=self._choose_marked
        )
        self.add_button.setAutoDefault(False)
        self.count = label(kit, look="caption")
        self._body()
        self.search.setFocus()
        self._ask()

    def accept(self) -> None:
        """Give the chosen lines; with none chosen, the marked ones."""
        rows = list(self._chosen.values()) or self.table.selected_rows()
        _ = self.kit.words.gettext
        if not rows:
            self.tell(_("Nothing is chosen yet. Mark a line and press Enter."))
            return
        found = []
        for row in rows:
            quantity = self._quantity(row.id)
            if quantity is None:
                self.tell(_("A quantity is a number above zero: {name}").format(name=row.name))
                self._quantities[row.id].setFocus()
                return
            found.append(PickedPrice(row, quantity))
        self.picked.emit(tuple(found))
        super().accept()

    def choose(self, row: PriceRow) -> None:
        """Put a line among the chosen ones; one that is there already gets one more."""
        if row.id in self._chosen:
            now = self._quantity(row.id) or Decimal(0)
            self._quantities[row.id].setText(self.kit.typed.show_decimal(now + 1))
            return
        self._chosen[row.id] = row
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.accept()
        elif enter and self.search.hasFocus() and self.model.rowCount():
            self.choose(self.table.current_row() or self.model.rows()[0])
            self.search.selectAll()
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus() and self.model.rowCount():
            if not self.table.currentIndex().isValid():
                self.table.selectRow(0)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    # --- parts

    def _columns(self) -> tuple[Column, ...]:
        _ = self.kit.words.gettext
        return (
            Column("article", lambda: _("Article no."), lambda row: row.article, 120, sortable=False),
            Column(
                "name", lambda: _("Item"), lambda row: row.name, stretch=True,
                hint=lambda row: "\n".join(part for part in (self._ended(row), row.note or row.name) if part),
                icon=lambda row: "clock" if row.expired else "", sortable=False,
            ),
            Column("section", lambda: _("Section"), lambda row: row.section, 150, sortable=False),
            Column("unit", lambda: _("Measure"), lambda row: row.unit, 70, sortable=False),
            Column(
                "price", lambda: _("Price"), lambda row: self._words.money(row.price, row.currency), 130,
                right=True, sortable=False, icon=lambda row: "warning" if self._other(row) else "",
                hint=lambda row: _("Another currency than that of the offer") if self._other(row) else None,
            ),
        )  # fmt: skip

    def _body(self) -> None:
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(2, 2, 8, 2)
        self._grid.setColumnStretch(0, 1)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.chosen_room = scrolling(inner, sideways=False)
        self.chosen_room.setMinimumHeight(self.kit.theme.px(110))
        below = QHBoxLayout()
        below.addWidget(self.add_button)
        below.addStretch(1)
        below.addWidget(self.count)
        self.body.addWidget(self.search)
        self.body.addWidget(self.note)
        self.body.addWidget(self.table, 2)
        self.body.addLayout(below)
        self.body.addWidget(self.chosen_room, 1)
        self._draw()

    def _draw(self) -> None:
        """The chosen lines, each with its quantity; what was typed stays."""
        typed = {row_id: field.text() for row_id, field in self._quantities.items()}
        clear(self._grid)
        self._quantities = {}
        kit, _ = self.kit, self.kit.words.gettext
        for at, row in enumerate(self._chosen.values()):
            name = " · ".join(part for part in (row.article, row.name) if part)
            money = self._words.money(row.price, row.currency)
            field = QLineEdit(typed.get(row.id, "1"))
            field.setMaximumWidth(kit.theme.px(80))
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.setAccessibleName(_("Quantity: {name}").format(name=row.name))
            self._quantities[row.id] = field
            self._grid.addWidget(label(kit, lambda name=name: name, wrap=True), at, 0)
            against = self._against(row)
            if against:
                mark = IconLabel(kit, "clock" if row.expired else "warning", 16, "warning")
                mark.setToolTip(against)
                self._grid.addWidget(mark, at, 1)
                field.setAccessibleDescription(against)
            self._grid.addWidget(label(kit, lambda money=money: money, "caption"), at, 2)
            self._grid.addWidget(field, at, 3)
            self._grid.addWidget(label(kit, lambda unit=row.unit: unit, "caption"), at, 4)
            say = partial(_("Do not take: {name}").format, name=row.name)
            self._grid.addWidget(tool_button(kit, say, "close", partial(self._leave, row.id)), at, 5)
        self.chosen_room.setVisible(bool(self._chosen))
        self.count.setText(
            kit.words.ngettext("{n} line chosen", "{n} lines chosen", len(self._chosen)).format(
                n=len(self._chosen)
            )
        )

    def _choose_marked(self) -> None:
        for row in self.table.selected_rows():
            self.choose(row)

    def _leave(self, row_id: str) -> None:
        self._chosen.pop(row_id, None)
        self._draw()
        self.search.setFocus()

    def _quantity(self, row_id: str) -> Decimal | None:
        if row_id not in self._quantities:
            return Decimal(1)
        try:
            found = self.kit.typed.read_decimal(self._quantities[row_id].text().strip() or "1")
        except (KamdeskError, ValueError):
            return None
        return found if isinstance(found, Decimal) and found > 0 else None

    def _against(self, row: PriceRow) -> str:
        """What is to be known before this line is offered."""
        _ = self.kit.words.gettext
        other = _("Another currency than that of the offer") if self._other(row) else ""
        return "\n".join(part for part in (self._ended(row), other) if part)

    def _ended(self, row: PriceRow) -> str:
        """That the price ran out, and when; "" while it holds."""
        if not row.expired or row.valid_until is None:
            return ""
        day = write_date(row.valid_until, self.kit.words.language)
        return self.kit.words.gettext("The price was valid until {day}").format(day=day)

    def _other(self, row: PriceRow) -> bool:
        return bool(self._currency) and row.currency != self._currency

    # --- reading

    def _ask(self) -> None:
        self._asked += 1
        self._read(self.search.text().strip(), 0, self._asked)

    def _read(self, text: str, offset: int, asked: int) -> None:
        prices, limit = self._prices, FIRST if offset == 0 else NEXT

        def work() -> tuple[Sequence[PriceRow], int]:
            return prices.list(text, limit=limit, offset=offset), prices.count(text)

        def show(found: tuple[Sequence[PriceRow], int]) -> None:
            if asked != self._asked:
                return
            rows, total = found

            def more() -> None:
                self._read(text, offset + len(rows), asked)

            if offset:
                self.model.add_rows(rows, more)
            else:
                self.model.set_rows(rows, total, more)
                self._say(text, total)

        self.kit.queries.run(work, show, owner=self, key="price pick")

    def _say(self, text: str, total: int) -> None:
        _ = self.kit.words.gettext
        nothing = _("Nothing in the price list fits.") if text else _("The price list is empty. Import it in the library, on the tab “Price list”.")  # fmt: skip
        self.note.setText(nothing)
        self.note.setVisible(total == 0)
