"""The table view of lists: whole rows, remembered columns, Ctrl+C for Excel, Enter opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.models.rows import PAINT_ROLE, Column, Index, RowsModel
from kamdesk.desktop.models.tsv import to_tsv
from kamdesk.desktop.widgets.basic import Say
from kamdesk.desktop.widgets.heads import ColumnWidths
from kamdesk.desktop.widgets.judgement import paint_step

_PAUSE_MS = 300


class RowsTable(QTableView):
    """``opened(row)`` on Enter and double click, ``chosen(list of rows)`` when the selection changes."""

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(
        self, kit: Kit, say: Say, model: RowsModel, settings_key: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._rows = model
        self._key = f"list.{settings_key}"
        self.typed_columns: frozenset[int] = frozenset()
        """Columns that are typed into: of these the current cell is framed, not only its row marked."""
        self.setModel(model)
        model.setParent(self)
        self._look()
        self.setItemDelegate(_MarkDelegate(kit, self))
        self._restore()
        # a column is dragged over many widths; only the last is worth a write
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._remember)
        header = self.horizontalHeader()
        header.sectionResized.connect(lambda _at, _old, _new: self._pause.start())
        header.sectionMoved.connect(lambda _at, _old, _new: self._pause.start())
        header.sortIndicatorChanged.connect(lambda _at, _order: self._pause.start())
        self.doubleClicked.connect(lambda index: self.opened.emit(model.row(index)))
        self.selectionModel().selectionChanged.connect(
            lambda _on, _off: self.chosen.emit(self.selected_rows())
        )
        kit.words.bind(self, lambda: self.setAccessibleName(say()))
        kit.theme.changed.connect(self._resize_rows)

    def selected_rows(self) -> list[Any]:
        """The selected row values in the order in which they are shown."""
        found = sorted(self.selectionModel().selectedRows(), key=lambda index: index.row())
        return [self._rows.row(index) for index in found]

    def current_row(self) -> Any | None:
        """The row the keyboard is on."""
        index = self.currentIndex()
        return self._rows.row(index) if index.isValid() else None

    def select_id(self, row_id: str) -> bool:
        """Select a row by its id and bring it into sight; False where it is not here."""
        at = self._rows.find(row_id)
        if at < 0:
            return False
        self.selectRow(at)
        self.scrollTo(self._rows.index(at, 0))
        return True

    def selectRow(self, row: int) -> None:
        """Select this row alone, whatever key is held down: Qt's own adds or takes away a row while Ctrl is."""
        if 0 <= row < self._rows.rowCount():
            first = max(0, self.horizontalHeader().logicalIndexAt(0))
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(self._rows.index(row, first), flags)

    def keep_selection(self, change: Callable[[], object]) -> None:
        """Change the rows by ``change()`` and select the same ids again."""
        ids = {self._rows.id_of(index.row()) for index in self.selectionModel().selectedRows()}
        current = self.currentIndex()
        current_id = self._rows.id_of(current.row()) if current.isValid() else ""
        column = max(0, current.column())
        change()
        self._sort_again()
        at = self._rows.find(current_id) if current_id else -1
        if at >= 0:
            self.selectionModel().setCurrentIndex(
                self._rows.index(at, column), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        for place in range(self._rows.rowCount()) if ids else ():
            if self._rows.id_of(place) in ids:
                flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
                self.selectionModel().select(self._rows.index(place, 0), flags)

    def in_order(self) -> bool:
        """Whether rows are wanted in the order in which they come."""
        header = self.horizontalHeader()
        at, columns = header.sortIndicatorSection(), self._rows.columns
        if at < 0:
            return True
        return (
            columns[at].id == self._rows.ordered_by
            and header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        )

    def shown_columns(self) -> list[tuple[int, Column]]:
        """The columns that are not hidden with their places in the model, in the order in which they stand."""
        header = self.horizontalHeader()
        places = sorted(range(len(self._rows.columns)), key=header.visualIndex)
        return [(at, self._rows.columns[at]) for at in places if not self.isColumnHidden(at)]

    def show_column(self, at: int, shown: bool) -> None:
        """Show or hide a column; the last one stays."""
        if shown or len(self.shown_columns()) > 1:
            self.setColumnHidden(at, not shown)
            self.widths.fit()
            self._remember()

    def choose_columns(self, beside: QWidget | None = None, at: QPoint | None = None) -> None:
        """A menu in which each column is switched on or off."""
        menu = QMenu(self)
        for place, column in enumerate(self._rows.columns):
            action = menu.addAction(column.title())
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(place))
            action.toggled.connect(lambda on, place=place: self.show_column(place, on))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at or (beside or self).mapToGlobal((beside or self).rect().bottomLeft()))

    def copy(self) -> None:
        """Put the selected rows on the clipboard as a table with its header, for Excel."""
        shown = [at for at, _column in self.shown_columns()]
        rows = self.selected_rows() or ([self.current_row()] if self.current_row() is not None else [])
        lines = [[self._rows.columns[at].title() for at in shown]]
        lines += [[self._rows.columns[at].text(row) for at in shown] for row in rows]
        QGuiApplication.clipboard().setText(to_tsv(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier  # that one is the dialog's
            and self.current_row() is not None
        ):
            self.opened.emit(self.current_row())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # the window's own Ctrl+C does not exist, but a menu may have one: the table comes first
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.matches(QKeySequence.StandardKey.Copy)
        ):
            event.accept()
            return True
        return super().event(event)

    def _look(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSortingEnabled(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda at: self.choose_columns(at=header.mapToGlobal(at)))
        self._resize_rows()

    def _resize_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._kit.theme.px(34))
        self.setIconSize(QSize(self._kit.theme.px(18), self._kit.theme.px(18)))

    def _restore(self) -> None:
        kept = self._kit.settings.get(self._key, {})
        extras = [column.id for column in self._rows.columns if column.extra]
        header = self.horizontalHeader()
        for at, column in enumerate(self._rows.columns):
            header.setSectionResizeMode(
                at, QHeaderView.ResizeMode.Stretch if column.stretch else QHeaderView.ResizeMode.Interactive
            )
            self.setColumnHidden(at, column.id in kept.get("hidden", extras) and at > 0)
        if not any(column.stretch for column in self._rows.columns):
            header.setStretchLastSection(True)
        ids = [column.id for column in self._rows.columns]
        for place, name in enumerate(name for name in kept.get("order", []) if name in ids):
            header.moveSection(header.visualIndex(ids.index(name)), place)
        sorted_by, descending = kept.get("sort", [ids[0], False])
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(ids.index(sorted_by) if sorted_by in ids else -1, order)
        widths = {ids.index(name): width for name, width in kept.get("widths", {}).items() if name in ids}
        self.widths = ColumnWidths(self._kit, self, [column.width for column in self._rows.columns], widths)

    def _remember(self) -> None:
        header, columns = self.horizontalHeader(), self._rows.columns
        by = header.sortIndicatorSection()
        filling = header.logicalIndex(len(columns) - 1) if header.stretchLastSection() else -1
        self._kit.settings.set(self._key, {
            "widths": {columns[at].id: width for at, width in self.widths.chosen().items() if not columns[at].stretch and at != filling},
            "hidden": [column.id for at, column in enumerate(columns) if self.isColumnHidden(at)],
            "order": [columns[at].id for at in sorted(range(len(columns)), key=header.visualIndex)],
            "sort": [columns[by].id, header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder] if by >= 0 else ["", False],
        })  # fmt: skip

    def _sort_again(self) -> None:
        header = self.horizontalHeader()
        if not self.in_order():
            self._rows.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())


