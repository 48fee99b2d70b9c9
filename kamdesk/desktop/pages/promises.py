"""Promises, ours and theirs, on the page of a client or a person: kept with one tick, added by typing one line."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.capture_line import AddLine
from kamdesk.desktop.pages.people_keyed import Keyed
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.widgets.basic import label, tool_button
from kamdesk.desktop.widgets.field_place import mark_row
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_text import InlineDate, InlineLongText
from kamdesk.desktop.widgets.section import Section
from kamdesk.desktop.widgets.tick import Tick
from kamdesk.services.promises import OURS, PromiseData, PromiseView

_LONGEST: Final = date(2026, 9, 30)
_DUE: Final = 118
_AROUND: Final = 26
"""Pixels: the least for a day, and what its field has around the words."""


class Promises(Section):
    """One side. Who it is of is said by :meth:`show_owner`; the page hands the rows to :meth:`show_promises`.

    Without ``settled`` the kept ones are left out.
    """

    def __init__(self, desk: Desk, said: Said, side: str, *, settled: bool = True) -> None:
        kit = desk.kit
        _ = kit.words.gettext
        ours = side == OURS
        super().__init__(
            kit,
            (lambda: _("We promised")) if ours else (lambda: _("They promised")),
            add=lambda: _("Add"),
            on_add=lambda: self.line.start(),
        )
        self._desk, self._said, self._side = desk, said, side
        self._settled = settled
        self._client: str | None = None
        self._person: str | None = None
        self.line = AddLine(
            kit,
            (lambda: _("What and by when: “send the calculation by Friday”"))
            if ours
            else (lambda: _("Who, what, by when: “contract from the lawyer by 15 March”")),
            self._add,
        )
        self.line.typed.connect(self._tell_due)
        self.list = Keyed(lambda item: PromiseRow(desk, said, item), spacing=2)
        self.nothing = label(
            kit, (lambda: _("We owe nothing.")) if ours else (lambda: _("Nothing is owed to us.")), "muted"
        )
        for widget in (self.line, self.list, self.nothing):
            self.body.addWidget(widget)

    def show_owner(self, client: str | None, person: str | None = None) -> None:
        """Whose promises these are."""
        if (client, person) != (self._client, self._person):
            self.line.close_line()
        self._client, self._person = client, person

    def show_promises(self, rows: tuple[PromiseView, ...]) -> None:
        """Show these, the open ones first."""
        shown = [row for row in rows if row.side == self._side]
        if not self._settled:  # what was ticked today stays, so that the tick can be taken back
            today = self._said.today()
            shown = [row for row in shown if row.done_on is None or row.done_on == today]
        self.list.show_items(shown)
        self.nothing.setVisible(not shown)

    def _due(self, text: str) -> date | None:
        from kamdesk.rules.typed import find_date

        found = find_date(text, self._said.today())
        return found[0] if found is not None else None

    def _tell_due(self, text: str) -> None:
        due = self._due(text)
        _ = self.kit.words.gettext
        self.line.show_hint(_("Due {day}").format(day=self._said.day(due)) if due else "")

    def _add(self, text: str) -> None:
        data = PromiseData(
            text, self._side, self._due(text), organisation_id=self._client, person_id=self._person
        )
        self.kit.commands.run(
            lambda: self._desk.workplace.promises.add(data),
            lambda _id: self.line.taken(),
            self.line.show_problem,
            owner=self.line,
        )


class PromiseRow(QWidget):
    """A promise: tick, words, day; below it quietly who and how late."""

    def __init__(self, desk: Desk, said: Said, item: PromiseView) -> None:
        super().__init__()
        self._desk, self._said, self._item = desk, said, item
        kit, place = desk.kit, desk.workplace
        _ = kit.words.gettext
        self.tick = Tick(kit)
        self.tick.setFixedWidth(kit.theme.px(34))
        self.text = InlineLongText(kit, lambda: _("Promise"), self._save_text)
        self.text.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.due = InlineDate(kit, lambda: _("Due"), self._save_due)
        kit.words.bind(self.due, self._fit_due)
        self.detail = label(kit, look="caption", wrap=True)
        self.detail.setContentsMargins(8, 0, 0, 2)
        delete = tool_button(
            kit,
            lambda: _("Delete: {what}").format(what=self._item.text),
            "trash",
            lambda: kit.commands.run(lambda: place.records.delete("promise", self._item.id)),
        )
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.text)
        words.addWidget(self.detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.due, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(delete, 0, Qt.AlignmentFlag.AlignTop)
        self.tick.clicked.connect(self._turn)
        self.setFocusProxy(self.tick)
        kit.words.bind(self, lambda: self.show_item(self._item))

    def show_item(self, item: PromiseView) -> None:
        """Show another state of it."""
        self._item = item
        mark_row(self, "promise", item.id, text=self.text, due=self.due)
        kit = self._desk.kit
        _ = kit.words.gettext
        self.tick.setChecked(item.done_on is not None)
        self.tick.setAccessibleName(_("Kept: {what}").format(what=item.text))
        self.text.set_value(item.text)
        self.due.set_value(item.due)
        parts = [shown_name(item.person)]
        if item.done_on is not None:
            parts.append(_("kept {day}").format(day=self._said.day(item.done_on)))
        elif item.overdue and item.due is not None:
            n = (self._said.today() - item.due).days
            parts.append(kit.words.ngettext("overdue by {n} day", "overdue by {n} days", n).format(n=n))
        self.detail.setText(" · ".join(part for part in parts if part))
        self.detail.setVisible(bool(self.detail.text()))
        self.detail.setProperty("look", "error" if item.overdue else "caption")
        self.detail.style().unpolish(self.detail)
        self.detail.style().polish(self.detail)
        self.text.text.setEnabled(item.done_on is None)

    def _fit_due(self) -> None:
        """Room for the longest date of the language: English writes the month out."""
        kit = self._desk.kit
        longest = self.due.fontMetrics().horizontalAdvance(kit.typed.show_date(_LONGEST))
        self.due.setFixedWidth(max(kit.theme.px(_DUE), longest + kit.theme.px(_AROUND)))

    def _turn(self) -> None:
        promises, promise = self._desk.workplace.promises, self._item.id
        turn = promises.keep if self.tick.isChecked() else promises.reopen
        self._desk.kit.commands.run(lambda: turn(promise))

    def _save_text(self, text: str) -> None:
        self._set({"text": " ".join(text.split())}, self.text)

    def _save_due(self, due: date | None) -> None:
        self._set({"due": due}, self.due)

    def _set(self, values: dict[str, object], editor: InlineEditor) -> None:
        records, promise, visit = self._desk.workplace.records, self._item.id, editor.visit
        self._desk.kit.commands.run(
            lambda: records.set("promise", promise, values, visit=visit),
            failed=editor.show_problem,
            owner=editor,
        )
