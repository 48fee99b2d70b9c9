"""How wide the columns of a table are: as the user left them, else as declared, but never so narrow that a head is cut.

The heads of the other language may be longer: after a switch, or with another text size, what the user never touched is measured anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHeaderView, QTableView

from kamdesk.desktop.kit import Kit


class ColumnWidths(QObject):
    """``declared``: pixels at text size 1 for each column; ``kept``: pixels by place, for columns the user has set."""

    def __init__(self, kit: Kit, view: QTableView, declared: Sequence[int], kept: Mapping[int, int]) -> None:
        super().__init__(view)
        self._kit, self._view, self._declared = kit, view, tuple(declared)
        self._ours: dict[int, int] = {}
        self._kept = dict(kept)
        for at, width in kept.items():
            view.setColumnWidth(at, width)
        kit.words.bind(self, self.fit)
        kit.theme.changed.connect(self.fit)
        view.horizontalHeader().sortIndicatorChanged.connect(self.fit)  # its arrow needs room as well

    def fit(self, *_sorted: object) -> None:
        """Measure the columns that the user did not set."""
        header, scale = self._view.horizontalHeader(), self._kit.theme.px
        header.ensurePolished()
        for at, width in enumerate(self._declared):
            stretched = header.sectionResizeMode(at) == QHeaderView.ResizeMode.Stretch
            if stretched or self._is_kept(at):
                continue
            self._ours[at] = max(scale(width), header.sectionSizeHint(at), header.minimumSectionSize())
            self._view.setColumnWidth(at, self._ours[at])

    def renew(self, at: int) -> None:
        """Forget what a column was set to."""
        self._kept.pop(at, None)
        self._ours.pop(at, None)
        self.fit()

    def chosen(self) -> dict[int, int]:
        """The widths that are the user's, by place; of a hidden column the one it had."""
        return {
            at: self._kept[at] if self._view.isColumnHidden(at) else self._view.columnWidth(at)
            for at in range(len(self._declared))
            if self._is_kept(at)
        }

    def _is_kept(self, at: int) -> bool:
        header = self._view.horizontalHeader()
        if not header.isSectionHidden(at) and at in self._ours and header.sectionSize(at) != self._ours[at]:
            del self._ours[at]
            self._kept[at] = header.sectionSize(at)
        return at in self._kept
