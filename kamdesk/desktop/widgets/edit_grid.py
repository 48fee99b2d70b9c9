"""A table that is written into like a spreadsheet: typed cells, paste from Excel with growth, fill-down, marks at wrong cells.

::

    grid = EditGrid(kit, lambda: _("Offer lines"), (
        GridColumn("name", lambda: _("Name"), width=280, required=True),
        GridColumn("quantity", lambda: _("Quantity"), CellKind.DECIMAL, default=Decimal(1)),
        GridColumn("sum", lambda: _("Sum"), computed=lambda row: money(row)),
    ), "offer")
    grid.set_rows(GridRow(line.id, {"name": line.name, …}) for line in lines)
    grid.edited.connect(self._store)      # GridChange: added, changed, removed, reordered

A page that stores each change gives a new row its id by ``grid.rekey(row.key, stored_id)``. Where the services' own undo covers the grid, give
``own_undo=False`` and Ctrl+Z goes to the window. ``still`` names the column that stays in sight when a wide table is scrolled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.models.grid import Cell, GridModel
from kamdesk.desktop.models.grid_cells import CellKind, GridChange, GridColumn, GridRow
from kamdesk.desktop.models.tsv import from_tsv
from kamdesk.desktop.widgets.basic import Say, button, label
from kamdesk.desktop.widgets.grid_view import GridView, spread
from kamdesk.desktop.widgets.heads import ColumnWidths

__all__ = ["CellKind", "EditGrid", "GridChange", "GridColumn", "GridRow"]

_PAUSE_MS = 300

PasteReader = Callable[[str], Sequence[Mapping[str, str]] | None]


class EditGrid(QWidget):
    """``edited(GridChange)`` after every step of the user, undo and redo among them; ``problems_changed(int)`` counts the wrong cells."""

    edited = Signal(object)
    problems_changed = Signal(int)

    def __init__(
        self,
        kit: Kit,
        say: Say,
        columns: Sequence[GridColumn],
        name: str,
        *,
        grows: bool = True,
        own_undo: bool = True,
        still: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._key = f"grid.{name}"
        self._reader: PasteReader | None = None
        self._report: Callable[[], str] = lambda: ""
        self.model = GridModel(kit, columns, grows=grows, parent=self)
        self.view = GridView(kit, self.model, own_undo=own_undo, parent=self)
        self.view.still = next((at for at, column in enumerate(columns) if column.id == still), -1)
        self.model.edited.connect(self._edited)
        self.model.drafts_dropped.connect(self._dropped)
        self.view.pasted.connect(self.paste)
        self._build(grows)
        self._restore()
        self.setFocusProxy(self.view)
        kit.words.bind(self.view, lambda: self.view.setAccessibleName(say()))
        kit.words.bind(self, self._say)

    def _build(self, grows: bool) -> None:
        kit, _ = self._kit, self._kit.words.gettext
        bar = QHBoxLayout()
        bar.setSpacing(4)
        self.add_button = button(kit, lambda: _("Add a row"), "add", "link", self._add)
        self.paste_button = button(kit, lambda: _("Paste"), "paste", "link", self.view.paste)
        self.remove_button = button(kit, lambda: _("Remove rows"), "trash", "link", self.view.remove_rows)
        for made in (self.add_button, self.paste_button, self.remove_button):
            bar.addWidget(made)
        self._message = label(kit, look="caption", wrap=True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        bar.addWidget(self._message, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        outer.addWidget(self.view, 1)
        outer.addLayout(bar)
        for made in (self.add_button, self.paste_button, self.remove_button):
            # Only now: a button without a parent would be shown as a window of its own.
            made.setVisible(grows)

    # --- for pages --------------------------------------------------------------------------------------------

    def rows(self) -> tuple[GridRow, ...]:
        """The rows in order."""
        return self.model.rows()

    def set_rows(self, rows: Iterable[GridRow]) -> None:
        """Show stored rows; the cell one is in, an open editor and unread drafts stay."""
        self.model.set_rows(rows)
        self._say()

    def rekey(self, old: str, new: str) -> None:
        """A new row was stored under the id ``new``."""
        self.model.rekey(old, new)

    def set_problem(self, key: str, column: str, words: str) -> None:
        """Say at a cell why it was not taken; it goes when the row is changed."""
        self.model.set_problem(key, column, words)
        self._say()

    def clear_problems(self) -> None:
        """Take the given problems away."""
        self.model.clear_problems()
        self._say()

    def problems(self) -> list[tuple[str, str, str]]:
        """Key, column and words of every wrong cell."""
        return self.model.problems()

    def current_row(self) -> GridRow | None:
        """The row the keyboard is on; None on the empty one."""
        at = self.view.currentIndex().row()
        return self.model.rows()[at] if 0 <= at < len(self.model.rows()) else None

    def go_to(self, key: str, column: str) -> None:
        """Put the keyboard on a cell (from a list of problems)."""
        at = next(at for at, row in enumerate(self.model.rows()) if row.key == key)
        self.view.go_to(at, next(at for at, one in enumerate(self.model.columns) if one.id == column))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_paste_reader(self, reader: PasteReader) -> None:
        """``reader(text)`` may read a text that is no table (signatures): column texts by id for new rows, or None to leave it."""
        self._reader = reader

    def flush(self) -> bool:
        """Store what is being typed in an open cell."""
        return self.view.flush()

    def paste(self, text: str) -> None:
        """Paste a text, as Ctrl+V does: with a heading line by its names, otherwise from the current cell on."""
        if not text.strip():
            return
        cells, left_out = self._cells(text)
        before = len(self.model.rows())
        wrong = self.model.write(cells)
        rows = len({row for row, _column, _text in cells})
        added = len(self.model.rows()) - before
        self._report = lambda: self._pasted(rows, added, wrong, left_out)
        self._say()

    # --- inside -----------------------------------------------------------------------------------------------

    def _cells(self, text: str) -> tuple[list[Cell], int]:
        """Where the texts go, and how many cells had no column."""
        read = self._reader(text) if self._reader is not None else None
        places = {column.id: at for at, column in enumerate(self.model.columns)}
        start = len(self.model.rows())
        if read is not None:
            return [
                (start + at, places[name], value)
                for at, row in enumerate(read)
                for name, value in row.items()
                if name in places
            ], 0
        lines = from_tsv(text)
        headed = self._heading(lines[0]) if len(lines) > 1 else None
        if headed is not None:
            body = lines[1:]
            cells = [
                (start + at, headed[place], value)
                for at, line in enumerate(body)
                for place, value in enumerate(line)
                if headed.get(place) is not None
            ]
            unknown = sum(
                bool(value) for line in body for place, value in enumerate(line) if place not in headed
            )
            return cells, unknown
        targets = self.view.selected_cells() or [(start if self.model.grows else 0, 0)]
        cells = spread(lines, targets, len(self.model.columns))
        width = len(self.model.columns) - min(column for _row, column in targets)
        return cells, sum(bool(value) for line in lines for value in line[width:])

    def _heading(self, line: list[str]) -> dict[int, int] | None:
        """The column of each pasted place, where the first line names at least two of ours."""
        names = {
            name.casefold().strip(): at
            for at, column in enumerate(self.model.columns)
            for name in (column.title(), column.id, *column.names)
        }
        found = {
            place: names[text.casefold().strip()]
            for place, text in enumerate(line)
            if text.casefold().strip() in names
        }
        return found if len(found) >= 2 else None

    def _pasted(self, rows: int, added: int, wrong: int, left_out: int) -> str:
        words = self._kit.words
        ngettext = words.ngettext
        parts = [ngettext("{n} row pasted", "{n} rows pasted", rows).format(n=rows)]
        if added and added != rows:
            parts.append(ngettext("{n} of them new", "{n} of them new", added).format(n=added))
        if left_out:
            parts.append(
                ngettext("{n} cell had no column", "{n} cells had no column", left_out).format(n=left_out)
            )
        if wrong:
            parts.append(
                ngettext("{n} cell was not understood", "{n} cells were not understood", wrong).format(
                    n=wrong
                )
            )
        return ", ".join(parts)

    def _add(self) -> None:
        self.view.go_to(self.model.rowCount() - 1, 0)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self, change: GridChange) -> None:
        self._report = lambda: ""
        self._say()
        self.edited.emit(change)

    def _dropped(self) -> None:
        self._report = lambda: ""
        self._say()

    def _say(self) -> None:
        wrong = len(self.model.problems())
        words = self._report()
        if not words and wrong:
            words = self._kit.words.ngettext("{n} cell needs a look", "{n} cells need a look", wrong).format(
                n=wrong
            )
        self._message.setText(words)
        self.problems_changed.emit(wrong)

    def _restore(self) -> None:
        kept = self._kit.settings.get(self._key, {})
        places = {column.id: at for at, column in enumerate(self.model.columns)}
        self._widths = ColumnWidths(
            self._kit,
            self.view,
            [column.width for column in self.model.columns],
            {places[name]: width for name, width in kept.items() if name in places},
        )
        self.view.horizontalHeader().setStretchLastSection(True)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._remember)
        self.view.horizontalHeader().sectionResized.connect(lambda _at, _old, _new: self._pause.start())

    def _remember(self) -> None:
        last = len(self.model.columns) - 1
        widths = {
            self.model.columns[at].id: width for at, width in self._widths.chosen().items() if at != last
        }
        self._kit.settings.set(self._key, widths)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        _ = self._kit.words.gettext
        menu = QMenu(self)
        for words, keys, command in (
            (_("Cut"), "Ctrl+X", self.view.cut),
            (_("Copy"), "Ctrl+C", self.view.copy),
            (_("Paste"), "Ctrl+V", self.view.paste),
            (_("Fill down"), "Ctrl+D", self.view.fill_down),
            (_("Row below"), "Ctrl+Enter", self.view.insert_row),
            (_("Remove rows"), "Ctrl+Del", self.view.remove_rows),
        ):
            menu.addAction(f"{words}\t{keys}").triggered.connect(
                lambda _checked=False, command=command: command()
            )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())
