"""What changes the templates: files added, replaced, repaired and deleted, names and uses set, a template made from a document (R9)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject

from kamdesk.desktop.dialogs.disk import WORD_FILES, ask_files, name_filter
from kamdesk.desktop.jobs import Progress
from kamdesk.desktop.pages.template_doctor_repair import RepairDialog
from kamdesk.desktop.pages.templates_look_work import content
from kamdesk.desktop.pages.templates_row import TemplateRow
from kamdesk.desktop.pages.templates_view import TemplatesView
from kamdesk.model.messages import KamdeskError, Message

if TYPE_CHECKING:
    from kamdesk.desktop.desk import Desk

_LARGEST = 50 * 1024 * 1024
_TOLD = 3
"""How many of the things that were taken out are named at once; the check names all."""


class Reload(Protocol):
    """Loads the list anew and shows one template, ``anew`` where it is shown already, on another side with ``tab``."""

    def __call__(self, wanted: str, *, anew: bool = False, tab: str = "") -> None: ...


class TemplateEdits(QObject):
    """Wires the buttons and editors of the page; each change is its own step. ``shown`` gives the chosen template."""

    def __init__(
        self, desk: Desk, page: TemplatesView, shown: Callable[[], TemplateRow | None], reload: Reload
    ) -> None:
        super().__init__(page)
        self._desk, self._page, self._kit = desk, page, desk.kit
        self._shown, self._reload = shown, reload
        self._templates = desk.workplace.templates
        page.files_given.connect(self.add_files)
        page.add_button.clicked.connect(lambda: self._choose_files(self.add_files, many=True))
        page.guide_button.clicked.connect(lambda: self._choose_files(self._guide_file))
        page.mark_button.clicked.connect(self._guide_own)
        page.replace_button.clicked.connect(lambda: self._choose_files(self._replace))
        page.delete_button.clicked.connect(self._delete)
        page.look.start_chosen.connect(self._set_start)
        page.doctor.fix_wanted.connect(self._repair)
        page.name.on_save(self._rename)
        for editor in (page.mode, page.kind, page.language):
            editor.on_save(lambda _value: self._set_use())
        page.usual.on_save(
            lambda value: self._edit(lambda row_id: self._templates.set_default(row_id, value))
        )
        page.pattern.on_save(
            lambda value: self._edit(lambda row_id: self._templates.set_table_pattern(row_id, value))
        )

    def add_files(self, paths: Sequence[str]) -> None:
        """Clean and add Word files, each its own step; the last one is shown."""
        _ = self._kit.words.gettext
        if not paths:
            return

        def work(progress: Progress) -> list[tuple[str, tuple[Message, ...]]]:
            added = []
            for number, path in enumerate(paths):
                progress.report(Path(path).name, number, len(paths))
                row_id = self._add(Path(path).name, _read(path))
                added.append((row_id, self._templates.view(row_id).removed))
            return added

        self._kit.jobs.start(_("Adding a Word file"), work, self._added, self._refused, owner=self._page)

    # --- the file ----------------------------------------------------------------------------------------------

    def _add(self, name: str, data: bytes) -> str:
        workers = self._desk.workplace.workers
        tags = workers.has_tags(workers.clean(data).data)
        return self._templates.add_own(name, data, mode="tags" if tags else "letterhead")

    def _added(self, added: Sequence[tuple[str, tuple[Message, ...]]]) -> None:
        row_id, removed = added[-1]
        self._reload(row_id)
        words = self._kit.words
        _ = words.gettext
        if not removed:
            return

        def said() -> str:
            told = "; ".join(words.message(one) for one in removed[:_TOLD])
            return _("Added. The copy was cleaned: {what}").format(
                what=told + ("; …" if len(removed) > _TOLD else "")
            )

        self._desk.window.notify(said, "success", lambda: _("Show"), lambda: self._page.show_tab("check"))

    def _replace(self, paths: Sequence[str]) -> None:
        row = self._shown()
        if row is None or not paths:
            return
        _ = self._kit.words.gettext

        def work(progress: Progress) -> None:
            progress.report(Path(paths[0]).name)
            self._templates.replace_file(row.id, Path(paths[0]).name, _read(paths[0]))

        def done(_nothing: object) -> None:
            self._reload(row.id, anew=True)

        self._kit.jobs.start(_("Adding a Word file"), work, done, self._refused, owner=self._page)

    def _repair(self, only: Sequence[int]) -> None:
        """Show before and after of these findings; what is taken becomes the template's file."""
        row, _ = self._shown(), self._kit.words.gettext
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
            dialog = RepairDialog(self._kit, done, self._page)
            dialog.accepted.connect(lambda: self._take_repair(row, fixed, len(done)))
            dialog.open()

        self._kit.jobs.start(_("Looking at the template"), work, show, self._refused, owner=self._page)

    def _take_repair(self, row: TemplateRow, fixed: bytes, n: int) -> None:
        ngettext, _ = self._kit.words.ngettext, self._kit.words.gettext

        def done(_nothing: object) -> None:
            self._desk.window.notify(
                lambda: ngettext("{n} place was fixed.", "{n} places were fixed.", n).format(n=n),
                "success",
                lambda: _("Undo"),
                self._desk.window.undo_requested.emit,
            )

        self._kit.commands.run(
            lambda: self._templates.keep_repaired(row.id, fixed, n), done, self._refused, owner=self._page
        )

    def _guide_file(self, paths: Sequence[str]) -> None:
        if paths:
            self.guide(Path(paths[0]).name, lambda: _read(paths[0]))

    def _guide_own(self) -> None:
        row = self._shown()
        if row is not None and row.own:
            self.guide(f"{row.name}.docx", lambda: content(self._desk.workplace, row))

    def guide(self, name: str, read: Callable[[], bytes]) -> None:
        """Begin a template from a finished document."""
        from kamdesk.desktop.pages.template_guide import begin

        begin(self._desk, self._page, name, read, self._made_by_guide, self._refused)

    def _made_by_guide(self, row_id: str) -> None:
        self._reload(row_id, tab="check")

    def _delete(self) -> None:
        row, _ = self._shown(), self._kit.words.gettext
        if row is None:
            return

        def deleted(_nothing: object) -> None:
            self._desk.window.notify(
                lambda: _("Deleted: {name}").format(name=row.name),
                "success",
                lambda: _("Undo"),
                self._desk.window.undo_requested.emit,
            )

        self._kit.commands.run(
            lambda: self._templates.delete(row.id), deleted, self._refused, owner=self._page
        )

    def _rename(self, name: str) -> None:
        row = self._shown()
        if row is not None:
            self._kit.commands.run(
                lambda: self._templates.rename(row.id, name),
                failed=self._page.name.show_problem,
                owner=self._page,
            )

    def _set_use(self) -> None:
        row = self._shown()
        if row is None:
            return
        mode, kind, language = self._page.mode.value(), self._page.kind.value(), self._page.language.value()
        self._kit.commands.run(
            lambda: self._templates.set_use(row.id, mode=mode, kind=kind, language=language),
            failed=self._refused,
            owner=self._page,
        )

    def _edit(self, work: Callable[[str], object]) -> None:
        row = self._shown()
        if row is not None and row.own:
            self._kit.commands.run(lambda: work(row.id), failed=self._refused, owner=self._page)

    def _set_start(self, index: int) -> None:
        self._edit(lambda row_id: self._templates.set_start(row_id, index))

    def _refused(self, message: Message) -> None:
        self._page.look.preview.set_busy(False)
        self._desk.window.notify(message, "error")

    def _choose_files(self, take: Callable[[Sequence[str]], object], *, many: bool = False) -> None:
        _ = self._kit.words.gettext
        kinds = [name_filter(_("Word files"), *WORD_FILES)]
        ask_files(
            self._page,
            _("Add a Word file…"),
            lambda paths: take([str(path) for path in paths]),
            kinds,
            many=many,
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
