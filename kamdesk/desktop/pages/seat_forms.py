"""The job title of a seat in its cases, whoever sits there: grey where computed, by hand where it was changed (R10)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.person_forms import LABELS, FormRow
from kamdesk.desktop.widgets.basic import button, label
from kamdesk.desktop.widgets.field_place import mark_record
from kamdesk.model.messages import KamdeskError

if TYPE_CHECKING:
    from kamdesk.services.person_forms import FormView

_CASES = tuple(name for name in LABELS if name.startswith("title_"))


class SeatForms(QWidget):
    """Opened by whoever needs them, since computing them takes a dictionary; open ones stay open from seat to seat."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        kit, _ = desk.kit, desk.kit.words.gettext
        self._desk, self._seat, self._opened = desk, "", False
        self.open_button = button(kit, lambda: _("Job title in all cases"), "down", "link", self.unfold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.open_button)
        self.rows: dict[str, FormRow] = {}
        for name in _CASES:
            row = FormRow(desk, lambda name=name: _(LABELS[name]), name, self._write)
            row.label.setContentsMargins(8, kit.theme.px(4), 0, 0)
            for widget in row.widgets():
                column.addWidget(widget)
            self.rows[name] = row
        self.hint = label(
            kit, lambda: _("Grey is computed. Type over it where it is wrong."), "caption", wrap=True
        )
        self.hint.setContentsMargins(8, 0, 0, 0)
        column.addWidget(self.hint)
        self.open_button.hide()
        self._show(())

    def show_seat(self, seat: str) -> None:
        """Stand beside another seat, or the same one after a change."""
        if seat != self._seat:
            self._seat = seat
            mark_record(self, "seat", seat)
            self.open_button.hide()
            self._show(())
        self._read()

    def unfold(self) -> None:
        """Show all cases."""
        self._opened = True
        self._read(focus=True)

    def _read(self, *, focus: bool = False) -> None:
        forms, seat, opened = self._desk.workplace.person_forms, self._seat, self._opened

        def work() -> Sequence[FormView]:
            try:
                return forms.of_seat(seat, cases=opened)
            except KamdeskError:  # deleted while its forms were asked for: the tree is about to say so
                return ()

        def show(found: Sequence[FormView]) -> None:
            if (seat, opened) != (self._seat, self._opened):
                return
            self.open_button.setVisible(bool(found) and not opened)
            self._show(found if opened else ())
            if focus and found:
                QTimer.singleShot(0, self, self._come_forward)  # its place is known after the layout

        self._desk.kit.queries.run(work, show, owner=self, key=f"seat forms {id(self)}")

    def _come_forward(self) -> None:
        first = self.rows[_CASES[0]].editor
        first.focus()
        room = self.parentWidget()
        while room is not None and not isinstance(room, QScrollArea):
            room = room.parentWidget()
        if room is not None:
            room.ensureWidgetVisible(self.hint)
            room.ensureWidgetVisible(first)

    def _show(self, forms: Sequence[FormView]) -> None:
        known = {form.name: form for form in forms}
        for name, row in self.rows.items():
            row.show_form(known.get(name), name in known)
        self.hint.setVisible(bool(known))

    def _write(self, name: str, text: str, visit: str) -> None:
        self._desk.workplace.person_forms.set_of_seat(self._seat, name, text, visit=visit)
