"""A new template from a finished document: words that look like fields are offered, others are marked, the result is looked at and kept (R9)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.jobs import Progress
from kamdesk.desktop.pages.template_guide_state import GuideState
from kamdesk.desktop.pages.template_guide_view import GuideView
from kamdesk.model.messages import Message
from kamdesk.services.template_fields import FieldShown, fields_shown
from kamdesk.services.template_guide import GuideClient, GuidedDocument
from kamdesk.services.template_sample import TemplateSamples

_DPI = 110


@dataclass(frozen=True)
class _Read:
    document: GuidedDocument
    clients: tuple[GuideClient, ...]
    language: str


def begin(
    desk: Desk,
    parent: QWidget,
    name: str,
    read: Callable[[], bytes],
    made: Callable[[str], object],
    failed: Callable[[Message], object],
) -> None:
    """Read the document in a job, then open the dialog; ``made(template id)`` at the end."""
    _ = desk.kit.words.gettext
    guide = desk.workplace.template_guide

    def work(progress: Progress) -> _Read:
        progress.report(name)
        document = guide.open(name, read())
        text = "".join(line.text for line in document.lines)
        cyrillic = sum("а" <= letter <= "я" for letter in text.casefold())
        return _Read(document, guide.clients(document.lines), "ru" if cyrillic * 3 > len(text) else "en")

    def show(found: _Read) -> None:
        dialog = GuideDialog(desk, found.document, found.clients, found.language, parent)
        dialog.made.connect(made)
        dialog.open()

    desk.kit.jobs.start(_("Reading the document"), work, show, failed, owner=parent)


class GuideDialog(GuideView):
    """``made(template id)`` once it is kept."""

    made = Signal(str)

    def __init__(
        self,
        desk: Desk,
        document: GuidedDocument,
        clients: Sequence[GuideClient],
        language: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk.kit, parent)
        self._desk, self._document = desk, document
        self._guide = desk.workplace.template_guide
        self._fields: dict[str, FieldShown] = {}
        self._turn = 0
        self.state = GuideState(document.lines)
        self.name.setText(Path(document.name).stem)
        self.fill_choices(clients, language)
        self.text.show_lines(document.lines)
        self.text.moved.connect(self._say_place)
        self.fields.put.connect(self.put)
        self.list.itemChanged.connect(self._ticked)
        self.list.currentRowChanged.connect(self._go)
        self.all_button.clicked.connect(self._take_all)
        self.remove_button.clicked.connect(self._remove)
        self.tabs["after"].clicked.connect(self._show_after)
        self.tabs["look"].clicked.connect(self._show_look)
        for combo in (self.client, self.kind, self.language):
            combo.activated.connect(lambda _at: self._suggest())
        self._suggest()

    # --- what is offered --------------------------------------------------------------------------------------

    def _suggest(self) -> None:
        kind, tags = self.kind.currentData(), self.language.currentData()
        self._fields = {one.path: one for one in fields_shown(kind, self.kit.words.language, tags)}
        self.fields.show_fields(tuple(self._fields.values()))
        client, lines = self.client.currentData() or "", self._document.lines
        self.kit.queries.run(
            lambda: self._guide.suggestions(lines, kind=kind, language=tags, organisation_id=client),
            self._suggested,
            self._refused,
            owner=self,
            key=f"guide {id(self)}",
        )

    def _suggested(self, suggestions: Sequence[Any]) -> None:
        self.state.suggest(suggestions)
        self._fill()

    def put(self, field: FieldShown) -> None:
        """Let what is marked in the text stand for a field or a block."""
        _ = self.kit.words.gettext
        chosen = self.text.selection()
        if chosen is None:
            self.tell(_("Mark words in the document first, then choose the field."))
            return
        first, start, last, end = chosen
        if field.is_block:
            line = self.text.line_at_cursor()
            table = self.whole_table.isChecked() and line is not None and bool(line.table)
            self.state.add_stretch(first, last, field.path, field.tag, table=table)
        elif first != last or start == end:
            self.tell(_("A field stands for words inside one paragraph. Mark them, or choose a block."))
            return
        else:
            self.state.add_mark(first, start, end, field.path, field.tag)
        self.tell("")
        self._fill()

    # --- the list ---------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        at = self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        for item in self.state.items:
            field = self._fields.get(item.path)
            about = field.about if field is not None else item.path
            row = QListWidgetItem(f"{about}\n{_short(item.text)}")
            row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            row.setCheckState(Qt.CheckState.Checked if item.taken else Qt.CheckState.Unchecked)
            row.setToolTip(f"{item.tag}\n{self.why(item)}")
            self.list.addItem(row)
        self.list.setCurrentRow(min(max(at, 0), self.list.count() - 1))
        self.list.blockSignals(False)
        self._say()

    def _say(self) -> None:
        ngettext = self.kit.words.ngettext
        n = sum(item.taken for item in self.state.items)
        self.count.setText(ngettext("{n} place is taken", "{n} places are taken", n).format(n=n))
        current = self.list.currentRow()
        item = self.state.items[current] if 0 <= current < len(self.state.items) else None
        self.remove_button.setEnabled(item is not None)
        self.text.draw(self.state, item)
        if self.tabs["after"].isChecked():
            self._show_after()
        elif self.tabs["look"].isChecked():
            self._show_look()

    def _ticked(self, row: QListWidgetItem) -> None:
        self.state.take(self.list.row(row), row.checkState() == Qt.CheckState.Checked)
        self._fill()

    def _go(self, at: int) -> None:
        if 0 <= at < len(self.state.items):
            self.text.go(self.state.items[at], self.state)
        self._say()

    def _take_all(self) -> None:
        self.state.take_all()
        self._fill()

    def _remove(self) -> None:
        if self.list.currentRow() >= 0:
            self.state.remove(self.list.currentRow())
            self._fill()

    def _say_place(self) -> None:
        line = self.text.line_at_cursor()
        self.place.setText(self.kit.words.message(line.place) if line is not None else "")
        self.whole_table.setVisible(line is not None and bool(line.table))

    # --- before and after -------------------------------------------------------------------------------------

    def _show_after(self) -> None:
        say = self.kit.words.message
        self.show_changes([(say(line.place), before, after) for line, before, after in self.state.changed()])

    def _show_look(self) -> None:
        """The template filled with the small sample, drawn by the converter."""
        _ = self.kit.words.gettext
        marks, stretches = self.state.marks()
        kind, language = self.kind.currentData(), self.language.currentData()
        place, guide, data = self._desk.workplace, self._guide, self._document.data
        self._turn += 1
        turn = self._turn
        self.preview.set_busy(True)

        def work(progress: Progress) -> list[bytes]:
            progress.report("")
            made = guide.made(data, marks, stretches)
            document = place.template_checks.document(kind, language)
            pdf = TemplateSamples(place.store, place.workers).pdf(
                made, mode="tags", kind=kind, language=language, document=document
            )
            return [page.png for page in place.workers.pages(pdf, dpi=_DPI)]

        def show(pages: list[bytes]) -> None:
            if turn == self._turn:
                self.preview.set_pages(pages, _DPI)
                self.preview.set_busy(False)
                self.tell("")

        stopped = lambda: self.preview.set_busy(False)  # noqa: E731
        self.kit.jobs.start(_("Looking at the template"), work, show, self._refused, stopped, owner=self)

    # --- the end ----------------------------------------------------------------------------------------------

    def accept(self) -> None:
        """Keep the template; the dialog stays open with the reason where that cannot be done."""
        marks, stretches = self.state.marks()
        name = " ".join(self.name.text().split()) or Path(self._document.name).stem
        kind, language = self.kind.currentData(), self.language.currentData()
        guide, data = self._guide, self._document.data

        def kept(row_id: str) -> None:
            self.made.emit(row_id)
            super(GuideDialog, self).accept()

        self.kit.commands.run(
            lambda: guide.keep(name, data, marks, stretches, kind=kind, language=language),
            kept,
            self._refused,
            owner=self,
        )

    def _refused(self, message: Message) -> None:
        self.preview.set_busy(False)
        self.tell(self.kit.words.message(message))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else line[:89] + "…"
