"""How wide the columns of a table are: as the user left them, else as declared, but never so narrow that a head is cut.

The heads of the other language may be longer: after a switch, or with another text size, what the user never touched is measured anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QHeaderView, QTableView

from kamdesk.desktop.kit import Kit

_LEAST = 110
"""Pixels at text size 1 that a column keeps which takes the rest of the width."""


class ColumnWidths(QObject):
    """``declared``: pixels at text size 1 for each column; ``kept``: pixels by place, for columns the user has set."""

    def __init__(self, kit: Kit, view: QTableView, declared: Sequence[int], kept: Mapping[int, int]) -> None:
        super().__init__(view)
        self._kit, self._view, self._declared = kit, view, tuple(declared)
        self._ours: dict[int, int] = {}
        header = view.horizontalHeader()
        stretch = QHeaderView.ResizeMode.Stretch
        self._stretched = [at for at in range(len(declared)) if header.sectionResizeMode(at) == stretch]
        self._kept = dict(kept)
        for at, width in kept.items():
            view.setColumnWidth(at, width)
        kit.words.bind(self, self.fit)
        kit.theme.changed.connect(self.fit)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._leave_room)
        view.viewport().installEventFilter(self)
        view.horizontalHeader().sortIndicatorChanged.connect(self.fit)  # its arrow needs room as well

    def fit(self, *_sorted: object) -> None:
        """Measure the columns that the user did not set."""
        header, scale = self._view.horizontalHeader(), self._kit.theme.px
        header.ensurePolished()
        for at, width in enumerate(self._declared):
            if at in self._stretched or self._is_kept(at):
                continue
            self._ours[at] = max(scale(width), header.sectionSizeHint(at), header.minimumSectionSize())
            self._view.setColumnWidth(at, self._ours[at])
        self._leave_room()

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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._stretched:
            self._later.start()  # the view is still in the middle of its own work
        return False

    def _leave_room(self) -> None:
        """What takes the rest of the width keeps enough to be read: where the others leave less, the table is scrolled."""
        header = self._view.horizontalHeader()
        modes = QHeaderView.ResizeMode
        for at in self._stretched:
            others = sum(header.sectionSize(one) for one in range(header.count()) if one != at)
            least = max(self._kit.theme.px(min(self._declared[at], _LEAST)), header.sectionSizeHint(at))
            wanted = modes.Stretch if self._view.viewport().width() - others >= least else modes.Interactive
            if header.sectionResizeMode(at) != wanted:
                header.setSectionResizeMode(at, wanted)
            if wanted == modes.Interactive and header.sectionSize(at) < least:
                header.resizeSection(at, least)
