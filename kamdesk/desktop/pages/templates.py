"""Templates: those that ship and the company's own Word files: added by drop, looked at with a sample, checked (R9).

What is changed is in ``templates_edits``, what is in Word in ``templates_word``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from kamdesk.desktop.jobs import Progress
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.company_view import local_files
from kamdesk.desktop.pages.template_doctor import Checked
from kamdesk.desktop.pages.templates_edits import TemplateEdits
from kamdesk.desktop.pages.templates_look_work import DPI, Drawn, Examined, draw, examine, fields
from kamdesk.desktop.pages.templates_row import TemplateRow
from kamdesk.desktop.pages.templates_samples import Choices
from kamdesk.desktop.pages.templates_view import TemplatesView
from kamdesk.desktop.pages.templates_word import WordLine
from kamdesk.documents.templates import all_bundled
from kamdesk.model.messages import Message
from kamdesk.services.own_templates import OTHER_KINDS

if TYPE_CHECKING:
    from kamdesk.desktop.desk import Desk

_SHOWN_IN_SAMPLES = (
    "proposal",
    "proposal_reader",
    "organisation",
    "person",
    "colleague",
    "company",
    "offer_item",
    "interaction",
    "promise",
    "deal",
)


@dataclass(frozen=True)
class _Loaded:
    rows: Sequence[TemplateRow]
    choices: Choices


class TemplatesPage(TemplatesView):
    """The tab of a target is "look", "check" or "fields"."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.kit)
        self._desk = desk
        self._templates = desk.workplace.templates
        self._shown: TemplateRow | None = None
        self._checked: Checked | None = None
        self._turn = 0
        self._stale = False
        self._wanted = ""
        self.edits = TemplateEdits(desk, self, lambda: self._shown, self._load_with)
        self._in_word = WordLine(desk, self, lambda: self._shown)
        self.watch = self._in_word.watch
        self.texts_button.clicked.connect(lambda: desk.window.navigate(Target("texts")))
        self.word_button.clicked.connect(self._in_word.open)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda row: self._in_word.open() if row.own else None)
        self.fields.tags_changed.connect(self._load_fields)
        self.samples.chosen.connect(self._look_again)
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
        self.edits.add_files(paths)

    def guide(self, name: str, read: Callable[[], bytes]) -> None:
        """Begin a template from a finished document."""
        self.edits.guide(name, read)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        files = local_files(QGuiApplication.clipboard().mimeData())
        if event.matches(QKeySequence.StandardKey.Paste) and files:
            self.add_files(files)
        else:
            super().keyPressEvent(event)

    # --- loading ----------------------------------------------------------------------------------------------

    def _load_with(self, wanted: str, *, anew: bool = False, tab: str = "") -> None:
        """Load anew and show this template, ``anew`` where it is shown already."""
        self._wanted = wanted
        if anew:
            self._shown = None
        if tab:
            self.show_tab(tab)
        self._load()

    def _load(self) -> None:
        place, language = self._desk.workplace, self.kit.words.language

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
            choices = {kind: place.template_choices.of(kind, language) for kind in ("", *OTHER_KINDS)}
            return _Loaded(own + shipped, choices)

        self.kit.queries.run(work, self._show_rows, owner=self, key=f"templates {id(self)}")

    def _show_rows(self, loaded: _Loaded) -> None:
        self.samples.show_choices(loaded.choices)
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
            self.tell_use(row.kind)
            self.pattern.set_value(row.table_pattern)
            self.pattern.setVisible(row.mode == "letterhead")
        self.samples.show_kind(row.kind)
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
        self._say_state()
        self._load()
        self._load_fields()

    def _say_state(self) -> None:
        row, _ = self._shown, self.kit.words.gettext
        if row is None:
            return
        self._in_word.say()
        if not row.own:
            self.bundled_name.setText(_(row.name))
            self.state.setText(_("Comes with kamdesk. To change it, add a Word file of your own."))
            return
        ngettext = self.kit.words.ngettext
        parts = [
            ngettext("Used in {n} proposal", "Used in {n} proposals", row.proposals).format(n=row.proposals)
        ]
        if not row.proposals:
            parts = [] if row.kind in OTHER_KINDS else [_("Not used in a proposal yet")]
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

    def _look_again(self) -> None:
        if self._shown is not None:
            self._look(self._shown)
            self._load_fields()

    # --- looking ----------------------------------------------------------------------------------------------

    def _look(self, row: TemplateRow) -> None:
        """The check in one job, the picture in another after it; an answer for another template is dropped."""
        self._turn += 1
        turn, place, sample = self._turn, self._desk.workplace, self.samples.value()
        language = row.language or self.kit.words.language
        self.look.preview.set_busy(True)

        def show(examined: Examined) -> None:
            if turn != self._turn:
                return
            self._checked = examined.checked
            self.samples.show_readers(examined.readers)
            self.look.show_places(examined.places, row.start_at)
            self.doctor.show_result(examined.checked)
            self._start(lambda progress: draw(place, row, language, examined, progress), picture)

        def picture(drawn: Drawn) -> None:
            if turn != self._turn:
                return
            self.look.preview.set_pages(drawn.pages, DPI)
            self.look.preview.set_busy(False)
            problem = drawn.problem
            self.look.show_problem(self.kit.words.message(problem) if problem is not None else "")

        self._start(lambda progress: examine(place, row, language, sample, progress), show)

    def _start(self, work: Callable[[Progress], Any], done: Callable[[Any], object]) -> None:
        _ = self.kit.words.gettext
        stopped = lambda: self.look.preview.set_busy(False)  # noqa: E731
        self.kit.jobs.start(_("Looking at the template"), work, done, self._refused, stopped, owner=self)

    def _load_fields(self) -> None:
        row = self._shown
        if row is None:
            return
        place, sample = self._desk.workplace, self.samples.value()
        words, tags = self.kit.words.language, self.fields.tag_language()
        self.kit.queries.run(
            lambda: fields(place, row, words, tags, sample),
            self.fields.show_fields,
            self._refused,
            owner=self,
            key=f"template fields {id(self)}",
        )

    def _refused(self, message: Message) -> None:
        self.look.preview.set_busy(False)
        self._desk.window.notify(message, "error")
