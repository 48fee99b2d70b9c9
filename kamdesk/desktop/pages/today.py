"""The page "Today": computed from the clock each time it is shown, each time something changed, and when the day turns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.prolong import PROLONGED_DAYS, ProlongDialog
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.people_keyed import grows
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.pages.today_cards import AgendaCard, Written, qt_day
from kamdesk.desktop.pages.today_view import TodayView
from kamdesk.desktop.widgets.tab_order import order_tabs
from kamdesk.rules import agenda
from kamdesk.rules.agenda import AgendaItem
from kamdesk.rules.closing import add_working_days
from kamdesk.store.changes import ChangeSet

if TYPE_CHECKING:
    from kamdesk.desktop.widgets.basic import Say
    from kamdesk.desktop.widgets.page import PageBase
    from kamdesk.services.agenda import Day
    from kamdesk.store.history import Step

_TABLES: Final = (
    "interaction", "participant", "promise", "proposal", "deal", "fact", "statement", "expected_change", "person",
    "organisation", "employment", "agenda_mark", "preference", "follow_up", "concession",
)  # fmt: skip
_LONGEST_WAIT: Final = timedelta(minutes=10)
"""A machine that slept, or a clock that was set, is noticed after this at the latest."""


class TodayPage(TodayView):
    """``Target("today")``."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._place = desk, desk.workplace
        self._said = Said(desk.kit, desk.workplace.vocabularies, lambda: desk.workplace.store.now().date())
        super().__init__(desk.kit, self._card, lambda item: self._card(item, off=True))
        self._day: Day | None = None
        self._any_client = True
        self.capture.clicked.connect(lambda: desk.window.capture_requested.emit())
        self.dates_button.clicked.connect(lambda: self.go("dates"))
        self.set_title(lambda: self.kit.words.gettext("Today"), self._say_day)
        self._turn = QTimer(self, singleShot=True)
        self._turn.timeout.connect(self.reload)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._awake)
        desk.kit.words.bind(self.off_button, self._say_off)

    def open(self, target: Target) -> None:
        """Read the day."""
        self.reload()

    def refresh(self, changes: ChangeSet) -> None:
        """Read anew what a change may concern; a page that is not seen reads when it is opened."""
        if self.isVisible() and changes.touches(*_TABLES):
            self.reload()

    def reload(self) -> None:
        """Read anew."""
        place = self._place

        def work() -> tuple[Day, bool]:
            day = place.agenda.day()
            return day, bool(day.items) or place.agenda.has_clients()

        self.kit.queries.run(work, self._show, owner=self, key="today")

    # --- inside -----------------------------------------------------------------------------------------------

    def _card(self, item: AgendaItem, off: bool = False) -> AgendaCard:
        card = grows(AgendaCard(self.kit, self._said, item, self._desk.window.knows, off))
        card.acted.connect(self._act)
        card.wrote.connect(self._write)
        card.snoozed.connect(self._snooze)
        card.moved.connect(self.step)
        return card

    def _show(self, found: tuple[Day, bool]) -> None:
        day, any_client = found
        first, self._day = self._day is None, day
        for name, group in self.groups.items():
            group.show_items([item for item in day.items if item.group == name])
        self.off.show_items(day.put_off)
        self.off_button.setVisible(bool(day.put_off))
        self.off.setVisible(bool(day.put_off) and self.off_button.isChecked())
        self._say_off()
        self.nothing.setVisible(not day.items and any_client)
        self.beginning.setVisible(not day.items and not any_client)
        self._say_title()
        order_tabs(self)
        self._wait(day)
        if self.hasFocus() or (first and self.capture.hasFocus()):  # bare until now: on to the first card
            self.panes()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_day(self) -> str:
        if self._day is None:
            return ""
        _, ngettext = self.kit.words.gettext, self.kit.words.ngettext
        now, counts = self._day.now, self._day.counts
        parts = [self.kit.words.locale.toString(qt_day(now.date()), "dddd, d MMMM")]
        n = counts.get("overdue", 0)
        if n:
            parts.append(ngettext("{n} overdue", "{n} overdue", n).format(n=n))
        n = counts.get("now", 0) + counts.get("today", 0)
        if n:
            parts.append(ngettext("{n} for today", "{n} for today", n).format(n=n))
        words = " · ".join(parts)
        return words[:1].upper() + words[1:]

    def _say_off(self) -> None:
        n = len(self._day.put_off) if self._day is not None else 0
        words = self.kit.words.ngettext("{n} put off", "{n} put off", n).format(n=n)
        self.off_button.setText(words)

    # --- the clock --------------------------------------------------------------------------------------------

    def _wait(self, day: Day) -> None:
        """Wake when something turns: a meeting comes near, begins, is over; at midnight; never later than in ten minutes."""
        moments = [
            datetime.combine(day.now.date() + timedelta(1), datetime.min.time()),
            day.now + _LONGEST_WAIT,
        ]
        for item in day.items:
            if item.at is not None:
                ends = agenda.ends(item.at, None)
                moments += [item.at - timedelta(hours=1), item.at, ends]
        ahead = min(moment for moment in moments if moment > day.now) - day.now
        if self.isVisible():
            self._turn.start(int(ahead.total_seconds() * 1000) + 500)

    def _awake(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive and self.isVisible():
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._day is not None:
            self._wait(self._day)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._turn.stop()

    # --- what is done -----------------------------------------------------------------------------------------

    def _act(self, item: AgendaItem, action: str) -> None:
        place = self._place
        workday = add_working_days(self._said.today(), 1)
        works: dict[str, Callable[[], object]] = {
            "kept": lambda: place.promises.keep(item.record),
            "done": lambda: place.interactions.finish_step(item.record),
            "settle": lambda: place.interactions.settle(item.record),
            "cancelled": lambda: place.interactions.cancel(item.record),
            "happened": lambda: place.agenda.happened(item.record),
            "step_done": lambda: place.closing.done(item.record),
            "plan_call": lambda: place.closing.plan(item.target[1], _at_ten(workday)),
            "not_today": lambda: place.agenda.snooze(item, workday),
            "put_down": lambda: place.proposals.set_status(item.record, "expired"),
            "dismiss": lambda: place.agenda.dismiss(item),
            "bring_back": lambda: place.agenda.bring_back(item),
        }
        if action == "open":
            self._open(item)
        elif action == "brief":
            self.go("brief", item.record)
        elif action == "greet":
            self._greet(item)
        elif action == "prolong":
            self._prolong(item)
        else:
            self._do(works[action], undo=action != "bring_back")

    def _open(self, item: AgendaItem) -> None:
        from kamdesk.desktop.pages.client_tabs import TABS

        kind, row, tab = item.target
        if not kind:
            return
        if kind == "client" and tab.partition(":")[0] not in TABS:
            tab = ""
        self.go(kind, row, tab)

    def _prolong(self, item: AgendaItem) -> None:
        """Ask until when and why, beginning with the reason that stood in it."""
        proposals = self._place.proposals

        def ask(reason: str) -> None:
            suggested = self._said.today() + timedelta(days=PROLONGED_DAYS)
            dialog = ProlongDialog(self.kit, suggested, reason, self.window())
            dialog.ordered.connect(
                lambda until, why: self._do(lambda: proposals.prolong(item.record, until, why))
            )
            dialog.open()

        self.kit.queries.run(
            lambda: str(proposals.page(item.record).values.get("validity_reason") or ""), ask, owner=self
        )

    def _greet(self, item: AgendaItem) -> None:
        from kamdesk.desktop.dialogs.greeting import GreetingDialog

        dialog = GreetingDialog(self._desk, self._said, item, self.window())
        dialog.logged.connect(
            lambda text: self._do(lambda: self._place.greetings.greeted(item.people[0][0], text, item))
        )
        dialog.open()

    def _snooze(self, item: AgendaItem, day: Any) -> None:
        self._do(lambda: self._place.agenda.snooze(item, day))

    def _write(self, card: AgendaCard, item: AgendaItem, action: str, written: Written) -> None:
        from kamdesk.services.interactions import InteractionData

        interactions, form = self._place.interactions, card.form
        if action == "result":

            def work() -> None:
                interactions.done(
                    item.record,
                    written.outcome,
                    next_step=written.next_step,
                    next_step_on=written.next_step_on,
                )
        else:
            data = InteractionData(
                organisation_id=item.organisation_id,
                kind=written.kind,
                outcome=written.outcome,
                next_step=written.next_step,
                next_step_on=written.next_step_on,
                person_ids=tuple(person for person, _name in item.people),
            )

            def work() -> None:
                interactions.log(data)

        self.kit.commands.run(
            work, lambda _done: card.close_form(), form.show_problem if form else None, owner=form or self
        )

    def _do(self, work: Callable[[], object], *, undo: bool = True) -> None:
        """Run it, and offer to take it back as long as nothing else was done."""
        history = self._place.vault.history

        def doing() -> Step | None:
            work()
            return history.undoable()

        def back(done: Step | None) -> None:
            def turn() -> None:
                if done is not None and history.undoable() == done:
                    history.undo()

            self.kit.commands.run(turn)

        def told(done: Step | None) -> None:
            _ = self.kit.words.gettext
            if undo and done is not None:
                say: Say = lambda: self.kit.words.message(done.message)  # noqa: E731
                self._desk.window.notify(
                    say, "success", action=lambda: _("Undo"), on_action=lambda: back(done)
                )

        self.kit.commands.run(doing, told)


def _at_ten(day: date) -> datetime:
    """When a call is planned by one click; its hour is changed where it stands."""
    return datetime.combine(day, time(10))


def register(desk: Desk) -> None:
    """The section, and the list of the dates of a year."""
    _ = desk.kit.words.gettext
    desk.window.add_section("today", lambda: _("Today"), "today", lambda: TodayPage(desk))

    def dates(_target: Target) -> PageBase:
        from kamdesk.desktop.pages.dates import DatesPage

        return DatesPage(desk)

    desk.window.add_page_kind("dates", dates, section="today")
