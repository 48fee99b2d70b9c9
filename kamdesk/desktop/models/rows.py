"""A table over frozen row values, with its columns declared as data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer

from kamdesk.desktop.kit import Kit

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
PAINT_ROLE = int(Qt.ItemDataRole.UserRole) + 2

# As numbers: a painted row asks for them a hundred times, and each name of Qt's is looked up anew.
_DISPLAY, _DECORATION, _HINT, _ALIGNMENT = (
    int(role)
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.TextAlignmentRole,
    )
)
_ANSWERED = frozenset((_DISPLAY, _DECORATION, _HINT, _ALIGNMENT, ROW_ROLE, PAINT_ROLE))
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True)
class Column:
    """One column: ``text(row)`` is shown and copied, ``key(row)`` sorts (the text where it is missing).

    ``title`` is called again after a switch of the language. ``icon(row)`` names a drawing, ``hint(row)`` is the tool tip,
    An ``extra`` one is shown once it is asked for. ``mark(row)`` is ``(kind, step)`` for a judgement drawn before the text, as in ``judgement.paint_step``.
    """

    id: str
    title: Callable[[], str]
    text: Callable[[Any], str]
    width: int = 160
    key: Callable[[Any], Any] | None = None
    icon: Callable[[Any], str] | None = None
    hint: Callable[[Any], str] | None = None
    mark: Callable[[Any], tuple[str, int] | None] | None = None
    right: bool = False
    sortable: bool = True
    stretch: bool = False
    extra: bool = False


def text_key(text: str) -> tuple[str, str]:
    """A sort key in the order of the alphabet, Ё right after Е, case not counting."""
    folded = text.casefold()
    return folded.replace("ё", "е\uffff"), text


class RowsModel(QAbstractTableModel):
    """Rows of one frozen type. ``more`` is asked for the next rows when the view reaches the end (lists paged in SQL)."""

    def __init__(
        self,
        kit: Kit,
        columns: Sequence[Column],
        row_id: Callable[[Any], str] = lambda row: row.id,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self.columns = tuple(columns)
        self._row_id = row_id
        self._rows: list[Any] = []
        self._more: Callable[[], object] | None = None
        self._total = 0
        self.ordered_by = ""
        """The id of the column by which rows come sorted already: they need not be sorted again."""
        kit.words.bind(self, self._retranslate)

    def set_rows(
        self, rows: Sequence[Any], total: int | None = None, more: Callable[[], object] | None = None
    ) -> None:
        """Show other rows. ``total`` counts all that exist; ``more()`` is called when the end comes into sight."""
        self.beginResetModel()
        self._rows = list(rows)
        self._total = len(self._rows) if total is None else total
        self._more = more
        self.endResetModel()

    def add_rows(self, rows: Sequence[Any], more: Callable[[], object] | None = None) -> None:
        """Add the next rows, answered by ``more``; give it again where still more may follow."""
        self._more = more
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()
        self._total = max(self._total, len(self._rows))

    def put(self, row: Any) -> None:
        """Show another state of a row in its place; nothing where it is not here."""
        at = self.find(self._row_id(row))
        if at >= 0:
            self._rows[at] = row
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))

    def rows(self) -> tuple[Any, ...]:
        """The rows in the order in which they are shown."""
        return tuple(self._rows)

    def row(self, index: Index) -> Any:
        """The row value of an index."""
        return self._rows[index.row()]

    def id_of(self, row: int) -> str:
        """The id of the row at a place."""
        return self._row_id(self._rows[row])

    def find(self, row_id: str) -> int:
        """The place of a row by its id, −1 for none."""
        return next((at for at, row in enumerate(self._rows) if self._row_id(row) == row_id), -1)

    # --- Qt ---------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._more is not None and len(self._rows) < self._total

    def fetchMore(self, parent: Index) -> None:
        more, self._more = self._more, None
        if more is not None:
            # a view asks in the middle of its own work, where rows must not be added at once
            QTimer.singleShot(0, self, more)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ANSWERED or not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == _ALIGNMENT:
            return _RIGHT if column.right else _LEFT
        row = self._rows[index.row()]
        if role == _DISPLAY:
            return column.text(row)
        if role == _DECORATION:
            name = column.icon(row) if column.icon else ""
            return self._kit.icons.icon(name) if name else None
        if role == _HINT:
            return column.hint(row) if column.hint else None
        if role == ROW_ROLE:
            return row
        if role == PAINT_ROLE:
            return column.mark(row) if column.mark else None
        return None

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
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort what is here; empty texts stand last in both directions."""
        if not 0 <= column < len(self.columns) or not self.columns[column].sortable:
            return
        self.layoutAboutToBeChanged.emit()
        before = [self._row_id(self._rows[index.row()]) for index in self.persistentIndexList()]
        chosen = self.columns[column]
        filled = [row for row in self._rows if chosen.text(row)]
        empty = [row for row in self._rows if not chosen.text(row)]
        filled.sort(
            key=chosen.key or (lambda row: text_key(chosen.text(row))),
            reverse=order == Qt.SortOrder.DescendingOrder,
        )
        self._rows = filled + empty
        places = {self._row_id(row): at for at, row in enumerate(self._rows)}
        olds = self.persistentIndexList()
        news = [self.index(places[row_id], old.column()) for row_id, old in zip(before, olds, strict=True)]
        self.changePersistentIndexList(olds, news)
        self.layoutChanged.emit()

    def _retranslate(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
