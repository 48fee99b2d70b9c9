"""The matrix of who of us knows whom: the client's people down, our colleagues across, 0 to 3 in a cell (D13)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.people_words import shown_name
from kamdesk.model.values import PersonName

if TYPE_CHECKING:
    from kamdesk.services.acquaintances import AcquaintanceView, OurView, TheirView, WhoKnows

Index = QModelIndex | QPersistentModelIndex
STRENGTH_ROLE = int(Qt.ItemDataRole.UserRole) + 1
NOTED_ROLE = STRENGTH_ROLE + 1


class WhoKnowsModel(QAbstractTableModel):
    """``STRENGTH_ROLE`` gives and takes 0 to 3; a change is handed to ``on_set(colleague id, person id, strength)``.

    ``how_well(strength)`` says a strength in words. :meth:`light` marks the colleagues who know about something.
    """

    def __init__(
        self,
        kit: Kit,
        how_well: Callable[[int], str],
        on_set: Callable[[str, str, int], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._kit, self._how_well, self._on_set = kit, how_well, on_set
        self._matrix: WhoKnows | None = None
        self._lit: frozenset[str] = frozenset()
        kit.words.bind(self, self._retell)

    def show(self, matrix: WhoKnows) -> None:
        """Show another state; the places of the cells stay where people and colleagues are the same."""
        old = self._matrix
        same = old is not None and (old.ours, old.theirs) == (matrix.ours, matrix.theirs)
        if same:
            self._matrix = matrix
            self._retell()
            return
        self.beginResetModel()
        self._matrix = matrix
        self.endResetModel()

    def light(self, colleagues: frozenset[str]) -> None:
        """Mark these columns."""
        self._lit = colleagues
        if self.columnCount():
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def ours(self, column: int) -> OurView:
        """The colleague of a column."""
        assert self._matrix is not None
        return self._matrix.ours[column]

    def theirs(self, row: int) -> TheirView:
        """The client's person of a row."""
        assert self._matrix is not None
        return self._matrix.theirs[row]

    def cell(self, row: int, column: int) -> AcquaintanceView:
        """How well they know each other."""
        from kamdesk.services.acquaintances import AcquaintanceView

        assert self._matrix is not None
        key = (self.theirs(row).id, self.ours(column).id)
        return self._matrix.cells.get(key) or AcquaintanceView()

    # --- Qt ---------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self._matrix is None else len(self._matrix.theirs)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self._matrix is None else len(self._matrix.ours)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self.cell(index.row(), index.column())
        if role == STRENGTH_ROLE:
            return cell.strength
        if role == NOTED_ROLE:
            return bool(cell.note or cell.since)
        words = self._how_well(cell.strength)
        if role == Qt.ItemDataRole.DisplayRole:
            return words if cell.strength else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            since = self._kit.typed.show_partial_date(cell.since) if cell.since else ""
            return " · ".join(part for part in (words, since, cell.note) if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            ours, theirs = self.ours(index.column()).name, self.theirs(index.row()).name
            return f"{shown_name(ours)}, {shown_name(theirs)}: {words}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != STRENGTH_ROLE or value not in (0, 1, 2, 3):
            return False
        if value != self.cell(index.row(), index.column()).strength:
            self._on_set(self.ours(index.column()).id, self.theirs(index.row()).id, int(value))
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if self._matrix is None:
            return None
        down = orientation == Qt.Orientation.Vertical
        heads = self._matrix.theirs if down else self._matrix.ours
        if not 0 <= section < len(heads):
            return None
        head = heads[section]
        if role == Qt.ItemDataRole.DisplayRole:
            if down:
                title = self._matrix.theirs[section].title
                return f"{shown_name(head.name)}\n{title}" if title else shown_name(head.name)
            return short(head.name)
        if role == Qt.ItemDataRole.ToolTipRole:
            ours = None if down else self._matrix.ours[section]
            more = (ours.post, ours.topics) if ours is not None else (self._matrix.theirs[section].title,)
            return "\n".join(part for part in (shown_name(head.name), *more) if part)
        if role == Qt.ItemDataRole.DecorationRole and not down and head.id in self._lit:
            return self._kit.icons.icon("star", "accent_text")
        return None

    def _retell(self) -> None:
        if self.rowCount() and self.columnCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)


def short(name: PersonName) -> str:
    """«Соколова М.», or what there is of a name."""
    return f"{name.family} {name.given[:1]}.".strip() if name.family and name.given else name.full()
