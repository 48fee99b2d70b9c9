"""What the lists of clients and of people have in common: search by the words of the box, filters kept by name, print, several changed at once.

Rows are read in pages, the first of them at once, so that twenty thousand people do not keep one waiting.
"""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QInputDialog, QMenu

from kamdesk.desktop.actions import Actions, ActionSpec
from kamdesk.desktop.desk import Desk
from kamdesk.desktop.models.rows import Column
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.capture_line import AddLine
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.pages.upkeep import add_merging
from kamdesk.desktop.widgets.basic import Say, label, tool_button
from kamdesk.desktop.widgets.hooks import Hooks
from kamdesk.desktop.widgets.list_page import ListPage
from kamdesk.desktop.widgets.list_print import PrintColumn, list_pdf
from kamdesk.model.messages import N_, Message
from kamdesk.store.changes import ChangeSet

if TYPE_CHECKING:
    from kamdesk.services.saved_filters import FilterView
    from kamdesk.store.history import Step

FIRST, NEXT = 100, 1_000
"""Rows that are read at once, and in each turn after that while nobody waits for them."""


def list_actions(name: str, say_delete: str) -> tuple[ActionSpec, ...]:
    """The actions that every list of records has."""
    return (
        ActionSpec(f"{name}.delete", say_delete, "trash", ("Del",), enabled="chosen"),
        ActionSpec(
            f"{name}.change", N_("Change a field of the chosen"), "edit", ("Ctrl+E",), enabled="chosen"
        ),
        ActionSpec(f"{name}.print", N_("Print this list"), "print", ("Ctrl+P",)),
        ActionSpec(f"{name}.keep", N_("Keep this filter by name"), "filter", ("Ctrl+Shift+S",)),
    )


