"""The model of an editing grid: rows as values, every change one step that can be undone, an empty row for new ones at the end."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.models.grid_cells import (
    EMPTY,
    CellKind,
    GridChange,
    GridColumn,
    GridRow,
    read_cell,
    show_cell,
)
from kamdesk.model.messages import KamdeskError

Index = QModelIndex | QPersistentModelIndex
PROBLEM_ROLE = int(Qt.ItemDataRole.UserRole) + 1
NEW_ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 2
_MOST_STEPS = 200
_NEW = "new-"

Rows = tuple[GridRow, ...]
Cell = tuple[int, int, str]
"""Row, column, text: a row past the end is added."""


class GridModel(QAbstractTableModel):
    """``edited(GridChange)`` after every change by the user, undo and redo among them; never after :meth:`set_rows`.

    ``drafts_dropped()`` when only texts went that nobody had stored: there is nothing to store then.
    """

    edited = Signal(object)
    drafts_dropped = Signal()

    def __init__(
        self, kit: Kit, columns: Sequence[GridColumn], *, grows: bool = True, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self.columns = tuple(columns)
        self._rows: Rows = ()
        self._tail = grows
        self.grows = grows
        self._done: list[tuple[Rows, Rows]] = []
        self._undone: list[tuple[Rows, Rows]] = []
        self._problems: dict[tuple[str, str], str] = {}
        self._unread: list[set[tuple[str, str]]] = []
        kit.words.bind(self, self._retranslate)

    # --- rows -------------------------------------------------------------------------------------------------

    def rows(self) -> Rows:
        """The rows in order, without the empty one at the end."""
        return self._rows

    def set_rows(self, rows: Iterable[GridRow]) -> None:
        """Show stored rows. Drafts of rows that are still there stay; undo is forgotten where something truly differs."""
        drafts = {row.key: row.drafts for row in self._rows if row.drafts}
        wanted = tuple(replace(row, drafts=drafts.get(row.key, row.drafts)) for row in rows)
        if wanted == self._rows:
            return
        self._done.clear()
        self._undone.clear()
        self._problems = {
            place: text for place, text in self._problems.items() if place[0] in {row.key for row in wanted}
        }
        self._become(wanted)

    def rekey(self, old: str, new: str) -> None:
        """A new row was stored: it has an id now, in the steps of undo too."""

        def renamed(rows: Rows) -> Rows:
            return tuple(replace(row, key=new) if row.key == old else row for row in rows)

        self._rows = renamed(self._rows)
        self._done = [(renamed(before), renamed(after)) for before, after in self._done]
        self._undone = [(renamed(before), renamed(after)) for before, after in self._undone]
        self._unread = [
            {(new if key == old else key, column) for key, column in together} for together in self._unread
        ]
        self._problems = {
            (new if key == old else key, column): text for (key, column), text in self._problems.items()
        }

    def write(self, cells: Iterable[Cell]) -> int:
        """Write texts into cells as one step; rows past the end are added. Gives how many could not be read (kept as drafts)."""
        rows: list[GridRow] = list(self._rows)
        unread: set[tuple[str, str]] = set()
        for at, column_at, text in cells:
            column = self.columns[column_at]
            if not column.editable:
                continue
            while at >= len(rows):
                if not self.grows:
                    break
                rows.append(self.new_row())
            if at < len(rows):
                rows[at] = self._written(rows[at], column, text)
                if column.id in rows[at].drafts:
                    unread.add((rows[at].key, column.id))
        if unread:
            self._unread.append(unread)
        self._commit(tuple(rows))
        return len(unread)

    def put(self, cells: Iterable[tuple[int, int, Any]]) -> None:
        """Write values into cells as one step."""
        rows = list(self._rows)
        for at, column_at, value in cells:
            if self.columns[column_at].editable and at < len(rows):
                rows[at] = rows[at].with_cell(self.columns[column_at].id, value)
        self._commit(tuple(rows))

    def remove(self, places: Iterable[int]) -> None:
        """Take rows away as one step."""
        gone = set(places)
        self._commit(tuple(row for at, row in enumerate(self._rows) if at not in gone))

    def insert(self, at: int, count: int = 1) -> None:
        """Put empty rows before a place as one step."""
        fresh = tuple(self.new_row() for _ in range(count))
        self._commit(self._rows[:at] + fresh + self._rows[at:])

    def move(self, first: int, last: int, step: int) -> bool:
        """Move the rows first … last up (−1) or down (+1) as one step; False at the edge."""
        if first + step < 0 or last + step >= len(self._rows):
            return False
        block, rest = self._rows[first : last + 1], self._rows[:first] + self._rows[last + 1 :]
        self._commit(rest[: first + step] + block + rest[first + step :])
        return True

    def new_row(self) -> GridRow:
        """A row with the defaults and a key of its own."""
        values = {
            column.id: EMPTY[column.kind] if column.default is None else column.default
            for column in self.columns
            if column.computed is None
        }
        return GridRow(f"{_NEW}{uuid.uuid4().hex}", values)

    # --- undo -------------------------------------------------------------------------------------------------

    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self._undone)

    def undo(self) -> None:
        """Take the last step back."""
        if self._done:
            before, after = self._done.pop()
            self._undone.append((before, after))
            self._become(before)
            self.edited.emit(GridChange.between(after, before))

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        if self._undone:
            before, after = self._undone.pop()
            self._done.append((before, after))
            self._become(after)
            self.edited.emit(GridChange.between(before, after))

    def has_drafts(self) -> bool:
        """Whether a cell holds a text that could not be read, which nobody has stored."""
        return any(row.drafts for row in self._rows)

    def drop_drafts(self) -> None:
        """Take back the texts that could not be read and came last together; a new row that held nothing else goes too."""
        held = {(row.key, name) for row in self._rows for name in row.drafts}
        last = next((together for together in reversed(self._unread) if together & held), held)
        rows = []
        for row in self._rows:
            left = {name: text for name, text in row.drafts.items() if (row.key, name) not in last}
            now = row if len(left) == len(row.drafts) else replace(row, drafts=left)
            if now is row or not row.key.startswith(_NEW) or self._filled(now):
                rows.append(now)
        self._become(tuple(rows))
        self.drafts_dropped.emit()

    def _commit(self, rows: Rows) -> None:
        before = self._rows
        if rows == before:
            return
        self._done.append((before, rows))
        del self._done[:-_MOST_STEPS]
        self._undone.clear()
        change = GridChange.between(before, rows)
        for row in change.changed:
            for column in self.columns:
                self._problems.pop((row.key, column.id), None)
        self._become(rows)
        self.edited.emit(change)

    # --- problems ---------------------------------------------------------------------------------------------

    def set_problem(self, key: str, column: str, words: str) -> None:
        """Say at a cell why it was not taken; "" takes it away. It goes by itself when the row is changed."""
        self._problems.pop((key, column), None)
        if words:
            self._problems[key, column] = words
        at = next((at for at, row in enumerate(self._rows) if row.key == key), -1)
        if at >= 0:
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))

    def clear_problems(self) -> None:
        """Take all problems away that were given by :meth:`set_problem`."""
        self._problems.clear()
        self._all_changed()

    def problem(self, row: GridRow, column: GridColumn) -> str:
        """What is wrong with a cell, in words; "" for nothing."""
        _ = self._kit.words.gettext
        if column.id in row.drafts:
            return self._draft_problem(column, row.drafts[column.id])
        given = self._problems.get((row.key, column.id))
        if given:
            return given
        if column.required and row.values.get(column.id) in (None, "", ()) and self._filled(row):
            return _("This must be filled in")
        return ""

    def problems(self) -> list[tuple[str, str, str]]:
        """Key, column and words of every cell that is wrong."""
        found = (
            (row.key, column.id, self.problem(row, column)) for row in self._rows for column in self.columns
        )
        return [entry for entry in found if entry[2]]

    def _draft_problem(self, column: GridColumn, text: str) -> str:
        _ = self._kit.words.gettext
        try:
            read_cell(column, text, self._kit.typed)
        except KamdeskError as problem:
            return self._kit.words.message(problem.message)
        except ValueError:
            return {
                CellKind.CHOICE: _("There is no such choice. F2 shows the list."),
                CellKind.CODES: _("There is no such choice. F2 shows the list."),
                CellKind.DECIMAL: _("This is not a number"),
                CellKind.INTEGER: _("This is not a whole number"),
                CellKind.DATE: _("This is not a date"),
                CellKind.PARTIAL_DATE: _("This is not a date"),
                CellKind.YES_NO: _("Type yes or no"),
            }.get(column.kind, _("This is not understood. Check what was typed."))
        return ""

    # --- Qt ---------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows) + self._tail

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.columns[index.column()].editable else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if index.row() >= len(self._rows):
            return self._new_row_data(index, role)
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.text(row, column)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole, PROBLEM_ROLE):
            return self.problem(row, column) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title()}: {self.text(row, column)}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if (
            role != Qt.ItemDataRole.EditRole
            or not index.isValid()
            or not self.columns[index.column()].editable
        ):
            return False
        text = str(value)
        if index.row() >= len(self._rows) and not text.strip():
            return False
        self.write([(index.row(), index.column(), text)])
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title()
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = (
                    Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
                )
                return int(side | Qt.AlignmentFlag.AlignVCenter)
        if orientation == Qt.Orientation.Vertical and role == Qt.ItemDataRole.DisplayRole:
            return str(section + 1) if section < len(self._rows) else "+"
        return None

    def text(self, row: GridRow, column: GridColumn) -> str:
        """What a cell shows: its draft, or its value in words."""
        if column.computed is not None:
            return column.computed(row)
        if column.id in row.drafts:
            return row.drafts[column.id]
        return show_cell(column, row.values.get(column.id), self._kit.typed, self._kit.words.gettext("yes"))

    # --- inside -----------------------------------------------------------------------------------------------

    def _new_row_data(self, index: Index, role: int) -> Any:
        first = next((at for at, column in enumerate(self.columns) if column.editable), 0)
        if role == NEW_ROW_ROLE:
            return True
        if role == Qt.ItemDataRole.DisplayRole and index.column() == first:
            return self._kit.words.gettext("Type or paste here")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._kit.words.gettext("New row, {column}").format(
                column=self.columns[index.column()].title()
            )
        return "" if role == Qt.ItemDataRole.EditRole else None

    def _written(self, row: GridRow, column: GridColumn, text: str) -> GridRow:
        try:
            return row.with_cell(column.id, read_cell(column, text, self._kit.typed))
        except (KamdeskError, ValueError):
            return row.with_draft(column.id, text)

    def _filled(self, row: GridRow) -> bool:
        defaults = {
            column.id: EMPTY[column.kind] if column.default is None else column.default
            for column in self.columns
        }
        return bool(row.drafts) or any(
            value != defaults.get(name, value) for name, value in row.values.items()
        )

    def _become(self, rows: Rows) -> None:
        """Show another state with the fewest signals, so that selection and open editors stay where they are."""
        old = self._rows
        same: Callable[[int, int], bool] = lambda a, b: old[a].key == rows[b].key  # noqa: E731
        shorter = min(len(old), len(rows))
        head = next((at for at in range(shorter) if not same(at, at)), shorter)
        tail = next((at for at in range(shorter - head) if not same(-1 - at, -1 - at)), shorter - head)
        if len(old) - tail > head:
            self.beginRemoveRows(QModelIndex(), head, len(old) - tail - 1)
            self._rows = old[:head] + old[len(old) - tail :]
            self.endRemoveRows()
        added = rows[head : len(rows) - tail]
        if added and not tail and self._tail:
            added = self._turn_tail_into(added[0], added[1:])
        elif added:
            self.beginInsertRows(QModelIndex(), head, head + len(added) - 1)
            self._rows = self._rows[:head] + added + self._rows[head:]
            self.endInsertRows()
        changed = [at for at, row in enumerate(rows) if row != self._rows[at]]
        self._rows = rows
        # computed columns and "must be filled" read the whole row: all of a changed row is painted anew
        for at in changed:
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))

    def _turn_tail_into(self, first: GridRow, others: Rows) -> Rows:
        """The empty row at the end becomes the first added one (its open editor stays), a fresh one comes after the rest."""
        at = len(self._rows)
        self._tail = False
        self._rows = (*self._rows, first)
        self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Vertical, at, at)
        self.beginInsertRows(QModelIndex(), at + 1, at + 1 + len(others))
        self._rows = self._rows + others
        self._tail = True
        self.endInsertRows()
        return ()

    def _all_changed(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.columns) - 1))

    def _retranslate(self) -> None:
        self._all_changed()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
