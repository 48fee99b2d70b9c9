"""Who a person is on paper: how to address, birthday, forms of the name, and where they sit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.capture_line import AddLine
from kamdesk.desktop.pages.people_keyed import Keyed
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.widgets.basic import button, columns, label
from kamdesk.desktop.widgets.editor_for import can_edit, editor_for
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_text import InlinePartialDate, InlineText
from kamdesk.desktop.widgets.section import FieldList, Section
from kamdesk.model.messages import KamdeskError
from kamdesk.model.values import PartialDate

if TYPE_CHECKING:
    from kamdesk.services.people_views import PersonCard, PostView
    from kamdesk.services.records import FieldValue

_ELSEWHERE: Final = frozenset(
    {
        "family_name", "given_name", "middle_name", "lens", "influence", "stance", "stance_evidence", "stance_date",
        "ladder_now", "ladder_wanted",
    }
)  # fmt: skip
"""Drawn by the head of the page and by its judgements; every other declared field stands here."""
_FIRST: Final = ("address_form", "salutation", "gender", "language")
_ALWAYS: Final = frozenset({"address_form"})


class About(Section):
    """Fields of the person; only the filled ones are drawn."""

    def __init__(self, desk: Desk, said: Said) -> None:
        kit = desk.kit
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("About the person"))
        self._desk, self._person = desk, ""
        self.birthday = InlinePartialDate(kit, lambda: _("Birthday"), self._save_birthday)
        self.fields: FieldList | None = None

    def show_person(self, person: str, form: Sequence[FieldValue], birthday: PartialDate | None) -> None:
        """Show the fields of a person."""
        shown = [one for one in form if one.spec.name not in _ELSEWHERE and can_edit(one.spec)]
        if self.fields is None:
            self.fields = self._made(shown)
        elif person != self._person:
            self.fields.fold()
        self._person = person
        for one in shown:
            self.fields.editor(one.spec.name).set_value(one.value)
        self.birthday.set_value(birthday)
        self.fields.refresh()

    def _made(self, shown: Sequence[FieldValue]) -> FieldList:
        fields = FieldList(self.kit)
        place = {name: at for at, name in enumerate(_FIRST)}
        for one in sorted(shown, key=lambda one: place.get(one.spec.name, len(place))):
            name = one.spec.name
            editor = editor_for(one.spec, one.value, self.kit)
            editor.on_save(lambda value, name=name, editor=editor: self._save(name, value, editor))
            fields.add(editor, always=name in _ALWAYS)
            if name == "salutation":
                fields.add(self.birthday)
        self.body.addWidget(fields)
        return fields

    def _save(self, name: str, value: object, editor: InlineEditor) -> None:
        records, person, visit = self._desk.workplace.records, self._person, editor.visit
        self.kit.commands.run(
            lambda: records.set("person", person, {name: value}, visit=visit),
            failed=editor.show_problem,
            owner=editor,
        )

    def _save_birthday(self, value: PartialDate | None) -> None:
        facts, person = self._desk.workplace.facts, self._person
        self.kit.commands.run(
            lambda: facts.set_birthday(person, value), failed=self.birthday.show_problem, owner=self.birthday
        )


class Posts(Section):
    """Present and former posts. ``go(kind, id)`` opens the client or the boss."""

    def __init__(self, desk: Desk, said: Said, go: Callable[[str, str], object]) -> None:
        kit = desk.kit
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("Seat"), add=lambda: _("Add"), on_add=lambda: self.line.start())
        self._desk, self._person = desk, ""
        self.line = AddLine(
            kit, lambda: _("Organisation, and after a comma the job title"), self._add, stays=False
        )
        self.list = Keyed(
            lambda item: _PostRow(desk, said, item, lambda: self._person, go), lambda item: item.employment_id
        )
        self.nothing = label(kit, lambda: _("It is not known where they work."), "muted")
        for widget in (self.line, self.list, self.nothing):
            self.body.addWidget(widget)

    def show_card(self, card: PersonCard) -> None:
        """Show the posts of a person."""
        self._person = card.id
        self.list.show_items(card.posts)
        self.nothing.setVisible(not card.posts)

    def _add(self, text: str) -> None:
        name, _comma, title = text.partition(",")
        place, person = self._desk.workplace, self._person

        def work() -> None:
            try:
                organisation = place.organisations.find(name)
            except KamdeskError as problem:
                if problem.message.code != "organisation.unknown":
                    raise
                organisation = place.organisations.add(name, "prospect")
            place.people.set_seat(person, organisation, title.strip())

        self.kit.commands.run(work, lambda _none: self.line.taken(), self.line.show_problem, owner=self.line)


class _PostRow(QWidget):
    def __init__(
        self,
        desk: Desk,
        said: Said,
        item: PostView,
        person: Callable[[], str],
        go: Callable[[str, str], object],
    ) -> None:
        super().__init__()
        self._desk, self._said, self._item, self._who = desk, said, item, person
        kit = desk.kit
        _ = kit.words.gettext
        self.title = InlineText(kit, lambda: _("Job title"), self._save)
        self.client = button(
            kit, lambda: "", "organisation", "link", lambda: go("client", self._item.organisation_id)
        )
        self.boss = button(kit, lambda: "", "", "link", lambda: go("person", self._item.reports_to[0]))
        self.boss_label = label(kit, lambda: _("Reports to:"), "muted")
        self.boss_label.setContentsMargins(7, 0, 0, 0)
        self.detail = label(kit, look="caption", wrap=True)
        self.detail.setContentsMargins(7, 0, 0, 0)
        self.left = button(kit, lambda: _("No longer there"), "", "link", self._leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(self.title)
        below = QHBoxLayout()
        below.addWidget(self.client)
        below.addStretch(1)
        below.addWidget(self.left)
        column.addLayout(below)
        column.addLayout(columns(self.boss_label, self.boss, 1, spacing=2))
        column.addWidget(self.detail, 0, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self.title)
        kit.words.bind(self, lambda: self.show_item(self._item))

    def show_item(self, item: PostView) -> None:
        """Show another state of it."""
        self._item = item
        kit, _ = self._desk.kit, self._desk.kit.words.gettext
        self.title.set_value(item.title)
        self.title.line.setReadOnly(item.is_former)
        self.client.setText(item.organisation.replace("&", "&&"))
        boss = shown_name(item.reports_to[1]) if item.reports_to else ""
        self.boss.setText(boss.replace("&", "&&"))
        self.boss.setVisible(bool(boss))
        self.boss_label.setVisible(bool(boss))
        since = kit.typed.show_partial_date(item.since) if item.since else ""
        until = kit.typed.show_partial_date(item.until) if item.until else ""
        parts = [
            item.unit,
            _("since {day}").format(day=since) if since else "",
            _("until {day}").format(day=until) if until else (_("former post") if item.is_former else ""),
        ]
        self.detail.setText(" · ".join(part for part in parts if part))
        self.detail.setVisible(bool(self.detail.text()))
        self.left.setVisible(not item.is_former)

    def _save(self, title: str) -> None:
        people, person, organisation = self._desk.workplace.people, self._who(), self._item.organisation_id
        self._desk.kit.commands.run(
            lambda: people.set_seat(person, organisation, title),
            failed=self.title.show_problem,
            owner=self.title,
        )

    def _leave(self) -> None:
        people, person, organisation = self._desk.workplace.people, self._who(), self._item.organisation_id
        self._desk.kit.commands.run(lambda: people.leave(person, organisation))
