"""What is expected of a person or a seat, and "it happened" with all that follows in one step (D8). Private."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.capture_line import AddLine
from kamdesk.desktop.pages.people_keyed import Keyed
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.pages.person_field import PersonField
from kamdesk.desktop.widgets.basic import IconLabel, button, columns, label, tool_button
from kamdesk.desktop.widgets.field_place import mark_row
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.section import Section
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.services.changes_expected import LEAVING, TAKING

if TYPE_CHECKING:
    from kamdesk.services.changes_expected import ExpectedView


class ExpectedSection(Section):
    """Changes expected of one person and of the seats they hold."""

    def __init__(self, desk: Desk, said: Said) -> None:
        kit, _ = desk.kit, desk.kit.words.gettext
        super().__init__(
            kit, lambda: _("Expected changes"), add=lambda: _("Add"), on_add=lambda: self.line.start()
        )
        self._desk, self._said, self._person = desk, said, ""
        self.line = AddLine(kit, lambda: _("What exactly, if you know"), self._add, stays=False)
        self.line.ok.clicked.disconnect()
        self.line.ok.clicked.connect(lambda _on=False: self._enter())
        self.line.line.returnPressed.disconnect()
        self.line.line.returnPressed.connect(self._enter)
        self.kind = Combo(kit)
        self.kind.setMaximumWidth(kit.theme.px(170))
        kit.words.bind(self.kind, self._fill)
        self.day = QLineEdit()
        self.day.setFixedWidth(kit.theme.px(100))
        self.day.returnPressed.connect(self._enter)
        kit.words.bind(self.day, lambda: self.day.setPlaceholderText(_("When")))
        kit.words.bind(self.day, lambda: self.day.setAccessibleName(_("When")))
        self.line.extras.addWidget(self.kind)
        self.line.extras.addWidget(self.day)
        self.list = Keyed(lambda item: ExpectedRow(desk, said, item), spacing=4)
        self.nothing = label(
            kit,
            lambda: _("Retires in July, will be appointed: what will change, and when."),
            "muted",
            wrap=True,
        )
        for widget in (self.line, self.list, self.nothing):
            self.body.addWidget(widget)
        mark_private(self)

    def show_changes(self, person: str, rows: Sequence[ExpectedView]) -> None:
        """Show these."""
        if person != self._person:
            self.line.close_line()
        self._person = person
        self.list.show_items(rows)
        self.nothing.setVisible(not rows)

    def _fill(self) -> None:
        chosen = self.kind.currentData() or "retires"
        self.kind.clear()
        for option in self._said.options("change_kind"):
            self.kind.addItem(option.label, option.code)
        self.kind.setCurrentIndex(max(0, self.kind.findData(chosen)))
        self.kind.setAccessibleName(self.kit.words.gettext("What changes"))

    def _enter(self) -> None:
        """The kind alone says enough; words are asked of "other" only."""
        self._add(self.line.line.text().strip())

    def _add(self, text: str) -> None:
        typed = self.day.text().strip()
        try:
            day = self.kit.typed.read_partial_date(typed) if typed else None
        except KamdeskError as problem:
            self.line.show_problem(problem.message)
            return
        expected, person, kind = self._desk.workplace.expected, self._person, self.kind.currentData()

        def done(_id: str) -> None:
            self.day.clear()
            self.line.taken()

        self.kit.commands.run(
            lambda: expected.add(text, kind=kind, date=day, person_id=person),
            done,
            self.line.show_problem,
            owner=self.line,
        )


class ExpectedRow(QWidget):
    """A change; "it happened" asks for the successor or for the new post where one follows."""

    def __init__(self, desk: Desk, said: Said, item: ExpectedView) -> None:
        super().__init__()
        self._desk, self._said, self._item = desk, said, item
        self._ask: QWidget | None = None
        kit, place, _ = desk.kit, desk.workplace, desk.kit.words.gettext
        self.icon = IconLabel(kit, "clock", 18)
        self.words = label(kit, wrap=True)
        self.detail = label(kit, look="caption", wrap=True)
        self.happened = button(kit, lambda: _("It happened"), "ok", "link", self.start)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.words)
        words.addWidget(self.detail)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.happened, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(
            tool_button(
                kit,
                lambda: _("Delete: {what}").format(what=self._said_words()),
                "trash",
                lambda: kit.commands.run(lambda: place.records.delete("expected_change", self._item.id)),
            ),
            0,
            Qt.AlignmentFlag.AlignTop,
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(row)
        self.setFocusProxy(self.happened)
        kit.words.bind(self, lambda: self.show_item(self._item))

    def show_item(self, item: ExpectedView) -> None:
        """Show another state of it."""
        self._item = item
        mark_row(
            self, "expected_change", item.id, date=self
        )  # nothing of it is edited: its date is what it stands by
        kit, said, _ = self._desk.kit, self._said, self._desk.kit.words.gettext
        self.words.setText(self._said_words())
        date = kit.typed.show_partial_date(item.date) if item.date else ""
        parts = [
            date if item.happened_on is None else "",
            _("the date has passed: did it happen?") if item.overdue else "",
            _("happened {day}").format(day=said.day(item.happened_on)) if item.happened_on else "",
            item.seat,
            said.label("confidence", item.source_kind),
        ]
        self.detail.setText(" · ".join(part for part in parts if part))
        self.icon.set_icon(
            "ok" if item.happened_on else "warning" if item.overdue else "clock",
            "success" if item.happened_on else "warning" if item.overdue else "icon",
        )
        self.happened.setVisible(item.happened_on is None)

    def start(self) -> None:
        """Say that it happened: at once, or ask who or what follows."""
        if self._ask is not None:
            return
        if self._item.kind in LEAVING:
            self._ask_successor()
        elif self._item.kind in TAKING and self._item.person_id:
            self._ask_post()
        else:
            self._happen()

    def _ask_successor(self) -> None:
        kit, _ = self._desk.kit, self._desk.kit.words.gettext
        find = self._desk.workplace.relationships.candidates
        field = PersonField(
            kit,
            lambda: _("Who takes the seat? Leave empty if nobody yet"),
            lambda text: find(text, besides=self._item.person_id or ""),
        )
        self._open(field, lambda: self._happen(successor=field.who()))

    def _ask_post(self) -> None:
        kit, _ = self._desk.kit, self._desk.kit.words.gettext
        field = QLineEdit()
        kit.words.bind(
            field, lambda: field.setPlaceholderText(_("New job title, and after a comma another company"))
        )
        kit.words.bind(
            field, lambda: field.setAccessibleName(_("New job title, and after a comma another company"))
        )

        def happen() -> None:
            title, _comma, where = field.text().partition(",")
            self._happen(title=title.strip(), organisation=where.strip())

        self._open(field, happen)

    def _open(self, field: QLineEdit, on_enter) -> None:
        kit, _ = self._desk.kit, self._desk.kit.words.gettext
        self._ask = QWidget()
        column = QVBoxLayout(self._ask)
        column.setContentsMargins(26, 0, 0, 4)
        line = columns(field, button(kit, lambda: _("It happened"), "", "", on_enter), spacing=6)
        line.setStretch(0, 1)
        line.addWidget(tool_button(kit, lambda: _("Put away"), "close", self._put_away))
        column.addLayout(line)
        self._problem = label(kit, look="error", wrap=True)
        self._problem.hide()
        column.addWidget(self._problem)
        field.returnPressed.connect(on_enter)
        self._column.addWidget(self._ask)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_away(self) -> None:
        if self._ask is not None:
            ask, self._ask = self._ask, None
            self._column.removeWidget(ask)
            ask.hide()
            ask.deleteLater()

    def _happen(self, *, successor: str = "", title: str = "", organisation: str = "") -> None:
        expected, change = self._desk.workplace.expected, self._item.id
        self._desk.kit.commands.run(
            lambda: expected.happened(change, successor=successor, title=title, organisation=organisation),
            lambda _none: self._put_away(),
            self._refused,
            owner=self,
        )

    def _refused(self, problem: Message) -> None:
        words = self._desk.kit.words.message(problem)
        if self._ask is None:
            self._desk.window.notify(problem, "warning")
            return
        self._problem.setText(words)
        self._problem.show()

    def _said_words(self) -> str:
        item, said = self._item, self._said
        kind = said.label("change_kind", item.kind) if item.kind != "other" else ""
        who = shown_name(item.person) if item.person is not None and not item.seat else ""
        return ": ".join(part for part in (kind or who, item.text) if part)
