"""Templates: those that ship and the company's own Word files: added by drop, looked at with a sample, checked (R9)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog

from kamdesk.desktop.jobs import Progress
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.company_view import local_files
from kamdesk.desktop.pages.template_doctor import Checked
from kamdesk.desktop.pages.templates_view import TemplateRow, TemplatesView
from kamdesk.documents.templates import all_bundled
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.services.template_sample import TemplateSamples

if TYPE_CHECKING:
    from kamdesk.desktop.desk import Desk

_DPI = 144
_LARGEST = 50 * 1024 * 1024


@dataclass(frozen=True)
class _Looked:
    """What one look at a template gave."""

    places: Sequence[Any]
    checked: Checked
    pages: Sequence[bytes]
    problem: Message | None


class TemplatesPage(TemplatesView):
    """The tab of a target is "look", "check" or "fields"."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.kit)
        self._desk = desk
        self._templates = desk.workplace.templates
        self._samples = TemplateSamples(desk.workplace.store, desk.workplace.workers)
        self._shown: TemplateRow | None = None
        self._checked: Checked | None = None
        self._turn = 0
        self._wanted = ""
        self.files_given.connect(self.add_files)
        self.add_button.clicked.connect(lambda: self._choose_files(self.add_files))
        self.texts_button.clicked.connect(lambda: desk.window.navigate(Target("texts")))
        self.replace_button.clicked.connect(lambda: self._choose_files(self._replace))
        self.delete_button.clicked.connect(self._delete)
        self.table.chosen.connect(self._choose)
        self.look.start_chosen.connect(self._set_start)
        self.doctor.repair_wanted.connect(self._repair)
        self.name.on_save(self._rename)
        for editor in (self.mode, self.kind, self.language):
            editor.on_save(lambda _value: self._set_use())
        self.kit.words.changed.connect(self._say_state)
        for tab, switch in self.tabs.items():
            switch.clicked.connect(lambda _checked=False, tab=tab: desk.window.tab_changed(tab))

    def open(self, target: Target) -> None:
        """Show the list and a side of the chosen template."""
        self._wanted = target.id if target.kind == "template" else ""
        self.show_tab(target.tab)
        self._load()

    def refresh(self, changes: Any) -> None:
        """Load anew after a change of templates, or of what the sample shows of us."""
        if changes.touches("template"):
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
        def work() -> list[TemplateRow]:
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
                )
                for view in self._templates.list()
            ]
            shipped = [
                TemplateRow(item.id, item.label, "tags", item.kind, item.language, False, order=order)
                for order, item in enumerate(all_bundled())
            ]
            return own + shipped

        self.kit.queries.run(work, self._show_rows, owner=self, key="templates")

    def _show_rows(self, rows: Sequence[TemplateRow]) -> None:
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

    def _choose(self, rows: Sequence[TemplateRow]) -> None:
        if len(rows) == 1 and (self._shown is None or self._shown.id != rows[0].id):
            self.name.flush()
            self._show(rows[0])

    def _show(self, row: TemplateRow) -> None:
        before, self._shown = self._shown, row
        _ = self.kit.words.gettext
        for widget in (self.name, self.replace_button, self.delete_button, self.choices):
            widget.setVisible(row.own)
        self.bundled_name.setVisible(not row.own)
        if row.own:
            self.name.set_value(row.name)
            self.mode.set_value(row.mode)
            self.kind.set_value(row.kind)
            self.language.set_value(row.language)
        self._say_state()
        self.fields.show_kind(row.kind)
        if before is None or before.id != row.id:
            self.doctor.show_result(None)
            self.look.show_places((), None)
        self._look(row)

    def _say_state(self) -> None:
        row, _ = self._shown, self.kit.words.gettext
        if row is None:
            return
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

    # --- looking ----------------------------------------------------------------------------------------------

    def _look(self, row: TemplateRow) -> None:
        """Places, check and picture, in a job; an answer for another template is dropped."""
        _ = self.kit.words.gettext
        self._turn += 1
        turn = self._turn
        language = row.language or self.kit.words.language
        self.look.preview.set_busy(True)

        def work(progress: Progress) -> _Looked:
            return self._work(row, language, progress)

        def show(looked: _Looked) -> None:
            if turn != self._turn:
                return
            self._checked = looked.checked
            self.look.show_places(looked.places, row.start_at)
            self.doctor.show_result(looked.checked)
            self.look.preview.set_pages(looked.pages, _DPI)
            self.look.preview.set_busy(False)
            problem = looked.problem
            self.look.show_problem(self.kit.words.message(problem) if problem is not None else "")

        self.kit.jobs.start(_("Looking at the template"), work, show, self._refused, owner=self)

    def _work(self, row: TemplateRow, language: str, progress: Progress) -> _Looked:
        workers = self._desk.workplace.workers
        data = self._content(row)
        kind = row.kind or "group"
        letterhead = row.mode == "letterhead"
        progress.report("")
        places = workers.places(data) if letterhead else ()
        checked = Checked(removed=tuple(row.removed))
        try:
            if letterhead:
                checked = Checked(workers.vet(data, "own").findings, removed=tuple(row.removed))
            else:
                repaired_file, repaired = workers.repair(data, kind) if row.own else (b"", ())
                findings = workers.check(data, kind, "own")
                checked = Checked(findings, repaired, repaired_file, tuple(row.removed))
        except KamdeskError as error:
            checked = Checked(refused=error.message, removed=tuple(row.removed))
        progress.report("")
        try:
            pdf = self._samples.pdf(data, mode=row.mode, start_at=row.start_at, kind=kind, language=language)
            pages = [page.png for page in workers.pages(pdf, dpi=_DPI)]
        except KamdeskError as error:
            return _Looked(places, checked, (), error.message)
        return _Looked(places, checked, pages, None)

    def _content(self, row: TemplateRow) -> bytes:
        if row.own:
            return self._templates.content(row.id)
        return next(item for item in all_bundled() if item.id == row.id).read()

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

    def _repair(self) -> None:
        row, checked = self._shown, self._checked
        if row is None or checked is None or not checked.repaired_file:
            return

        def work() -> str:
            return self._templates.add_own(
                f"{row.name}.docx", checked.repaired_file, mode=row.mode, kind=row.kind, language=row.language
            )

        self.kit.commands.run(work, lambda row_id: self._added([(row_id, 0)]), self._refused, owner=self)

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

    def _set_start(self, index: int) -> None:
        row = self._shown
        if row is not None and row.own:
            self.kit.commands.run(
                lambda: self._templates.set_start(row.id, index), failed=self._refused, owner=self
            )

    def _refused(self, message: Message) -> None:
        self.look.preview.set_busy(False)
        self._desk.window.notify(message, "error")

    def _choose_files(self, take: Callable[[Sequence[str]], object]) -> None:
        _ = self.kit.words.gettext
        dialog = QFileDialog(self, _("Add a Word file…"))
        dialog.setNameFilter(_("Word files") + " (*.docx *.dotx *.docm *.dotm)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(take)
        dialog.open()


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
