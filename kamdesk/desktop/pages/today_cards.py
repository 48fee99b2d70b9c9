"""The cards of Today: what it is, why it is here, and what can be done with one click or one key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QDate, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QCalendarWidget,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.latin_keys import latin_key
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.widgets.basic import IconLabel, Say, button, columns, label, tool_button
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_choice import InlineChoice
from kamdesk.desktop.widgets.inline_text import InlineDate, InlineLongText, InlineText
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.section import Card
from kamdesk.model.messages import Message
from kamdesk.rules.agenda import LONGEST_SNOOZE, AgendaItem

ICONS: Final = {
    "meeting": "meeting", "result": "help", "date": "star", "next_step": "forward", "promise_ours": "promise",
    "promise_theirs": "promise", "proposal": "proposals", "proposal_over": "warning", "complaint": "warning", "request": "mail", "quiet": "phone",
    "change": "refresh", "deal": "money", "review_facts": "fact", "review_statements": "fact",
    "closing": "proposals", "closing_hold": "clock",
}  # fmt: skip
ASKING: Final = ("result", "log")
"""What asks for words before it is done."""
_PERSONAL: Final = ("date", "quiet", "change", "review_facts")
_CONTACTS: Final = ("call", "meeting", "video", "email", "messenger", "informal")


@dataclass(frozen=True)
class Written:
    """What was typed into the form of a card."""

    kind: str
    outcome: str
    next_step: str
    next_step_on: date | None


def qt_day(day: date) -> QDate:
    """A day as Qt knows it."""
    return QDate(day.year, day.month, day.day)


class ResultForm(QWidget):
    """How it went, and what is next. ``written(Written)`` on saving, ``closed()`` when it is put away."""

    written = Signal(object)
    closed = Signal()

    def __init__(self, kit: Kit, said: Said, *, with_kind: bool) -> None:
        super().__init__()
        _ = kit.words.gettext
        self._kit = kit
        self.kind = InlineChoice(
            kit,
            lambda: _("Kind"),
            lambda: [one for one in said.options("interaction") if one.code in _CONTACTS],
            required=True,
        )
        self.kind.set_value("call")
        self.outcome = InlineLongText(kit, lambda: _("Outcome"))
        self.outcome.text.setFixedHeight(
            kit.theme.px(32)
        )  # one line until it is typed into: no jump on opening
        self.step = InlineText(kit, lambda: _("Next step"))
        self.step_on = InlineDate(kit, lambda: _("Next step on"))
        self._editors: tuple[InlineEditor, ...] = (self.outcome, self.step, self.step_on)
        if with_kind:
            self._editors = (self.kind, *self._editors)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 6, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for at, editor in enumerate(self._editors):
            name = label(kit, editor.label_text, "muted", buddy=editor)
            name.setContentsMargins(0, 6, 0, 0)
            grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(editor, at, 1)
        if not with_kind:
            self.kind.setParent(self)
            self.kind.hide()
        self.problem = label(kit, look="error", wrap=True)
        self.problem.hide()
        grid.addWidget(self.problem, len(self._editors), 1)
        self.save = button(kit, lambda: _("Save"), "", "primary", self._save)
        self.cancel = button(kit, lambda: _("Cancel"), on_click=self.closed.emit)
        grid.addLayout(columns(self.save, self.cancel, 1), len(self._editors) + 1, 1)

    def start(self) -> None:
        """Go into the first line."""
        self.outcome.focus()

    def show_problem(self, problem: Message) -> None:
        """It could not be saved: say why and keep what was typed."""
        self.save.setEnabled(True)
        self.problem.setText(self._kit.words.message(problem))
        self.problem.show()

    def _save(self) -> None:
        if all(editor.flush() for editor in self._editors):
            self.save.setEnabled(False)
            step = self.step.value() or ""
            self.written.emit(
                Written(self.kind.value() or "call", self.outcome.value() or "", step, self.step_on.value())
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class PickDay(DialogBase):
    """A day to put something off to. ``picked(date)``."""

    picked = Signal(object)

    def __init__(self, kit: Kit, today: date, parent: QWidget) -> None:
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("Put off until"), parent, ok=lambda: _("Put off"))
        self.calendar = QCalendarWidget()
        self.calendar.setMinimumDate(qt_day(today + timedelta(1)))
        self.calendar.setMaximumDate(qt_day(today + timedelta(LONGEST_SNOOZE - 1)))
        self.calendar.setSelectedDate(qt_day(today + timedelta(7)))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        kit.words.bind(self.calendar, lambda: self.calendar.setLocale(kit.words.locale))
        for child in (self.calendar, *self.calendar.findChildren(QWidget)):
            kit.words.bind(child, lambda child=child: child.setAccessibleName(_("Put off until")))
        self.calendar.activated.connect(lambda _day: self.accept())
        self.body.addWidget(self.calendar)
        self.accepted.connect(lambda: self.picked.emit(self.calendar.selectedDate().toPython()))
        self.calendar.setFocus()


class AgendaCard(Card):
    """One item. ``acted(item, action)``, ``wrote(card, item, action, Written)``, ``snoozed(item, day)``, ``moved(card, step)``.

    Arrows leave it for its neighbours, Enter does the main thing, S puts it off, Delete dismisses it. One that was put off
    (``off``) offers only the way back.
    """

    acted = Signal(object, str)
    wrote = Signal(object, object, str, object)
    snoozed = Signal(object, object)
    moved = Signal(object, int)

    def __init__(
        self, kit: Kit, said: Said, item: AgendaItem, knows: Callable[[str], bool], off: bool = False
    ) -> None:
        super().__init__(kit)
        self._said, self.item, self._off = said, item, off
        self._with_brief = item.kind == "meeting" and knows("brief")
        self.form: ResultForm | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: self._menu().popup(self.mapToGlobal(at)))
        if item.private or item.kind in _PERSONAL:
            mark_private(self)
        self.picture = IconLabel(kit, ICONS[item.kind], 22, "accent_text")
        self.title = label(kit, wrap=True)
        self.title.setStyleSheet("font-weight: 600;")
        self.reason = label(kit, wrap=True)
        self.whom = label(kit, look="caption", wrap=True)
        self.buttons: dict[str, QPushButton] = {}
        words = QVBoxLayout()
        words.setSpacing(1)
        for one in (self.title, self.reason, self.whom):
            words.addWidget(one)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addLayout(self._tools(), 0)
        self.body.setContentsMargins(14, 8, 8, 8)
        self.body.setSpacing(2)
        self.body.addLayout(row)
        kit.words.bind(self, lambda: self.show_item(self.item))

    def _tools(self) -> QHBoxLayout:
        kit = self.kit
        _ = kit.words.gettext
        tools = columns(spacing=4)
        if self._off:
            tools.addWidget(self._button("bring_back", lambda: _("Bring back"), ""))
            return tools
        names = self._names()
        for action in self.offers():
            if action != "open":
                look = "" if action == self.main_action() else "quiet"
                tools.addWidget(self._button(action, names[action], look))
        tools.addWidget(
            tool_button(kit, self._named(names["open"]), "chevron-right", lambda: self.act("open"))
        )
        snooze = tool_button(kit, self._named(lambda: _("Put off")), "clock")
        snooze.clicked.connect(lambda: self.ask_when(snooze.mapToGlobal(snooze.rect().bottomLeft())))
        tools.addWidget(snooze)
        dismiss = self._named(lambda: _("Do not remind again"))
        tools.addWidget(tool_button(kit, dismiss, "close", lambda: self.act("dismiss")))
        return tools

    def _button(self, action: str, say: Say, look: str) -> QPushButton:
        made = button(self.kit, say, "", look, lambda: self.act(action))
        self.kit.words.bind(made, lambda: made.setAccessibleName(self._named(say)()))
        self.buttons[action] = made
        return made

    def _named(self, say: Say) -> Say:
        return lambda: f"{say()}: {self.called()}"

    def _names(self) -> dict[str, Say]:
        _ = self.kit.words.gettext
        return {
            "open": lambda: _("Open"),
            "brief": lambda: _("Brief"),
            "result": lambda: _("How did it go?"),
            "cancelled": lambda: _("It did not take place"),
            "greet": lambda: _("Greet…"),
            "done": lambda: _("Done"),
            "log": lambda: _("Log a contact"),
            "kept": lambda: _("Promise kept"),
            "settle": lambda: _("Settled"),
            "happened": lambda: _("It happened"),
            "step_done": lambda: _("Done"),
            "plan_call": lambda: _("Plan a call"),
            "not_today": lambda: _("Not today"),
            "prolong": lambda: _("Prolong…"),
            "put_down": lambda: _("Put down as expired"),
        }

    # --- what it shows ----------------------------------------------------------------------------------------

    def show_item(self, item: AgendaItem) -> None:
        """Show another state of it; a form that is open stays."""
        self.item = item
        words = self.kit.words
        self.picture.set_icon(ICONS[item.kind], "warning" if item.group == "overdue" else "accent_text")
        self.title.setText(self.called())
        self.reason.setText(words.message(item.reason))
        late = item.group == "overdue"
        if self.reason.property("look") != ("error" if late else "muted"):
            self.reason.setProperty("look", "error" if late else "muted")
            self.reason.style().unpolish(self.reason)
            self.reason.style().polish(self.reason)
        people = [shown_name(name) for _id, name in item.people]
        lines = [", ".join(people) if item.title else "", item.organisation, item.detail]
        self.whom.setText(
            " · ".join(" ".join(line.split()) for line in lines if line and line != self.called())
        )
        self.whom.setVisible(bool(self.whom.text()))
        self.setAccessibleName(
            ". ".join(part for part in (self.called(), self.reason.text(), self.whom.text()) if part)
        )

    def called(self) -> str:
        """What the card is called: its words, else whom it is about, else what it is."""
        item = self.item
        people = ", ".join(shown_name(name) for _id, name in item.people)
        kind = self._said.label("interaction", item.sub) if item.table == "interaction" else ""
        return item.title or people or " ".join(part for part in (kind, item.organisation) if part)

    # --- what can be done -------------------------------------------------------------------------------------

    def offers(self) -> tuple[str, ...]:
        """Codes of what can be done, the main one first."""
        return ("brief", *self.item.actions) if self._with_brief else self.item.actions

    def main_action(self) -> str:
        """What Enter does."""
        return "bring_back" if self._off else self.offers()[0]

    def act(self, action: str) -> None:
        """Do it, or open the form that it needs first."""
        if action not in ASKING:
            self.acted.emit(self.item, action)
            return
        self.close_form()
        form = self.form = ResultForm(self.kit, self._said, with_kind=action == "log")
        form.closed.connect(self.close_form)
        form.written.connect(lambda written: self.wrote.emit(self, self.item, action, written))
        self.body.addWidget(form)
        form.start()

    def close_form(self) -> None:
        """Put the form away."""
        if self.form is not None:
            self.body.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None
            self.setFocus()

    def ask_when(self, at: QPoint) -> None:
        """Offer days to put it off to."""
        _ = self.kit.words.gettext
        menu = QMenu(self)
        today = self._said.today()
        for days, words in ((1, _("Tomorrow")), (3, _("In three days")), (7, _("In a week"))):
            day = today + timedelta(days)
            menu.addAction(words).triggered.connect(
                lambda _on=False, day=day: self.snoozed.emit(self.item, day)
            )
        menu.addAction(_("Choose a day…")).triggered.connect(lambda _on=False: self._pick(today))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _pick(self, today: date) -> None:
        dialog = PickDay(self.kit, today, self.window())
        item = self.item
        dialog.picked.connect(lambda day: self.snoozed.emit(item, day))
        dialog.open()

    def _menu(self) -> QMenu:
        _ = self.kit.words.gettext
        menu = QMenu(self)
        for action in self.offers() if not self._off else ():
            say = self._names()[action]
            menu.addAction(say()).triggered.connect(lambda _on=False, action=action: self.act(action))
        if self._off:
            menu.addAction(_("Bring back")).triggered.connect(lambda _on=False: self.act("bring_back"))
        else:
            menu.addSeparator()
            menu.addAction(_("Put off")).triggered.connect(lambda _on=False: self.ask_when(self._corner()))
            menu.addAction(_("Do not remind again")).triggered.connect(lambda _on=False: self.act("dismiss"))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _corner(self) -> QPoint:
        return self.mapToGlobal(QPoint(self.width() // 2, self.height() // 2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = latin_key(event.key()) or event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or self.form is not None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(self, 1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.act(self.main_action())
        elif key == Qt.Key.Key_S and not self._off:
            self.ask_when(self._corner())
        elif key == Qt.Key.Key_Delete and not self._off:
            self.act("dismiss")
        elif key == Qt.Key.Key_Menu:
            self._menu().popup(self._corner())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.kit.theme.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 9, 9)

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        self.update()
