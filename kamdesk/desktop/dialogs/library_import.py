"""Taking a price list or entries of the library over: what each column is, and what would change, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import clear, label
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.scroll import scrolling
from kamdesk.desktop.widgets.tick import Tick
from kamdesk.exchange.table_fields import FieldTable
from kamdesk.model.messages import Message

_SAMPLE = 3
MOST_LINES = 300
"""Lines of an account that are drawn; the rest is counted."""


@dataclass(frozen=True)
class Ahead:
    """What would happen: one line, then headings with their lines; ``ready`` whether it may be done."""

    summary: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    ready: bool


@dataclass(frozen=True)
class PriceChoices:
    """What is said of a price list besides its columns."""

    price_list: str = ""
    currency: str = "RUB"
    replace: bool = False


class LibraryImportDialog(DialogBase):
    """``look(table, choices)`` answers with what would happen, in the reading lane; ``confirmed(table, choices)`` asks to do it.

    ``table`` is None for a file of our own, which has no columns. ``for_prices`` shows the name of the price list, its
    currency, and whether missing lines go. ``sheet_wanted(name)`` asks for another sheet of the workbook, which is answered by
    :meth:`show_table`.
    """

    confirmed = Signal(object, object)
    sheet_wanted = Signal(str)

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        name: str,
        table: FieldTable | None,
        fields: Sequence[tuple[str, str]],
        look: Callable[[FieldTable | None, PriceChoices], Any],
        say: Callable[[Any], Ahead],
        *,
        for_prices: bool = False,
        price_lists: Sequence[str] = (),
    ) -> None:
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("Check before it is taken over: {name}").format(name=name), parent, ok=lambda: _("Take over"))  # fmt: skip
        self._table, self._fields, self._look, self._say = table, tuple(fields), look, say
        self._asked = 0
        self.combos: list[Combo] = []
        self.price_list, self.currency, self.replace = QLineEdit(), Combo(kit), Tick(kit)
        self.setMinimumWidth(kit.theme.px(860))
        self.sheets = Combo(kit)
        self._place = QVBoxLayout()
        if table is not None:
            if len(table.sheets) > 1:
                self.body.addLayout(self._sheets(table))
            self._place.addWidget(self._columns(table))
            self.body.addLayout(self._place)
        if for_prices:
            self.body.addLayout(self._prices(price_lists))
        self.summary = label(kit, wrap=True)
        self.summary.setAccessibleName(_("What will happen"))
        inner = QWidget()
        self._account = QVBoxLayout(inner)
        self._account.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._account.setSpacing(2)
        room = scrolling(inner, sideways=False)
        room.setMinimumHeight(kit.theme.px(200))
        self.body.addWidget(self.summary)
        self.body.addWidget(room, 1)
        self._ask()

    def choices(self) -> PriceChoices:
        """What is chosen besides the columns."""
        return PriceChoices(
            self.price_list.text().strip(),
            str(self.currency.currentData() or "RUB"),
            self.replace.isChecked(),
        )

    def accept(self) -> None:
        """Ask for it to be done; the dialog closes when it is."""
        self.confirmed.emit(self._table, self.choices())

    def show_table(self, table: FieldTable) -> None:
        """Show another sheet: its columns, and what would come of it."""
        self._table = table
        clear(self._place)
        self.combos = []
        self._place.addWidget(self._columns(table))
        self._ask()

    def done_well(self) -> None:
        """It is taken over."""
        super().accept()

    def refused(self, message: Message) -> None:
        """Say why not."""
        self.tell(self.kit.words.message(message))

    # --- parts

    def _sheets(self, table: FieldTable) -> QHBoxLayout:
        _ = self.kit.words.gettext
        self.sheets.addItems(list(table.sheets))
        self.sheets.setCurrentIndex(max(0, self.sheets.findText(table.sheet)))
        self.sheets.setAccessibleName(_("Sheet of the workbook"))
        self.sheets.setMinimumWidth(self.kit.theme.px(220))
        self.sheets.activated.connect(lambda _at: self._other_sheet())
        line = QHBoxLayout()
        line.addWidget(label(self.kit, lambda: _("Sheet"), "caption", buddy=self.sheets))
        line.addWidget(self.sheets)
        line.addStretch(1)
        return line

    def _other_sheet(self) -> None:
        if self.ok_button is not None:
            self.ok_button.setEnabled(False)
        self._asked += 1  # an answer about the sheet before is no longer wanted
        self.sheet_wanted.emit(self.sheets.currentText())

    def _columns(self, table: FieldTable) -> QWidget:
        kit, _ = self.kit, self.kit.words.gettext
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        for at, field in enumerate(table.fields):
            header = table.headers[at] if at < len(table.headers) else ""
            name = header or _("Column {n}").format(n=at + 1)
            combo = Combo(kit)
            for code, words in (("", _("Not understood: left out")), ("-", _("Leave out")), *self._fields):
                combo.addItem(words, code)
            combo.setCurrentIndex(max(0, combo.findData(field)))
            combo.setAccessibleName(_("Column {n}: {header}").format(n=at + 1, header=header))
            combo.setMinimumWidth(kit.theme.px(130))
            combo.activated.connect(lambda _index: self._changed())
            self.combos.append(combo)
            grid.addWidget(label(kit, lambda name=name: name[:40], "caption"), 0, at)
            grid.addWidget(combo, 1, at)
            for place, row in enumerate(table.rows[:_SAMPLE]):
                text = " ".join(row[at].split()) if at < len(row) else ""
                shown = label(kit, lambda text=text: text if len(text) < 36 else text[:35] + "…")
                shown.setToolTip(text)
                grid.addWidget(shown, 2 + place, at)
        room = scrolling(inner)
        room.setMinimumHeight(kit.theme.px(150))
        room.setMaximumHeight(kit.theme.px(190))
        return room

    def _prices(self, price_lists: Sequence[str]) -> QHBoxLayout:
        kit, _ = self.kit, self.kit.words.gettext
        self.price_list.setPlaceholderText(_("Name of the price list (may stay empty)"))
        self.price_list.setAccessibleName(_("Name of the price list"))
        if price_lists:
            self.price_list.setText(price_lists[0] if len(price_lists) == 1 else "")
        self.price_list.editingFinished.connect(self._ask)
        for option in kit.vocabularies.options("currency"):
            self.currency.addItem(option.label, option.code)
        self.currency.setAccessibleName(_("Currency, where the file does not say"))
        self.currency.setToolTip(_("Currency, where the file does not say"))
        self.currency.activated.connect(lambda _at: self._ask())
        self.replace.setText(_("Delete lines that the file no longer has"))
        self.replace.toggled.connect(lambda _on: self._ask())
        line = QHBoxLayout()
        line.addWidget(self.price_list, 1)
        line.addWidget(self.currency)
        line.addWidget(self.replace)
        return line

    def _changed(self) -> None:
        if self._table is not None:
            self._table = self._table.with_fields([str(combo.currentData()) for combo in self.combos])
            self._ask()

    def _ask(self) -> None:
        self._asked += 1
        turn, table, choices, look = self._asked, self._table, self.choices(), self._look
        if self.ok_button is not None:
            self.ok_button.setEnabled(False)

        def show(found: Any) -> None:
            if turn == self._asked:
                self.tell("")
                self._show(self._say(found))

        def failed(message: Message) -> None:
            if turn == self._asked:
                self._show(Ahead("", (), False))
                self.refused(message)

        self.kit.queries.run(lambda: look(table, choices), show, failed, owner=self, key="import ahead")

    def _show(self, ahead: Ahead) -> None:
        kit, ngettext = self.kit, self.kit.words.ngettext
        self.summary.setText(ahead.summary)
        clear(self._account)
        left = MOST_LINES
        for heading, lines in ahead.parts:
            self._account.addWidget(label(kit, lambda heading=heading: heading, "heading"))
            shown = lines[: max(0, left)]
            left -= len(shown)
            self._account.addWidget(label(kit, lambda shown=shown: "\n".join(shown), wrap=True))
            rest = len(lines) - len(shown)
            if rest:
                more = ngettext("and {n} more", "and {n} more", rest).format(n=rest)
                self._account.addWidget(label(kit, lambda more=more: more, "caption"))
        if self.ok_button is not None:
            self.ok_button.setEnabled(ahead.ready)
