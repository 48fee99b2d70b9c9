"""How the cells of an editing grid are drawn and typed into."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.models.grid import NEW_ROW_ROLE, PROBLEM_ROLE, GridModel
from kamdesk.desktop.models.grid_cells import CellKind
from kamdesk.desktop.widgets.basic import set_look
from kamdesk.desktop.widgets.inline_choice import Combo

Index = QModelIndex | QPersistentModelIndex
_POPUP = 260
"""Least width of a list of choices: narrow columns have long words."""


class GridDelegate(QStyledItemDelegate):
    """Line editors with suggestions, lists that filter while one types, ticks; a wrong cell is red *and* carries a sign."""

    def __init__(self, kit: Kit, model: GridModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._kit = kit
        self._model = model
        self.editor: QWidget | None = None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = self._model.columns[index.column()]
        if column.kind == CellKind.CHOICE:
            made: QWidget = self._list(column.options() if column.options else ())
        else:
            made = QLineEdit()
            words = (
                column.suggest()
                if column.suggest
                else [option.label for option in column.options()]
                if column.options
                else []
            )
            if words:
                several = column.kind == CellKind.CODES
                made.setCompleter(_completer(self._kit, list(words), made, several=several))
            if column.right:
                made.setAlignment(Qt.AlignmentFlag.AlignRight)
        set_look(made, "cell")
        made.setParent(parent)
        made.setAccessibleName(column.title())
        made.setAutoFillBackground(True)
        self.editor = made
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            if editor.currentText() != text:
                editor.setCurrentIndex(editor.findText(text))
                editor.setEditText(text)
                editor.lineEdit().selectAll()
        elif isinstance(editor, QLineEdit) and not editor.isModified() and editor.text() != text:
            editor.setText(text)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        text = editor.currentText() if isinstance(editor, QComboBox) else editor.text()  # type: ignore[attr-defined]
        if text != (index.data(Qt.ItemDataRole.EditRole) or ""):
            model.setData(index, text, Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        wide = max(
            option.rect.width(),
            self._kit.theme.px(150) if isinstance(editor, QComboBox) else option.rect.width(),
        )
        editor.setGeometry(QRect(option.rect.x(), option.rect.y(), wide, option.rect.height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Enter is ours while no list of suggestions is open: it stores and goes on below
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and watched is self.editor
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self.commitData.emit(self.editor)
            self.closeEditor.emit(self.editor, QStyledItemDelegate.EndEditHint.SubmitModelCache)
            return True
        return super().eventFilter(watched, event)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, new = self._kit.theme, index.data(NEW_ROW_ROLE)
        problem = index.data(PROBLEM_ROLE)
        if problem:
            painter.fillRect(option.rect, theme.colour("danger_soft"))
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        shown.state &= ~QStyle.StateFlag.State_HasFocus
        text, shown.text = shown.text, ""
        if not problem or option.state & QStyle.StateFlag.State_Selected:
            style = option.widget.style()
            style.drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, option.widget)
        painter.save()
        self._content(painter, option, index, text, bool(new), bool(problem))
        if option.state & QStyle.StateFlag.State_HasFocus and option.widget.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def _content(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, text: str, new: bool, wrong: bool
    ) -> None:
        theme = self._kit.theme
        side = theme.px(16)
        room = option.rect.adjusted(8, 0, -8, 0)
        if wrong:
            place = QRect(room.right() - side, room.center().y() - side // 2, side, side)
            self._kit.icons.paint(painter, "warning", place, "danger")
            room.adjust(0, 0, -side - 4, 0)
        column = self._model.columns[index.column()]
        if column.kind == CellKind.YES_NO and not wrong:
            if text:
                place = QRect(room.center().x() - side // 2, room.center().y() - side // 2, side, side)
                self._kit.icons.paint(painter, "ok", place, "accent_text")
            return
        quiet = new or column.computed is not None
        painter.setPen(theme.colour("muted" if quiet else "danger" if wrong else "text"))
        painter.setFont(option.font)
        one_line = " ".join(text.split("\n"))
        elided = painter.fontMetrics().elidedText(one_line, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), elided)

    def _list(self, options: Any) -> Combo:
        made = Combo(self._kit)
        made.setEditable(True)
        made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        made.addItem("")
        for option in options:
            made.addItem(option.label)
        made.setCompleter(_completer(self._kit, [option.label for option in options], made))
        made.view().setMinimumWidth(self._kit.theme.px(_POPUP))
        made.activated.connect(lambda _at: self._chosen(made))
        return made

    def _chosen(self, combo: Combo) -> None:
        if combo is self.editor:
            self.commitData.emit(combo)
            self.closeEditor.emit(combo, QStyledItemDelegate.EndEditHint.NoHint)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        self.forget(editor)
        super().destroyEditor(editor, index)

    def forget(self, editor: QWidget) -> None:
        """The editor of a cell is closed."""
        if editor is self.editor:
            self.editor = None


class _LastOf(QCompleter):
    """Completes what stands behind the last comma."""

    def splitPath(self, path: str) -> list[str]:
        return [path.replace(";", ",").rpartition(",")[2].strip()]

    def pathFromIndex(self, index: Index) -> str:
        before, comma, _last = cast(QLineEdit, self.widget()).text().replace(";", ",").rpartition(",")
        return (before.strip() + ", " if comma else "") + super().pathFromIndex(index)


def _completer(kit: Kit, words: list[str], parent: QObject, *, several: bool = False) -> QCompleter:
    made = _LastOf(words, parent) if several else QCompleter(words, parent)
    made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    made.setFilterMode(Qt.MatchFlag.MatchContains)
    made.setMaxVisibleItems(12)
    made.popup().setMinimumWidth(kit.theme.px(_POPUP))
    return made
