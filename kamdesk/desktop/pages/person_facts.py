"""What we know of a person: topics that work and to avoid first and apart, then facts as cards; the guard asks before it stores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.capture_line import AddLine
from kamdesk.desktop.pages.people_keyed import Keyed
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.pages.person_fact_card import FactRow
from kamdesk.desktop.pages.person_guard import GuardQuestion
from kamdesk.desktop.widgets.basic import IconLabel, button, columns, label
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.section import Section
from kamdesk.model.messages import Message

if TYPE_CHECKING:
    from kamdesk.services.facts import FactGroup

TOPICS: Final = (("topic_good", "capture", "success"), ("topic_avoid", "warning", "warning"))


class FactsSection(Section):
    """Private. Only the words are asked; the kind may be said beside."""

    def __init__(self, desk: Desk, said: Said) -> None:
        kit, _ = desk.kit, desk.kit.words.gettext
        super().__init__(kit, lambda: _("What we know"), add=lambda: _("Add a fact"), on_add=self.start)
        self._desk, self._said, self._person = desk, said, ""
        self.line = AddLine(kit, lambda: _("What do you know? “Skis, was in Sheregesh in winter”"), self._add)
        self.line.typed.connect(self._typed)
        self.line.closed.connect(self._put_away)
        self.kind = Combo(kit)
        self.kind.setMaximumWidth(kit.theme.px(150))
        kit.words.bind(self.kind, self._fill)
        self.line.extras.addWidget(self.kind)
        self.question = GuardQuestion(kit, self._change, self._store, self._forget)
        self.body.addWidget(self.line)
        self.body.addWidget(self.question)
        self.topics = {code: _Topics(self, desk, said, code, icon, colour) for code, icon, colour in TOPICS}
        for block in self.topics.values():
            self.body.addWidget(block)
        self.list = Keyed(lambda item: FactRow(desk, said, item))
        self.nothing = label(
            kit,
            lambda: _("What they talk about gladly, what they avoid, what matters in their life."),
            "muted",
            wrap=True,
        )
        for widget in (self.list, self.nothing):
            self.body.addWidget(widget)
        mark_private(self)

    def start(self, kind: str = "") -> None:
        """Open the line, for a fact of a kind."""
        if kind:
            self.kind.setCurrentIndex(max(0, self.kind.findData(kind)))
        self.line.start()

    def show_facts(self, person: str, groups: Sequence[FactGroup], draft: str = "") -> None:
        """Show these of one person; ``draft`` is what was typed about them and not decided."""
        if person != self._person:
            self.line.close_line()
            self._person = person
            if draft:
                self.line.show()
                self.line.line.setText(draft)
                self._typed(draft)
        # the birthday has a field of its own at the top of the page
        birthday = ("", self._said.label("fact_kind", "birthday").casefold())
        facts = [
            fact
            for group in groups
            for fact in group.facts
            if group.kind != "birthday" or fact.text.casefold() not in birthday
        ]
        for code, block in self.topics.items():
            block.list.show_items([fact for fact in facts if fact.kind == code])
            block.setVisible(any(fact.kind == code for fact in facts))
        self.list.show_items([fact for fact in facts if fact.kind not in self.topics])
        self.nothing.setVisible(not facts)

    def rows(self) -> list[QWidget]:
        """The cards in the order in which they stand."""
        return [*(row for block in self.topics.values() for row in block.list.rows()), *self.list.rows()]

    def unsaved(self) -> dict[str, str]:
        """What is typed and cannot be stored until somebody decides, by its place."""
        text = self.line.line.text().strip()
        return {draft_key(self._person): text} if text and self._person else {}

    def _fill(self) -> None:
        chosen = self.kind.currentData() or "other"
        self.kind.clear()
        for option in self._said.options("fact_kind"):
            if option.code != "birthday":
                self.kind.addItem(option.label, option.code)
        self.kind.setCurrentIndex(max(0, self.kind.findData(chosen)))
        self.kind.setAccessibleName(self.kit.words.gettext("What it is about"))

    def _typed(self, text: str) -> None:
        warning = self._desk.workplace.facts.warning(text, self.kind.currentData() or "other")
        self.line.show_hint(self.kit.words.message(warning) if warning else "")
        if warning is None:
            self.question.hide()

    def _add(self, text: str, *, sure: bool = False) -> None:
        person, kind, facts = self._person, self.kind.currentData() or "other", self._desk.workplace.facts
        drafts = self._desk.workplace.drafts

        def refused(problem: Message) -> None:
            self.line.show_problem(problem)
            asked = problem.code.startswith("guard.")
            self.question.setVisible(asked)
            if asked:  # it waits for the decision, a lock or a crash included
                self.kit.commands.run(lambda: drafts.keep(draft_key(person), text))

        def stored(_added: object) -> None:
            self.line.taken()
            self.question.hide()
            self.kit.commands.run(lambda: drafts.drop(draft_key(person)))

        self.kit.commands.run(
            lambda: facts.add(person, text, kind=kind, ask=not sure), stored, refused, owner=self.line
        )

    def _change(self) -> None:
        self.question.hide()
        self.line.start()

    def _store(self) -> None:
        self._add(self.line.line.text().strip(), sure=True)

    def _forget(self) -> None:
        self.line.close_line()

    def _put_away(self) -> None:
        self.question.hide()
        drafts, person = self._desk.workplace.drafts, self._person
        if person:
            self.kit.commands.run(lambda: drafts.drop(draft_key(person)))


class _Topics(QWidget):
    """Topics that work, or to avoid: a heading with a shape of its own, the cards, and + for one more."""

    def __init__(
        self, section: FactsSection, desk: Desk, said: Said, code: str, icon: str, colour: str
    ) -> None:
        super().__init__()
        kit, _ = desk.kit, desk.kit.words.gettext
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(4)
        title = label(kit, lambda: said.label("fact_kind", code))
        add = button(kit, lambda: _("Add"), "add", "link", lambda: section.start(code))
        kit.words.bind(
            add, lambda: add.setAccessibleName(_("Add: {what}").format(what=said.label("fact_kind", code)))
        )
        column.addLayout(columns(IconLabel(kit, icon, 18, colour), title, 1, add, spacing=6))
        self.list = Keyed(lambda item: FactRow(desk, said, item, show_kind=False), spacing=4)
        column.addWidget(self.list)


def draft_key(person: str) -> str:
    """Where words about a person wait for a decision."""
    return f"fact:new:{person}"
