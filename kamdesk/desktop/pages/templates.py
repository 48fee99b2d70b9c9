"""Templates: those that ship and the company's own Word files: added by drop, looked at with a sample, checked, finished in Word (R9)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from kamdesk.desktop.dialogs.disk import WORD_FILES, ask_files, name_filter
from kamdesk.desktop.jobs import Progress
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.company_view import local_files
from kamdesk.desktop.pages.template_doctor import Checked
from kamdesk.desktop.pages.template_doctor_repair import RepairDialog
from kamdesk.desktop.pages.templates_look_work import DPI, Looked, Sample, content, fields, look
from kamdesk.desktop.pages.templates_view import TemplateRow, TemplatesView
from kamdesk.desktop.pages.templates_word import key_of, template_of, template_watch
from kamdesk.documents.templates import all_bundled
from kamdesk.model.messages import KamdeskError, Message

if TYPE_CHECKING:
    from kamdesk.desktop.desk import Desk
    from kamdesk.services.text_templates import TextSample

_LARGEST = 50 * 1024 * 1024
_SHOWN_IN_SAMPLES = (
    "proposal",
    "proposal_reader",
    "organisation",
    "person",
    "colleague",
    "company",
    "offer_item",
)


@dataclass(frozen=True)
class _Loaded:
    rows: Sequence[TemplateRow]
    samples: Sequence[TextSample]


class TemplatesPage(TemplatesView):
    """The tab of a target is "look", "check" or "fields"."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.kit)
        self._desk = desk
        self._templates = desk.workplace.templates
        self._shown: TemplateRow | None = None
        self._checked: Checked | None = None
        self._samples: Sequence[TextSample] | None = None
        self._readers: Sequence[Any] = ()
        self._turn = 0
        self._stale = False
        self._wanted = ""
        self._word_problems: dict[str, Message] = {}
        self.watch = template_watch(desk)
        self.watch.opened.connect(lambda _key: self._say_word())
        self.watch.taken.connect(self._saved_in_word)
        self.watch.failed.connect(self._word_failed)
        self.files_given.connect(self.add_files)
        self.add_button.clicked.connect(lambda: self._choose_files(self.add_files, many=True))
        self.guide_button.clicked.connect(lambda: self._choose_files(self._guide_file))
        self.mark_button.clicked.connect(self._guide_own)
        self.texts_button.clicked.connect(lambda: desk.window.navigate(Target("texts")))
        self.word_button.clicked.connect(self._open_in_word)
        self.replace_button.clicked.connect(lambda: self._choose_files(self._replace))
        self.delete_button.clicked.connect(self._delete)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda row: self._open_in_word() if row.own else None)
        self.look.start_chosen.connect(self._set_start)
        self.doctor.fix_wanted.connect(self._repair)
        self.fields.tags_changed.connect(self._load_fields)
        self.sample.activated.connect(lambda _at: self._look_again())
        self.reader.activated.connect(lambda _at: self._look_again())
        self.name.on_save(self._rename)
        for editor in (self.mode, self.kind, self.language):
            editor.on_save(lambda _value: self._set_use())
        self.usual.on_save(
            lambda value: self._edit(lambda row_id: self._templates.set_default(row_id, value))
        )
        self.pattern.on_save(
            lambda value: self._edit(lambda row_id: self._templates.set_table_pattern(row_id, value))
        )
        self.kit.words.changed.connect(self._retold)
        for tab, switch in self.tabs.items():
            switch.clicked.connect(lambda _checked=False, tab=tab: desk.window.tab_changed(tab))

    def open(self, target: Target) -> None:
        """Show the list and a side of the chosen template."""
        self._wanted = target.id if target.kind == "template" else ""
        self.show_tab(target.tab)
        self._load()

    def refresh(self, changes: Any) -> None:
        """Load anew after a change of templates, or of what the sample shows of us."""
        self._stale = self._stale or changes.touches(*_SHOWN_IN_SAMPLES)
        if self._stale or changes.touches("template"):
            self._load()

    def add_files(self, paths: Sequence[str]) -> None:
        """Clean and add Word files, each its own step; the last one is shown."""
        _ = self.kit.words.gettext
        if not paths:
            return

        def work(progress: Progress) -> list[tuple[str, int]]:
            added = []
            for number, path in enumerate(paths):
                progress.report(Path(path).name, number, len(paths))
                row_id = self._add(Path(path).name, _read(path))
                added.append((row_id, len(self._templates.view(row_id).removed)))
            return added

        self.kit.jobs.start(_("Adding a Word file"), work, self._added, self._refused, owner=self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        files = local_files(QGuiApplication.clipboard().mimeData())
        if event.matches(QKeySequence.StandardKey.Paste) and files:
            self.add_files(files)
        else:
            super().keyPressEvent(event)

    # --- loading ----------------------------------------------------------------------------------------------

    def _load(self) -> None:
        place = self._desk.workplace

        def work() -> _Loaded:
            own = [
                TemplateRow(
                    view.id,
                    view.name,
                    view.mode,
                    view.kind,
                    view.language,
                    True,
                    view.start_at,
                    view.proposals,
                    view.removed,
                    is_default=view.is_default,
                    table_pattern=view.table_pattern,
                    file_id=view.file_id,
                )
                for view in place.templates.list()
            ]
            shipped = [
                TemplateRow(item.id, item.label, "tags", item.kind, item.language, False, order=order)
                for order, item in enumerate(all_bundled())
            ]
            return _Loaded(own + shipped, place.text_templates.samples())

        self.kit.queries.run(work, self._show_rows, owner=self, key=f"templates {id(self)}")

    def _show_rows(self, loaded: _Loaded) -> None:
        if self._samples != loaded.samples:
            self._samples = loaded.samples
            self._fill_samples()
        rows = loaded.rows
        self.table.keep_selection(lambda: self.model.set_rows(rows))
        wanted, self._wanted = self._wanted, ""
        if wanted and self.table.select_id(wanted):
            return
        shown = self._shown
        now = next((row for row in rows if shown is not None and row.id == shown.id), None)
        if now is None:
            self.table.selectRow(0)
        elif now != shown:
            self._show(now)
        elif self._stale:
            self._look_again()
        self._stale = False

    def _choose(self, rows: Sequence[TemplateRow]) -> None:
        if len(rows) == 1 and (self._shown is None or self._shown.id != rows[0].id):
            self.name.flush()
            self._show(rows[0])

    def _show(self, row: TemplateRow) -> None:
        before, self._shown = self._shown, row
        _ = self.kit.words.gettext
        for widget in (
            self.name,
            self.word_button,
            self.replace_button,
            self.delete_button,
            self.choices,
            self.switches,
        ):
            widget.setVisible(row.own)
        self.mark_button.setVisible(row.own and row.mode == "letterhead")
        self.bundled_name.setVisible(not row.own)
        if row.own:
            self.name.set_value(row.name)
            self.mode.set_value(row.mode)
            self.kind.set_value(row.kind)
            self.language.set_value(row.language)
            self.usual.set_value(row.is_default)
            self.pattern.set_value(row.table_pattern)
            self.pattern.setVisible(row.mode == "letterhead")
        self._say_state()
        if before is None or before.id != row.id:
            self.doctor.show_result(None)
            self.look.show_places((), None)
        if before is None or (before.kind, before.language) != (row.kind, row.language):
            if before is None or before.language != row.language:
                self.fields.language.blockSignals(True)
                self.fields.set_tag_language(row.language or self.kit.words.language)
                self.fields.language.blockSignals(False)
            self._load_fields()
        self._look(row)

    def _retold(self) -> None:
        self._fill_samples()
        self._say_state()
        self._load_fields()

    def _say_state(self) -> None:
        row, _ = self._shown, self.kit.words.gettext
        if row is None:
            return
        self._say_word()
        if not row.own:
            self.bundled_name.setText(_(row.name))
            self.state.setText(_("Comes with kamdesk. To change it, add a Word file of your own."))
            return
        ngettext = self.kit.words.ngettext
        parts = [
            ngettext("Used in {n} proposal", "Used in {n} proposals", row.proposals).format(n=row.proposals)
        ]
        if not row.proposals:
            parts = [_("Not used in a proposal yet")]
        if row.removed:
            n = len(row.removed)
            parts.append(
                ngettext(
                    "{n} thing was taken out when it was added",
                    "{n} things were taken out when it was added",
                    n,
                ).format(n=n)
            )
        self.state.setText(" · ".join(parts))

    # --- the sample -------------------------------------------------------------------------------------------

    def _fill_samples(self) -> None:
        _, chosen = self.kit.words.gettext, self._sample().proposal_id
        self.sample.clear()
        self.sample.addItem(_("An invented proposal"), "")
        for one in self._samples or ():
            self.sample.addItem(one.label, one.proposal_id)
        self.sample.setCurrentIndex(max(0, self.sample.findData(chosen)))
        self.sample.setAccessibleName(_("Proposal to look at the template with"))
        self.sample.setToolTip(_("Proposal to look at the template with"))
        self.reader.setAccessibleName(_("Whose letter is shown"))

    def _fill_readers(self, readers: Sequence[Any]) -> None:
        self.reader.setVisible(bool(readers))
        if readers == self._readers:
            return
        self._readers, chosen = readers, self.reader.currentData()
        self.reader.clear()
        for one in readers:
            self.reader.addItem(one.name, one.id)
        self.reader.setCurrentIndex(max(0, self.reader.findData(chosen)))

    def _sample(self) -> Sample:
        return Sample(self.sample.currentData() or "", self.reader.currentData() or "")

    def _look_again(self) -> None:
        if self._shown is not None:
            self._look(self._shown)
            self._load_fields()

    # --- looking ----------------------------------------------------------------------------------------------

    def _look(self, row: TemplateRow) -> None:
        """Places, check and picture, in a job; an answer for another template is dropped."""
        _ = self.kit.words.gettext
        self._turn += 1
        turn, place, sample = self._turn, self._desk.workplace, self._sample()
        language = row.language or self.kit.words.language
        self.look.preview.set_busy(True)

        def show(looked: Looked) -> None:
            if turn != self._turn:
                return
            self._checked = looked.checked
            self._fill_readers(looked.readers)
            self.look.show_places(looked.places, row.start_at)
            self.doctor.show_result(looked.checked)
            self.look.preview.set_pages(looked.pages, DPI)
            self.look.preview.set_busy(False)
            problem = looked.problem
            self.look.show_problem(self.kit.words.message(problem) if problem is not None else "")

        self.kit.jobs.start(
            _("Looking at the template"),
            lambda progress: look(place, row, language, sample, progress),
            show,
            self._refused,
            owner=self,
        )

    def _load_fields(self) -> None:
        row = self._shown
        if row is None:
            return
        place, sample = self._desk.workplace, self._sample()
        words, tags = self.kit.words.language, self.fields.tag_language()
        self.kit.queries.run(
            lambda: fields(place, row, words, tags, sample),
            self.fields.show_fields,
            self._refused,
            owner=self,
            key=f"template fields {id(self)}",
        )

    # --- in Word ----------------------------------------------------------------------------------------------

    def _open_in_word(self) -> None:
        row = self._shown
        if row is not None and row.own:
            self._word_problems.pop(row.id, None)
            self.watch.open(key_of(row.id))

    def _saved_in_word(self, key: str, _same: str) -> None:
        _ = self.kit.words.gettext
        row_id = template_of(key)
        self._word_problems.pop(row_id, None)
        self._say_word()
        self._desk.window.notify(
            lambda: _(
                "Taken over as saved in Word. Proposals keep their documents until they are made anew."
            ),
            "success",
            lambda: _("Undo"),
            self._desk.window.undo_requested.emit,
        )

    def _word_failed(self, key: str, message: Message) -> None:
        self._word_problems[template_of(key)] = message
        self._say_word()

    def _say_word(self) -> None:
        row, _ = self._shown, self.kit.words.gettext
        out = row is not None and key_of(row.id) in self.watch.documents()
        self.in_word.setText(
            _("Open in Word: each time you save it there, it is checked and shown here.") if out else ""
        )
        self.in_word.setVisible(out)
        problem = self._word_problems.get(row.id) if row is not None else None
        if problem is not None:
            why = self.kit.words.message(problem)
            self.word_problem.setText(
                _("What was saved last cannot be used; the last good file stays. {why}").format(why=why)
            )
        self.word_problem.setVisible(problem is not None)

    # --- edits ------------------------------------------------------------------------------------------------

    def _add(self, name: str, data: bytes) -> str:
        workers = self._desk.workplace.workers
        tags = workers.has_tags(workers.clean(data).data)
        return self._templates.add_own(name, data, mode="tags" if tags else "letterhead")

    def _added(self, added: Sequence[tuple[str, int]]) -> None:
        row_id, removed = added[-1]
        self._wanted = row_id
        self._load()
        _, ngettext = self.kit.words.gettext, self.kit.words.ngettext
        if removed:
            self._desk.window.notify(
                lambda: ngettext(
                    "Added. {n} thing was taken out of the copy.",
                    "Added. {n} things were taken out of the copy.",
                    removed,
                ).format(n=removed),
                "success",
                lambda: _("Show"),
                lambda: self.show_tab("check"),
            )

    def _replace(self, paths: Sequence[str]) -> None:
        row = self._shown
        if row is None or not paths:
            return
        _ = self.kit.words.gettext

        def work(progress: Progress) -> None:
            progress.report(Path(paths[0]).name)
            self._templates.replace_file(row.id, Path(paths[0]).name, _read(paths[0]))

        def done(_nothing: object) -> None:
            self._shown = None
            self._wanted = row.id
            self._load()

        self.kit.jobs.start(_("Adding a Word file"), work, done, self._refused, owner=self)

    def _repair(self, only: Sequence[int]) -> None:
        """Show before and after of these findings; what is taken becomes the template's file."""
        row, _ = self._shown, self.kit.words.gettext
        if row is None or not row.own or not only:
            return
        checks, data = self._desk.workplace.template_checks, self._templates.content

        def work(progress: Progress) -> tuple[bytes, tuple[Any, ...]]:
            progress.report("")
            return checks.repaired(data(row.id), kind=row.kind, only=tuple(only))

        def show(made: tuple[bytes, tuple[Any, ...]]) -> None:
            fixed, done = made
            if not done:
                return
            dialog = RepairDialog(self.kit, done, self)
            dialog.accepted.connect(lambda: self._take_repair(row, fixed, len(done)))
            dialog.open()

        self.kit.jobs.start(_("Looking at the template"), work, show, self._refused, owner=self)

    def _take_repair(self, row: TemplateRow, fixed: bytes, n: int) -> None:
        ngettext, _ = self.kit.words.ngettext, self.kit.words.gettext

        def done(_nothing: object) -> None:
            self._desk.window.notify(
                lambda: ngettext("{n} place was fixed.", "{n} places were fixed.", n).format(n=n),
                "success",
                lambda: _("Undo"),
                self._desk.window.undo_requested.emit,
            )

        self.kit.commands.run(
            lambda: self._templates.keep_repaired(row.id, fixed, n), done, self._refused, owner=self
        )

    def _guide_file(self, paths: Sequence[str]) -> None:
        if paths:
            self.guide(Path(paths[0]).name, lambda: _read(paths[0]))

    def _guide_own(self) -> None:
        row = self._shown
        if row is not None and row.own:
            self.guide(f"{row.name}.docx", lambda: content(self._desk.workplace, row))

    def guide(self, name: str, read: Callable[[], bytes]) -> None:
        """Begin a template from a finished document."""
        from kamdesk.desktop.pages.template_guide import begin

        begin(self._desk, self, name, read, self._made_by_guide, self._refused)

    def _made_by_guide(self, row_id: str) -> None:
        self._wanted = row_id
        self.show_tab("check")
        self._load()

    def _delete(self) -> None:
        row, _ = self._shown, self.kit.words.gettext
        if row is None:
            return

        def deleted(_nothing: object) -> None:
            self._desk.window.notify(
                lambda: _("Deleted: {name}").format(name=row.name),
                "success",
                lambda: _("Undo"),
                self._desk.window.undo_requested.emit,
            )

        self.kit.commands.run(lambda: self._templates.delete(row.id), deleted, self._refused, owner=self)

    def _rename(self, name: str) -> None:
        row = self._shown
        if row is not None:
            self.kit.commands.run(
                lambda: self._templates.rename(row.id, name), failed=self.name.show_problem, owner=self
            )

    def _set_use(self) -> None:
        row = self._shown
        if row is None:
            return
        mode, kind, language = self.mode.value(), self.kind.value(), self.language.value()
        self.kit.commands.run(
            lambda: self._templates.set_use(row.id, mode=mode, kind=kind, language=language),
            failed=self._refused,
            owner=self,
        )

    def _edit(self, work: Callable[[str], object]) -> None:
        row = self._shown
        if row is not None and row.own:
            self.kit.commands.run(lambda: work(row.id), failed=self._refused, owner=self)

    def _set_start(self, index: int) -> None:
        self._edit(lambda row_id: self._templates.set_start(row_id, index))

    def _refused(self, message: Message) -> None:
        self.look.preview.set_busy(False)
        self._desk.window.notify(message, "error")

    def _choose_files(self, take: Callable[[Sequence[str]], object], *, many: bool = False) -> None:
        _ = self.kit.words.gettext
        kinds = [name_filter(_("Word files"), *WORD_FILES)]
        ask_files(
            self, _("Add a Word file…"), lambda paths: take([str(path) for path in paths]), kinds, many=many
        )


def _read(path: str) -> bytes:
    """The bytes of a file the user gave. Raises KamdeskError with the reason."""
    file = Path(path)
    try:
        if file.stat().st_size > _LARGEST:
            raise KamdeskError("template.file_large", name=file.name, megabytes=_LARGEST // (1024 * 1024))
        return file.read_bytes()
    except OSError as error:
        raise KamdeskError(
            "template.file_unreadable", name=file.name, why=error.strerror or str(error)
        ) from error
