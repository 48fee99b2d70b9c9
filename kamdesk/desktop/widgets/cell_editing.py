"""Typing into the cells of a long list: one line editor that lies on the current cell and stays with its row when the list is read anew.

The list keeps its values and its paging; nothing but what is typed is held here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCompleter, QLineEdit

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.models.rows import Column, RowsModel
from kamdesk.desktop.widgets.basic import set_look
from kamdesk.desktop.widgets.table import RowsTable
from kamdesk.model.messages import KamdeskError, Message

_TYPED_AWAY: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


@dataclass(frozen=True)
class TypedCell:
    """How a cell is typed: ``text(row)`` is what stands in the editor, ``read(text)`` the fields that come of it.

    ``read`` raises KamdeskError, or ValueError, which is said as ``wrong()``. ``suggest()`` gives texts that are offered.
    """

    text: Callable[[Any], str]
    read: Callable[[str], Mapping[str, object]]
    wrong: Callable[[], str] = lambda: ""
    suggest: Callable[[], Sequence[str]] | None = None


class CellEditing(QObject):
    """F2, a typed character or a double click opens the cell; Enter stores and goes down, Tab stores and goes on, Esc gives up.

    ``save(row, values, stored, failed)`` stores fields; ``stored(row)`` shows the row as it is then, ``failed(message)`` brings
    the text back with its problem. ``told(message or words)`` says what is wrong; "" when nothing is any more.
    """

    told = Signal(object)

    def __init__(
        self,
        kit: Kit,
        table: RowsTable,
        model: RowsModel,
        cells: Mapping[str, TypedCell],
        save: Callable[
            [Any, Mapping[str, object], Callable[[Any], object], Callable[[Message], object]], object
        ],
    ) -> None:
        super().__init__(table)
        self._kit, self._table, self._model, self._save = kit, table, model, save
        self._cells = {at: cells[column.id] for at, column in enumerate(model.columns) if column.id in cells}
        self._row_id, self._at = "", -1
        self.line: QLineEdit | None = None
        table.typed_columns = frozenset(self._cells)
        table.installEventFilter(self)
        table.viewport().installEventFilter(self)
        model.modelReset.connect(self._place)
        model.layoutChanged.connect(lambda *_: self._place())
        table.horizontalHeader().sectionResized.connect(lambda *_: self._place())
        for bar in (table.verticalScrollBar(), table.horizontalScrollBar()):
            bar.valueChanged.connect(lambda _value: self._place())

    def open(self, index: QModelIndex, text: str | None = None) -> bool:
        """Open a cell with its text, or with another one; False where it cannot be typed into."""
        cell = self._cells.get(index.column()) if index.isValid() else None
        if cell is None:
            return False
        self.flush()
        row, column = self._model.row(index), self._model.columns[index.column()]
        self._row_id, self._at = row.id, index.column()
        self._table.scrollTo(index)
        self.line = self._editor(cell, column)
        self.line.setText(cell.text(row) if text is None else text)
        self._place()
        self.line.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        if text is None:
            self.line.selectAll()
        return True

    def flush(self) -> bool:
        """Store what is being typed; what cannot be read is given up with a word about it."""
        if self.line is None:
            return True
        done = self._store()
        self._close()
        return done

    # --- Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line:
            return self._in_line(event)
        if watched is self._table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._in_table(event)
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonDblClick:
            left = event.button() == Qt.MouseButton.LeftButton
            return left and self.open(self._table.indexAt(event.position().toPoint()))
        return False

    def _in_table(self, event: QKeyEvent) -> bool:
        index = self._table.currentIndex()
        if event.key() == Qt.Key.Key_F2:
            # a column that cannot be typed into leads to the first one that can
            first = next(iter(self._order()), -1)
            return self.open(index) or (index.isValid() and self.open(index.siblingAtColumn(first)))
        text = event.text()
        if text.strip() and text.isprintable() and not event.modifiers() & _TYPED_AWAY:
            return self.open(index, text)
        return False

    def _in_line(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            popup = self.line.completer().popup() if self.line is not None and self.line.completer() else None
            if popup is None or not popup.isVisible():
                self.flush()
            return False
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.told.emit("")
            self._close()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(1 if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier else -1, 0)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._go(-1 if key == Qt.Key.Key_Up else 1, 0)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._go(0, 1 if key == Qt.Key.Key_Tab else -1)
        else:
            return False
        return True

    # --- inside

    def _editor(self, cell: TypedCell, column: Column) -> QLineEdit:
        made = QLineEdit(self._table.viewport())
        set_look(made, "cell")
        made.setAccessibleName(column.title())
        made.setAutoFillBackground(True)
        if column.right:
            made.setAlignment(Qt.AlignmentFlag.AlignRight)
        if cell.suggest is not None:
            completer = QCompleter(list(cell.suggest()), made)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            made.setCompleter(completer)
        made.installEventFilter(self)
        return made

    def _place(self) -> None:
        """Lie on the cell of the row, wherever that is now; a row that is gone takes the editor with it."""
        if self.line is None:
            return
        at = self._model.find(self._row_id)
        if at < 0:
            self._close()
            return
        self.line.setGeometry(self._table.visualRect(self._model.index(at, self._at)))

    def _store(self) -> bool:
        """Read and store; False, with the reason told, where the text cannot be read."""
        line, cell, at = self.line, self._cells[self._at], self._model.find(self._row_id)
        if line is None or at < 0:
            return True
        row, text, column = self._model.rows()[at], line.text().strip(), self._at
        if text == cell.text(row):
            return True
        try:
            values = cell.read(text)
        except KamdeskError as problem:
            self.told.emit(problem.message)
            return False
        except ValueError:
            self.told.emit(cell.wrong())
            return False
        self.told.emit("")

        def failed(message: Message) -> None:
            self.told.emit(message)
            place = self._model.find(row.id)
            if place >= 0 and self.line is None:
                self.open(self._model.index(place, column), text)

        self._save(row, values, self._model.put, failed)
        return True

    def _go(self, down: int, along: int) -> None:
        """Store, then open nothing but stand on the next cell; what cannot be read stays open."""
        if not self._store():
            return
        at, column = self._model.find(self._row_id), self._at
        self._close()
        if along:
            order = self._order()
            place = order.index(column) + along
            down = -1 if place < 0 else 1 if place >= len(order) else 0
            column = order[place % len(order)]
        inside = 0 <= at + down < self._model.rowCount()
        row, column = (at + down, column) if inside else (at, self._at)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        index = self._model.index(row, column)
        self._table.selectionModel().setCurrentIndex(index, flags)
        self._table.scrollTo(index)
        if along and inside:
            self.open(index)

    def _order(self) -> list[int]:
        return [at for at, _column in self._table.shown_columns() if at in self._cells]

    def _close(self) -> None:
        line, self.line = self.line, None
        if line is None:
            return
        had_focus = line.hasFocus()
        line.removeEventFilter(self)
        line.hide()
        line.deleteLater()
        if had_focus:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
