"""The page of a list: search field and filter chips, the table, beside it a preview; what to do while it is empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.models.rows import Column, RowsModel
from kamdesk.desktop.widgets.basic import Say, label, set_look
from kamdesk.desktop.widgets.flow import FlowLayout
from kamdesk.desktop.widgets.page import PageBase
from kamdesk.desktop.widgets.table import RowsTable

_PAUSE_MS = 120


class ListPage(PageBase):
    """Subclass or use as it is. ``asked(text, chips)``: search text or filters changed, load anew and :meth:`set_rows`;
    without a connection to it, what is here is filtered by the words of the columns. ``opened(row)``, ``chosen(rows)`` as in the table.
    """

    asked = Signal(str, object)
    opened = Signal(object)
    chosen = Signal(object)

    def __init__(
        self,
        kit: Kit,
        name: str,
        title: Say,
        columns: Sequence[Column],
        *,
        filters: Sequence[tuple[str, Say]] = (),
        row_id: Callable[[Any], str] = lambda row: row.id,
        filter_here: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, parent)
        self._name = name
        self._filter_here = filter_here
        self._all: tuple[Any, ...] = ()
        self._list_title = title
        self.model = RowsModel(kit, columns, row_id)
        self.table = RowsTable(kit, title, self.model, name)
        self.table.opened.connect(self.opened)
        self.table.chosen.connect(self.chosen)
        self.chips: dict[str, QPushButton] = {}
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._build(filters)
        self.set_title(title)

    def _build(self, filters: Sequence[tuple[str, Say]]) -> None:
        kit, _ = self.kit, self.kit.words.gettext
        self.search = _SearchField(self.table)
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(kit.theme.px(180))
        self.search.setMaximumWidth(kit.theme.px(320))
        self.search.addAction(kit.icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        kit.words.bind(self.search, lambda: self.search.setPlaceholderText(_("Search in this list")))
        kit.words.bind(self.search, lambda: self.search.setAccessibleName(_("Search in this list")))
        self.bar = QHBoxLayout()
        self.bar.setSpacing(6)
        self.bar.addWidget(self.search, 1)
        # the filters go on below where the room ends: words of the search are never cut for them
        self.filter_bar = FlowLayout()
        self.bar.addLayout(self.filter_bar, 1)
        self.bar.setAlignment(self.filter_bar, Qt.AlignmentFlag.AlignVCenter)
        for chip_id, say in filters:
            self.filter_bar.addWidget(self._chip(chip_id, say))
        self._count = label(kit, look="caption")
        self.bar.addWidget(self._count)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.table)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(14)
        self._splitter.addWidget(self._middle)
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addLayout(self.bar)
        column.addWidget(self._splitter, 1)
        self.fill(column)
        kit.words.bind(self, self._say_count)

    def set_rows(
        self, rows: Sequence[Any], total: int | None = None, more: Callable[[], object] | None = None
    ) -> None:
        """Show what was loaded; the selection stays on the same ids."""
        self._all = tuple(rows)
        shown = self._filtered()
        self.table.keep_selection(lambda: self.model.set_rows(shown, total, more))
        self._say_count()
        self._show_empty()

    def add_rows(self, rows: Sequence[Any]) -> None:
        """Show these below the others, as they come; only for lists that do not filter here."""
        self._all = (*self._all, *rows)
        self.model.add_rows(rows)
        self._say_count()

    def set_empty(self, widget: QWidget) -> None:
        """What is shown instead of the table while there is nothing at all (an ``EmptyState``)."""
        self._middle.addWidget(widget)
        self._show_empty()

    def set_preview(self, widget: QWidget, width: int = 360) -> None:
        """Put a preview at the right; its width is remembered."""
        room = QScrollArea()
        room.setWidgetResizable(True)
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("look", "page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        low = widget.sizePolicy().verticalPolicy() == QSizePolicy.Policy.Maximum
        column.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop if low else Qt.AlignmentFlag(0))
        room.setWidget(inner)
        self._splitter.addWidget(room)
        key = f"list.{self._name}.preview"
        kept = self.kit.settings.get(key, self.kit.theme.px(width))
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([10000, kept])
        self._splitter.splitterMoved.connect(
            lambda _pos, _at: self.kit.settings.set(key, self._splitter.sizes()[1])
        )

    def filters(self) -> tuple[str, ...]:
        """The ids of the chips that are on."""
        return tuple(chip_id for chip_id, chip in self.chips.items() if chip.isChecked())

    def panes(self) -> list[QWidget]:
        """Table, search field, preview."""
        preview = [self._splitter.widget(1)] if self._splitter.count() > 1 else []
        shown = self._middle.currentWidget()
        return [shown, self.search, *preview]

    def _chip(self, chip_id: str, say: Say) -> QPushButton:
        made = QPushButton()
        set_look(made, "chip")
        made.setCheckable(True)
        made.setAutoDefault(False)
        made.setChecked(chip_id in self.kit.settings.get(f"list.{self._name}.filters", []))
        made.toggled.connect(lambda _on: self._chip_changed())
        self.kit.words.bind(made, lambda: made.setText(say()))
        self.chips[chip_id] = made
        return made

    def _chip_changed(self) -> None:
        self.kit.settings.set(f"list.{self._name}.filters", list(self.filters()))
        self._ask()

    def _ask(self) -> None:
        self._pause.stop()
        self.asked.emit(self.search.text().strip(), self.filters())
        if self._filter_here:
            shown = self._filtered()
            self.table.keep_selection(lambda: self.model.set_rows(shown))
            self._say_count()
            self._show_empty()

    def _filtered(self) -> list[Any]:
        words = self.search.text().casefold().replace("ё", "е").split()
        if not words or not self._filter_here:
            return list(self._all)

        def fits(row: Any) -> bool:
            texts = " ".join(column.text(row) for column in self.model.columns).casefold().replace("ё", "е")
            return all(word in texts for word in words)

        return [row for row in self._all if fits(row)]

    def _show_empty(self) -> None:
        nothing = not self._all and not self.search.text() and not self.filters() and self._middle.count() > 1
        self._middle.setCurrentIndex(1 if nothing else 0)
        for widget in (self.search, self._count, *self.chips.values()):
            widget.setVisible(not nothing)

    def _say_count(self) -> None:
        n = self.model.rowCount()
        self._count.setText(self.kit.words.ngettext("{n} row", "{n} rows", n).format(n=n))


class _SearchField(QLineEdit):
    """Arrow down and Enter go into the table, Esc empties."""

    def __init__(self, table: RowsTable) -> None:
        super().__init__()
        self._table = table

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and self._table.model().rowCount()
        ):
            if not self._table.currentIndex().isValid():
                self._table.selectRow(0)
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
