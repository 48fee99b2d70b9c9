"""The library and the price list in and out of files, and on paper: menus, dialogs and what is said afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QToolButton

from kamdesk.desktop.dialogs.disk import ask_file, ask_where, name_filter
from kamdesk.desktop.dialogs.library_import import LibraryImportDialog, PriceChoices
from kamdesk.desktop.dialogs.printed_pages import keep_file
from kamdesk.desktop.pages.library_import_words import ImportWords, field_labels
from kamdesk.desktop.widgets.list_print import PrintColumn, list_pdf
from kamdesk.exchange import library_file
from kamdesk.exchange.table_fields import FieldTable
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.services.library_tables import PRICES, fields_of, prices_of

if TYPE_CHECKING:
    from kamdesk.desktop.desk import Desk
    from kamdesk.desktop.pages.library_view import LibraryView

_LARGEST: Final = 50 * 2**20
_Read = tuple[bytes, FieldTable | None, tuple[Message, ...]]
"""The bytes of a file, its rows (None for a file of our own) and remarks about it."""
TABLES: Final = ("argument", "objection", "case_study", "recommender")


class LibraryFilesWork:
    """Belongs to one library page and acts on the list that it shows."""

    def __init__(self, desk: Desk, page: LibraryView) -> None:
        self._desk, self._page = desk, page
        self._kit, self._place = desk.kit, desk.workplace
        self._words = ImportWords(desk.kit, desk.workplace.vocabularies)
        self.dialog: LibraryImportDialog | None = None

    # --- menus

    def open_import(self) -> None:
        """Offer the ways in for the list that is shown."""
        _ = self._kit.words.gettext
        menu = QMenu(self._page)
        menu.addAction(_("From a file…")).triggered.connect(lambda: self.choose_file())
        menu.addAction(_("Paste a table")).triggered.connect(lambda: self.paste())
        _pop(menu, self._page.import_button)

    def open_export(self) -> None:
        """Offer the ways out for the list that is shown."""
        _ = self._kit.words.gettext
        menu = QMenu(self._page)
        table = self._page.shown().kind.table
        whole = menu.addAction(_("The whole library as a file for another kamdesk…"))
        whole.setToolTip(
            _(
                "The library as a file, for colleagues: with types of stakeholders, contacts and consents of recommenders"
            )
        )
        menu.setToolTipsVisible(True)
        whole.triggered.connect(
            lambda: self.ask_where(lambda: self._place.library_files.export(), _("Library") + ".json")
        )
        if table in TABLES:
            name, language = self._page.shown().kind.title(), self._kit.words.language
            for form, words in (
                ("xlsx", _("This list as a table for Excel…")),
                ("csv", _("This list as CSV…")),
            ):
                menu.addAction(words).triggered.connect(
                    lambda _on=False, form=form: self.ask_where(
                        lambda: self._place.library_files.table(table, language, form), f"{name}.{form}"
                    )
                )
        elif table == PRICES:
            name, language = self._page.shown().kind.title(), self._kit.words.language
            for form, words in (
                ("xlsx", _("The price list as a table for Excel…")),
                ("csv", _("The price list as CSV…")),
            ):
                menu.addAction(words).triggered.connect(
                    lambda _on=False, form=form: self.ask_where(
                        lambda: self._place.prices.table(language, form), f"{name}.{form}"
                    )
                )
        _pop(menu, self._page.export_button)

    # --- in

    def choose_file(self) -> None:
        """Ask for a file."""
        _ = self._kit.words.gettext
        tables = name_filter(_("Tables"), "xlsx", "xls", "ods", "csv", "tsv", "txt")
        ours, every = name_filter(_("Library of kamdesk"), "json"), name_filter(_("All files"))
        kinds = [tables, every] if self._table() == PRICES else [ours, tables, every]
        ask_file(self._page, _("Take over from a file"), self.take_file, kinds)

    def take_file(self, path: Path) -> None:
        """Read a file and show what it would change."""
        kind, tables = self._table(), self._place.library_tables

        def work() -> _Read:
            try:
                with path.open("rb") as stream:
                    data = stream.read(_LARGEST + 1)
            except OSError:
                raise KamdeskError("table.unreadable", file=path.name) from None
            if path.suffix.casefold() == ".json" and kind != PRICES:
                return data[: library_file.LIMIT + 1], None, ()
            table, remarks = tables.of_file(data, path.name, kind)
            return data, table, remarks

        self._read(path.name, work, lambda read: self._check(path.name, kind, *read))

    def _read(self, name: str, work: Callable[[], _Read], then: Callable[[_Read], object]) -> None:
        self._kit.jobs.start(
            self._kit.words.gettext("Reading {file}").format(file=name),
            lambda _progress: work(),
            then,
            self._tell,
            owner=self._page,
        )

    def _read_sheet(self, dialog: LibraryImportDialog, name: str, kind: str, data: bytes, sheet: str) -> None:
        """Show another sheet of the same file in the dialog."""
        tables = self._place.library_tables

        def work() -> _Read:
            return data, *tables.of_file(data, name, kind, sheet)

        def show(read: _Read) -> None:
            if self.dialog is dialog and read[1] is not None:
                dialog.show_table(read[1])

        self._kit.jobs.start(
            self._kit.words.gettext("Reading {file}").format(file=name),
            lambda _progress: work(),
            show,
            dialog.refused,
            owner=dialog,
        )

    def paste(self) -> None:
        """Show what the table on the clipboard would change."""
        _ = self._kit.words.gettext
        text, kind, tables = QGuiApplication.clipboard().text(), self._table(), self._place.library_tables
        name = _("Clipboard")
        if not text.strip():
            self._desk.window.notify(
                lambda: _("The clipboard holds no table. Copy rows in Excel first, then paste them here."),
                "warning",
            )
            return
        self._kit.queries.run(
            lambda: tables.of_text(text, name, kind),
            lambda read: self._check(name, kind, b"", *read),
            self._tell,
            owner=self._page,
        )

    def _check(
        self, name: str, kind: str, data: bytes, table: FieldTable | None, remarks: tuple[Message, ...]
    ) -> None:
        words, prices = self._words, kind == PRICES

        def look(chosen: FieldTable | None, choices: PriceChoices) -> Any:
            return self._run(kind, data, chosen, choices, remarks, dry_run=True)

        labels = field_labels(self._kit, kind)
        dialog = LibraryImportDialog(
            self._kit,
            self._page,
            name,
            table,
            [(code, labels[code]) for code in fields_of(kind)],
            look,
            words.prices_ahead if prices else words.entries_ahead,
            for_prices=prices,
        )
        dialog.confirmed.connect(
            lambda chosen, choices: self._do(dialog, kind, data, chosen, choices, remarks)
        )
        dialog.sheet_wanted.connect(lambda sheet: self._read_sheet(dialog, name, kind, data, sheet))
        self.dialog = dialog
        dialog.finished.connect(lambda _result: self._forget())
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _do(
        self,
        dialog: LibraryImportDialog,
        kind: str,
        data: bytes,
        table: FieldTable | None,
        choices: PriceChoices,
        remarks: tuple[Message, ...],
    ) -> None:
        _, window = self._kit.words.gettext, self._desk.window
        if dialog.ok_button is not None:
            dialog.ok_button.setEnabled(False)

        def done(report: Any) -> None:
            dialog.done_well()
            say = self._words.prices_done if kind == PRICES else self._words.entries_done
            window.notify(
                lambda: say(report),
                "warning" if report.skipped else "success",
                action=lambda: _("Undo"),
                on_action=window.undo_requested.emit,
            )

        self._kit.commands.run(
            lambda: self._run(kind, data, table, choices, remarks, dry_run=False),
            done,
            dialog.refused,
            owner=dialog,
        )

    def _run(
        self,
        kind: str,
        data: bytes,
        table: FieldTable | None,
        choices: PriceChoices,
        remarks: tuple[Message, ...],
        *,
        dry_run: bool,
    ) -> Any:
        if table is None:
            return self._place.library_files.import_file(data, dry_run=dry_run)
        if not dry_run:
            self._place.library_tables.keep(table, kind)
        if kind != PRICES:
            return self._place.library_files.import_table(table, kind, remarks=remarks, dry_run=dry_run)
        return self._place.prices.take(
            prices_of(table, self._kit.words.language, remarks),
            price_list=choices.price_list,
            currency=choices.currency,
            replace=choices.replace,
            dry_run=dry_run,
        )

    # --- out

    def ask_where(self, make: Callable[[], bytes], name: str) -> None:
        """Ask where to save what ``make`` gives."""
        _ = self._kit.words.gettext
        ask_where(self._page, _("Save the library"), name, lambda path: self.give_file(make, path))

    def give_file(self, make: Callable[[], bytes], path: Path) -> None:
        """Write a file and say so."""
        keep_file(self._desk, self._page, path, make, self._tell)

    def print_list(self) -> None:
        """Print the rows that are shown, or the chosen ones where several are."""
        shown = self._page.shown()
        chosen = shown.table.selected_rows()
        rows = chosen if len(chosen) > 1 else list(shown.model.rows())
        columns = shown.table.shown_columns()
        heads = [PrintColumn(one.title(), shown.table.columnWidth(at), one.right) for at, one in columns]
        cells = [[one.text(row) for _at, one in columns] for row in rows]
        title, family = shown.kind.title(), self._kit.theme.font().family()
        caption = self._kit.words.ngettext("{n} row", "{n} rows", len(rows)).format(n=len(rows))
        self._kit.jobs.start(
            title,
            lambda _progress: list_pdf(title, caption, heads, cells, family),
            lambda pdf: self._desk.printing.print_pdf(self._page, title, pdf),
            owner=self._page,
        )

    def _table(self) -> str:
        """The kind that is taken over: that of the list; beside what worked, arguments."""
        table = self._page.shown().kind.table
        return "argument" if table == "worked" else table

    def _tell(self, problem: Message) -> None:
        self._desk.window.notify(problem, "error")


def _pop(menu: QMenu, below: QToolButton) -> None:
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(below.mapToGlobal(QPoint(0, below.height())))
