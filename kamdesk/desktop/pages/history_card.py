"""One interaction on the timeline: what, when, with whom; the words are edited where they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.kit import Option
from kamdesk.desktop.pages.history_form import moment_editor
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.widgets.basic import IconLabel, button, columns, label, tool_button
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_choice import InlineChoice, InlineCodes
from kamdesk.desktop.widgets.inline_text import InlineDate, InlineLongText, InlineText
from kamdesk.desktop.widgets.section import Card, FieldList
from kamdesk.services.interaction_views import InteractionView

ICONS: Final = {
    "call": "phone", "email": "mail", "letter": "mail", "messenger": "mail", "gift": "star", "greeting": "star",
    "complaint": "warning", "pilot": "today", "presentation": "reports",
}  # fmt: skip


class InteractionCard(Card):
    """Shows an ``InteractionView``. A planned one whose hour passed asks how it went."""

    def __init__(
        self, desk: Desk, said: Said, item: InteractionView, people: Callable[[], Sequence[Option]]
    ) -> None:
        super().__init__(desk.kit)
        self._desk, self._said, self._item = desk, said, item
        self._choices = people
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
        self.fields = FieldList(kit, lambda: _("Add details"))
        self.promises = label(kit, wrap=True)
        self.promises.setContentsMargins(7, 0, 0, 0)
        self.body.setContentsMargins(14, 10, 10, 10)
        self.body.setSpacing(3)
        self.body.addLayout(columns(self.picture, self.head, 1, self.more))
        self.body.addWidget(self.purpose)
        self.body.addWidget(self.people)
        self.body.addLayout(self.asks)
        self._add_fields()
        self.body.addWidget(self.fields)
        self.body.addWidget(self.promises)
        self.setFocusProxy(self.purpose)
        kit.words.bind(self, lambda: self.show_item(self._item))

    def _add_fields(self) -> None:
        kit = self.kit
        _ = kit.words.gettext

        def saves(name: str) -> Any:
            return lambda value: self._save(name, value)

        self.kind = InlineChoice(
            kit, lambda: _("Kind"), lambda: self._said.options("interaction"), saves("kind"), required=True
        )
        self.when = moment_editor(kit, self._said, lambda: _("When"), saves("starts_at"))
        self.who = InlineCodes(kit, lambda: _("With whom"), self._choices, self._save_people)
        self.outcome = InlineLongText(kit, lambda: _("Outcome"), saves("outcome"))
        self.place = InlineText(kit, lambda: _("Where"), saves("place"))
        self.step = InlineText(kit, lambda: _("Next step"), saves("next_step"))
        self.step_on = InlineDate(kit, lambda: _("Next step on"), saves("next_step_on"))
        for name, editor in self._by_field().items():
            editor.setObjectName(name)
            self.fields.add(editor)

    def _by_field(self) -> dict[str, InlineEditor]:
        return {
            "place": self.place,
            "outcome": self.outcome,
            "next_step": self.step,
            "next_step_on": self.step_on,
        }

    def show_item(self, item: InteractionView) -> None:
        """Show another state of it."""
        self._item = item
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
        for name, editor in self._by_field().items():
            editor.set_value(getattr(item, name))
        for widget in (self.asking, self.went, self.did_not):
            widget.setVisible(item.awaits_result)
        self.promises.setText("\n".join(self._promise(one) for one in item.promises))
        self.promises.setVisible(bool(item.promises))
        self.fields.refresh()

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
        kinds = menu.addMenu(_("Kind"))
        for option in self._said.options("interaction"):
            kinds.addAction(option.label).triggered.connect(
                lambda _checked=False, code=option.code: self._save("kind", code)
            )
        menu.addAction(_("Change when")).triggered.connect(lambda: self._change_when())
        menu.addAction(_("Change who took part")).triggered.connect(lambda: self.change_people())
        menu.addSeparator()
        menu.addAction(_("Delete")).triggered.connect(lambda: self._delete())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _change_when(self) -> None:
        if self.when.parent() is None:
            self.body.insertWidget(1, self.when)
        self.when.set_value(self._item.starts_at)
        self.when.show()
        self.when.focus()

    def change_people(self) -> None:
        """Show the people of the client's side as chips."""
        if self.who.parent() is None:
            self.body.insertWidget(3, self.who)
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

    def _took_place(self) -> None:
        interactions, row = self._desk.workplace.interactions, self._item.id
        self.kit.commands.run(
            lambda: interactions.done(row), lambda _none: self.fields.open_field("outcome"), owner=self
        )

    def _cancel(self) -> None:
        interactions, row = self._desk.workplace.interactions, self._item.id
        self.kit.commands.run(lambda: interactions.cancel(row))

    def _delete(self) -> None:
        records, row = self._desk.workplace.records, self._item.id
        self.kit.commands.run(lambda: records.delete("interaction", row))

    def _save(self, name: str, value: object) -> None:
        editor = self._by_field().get(name, self.when if name == "starts_at" else self.purpose)
        records, row, visit = self._desk.workplace.records, self._item.id, editor.visit
        self.kit.commands.run(
            lambda: records.set("interaction", row, {name: value}, visit=visit),
            lambda _none: self.when.hide() if name == "starts_at" else None,
            editor.show_problem,
            owner=self,
        )

    def keyPressEvent(self, event) -> None:
        if event.key() == Qt.Key.Key_Menu:
            self._menu()
        else:
            super().keyPressEvent(event)
