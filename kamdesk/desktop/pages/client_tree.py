"""The units and seats of an organisation: a tree that is worked in, seats apart from people, vacant ones as gaps (D3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.kit import Option
from kamdesk.desktop.models.org_tree import Node, OrgTreeModel
from kamdesk.desktop.pages.capture_line import AddLine
from kamdesk.desktop.pages.client_tree_view import LineDetails, OrgTreeView
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.pages.seat_forms import SeatForms
from kamdesk.desktop.widgets.basic import button, columns, label, tool_button
from kamdesk.desktop.widgets.cards import EmptyState
from kamdesk.desktop.widgets.inline_choice import Combo

if TYPE_CHECKING:
    from kamdesk.services.organisation_views import OrganisationTree

_OF_UNIT = ("kind", "parent", "address", "inside", "seat", "rename", "delete")
_OF_SEAT = ("holder", "above", "unit", "new", "below", "rename", "delete", "forms")
_FOLDED = "client.tree_folded"
_ANY_HEIGHT = 16_777_215
"""Qt's own number for no limit."""


class OrgTree(QWidget):
    """``open_person(id)`` opens a page. ``fold_changed()`` when only its heading is left, or it is drawn again."""

    fold_changed = Signal()

    def __init__(self, desk: Desk, said: Said, open_person: Callable[[str], object]) -> None:
        super().__init__()
        self._desk, self._kit, self._said, self._open = desk, desk.kit, said, open_person
        self._organisations = desk.workplace.organisations
        self.folded = bool(desk.kit.settings.get(_FOLDED, False))
        self._client = ""
        self._tree: OrganisationTree | None = None
        self._closed: set[str] = set()
        self._wanted = ""
        self._below: str | None = None
        self._parent: str | None = None
        kit, _ = desk.kit, desk.kit.words.gettext
        self.unit_line = AddLine(kit, lambda: _("Branch, department or site"), self._add_unit)
        self.unit_kind = Combo(kit)
        kit.words.bind(self.unit_kind, self._fill_kinds)
        self.unit_line.extras.addWidget(self.unit_kind)
        self.seat_line = AddLine(kit, lambda: _("Job title of a seat that exists"), self._add_seat)
        self.unit = Combo(kit)
        kit.words.bind(self.unit, lambda: self.unit.setAccessibleName(_("Unit")))
        self.unit.setMaximumWidth(kit.theme.px(180))
        self.seat_line.extras.addWidget(self.unit)
        self.model = OrgTreeModel(kit, said.label, self._date)
        self.view = OrgTreeView(kit, self.model)
        self.forms = SeatForms(desk)
        self.details = LineDetails(
            kit, self._choose, self._save_address, self._new_person, self._act, self.forms
        )
        self.add_unit_button = button(kit, lambda: _("Add a unit"), "add", "link", self._start_unit)
        self.seat_button = button(kit, lambda: _("Add a seat"), "seat", "link", self._start_seat)
        self.empty = EmptyState(
            kit,
            "organisation",
            lambda: _("Branches, departments and seats stand here, vacant ones too."),
            first=lambda: _("Add a unit"),
            on_first=self._start_unit,
        )
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.view)
        split.addWidget(self.details)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        split.setSizes([640, 340])
        self.stack = QStackedWidget()
        self.stack.addWidget(split)
        self.stack.addWidget(self.empty)
        self.stack.setMinimumHeight(
            kit.theme.px(110)
        )  # the grid above is worked in: it may have most of a low window
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        self.fold_button = tool_button(
            kit, self._say_fold, "chevron-down", lambda: self.fold(not self.folded)
        )
        heading = label(kit, lambda: _("Units and seats"), "heading")
        outer.addLayout(
            columns(self.fold_button, heading, 1, self.add_unit_button, self.seat_button, spacing=4)
        )
        outer.addWidget(self.unit_line)
        outer.addWidget(self.seat_line)
        outer.addWidget(self.stack, 1)
        self.setFocusProxy(self.view)
        self._connect()
        self._draw_fold()

    def _connect(self) -> None:
        self.model.modelAboutToBeReset.connect(self._keep)
        self.model.renamed.connect(self._rename)
        self.model.dropped.connect(self._drop)
        self.view.picked.connect(self._show_details)
        self.view.opened.connect(lambda: self._act("open"))
        self.view.deleted.connect(lambda: self._act("delete"))
        self.view.shifted.connect(self._shift)
        self.view.collapsed.connect(lambda index: self._fold(index, True))
        self.view.expanded.connect(lambda index: self._fold(index, False))
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._menu)
        self._kit.words.changed.connect(self._after_reset)

    # --- for the page -----------------------------------------------------------------------------------------

    def show_client(self, client: str, tree: OrganisationTree) -> None:
        """Show what was loaded; the chosen line stays chosen."""
        if client != self._client:
            self._client, self._closed = client, set()
            self.unit_line.close_line()
            self.seat_line.close_line()
            self._wanted = ""
        self._fill_units(tree)
        if tree != self._tree:
            self._tree = tree
            self.model.show_tree(tree)
        self._after_reset()
        self.stack.setCurrentIndex(1 if self.model.is_empty() else 0)

    def fold(self, folded: bool) -> None:
        """Leave only the heading, or draw the tree again; remembered."""
        if folded == self.folded:
            return
        self.folded = folded
        self._kit.settings.set(_FOLDED, folded)
        self._draw_fold()
        self.fold_changed.emit()

    def _draw_fold(self) -> None:
        if self.folded:
            self.unit_line.close_line()
            self.seat_line.close_line()
        self.stack.setVisible(not self.folded)
        self.fold_button.setIcon(self._kit.icons.icon("chevron-right" if self.folded else "chevron-down"))
        for what in (self.fold_button.setToolTip, self.fold_button.setAccessibleName):
            what(self._say_fold())
        head = self.layout().itemAt(0).sizeHint().height()
        self.setMaximumHeight(head if self.folded else _ANY_HEIGHT)

    def _say_fold(self) -> str:
        _ = self._kit.words.gettext
        return _("Show units and seats") if self.folded else _("Hide units and seats")

    def choose(self, key: str) -> None:
        """Go to a line: ``seat:<id>`` or ``unit:<id>``."""
        self.fold(False)
        self._wanted = key
        self._after_reset()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def current_key(self) -> str:
        """The key of the chosen line; "" for none."""
        node = self.model.node(self.view.currentIndex())
        return node.key if node is not None else ""

    # --- inside -----------------------------------------------------------------------------------------------

    def _date(self, value: Any) -> str:
        return self._kit.typed.show_partial_date(value)

    def _keep(self) -> None:
        """The chosen line stays chosen through a change of the data or of the language."""
        self._wanted = self._wanted or self.current_key()

    def _after_reset(self) -> None:
        wanted, self._wanted = self._wanted, ""
        closed = set(self._closed)
        self.view.expandAll()
        for key in closed:
            self.view.collapse(self.model.find(key))
        index = self.model.find(wanted) if wanted else QModelIndex()
        if index.isValid():
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)
        self._show_details()

    def _fold(self, index: QModelIndex, closed: bool) -> None:
        node = self.model.node(index)
        if node is not None:
            (self._closed.add if closed else self._closed.discard)(node.key)

    def _fill_kinds(self) -> None:
        chosen = self.unit_kind.currentData() or "department"
        self.unit_kind.clear()
        for option in self._said.options("unit_kind"):
            self.unit_kind.addItem(option.label, option.code)
        self.unit_kind.setCurrentIndex(max(0, self.unit_kind.findData(chosen)))
        self.unit_kind.setAccessibleName(self._kit.words.gettext("Kind of unit"))

    def _fill_units(self, tree: OrganisationTree) -> None:
        chosen = self.unit.currentData()
        self.unit.clear()
        self.unit.addItem(self._kit.words.gettext("No unit"), "")
        for unit in tree.units:
            self.unit.addItem(unit.name, unit.id)
        self.unit.setCurrentIndex(max(0, self.unit.findData(chosen)))
        self.unit.setVisible(bool(tree.units))

    def _show_details(self) -> None:
        node, details = self.model.node(self.view.currentIndex()), self.details
        if node is None or self._tree is None:
            details.show_only(())
            return
        _ = self._kit.words.gettext
        details.title.setText(node.title)
        if node.unit is not None:
            details.show_only(_OF_UNIT)
            kinds = [Option("", _("Not known")), *self._said.options("unit_kind")]
            details.choosers["kind"].show_choices(kinds, node.unit.kind)
            details.choosers["parent"].show_choices(self._units_but(node.id), node.unit.parent_id or "")
            details.address.set_value(node.unit.address)
        elif node.seat is not None:
            details.show_only((*_OF_SEAT, *(() if node.vacant else ("open", "vacate"))))
            details.choosers["holder"].show_choices(self._people(), node.person)
            details.choosers["above"].show_choices(self._seats_but(node.id), node.seat.reports_to_id or "")
            details.choosers["unit"].show_choices(self._units_but(""), node.seat.unit_id or "")
            self.forms.show_record(node.id)
        else:
            details.show_only(("open",))

    def _units_but(self, unit: str) -> list[Option]:
        _ = self._kit.words.gettext
        units = self._tree.units if self._tree else ()
        return [Option("", _("No unit")), *(Option(one.id, one.name) for one in units if one.id != unit)]

    def _seats_but(self, seat: str) -> list[Option]:
        _ = self._kit.words.gettext
        found = [Option("", _("Nobody above"))]
        for one in self._tree.seats if self._tree else ():
            if one.id != seat:
                names = ", ".join(shown_name(name) for _person, name in one.holders)
                found.append(Option(one.id, " · ".join(part for part in (one.title, names) if part)))
        return found

    def _people(self) -> list[Option]:
        _ = self._kit.words.gettext
        tree = self._tree
        known = {} if tree is None else {p: shown_name(n) for s in tree.seats for p, n in s.holders}
        known |= {} if tree is None else {p: shown_name(n) for p, n in tree.unseated}
        people = sorted(known.items(), key=lambda pair: pair[1])
        return [Option("", _("Vacant")), *(Option(person, name) for person, name in people)]

    # --- what is done -----------------------------------------------------------------------------------------

    def _run(self, work: Callable[[], object], failed: Any = None) -> None:
        self._kit.commands.run(work, failed=failed, owner=self)

    def _rename(self, node: Node, name: str) -> None:
        table, field = ("unit", "name") if node.kind == "unit" else ("seat", "title")
        records = self._desk.workplace.records
        self._run(lambda: records.set(table, node.id, {field: name}))

    def _drop(self, moved: str, onto: str) -> None:
        kind, _colon, row = moved.partition(":")
        target_kind, _colon, target = onto.partition(":")
        place = self._organisations
        works: dict[tuple[str, str], Callable[[], object]] = {
            ("unit", "unit"): lambda: place.move_unit(row, target),
            ("unit", ""): lambda: place.move_unit(row, None),
            ("seat", "unit"): lambda: place.move_seat(row, target),
            ("seat", ""): lambda: place.move_seat(row, None),
            ("seat", "seat"): lambda: place.set_reports_to(row, target),
            ("person", "seat"): lambda: place.put_on_seat(target, row),
        }
        self._wanted = moved
        self._run(works[kind, target_kind])

    def _choose(self, what: str, code: str) -> None:
        node = self.model.node(self.view.currentIndex())
        if node is None:
            return
        row, place, records = node.id, self._organisations, self._desk.workplace.records
        works: dict[str, Callable[[], object]] = {
            "kind": lambda: records.set("unit", row, {"kind": code}),
            "parent": lambda: place.move_unit(row, code or None),
            "holder": lambda: place.put_on_seat(row, code) if code else place.vacate(row),
            "above": lambda: place.set_reports_to(row, code or None),
            "unit": lambda: place.move_seat(row, code or None),
        }
        self._run(works[what], self.details.choosers[what].show_problem)

    def _save_address(self, address: str) -> None:
        node, editor, records = (
            self.model.node(self.view.currentIndex()),
            self.details.address,
            self._desk.workplace.records,
        )
        if node is not None and node.unit is not None:
            visit, row = editor.visit, node.id
            self._kit.commands.run(
                lambda: records.set("unit", row, {"address": address}, visit=visit),
                failed=editor.show_problem,
                owner=editor,
            )

    def _new_person(self, name: str) -> None:
        node, line = self.model.node(self.view.currentIndex()), self.details.person_line
        if node is not None and node.seat is not None:
            seat = node.id
            self._kit.commands.run(
                lambda: self._organisations.put_new_on_seat(seat, name),
                lambda _id: line.taken(),
                line.show_problem,
                owner=line,
            )

    def _shift(self, step: int) -> None:
        node, place = self.model.node(self.view.currentIndex()), self._organisations
        if node is not None and node.kind in ("unit", "seat"):
            row, shift = node.id, place.shift_unit if node.kind == "unit" else place.shift_seat
            self._run(lambda: shift(row, step))

    def _act(self, what: str) -> None:
        node = self.model.node(self.view.currentIndex())
        if node is None:
            return
        row, place = node.id, self._organisations
        if what == "open" and node.person:
            self._open(node.person)
        elif what == "rename" or (what == "open" and node.kind != "person"):
            self.view.edit(self.view.currentIndex().siblingAtColumn(0))
        elif what == "vacate":
            self._run(lambda: place.vacate(row))
        elif what == "inside":
            self._start_unit(row)
        elif what in ("seat", "below"):
            self._start_seat(
                row if what == "seat" else (node.seat.unit_id if node.seat else None),
                row if what == "below" else None,
            )
        elif what == "delete" and node.kind != "person":
            delete = place.delete_unit if node.kind == "unit" else place.delete_seat
            self._delete(node.title, lambda: delete(row))

    def _delete(self, title: str, work: Callable[[], object]) -> None:
        _, window = self._kit.words.gettext, self._desk.window

        def done(_none: object) -> None:
            window.notify(
                lambda: _("Deleted: {name}").format(name=title),
                "success",
                action=lambda: _("Undo"),
                on_action=window.undo_requested.emit,
            )

        self._kit.commands.run(work, done, owner=self)

    def _menu(self, at: Any) -> None:
        if self.model.node(self.view.currentIndex()) is None:
            return
        menu = QMenu(self)
        for name, one in self.details.buttons.items():
            if not one.isHidden() and name != "new":
                action = menu.addAction(one.icon(), one.text())
                action.triggered.connect(lambda _checked=False, name=name: self._act(name))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.view.viewport().mapToGlobal(at))

    def _start_unit(self, parent: str | None = None) -> None:
        self._parent = parent
        self.fold(False)
        self.unit_line.start()

    def _start_seat(self, unit: str | None = None, above: str | None = None) -> None:
        self._below = above
        self.fold(False)
        if unit:
            self.unit.setCurrentIndex(max(0, self.unit.findData(unit)))
        self.seat_line.start()

    def _add_unit(self, name: str) -> None:
        client, parent, kind = self._client, self._parent, self.unit_kind.currentData() or ""

        def done(row: str) -> None:
            self._wanted = f"unit:{row}"
            self.unit_line.taken()
            self._after_reset()

        self._kit.commands.run(
            lambda: self._organisations.add_unit(client, name, kind=kind, parent_id=parent),
            done,
            self.unit_line.show_problem,
            owner=self.unit_line,
        )

    def _add_seat(self, title: str) -> None:
        client, unit, above = self._client, self.unit.currentData() or None, self._below

        def done(row: str) -> None:
            self._wanted = f"seat:{row}"
            self.seat_line.taken()

        self._kit.commands.run(
            lambda: self._organisations.add_seat(client, title, unit_id=unit, reports_to_id=above),
            done,
            self.seat_line.show_problem,
            owner=self.seat_line,
        )
