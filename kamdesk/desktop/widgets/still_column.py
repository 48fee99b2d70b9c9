"""A column of a wide table that stays in sight: once it would leave at the left it stands still there, over what is scrolled.

The view draws it itself and answers for its place, so that keyboard, mouse, editors and screen readers know of one table only.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from kamdesk.desktop.models.rows import Index

_Hint = QAbstractItemView.ScrollHint


class StillHead(QHeaderView):
    """The heads, with the one of the still column over the others."""

    def __init__(self, view: StillColumnView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._table = view
        self.setSectionsClickable(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        strip = self._table.strip()
        if not strip.isEmpty():
            painter = QPainter(self.viewport())
            place = QRect(0, 0, strip.width(), self.viewport().height())
            painter.fillRect(place, self.palette().base())
            self.paintSection(painter, place, self._table.still)
            painter.end()


class StillColumnView(QTableView):
    """``still`` is the place of the column that stays; −1 for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.still = -1
        self.setHorizontalHeader(StillHead(self))
        self.horizontalScrollBar().valueChanged.connect(self._moved)
        self.horizontalHeader().sectionResized.connect(self._moved)

    def strip(self) -> QRect:
        """Where the column stands still, in the viewport; empty while it is in its own place."""
        if self.still < 0 or self.isColumnHidden(self.still) or self.columnViewportPosition(self.still) >= 0:
            return QRect()
        return QRect(0, 0, self.columnWidth(self.still), self.viewport().height())

    def _moved(self, *_what: int) -> None:
        """What is scrolled moves the pixels of the strip with it: draw it anew."""
        if self.still >= 0:
            self.viewport().update()
            self.horizontalHeader().viewport().update()

    # --- Qt ---------------------------------------------------------------------------------------------------

    def visualRect(self, index: Index) -> QRect:
        place = super().visualRect(index)
        if index.isValid() and index.column() == self.still and not self.strip().isEmpty():
            place.moveLeft(0)
        return place

    def indexAt(self, at: QPoint):
        if self.strip().contains(at):
            return self.model().index(self.rowAt(at.y()), self.still)
        return super().indexAt(at)

    def scrollTo(self, index: Index, hint: _Hint = _Hint.EnsureVisible) -> None:
        bar = self.horizontalScrollBar()
        if index.isValid() and index.column() == self.still and not self.strip().isEmpty():
            before = bar.value()
            super().scrollTo(index, hint)
            bar.setValue(before)  # it is in sight where it stands
            return
        super().scrollTo(index, hint)
        covered = self.strip().width() - self.columnViewportPosition(index.column())
        if index.isValid() and covered > 0:
            bar.setValue(bar.value() - covered)

    def selectionChanged(self, selected, deselected) -> None:
        super().selectionChanged(selected, deselected)
        self.viewport().update(self.strip())

    def dataChanged(self, first: Index, last: Index, roles=()) -> None:
        super().dataChanged(first, last, list(roles))
        self.viewport().update(self.strip())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        strip = self.strip().intersected(event.rect())
        if strip.isEmpty():
            return
        painter = QPainter(self.viewport())
        painter.setClipRect(strip)
        painter.fillRect(strip, self.palette().base())
        for row in range(self.rowAt(strip.top()), self.model().rowCount()):
            index = self.model().index(row, self.still)
            place = self.visualRect(index)
            if place.top() > strip.bottom():
                break
            self._paint_cell(painter, index, place)
        painter.end()

    def _paint_cell(self, painter: QPainter, index: Index, place: QRect) -> None:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = place
        if self.selectionModel().isSelected(index):
            option.state |= QStyle.StateFlag.State_Selected
        if index == self.currentIndex() and self.hasFocus():
            option.state |= QStyle.StateFlag.State_HasFocus
        self.itemDelegate().paint(painter, option, index)
        line = self.style().styleHint(QStyle.StyleHint.SH_Table_GridLineColor, option, self)
        painter.setPen(QPen(line & 0xFFFFFFFF if line < 0 else line))
        painter.drawLine(place.left(), place.bottom() + 1, place.right(), place.bottom() + 1)
        painter.drawLine(place.right() + 1, place.top(), place.right() + 1, place.bottom() + 1)
