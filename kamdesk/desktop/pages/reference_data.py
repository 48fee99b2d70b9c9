"""Reference data: every list of choices with both labels; open lists are added to, ordered and hidden, fixed ones only relabelled."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from kamdesk.desktop.models.rows import text_key
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.reference_data_view import ItemRow, ReferenceDataView, VocabularyRow
from kamdesk.model.vocabulary import Item

if TYPE_CHECKING:
    from kamdesk.desktop.desk import Desk

_FOR_THE_PROGRAM = ("capture_kind", "left_out", "part")
"""Lists that are no choice of the user, or are joined of others that stand here themselves."""


class ReferenceDataPage(ReferenceDataView):
    """What is changed here holds everywhere at once; what was recorded keeps its words."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.kit)
        self._desk = desk
        self._service = desk.workplace.vocabulary
        self._name = ""
        self.lists.chosen.connect(self._choose)
        self.add_button.clicked.connect(self._add)
        self.new_ru.returnPressed.connect(self._add)
        self.new_en.returnPressed.connect(self._add)
        self.show_hidden.toggled.connect(lambda _on: self._show_items())
        self.kit.words.changed.connect(self._load)

    def open(self, target: Target) -> None:
        """Show the lists; the tab names the one to be shown."""
        self._name = target.tab or self._name
        self._load()

    def refresh(self, changes: Any) -> None:
        """Load anew after a change of a vocabulary."""
        if changes.touches("vocabulary"):
            self._load()

    # --- showing ----------------------------------------------------------------------------------------------

    def _load(self) -> None:
        language = self.kit.words.language

        def work() -> list[VocabularyRow]:
            current = self._service.current
            found = [
                VocabularyRow(
                    name,
                    current.title(name, language),
                    len(current.items(name)),
                    current.is_configurable(name),
                )
                for name in current.names()
                if name not in _FOR_THE_PROGRAM
            ]
            return sorted(found, key=lambda row: (not row.is_open, text_key(row.title)))

        self.kit.queries.run(work, self._show_lists, owner=self, key="reference")

    def _show_lists(self, rows: Sequence[VocabularyRow]) -> None:
        wanted = self._name
        self.lists_model_set(rows)  # keeps what was selected, which may be another list than the one wanted
        self._name = wanted
        if self._name and self.lists.selected_rows() and self.lists.selected_rows()[0].id == self._name:
            self._show_items()
        elif not (self._name and self.lists.select_id(self._name)):
            self.lists.selectRow(0)

    def _choose(self, rows: Sequence[VocabularyRow]) -> None:
        if len(rows) == 1 and rows[0].id != self._name:
            self.leave()
        if len(rows) == 1:
            self._name = rows[0].id
            self.show_head(rows[0])
            self._show_items()

    def _show_items(self) -> None:
        if not self._name:
            return
        current = self._service.current
        items = current.items(self._name, hidden=self.show_hidden.isChecked())
        is_open = current.is_configurable(self._name)
        hidden = len(current.items(self._name, hidden=True)) - len(current.items(self._name))
        self.show_hidden.setVisible(hidden > 0 or self.show_hidden.isChecked())
        wanted = [(self._name, item.code) for item in items]
        if [row.key for row in self.item_rows()] == wanted:
            for row, item in zip(self.item_rows(), items, strict=True):
                row.show_item(item)
                row.show_extras(self._service.extras(self._name, item.code))
            return
        focus = self.focused_key()
        self.clear_items()
        for item in items:
            self.add_item(self._row(item, is_open))
        self.focus_key(focus)

    def _row(self, item: Item, is_open: bool) -> ItemRow:
        row = ItemRow(self.kit, (self._name, item.code), item, is_open)
        for editor in (row.ru, row.en):
            editor.on_save(lambda _value, row=row: self._rename(row))
        row.moved.connect(partial(self._move, item.code))
        row.hide_wanted.connect(partial(self._hide, item.code))
        row.show_extras(self._service.extras(self._name, item.code))
        row.extra_set.connect(partial(self._set_extra, row))
        return row

    # --- edits ------------------------------------------------------------------------------------------------

    def _rename(self, row: ItemRow) -> None:
        name, code = row.key
        ru, en = row.ru.value() or "", row.en.value() or ""
        self.kit.commands.run(
            lambda: self._service.rename(name, code, ru, en), failed=row.ru.show_problem, owner=row
        )

    def _set_extra(self, row: ItemRow, name: str, value: object) -> None:
        vocabulary, code = row.key
        self.kit.commands.run(
            lambda: self._service.set_extra(vocabulary, code, name, value),
            failed=row.extras[name].show_problem,
            owner=row,
        )

    def _move(self, code: str, step: int) -> None:
        name = self._name
        codes = list(self._service.current.codes(name, hidden=True))
        place = codes.index(code) + step
        if 0 <= place < len(codes):
            self.kit.commands.run(lambda: self._service.move(name, code, place), owner=self)

    def _hide(self, code: str, hide: bool) -> None:
        name = self._name
        change = self._service.hide if hide else self._service.restore
        self.kit.commands.run(lambda: change(name, code), failed=self.tell, owner=self)

    def _add(self) -> None:
        name, ru, en = self._name, self.new_ru.text().strip(), self.new_en.text().strip()
        if not ru and not en:
            (self.new_en if self.kit.words.language == "en" else self.new_ru).setFocus()
            return
        self.kit.commands.run(
            lambda: self._service.add(name, ru, en), lambda _code: self.added(), self.tell, owner=self
        )
