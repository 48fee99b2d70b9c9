"""Draws the box to tick in a table in the colours of the theme: the style's own one is lost on a dark ground."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.models.rows import Index


class TickDelegate(QStyledItemDelegate):
    """For the first column of a table whose rows can be left out."""

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(parent)
        self._kit = kit

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        option.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, option, index)
        theme, table = self._kit.theme, option.widget
        if (
            isinstance(table, QAbstractItemView)
            and table.hasFocus()
            and table.currentIndex().row() == index.row()
        ):
            bar = option.rect.adjusted(0, 4, 0, -4)
            bar.setWidth(3)
            painter.fillRect(bar, theme.colour("accent"))
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is None or table is None:
            return
        known = QStyleOptionViewItem(option)
        self.initStyleOption(known, index)
        box = table.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, known, table)
        on = Qt.CheckState(state) == Qt.CheckState.Checked
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent" if on else "border"), 1.4))
        painter.setBrush(theme.colour("accent" if on else "surface"))
        painter.drawRoundedRect(QRectF(box).adjusted(0, 0, -1, -1), 3, 3)
        if on:
            self._kit.icons.paint(painter, "ok", box, "on_accent")
        painter.restore()
