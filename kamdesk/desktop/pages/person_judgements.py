"""The three judgements, one click each, with evidence and date. Private."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.people_keyed import bare
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.basic import label
from kamdesk.desktop.widgets.field_place import mark_field
from kamdesk.desktop.widgets.inline_text import InlineLongText, InlineText
from kamdesk.desktop.widgets.judgement import JudgementBar
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.section import FieldList, Section

if TYPE_CHECKING:
    from kamdesk.services.people_views import PersonCard


class Judgements(Section):
    """Influence, stance, ladder now and wanted; what shows the stance, since when, and whose side they take."""

    def __init__(self, desk: Desk, said: Said) -> None:
        kit = desk.kit
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("Judgements"))
        self._desk, self._said, self._person = desk, said, ""
        self._ladder = [option.code for option in said.options("ladder")]
        people = desk.workplace.people
        self.influence = JudgementBar(
            kit, "influence", lambda: _("Influence on the decision"), lambda: said.steps("influence"),
            lambda value: self._run(people.set_influence, value),
        )  # fmt: skip
        self.stance = JudgementBar(
            kit, "stance", lambda: _("Stance towards us"), lambda: said.steps("stance"),
            lambda value: self._run(people.set_stance, value),
        )  # fmt: skip
        self.evidence = InlineLongText(
            kit,
            lambda: _("What shows it"),
            self._save_evidence,
            placeholder=lambda: _("What shows it: words, deeds"),
        )
        self.since = label(kit, look="caption")
        self.since.setContentsMargins(7, 0, 0, 0)
        self.favours = InlineText(kit, lambda: _("Favours a competitor"), self._save_favours)
        self.fields = FieldList(kit, lambda: _("Favours a competitor"))
        self.fields.add(self.favours)
        bare(self.favours, lambda: _("Name of the competitor"))
        steps = lambda: list(enumerate((option.label for option in said.options("ladder")), start=1))  # noqa: E731
        self.now = JudgementBar(
            kit, "ladder", lambda: _("Relationship now"), steps,
            lambda value: self._run(lambda who, code: people.set_ladder(who, now=code), self._code(value)),
        )  # fmt: skip
        self.wanted = JudgementBar(
            kit, "ladder", lambda: _("Relationship wanted"), steps,
            lambda value: self._run(lambda who, code: people.set_ladder(who, wanted=code), self._code(value)),
        )  # fmt: skip
        for widget in (
            self.influence,
            self.stance,
            self.evidence,
            self.since,
            self.fields,
            self.now,
            self.wanted,
        ):
            self.body.addWidget(widget)
        for field, editor in (
            ("influence", self.influence),
            ("stance", self.stance),
            ("stance_evidence", self.evidence),
            ("favours_id", self.favours),
            ("ladder_now", self.now),
            ("ladder_wanted", self.wanted),
        ):
            mark_field(editor, field)
        mark_private(self)

    def show_card(self, card: PersonCard) -> None:
        """Show the judgements of a person."""
        _ = self.kit.words.gettext
        self._person = card.id
        self.influence.set_value(card.influence)
        self.stance.set_value(card.stance)
        self.evidence.set_value(card.stance_evidence)
        self.evidence.setVisible(card.stance is not None or bool(card.stance_evidence))
        day = self._said.day(card.stance_date)
        self.since.setText(_("As of {day}").format(day=day) if day else "")
        self.since.setVisible(bool(day))
        self.favours.set_value(card.favours[1] if card.favours else "")
        self.fields.refresh()
        self.now.set_value(self._step(card.ladder_now))
        self.wanted.set_value(self._step(card.ladder_wanted))

    def _step(self, code: str) -> int | None:
        return self._ladder.index(code) + 1 if code in self._ladder else None

    def _code(self, step: int | None) -> str:
        return self._ladder[step - 1] if step else ""

    def _run(self, change: Any, value: object) -> None:
        person = self._person
        self.kit.commands.run(lambda: change(person, value))

    def _save_evidence(self, words: str) -> None:
        people, person, editor = self._desk.workplace.people, self._person, self.evidence
        self.kit.commands.run(
            lambda: people.set_evidence(person, words, visit=editor.visit),
            failed=editor.show_problem,
            owner=editor,
        )

    def _save_favours(self, name: str) -> None:
        people, person = self._desk.workplace.people, self._person
        self.kit.commands.run(
            lambda: people.set_favours(person, name), failed=self.favours.show_problem, owner=self.favours
        )
