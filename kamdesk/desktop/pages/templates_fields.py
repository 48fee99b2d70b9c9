"""The field catalogue beside a template: searched in both languages, with what the open dossier says, copied or dragged into Word as a tag."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.models.catalogue import CatalogueModel
from kamdesk.desktop.models.rows import Column
from kamdesk.desktop.widgets.basic import Say, button, label
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.table import RowsTable
from kamdesk.services.template_fields import FieldShown, search


class FieldsTable(RowsTable):
    """Ctrl+C, Enter and a click copy the tags alone: they are wanted in Word, not in Excel. ``copied(text)`` afterwards."""

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
    """The catalogue of one kind of document. ``tags_changed()``: the names are wanted in the other language.

    ``put(row)`` takes the place of copying where a field is wanted for something else (the guide), with its words on the button.
    """

    tags_changed = Signal()
    put = Signal(object)

    def __init__(self, kit: Kit, name: str = "catalogue", put_say: Say | None = None) -> None:
        super().__init__()
        self._kit = kit
        self._puts = put_say is not None
        _ = kit.words.gettext
        self._all: Sequence[FieldShown] = ()
        self._order: dict[str, int] = {}
        self.model = CatalogueModel(kit, self._columns(), lambda row: row.path)
        self.table = FieldsTable(kit, lambda: _("Field catalogue"), self.model, name)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.addAction(kit.icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(lambda _text: self._filter())
        self.search.returnPressed.connect(self._take)
        self.search.installEventFilter(self)
        self.group = Combo(kit)
        self.group.currentIndexChanged.connect(lambda _at: self._filter())
        self.language = Combo(kit)
        self.language.currentIndexChanged.connect(lambda _at: self.tags_changed.emit())
        self.copy_button = button(kit, put_say or (lambda: _("Copy")), "add" if self._puts else "copy")
        self.copy_button.clicked.connect(lambda _checked=False: self._take())
        self._said = label(kit, self._hint, "caption", wrap=True)
        if self._puts:
            self.table.opened.disconnect()
            self.table.opened.connect(self.put.emit)
            self.language.hide()
        else:
            self.table.copied.connect(self._copied)
            self.table.clicked.connect(lambda _index: self.table.copy())
        bar = QHBoxLayout()
        bar.setSpacing(6)
        bar.addWidget(self.search, 1)
        bar.addWidget(self.group)
        bar.addWidget(self.language)
        bar.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        column.addWidget(self._said)
        kit.words.bind(self, self._retranslate)

    def tag_language(self) -> str:
        """In which language the tags are wanted."""
        return "en" if self.language.currentIndex() == 1 else "ru"

    def set_tag_language(self, language: str) -> None:
        """Show the tags in this language."""
        self.language.setCurrentIndex(1 if language == "en" else 0)

    def show_fields(self, fields: Sequence[FieldShown]) -> None:
        """Show the catalogue of a kind of document, with values."""
        self._all = tuple(fields)
        self._order = {one.path: at for at, one in enumerate(self._all)}
        self._fill_groups()
        self._filter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down from the search goes into the list."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
        ):
            self.table.setFocus()
            if not self.table.selected_rows():
                self.table.selectRow(0)
            return True
        return super().eventFilter(watched, event)

    # --- parts ------------------------------------------------------------------------------------------------

    def _columns(self) -> tuple[Column, ...]:
        _ = self._kit.words.gettext

        def hint(row: Any) -> str:
            return "\n".join(part for part in (row.tag, row.other_tag, row.about, row.value) if part)

        # Fields, then blocks, then filters: the first column keeps the order of the catalogue.
        def order(row: Any) -> Any:
            return self._order.get(row.path, 0)

        about = Column(
            "about",
            lambda: _("What it is"),
            lambda row: row.about,
            190,
            hint=hint,
            stretch=True,
            key=order if self._puts else None,
        )
        value = Column(
            "value", lambda: _("In the sample"), lambda row: " ".join(row.value.split()), 150, hint=hint
        )
        group = Column("group", lambda: _("Group"), lambda row: row.group_name, 104, hint=hint)
        if self._puts:
            return (about, group)
        return (
            Column("tag", lambda: _("Field"), lambda row: row.tag.strip("{} "), 190, hint=hint, key=order),
            about,
            value,
            group,
        )

    def _hint(self) -> str:
        _ = self._kit.words.gettext
        if self._puts:
            return _(
                "Mark words in the document, then choose what they stand for. A block takes whole paragraphs."
            )
        return _(
            "A click copies a field; drag it into Word. A block stands alone in its paragraph; both languages are understood."
        )

    def _retranslate(self) -> None:
        _ = self._kit.words.gettext
        self.search.setPlaceholderText(_("Search by name or meaning"))
        self.search.setAccessibleName(_("Search in the fields"))
        self.language.setAccessibleName(_("Language of the fields"))
        self.group.setAccessibleName(_("Group of fields"))
        chosen = self.language.currentIndex()
        self.language.blockSignals(True)
        self.language.clear()
        self.language.addItems([_("Russian names"), _("English names")])
        default = 0 if self._kit.words.language == "ru" else 1
        self.language.setCurrentIndex(chosen if chosen >= 0 else default)
        self.language.blockSignals(False)

    def _fill_groups(self) -> None:
        _ = self._kit.words.gettext
        names = {one.group: one.group_name for one in self._all}
        chosen = self.group.currentData() or ""
        self.group.blockSignals(True)
        self.group.clear()
        self.group.addItem(_("All groups"), "")
        for code, name in names.items():
            self.group.addItem(name, code)
        self.group.setCurrentIndex(max(0, self.group.findData(chosen)))
        self.group.blockSignals(False)

    def _filter(self) -> None:
        found = search(self._all, self.search.text(), self.group.currentData() or "")
        if self._puts:
            found = tuple(one for one in found if one.group != "filter")
        self.table.keep_selection(lambda: self.model.set_rows(found))

    def _take(self) -> None:
        """The chosen field; with one left by the search, that one."""
        rows = self.table.selected_rows() or list(self.model.rows()[:1])
        if not rows:
            return
        if not self.table.selected_rows():
            self.table.selectRow(0)
        if self._puts:
            self.put.emit(rows[0])
        else:
            self.table.copy()

    def _copied(self, text: str) -> None:
        _ = self._kit.words.gettext
        self._said.setText(_("Copied: {text}. Paste it into Word.").format(text=text.replace("\n", " ")))
