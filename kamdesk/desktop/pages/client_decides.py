"""Who decides: the group grid, and beside it the units and seats with their gaps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.kit import Option
from kamdesk.desktop.pages.capture_line import AddLine
from kamdesk.desktop.pages.group_grid import GroupGrid
from kamdesk.desktop.pages.people_keyed import grows
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.widgets.basic import button, clear, label
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.private import mark_private
from kamdesk.desktop.widgets.section import Section

if TYPE_CHECKING:
    from kamdesk.desktop.pages.client import ClientData
    from kamdesk.services.organisations import SeatView, UnitView


class Decides(QWidget):
    """``open_person(id)`` opens a page."""

    def __init__(self, desk: Desk, said: Said, open_person: Callable[[str], object]) -> None:
        super().__init__()
        self._desk, self._kit, self._open = desk, desk.kit, open_person
        self._said = said
        self._client = ""
        self._units: tuple[UnitView, ...] = ()
        self._shown: object = None
        kit, _ = desk.kit, desk.kit.words.gettext
        self.grid = GroupGrid(desk, said)
        self.card_button = button(kit, lambda: _("Open the card"), "person", "link", self._open_current)
        bar = cast(QBoxLayout, self.grid.grid.layout().itemAt(1).layout())
        bar.insertWidget(3, self.card_button)
        self.grid.grid.view.selectionModel().currentRowChanged.connect(lambda _a, _b: self._can_open())
        self.seats = Section(
            kit,
            lambda: _("Units and seats"),
            add=lambda: _("Add a unit"),
            on_add=lambda: self.unit_line.start(),
        )
        self.unit_line = AddLine(kit, lambda: _("Branch, department or site"), self._add_unit)
        self.seat_button = button(
            kit, lambda: _("Add a seat"), "seat", "link", lambda: self.seat_line.start()
        )
        self.seat_line = AddLine(kit, lambda: _("Job title of a seat that exists"), self._add_seat)
        self.unit = Combo(kit)
        kit.words.bind(self.unit, lambda: self.unit.setAccessibleName(_("Unit")))
        self.unit.setMaximumWidth(kit.theme.px(130))
        self.seat_line.extras.addWidget(self.unit)
        self.tree = QVBoxLayout()
        self.tree.setSpacing(2)
        self.seats.body.addWidget(self.unit_line)
        self.seats.body.addLayout(self.tree)
        self.seats.body.addWidget(self.seat_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.seats.body.addWidget(self.seat_line)
        room = QScrollArea()
        room.setWidgetResizable(True)
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("look", "page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 2, 0)
        column.addWidget(grows(self.seats))
        column.addStretch(1)
        room.setWidget(inner)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(12)
        self.split.addWidget(self.grid)
        self.split.addWidget(room)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([480, 110])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.split)
        self.setFocusProxy(self.grid)
        mark_private(self)
        self._can_open()

    def show_client(self, data: ClientData, *, fresh: bool) -> None:
        """Show what was loaded; the grid loads itself."""
        self._client = data.id
        if fresh:
            self.unit_line.close_line()
            self.seat_line.close_line()
            self.grid.show_client(data.id)
        else:
            self.grid.reload()
        self._units = data.units
        self._fill_units()
        shown = (self._said.language, data.units, data.seats)
        if shown != self._shown:  # otherwise the focus may stand on one of the lines
            self._shown = shown
            self._show_tree(data.units, data.seats)

    def _can_open(self) -> None:
        self.card_button.setEnabled(bool(self.grid.current_person()))

    def _open_current(self) -> None:
        person = self.grid.current_person()
        if person:
            self._open(person)

    def _fill_units(self) -> None:
        chosen = self.unit.currentData()
        self.unit.clear()
        self.unit.addItem(self._kit.words.gettext("No unit"), "")
        for option in (Option(unit.id, unit.name) for unit in self._units):
            self.unit.addItem(option.label, option.code)
        self.unit.setCurrentIndex(max(0, self.unit.findData(chosen)))
        self.unit.setVisible(bool(self._units))

    def _show_tree(self, units: Sequence[UnitView], seats: Sequence[SeatView]) -> None:
        clear(self.tree)
        children: dict[str, list[UnitView]] = {}
        known = {unit.id for unit in units}
        for unit in units:
            children.setdefault(unit.parent_id if unit.parent_id in known else "", []).append(unit)
        by_unit: dict[str, list[SeatView]] = {}
        for seat in seats:
            by_unit.setdefault(seat.unit_id if seat.unit_id in known else "", []).append(seat)

        def add(parent: str, depth: int) -> None:
            for unit in children.get(parent, ()):
                self._line(depth, self._unit_words(unit), "")
                self._seats(depth + 1, by_unit.get(unit.id, ()))
                add(unit.id, depth + 1)

        add("", 0)
        loose = by_unit.get("", [])
        if loose and units:
            self._line(0, self._kit.words.gettext("Without a unit"), "")
        self._seats(1 if units else 0, loose)
        if not units and not seats:
            self._line(
                0, self._kit.words.gettext("Branches, departments and seats stand here, vacant ones too."), ""
            )

    def _unit_words(self, unit: UnitView) -> str:
        kind = self._said.label("unit_kind", unit.kind)
        return " · ".join(part for part in (unit.name, kind, unit.address) if part)

    def _seats(self, depth: int, seats: Sequence[SeatView]) -> None:
        _ = self._kit.words.gettext
        for seat in seats:
            if not seat.holders:
                self._line(depth, _("{title}: vacant").format(title=seat.title), "", vacant=True)
            for person, name in seat.holders:
                self._line(
                    depth, f"{seat.title}: {shown_name(name)}" if seat.title else shown_name(name), person
                )

    def _line(self, depth: int, words: str, person: str, *, vacant: bool = False) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(self._kit.theme.px(18) * depth, 0, 0, 0)
        if person:
            made: QWidget = button(self._kit, lambda: words, "", "link", lambda: self._open(person))
        else:
            made = label(self._kit, lambda: words, "muted" if vacant or depth else "", wrap=True)
            made.setContentsMargins(7, 4, 0, 2)
        row.addWidget(made, 0 if person else 1)
        row.addStretch(0 if not person else 1)
        self.tree.addLayout(row)

    def _add_unit(self, name: str) -> None:
        client, organisations = self._client, self._desk.workplace.organisations
        self._kit.commands.run(
            lambda: organisations.add_unit(client, name),
            lambda _id: self.unit_line.taken(),
            self.unit_line.show_problem,
            owner=self.unit_line,
        )

    def _add_seat(self, title: str) -> None:
        client, organisations = self._client, self._desk.workplace.organisations
        unit = self.unit.currentData() or None
        self._kit.commands.run(
            lambda: organisations.add_seat(client, title, unit_id=unit),
            lambda _id: self.seat_line.taken(),
            self.seat_line.show_problem,
            owner=self.seat_line,
        )
