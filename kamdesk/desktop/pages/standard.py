"""The dossier standard: own fields and questions are added, changed, ordered, exchanged as a file. ``Target("standard", "", tab)``."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kamdesk.desktop.dialogs.disk import ask_file, ask_where, name_filter
from kamdesk.desktop.dialogs.printed_pages import keep_file
from kamdesk.desktop.kit import Option
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.standard_rows import FieldRow, QuestionRow
from kamdesk.desktop.pages.standard_view import FIELDS, QUESTIONS, StandardView
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.vocabulary import Label
from kamdesk.rules.own_values import SUBJECTS

if TYPE_CHECKING:
    from kamdesk.desktop.desk import Desk
    from kamdesk.services.standard import StandardReport
    from kamdesk.store.changes import ChangeSet

_TABLES = ("custom_field", "custom_value", "question")
_ENDING = ".kamdesk-standard.json"
_LONGEST = 2 * 1024 * 1024


class StandardPage(StandardView):
    """Every change is one step of undo; a file is compared before it is taken over."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._answers: dict[str, tuple[tuple[str, object], ...]] = {}
        self._read: dict[str, tuple] = {}
        super().__init__(desk.kit)
        self._fields, self._questions = desk.workplace.standard, desk.workplace.questions

    def open(self, target: Target) -> None:
        """Show the standard; the tab is ``fields`` or ``questions``."""
        if target.tab:
            self.tabs.set_current(target.tab)
        self._load()

    def refresh(self, changes: ChangeSet) -> None:
        """Load anew after a change of a field, a value or a question."""
        if changes.touches(*_TABLES, "vocabulary"):
            self._load()

    def _load(self) -> None:
        def work():
            return (
                self._fields.fields(retired=True),
                self._questions.list(retired=True),
                {subject: self._questions.answers(subject) for subject in SUBJECTS},
            )

        self.kit.queries.run(work, self._show, owner=self, key="standard")

    def _show(self, found) -> None:
        fields, questions, self._answers = found
        self._read = {FIELDS: fields, QUESTIONS: questions}
        for key in self.sections:
            self.fill_section(key)

    def fill_section(self, key: tuple[str, str]) -> None:
        """Show what was read in one list."""
        kind, subject = key
        if self._read:
            self.sections[key].show_entries([one for one in self._read[kind] if one.subject == subject])

    def _options(self, subject: str) -> list[Option]:
        words = self.kit.words
        said = self._desk.workplace.vocabularies()
        shown = []
        for code, about in self._answers.get(subject, ()):
            if isinstance(about, Label):
                group = words.gettext("Fact") if code.startswith("fact.") else words.gettext("Business")
                text = f"{group}: {said.label(about.vocabulary, about.code, words.language)}"
            else:
                text = words.message(about) if isinstance(about, Message) else str(about)
            shown.append(Option(code, text))
        return shown

    def make_row(self, key: tuple[str, str], item) -> QWidget:
        """The widget of a field or a question."""
        row = FieldRow(self.kit, item) if key[0] == FIELDS else QuestionRow(self.kit, item, self._options)
        row.changed.connect(partial(self._change, key, item.id, row))
        row.moved.connect(partial(self._move, key, item.id))
        row.removed.connect(partial(self._remove, key, item.id))
        return row

    def _change(self, key: tuple[str, str], entry: str, row, name: str, value: object) -> None:
        change = self._fields.set_field if key[0] == FIELDS else self._questions.set
        editor = row.editors[name]
        self.kit.commands.run(
            lambda: change(entry, **{name: value}), failed=editor.show_problem, owner=editor
        )

    def _move(self, key: tuple[str, str], entry: str, step: int) -> None:
        move = self._fields.move_field if key[0] == FIELDS else self._questions.move
        self.kit.commands.run(lambda: move(entry, step), owner=self)

    def _remove(self, key: tuple[str, str], entry: str) -> None:
        delete = self._fields.delete_field if key[0] == FIELDS else self._questions.delete
        _, window = self.kit.words.gettext, self._desk.window

        def done(_none: object) -> None:
            window.notify(
                lambda: (
                    _("Deleted with its values. Nothing is lost: it can be taken back.")
                    if key[0] == FIELDS
                    else _("Deleted")
                ),
                "success",
                action=lambda: _("Undo"),
                on_action=window.undo_requested.emit,
            )

        self.kit.commands.run(lambda: delete(entry), done, owner=self)

    def add(self, key: tuple[str, str], text: str) -> None:
        """Add a field or a question by its words in the language of the window; the rest is changed in its row."""
        kind, subject = key
        line, english = self.sections[key].line, self.kit.words.language == "en"
        ru, en = ("", text) if english else (text, "")

        def work() -> str:
            if kind == FIELDS:
                return self._fields.add_field(subject, "text", ru, en)
            return self._questions.add(subject, ru, en)

        self.kit.commands.run(work, lambda _id: line.taken(), line.show_problem, owner=line)

    # --- as a file

    def choose_file(self) -> None:
        """Ask for a file of a standard and take it over."""
        _ = self.kit.words.gettext
        kinds = [name_filter(_("Dossier standard"), "json")]
        ask_file(self, _("Take over a dossier standard"), self.take_file, kinds)

    def take_file(self, path: Path) -> None:
        """Read a file and take it over; the notice says what came and offers to take it back."""

        def work() -> StandardReport:
            try:
                with path.open("rb") as stream:
                    data = stream.read(_LONGEST)
            except OSError:
                raise KamdeskError("table.unreadable", file=path.name) from None
            return self._fields.import_(data)

        self.kit.commands.run(work, self._taken, self._tell, owner=self)

    def _taken(self, report: StandardReport) -> None:
        _, window = self.kit.words.gettext, self._desk.window
        new = report.fields_new + report.questions_new
        changed = report.fields_changed + report.questions_changed

        def say() -> str:
            return _("New: {new}, changed: {changed}, the same: {same}").format(
                new=new, changed=changed, same=report.same
            )

        if new or changed:
            window.notify(say, "success", action=lambda: _("Undo"), on_action=window.undo_requested.emit)
        else:
            window.notify(lambda: _("Everything in this file is here already."))

    def save_file(self) -> None:
        """Ask where to save the standard."""
        _ = self.kit.words.gettext
        ask_where(self, _("Save the dossier standard"), _("Dossier standard") + _ENDING, self.give_file)

    def give_file(self, path: Path) -> None:
        """Write the standard to a file."""
        keep_file(self._desk, self, path, self._fields.export, self._tell)

    def _tell(self, problem: Message) -> None:
        self._desk.window.notify(problem, "error")
