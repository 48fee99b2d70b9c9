"""The field catalogue beside a text: searched as one types, put into the text by Enter, a double click or a drag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.models.catalogue import CatalogueModel
from kamdesk.desktop.models.rows import Column
from kamdesk.desktop.widgets.basic import button, label
from kamdesk.desktop.widgets.table import RowsTable


@dataclass(frozen=True)
class FieldRow:
    """A field or a filter to put in. ``value`` is what it says in the sample that is shown."""

    path: str
    tag: str
    about: str
    value: str


class TextFields(QWidget):
    """``wanted(tag)``: put it into the text."""

    wanted = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        _ = kit.words.gettext
        self._all: Sequence[FieldRow] = ()
        columns = (
            Column(
                "tag",
                lambda: _("Field"),
                lambda row: row.tag.strip("{} "),
                stretch=True,
                hint=lambda row: f"{row.tag}\n{row.about}",
            ),
            Column(
                "value",
                lambda: _("Here"),
                lambda row: " ".join(row.value.split()),
                150,
                hint=lambda row: row.value or row.about,
            ),
        )
        self.model = CatalogueModel(kit, columns, lambda row: row.path)
        self.table = RowsTable(kit, lambda: _("Field catalogue"), self.model, "text_fields")
        self.table.setDragEnabled(True)
        self.table.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.table.opened.connect(lambda row: self.wanted.emit(row.tag))
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.addAction(kit.icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(lambda _text: self._filter())
        self.search.returnPressed.connect(self._put)
        self.put_button = button(kit, lambda: _("Insert"), "add", on_click=self._put)
        bar = QHBoxLayout()
        bar.setSpacing(6)
        bar.addWidget(self.search, 1)
        bar.addWidget(self.put_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        column.addWidget(
            label(
                kit,
                lambda: _("A double click, Enter or a drag puts the field into the text."),
                "caption",
                wrap=True,
            )
        )
        kit.words.bind(self, self._retranslate)

    def show_fields(self, rows: Sequence[FieldRow]) -> None:
        """Show other fields, or the same with other values; what is searched for stays."""
        self._all = rows
        self._filter()

    def _put(self) -> None:
        row = self.table.current_row() or next(iter(self.model.rows()), None)
        if row is not None:
            self.wanted.emit(row.tag)

    def _retranslate(self) -> None:
        said = self._kit.words.gettext("Search in the fields")
        self.search.setPlaceholderText(said)
        self.search.setAccessibleName(said)

    def _filter(self) -> None:
        words = _folded(self.search.text()).split()
        found = [
            row for row in self._all if all(w in _folded(f"{row.tag} {row.about} {row.value}") for w in words)
        ]
        self.table.keep_selection(lambda: self.model.set_rows(found))


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")
