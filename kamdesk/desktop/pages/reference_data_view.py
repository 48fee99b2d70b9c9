"""The looks of the reference data: the lists at the left, the entries of one at the right, each with both labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.models.rows import Column, RowsModel
from kamdesk.desktop.widgets.basic import IconLabel, button, clear, label, tool_button
from kamdesk.desktop.widgets.editor_for import editor_for
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_text import InlineText
from kamdesk.desktop.widgets.page import PageBase
from kamdesk.desktop.widgets.scroll import scrolling
from kamdesk.desktop.widgets.section import Card, FieldList
from kamdesk.desktop.widgets.table import RowsTable
from kamdesk.desktop.widgets.tick import Tick
from kamdesk.model.fields import FieldSpec
from kamdesk.model.messages import Message
from kamdesk.model.vocabulary import Item


@dataclass(frozen=True)
class VocabularyRow:
    """A list of choices. ``is_open``: entries may be added and hidden."""

    id: str
    title: str
    count: int
    is_open: bool


class ItemRow(QWidget):
    """One entry. ``moved(step)``, ``hide_wanted(bool)``, ``extra_set(name, value)``; ``key`` is (vocabulary, code)."""

    moved = Signal(int)
    hide_wanted = Signal(bool)
    extra_set = Signal(str, object)

    def __init__(self, kit: Kit, key: tuple[str, str], item: Item, is_open: bool) -> None:
        super().__init__()
        _ = kit.words.gettext
        self.key = key
        self._kit = kit
        self._hidden = item.hidden
        self.ru = InlineText(kit, lambda: _("In Russian"))
        self.en = InlineText(kit, lambda: _("In English"))
        self._mark = IconLabel(kit, "blur", 18, "muted")
        self.up = tool_button(kit, lambda: _("Move up"), "up", lambda: self.moved.emit(-1))
        self.down = tool_button(kit, lambda: _("Move down"), "down", lambda: self.moved.emit(1))
        self.hide_button = tool_button(
            kit,
            lambda: _("Offer again") if self._hidden else _("Offer no more"),
            "eye" if item.hidden else "blur",
            lambda: self.hide_wanted.emit(not self._hidden),
        )
        self.extras: dict[str, InlineEditor] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(4)
        outer.addLayout(row)
        row.addWidget(self._mark)
        row.addWidget(self.ru, 1)
        row.addWidget(self.en, 1)
        for made in (self.up, self.down, self.hide_button):
            row.addWidget(made)
        self.hide_button.setVisible(is_open)
        self._fields = FieldList(kit, lambda: _("Say more"))
        self._fields.hide()
        outer.addWidget(self._fields)
        self.show_item(item)

    def show_extras(self, values: Sequence[tuple[FieldSpec, Any]]) -> None:
        """What the entry says besides its labels; the editors are made the first time."""
        for spec, value in values:
            if spec.name not in self.extras:
                editor = editor_for(spec, value, self._kit)
                editor.on_save(lambda new, name=spec.name: self.extra_set.emit(name, new))
                self.extras[spec.name] = self._fields.add(editor)
            self.extras[spec.name].set_value(value)
        self._fields.setVisible(bool(self.extras))
        self._fields.refresh()

    def show_item(self, item: Item) -> None:
        """The entry of now; a draft that is being typed stays."""
        _ = self._kit.words.gettext
        self._hidden = item.hidden
        self._mark.setVisible(item.hidden)
        self._mark.setToolTip(_("Not offered any more"))
        self.hide_button.setIcon(self._kit.icons.icon("eye" if item.hidden else "blur"))
        words = _("Offer again") if item.hidden else _("Offer no more")
        self.hide_button.setToolTip(words)
        self.hide_button.setAccessibleName(words)
        self.ru.set_value(item.ru)
        self.en.set_value(item.en)


class ReferenceDataView(PageBase):
    """``lists`` at the left; the entries are put in by :meth:`add_item`."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        _ = kit.words.gettext
        self.model = RowsModel(
            kit,
            (
                Column(
                    "title",
                    lambda: _("List"),
                    lambda row: row.title,
                    stretch=True,
                    icon=lambda row: "tag" if row.is_open else "lock",
                    hint=lambda row: (
                        ""
                        if row.is_open
                        else _("The program decides by these entries: only their words can be changed.")
                    ),
                ),
                Column(
                    "count",
                    lambda: _("Entries"),
                    lambda row: str(row.count),
                    84,
                    lambda row: row.count,
                    right=True,
                ),
            ),
        )
        self.lists = RowsTable(kit, lambda: _("Lists"), self.model, "reference")
        self._title_row = label(kit, look="heading")
        self._note = label(kit, look="caption", wrap=True)
        self.problem = label(kit, look="error", wrap=True)
        self.problem.hide()
        self._items = QVBoxLayout()
        self._items.setSpacing(2)
        self._items.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._rows: list[ItemRow] = []
        self.show_hidden = Tick(kit)
        kit.words.bind(self, lambda: self.show_hidden.setText(_("Show those not offered any more")))
        self._build()
        self.set_title(lambda: _("Reference data"))

    def lists_model_set(self, rows: Sequence[VocabularyRow]) -> None:
        """Show the lists, in the order given until a column is clicked."""
        self.lists.keep_selection(lambda: self.model.set_rows(rows))

    def show_head(self, row: VocabularyRow) -> None:
        """The name of the list, and what can be done with it."""
        _ = self.kit.words.gettext
        self._title_row.setText(row.title)
        self._note.setText(
            _(
                "Add, rename, order; an entry that is not offered any more keeps its words where it was recorded."
            )
            if row.is_open
            else _("The program decides by these entries: only their words can be changed.")
        )
        self._new.setVisible(row.is_open)
        self.tell(None)

    def item_rows(self) -> list[ItemRow]:
        """The entries that are shown."""
        return list(self._rows)

    def clear_items(self) -> None:
        """Take all entries away."""
        clear(self._items)
        self._rows = []

    def add_item(self, row: ItemRow) -> None:
        """Put an entry at the end."""
        self._rows.append(row)
        self._items.addWidget(row)

    def focused_key(self) -> tuple[tuple[str, str], str] | None:
        """Which entry and which of its buttons the keyboard is on."""
        for row in self._rows:
            for name in ("ru", "en", "up", "down", "hide_button"):
                part = getattr(row, name)
                if part.hasFocus() or (name in ("ru", "en") and part.has_focus()):
                    return row.key, name
        return None

    def focus_key(self, where: tuple[tuple[str, str], str] | None) -> None:
        """Go back to where the keyboard was, after the entries were put in another order."""
        for row in self._rows:
            if where is not None and row.key == where[0]:
                getattr(row, where[1]).setFocus(Qt.FocusReason.OtherFocusReason)

    def added(self) -> None:
        """The new entry has been stored."""
        self.new_ru.clear()
        self.new_en.clear()
        self.tell(None)
        (self.new_en if self.kit.words.language == "en" else self.new_ru).setFocus()

    def tell(self, message: Message | None) -> None:
        """Say why it was not done; None takes it away."""
        self.problem.setText(self.kit.words.message(message) if message is not None else "")
        self.problem.setVisible(message is not None)

    def panes(self) -> list[QWidget]:
        """The lists, then the entries."""
        return [self.lists, self._rows[0].ru if self._rows else self.new_ru]

    def _build(self) -> None:
        kit, _ = self.kit, self.kit.words.gettext
        card = Card(kit)
        card.body.setSpacing(6)
        card.body.addWidget(self._title_row)
        card.body.addWidget(self._note)
        card.body.addWidget(self.problem)
        card.body.addLayout(self._items)
        card.body.addWidget(self.show_hidden)
        self._new = QWidget()
        self.new_ru, self.new_en = QLineEdit(), QLineEdit()
        kit.words.bind(self.new_ru, lambda: self._say_in(self.new_ru, _("New entry in Russian")))
        kit.words.bind(self.new_en, lambda: self._say_in(self.new_en, _("New entry in English")))
        self.add_button = button(kit, lambda: _("Add"), "add")
        self.add_button.setAutoDefault(False)
        row = QHBoxLayout(self._new)
        row.setContentsMargins(0, 6, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.new_ru, 1)
        row.addWidget(self.new_en, 1)
        row.addWidget(self.add_button)
        card.body.addWidget(self._new)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 2, 0)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(card)
        scroll = scrolling(inner)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(14)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.lists)
        splitter.addWidget(scroll)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([kit.theme.px(330), 720])
        self.fill(splitter)

    def _say_in(self, field: QLineEdit, words: str) -> None:
        field.setPlaceholderText(words)
        field.setAccessibleName(words)
