"""The matrix of criteria: criteria down, readers across; each cell says in words whether the criterion is answered (R6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.rules.tailoring import CriterionRow
from kamdesk.services.proposal_views import ReaderView

Index = QModelIndex | QPersistentModelIndex
OPEN_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class CriteriaModel(QAbstractTableModel):
    """Read only. ``OPEN_ROLE`` is True where a reader's criterion has no argument."""

    def __init__(self, kit: Kit, words: ProposalWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._words = words
        self._rows: tuple[CriterionRow, ...] = ()
        self._readers: tuple[ReaderView, ...] = ()
        kit.words.bind(self, self._retranslate)

    def show(self, rows: Sequence[CriterionRow], readers: Sequence[ReaderView]) -> None:
        """Show another matrix."""
        self.beginResetModel()
        self._rows, self._readers = tuple(rows), tuple(readers)
        self.endResetModel()

    def cell(self, row: int, column: int) -> str:
        """What one cell says in words; "" where the reader does not watch the criterion and nothing answers it."""
        _, ngettext = self._kit.words.gettext, self._kit.words.ngettext
        entry, reader = self._rows[row], self._readers[column]
        n = len(entry.argument_ids.get(reader.id, ()))
        words = ngettext("{n} argument", "{n} arguments", n).format(n=n) if n else ""
        if entry.is_open(reader.id):
            words = _("no answer")
        if reader.id in entry.ranks and words:
            return _("#{rank}: {words}").format(rank=entry.ranks[reader.id] + 1, words=words)
        return words

    def short(self, row: int, column: int) -> str:
        """The same in signs, so that a group stands beside each other: rank, number of arguments, ✕ for a gap."""
        _ = self._kit.words.gettext
        entry, reader = self._rows[row], self._readers[column]
        n = len(entry.argument_ids.get(reader.id, ()))
        count = "✕" if entry.is_open(reader.id) else str(n) if n else ""
        if reader.id in entry.ranks:
            return _("#{rank} · {count}").format(rank=entry.ranks[reader.id] + 1, count=count)
        return count

    def gaps(self) -> int:
        """How many criteria of readers have no argument."""
        return sum(entry.is_open(reader.id) for entry in self._rows for reader in self._readers)

    def table(self) -> tuple[list[str], list[list[str]]]:
        """Names of the readers, and each criterion with its cells in words, for paper."""
        heads = [short_name(reader) for reader in self._readers]
        rows = [
            [
                self._words.label("criteria", entry.criterion),
                *(
                    f"✕ {self.cell(at, column)}" if entry.is_open(reader.id) else self.cell(at, column)
                    for column, reader in enumerate(self._readers)
                ),
            ]
            for at, entry in enumerate(self._rows)
        ]
        return heads, rows

    # --- Qt ---------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._readers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry, reader = self._rows[index.row()], self._readers[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.short(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.cell(index.row(), index.column()) or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignCenter)
        if role == OPEN_ROLE:
            return entry.is_open(reader.id)
        if role == Qt.ItemDataRole.ForegroundRole and entry.is_open(reader.id):
            return self._kit.theme.colour("danger")
        if role == Qt.ItemDataRole.ForegroundRole and reader.id not in entry.ranks:
            return self._kit.theme.colour("muted")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = self.cell(index.row(), index.column())
            return (
                f"{self._words.label('criteria', entry.criterion)}, {self._words.name(reader.name)}: {words}"
            )
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            if orientation == Qt.Orientation.Vertical and section < len(self._rows):
                return self._words.label("criteria", self._rows[section].criterion)
            if orientation == Qt.Orientation.Horizontal and section < len(self._readers):
                return short_name(self._readers[section]).replace(" ", "\n", 1)
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Vertical:
            return self._words.label("criteria", self._rows[section].criterion)
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Horizontal:
            return self._words.name(self._readers[section].name) if section < len(self._readers) else None
        return None

    def _retranslate(self) -> None:
        if self._rows and self._readers:
            last = self.index(len(self._rows) - 1, len(self._readers) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self._rows) - 1)


def short_name(reader: ReaderView) -> str:
    """«Самарин И. П.», or whatever part of the name there is."""
    name = reader.name
    initials = " ".join(f"{part[0]}." for part in (name.given, name.middle) if part)
    return f"{name.family} {initials}".strip() if name.family else name.full()
