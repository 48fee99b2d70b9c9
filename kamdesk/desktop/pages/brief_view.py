"""How the page of a meeting brief looks: promises first, aim and people at the left, what was and what to ask at the right."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.widgets.basic import Say, button, clear, columns, label
from kamdesk.desktop.widgets.cards import EmptyState
from kamdesk.desktop.widgets.hooks import Hooks
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.inline_text import InlineLongText
from kamdesk.desktop.widgets.own_template import TemplateLine
from kamdesk.desktop.widgets.page import PageBase
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.section import Card, FieldList, Section
from kamdesk.desktop.widgets.tab_order import order_tabs
from kamdesk.desktop.widgets.tick import Tick
from kamdesk.desktop.widgets.two_columns import TwoColumns
from kamdesk.model.internal import BriefPerson, FullBrief, JudgedPerson

Pairs = Sequence[tuple[str, str]]

_OTHER_DATE = "other_date"
_NAMES = 122
"""Pixels for the names of lines on the card of a person, so that its two halves stand in line."""


class Lines(QWidget):
    """Names and values below each other, made anew each time: what a card of the brief says."""

    def __init__(self, desk: Desk, names: int = 0) -> None:
        super().__init__()
        self._desk, self._names = desk, desk.kit.theme.px(names)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)

    def show_pairs(self, pairs: Pairs) -> None:
        """Show what has a value; without a name the value takes the whole line."""
        clear(self._grid)
        for row, (name, value) in enumerate((name, value) for name, value in pairs if value):
            said = label(self._desk.kit, wrap=True)
            said.setText(value)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            if not name:
                self._grid.addWidget(said, row, 0, 1, 2)
                continue
            called = label(self._desk.kit, look="muted")
            called.setText(name)
            self._grid.addWidget(called, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(said, row, 1)
        self._grid.setColumnMinimumWidth(0, self._names)
        self.setVisible(self._grid.count() > 0)

    def show_blocks(self, blocks: Pairs) -> None:
        """Show each value below its name."""
        clear(self._grid)
        for row, (name, value) in enumerate(blocks):
            called, said = label(self._desk.kit, wrap=True), label(self._desk.kit, wrap=True)
            called.setText(name)
            called.setStyleSheet("font-weight: 600;")
            said.setText(value)
            for one in (called, said):
                one.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(called, 3 * row, 0, 1, 2)
            self._grid.addWidget(said, 3 * row + 1, 0, 1, 2)
            self._grid.setRowMinimumHeight(3 * row + 2, 6)
        self.setVisible(bool(blocks))


class LinesSection(Section):
    """A card of the brief that holds lines."""

    def __init__(self, desk: Desk, say: Say) -> None:
        super().__init__(desk.kit, say)
        self.lines = Lines(desk)
        self.body.addWidget(self.lines)


class PersonCard(Card):
    """One of theirs: the name leads to the page; what is only for us is covered by F9."""

    def __init__(self, desk: Desk, said: Said, person: BriefPerson, judged: JudgedPerson | None) -> None:
        super().__init__(desk.kit)
        kit, _ = desk.kit, desk.kit.words.gettext
        name = shown_name(person.name)
        self.name = button(
            kit, lambda: name or _("No name"), "person", "link", lambda: self.clicked(person.id)
        )
        self.clicked: Callable[[str], object] = lambda _id: None
        post = label(kit, look="muted", wrap=True)
        post.setText(person.post)
        self.body.setSpacing(4)
        self.body.addLayout(columns(self.name, post, 1))
        post.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Preferred)
        lines = Lines(desk, _NAMES)
        lines.show_pairs(self._open(said, person, _))
        self.body.addWidget(lines)
        if judged is not None:
            private = Lines(desk, _NAMES)
            private.show_pairs(self._private(said, judged, _))
            mark_private(private)
            self.body.addWidget(private)

    def _open(self, said: Said, person: BriefPerson, _) -> Pairs:
        done = "\n".join(
            " · ".join(
                part
                for part in (
                    {"told": _("told"), "shown": _("shown"), "sent": _("sent")}[one.how],
                    one.text or said.label("interaction", one.kind),
                    said.day(one.on),
                )
                if part
            )
            for one in person.done[:6]
        )
        objections = "\n".join(f"{one.text} → {one.answer}" for one in person.objections)
        return (
            (_("How to address"), person.address_form),
            (_("What matters"), said.labels("criteria", person.criteria[:5])),
            (_("Already"), done),
            (_("Not yet told"), "\n".join(person.to_say[:4])),
            (_("May say"), objections),
        )

    def _private(self, said: Said, one: JudgedPerson, _) -> Pairs:
        judged = " · ".join(
            part
            for part in (
                said.label("lens", one.lens),
                _("influence: {word}").format(word=said.label("influence", one.influence).lower())
                if one.influence is not None
                else "",
                said.label("stance", one.stance),
                said.labels("part", one.parts),
            )
            if part
        )
        return (
            (_("Between us"), judged),
            (_("Talk about"), "\n".join(one.topics_good)),
            (_("Do not talk about"), "\n".join(one.topics_avoid)),
            (_("We know"), "\n".join(one.facts[:6])),
        )


class BriefView(PageBase, metaclass=Hooks):
    """The widgets; ``show_brief`` fills them."""

    def __init__(self, desk: Desk, said: Said) -> None:
        super().__init__(desk.kit)
        self._desk, self._said = desk, said
        self._cards: list[tuple] = []
        kit, _ = desk.kit, desk.kit.words.gettext
        self.print_button = button(kit, lambda: _("Print"), "print", "primary")
        self.pdf_button = button(kit, lambda: "PDF", "pdf")
        self.word_button = button(kit, lambda: "Word", "word")
        self.went_button = button(kit, lambda: _("How did it go?"), "ok")
        self.letter_button = button(kit, lambda: _("Letter with results"), "mail")
        for one in (self.went_button, self.letter_button, self.word_button, self.pdf_button):
            self.add_head(one)
        self.add_head(self.print_button)
        self.body.addWidget(self._paper_line())
        two = TwoColumns(kit, (3, 2))
        self.body.addWidget(two)
        self.body.addStretch(1)
        self.promises = self._section(two.left, lambda: _("Promises"))
        self._aims(two.left)
        self.people = QVBoxLayout()
        self.people.setSpacing(10)
        two.left.addLayout(self.people)
        self.nobody = EmptyState(
            kit,
            "people",
            lambda: _("Nobody of theirs is named for this meeting."),
            first=lambda: _("Say who takes part"),
            on_first=lambda: self.say_who(),
        )
        two.left.addWidget(self.nobody)
        self.contacts = self._section(two.right, lambda: _("Last contacts"))
        self.complaints = self._section(two.right, lambda: _("Open complaints"))
        self.proposals = self._section(two.right, lambda: _("Open proposals"))
        self.concessions = self._section(two.right, lambda: _("Concessions so far"))
        self.dates = self._section(two.right, lambda: _("Dates within two weeks"))
        self.ask = self._section(two.right, lambda: _("What to ask"))
        for private in (self.contacts, self.dates, self.concessions):
            mark_private(private)

    def _paper_line(self) -> QWidget:
        kit, _ = self.kit, self.kit.words.gettext
        line = QWidget()
        self.paper = Combo(kit)
        for code in ("a4", "a5"):
            self.paper.addItem("", code)
        kit.words.bind(self.paper, lambda: self._say_papers())
        kit.words.bind(self.paper, lambda: self.paper.setAccessibleName(_("Paper")))
        self.whole = Tick(kit)
        kit.words.bind(self.whole, lambda: self.whole.setText(_("Print what is only for us too")))
        self.note = label(kit, lambda: self._note(), "caption", wrap=True)
        row = columns(label(kit, lambda: _("Paper"), "muted", buddy=self.paper), self.paper, self.whole)
        self.templates = TemplateLine(kit, lambda: None)
        row.addWidget(self.templates)
        row.addWidget(self.note, 1)
        line.setLayout(row)
        return line

    def _say_papers(self) -> None:
        _ = self.kit.words.gettext
        for at, words in enumerate((_("A4"), _("A5"))):
            self.paper.setItemText(at, words)

    def _note(self) -> str:
        _ = self.kit.words.gettext
        if self.whole.isChecked():
            return _(
                "The paper will hold judgements, aims and what was said in confidence: keep it in the bag."
            )
        return _("The paper may lie on the table: no aims, judgements, outcomes or private facts.")

    def _section(self, column: QVBoxLayout, say) -> LinesSection:
        section = LinesSection(self._desk, say)
        column.addWidget(section)
        return section

    def _aims(self, column: QVBoxLayout) -> None:
        kit, _ = self.kit, self.kit.words.gettext
        self.aims = Section(kit, lambda: _("What we want of it"))
        self.aim_fields = FieldList(kit)
        self.purpose = InlineLongText(kit, lambda: _("Purpose"), lambda value: self.save("purpose", value))
        self.ideal = InlineLongText(
            kit,
            lambda: _("Best result"),
            lambda value: self.save("aim_ideal", value),
            placeholder=lambda: _("What the meeting ends with if all goes well"),
        )
        self.minimum = InlineLongText(
            kit,
            lambda: _("Least result"),
            lambda value: self.save("aim_minimum", value),
            placeholder=lambda: _("Without what it was in vain"),
        )
        for editor in (self.purpose, self.ideal, self.minimum):
            self.aim_fields.add(editor, always=True)
        self.aims.body.addWidget(self.aim_fields)
        mark_private(self.aims)
        column.addWidget(self.aims)

    # --- what the page overrides ------------------------------------------------------------------------------

    @abstractmethod
    def save(self, name: str, value: object) -> None:
        """Keep an edited field of the interaction."""

    @abstractmethod
    def say_who(self) -> None:
        """Go where participants are named."""

    # --- filling ----------------------------------------------------------------------------------------------

    def show_brief(self, full: FullBrief) -> None:
        """Show a brief."""
        brief, _ = full.brief, self.kit.words.gettext
        met = bool(brief.interaction_id)
        self._fill(self.promises, self._promises(full), _("Nobody owes anything."))
        self.aims.setVisible(met)
        for editor, value in (
            (self.purpose, brief.purpose),
            (self.ideal, full.aim_ideal),
            (self.minimum, full.aim_minimum),
        ):
            editor.set_value(value)
        self._show_people(full)
        contacts = self._contacts(full)
        self.contacts.lines.show_blocks(contacts or [("", _("No contact yet."))])
        self._fill(self.complaints, [("", self._what(one)) for one in brief.complaints])
        self._fill(self.proposals, self._proposals(full))
        self._fill(self.concessions, self._concessions(full))
        self._fill(self.dates, self._dates(full))
        asked = self._asks(full)
        self.ask.lines.show_blocks(asked)
        self.ask.setVisible(bool(asked))
        done = brief.state == "done"
        self.went_button.setVisible(met and not done)
        self.letter_button.setVisible(met and done)

    def _show_people(self, full: FullBrief) -> None:
        """The cards, made anew only where they say something new: the keyboard may stand in one of them."""
        said = [
            (person, full.of(person.id), self._said.language, self._said.today())
            for person in full.brief.people
        ]
        self.nobody.setVisible(not said)
        if said == self._cards:
            return
        self._cards = said
        clear(self.people)
        for person, judged, *_rest in said:
            card = PersonCard(self._desk, self._said, person, judged)
            card.clicked = lambda row: self.go("person", row)
            self.people.addWidget(card)
        order_tabs(self)

    def _fill(self, section: LinesSection, pairs: Pairs, nothing: str = "") -> None:
        section.lines.show_pairs(pairs or ([("", nothing)] if nothing else []))
        section.setVisible(bool(pairs or nothing))

    def _promises(self, full: FullBrief) -> Pairs:
        said, _ = self._said, self.kit.words.gettext
        pairs = []
        for one in full.brief.promises:
            tail = [shown_name(one.person)] if one.person else []
            if one.due is not None:
                tail.append(_("by {day}").format(day=said.day(one.due)))
            if one.overdue:
                tail.append(_("overdue"))
            text = f"{one.text} ({', '.join(tail)})" if tail else one.text
            pairs.append((said.label("promise_side", one.side), text))
        return pairs

    def _what(self, one) -> str:
        said = self._said
        parts = (said.moment(one.at), said.label("interaction", one.kind), one.purpose)
        return " · ".join(part for part in parts if part)

    def _contacts(self, full: FullBrief) -> Pairs:
        said, _ = self._said, self.kit.words.gettext
        pairs = []
        for one in full.brief.contacts:
            lines = [", ".join(shown_name(name) for name in one.people)]
            lines.append(full.outcomes.get(one.id, ""))
            if one.next_step:
                on = f" ({said.day(one.next_step_on)})" if one.next_step_on else ""
                lines.append(_("Next step: {step}").format(step=one.next_step + on))
            pairs.append((self._what(one), "\n".join(line for line in lines if line)))
        return pairs

    def _proposals(self, full: FullBrief) -> Pairs:
        said, _ = self._said, self.kit.words.gettext
        pairs = []
        for one in full.brief.proposals:
            tail = [said.label("proposal_status", one.status)]
            if one.valid_until is not None:
                tail.append(_("valid until {day}").format(day=said.day(one.valid_until)))
            named = f"№ {one.number}: {one.subject}" if one.number else one.subject
            pairs.append(("", f"{named} ({', '.join(tail)})"))
        return pairs

    def _concessions(self, full: FullBrief) -> Pairs:
        said, _ = self._said, self.kit.words.gettext
        pairs = []
        for one in full.concessions:
            got = (
                _("Got: {got}").format(got=one.got) if one.got else _("Nothing in return. Ask for something.")
            )
            cost = said.money(one.cost, one.currency) if one.cost is not None else ""
            tail = ", ".join(part for part in (said.day(one.on), cost) if part)
            pairs.append(("", f"{one.given} ({tail}). {got}" if tail else f"{one.given}. {got}"))
        return pairs

    def _dates(self, full: FullBrief) -> Pairs:
        said, _ = self._said, self.kit.words.gettext
        pairs = []
        for one in full.brief.dates:
            kind = "" if one.text and one.kind == _OTHER_DATE else said.label("fact_kind", one.kind)
            what = [part for part in (kind, one.text) if part]
            if one.age is not None:
                what.append(_("turns {age}").format(age=one.age))
            pairs.append((said.day(one.on), f"{shown_name(one.person)}: {', '.join(what)}"))
        return pairs

    def _asks(self, full: FullBrief) -> Pairs:
        russian = self._said.language == "ru"
        by_person: dict[str, list[str]] = {}
        for one in full.brief.questions:
            asked = (one.text_ru or one.text_en) if russian else (one.text_en or one.text_ru)
            of = one.of if isinstance(one.of, str) else shown_name(one.of)
            by_person.setdefault(of, []).append(asked)
        return [(name, "\n".join(asked)) for name, asked in by_person.items()]
