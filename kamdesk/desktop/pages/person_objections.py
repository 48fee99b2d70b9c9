"""The tab of what somebody said against us: typed here, with the answer of the library and how it went. Private."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.library_add_line import AddLine
from kamdesk.desktop.pages.library_extras import answer_line, result_say
from kamdesk.desktop.pages.library_words import LibraryWords
from kamdesk.desktop.widgets.basic import button, clear, columns, label, tool_button
from kamdesk.desktop.widgets.cards import EmptyState
from kamdesk.desktop.widgets.field_place import mark_field, mark_record
from kamdesk.desktop.widgets.inline_choice import InlineChoice
from kamdesk.desktop.widgets.inline_text import InlineText
from kamdesk.desktop.widgets.panel import Panel
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.scroll import ScrollColumn
from kamdesk.desktop.widgets.section import Card
from kamdesk.services.objection_uses import Answered, HeardView
from kamdesk.store.changes import ChangeSet


class PersonObjections(Panel):
    """A line to type in; below it what was heard, the latest first."""

    tables = ("objection", "objection_use")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        kit, _ = desk.kit, desk.kit.words.gettext
        self._desk, self._kit = desk, kit
        self._words = LibraryWords(kit, desk.workplace.vocabularies)
        self._uses = desk.workplace.objection_uses
        self._person = ""
        self.add_line = AddLine(kit, lambda: _("Type what they said against us"))
        self.add_line.added.connect(self._add)
        self._known = QCompleter(self)
        self._known.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._known.setFilterMode(Qt.MatchFlag.MatchContains)
        self.add_line.line.setCompleter(self._known)
        self._column = ScrollColumn()
        self.nothing = EmptyState(
            kit,
            "argument",
            lambda: _(
                "What this person says against us, and how our answer went. The brief for a meeting prepares for it, and the "
                "library counts which answers work."
            ),
            heading=lambda: _("No objection heard yet"),
            first=lambda: _("Type the first one"),
            on_first=lambda: self.add_line.line.setFocus(),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._column)
        self._stack.addWidget(self.nothing)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(self.add_line)
        outer.addWidget(self._stack, 1)
        self._shown: tuple[Sequence[HeardView], dict[str, Answered]] = ((), {})
        mark_private(self)
        kit.words.bind(self, self._draw)

    def open(self, owner: str, rest: str = "") -> None:
        """Show what somebody said."""
        self._person = owner
        self._load()

    def refresh(self, changes: ChangeSet) -> None:
        """Read anew."""
        self._load()

    def first_pane(self) -> QWidget:
        """The line."""
        return self.add_line.line

    # --- inside

    def _load(self) -> None:
        uses, library, person = self._uses, self._desk.workplace.library, self._person

        def work() -> tuple[Sequence[HeardView], dict[str, Answered], list[str]]:
            return uses.of_person(person), uses.answers(), [one.text for one in library.objections()]

        def show(found: tuple[Sequence[HeardView], dict[str, Answered], list[str]]) -> None:
            if person == self._person:
                rows, answers, known = found
                self._offer(known)
                if self._shown != (rows, answers):
                    self._shown = (rows, answers)
                    self._draw()

        self._kit.queries.run(work, show, owner=self, key="person objections")

    def _offer(self, texts: Sequence[str]) -> None:
        model = self._known.model()
        if isinstance(model, QStringListModel):
            model.setStringList(list(texts))
        else:
            self._known.setModel(QStringListModel(list(texts), self._known))

    def _draw(self) -> None:
        rows, answers = self._shown
        clear(self._column.body)
        for row in rows:
            self._column.body.addWidget(self._card(row, answers.get(row.objection_id, Answered())))
        self._stack.setCurrentIndex(0 if rows else 1)

    def _card(self, row: HeardView, went: Answered) -> Card:
        kit, _ = self._kit, self._kit.words.gettext
        card = Card(kit)
        mark_record(card, "objection_use", row.id)
        head = button(
            kit, lambda: " ".join(row.text.split()), "argument", "link",
            lambda: self._desk.window.navigate(Target("objection", row.objection_id)),
        )  # fmt: skip
        head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        head.setToolTip(row.text)
        gone = tool_button(
            kit, lambda: _("Take away: {what}").format(what=row.text), "trash", lambda: self._delete(row)
        )
        top = columns(head, gone, spacing=4)
        top.setStretch(0, 1)
        card.body.addLayout(top)
        answer = row.answer or _("No answer in the library yet: open the objection and write one.")
        card.body.addWidget(label(kit, lambda: answer, "" if row.answer else "muted", wrap=True))
        count = answer_line(kit, went) if row.answer else ""
        if count:
            card.body.addWidget(label(kit, lambda: count, "caption"))
        choice = InlineChoice(
            kit,
            result_say(kit, row.text),
            lambda: kit.vocabularies.options("objection_result"),
            say_nothing=lambda: _("How did the answer go?"),
        )
        choice.set_value(row.result)
        choice.on_save(lambda code: self._save(row, {"result": code}, choice))
        mark_field(choice, "result")
        note = InlineText(kit, lambda: _("Remark"), placeholder=lambda: _("Add a remark"))
        note.set_value(row.note)
        note.on_save(lambda text: self._save(row, {"note": text}, note))
        mark_field(note, "note")
        below = columns(label(kit, lambda: self._words.day(row.heard_on), "caption"), choice, note, spacing=8)
        below.setStretch(2, 1)
        card.body.addLayout(below)
        return card

    def _add(self, texts: Sequence[str]) -> None:
        uses, person = self._uses, self._person

        def work() -> None:
            for text in texts:
                uses.record_new(text, person)

        self._kit.commands.run(
            work, lambda _none: self.add_line.done(), self.add_line.show_problem, owner=self.add_line
        )

    def _save(self, row: HeardView, values: dict[str, object], editor: InlineChoice | InlineText) -> None:
        uses, visit = self._uses, editor.visit
        self._kit.commands.run(
            lambda: uses.edit(row.id, values, visit=visit), failed=editor.show_problem, owner=editor
        )

    def _delete(self, row: HeardView) -> None:
        uses = self._uses
        self._kit.commands.run(lambda: uses.delete(row.id), owner=self)
