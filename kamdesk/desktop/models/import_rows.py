"""The rows of an import: what each would become, and a box to tick for those that are wanted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.models.rows import Column, Index, RowsModel
from kamdesk.model.messages import Message


@dataclass(frozen=True)
class ImportRow:
    """One row of the source. ``state`` is created, updated, same or skipped; ``id`` counts the rows of one report.

    ``record`` is the person's id where there is one; ``wanted`` rows can be unticked.
    """

    id: str
    source: str
    name: str
    state: str
    notes: tuple[Message, ...] = ()
    record: str = ""
    doubtful: bool = False

    @property
    def wanted(self) -> bool:
        """Whether the import would do something with it."""
        return self.state in ("created", "updated")


class ImportRowsModel(RowsModel):
    """``ticked(int)`` counts the rows that are wanted, after each change. Without ``choosing`` there are no boxes."""

    ticked = Signal(int)

    def __init__(self, kit: Kit, columns: Sequence[Column]) -> None:
        super().__init__(kit, columns)
        self.choosing = True
        self._left_out: set[str] = set()

    def left_out(self) -> frozenset[str]:
        """The sources of the rows that were unticked."""
        return frozenset(self._left_out)

    def forget(self) -> None:
        """Every row is wanted again, because another file is looked at."""
        self._left_out.clear()

    def set_ticked(self, rows: Iterable[ImportRow], on: bool) -> None:
        """Tick rows or leave them out; those that would be skipped anyway stay as they are."""
        for row in rows:
            if row.wanted and on:
                self._left_out.discard(row.source)
            elif row.wanted:
                self._left_out.add(row.source)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns) - 1))
        self.ticked.emit(len(self._left_out))

    def is_ticked(self, row: ImportRow) -> bool:
        """Whether a row is wanted."""
        return row.wanted and row.source not in self._left_out

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == 0 and self.choosing and self._rows[index.row()].wanted:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole and index.isValid():
            row = self._rows[index.row()]
            if index.column() or not self.choosing or not row.wanted:
                return None
            return Qt.CheckState.Checked if self.is_ticked(row) else Qt.CheckState.Unchecked
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid() or not self.choosing:
            return False
        row = self._rows[index.row()]
        if not row.wanted:
            return False
        self.set_ticked([row], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True
