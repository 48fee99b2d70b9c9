"""Step "After sending": the verdict of the day, the two needles, the five steps with their results, and the concessions (W6, W7)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from kamdesk.desktop.pages.concessions import ConcessionsSection
from kamdesk.desktop.pages.people_keyed import Keyed, grows
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.pages.proposal_closing_parts import Needles, Verdict
from kamdesk.desktop.pages.proposal_step import NEVER_SENT, StepPage
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.pages.proposal_work import ProposalState, ProposalWork
from kamdesk.desktop.widgets.basic import IconLabel, button, columns, label, set_look, tool_button
from kamdesk.desktop.widgets.flow import FlowLayout
from kamdesk.desktop.widgets.inline_text import InlineDate, InlineLongText
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.section import Card, Section
from kamdesk.rules.closing import ANSWERS, MUTUAL, OURS, THEIRS, add_working_days
from kamdesk.services.closing import Contact

if TYPE_CHECKING:
    from kamdesk.services.closing_views import ClosingView, Lowered, StepView
    from kamdesk.services.concessions import ConcessionView

_BY: Final = ("call", "email", "messenger", "meeting")
_SHOWN_TOUCHES: Final = 5


class StepRow(QWidget):
    """One of the five steps: what it is, its day, what came of it, and what can be done about it."""

    def __init__(self, page: ClosingStep, item: StepView) -> None:
        super().__init__()
        kit = page.kit
        _ = kit.words.gettext
        self._page, self._item = page, item
        self.picture = IconLabel(kit, "clock", 20)
        self.name = label(kit, wrap=True)
        self.when = label(kit, look="caption", wrap=True)
        self.result = InlineLongText(kit, lambda: _("Result"), placeholder=lambda: _("What came of it"))
        self.result.on_save(lambda text: page.set_result(self._item.id, text or "", self.result))
        self.due = InlineDate(kit, lambda: _("Due on"))
        self.due.on_save(lambda day: page.set_due(self._item.id, day, self.due))
        self.due.setMaximumWidth(kit.theme.px(130))
        self.done = button(kit, lambda: _("Done"), "", "", lambda: page.done(self._item))
        self.by = tool_button(kit, self._named(lambda: _("Done by a contact")), "chevron-down")
        self.by.clicked.connect(
            lambda: page.offer_ways(self._item, self.by.mapToGlobal(QPoint(0, self.by.height())))
        )
        self.skip = tool_button(
            kit, self._named(lambda: _("Not needed")), "close", lambda: page.skip(self._item.id)
        )
        self.again = tool_button(
            kit, self._named(lambda: _("Open again")), "undo", lambda: page.reopen(self._item.id)
        )
        kit.words.bind(self.done, lambda: self.done.setAccessibleName(self._named(lambda: _("Done"))()))
        words = QVBoxLayout()
        words.setSpacing(1)
        for line in (self.name, self.when, self.result):
            words.addWidget(line)
        row = columns(spacing=8)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        for one in (self.due, self.done, self.by, self.skip, self.again):
            row.addWidget(one, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(row)
        self.setFocusProxy(self.done)
        kit.words.bind(self, lambda: self.show_item(self._item))

    def _named(self, say):
        return lambda: f"{say()}: {self._page.words.label('follow_up_step', self._item.kind)}"

    def show_item(self, item: StepView) -> None:
        """Show another state of it."""
        self._item = item
        _, ngettext = self._page.kit.words.gettext, self._page.kit.words.ngettext
        said = self._page.said
        self.name.setText(self._page.words.label("follow_up_step", item.kind))
        if item.done_on is not None:
            state, look, picture = (
                _("Done: {day}").format(day=said.day(item.done_on)),
                "caption",
                ("ok-circle", "success"),
            )
        elif item.skipped:
            state, look, picture = _("Not needed"), "caption", ("close", "icon")
        elif item.late:
            late = ngettext("{n} day late", "{n} days late", item.late).format(n=item.late)
            state, look, picture = (
                f"{_('Due: {day}').format(day=said.day(item.due_on))} · {late}",
                "error",
                ("warning", "warning"),
            )
        else:
            state, look, picture = (
                _("Due: {day}").format(day=said.day(item.due_on)),
                "caption",
                ("clock", "icon"),
            )
        self.when.setText(state)
        set_look(self.when, look)
        self.picture.set_icon(*picture)
        self.result.set_value(item.result)
        self.due.set_value(item.due_on)
        awaits = self._page.awaits
        for one in (self.due, self.done, self.by, self.skip):
            one.setVisible(item.is_open and awaits)
        self.by.setVisible(item.is_open and awaits and item.kind != "dated")
        self.again.setVisible(not item.is_open and awaits and item.kind != "sent")
        self.result.setVisible(item.kind != "sent" or bool(item.result))


class ClosingStep(StepPage):
    """Shown once the proposal was sent; reads its own things each time the proposal is read."""

    def __init__(self, work: ProposalWork, words: ProposalWords) -> None:
        super().__init__(work, words, "closing")
        kit, _ = self.kit, self.kit.words.gettext
        desk = work.desk
        self.said = Said(kit, desk.workplace.vocabularies, lambda: desk.workplace.store.now().date())
        self.view: ClosingView | None = None
        self.verdict, self.needles = Verdict(desk), Needles(desk)
        self.put(self._today())
        self.put(self._lowered())
        self.steps = Section(kit, lambda: _("Five steps"))
        self.begin = button(kit, lambda: _("Begin the steps"), "forward", "", self._begin)
        self.list = Keyed(lambda item: StepRow(self, item), spacing=10)
        self.steps.body.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        self.steps.body.addWidget(self.list)
        self.put(grows(self.steps))
        self.concessions = ConcessionsSection(desk, self.said)
        self.put(grows(self.concessions))
        mark_private(self.steps)
        kit.words.bind(self, self._say_touches)

    def first_widget(self) -> QWidget | None:
        return self.plan_button

    @property
    def awaits(self) -> bool:
        """Whether an answer is awaited: else everything is only read."""
        return self.view is not None and self.view.awaits

    def show_state(self, state: ProposalState) -> None:
        place, proposal = self.work.place, state.page.id
        if state.page.status in NEVER_SENT:
            return
        self.kit.queries.run(
            lambda: (place.closing.view(proposal), place.concessions.list(proposal_id=proposal)),
            self._show,
            owner=self,
            key=f"closing {id(self)}",
        )

    # --- parts ------------------------------------------------------------------------------------------------

    def _today(self) -> Card:
        kit, _ = self.kit, self.kit.words.gettext
        card = Card(kit)
        self.plan_button = button(
            kit, lambda: _("Plan a call or a meeting…"), "calendar", "primary", self._plan
        )
        self.tried = button(
            kit, lambda: _("We tried, no answer"), "phone", "", lambda: self._offer_touch(self.tried, OURS)
        )
        self.answered = button(
            kit, lambda: _("They got in touch"), "mail", "", lambda: self._offer_touch(self.answered, THEIRS)
        )
        self.acts = QWidget()
        row = FlowLayout(self.acts, 6)
        for act in (self.plan_button, self.tried, self.answered):
            row.addWidget(act)
        self.touches = label(kit, look="caption", wrap=True)
        self.strict = label(
            kit,
            lambda: _("A client who has bought nothing yet: days and limits are stricter."),
            "caption",
            wrap=True,
        )
        for one in (self.verdict, self.acts, self.needles, self.touches, self.strict):
            card.body.addWidget(one)
        mark_private(card)
        return card

    def _lowered(self) -> Card:
        kit, _ = self.kit, self.kit.words.gettext
        self.lowered = card = Card(kit)
        set_look(card, "notice-warning")
        self.lowered_words = label(kit, wrap=True)
        self.take = button(kit, lambda: _("Record the concession"), "add", "", self._take_discount)
        row = columns(IconLabel(kit, "money", 20, "warning"), spacing=10)
        row.addWidget(self.lowered_words, 1)
        row.addWidget(self.take)
        card.body.addLayout(row)
        mark_private(card)
        card.hide()
        return card

    # --- showing ----------------------------------------------------------------------------------------------

    def _show(self, loaded: tuple[ClosingView, tuple[ConcessionView, ...]]) -> None:
        view, concessions = loaded
        if view.proposal_id != self.work.id:
            return
        self.view = view
        self.verdict.show_view(view)
        self.needles.show_view(view)
        self.needles.setVisible(view.awaits)
        self.acts.setVisible(view.awaits)
        self.strict.setVisible(view.new_client and view.awaits)
        told = [one for one in view.earlier if one.kind != "sent"]
        self.list.show_items((*told, *view.steps))
        self.begin.setVisible(view.awaits and not view.steps)
        self.concessions.show_rows(view.organisation_id, concessions, view.deal_id, view.proposal_id)
        self.lowered.setVisible(view.lowered is not None)
        self.take.setVisible(view.lowered is not None and view.lowered.gave_way)
        self._say_touches()

    def _say_touches(self) -> None:
        view, _ = self.view, self.kit.words.gettext
        if view is None:
            return
        if view.lowered is not None:
            self.lowered_words.setText(self._lowered_text(view.lowered))
        sides = {OURS: _("we, no answer"), THEIRS: _("they"), MUTUAL: _("together")}
        last = [one for one in view.touches if one.side][-_SHOWN_TOUCHES:]
        said = [
            f"{self.said.day(one.on)}: {self.words.label('interaction', one.kind)} ({sides[one.side]})"
            for one in last
        ]
        self.touches.setText(_("Since the sending: {touches}").format(touches="; ".join(said)))
        self.touches.setVisible(bool(said))

    def _lowered_text(self, lowered: Lowered) -> str:
        _ = self.kit.words.gettext
        names = {
            "price": _("a lower price"),
            "discount": _("a larger discount"),
            "quantity": _("a smaller quantity"),
            "removed": _("a line that was taken out"),
            "other": _("another way of counting: VAT or an alternative"),
        }
        text = (
            _(
                "The total is {amount} lower than what was sent: {through}. Record it as a concession and what you get for it."
            )
            if lowered.gave_way
            else _(
                "The total is {amount} lower than what was sent: {through}. No price and no discount changed."
            )
        )
        amount = self.words.money(lowered.money.amount, lowered.money.currency)
        return text.format(amount=amount, through=", ".join(names[one] for one in lowered.through))

    # --- what is done -----------------------------------------------------------------------------------------

    def done(self, step: StepView) -> None:
        """A step is done; a dated call is planned first."""
        if step.kind == "dated":
            self._plan()
            return
        closing = self.work.place.closing
        self.work.run(lambda: closing.done(step.id))

    def offer_ways(self, step: StepView, at: QPoint) -> None:
        """Done by a contact that is recorded in the same step."""
        closing = self.work.place.closing
        self._menu(
            at, lambda kind: self.work.run(lambda: closing.done(step.id, contact=Contact(kind, MUTUAL)))
        )

    def skip(self, step_id: str) -> None:
        """Not needed."""
        closing = self.work.place.closing
        self.work.run(lambda: closing.skip(step_id))

    def reopen(self, step_id: str) -> None:
        """Open again."""
        closing = self.work.place.closing
        self.work.run(lambda: closing.reopen(step_id))

    def set_due(self, step_id: str, day: date | None, editor: InlineDate) -> None:
        """Another day."""
        closing = self.work.place.closing
        if day is not None:
            self.work.run(lambda: closing.move(step_id, day), failed=editor.show_problem)

    def set_result(self, step_id: str, text: str, editor: InlineLongText) -> None:
        """What came of it."""
        closing, visit = self.work.place.closing, editor.visit
        self.work.run(lambda: closing.set_result(step_id, text, visit=visit), failed=editor.show_problem)

    def _begin(self) -> None:
        closing, proposal = self.work.place.closing, self.work.id
        self.work.run(lambda: closing.begin(proposal))

    def _take_discount(self) -> None:
        _ = self.kit.words.gettext
        concessions, proposal, given = self.work.place.concessions, self.work.id, _("Discount after sending")
        self.work.run(lambda: concessions.take_discount(proposal, given))

    def _offer_touch(self, beside: QWidget, side: str) -> None:
        closing, proposal = self.work.place.closing, self.work.id
        self._menu(
            beside.mapToGlobal(QPoint(0, beside.height())),
            lambda kind: self.work.run(lambda: closing.touch(proposal, Contact(kind, side))),
            without=("meeting",) if side not in ANSWERS else (),
        )

    def _menu(self, at: QPoint, chosen, without: tuple[str, ...] = ()) -> None:
        menu = QMenu(self)
        for kind in _BY:
            if kind not in without:
                action = menu.addAction(self.words.label("interaction", kind))
                action.triggered.connect(lambda _on=False, kind=kind: chosen(kind))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _plan(self) -> None:
        from kamdesk.desktop.dialogs.plan_contact import PlanContactDialog

        closing, proposal = self.work.place.closing, self.work.id
        dialog = PlanContactDialog(self.kit, add_working_days(self.said.today(), 1), self.window())
        dialog.planned.connect(
            lambda kind, at: self.kit.commands.run(
                lambda: closing.plan(proposal, at, kind),
                lambda _id: dialog.done_well(),
                dialog.refused,
                owner=dialog,
            )
        )
        dialog.open()
