"""Where somebody works and worked: several posts at once, moved on in one action, come back; the boss, vacant seats too."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.kit import Option
from kamdesk.desktop.pages.capture_line import AddLine
from kamdesk.desktop.pages.people_keyed import Keyed, bare
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.pages.unfolding import UnfoldingRow
from kamdesk.desktop.widgets.basic import Say, button, columns, label, tool_button
from kamdesk.desktop.widgets.field_place import mark_field, mark_record
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_choice import InlineChoice
from kamdesk.desktop.widgets.inline_text import InlinePartialDate, InlineText
from kamdesk.desktop.widgets.section import FieldList, Section
from kamdesk.model.messages import KamdeskError
from kamdesk.model.values import PartialDate

if TYPE_CHECKING:
    from kamdesk.services.employment import PostView, SeatChoice
    from kamdesk.services.people_views import PersonCard

Go = Callable[[str, str], object]
_OF_SEAT = {"unit": "unit_id", "boss": "reports_to_id"}
"""What is stored with the seat and not with the post, by the name of its editor."""


class PostLine(AddLine):
    """A line for an organisation and a job title, with the day beside it; ``on_post(organisation, title, day)``."""

    def __init__(
        self, desk: Desk, say: Say, on_post: Callable[[str, str, PartialDate | None], object]
    ) -> None:
        super().__init__(desk.kit, say, self._read, stays=False)
        kit, _ = desk.kit, desk.kit.words.gettext
        self._typed_forms, self._on_post = kit.typed, on_post
        self.day = QLineEdit()
        self.day.setFixedWidth(kit.theme.px(110))
        self.day.returnPressed.connect(self._enter)
        kit.words.bind(self.day, lambda: self.day.setPlaceholderText(_("Since when")))
        kit.words.bind(self.day, lambda: self.day.setAccessibleName(_("Since when")))
        self.extras.addWidget(self.day)

    def close_line(self) -> None:
        """Put it away."""
        self.day.clear()
        super().close_line()

    def _read(self, text: str) -> None:
        organisation, _comma, title = text.partition(",")
        day = self.day.text().strip()
        try:
            since = self._typed_forms.read_partial_date(day) if day else None
        except KamdeskError as problem:
            self.show_problem(problem.message)
            return
        self._on_post(organisation.strip(), title.strip(), since)


class Posts(Section):
    """Present and former posts. ``go(kind, id)`` opens the client or the boss."""

    def __init__(self, desk: Desk, said: Said, go: Go) -> None:
        kit, _ = desk.kit, desk.kit.words.gettext
        super().__init__(kit, lambda: _("Posts"), add=lambda: _("Add"), on_add=lambda: self.line.start())
        self._desk, self._person = desk, ""
        self.move_button = button(
            kit, lambda: _("Moved to another company"), "forward", "link", lambda: self.move_line.start()
        )
        self.line = PostLine(desk, lambda: _("Organisation, and after a comma the job title"), self._add)
        self.move_line = PostLine(desk, lambda: _("New company, and after a comma the job title"), self._move)
        self.list = Keyed(
            lambda item: PostRow(desk, said, item, go), lambda item: item.employment_id, spacing=10
        )
        self.nothing = label(kit, lambda: _("It is not known where they work."), "muted")
        for widget in (self.line, self.list, self.nothing, self.move_line):
            self.body.addWidget(widget)
        self.body.addLayout(columns(self.move_button, 1))

    def show_card(self, card: PersonCard) -> None:
        """Show the posts of a person."""
        if card.id != self._person:
            self.line.close_line()
            self.move_line.close_line()
        self._person = card.id
        self.list.show_items(card.posts)
        self.nothing.setVisible(not card.posts)
        self.move_button.setVisible(any(not post.is_former for post in card.posts))

    def _add(self, organisation: str, title: str, since: PartialDate | None) -> None:
        posts, person = self._desk.workplace.employments, self._person
        self.kit.commands.run(
            lambda: posts.add(person, organisation, title, since=since),
            lambda _id: self.line.taken(),
            self.line.show_problem,
            owner=self.line,
        )

    def _move(self, organisation: str, title: str, when: PartialDate | None) -> None:
        posts, person = self._desk.workplace.employments, self._person
        self.kit.commands.run(
            lambda: posts.move(person, organisation, title, when=when),
            lambda _id: self.move_line.taken(),
            self.move_line.show_problem,
            owner=self.move_line,
        )


class PostRow(UnfoldingRow):
    """Title, company, boss and dates; the pencil opens dates, unit and reporting line in their place."""

    def __init__(self, desk: Desk, said: Said, item: PostView, go: Go) -> None:
        super().__init__()
        self._desk, self._said, self._item, self._go = desk, said, item, go
        kit, _ = desk.kit, desk.kit.words.gettext
        self.title = InlineText(kit, lambda: _("Job title"), self._save_title)
        self.client = button(
            kit, lambda: "", "organisation", "link", lambda: go("client", self._item.organisation_id)
        )
        self.boss = button(kit, lambda: "", "", "link", self._open_boss)
        self.boss_label = label(kit, lambda: _("Boss:"), "muted")
        self.boss_label.setContentsMargins(7, 0, 0, 0)
        self.vacant = label(kit, look="muted", wrap=True)
        self.vacant.setContentsMargins(7, 0, 0, 0)
        self.detail = label(kit, look="caption", wrap=True)
        self.detail.setContentsMargins(7, 0, 0, 0)
        self.left = button(kit, lambda: _("No longer there"), "", "link", self._leave)
        self.back = button(kit, lambda: _("Came back"), "", "link", self._come_back)
        self.edit_button = tool_button(
            kit,
            lambda: _("Dates, unit, boss: {what}").format(what=self._item.organisation),
            "edit",
            self.edit,
        )
        self.more = tool_button(
            kit, lambda: _("More: {what}").format(what=self._item.organisation), "more", self._offer
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.edit_button)
        head.addWidget(self.more)
        column.addLayout(head)
        below = QHBoxLayout()
        below.addWidget(self.client)
        below.addStretch(1)
        below.addWidget(self.left)
        below.addWidget(self.back)
        column.addLayout(below)
        column.addLayout(columns(self.boss_label, self.boss, 1, spacing=2))
        column.addWidget(self.vacant)
        column.addWidget(self.detail, 0, Qt.AlignmentFlag.AlignTop)
        self._room = column
        self.setFocusProxy(self.title)
        kit.words.bind(self, lambda: self.show_item(self._item))

    def show_item(self, item: PostView) -> None:
        """Show another state of it."""
        self._item = item
        kit, _ = self._desk.kit, self._desk.kit.words.gettext
        mark_record(self, "employment", item.employment_id)
        self._mark_of_seat(self.title, "title")
        self.title.set_value(item.title)
        self.title.line.setReadOnly(item.is_former)
        self.client.setText(item.organisation.replace("&", "&&"))
        boss = item.boss
        named = boss is not None and boss.name is not None and not item.is_former
        empty = boss is not None and boss.name is None and not item.is_former
        self.boss.setText(shown_name(boss.name).replace("&", "&&") if named else "")
        self.boss.setVisible(named)
        self.boss_label.setVisible(named)
        self.vacant.setText(_("Boss: {title}, vacant").format(title=boss.title) if empty else "")
        self.vacant.setVisible(empty)
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
        self.back.setVisible(item.is_former)
        for name, editor in self._editors.items():
            editor.set_value(self._value(name))

    def edit(self) -> None:
        """Open dates, unit and boss; again: put them away."""
        if self._fields is not None:
            self.close_fields()
            return
        kit, _ = self._desk.kit, self._desk.kit.words.gettext
        self._fields = QWidget()
        column = QVBoxLayout(self._fields)
        column.setContentsMargins(0, 0, 0, 4)
        fields = FieldList(kit)
        self._editors = {
            "since": InlinePartialDate(kit, lambda: _("Since"), self._save_dates),
            "until": InlinePartialDate(kit, lambda: _("Until"), self._save_dates),
        }
        if not self._item.is_former:
            self._editors["unit"] = InlineText(kit, lambda: _("Unit"), self._save_unit)
        for name, editor in self._editors.items():
            editor.set_value(self._value(name))
            bare(editor)
            mark_field(editor, name)
            fields.add(editor, always=True)
        for name, field in _OF_SEAT.items():
            if name in self._editors:
                self._mark_of_seat(self._editors[name], field)
        self._boss_choice: tuple[SeatChoice, ...] = ()
        if not self._item.is_former and self._item.seat_id is not None:
            made = InlineChoice(
                kit, lambda: _("Reports to"), self._boss_options, self._save_boss,
                say_nothing=lambda: _("Nobody"),
            )  # fmt: skip
            self._editors["boss"] = made
            self._mark_of_seat(made, _OF_SEAT["boss"])
            fields.add(made, always=True)
            posts, post = self._desk.workplace.employments, self._item.employment_id
            kit.queries.run(lambda: posts.seats_above(post), self._show_seats, owner=made)
        column.addWidget(fields)
        column.addLayout(columns(button(kit, lambda: _("Done"), "ok", "", self.close_fields), 1))
        self._room.addWidget(self._fields)
        self._editors["since"].focus()

    def _mark_of_seat(self, editor: InlineEditor, field: str) -> None:
        mark_record(editor, "seat", self._item.seat_id or "")
        mark_field(editor, field if self._item.seat_id else "")

    def _value(self, name: str) -> object:
        if name == "boss":
            return self._item.boss.seat_id if self._item.boss is not None else ""
        return getattr(self._item, name)

    def _show_seats(self, seats: tuple[SeatChoice, ...]) -> None:
        self._boss_choice = seats
        made = self._editors.get("boss")
        if isinstance(made, InlineChoice):
            made.retell()
            made.set_value(self._value("boss"))

    def _boss_options(self) -> list[Option]:
        _ = self._desk.kit.words.gettext
        return [
            Option(
                one.id,
                f"{one.title} · {', '.join(shown_name(name) for name in one.holders)}"
                if one.holders
                else _("{title}, vacant").format(title=one.title),
            )
            for one in self._boss_choice
        ]

    def _open_boss(self) -> None:
        if self._item.boss is not None and self._item.boss.person_id is not None:
            self._go("person", self._item.boss.person_id)

    def _offer(self) -> None:
        _, kit, place = self._desk.kit.words.gettext, self._desk.kit, self._desk.workplace
        post = self._item.employment_id
        menu = QMenu(self.more)
        if self._item.is_former:
            menu.addAction(_("It was a mistake: still there")).triggered.connect(
                lambda: kit.commands.run(lambda: place.employments.reopen(post))
            )
        menu.addAction(_("Delete this post")).triggered.connect(
            lambda: kit.commands.run(lambda: place.records.delete("employment", post))
        )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _run(self, work: Callable[[], object], editor: InlineEditor | None = None) -> None:
        failed = editor.show_problem if editor is not None else None
        self._desk.kit.commands.run(work, failed=failed, owner=editor)

    def _leave(self) -> None:
        posts, post = self._desk.workplace.employments, self._item.employment_id
        self._run(lambda: posts.end(post))

    def _come_back(self) -> None:
        posts, post = self._desk.workplace.employments, self._item.employment_id
        self._desk.kit.commands.run(lambda: posts.come_back(post))

    def _save_title(self, title: str) -> None:
        posts, post, visit = self._desk.workplace.employments, self._item.employment_id, self.title.visit
        self._run(lambda: posts.set_title(post, title, visit=visit), self.title)

    def _save_dates(self, _value: object) -> None:
        since, until = self._editors["since"].value(), self._editors["until"].value()
        posts, post = self._desk.workplace.employments, self._item.employment_id
        editor = self._editors["until" if self._editors["until"].has_focus() else "since"]
        visit = editor.visit
        self._run(lambda: posts.set_dates(post, since=since, until=until, visit=visit), editor)

    def _save_unit(self, unit: str) -> None:
        editor = self._editors["unit"]
        posts, post, visit = self._desk.workplace.employments, self._item.employment_id, editor.visit
        self._run(lambda: posts.set_unit(post, unit, visit=visit), editor)

    def _save_boss(self, seat: str) -> None:
        posts, post = self._desk.workplace.employments, self._item.employment_id
        self._run(lambda: posts.set_boss(post, seat or None), self._editors["boss"])
