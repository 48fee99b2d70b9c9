"""The field catalogue beside a template: what may be named, searched as one types, copied or dragged into Word as a tag."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.models.catalogue import CatalogueModel
from kamdesk.desktop.models.rows import Column
from kamdesk.desktop.widgets.basic import Say, button, label
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.table import RowsTable
from kamdesk.services.field_catalogue import CatalogueField, catalogue_fields


class FieldsTable(RowsTable):
    """Ctrl+C and Enter copy the tags alone: they are wanted in Word, not in Excel. ``copied(text)`` afterwards."""

    copied = Signal(str)

    def __init__(self, kit: Kit, say: Say, model: CatalogueModel, name: str) -> None:
        super().__init__(kit, say, model, name)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.opened.connect(lambda _row: self.copy())

    def copy(self) -> None:
        """Put the tags of the chosen rows on the clipboard."""
        current = self.current_row()
        rows = self.selected_rows() or ([current] if current is not None else [])
        if rows:
            text = "\n".join(row.tag for row in rows)
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(text)


class FieldsPanel(QWidget):
    """The catalogue of one kind of document; ``show_kind`` when another template is looked at."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        _ = kit.words.gettext
        self._kind = "group"
        self._all: tuple[CatalogueField, ...] = ()
        columns = (
            Column("tag", lambda: _("Field"), lambda row: row.tag, 230, hint=lambda row: row.other_tag),
            Column(
                "about",
                lambda: _("What it is"),
                lambda row: row.about,
                stretch=True,
                hint=lambda row: row.about,
            ),
            Column(
                "example",
                lambda: _("Example"),
                lambda row: _("A whole part") if row.is_block else row.example,
                170,
                hint=lambda row: row.example,
            ),
        )
        self.model = CatalogueModel(kit, columns, lambda row: row.path)
        self.table = FieldsTable(kit, lambda: _("Field catalogue"), self.model, "catalogue")
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.addAction(kit.icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(lambda _text: self._filter())
        self.language = Combo(kit)
        self.language.currentIndexChanged.connect(lambda _at: self._load())
        self.copy_button = button(kit, lambda: _("Copy"), "copy", on_click=self.table.copy)
        self._said = label(
            kit,
            lambda: _(
                "Copy a field or drag it into Word. A block stands alone in its paragraph; both languages are understood."
            ),
            "caption",
            wrap=True,
        )
        self.table.copied.connect(self._copied)
        bar = QHBoxLayout()
        bar.setSpacing(6)
        bar.addWidget(self.search, 1)
        bar.addWidget(self.language)
        bar.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        column.addWidget(self._said)
        kit.words.bind(self, self._retranslate)

    def show_kind(self, kind: str) -> None:
        """Show the fields of a kind of document ("" is the one for the group)."""
        self._kind = kind or "group"
        self._load()

    def _retranslate(self) -> None:
        _ = self._kit.words.gettext
        self.search.setPlaceholderText(_("Search in the fields"))
        self.search.setAccessibleName(_("Search in the fields"))
        self.language.setAccessibleName(_("Language of the fields"))
        chosen = self.language.currentIndex()
        self.language.blockSignals(True)
        self.language.clear()
        self.language.addItems([_("Russian names"), _("English names")])
        default = 0 if self._kit.words.language == "ru" else 1
        self.language.setCurrentIndex(chosen if chosen >= 0 else default)
        self.language.blockSignals(False)
        self._load()

    def _load(self) -> None:
        tags = "en" if self.language.currentIndex() == 1 else "ru"
        self._all = catalogue_fields(self._kind, self._kit.words.language, tags)
        self._filter()

    def _filter(self) -> None:
        words = self.search.text().casefold().replace("ё", "е").split()
        found: Sequence[Any] = [field for field in self._all if _fits(field, words)]
        self.table.keep_selection(lambda: self.model.set_rows(found))

    def _copied(self, text: str) -> None:
        _ = self._kit.words.gettext
        self._said.setText(_("Copied: {text}. Paste it into Word.").format(text=text.replace("\n", " ")))


def _fits(field: CatalogueField, words: Sequence[str]) -> bool:
    said = " ".join((field.tag, field.other_tag, field.about, field.example)).casefold().replace("ё", "е")
    return all(word in said for word in words)
