"""The three judgements, one click each, with evidence and date; type, parts and what matters. Private."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.kit import Option
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.basic import label
from kamdesk.desktop.widgets.inline_choice import InlineChoice, InlineCodes
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
        self._competitors: tuple[Option, ...] = ()
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
            self._save("stance_evidence"),
            placeholder=lambda: _("What shows it: words, deeds"),
        )
        self.since = label(kit, look="caption")
        self.since.setContentsMargins(7, 0, 0, 0)
        self.favours = InlineText(kit, lambda: _("Favours a competitor"), self._save_favours)
        self.fields = FieldList(kit, lambda: _("Favours a competitor"))
        self.fields.add(self.favours)
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

    def _save(self, name: str) -> Any:
        def save(value: object) -> None:
            records, person, editor = self._desk.workplace.records, self._person, self.evidence
            self.kit.commands.run(
                lambda: records.set("person", person, {name: value}, visit=editor.visit),
                failed=editor.show_problem,
                owner=editor,
            )

        return save

    def _save_favours(self, name: str) -> None:
        """The competitor of this name; a name that is not known yet is added as one."""
        place, person = self._desk.workplace, self._person

        def work() -> None:
            row = None
            if name:
                known = {one.name.casefold(): one.id for one in place.organisations.list(("competitor",))}
                row = known.get(name.casefold()) or place.organisations.add(name, "competitor")
            place.records.set("person", person, {"favours_id": row})

        self.kit.commands.run(work, failed=self.favours.show_problem, owner=self.favours)


class Matters(Section):
    """Type, parts in the decision, and the ranked criteria; what is only suggested says so."""

    def __init__(self, desk: Desk, said: Said) -> None:
        kit = desk.kit
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("In the decision"))
        self._desk, self._said = desk, said
        self._card: PersonCard | None = None
        self._client = ""
        people = desk.workplace.people
        self.lens = InlineChoice(
            kit, lambda: _("Type of stakeholder"), lambda: said.options("lens"),
            lambda value: self._run(people.set_lens, value),
        )  # fmt: skip
        self.suggested = label(kit, look="caption", wrap=True)
        self.suggested.setContentsMargins(8, 0, 0, 0)
        self.parts = InlineCodes(
            kit, lambda: _("Part in the decision"), lambda: said.options("part"), self._save_parts
        )
        self.criteria = InlineCodes(
            kit, lambda: _("What matters"), lambda: said.options("criteria"), self._save_criteria, ranked=True
        )
        self.preset = label(kit, look="caption", wrap=True)
        for editor, below in ((self.lens, self.suggested), (self.parts, None), (self.criteria, self.preset)):
            box = QWidget()
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(2)
            column.addWidget(label(kit, editor.label_text, "caption"))
            column.addWidget(editor)
            if below is not None:
                column.addWidget(below)
            self.body.addWidget(box)
        self._parts_box = self.parts.parentWidget()
        mark_private(self)

    def show_card(self, card: PersonCard) -> None:
        """Show what is known of the person's place in the decision."""
        _ = self.kit.words.gettext
        self._card = card
        present = next((post for post in card.posts if not post.is_former), None)
        self._client = present.organisation_id if present is not None else ""
        self.lens.set_value(card.own_lens)
        suggested = "" if card.own_lens or not card.lens else self._said.label("lens", card.lens)
        self.suggested.setText(
            _("The job title suggests: {type}").format(type=suggested) if suggested else ""
        )
        self.suggested.setVisible(bool(suggested))
        self.parts.set_value(card.parts.get(self._client, ()))
        self._parts_box.setVisible(bool(self._client))
        self.criteria.set_value(card.criteria)
        self.preset.setText(
            _("Usual for the type; change it where you know better.") if not card.own_criteria else ""
        )
        self.preset.setVisible(not card.own_criteria and bool(card.criteria))

    def _run(self, change: Any, value: object) -> None:
        if self._card is not None:
            person = self._card.id
            self.kit.commands.run(lambda: change(person, value))

    def _save_parts(self, codes: tuple[str, ...]) -> None:
        if self._card is not None:
            person, client, people = self._card.id, self._client, self._desk.workplace.people
            self.kit.commands.run(
                lambda: people.set_parts(person, client, codes),
                failed=self.parts.show_problem,
                owner=self.parts,
            )

    def _save_criteria(self, codes: tuple[str, ...]) -> None:
        if self._card is not None:
            person, people = self._card.id, self._desk.workplace.people
            self.kit.commands.run(
                lambda: people.set_criteria(codes, person_id=person),
                failed=self.criteria.show_problem,
                owner=self.criteria,
            )
