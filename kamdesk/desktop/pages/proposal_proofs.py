"""Finished projects and recommenders of a proposal, each with what stands against naming them (R8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.pages.proposal_work import ProposalState, ProposalWork
from kamdesk.desktop.widgets.basic import IconLabel, clear, label
from kamdesk.desktop.widgets.section import Section
from kamdesk.desktop.widgets.tick import Tick
from kamdesk.model.messages import Message
from kamdesk.model.written import write_date
from kamdesk.rules.nearest_case import Near
from kamdesk.services.library_views import CaseView, RecommenderView


class ProofsView(QWidget):
    """What is ticked stands in the document; what may not be named cannot be ticked and says why."""

    def __init__(self, work: ProposalWork, words: ProposalWords) -> None:
        super().__init__()
        self._work = work
        self._words = words
        self._kit = work.kit
        self._shown: object = None
        self._near: Mapping[str, Near] = {}
        self._near_of: object = None
        self.ticks: dict[str, Tick] = {}
        _ = self._kit.words.gettext
        self._cases = Section(self._kit, lambda: _("Finished projects"))
        self._people = Section(self._kit, lambda: _("Recommenders"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 12)
        column.setSpacing(14)
        for section in (self._cases, self._people):
            section.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            column.addWidget(section)
        column.addStretch(1)
        self._kit.words.bind(self, self._again)

    def show_state(self, state: ProposalState) -> None:
        """Show both lists, the nearest projects first."""
        self._ask_near(state)
        shown = (
            state.cases, state.recommenders, state.page.case_ids, state.page.recommender_ids, tuple(self._near)
        )  # fmt: skip
        if shown == self._shown:
            return
        self._shown = shown
        focused = next((row_id for row_id, tick in self.ticks.items() if tick.hasFocus()), "")
        self.ticks.clear()
        clear(self._cases.body)
        clear(self._people.body)
        _ = self._kit.words.gettext
        order = {case_id: at for at, case_id in enumerate(self._near)}
        for case in sorted(state.cases, key=lambda one: order.get(one.id, len(order))):
            self._cases.body.addLayout(self._case(case, state.page.case_ids))
        if not state.cases:
            self._cases.body.addWidget(label(self._kit, lambda: _("The library has no finished project in the language of the document."), "muted", wrap=True))  # fmt: skip
        for one in state.recommenders:
            self._people.body.addLayout(self._recommender(one, state.page.recommender_ids))
        if not state.recommenders:
            self._people.body.addWidget(label(self._kit, lambda: _("The library has no recommender in the language of the document."), "muted", wrap=True))  # fmt: skip
        if focused in self.ticks:
            self.ticks[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _case(self, case: CaseView, chosen: tuple[str, ...]) -> QVBoxLayout:
        _ = self._kit.words.gettext
        about = [case.client, case.industry, case.size, str(case.year or "")]
        problem = (
            "" if case.may_quote else _("We may not quote it. Ask the client, then tick it in the library.")
        )
        return self._entry(
            case.id,
            case.title,
            " · ".join(part for part in about if part),
            case.figures,
            problem,
            "" if problem else self._why_near(case.id),
            case.id in chosen,
            self._choose_case,
        )

    def _why_near(self, case_id: str) -> str:
        near = self._near.get(case_id)
        words = self._words.message(near.reason) if near is not None and near.reason is not None else ""
        return words[:1].upper() + words[1:]

    def _ask_near(self, state: ProposalState) -> None:
        """How near the projects are; asked again when what they are compared with is another."""
        values = state.page.values
        asked = (
            state.cases,
            state.page.id,
            values.get("subject"),
            values.get("understanding"),
            values.get("solution"),
        )
        if asked == self._near_of:
            return
        self._near_of = asked
        library, proposal_id = self._work.place.library, state.page.id

        def show(found: Mapping[str, Near]) -> None:
            self._near = found
            if self._work.state is not None and self._work.state.page.id == proposal_id:
                self.show_state(self._work.state)

        self._kit.queries.run(
            lambda: library.nearest(proposal_id), show, owner=self, key="proposal nearest cases"
        )

    def _recommender(self, one: RecommenderView, chosen: tuple[str, ...]) -> QVBoxLayout:
        _, language = self._kit.words.gettext, self._kit.words.language
        about = " · ".join(part for part in (one.post, one.organisation) if part)
        problem = self._words.message(one.problem) if one.problem is not None else ""
        good = ""
        if one.problem is None:
            good = _("Agreed")
            if one.consent_until is not None:
                good = _("Agreed until {date}").format(date=write_date(one.consent_until, language))
        if one.ends_soon:
            good = _("{agreed}: it ends soon, ask again in good time").format(agreed=good)
        if one.overused:
            message = Message("consent.overused", {"name": self._words.name(one.name), "n": one.this_year})
            good = f"{good}. {self._words.message(message)}"
        return self._entry(
            one.id,
            self._words.name(one.name),
            about,
            one.about,
            problem,
            good,
            one.id in chosen,
            self._choose_recommender,
            careful=one.ends_soon or one.overused,
        )

    def _entry(
        self,
        row_id: str,
        title: str,
        about: str,
        detail: str,
        problem: str,
        good: str,
        on: bool,
        choose: Callable[[str, bool], object],
        *,
        careful: bool = False,
    ) -> QVBoxLayout:
        kit = self._kit
        tick = Tick(kit)
        tick.setText(title.replace("&", "&&"))
        tick.setChecked(on)
        tick.setEnabled(not problem or on)
        tick.setAccessibleDescription(problem or good)
        tick.clicked.connect(lambda checked: choose(row_id, checked))
        self.ticks[row_id] = tick
        column = QVBoxLayout()
        column.setSpacing(1)
        column.addWidget(tick)
        below = QVBoxLayout()
        below.setContentsMargins(33, 0, 0, 0)
        below.setSpacing(1)
        for text, look in ((about, "caption"), (detail, "")):
            if text:
                below.addWidget(label(kit, lambda text=text: text, look, wrap=True))
        column.addLayout(below)
        if problem or good:
            state = QHBoxLayout()
            state.setContentsMargins(33, 0, 0, 6)
            state.setSpacing(6)
            state.addWidget(
                IconLabel(
                    kit,
                    "warning" if problem else "clock" if careful else "ok",
                    16,
                    "danger" if problem else "warning" if careful else "success",
                ),
                0,
                Qt.AlignmentFlag.AlignTop,
            )
            state.addWidget(
                label(kit, lambda: problem or good, "error" if problem else "caption", wrap=True), 1
            )
            column.addLayout(state)
        return column

    def _choose_case(self, case_id: str, on: bool) -> None:
        state = self._work.state
        if state is not None:
            proposals, ids = self._work.place.proposals, _with(state.page.case_ids, case_id, on)
            self._work.run(lambda: proposals.set_cases(self._work.id, ids), failed=self._refused)

    def _choose_recommender(self, recommender_id: str, on: bool) -> None:
        state = self._work.state
        if state is not None:
            proposals, ids = self._work.place.proposals, _with(state.page.recommender_ids, recommender_id, on)
            self._work.run(lambda: proposals.set_recommenders(self._work.id, ids), failed=self._refused)

    def _refused(self, message: Message) -> None:
        self._again()
        self._work.desk.window.notify(message, "error")

    def _again(self) -> None:
        self._shown = None
        if self._work.state is not None:
            self.show_state(self._work.state)


def _with(ids: tuple[str, ...], row_id: str, on: bool) -> tuple[str, ...]:
    return (*ids, row_id) if on and row_id not in ids else tuple(one for one in ids if on or one != row_id)