class _MarkDelegate(QStyledItemDelegate):
    """Draws a judgement's shape before the text where the column has one."""

    def __init__(self, kit: Kit, table: RowsTable) -> None:
        super().__init__(table)
        self._kit = kit
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        # the current row carries a bar where the keyboard is; the style's dotted frame is not drawn
        option.state &= ~QStyle.StateFlag.State_HasFocus
        self._paint_cell(painter, option, index)
        table = self._table
        first = table.horizontalHeader().visualIndex(index.column()) == 0
        if first and table.hasFocus() and table.currentIndex().row() == index.row():
            bar = option.rect.adjusted(0, 4, 0, -4)
            bar.setWidth(3)
            painter.fillRect(bar, self._kit.theme.colour("accent"))
        if index.column() in table.typed_columns and table.hasFocus() and table.currentIndex() == index:
            painter.save()
            painter.setPen(QPen(self._kit.theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
            painter.restore()

    def _paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        mark = index.data(PAINT_ROLE)
        if mark is None:
            super().paint(painter, option, index)
            return
        side = self._kit.theme.px(26)
        shifted = QStyleOptionViewItem(option)
        self.initStyleOption(shifted, index)
        shifted.text = ""
        style = option.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, shifted, painter, option.widget)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(option.rect.x() + 6, option.rect.center().y() - side / 2, side, side)
        paint_step(painter, self._kit, mark[0], mark[1], True, place)
        painter.setPen(self._kit.theme.colour("text"))
        painter.setFont(option.font)
        words = option.rect.adjusted(side + 10, 0, -6, 0)
        text = painter.fontMetrics().elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()
