"""One interaction on the timeline: what, when, with whom; the words are edited where they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Final

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QMenu, QScrollArea, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.kit import Kit, Option
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.file_links import FileLinks, ask_calendar, attach_to
from kamdesk.desktop.pages.history_form import moment_editor
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.widgets.basic import IconLabel, Say, button, columns, label, tool_button
from kamdesk.desktop.widgets.field_place import mark_field, mark_record
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_choice import InlineChoice, InlineCodes
from kamdesk.desktop.widgets.inline_text import InlineDate, InlineLongText, InlineText, InlineTyped
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.section import Card, FieldList
from kamdesk.services.interaction_views import InteractionView

ICONS: Final = {
    "call": "phone", "email": "mail", "letter": "mail", "messenger": "mail", "gift": "star", "greeting": "star",
    "complaint": "warning", "pilot": "today", "presentation": "reports",
}  # fmt: skip

_TALKS: Final = (
    "meeting", "video", "informal", "call", "presentation", "workshop", "pilot", "site_visit", "interim_review",
)  # fmt: skip
"""After these a letter says what was agreed."""
_FIELDS: Final = (
    "aim_ideal", "aim_minimum", "place", "outcome", "next_step", "next_step_on", "deal_id", "initiative",
)  # fmt: skip
"""What is said about an interaction, in the order in which it is drawn."""
_ABOVE: Final = 12
"""Pixels above a card that is scrolled to."""
_SETTLES_MS: Final = 80
"""Cards beside it take their height a moment after they were filled."""

Save = Callable[[Any], object]


class InteractionCard(Card):
    """Shows an ``InteractionView``. A planned one whose hour passed asks how it went."""

    def __init__(
        self,
        desk: Desk,
        said: Said,
        item: InteractionView,
        people: Callable[[], Sequence[Option]],
        deals: Callable[[], Sequence[Option]] = tuple,
    ) -> None:
        super().__init__(desk.kit)
        self._desk, self._said, self._item = desk, said, item
        self._choices, self._deals = people, deals
        kit = desk.kit
        _ = kit.words.gettext
        self.picture = IconLabel(kit, "meeting", 22, "accent_text")
        self.head = label(kit, look="caption")
        self.more = tool_button(
            kit, lambda: _("More: {what}").format(what=self._called()), "more", self._menu
        )
        self.purpose = InlineText(kit, lambda: _("Purpose"), lambda value: self._save("purpose", value))
        self.purpose.line.setStyleSheet("font-weight: 600;")
        self.people = label(kit, look="muted", wrap=True)
        self.people.setContentsMargins(7, 0, 0, 0)
        self.asking = label(kit, lambda: _("How did it go?"), "heading")
        self.went = button(kit, lambda: _("It took place"), "ok", "primary", self._took_place)
        self.did_not = button(kit, lambda: _("It did not take place"), on_click=self._cancel)
        self.asks = columns(self.asking, self.went, self.did_not, 1)
        self.brief = button(
            kit,
            lambda: _("Brief"),
            "print",
            on_click=lambda: self._desk.window.navigate(Target("brief", self._item.id)),
        )
        self.step_done = button(kit, lambda: _("Next step done"), "ok", on_click=self._finish_step)
        self.settle = button(kit, lambda: _("Settled"), "ok", on_click=self._settle)
        self.letter = button(kit, lambda: _("Letter with results"), "mail", on_click=self._write_letter)
        self.closed = label(kit, look="muted")
        self.asks.insertWidget(3, self.brief)
        self.fields = FieldList(kit, lambda: _("Add details"))
        self.promises = label(kit, wrap=True)
        self.promises.setContentsMargins(7, 0, 0, 0)
        self.files = FileLinks(desk)
        self.body.setContentsMargins(14, 10, 10, 10)
        self.body.setSpacing(3)
        self.body.addLayout(columns(self.picture, self.head, 1, self.more))
        self.body.addWidget(self.purpose)
        self.body.addWidget(self.people)
        self.body.addLayout(self.asks)
        mark_field(self.purpose, "purpose")
        self._add_fields()
        self.body.addWidget(self.fields)
        self.body.addLayout(columns(self.letter, self.step_done, self.settle, self.closed, 1))
        self.body.addWidget(self.promises)
        self.body.addWidget(self.files)
        self.setFocusProxy(self.purpose)
        kit.words.bind(self, lambda: self.show_item(self._item))

    def _add_fields(self) -> None:
        """An editor is made for what was said already, or where one wants to say it: a timeline has many cards."""
        said = self._said
        _ = self.kit.words.gettext
        self._late("aim_ideal", lambda: _("Best result"), _aim)
        self._late("aim_minimum", lambda: _("Least result"), _aim)
        self._late("place", lambda: _("Where"), InlineText)
        self._late("outcome", lambda: _("Outcome"), InlineLongText)
        self._late("next_step", lambda: _("Next step"), InlineText)
        self._late("next_step_on", lambda: _("Next step on"), InlineDate)
        self._late(
            "deal_id", lambda: _("Deal"), lambda kit, say, save: InlineChoice(kit, say, self._deals, save)
        )
        self._late(
            "initiative",
            lambda: _("Whose initiative"),
            lambda kit, say, save: InlineChoice(kit, say, lambda: said.options("initiative"), save),
        )

    def _late(self, name: str, say: Say, make: Callable[[Kit, Say, Save], InlineEditor]) -> None:
        def made() -> InlineEditor:
            editor = make(self.kit, say, lambda value: self._save(name, value))
            mark_field(editor, name)
            return editor

        self.fields.add_late(name, say, made)

    @cached_property
    def when(self) -> InlineTyped:
        """The editor of day and time, made when one wants to change them."""
        _ = self.kit.words.gettext
        made = moment_editor(
            self.kit, self._said, lambda: _("When"), lambda value: self._save("starts_at", value)
        )
        mark_field(made, "starts_at")
        self.body.insertWidget(1, made)
        QWidget.setTabOrder(self.more, made)
        return made

    @cached_property
    def who(self) -> InlineCodes:
        """The people of the client's side as chips, made when one wants to change them."""
        _ = self.kit.words.gettext
        made = InlineCodes(self.kit, lambda: _("With whom"), self._choices, self._save_people)
        self.body.insertWidget(self.body.indexOf(self.people), made)
        QWidget.setTabOrder(self.purpose, made)
        return made

    def show_item(self, item: InteractionView) -> None:
        """Show another state of it."""
        self._item = item
        mark_record(self, "interaction", item.id)
        said = self._said
        _ = self.kit.words.gettext
        self.picture.set_icon(
            ICONS.get(item.kind, "meeting"), "muted" if item.state == "cancelled" else "accent_text"
        )
        state = "" if item.state == "done" else said.label("interaction_state", item.state)
        parts = [said.label("interaction", item.kind), said.moment(item.starts_at), state]
        self.head.setText(" · ".join(part for part in parts if part))
        self.purpose.set_value(item.purpose)
        ours = [shown_name(one.name) for one in item.people if one.ours]
        theirs = [shown_name(one.name) for one in item.people if not one.ours]
        lines = [", ".join(theirs)]
        if ours:
            lines.append(_("From us: {names}").format(names=", ".join(ours)))
        self.people.setText("\n".join(line for line in lines if line))
        self.people.setVisible(bool(self.people.text()))
        for name in _FIELDS:
            self.fields.set_value(name, getattr(item, name))
        for widget in (self.asking, self.went, self.did_not):
            widget.setVisible(item.awaits_result)
        planned = item.state == "planned"
        self.brief.setVisible(planned and self._desk.window.knows("brief"))
        self.step_done.setVisible(
            item.state == "done" and bool(item.next_step) and item.next_step_done_on is None
        )
        self.settle.setVisible(item.is_matter and item.state == "done" and item.settled_on is None)
        agreed = bool(item.promises or item.next_step) and item.kind in _TALKS
        self.letter.setVisible(item.state == "done" and agreed and any(not one.ours for one in item.people))
        self.closed.setText(self._closed())
        self.closed.setVisible(bool(self.closed.text()))
        self.promises.setText("\n".join(self._promise(one) for one in item.promises))
        self.promises.setVisible(bool(item.promises))
        there = next((one.id for one in item.people if not one.ours), "")
        owner = ("client", item.organisation_id) if item.organisation_id else ("person", there)
        self.files.show_files(*owner, item.files)
        self.fields.refresh()

    def come_forward(self, *, ask: bool = False) -> None:
        """Scroll here and take the keyboard; one planned for today can be answered before its hour is over, where ``ask`` is said."""
        item = self._item
        begins = item.starts_at.date() if item.starts_at is not None else None
        if ask and item.state == "planned" and begins is not None and begins <= self._said.today():
            for widget in (self.asking, self.went, self.did_not):
                widget.show()
        first = next((one for one in (self.went, self.letter, self.brief) if not one.isHidden()), self.more)
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll_here()
        QTimer.singleShot(_SETTLES_MS, self, self._scroll_here)

    def _scroll_here(self) -> None:
        room = self.parentWidget()
        while room is not None and not isinstance(room, QScrollArea):
            room = room.parentWidget()
        if isinstance(room, QScrollArea) and room.widget() is not None:
            top = self.mapTo(room.widget(), QPoint(0, 0)).y()
            room.verticalScrollBar().setValue(top - self.kit.theme.px(_ABOVE))

    def _closed(self) -> str:
        """What is done with already: the next step, the complaint."""
        _ = self.kit.words.gettext
        item, parts = self._item, []
        if item.next_step_done_on is not None:
            parts.append(_("Next step done {day}").format(day=self._said.day(item.next_step_done_on)))
        if item.is_matter and item.settled_on is not None:
            parts.append(_("Settled {day}").format(day=self._said.day(item.settled_on)))
        return " · ".join(parts)

    def _promise(self, one: Any) -> str:
        _ = self.kit.words.gettext
        side = self._said.label("promise_side", one.side)
        due = _("by {day}").format(day=self._said.day(one.due)) if one.due else ""
        return " · ".join(part for part in (f"{side}: {one.text}", due, "✓" if one.done_on else "") if part)

    def _called(self) -> str:
        return self._item.purpose or self._said.label("interaction", self._item.kind)

    def _menu(self) -> None:
        _ = self.kit.words.gettext
        menu = QMenu(self)
        if self._item.state != "done":
            menu.addAction(_("It took place")).triggered.connect(lambda: self._took_place())
        if self._item.state == "planned":
            menu.addAction(_("It did not take place")).triggered.connect(lambda: self._cancel())
        interactions, row = self._desk.workplace.interactions, self._item.id
        if self._item.next_step_done_on is not None:
            menu.addAction(_("The next step is not done")).triggered.connect(
                lambda: self.kit.commands.run(lambda: interactions.reopen_step(row))
            )
        if self._item.settled_on is not None:
            menu.addAction(_("It is not settled")).triggered.connect(
                lambda: self.kit.commands.run(lambda: interactions.reopen(row))
            )
        kinds = menu.addMenu(_("Kind"))
        for option in self._said.options("interaction"):
            kinds.addAction(option.label).triggered.connect(
                lambda _checked=False, code=option.code: self._save("kind", code)
            )
        menu.addAction(_("Change when")).triggered.connect(lambda: self._change_when())
        menu.addAction(_("Change who took part")).triggered.connect(lambda: self.change_people())
        menu.addSeparator()
        menu.addAction(_("Attach a file")).triggered.connect(
            lambda: attach_to(self._desk, self, interaction=row)
        )
        if self._item.state == "done":
            menu.addAction(_("Objection heard…")).triggered.connect(lambda: self._objection_heard())
        calendar = menu.addAction(_("Save as a calendar"))
        calendar.setEnabled(self._item.starts_at is not None)
        calendar.triggered.connect(lambda: self._ask_calendar())
        menu.addSeparator()
        menu.addAction(_("Delete")).triggered.connect(lambda: self._delete())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _ask_calendar(self) -> None:
        calendars, row = self._desk.workplace.calendars, self._item.id
        name = self.kit.words.gettext("Meeting") + ".ics"
        ask_calendar(self._desk, self, name, lambda: calendars.calendar_of(row))

    def _change_when(self) -> None:
        self.when.set_value(self._item.starts_at)
        self.when.show()
        self.when.focus()

    def change_people(self) -> None:
        """Show the people of the client's side as chips."""
        self.who.set_value(tuple(one.id for one in self._item.people if not one.ours))
        self.who.show()
        self.who.focus()

    def _save_people(self, people: tuple[str, ...]) -> None:
        interactions, row = self._desk.workplace.interactions, self._item.id
        ours = tuple(one.id for one in self._item.people if one.ours)
        self.kit.commands.run(
            lambda: interactions.set_participants(row, people, ours),
            failed=self.who.show_problem,
            owner=self.who,
        )

    def _write_letter(self) -> None:
        from kamdesk.desktop.dialogs.meeting_letter import open_letter

        open_letter(self._desk, self, self._item.id)

    def _objection_heard(self) -> None:
        from kamdesk.desktop.dialogs.objection_heard import open_after_meeting

        open_after_meeting(self._desk, self, self._item)

    def _took_place(self) -> None:
        interactions, row = self._desk.workplace.interactions, self._item.id
        self.kit.commands.run(
            lambda: interactions.done(row), lambda _none: self.fields.open_field("outcome"), owner=self
        )

    def _cancel(self) -> None:
        interactions, row = self._desk.workplace.interactions, self._item.id
        self.kit.commands.run(lambda: interactions.cancel(row))

    def _finish_step(self) -> None:
        interactions, row = self._desk.workplace.interactions, self._item.id
        self.kit.commands.run(lambda: interactions.finish_step(row))

    def _settle(self) -> None:
        interactions, row = self._desk.workplace.interactions, self._item.id
        self.kit.commands.run(lambda: interactions.settle(row))

    def _delete(self) -> None:
        records, row = self._desk.workplace.records, self._item.id
        self.kit.commands.run(lambda: records.delete("interaction", row))

    def _save(self, name: str, value: object) -> None:
        editor = self._saved_in(name)
        records, row, visit = self._desk.workplace.records, self._item.id, editor.visit
        self.kit.commands.run(
            lambda: records.set(
                "interaction", row, {name: value or None if name == "deal_id" else value}, visit=visit
            ),
            lambda _none: self.when.hide() if name == "starts_at" else None,
            editor.show_problem,
            owner=self,
        )

    def _saved_in(self, name: str) -> InlineEditor:
        """The editor of a field; what is chosen in the menu belongs to the words of the card."""
        if name == "starts_at":
            return self.when
        return self.fields.editor(name) if name in _FIELDS else self.purpose

    def keyPressEvent(self, event) -> None:
        if event.key() == Qt.Key.Key_Menu:
            self._menu()
        else:
            super().keyPressEvent(event)


def _aim(kit: Kit, say: Say, save: Save) -> InlineEditor:
    """What we want from a meeting is not for those who look over a shoulder."""
    made = InlineLongText(kit, say, save)
    mark_private(made)
    return made
