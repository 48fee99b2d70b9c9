"""Step "Team and validity": who prepared it, who signs, until when it holds and why, when we get in touch next (R7)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Option
from kamdesk.desktop.pages.proposal_step import StepPage
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.pages.proposal_work import ProposalState, ProposalWork
from kamdesk.desktop.widgets.basic import button, clear, label, tool_button
from kamdesk.desktop.widgets.inline_choice import InlineChoice
from kamdesk.desktop.widgets.inline_text import InlineDate, InlineLongText, InlineText
from kamdesk.desktop.widgets.section import FieldList, Section
from kamdesk.desktop.widgets.tick import Tick
from kamdesk.services.company import ColleagueView


class TeamStep(StepPage):
    """Ticked colleagues stand in the document in their order, each with what they answer for."""

    def __init__(self, work: ProposalWork, words: ProposalWords) -> None:
        super().__init__(work, words, "team")
        self._shown: object = None
        self._colleagues: tuple[ColleagueView, ...] = ()
        self.ticks: dict[str, Tick] = {}
        self.roles: dict[str, InlineText] = {}
        self.put(self._validity())
        self.put(self._signing())
        self.put(self._team())
        self.kit.words.bind(self, self._again)

    def first_widget(self) -> QWidget | None:
        return self.until

    def show_state(self, state: ProposalState) -> None:
        if self._colleagues != state.colleagues:
            self._colleagues = state.colleagues
            self.signatory._fill()
        self.signatory.set_value(state.page.values["signatory_id"])
        for fields in (self.valid_fields,):
            fields.refresh()
        self._show_team(state)

    def _validity(self) -> Section:
        kit, _ = self.kit, self.kit.words.gettext
        section = Section(kit, lambda: _("Validity and next contact"))
        self.valid_fields = FieldList(kit)
        bind = self.work.bind
        self.until = bind("valid_until", InlineDate(kit, lambda: _("Valid until")))
        self.valid_fields.add(self.until, always=True)
        reason = InlineLongText(
            kit,
            lambda: _("Reason of the term"),
            placeholder=lambda: _("Why until then: it stands in the document"),
        )
        self.valid_fields.add(bind("validity_reason", reason), always=True)
        self.valid_fields.add(
            bind("next_date", InlineDate(kit, lambda: _("Date of the next contact"))), always=True
        )
        section.body.addWidget(self.valid_fields)
        return section

    def _signing(self) -> Section:
        kit, _ = self.kit, self.kit.words.gettext
        section = Section(kit, lambda: _("Who signs"))
        self.signatory = InlineChoice(
            kit, lambda: _("Signed by"), self._signatories,
            lambda value: self.work.edit("signatory_id", value or None, failed=self.signatory.show_problem), nothing=None, required=True,
        )  # fmt: skip
        row = QHBoxLayout()
        row.addWidget(self.signatory)
        row.addStretch(1)
        section.body.addLayout(row)
        return section

    def _signatories(self) -> list[Option]:
        _ = self.kit.words.gettext
        signing = [one for one in self._colleagues if one.data.signs]
        nobody = Option(None, _("Nobody yet"))
        return [nobody, *(Option(one.id, self._called(one)) for one in signing)]

    def _called(self, one: ColleagueView) -> str:
        name = self.words.name(one.data.name)
        return f"{name}, {one.data.post}" if one.data.post else name

    def _team(self) -> Section:
        kit, _ = self.kit, self.kit.words.gettext
        section = Section(
            kit,
            lambda: _("Prepared by"),
            add=lambda: _("Add a colleague"),
            on_add=lambda: self.work.company_asked.emit(),
        )
        self._people = QVBoxLayout()
        self._people.setSpacing(4)
        section.body.addLayout(self._people)
        return section

    def _show_team(self, state: ProposalState) -> None:
        shown = (state.colleagues, tuple(colleague for colleague, _role in state.page.team))
        if shown == self._shown:
            for colleague, role in state.page.team:
                self.roles[colleague].set_value(role)
            return
        focused = next((one for one, tick in self.ticks.items() if tick.hasFocus()), "")
        self._shown = shown
        self.ticks.clear()
        self.roles.clear()
        clear(self._people)
        roles = dict(state.page.team)
        order = [colleague for colleague, _role in state.page.team]
        rest = [one.id for one in state.colleagues if one.id not in roles]
        known = {one.id: one for one in state.colleagues}
        for at, colleague_id in enumerate([*order, *rest]):
            if colleague_id in known:
                self._people.addWidget(
                    self._person(known[colleague_id], roles.get(colleague_id), at, len(order))
                )
        if not state.colleagues:
            _ = self.kit.words.gettext
            self._people.addWidget(
                label(
                    self.kit,
                    lambda: _("There are no colleagues yet. Add them under “Our company”."),
                    "muted",
                    wrap=True,
                )
            )
            self._people.addWidget(button(self.kit, lambda: _("Our company"), "company", "", self.work.company_asked.emit), 0, Qt.AlignmentFlag.AlignLeft)  # fmt: skip
        if focused in self.ticks:
            self.ticks[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _person(self, one: ColleagueView, role: str | None, at: int, chosen: int) -> QWidget:
        kit, _ = self.kit, self.kit.words.gettext
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        tick = Tick(kit)
        tick.setText(self.words.name(one.data.name).replace("&", "&&"))
        tick.setChecked(role is not None)
        tick.clicked.connect(lambda on: self._choose(one.id, on))
        self.ticks[one.id] = tick
        head.addWidget(tick)
        head.addStretch(1)
        column.addLayout(head)
        if one.data.post:
            post = label(kit, lambda: one.data.post, "caption", wrap=True)
            post.setContentsMargins(33, 0, 0, 0)
            column.addWidget(post)
        if role is None:
            return line
        name = self.words.name(one.data.name)
        for say, icon, step, possible in (
            (lambda: _("Up: {name}").format(name=name), "up", -1, at > 0),
            (lambda: _("Down: {name}").format(name=name), "down", 1, at < chosen - 1),
        ):
            made = tool_button(kit, say, icon, lambda step=step: self._move(one.id, step))
            made.setEnabled(possible)
            head.addWidget(made)
        answers = InlineText(
            kit,
            lambda: _("What {name} answers for").format(name=name),
            lambda value: self._set_role(one.id, value),
            placeholder=lambda: _("Answers for…"),
        )
        answers.set_value(role)
        self.roles[one.id] = answers
        row = QHBoxLayout()
        row.setContentsMargins(26, 0, 0, 0)
        row.addWidget(answers)
        column.addLayout(row)
        return line

    def _choose(self, colleague_id: str, on: bool) -> None:
        team = [one for one in self._now() if one[0] != colleague_id]
        self._store([*team, (colleague_id, "")] if on else team)

    def _move(self, colleague_id: str, step: int) -> None:
        team = self._now()
        at = next(at for at, one in enumerate(team) if one[0] == colleague_id)
        team.insert(at + step, team.pop(at))
        self._store(team)

    def _set_role(self, colleague_id: str, role: str) -> None:
        self._store([(one, role if one == colleague_id else kept) for one, kept in self._now()])

    def _now(self) -> list[tuple[str, str]]:
        return list(self.work.state.page.team) if self.work.state is not None else []

    def _store(self, team: list[tuple[str, str]]) -> None:
        proposals, proposal_id = self.work.place.proposals, self.work.id
        self.work.run(lambda: proposals.set_team(proposal_id, team))

    def _again(self) -> None:
        self._shown = None
        if self.work.state is not None:
            self.show_state(self.work.state)
