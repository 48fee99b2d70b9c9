"""The library: arguments, objections with answers, finished projects, recommenders with their consent (R1, R8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from kamdesk.desktop.actions import Actions, ActionSpec
from kamdesk.desktop.kit import Option
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.library_asks import LibraryAsks
from kamdesk.desktop.pages.library_files_work import LibraryFilesWork
from kamdesk.desktop.pages.library_kind import Asked
from kamdesk.desktop.pages.library_kinds import TABS, kinds
from kamdesk.desktop.pages.library_more_kinds import price_cells
from kamdesk.desktop.pages.library_panel import LINKS, EntryPanel
from kamdesk.desktop.pages.library_view import KindList, LibraryView
from kamdesk.desktop.pages.library_words import LibraryWords
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.widgets.cell_editing import CellEditing
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.model.messages import N_, Message
from kamdesk.services.library_uses import LibraryUses
from kamdesk.services.prices import PriceRow

if TYPE_CHECKING:
    from kamdesk.desktop.desk import Desk

_TABLES = ("argument", "objection", "case_study", "recommender", "telling", "objection_use", "price_item")
_FIRST, _NEXT = 100, 1_000
"""Rows of a long list that are read at once, and in each turn after that while nobody waits for them."""

_ACTIONS = (
    ActionSpec("library.import", N_("Import entries or prices"), "import"),
    ActionSpec("library.paste", N_("Paste a table into the library"), "paste"),
    ActionSpec("library.print", N_("Print this list"), "print", ("Ctrl+P",)),
    ActionSpec("library.delete", N_("Delete from the library"), "trash", ("Del",), enabled="chosen"),
)


class LibraryPage(LibraryView):
    """``Target("library", "", tab)`` shows a list; ``Target("argument", id)`` and its like show an entry in its list."""

    def __init__(self, desk: Desk) -> None:
        place = desk.workplace
        self._words = LibraryWords(desk.kit, place.vocabularies)
        self._uses = LibraryUses(place.store)
        said = ProposalWords(desk.kit, place.vocabularies)
        super().__init__(
            desk.kit, kinds(desk.kit, place.library, place.prices, self._uses, self._words, said)
        )
        self._desk = desk
        self._library = place.library
        self._turns: dict[str, int] = {}
        self._asks = LibraryAsks(desk, self, self._words)
        self.files = LibraryFilesWork(desk, self)
        self.import_button.clicked.connect(lambda _on=False: self.files.open_import())
        self.export_button.clicked.connect(lambda _on=False: self.files.open_export())
        self.actions_table = Actions(self, desk.kit.words, desk.kit.icons)
        self.actions_table.declare(
            _ACTIONS,
            {
                "library.import": self.files.choose_file,
                "library.paste": self.files.paste,
                "library.print": self.files.print_list,
                "library.delete": self._delete_chosen,
            },
            {"chosen": lambda: bool(self.shown().table.selected_rows())},
        )
        self.print_button.clicked.connect(lambda _on=False: self.files.print_list())
        prices = self.lists["price_item"]
        self.cells = CellEditing(desk.kit, prices.table, prices.model, price_cells(desk.kit), self._save_cell)
        self.cells.told.connect(self._tell)
        self._panels: dict[str, EntryPanel] = {}
        self._wanted = ""
        self._focus_wanted = False
        self._links: dict[str, Sequence[Option]] = {}
        self.add_line.added.connect(self._add)
        for tab, switch in self.tabs.items():
            switch.clicked.connect(lambda _checked=False, tab=tab: self._switch(tab))
        for table, shown in self.lists.items():
            shown.asked.connect(lambda _text, _chips, table=table: self._load(table))
            shown.chosen.connect(lambda rows, table=table: self._choose(table, rows))
            shown.opened.connect(lambda row, table=table: self._go_into(table, row))
            shown.import_wanted.connect(self.files.choose_file)
        self.kit.words.changed.connect(self._say_again)

    def open(self, target: Target) -> None:
        """Show a tab, or an entry in its tab."""
        if target.kind in TABS.values():
            self._wanted = target.id
            self.show_tab(next(tab for tab, table in TABS.items() if table == target.kind))
        else:
            self.show_tab(target.tab or self.tab())
        self._load_links()
        self._load(self.shown().kind.table)

    def refresh(self, changes: Any) -> None:
        """Load anew what a change touches; what is being typed stays."""
        touched = changes.touches(*_TABLES) or changes.touches(
            "proposal", "proposal_argument", "proposal_case", "proposal_recommender", "person"
        )
        if touched:
            self._load_links()
            self._load(self.shown().kind.table)
        if changes.touches("vocabulary"):
            for shown in self.lists.values():
                for box in shown.narrowed.values():
                    box.fill()

    # --- loading ----------------------------------------------------------------------------------------------

    def _load(self, table: str) -> None:
        shown = self.lists[table]
        codes = {name: box.code() for name, box in shown.narrowed.items()}
        asked = Asked(
            shown.search.text().strip(),
            codes.get("lens", ""),
            codes.get("criterion", ""),
            codes.get("language", ""),
        )
        if shown.kind.turn is not None:
            self._load_turns(shown, asked)
            return
        # a fresh key each: a reload that waits is replaced by the next one of the same list
        self.kit.queries.run(
            lambda: shown.kind.load(asked), partial(self._show, shown), owner=self, key=f"library.{table}"
        )

    def _load_turns(self, shown: KindList, asked: Asked) -> None:
        """Read a long list, the first rows at once; rows that are shown stay until all new ones are here."""
        table, read = shown.kind.table, shown.kind.turn
        turn = self._turns[table] = self._turns.get(table, 0) + 1
        fresh: list[Any] = []
        waited = not shown.model.rowCount()

        def ask(offset: int) -> None:
            limit = _NEXT if offset else _FIRST

            def done(rows: Sequence[Any]) -> None:
                if turn != self._turns[table]:
                    return
                fresh.extend(rows)
                ended = len(rows) < limit
                if ended or (waited and not offset):
                    self._show(shown, list(fresh))
                if not ended:
                    ask(offset + limit)

            if read is not None:
                self.kit.queries.run(
                    lambda: read(asked, limit, offset), done, owner=self, key=f"library.{table}"
                )

        ask(0)

    def _show(self, shown: KindList, rows: Sequence[Any]) -> None:
        if "expired" in shown.filters():
            rows = [row for row in rows if row.expired]
        table = shown.kind.table
        shown.set_rows(rows)
        panel = self._panels.get(table)
        if self._wanted:
            if shown.table.select_id(self._wanted):
                self._wanted = ""
                if self._focus_wanted and table in self._panels:
                    self._focus_wanted = False
                    self._panels[table].focus_main()
            elif shown.is_narrowed():
                self._widen(shown)
                return
            # else an answer from before the entry was added: the next one has it
            panel = self._panels.get(table)
        if panel is not None:
            row = next((row for row in rows if row.id == panel.row.id), None)
            if row is not None:
                panel.show_row(row)
                self._load_uses(panel)
            elif not shown.is_narrowed():
                self._show_panel(shown, None)
        elif rows and not shown.table.selectionModel().hasSelection():
            shown.table.selectRow(0)

    def _widen(self, shown: KindList) -> None:
        """Take the filters away, because what is to be shown is hidden by them."""
        shown.search.clear()
        for box in shown.narrowed.values():
            box.setCurrentIndex(0)
        for chip in shown.chips.values():
            chip.setChecked(False)
        self._load(shown.kind.table)

    def _load_links(self) -> None:
        library = self._library

        def work() -> dict[str, Sequence[Option]]:
            return {
                "case_study": [Option(case.id, case.title) for case in library.cases()],
                "recommender": [
                    Option(one.id, self._words.recommender(one)) for one in library.recommenders()
                ],
                "argument": [Option(one.id, " ".join(one.text.split())[:80]) for one in library.arguments()],
                "objection": [
                    Option(one.id, " ".join(one.text.split())[:80]) for one in library.objections()
                ],
            }

        self.kit.queries.run(work, self._keep_links, owner=self, key="library.links")

    def _keep_links(self, links: dict[str, Sequence[Option]]) -> None:
        self._links = links

    def _load_uses(self, panel: EntryPanel) -> None:
        table, row_id = self._table_of(panel), panel.row.id

        def work() -> tuple[Any, Any]:
            results = self._uses.results(row_id) if table == "argument" else ()
            return self._uses.proposals(table, row_id), results

        objections = self._desk.workplace.objection_uses

        def show(found: tuple[Any, Any]) -> None:
            if self._panels.get(table) is panel and panel.row.id == row_id:
                panel.show_uses(*found)

        def show_heard(rows: Any) -> None:
            if panel.heard is not None and panel.row.id == row_id:
                panel.heard.show_heard(panel.row.answered, rows)

        if table == "objection":
            self.kit.queries.run(
                lambda: objections.of_objection(row_id), show_heard, owner=panel, key="library.heard"
            )

        self.kit.queries.run(work, show, owner=panel, key=f"library.uses.{table}")

    # --- the panel --------------------------------------------------------------------------------------------

    def _choose(self, table: str, rows: Sequence[Any]) -> None:
        shown = self.lists[table]
        panel = self._panels.get(table)
        # of several the one the keyboard is on
        row = rows[0] if len(rows) == 1 else shown.table.current_row() if rows else None
        self.actions_table.refresh()
        if table == "worked":
            return
        if row is None or (panel is not None and panel.row.id == row.id):
            return
        if panel is not None:
            panel.flush()
        kind = shown.kind
        made = EntryPanel(
            self.kit,
            self._words,
            kind,
            (*self._desk.workplace.records.specs(table), *LINKS),
            row,
            partial(self._save, table, row.id),
            lambda name: self._links.get(name, ()),
        )
        made.duplicate_wanted.connect(lambda: self._duplicate(table, made.row.id))
        made.delete_wanted.connect(lambda: self._delete(table, made.row.id))
        made.consent_wanted.connect(lambda: self._asks.consent(made))
        made.withdraw_wanted.connect(lambda: self._asks.withdraw(made))
        made.went.connect(self.went)
        made.twin_wanted.connect(lambda: self._asks.twin(table, made))
        made.part_wanted.connect(
            lambda: self.kit.commands.run(lambda: self._library.part(table, made.row.id), owner=self)
        )
        if table == "objection":
            made.add_part(self._asks.heard_of(made))
        self._show_panel(shown, made)
        self._load_uses(made)

    def _show_panel(self, shown: KindList, panel: EntryPanel | None) -> None:
        if panel is None:
            self._panels.pop(shown.kind.table, None)
        else:
            self._panels[shown.kind.table] = panel
        shown.show_panel(panel)

    def _go_into(self, table: str, row: Any) -> None:
        if table == "worked":
            self.went.emit(Target("argument", row.argument_id))
            return
        if table in self._panels:
            self._panels[table].focus_main()

    def _table_of(self, panel: EntryPanel) -> str:
        return next(table for table, kept in self._panels.items() if kept is panel)

    # --- edits ------------------------------------------------------------------------------------------------

    def _add(self, texts: Sequence[str]) -> None:
        kind = self.shown().kind
        add = kind.add
        if add is None:
            return

        def work() -> str:
            return self._library.add_several(kind.table, [add(text.strip()) for text in texts])[-1]

        def added(row_id: str) -> None:
            self.add_line.done()
            self._wanted = row_id
            self._load(kind.table)

        self.kit.commands.run(work, added, self.add_line.show_problem, owner=self)

    def _save(self, table: str, row_id: str, values: Mapping[str, object], editor: InlineEditor) -> None:
        visit = editor.visit
        self.kit.commands.run(
            lambda: self._library.edit(table, row_id, values, visit=visit),
            failed=editor.show_problem,
            owner=editor,
        )

    def _save_cell(
        self,
        row: PriceRow,
        values: Mapping[str, object],
        stored: Callable[[PriceRow], object],
        failed: Callable[[Message], object],
    ) -> None:
        library, prices = self._library, self._desk.workplace.prices

        def work() -> PriceRow:
            library.edit("price_item", row.id, values)
            return prices.item(row.id)

        self.kit.commands.run(work, stored, failed, owner=self)

    def _tell(self, problem: Message | str) -> None:
        if problem:
            self._desk.window.notify(problem if isinstance(problem, Message) else lambda: problem, "error")

    def leave(self) -> None:
        """Store what is typed, in a cell of the price list too."""
        self.cells.flush()
        super().leave()

    def _duplicate(self, table: str, row_id: str) -> None:
        def copied(new_id: str) -> None:
            self._wanted, self._focus_wanted = new_id, True
            self._load(table)

        self.kit.commands.run(lambda: self._library.duplicate(table, row_id), copied, owner=self)

    def _delete(self, table: str, row_id: str) -> None:
        self._show_panel(self.lists[table], None)

        self.kit.commands.run(lambda: self._library.delete(table, row_id), self._deleted, owner=self)

    def _deleted(self, _nothing: object) -> None:
        _ = self.kit.words.gettext
        self._desk.window.notify(
            lambda: _("Deleted from the library."),
            "success",
            lambda: _("Undo"),
            self._desk.window.undo_requested.emit,
        )

    def _delete_chosen(self) -> None:
        """Delete the chosen rows: prices in one step, of other entries the one that is shown."""
        shown = self.shown()
        rows = shown.table.selected_rows()
        if shown.kind.table == "worked" or not rows:
            return
        if shown.kind.table != "price_item" or len(rows) == 1:
            self._delete(shown.kind.table, (shown.table.current_row() or rows[0]).id)
            return
        self._show_panel(shown, None)
        ids = [row.id for row in rows]
        self.kit.commands.run(lambda: self._desk.workplace.prices.delete(ids), self._deleted, owner=self)

    def _switch(self, tab: str) -> None:
        self._wanted = ""
        self.leave()
        self.show_tab(tab)
        if self._desk.window.page() is self and (self._desk.window.here() or Target("")).kind == "library":
            self._desk.window.tab_changed(tab)
        self._load(TABS[tab])

    def _say_again(self) -> None:
        self._load(self.shown().kind.table)
