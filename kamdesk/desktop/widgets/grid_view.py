"""The table of an editing grid and its keys, which are those of a spreadsheet.

Typing replaces a cell, F2 changes it, Enter and Tab go on (Tab past the last cell leaves the grid), Delete empties, Ctrl+C, Ctrl+X, Ctrl+V
exchange with Excel, Ctrl+D fills down, Ctrl+Delete takes rows away, Ctrl+Enter puts one below, Alt+↑/↓ move rows, Space ticks.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QWidget,
)

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.models.grid import Cell, GridModel
from kamdesk.desktop.models.grid_cells import CellKind
from kamdesk.desktop.models.tsv import to_tsv
from kamdesk.desktop.widgets.grid_delegate import GridDelegate
from kamdesk.desktop.widgets.still_column import StillColumnView

Hint = QAbstractItemDelegate.EndEditHint
_Key = Qt.Key
_CONTROL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier


class GridView(StillColumnView):
    """``pasted(text)``: Ctrl+V, for the grid to read."""

    pasted = Signal(str)

    def __init__(
        self, kit: Kit, model: GridModel, *, own_undo: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._grid = model
        self._own_undo = own_undo
        self._tab_from = -1
        self.setModel(model)
        self.delegate = GridDelegate(kit, model, self)
        self.setItemDelegate(self.delegate)
        self._look()
        kit.theme.changed.connect(self._resize_rows)

    # --- selection --------------------------------------------------------------------------------------------

    def selected_cells(self) -> list[tuple[int, int]]:
        """The selected cells as row and column, in reading order; the current one where nothing is selected."""
        found = sorted((index.row(), index.column()) for index in self.selectionModel().selectedIndexes())
        current = self.currentIndex()
        return found or ([(current.row(), current.column())] if current.isValid() else [])

    def selected_places(self) -> list[int]:
        """The rows that are touched by the selection, without the empty one at the end."""
        return sorted({row for row, _column in self.selected_cells() if row < len(self._grid.rows())})

    def go_to(self, row: int, column: int) -> None:
        """Put the keyboard on a cell."""
        index = self._grid.index(row, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    # --- what the keys do -------------------------------------------------------------------------------------

    def copy(self) -> None:
        """The selected cells to the clipboard, as a table for Excel."""
        cells = self.selected_cells()
        if not cells:
            return
        columns = sorted({column for _row, column in cells})
        lines = []
        for row in sorted({row for row, _column in cells}):
            chosen = set(cells)
            lines.append([
                str(self._grid.index(row, column).data(Qt.ItemDataRole.EditRole) or "") if (row, column) in chosen else ""
                for column in columns
            ])  # fmt: skip
        QGuiApplication.clipboard().setText(to_tsv(lines))

    def cut(self) -> None:
        """Copy, then empty."""
        self.copy()
        self.empty_cells()

    def paste(self) -> None:
        """What is on the clipboard, from the current cell on."""
        self.pasted.emit(QGuiApplication.clipboard().text())

    def empty_cells(self) -> None:
        """Empty the selected cells."""
        here = len(self._grid.rows())
        self._grid.write((row, column, "") for row, column in self.selected_cells() if row < here)

    def fill_down(self) -> None:
        """The topmost selected cell of each column into those below it; a single cell takes the one above it."""
        cells = self.selected_cells()
        rows = self._grid.rows()
        if len({row for row, _column in cells}) == 1:
            cells = [(cells[0][0] - 1, column) for _row, column in cells] + cells
        puts: list[tuple[int, int, object]] = []
        for column in {column for _row, column in cells}:
            places = sorted(row for row, at in cells if at == column)
            if 0 <= places[0] < len(rows):
                value = rows[places[0]].values.get(self._grid.columns[column].id)
                puts += [(row, column, value) for row in places[1:]]
        if any(row >= len(rows) for row, _column, _value in puts):
            texts = [
                (row, at, self._grid.text(rows[places[0]], self._grid.columns[at]))
                for row, at, _value in puts
            ]
            self._grid.write(texts)
        else:
            self._grid.put(puts)

    def remove_rows(self) -> None:
        """Take the selected rows away."""
        places = self.selected_places()
        if places:
            column = max(0, self.currentIndex().column())
            self._grid.remove(places)
            self.go_to(min(places[0], self._grid.rowCount() - 1), column)

    def insert_row(self) -> None:
        """An empty row below the current one."""
        at = min(self.currentIndex().row() + 1, len(self._grid.rows()))
        self._grid.insert(at)
        self.go_to(at, self._first())

    def move_rows(self, step: int) -> None:
        """The selected rows up (−1) or down (+1)."""
        places = self.selected_places()
        column = max(0, self.currentIndex().column())
        if places and self._grid.move(places[0], places[-1], step):
            self.clearSelection()
            self.go_to(places[0] + step, column)
            for row in range(places[0] + step, places[-1] + step + 1):
                self.selectionModel().select(
                    self._grid.index(row, column), QItemSelectionModel.SelectionFlag.Select
                )

    def tick(self) -> bool:
        """Turn the selected yes-and-no cells over; False where there are none."""
        here = len(self._grid.rows())
        ticks = [
            (row, column)
            for row, column in self.selected_cells()
            if row < here and self._grid.columns[column].kind == CellKind.YES_NO
        ]
        if ticks:
            row, column = ticks[0]
            on = not self._grid.rows()[row].values.get(self._grid.columns[column].id)
            self._grid.put((row, column, on) for row, column in ticks)
        return bool(ticks)

    def flush(self) -> bool:
        """Store what is being typed in an open cell. Called by the page when it is left."""
        if self.delegate.editor is not None:
            self.commitData(self.delegate.editor)
            self.closeEditor(self.delegate.editor, Hint.NoHint)
        return True

    def has_own_undo(self) -> bool:
        """Whether Ctrl+Z belongs to the grid now."""
        return self._own_undo and self._grid.can_undo()

    # --- Qt ---------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # what the grid does with a key must not be done by the window as well
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and self._command(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = self._command(event)
        if command is not None:
            command()
            event.accept()
            return
        key = event.key()
        if key in (_Key.Key_Return, _Key.Key_Enter) and not event.modifiers() & _ALT:
            self._enter(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key in (_Key.Key_Tab, _Key.Key_Backtab):
            if not self._tab(-1 if key == _Key.Key_Backtab else 1):
                self._leave(forward=key == _Key.Key_Tab)
        elif key == _Key.Key_Space and not event.modifiers() and self.tick():
            return
        elif key == _Key.Key_F2 or (key == _Key.Key_Down and event.modifiers() & _ALT):
            self._open_cell()
        elif key == _Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Tab is a key of the grid; it gives it back past its last cell."""
        return False

    def closeEditor(self, editor: QWidget, hint: Hint) -> None:
        self.delegate.forget(editor)
        super().closeEditor(editor, Hint.NoHint)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if hint == Hint.EditNextItem and not self._tab(1):
            self._leave(forward=True)
        elif hint == Hint.EditPreviousItem and not self._tab(-1):
            self._leave(forward=False)
        elif hint == Hint.SubmitModelCache:
            self._enter(1)

    def mousePressEvent(self, event) -> None:
        self._tab_from = -1
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._grid.columns[index.column()].kind == CellKind.YES_NO:
            self.tick()
        else:
            super().mouseDoubleClickEvent(event)

    def edit(self, index, *arguments) -> bool:  # type: ignore[override]
        # a yes-and-no cell is ticked, never typed into, except where a text that was not read stands in it
        ticked = index.isValid() and arguments and self._grid.columns[index.column()].kind == CellKind.YES_NO
        if ticked and (index.row() >= len(self._grid.rows()) or not self._grid.rows()[index.row()].drafts):
            return False
        return super().edit(index, *arguments)

    # --- inside -----------------------------------------------------------------------------------------------

    def _command(self, event: QKeyEvent) -> Callable[[], object] | None:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        standard = QKeySequence.StandardKey
        if self.state() == QAbstractItemView.State.EditingState:
            return None
        for keys, command in (
            (standard.Copy, self.copy),
            (standard.Cut, self.cut),
            (standard.Paste, self.paste),
        ):
            if event.matches(keys):
                return command
        if event.matches(standard.Undo):
            if not self._own_undo and self._grid.has_drafts():
                return self._grid.drop_drafts  # what is not stored goes first; the window takes back what is
            return self._grid.undo if self.has_own_undo() else None
        if event.matches(standard.Redo) or (key == _Key.Key_Y and modifiers == _CONTROL):
            return self._grid.redo if self._own_undo and self._grid.can_redo() else None
        return {
            (_Key.Key_D, _CONTROL): self.fill_down,
            (_Key.Key_Delete, _CONTROL): self.remove_rows,
            (_Key.Key_Return, _CONTROL): self.insert_row,
            (_Key.Key_Enter, _CONTROL): self.insert_row,
            (_Key.Key_Up, _ALT): lambda: self.move_rows(-1),
            (_Key.Key_Delete, Qt.KeyboardModifier.NoModifier): self.empty_cells,
            (_Key.Key_Backspace, Qt.KeyboardModifier.NoModifier): self.empty_cells,
        }.get((_Key(key), modifiers)) or self._move_down(key, modifiers)

    def _move_down(self, key: int, modifiers: Qt.KeyboardModifier) -> Callable[[], object] | None:
        """Alt+↓ opens the list of a choice and moves the row elsewhere, as in a spreadsheet."""
        column = self.currentIndex().column()
        choice = column >= 0 and self._grid.columns[column].kind in (CellKind.CHOICE, CellKind.CODES)
        if key == _Key.Key_Down and modifiers == _ALT and not choice:
            return lambda: self.move_rows(1)
        return None

    def _open_cell(self) -> None:
        index = self.currentIndex()
        if not index.isValid():
            return
        self.edit(index)
        if isinstance(self.delegate.editor, QComboBox):
            self.delegate.editor.showPopup()
        elif self._grid.columns[index.column()].kind == CellKind.CODES:
            self._show_codes()

    def _show_codes(self) -> None:
        """The whole list below a cell of several choices; what is chosen comes behind those that stand there."""
        line = self.delegate.editor
        if isinstance(line, QLineEdit) and line.completer() is not None:
            if line.text().strip():
                line.setText(line.text().rstrip(" ,;") + ", ")
            line.completer().setCompletionPrefix("")
            line.completer().complete()

    def _first(self) -> int:
        return next((at for at, column in enumerate(self._grid.columns) if column.editable), 0)

    def _enter(self, step: int) -> None:
        """One row down in the column where the run of Tabs began, as in a spreadsheet."""
        index = self.currentIndex()
        column = self._tab_from if self._tab_from >= 0 else max(0, index.column())
        self._tab_from = -1
        row = index.row() + step
        if 0 <= row < self._grid.rowCount():
            self.go_to(row, column)

    def _tab(self, step: int) -> bool:
        """The next cell that can be written into; False past the last (or before the first)."""
        index = self.currentIndex()
        if not index.isValid():
            self.go_to(0, self._first())
            return True
        if self._tab_from < 0:
            self._tab_from = index.column()
        row, column = index.row(), index.column() + step
        while True:
            if not 0 <= column < len(self._grid.columns):
                row, column = row + step, 0 if step > 0 else len(self._grid.columns) - 1
                self._tab_from = self._first()
            if not 0 <= row < self._grid.rowCount():
                return False
            if self._grid.columns[column].editable and not self.isColumnHidden(column):
                self.go_to(row, column)
                return True
            column += step

    def _leave(self, *, forward: bool) -> None:
        self._tab_from = -1
        QWidget.focusNextPrevChild(self.parentWidget() or self, forward)

    def _look(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.SelectedClicked)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(40)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self._resize_rows()

    def _resize_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._kit.theme.px(34))
        self.verticalHeader().setFixedWidth(self._kit.theme.px(38))


def spread(lines: list[list[str]], cells: list[tuple[int, int]], columns: int) -> list[Cell]:
    """Where pasted cells go: one line over all selected rows, one cell over the whole selection, else from the first cell on.

    Cells past the last column are left out; rows past the end are allowed.
    """
    top, left = min(row for row, _column in cells), min(column for _row, column in cells)
    chosen_rows = sorted({row for row, _column in cells})
    if len(lines) == 1 and len(lines[0]) == 1:
        return [(row, column, lines[0][0]) for row, column in cells]
    targets = (
        list(zip(chosen_rows, cycle(lines), strict=False))
        if len(lines) == 1
        else list(enumerate(lines, start=top))
    )
    return [
        (row, left + at, text) for row, line in targets for at, text in enumerate(line) if left + at < columns
    ]