class RecordList(ListPage, metaclass=Hooks):
    """Subclasses give ``read(limit, offset)``, ``narrowed(rows)``, the menu of chosen rows, and their own actions."""

    kind = ""
    """The kind of page a row opens: "client" or "person"."""
    table_name = ""
    """The table of its records."""
    tables: tuple[str, ...] = ()
    """What the rows are made of."""
    merges = True
    """Whether two rows may be one and the same, entered twice."""
    never: frozenset[str] = frozenset()
    """Fields that are not changed for several at once: names, judgements that carry evidence."""

    def __init__(
        self,
        desk: Desk,
        name: str,
        say: Say,
        columns: Sequence[Column],
        filters: Sequence[tuple[str, Say]],
        line: AddLine,
        actions: Sequence[ActionSpec],
        handlers: dict[str, Callable[[], object]],
    ) -> None:
        super().__init__(desk.kit, name, say, columns, filters=filters, filter_here=False)
        _ = desk.kit.words.gettext
        self._desk, self._page = desk, name
        self.said = Said(desk.kit, desk.workplace.vocabularies, lambda: desk.workplace.store.now().date())
        self._loaded: list[Any] = []
        self.model.ordered_by = columns[0].id
        self._found: frozenset[str] | None = None
        self._turn = 0
        self._changes = 0
        self._stands: tuple[date, str, int] | None = None
        self.line = line
        self._outer.insertWidget(1, line)
        self.hint = label(desk.kit, look="caption", wrap=True)
        self.hint.hide()
        self._outer.insertWidget(2, self.hint)
        self.actions_table = Actions(self, desk.kit.words, desk.kit.icons)
        self.actions_table.declare(
            actions,
            {
                **handlers,
                f"{name}.delete": self.delete,
                f"{name}.change": self.change_many,
                f"{name}.print": self.print_list,
                f"{name}.keep": self.ask_filter_name,
            },
            {"chosen": lambda: bool(self.table.selected_rows())},
        )
        self.kept = tool_button(desk.kit, lambda: _("Saved filters"), "filter", self.open_filters)
        self.columns_button = tool_button(
            desk.kit,
            lambda: _("Which columns are shown"),
            "table",
            lambda: self.table.choose_columns(self.columns_button),
        )
        self.print_button = tool_button(desk.kit, lambda: _("Print this list"), "print", self.print_list)
        for made in (self.kept, self.columns_button, self.print_button):
            self.bar.addWidget(made)
        self.opened.connect(self._open_row)
        self.chosen.connect(lambda _rows: self.actions_table.refresh())
        self.asked.connect(self._search)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(
            lambda at: self._menu(self.table.viewport().mapToGlobal(at))
        )

    # --- for subclasses

    @abstractmethod
    def read(self, limit: int | None, offset: int) -> Sequence[Any]:
        """Rows in the order of the language."""

    @abstractmethod
    def narrowed(self, rows: Sequence[Any]) -> list[Any]:
        """The rows that the marks and boxes let through."""

    @abstractmethod
    def fill_menu(self, menu: QMenu, rows: Sequence[Any]) -> None:
        """Put what can be done with the chosen rows into their menu."""

    @abstractmethod
    def called(self, row: Any) -> str:
        """How a row is called."""

    def loaded(self, rows: Sequence[Any]) -> None:
        """All rows that are known now, for boxes made of them."""

    def choices(self) -> dict[str, str]:
        """What the boxes of the list choose, for a filter that is kept."""
        return {}

    def choose(self, choices: dict[str, str]) -> None:
        """Set the boxes as a kept filter had them."""

    # --- reading

    def open(self, target: Target) -> None:
        """Read the list; the tab may be "add" (a line for a new name) or a text to search for.

        Where nothing at all was written since, the rows stay: all people read anew take a second, and are twice in memory.
        """
        if self._stands != self._state():
            self.reload()
        if target.tab == "add":
            self.line.start()
        elif target.tab:
            self.search.setText(target.tab)

    def _state(self) -> tuple[date, str, int]:
        """Rows that were read in the same one are the same."""
        return self.said.today(), self.kit.words.language, self._changes

    def refresh(self, changes: ChangeSet) -> None:
        """Read anew what a change may concern; a list that is not seen reads anew when one comes back."""
        self._changes += 1
        if changes.touches(*self.tables) and self.isVisible():
            self.reload()

    def reload(self) -> None:
        """Read anew, in turns. Rows that were shown stay until all the new ones are here."""
        self._turn += 1
        turn, first_time = self._turn, not self._loaded
        state = self._state()
        fresh: list[Any] = []

        def read(offset: int) -> None:
            limit = FIRST if offset == 0 else NEXT

            def done(rows: Sequence[Any]) -> None:
                if turn != self._turn:
                    return
                fresh.extend(rows)
                ended = len(rows) < limit
                if ended:
                    self._stands = state
                else:
                    read(offset + limit)
                if first_time and offset and len(self._loaded) == offset and self.table.in_order():
                    self._append(rows, ended)
                elif ended or (first_time and not offset):
                    self._loaded = list(fresh)
                    self.loaded(self._loaded)
                    self.narrow()

            self.kit.queries.run(lambda: self.read(limit, offset), done, owner=self, key=f"{self._page} rows")

        read(0)
        if self.search.text().strip():
            self._ask()

    def narrow(self) -> None:
        """Show what fits the search, the marks and the boxes."""
        self.set_rows(self._fitting(self._loaded))

    def _fitting(self, rows: Sequence[Any]) -> list[Any]:
        found, fits = self._found, self.narrowed(rows)
        return fits if found is None else [row for row in fits if row.id in found]

    def _append(self, rows: Sequence[Any], ended: bool) -> None:
        """Put the next rows below: sorting and showing all of them at each turn would stop the window."""
        self._loaded.extend(rows)
        self.add_rows(self._fitting(rows))
        if ended:
            self.loaded(self._loaded)

    def _search(self, text: str, _chips: object) -> None:
        searching, table = self._desk.workplace.searching, self.table_name
        if not text:
            self._found = None
            self._tell(())
            self.narrow()
            return

        def done(answer: tuple[frozenset[str] | None, tuple[Message, ...]]) -> None:
            if self.search.text().strip() == text:
                self._found = answer[0]
                self._tell(answer[1])
                self.narrow()

        self.kit.queries.run(
            lambda: (searching.ids(text, table), searching.problems(text)),
            done,
            owner=self,
            key=f"{self._page} search",
        )

    def _tell(self, problems: Sequence[Message]) -> None:
        self.hint.setText(" ".join(self.kit.words.message(one) for one in problems))
        self.hint.setVisible(bool(problems))

    def _open_row(self, row: Any) -> None:
        self._desk.window.neighbours.remember(self.kind, [one.id for one in self.model.rows()])
        self.go(self.kind, row.id)

    # --- several at once

    def delete(self) -> None:
        """Delete the chosen records in one step."""
        rows = self.table.selected_rows()
        if rows:
            delete_rows(self._desk, self.table_name, [(row.id, self.called(row)) for row in rows])

    def change_many(self) -> None:
        """Ask for a field and its value, and change it for all that are chosen."""
        from kamdesk.desktop.dialogs.change_many import ChangeManyDialog

        ids = [row.id for row in self.table.selected_rows()]
        records, table = self._desk.workplace.records, self.table_name
        if not ids:
            return
        specs = [spec for spec in records.specs(table) if spec.name not in self.never]
        dialog = ChangeManyDialog(self.kit, len(ids), specs, self)
        dialog.ordered.connect(
            lambda name, value: self.kit.commands.run(
                lambda: records.set_all(table, ids, {name: value}), owner=self
            )
        )
        dialog.open()

    def _menu(self, at: QPoint) -> None:
        rows = self.table.selected_rows()
        if not rows:
            return
        _ = self.kit.words.gettext
        menu = QMenu(self)
        if len(rows) == 1:
            menu.addAction(_("Open")).triggered.connect(lambda: self._open_row(rows[0]))
        menu.addAction(_("Copy")).triggered.connect(lambda: self.table.copy())
        self.fill_menu(menu, rows)
        menu.addAction(self.actions_table.action(f"{self._page}.change"))
        menu.addSeparator()
        if self.merges:
            add_merging(self._desk, menu, self.table_name, [row.id for row in rows])
        menu.addAction(self.actions_table.action(f"{self._page}.delete"))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Menu and self.table.hasFocus():
            place = self.table.visualRect(self.table.currentIndex()).bottomLeft()
            self._menu(self.table.viewport().mapToGlobal(place))
        else:
            super().keyPressEvent(event)

    # --- filters by name

    def filter_text(self) -> str:
        """What is searched and marked now, as it is kept."""
        return json.dumps(
            {"text": self.search.text().strip(), "marks": list(self.filters()), "boxes": self.choices()},
            ensure_ascii=False,
        )

    def apply_filter(self, query: str) -> None:
        """Search and mark as a kept filter did; what this list does not know any more is passed over."""
        try:
            kept = json.loads(query)
        except ValueError:
            kept = {"text": query}
        kept = kept if isinstance(kept, dict) else {}
        marks = kept.get("marks")
        for name, chip in self.chips.items():
            chip.setChecked(isinstance(marks, list) and name in marks)
        boxes = kept.get("boxes")
        self.choose({str(key): str(value) for key, value in boxes.items()} if isinstance(boxes, dict) else {})
        self.search.setText(str(kept.get("text", "")))
        self._ask()

    def open_filters(self) -> None:
        """Show the kept filters."""
        filters = self._desk.workplace.saved_filters
        self.kit.queries.run(lambda: filters.list(self._page), self._show_filters, owner=self)

    def _show_filters(self, rows: Sequence[FilterView]) -> None:
        _ = self.kit.words.gettext
        menu = QMenu(self)
        for row in rows:
            menu.addAction(row.name).triggered.connect(partial(self._use, row.query))
        if rows:
            menu.addSeparator()
        menu.addAction(_("Show everything")).triggered.connect(partial(self._use, "{}"))
        menu.addAction(self.actions_table.action(f"{self._page}.keep"))
        if rows:
            gone = menu.addMenu(_("Delete a filter"))
            for row in rows:
                gone.addAction(row.name).triggered.connect(partial(self._forget_filter, row.id))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.kept.mapToGlobal(self.kept.rect().bottomLeft()))

    def _use(self, query: str, _checked: bool = False) -> None:
        self.apply_filter(query)

    def _forget_filter(self, filter_id: str, _checked: bool = False) -> None:
        filters = self._desk.workplace.saved_filters
        self.kit.commands.run(lambda: filters.delete(filter_id), owner=self)

    def ask_filter_name(self) -> None:
        """Ask how the filter of now is to be called."""
        _ = self.kit.words.gettext
        dialog = QInputDialog(self)
        dialog.setLabelText(_("Name of the filter"))
        dialog.setTextValue(self.search.text().strip())
        dialog.textValueSelected.connect(self.keep_filter)
        dialog.finished.connect(lambda _result: dialog.deleteLater())
        dialog.open()

    def keep_filter(self, name: str) -> None:
        """Keep the filter of now by this name."""
        _, window = self.kit.words.gettext, self._desk.window
        filters, query = self._desk.workplace.saved_filters, self.filter_text()
        self.kit.commands.run(
            lambda: filters.save(self._page, name, query),
            lambda _id: window.notify(lambda: _("Kept: {name}").format(name=name), "success"),
            owner=self,
        )

    # --- paper

    def print_list(self) -> None:
        """Print the rows that are shown, or the chosen ones where several are."""
        chosen = self.table.selected_rows()
        rows = chosen if len(chosen) > 1 else list(self.model.rows())
        shown = self.table.shown_columns()
        columns = [
            PrintColumn(column.title(), self.table.columnWidth(at), column.right) for at, column in shown
        ]
        cells = [[column.text(row) for _at, column in shown] for row in rows]
        title, caption = self.title(), self._print_caption(len(rows))
        family = self.kit.theme.font().family()
        self.kit.jobs.start(
            title,
            lambda _progress: list_pdf(title, caption, columns, cells, family),
            lambda pdf: self._desk.printing.print_pdf(self, title, pdf),
            owner=self,
        )

    def _print_caption(self, n: int) -> str:
        day = self.said.day(self.said.today())
        parts = [
            self.kit.words.ngettext("{n} row", "{n} rows", n).format(n=n),
            day,
            self.search.text().strip(),
        ]
        return " · ".join(part for part in parts if part)


def delete_rows(desk: Desk, table: str, rows: Sequence[tuple[str, str]]) -> None:
    """Delete records by id and name in one step, and offer to take it back as long as nothing else was done."""
    _, ngettext = desk.kit.words.gettext, desk.kit.words.ngettext
    place = desk.workplace

    def work() -> Step | None:
        if len(rows) == 1:
            place.records.delete(table, rows[0][0])
        else:
            place.records.delete_all(table, [row for row, _name in rows])
        return place.vault.history.undoable()

    def undo(deleted: Step | None) -> None:
        def turn() -> None:
            if deleted is not None and place.vault.history.undoable() == deleted:
                place.vault.history.undo()

        desk.kit.commands.run(turn)

    def done(deleted: Step | None) -> None:
        n, name = len(rows), rows[0][1]
        desk.window.notify(
            lambda: (
                _("Deleted: {name}").format(name=name)
                if n == 1
                else ngettext("{n} record deleted", "{n} records deleted", n).format(n=n)
            ),
            "success",
            action=lambda: _("Undo"),
            on_action=lambda: undo(deleted),
        )

    desk.kit.commands.run(work, done)
