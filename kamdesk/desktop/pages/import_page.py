"""Import of people: drop, choose or paste; see what each row becomes; take it in one step that one undo takes back (X3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from kamdesk.desktop.dialogs.disk import ask_files, name_filter
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.import_reading import ImportReader, Reading, Source
from kamdesk.desktop.pages.import_view import ImportView, file_line
from kamdesk.desktop.pages.import_words import rows_of
from kamdesk.exchange.records import ContactsRead
from kamdesk.model.messages import Message
from kamdesk.services.import_report import ImportReport
from kamdesk.worker.contacts import TableLook

if TYPE_CHECKING:
    from kamdesk.desktop.desk import Desk

_DRAFT = "import:paste"


class ImportPage(ImportView):
    """``source`` in the target's tab is paste, table, outlook or vcard: what the user said they have."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.kit)
        self._desk = desk
        self._reader = ImportReader(desk.workplace)
        self._sources: tuple[Source, ...] = ()
        self._reading = Reading()
        self._people: ContactsRead | None = None
        self._look: TableLook | None = None
        self._report: ImportReport | None = None
        self._client = ""
        self._asked_for = ""
        self._turn = 0
        self._connect()
        self.kit.words.bind(self, self._say)

    def _connect(self) -> None:
        source, review = self.source, self.review
        source.choose.clicked.connect(self._choose_files)
        source.files_given.connect(self.take_files)
        source.text_given.connect(self.take_text)
        review.start_over.clicked.connect(self.start_over)
        review.take.clicked.connect(self.import_all)
        review.undo.clicked.connect(self._undo)
        review.people.clicked.connect(self._go_on)
        review.client.activated.connect(lambda _at: self._client_chosen())
        review.state.currentIndexChanged.connect(lambda _at: self._show_rows())
        review.all.clicked.connect(lambda: review.model.set_ticked(review.model.rows(), True))
        review.none.clicked.connect(lambda: review.model.set_ticked(review.model.rows(), False))
        review.model.ticked.connect(lambda _n: self._say_take())
        review.table.opened.connect(self._open_row)
        review.columns.fields_changed.connect(self._fields_chosen)
        review.columns.reading_changed.connect(self._reading_chosen)

    def open(self, target: Target) -> None:
        """The clients of now; a fresh page begins with the source."""
        self._asked_for = target.tab
        self._client = self._client or target.id
        self._load_clients()
        self.kit.queries.run(lambda: self._desk.workplace.drafts.get(_DRAFT), self._take_draft, owner=self)
        self._say()
        if target.tab == "paste" and self.stack.currentWidget() is self.source:
            self.source.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changes: Any) -> None:
        """What would happen depends on who is here: look again, unless it is done already."""
        if changes.touches("organisation"):
            self._load_clients()
        if self._report is not None and not self.review.done and changes.touches("person", "contact"):
            self._try()

    def unsaved(self) -> dict[str, str]:
        """A pasted text that was not read yet, for a lock in the middle of it."""
        text = self.source.text.toPlainText()
        return {_DRAFT: text} if text.strip() and self.stack.currentWidget() is self.source else {}

    def _take_draft(self, text: str) -> None:
        if text and not self.source.text.toPlainText():
            self.source.text.setPlainText(text)
            self.kit.commands.run(lambda: self._desk.workplace.drafts.drop(_DRAFT))

    def leave(self) -> None:
        """Nothing typed here is stored before it is imported."""

    # --- sources ----------------------------------------------------------------------------------------------

    def take_files(self, paths: Sequence[str]) -> None:
        """Read files; several are imported as one step."""
        _ = self.kit.words.gettext
        self.source.tell("")

        self.kit.jobs.start(
            _("Reading"),
            lambda progress: self._reader.files(paths, progress),
            self._take,
            self._refused,
            owner=self,
        )

    def take_text(self, text: str) -> None:
        """Read pasted text."""
        _ = self.kit.words.gettext
        self.source.tell("")
        if text.strip():
            self._take((Source(_("Paste"), None, text),))

    def start_over(self) -> None:
        """Another source."""
        self._turn += 1
        self._sources, self._people, self._look, self._report = (), None, None, None
        self._reading = Reading()
        self.review.model.forget()
        self.source.text.clear()
        self.source.tell("")
        self.stack.setCurrentWidget(self.source)

    def _take(self, sources: tuple[Source, ...]) -> None:
        self._sources, self._reading = sources, Reading()
        self.review.model.forget()
        self.review.set_done(False)
        self._read()

    # --- reading and trying -----------------------------------------------------------------------------------

    def _read(self) -> None:
        """Read the sources, then show what they would bring."""
        sources, reading, client = self._sources, self._reading, self._client
        turn = self._next_turn()
        _ = self.kit.words.gettext

        self.kit.jobs.start(
            _("Reading"),
            lambda progress: self._reader.look(sources, reading, client, progress),
            lambda found: self._show(turn, *found),
            self._refused,
            owner=self,
        )

    def _try(self) -> None:
        """Look again at what was read, for another client or after a change."""
        people, client = self._people, self._client
        if people is None:
            self._read()
            return
        turn = self._next_turn()
        look = self._look
        _ = self.kit.words.gettext
        self.kit.jobs.start(
            _("Reading"),
            lambda progress: self._reader.dry_run(people, client, progress),
            lambda report: self._show(turn, people, look, report),
            self._refused,
            owner=self,
        )

    def _show(
        self, turn: int, people: ContactsRead | None, look: TableLook | None, report: ImportReport
    ) -> None:
        if turn != self._turn:
            return
        self._people, self._look, self._report = people, look, report
        self.review.columns.show_table(look)
        self.review.columns.setVisible(look is not None)
        self.review.set_done(False)
        only_dossiers = people is None
        for widget in (self.review.client, self.review.client_label):
            widget.setVisible(not only_dossiers)
        self.review.model.choosing = not only_dossiers
        for choice in (self.review.all, self.review.none):
            choice.setVisible(not only_dossiers)
        self.stack.setCurrentWidget(self.review)
        self._show_rows()
        self._say()
        self.review.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- importing --------------------------------------------------------------------------------------------

    def import_all(self) -> None:
        """Take what is ticked, in a job that can be cancelled without harm."""
        people, client, look = self._people, self._client, self._look
        left_out = self.review.model.left_out()
        sources = self._sources
        _ = self.kit.words.gettext
        self.review.take.setEnabled(False)

        self.kit.jobs.start(
            _("Import"),
            lambda progress: self._reader.take(sources, people, look, client, left_out, progress),
            self._imported,
            self._refused,
            self._cancelled,
            owner=self,
        )
        self._report = None

    def _imported(self, report: ImportReport) -> None:
        self._report = report
        self.review.set_done(True)
        self._show_rows()
        self._say()
        self.review.people.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cancelled(self) -> None:
        _ = self.kit.words.gettext
        self._desk.window.notify(lambda: _("The import was stopped. Nothing was taken."), "info")
        self._try()

    def _undo(self) -> None:
        self._desk.window.undo_requested.emit()
        self.review.set_done(False)
        self._try()

    def _go_on(self) -> None:
        if self._client:
            self.go("client", self._client)
        else:
            self.go("people")

    def _open_row(self, row: Any) -> None:
        if self.review.done and row.record:
            self.go("person", row.record)
        elif not self.review.done:
            self.review.model.set_ticked([row], not self.review.model.is_ticked(row))

    # --- choices ----------------------------------------------------------------------------------------------

    def _load_clients(self) -> None:
        organisations = self._desk.workplace.organisations
        self.kit.queries.run(
            lambda: [(row.id, row.name) for row in organisations.list()],
            self._show_clients,
            owner=self,
            key="import",
        )

    def _show_clients(self, clients: Sequence[tuple[str, str]]) -> None:
        _ = self.kit.words.gettext
        combo = self.review.client
        combo.clear()
        combo.addItem(_("As the file says"), "")
        for row_id, name in clients:
            combo.addItem(name, row_id)
        combo.setCurrentIndex(max(0, combo.findData(self._client)))

    def _client_chosen(self) -> None:
        self._client = self.review.client.currentData() or ""
        self._try()

    def _fields_chosen(self, fields: tuple[str, ...]) -> None:
        self._reading = replace(self._reading, fields=fields)
        self._read()

    def _reading_chosen(self) -> None:
        columns = self.review.columns
        look = self._look
        if look is None:
            return
        self._reading = Reading(
            columns.encoding.currentData() or "" if look.encoding else "",
            columns.separator.currentData() or "" if look.separator else "",
            columns.sheet.currentData() or "" if look.sheets else "",
        )
        self._read()

    def _choose_files(self) -> None:
        _ = self.kit.words.gettext
        kinds = "vcf" if self._asked_for == "vcard" else "xlsx xls ods csv tsv txt vcf json"
        contacts = name_filter(_("Contacts and dossiers"), *kinds.split())
        every = name_filter(_("All files"))
        ask_files(
            self,
            _("Import of people"),
            lambda paths: self.take_files([str(path) for path in paths]),
            [contacts, every],
        )

    # --- words ------------------------------------------------------------------------------------------------

    def _show_rows(self) -> None:
        if self._report is None:
            return
        state = self.review.state.code()
        rows = [row for row in rows_of(self._report) if not state or row.state == state]
        self.review.table.keep_selection(lambda: self.review.model.set_rows(rows))
        self._say_take()

    def _say(self) -> None:
        _ = self.kit.words.gettext
        hints: dict[str, Callable[[], str]] = {
            "outlook": lambda: _(
                "In Outlook: File → Open & Export → Export to a file → comma separated values → Contacts. Then drop the file here."
            ),
            "vcard": lambda: _(
                "On the phone: Contacts → Share → all. Send yourself the .vcf file and drop it here."
            ),
            "table": lambda: _(
                "A sheet with one person in each row. The columns may have any names and any order."
            ),
        }
        hint = hints.get(self._asked_for)
        self.source.hint.setText(hint() if hint else "")
        self.source.hint.setVisible(hint is not None)
        report = self._report
        if report is None:
            return
        words, review = self.review.words, self.review
        review.summary.setText(words.summary(report, done=review.done) or _("Nothing was found"))
        names = [source.name for source in self._sources]
        total = sum(len(getattr(report, state)) for state in ("created", "updated", "same", "skipped"))
        line = file_line(self.kit, names, total)
        review.source.setText(" · ".join(part for part in (line, words.remarks(report.remarks)) if part))
        review.picture.set_icon(*(("ok-circle", "success") if review.done else ("info", "accent_text")))
        client = review.client.itemText(0)
        if client:
            review.client.setItemText(0, _("As the file says"))
        self._say_take()

    def _say_take(self) -> None:
        report = self._report
        if report is None:
            return
        _, ngettext = self.kit.words.gettext, self.kit.words.ngettext
        wanted = [row for row in rows_of(report) if row.wanted]
        n = (
            sum(self.review.model.is_ticked(row) for row in wanted)
            if self.review.model.choosing
            else len(wanted)
        )
        self.review.take.setText(ngettext("Import {n} row", "Import {n} rows", n).format(n=n))
        self.review.take.setEnabled(n > 0)
        self.review.people.setText(_("To the client") if self._client else _("To the people"))

    def _refused(self, message: Message) -> None:
        words = self.kit.words.message(message)
        if self.stack.currentWidget() is self.source:
            self.source.tell(words)
        else:
            self._desk.window.notify(message, "error")
            self._say_take()

    def _next_turn(self) -> int:
        self._turn += 1
        return self._turn
