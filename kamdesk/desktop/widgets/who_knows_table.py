"""The matrix of who knows whom as a table of rising bars: one key 0 to 3, or a click, sets a cell."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.models.who_knows import NOTED_ROLE, STRENGTH_ROLE, Index, WhoKnowsModel
from kamdesk.desktop.widgets.basic import Say
from kamdesk.desktop.widgets.judgement import paint_step

_KEYS = {
    Qt.Key.Key_0: 0,
    Qt.Key.Key_1: 1,
    Qt.Key.Key_2: 2,
    Qt.Key.Key_3: 3,
    Qt.Key.Key_Delete: 0,
    Qt.Key.Key_Backspace: 0,
}


class WhoKnowsTable(QTableView):
    """A second click on a cell raises it by one, 3 is followed by 0. ``entered()`` on Enter: to the remark."""

    entered = Signal()

    def __init__(self, kit: Kit, say: Say, model: WhoKnowsModel) -> None:
        super().__init__()
        self.setModel(model)
        model.setParent(self)
        self.setItemDelegate(_Bars(kit, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setDefaultSectionSize(kit.theme.px(132))
        across.setSectionsClickable(True)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(kit.theme.px(44))
        down.setMinimumWidth(kit.theme.px(250))
        down.setMaximumWidth(kit.theme.px(320))
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        kit.words.bind(self, lambda: self.setAccessibleName(say()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        strength = _KEYS.get(Qt.Key(event.key()))
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if strength is not None and plain and self.currentIndex().isValid():
            self.model().setData(self.currentIndex(), strength, STRENGTH_ROLE)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The first click only goes to a cell that says something; on an empty one it says "slightly"."""
        index, before = self.indexAt(event.position().toPoint()), self.currentIndex()
        super().mousePressEvent(event)
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            strength = int(index.data(STRENGTH_ROLE))
            if index == before or strength == 0:
                self.model().setData(index, (strength + 1) % 4, STRENGTH_ROLE)


class _Bars(QStyledItemDelegate):
    """Bars and words, a dot where a remark or a year stands."""

    def __init__(self, kit: Kit, table: QTableView) -> None:
        super().__init__(table)
        self._kit, self._table = kit, table

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self._kit.theme.px(132), self._kit.theme.px(44))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self._kit.theme, option.rect
        current = self._table.currentIndex() == index
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected or current:
            painter.fillRect(rect, theme.colour("accent_soft"))
        strength = int(index.data(STRENGTH_ROLE) or 0)
        side = theme.px(24)
        place = QRectF(rect.x() + 6, rect.center().y() - side / 2, side, side)
        if strength:
            paint_step(painter, self._kit, "influence", strength, True, place)
            painter.setPen(theme.colour("text"))
            words = rect.adjusted(side + 10, 0, -14, 0)
            text = option.fontMetrics.elidedText(
                str(index.data()), Qt.TextElideMode.ElideRight, words.width()
            )
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        if index.data(NOTED_ROLE):
            self._kit.icons.paint(
                painter, "note", QRectF(rect.right() - 18, rect.top() + 4, 14, 14).toRect(), "muted"
            )
        if current and self._table.hasFocus():
            painter.setPen(theme.colour("accent"))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()
