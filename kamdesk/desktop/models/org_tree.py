"""The tree of an organisation as Qt shows it: units with their seats below them, then people without a seat.

It changes nothing itself: a new name, a drop and a deletion are told by signals, the vault answers with new data.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.people_words import shown_name
from kamdesk.services.organisation_views import OrganisationTree, SeatView, UnitView

Index = QModelIndex | QPersistentModelIndex
NODE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_MIME = "application/x-kamdesk-seat"
NAME, WHO, ABOVE = range(3)


@dataclass(eq=False)
class Node:
    """One line: ``kind`` is unit, seat or person, ``key`` is kind and id."""

    kind: str
    id: str
    title: str = ""
    who: str = ""
    above: str = ""
    hint: str = ""
    vacant: bool = False
    looped: bool = False
    person: str = ""
    unit: UnitView | None = None
    seat: SeatView | None = None
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What finds it again after a change."""
        return f"{self.kind}:{self.id}"


class OrgTreeModel(QAbstractItemModel):
    """``renamed(node, name)`` and ``dropped(moved key, key it was dropped on or "")``."""

    renamed = Signal(object, str)
    dropped = Signal(str, str)

    def __init__(
        self,
        kit: Kit,
        label: Callable[[str, str], str],
        said: Callable[[Any], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._kit, self._label, self._said = kit, label, said
        self._root = Node("root", "")
        self._tree: OrganisationTree | None = None
        self._nodes: dict[str, Node] = {}
        kit.words.bind(self, self._retranslate)

    def show_tree(self, tree: OrganisationTree) -> None:
        """Show other data."""
        self.beginResetModel()
        self._tree = tree
        self._root, self._nodes = Node("root", ""), {}
        known = {unit.id: unit for unit in tree.units}
        made = {unit.id: self._unit(unit, tree) for unit in tree.units}
        for unit in tree.units:
            # one that stands in a circle is shown at the top, where it can be put right
            inside = unit.parent_id if unit.parent_id in known and unit.id not in tree.looped else ""
            self._put(made[unit.id], made.get(inside or ""))
        holders = {seat.id: self._name_of(seat) for seat in tree.seats}
        for seat in tree.seats:
            self._put(self._seat(seat, holders, tree), made.get(seat.unit_id or ""))
        for node in made.values():
            # seats first, then what is inside: the head of a unit stands right below it
            node.children.sort(key=lambda one: one.kind == "unit")
        self._root.children.sort(key=lambda one: one.kind != "unit")
        for person, name in tree.unseated:
            words = self._kit.words.gettext("Without a seat")
            self._put(Node("person", person, shown_name(name), words, person=person), None)
        self.endResetModel()

    def node(self, index: Index) -> Node | None:
        """The line at an index; None for none."""
        found = index.internalPointer() if index.isValid() else None
        return found if isinstance(found, Node) else None

    def find(self, key: str) -> QModelIndex:
        """Where a line stands now; an invalid index where it is not here."""
        node = self._nodes.get(key)
        return self._index_of(node) if node is not None else QModelIndex()

    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self._root.children

    # --- making -----------------------------------------------------------------------------------------------

    def _put(self, node: Node, parent: Node | None) -> None:
        node.parent = parent or self._root
        node.parent.children.append(node)
        self._nodes[node.key] = node

    def _unit(self, unit: UnitView, tree: OrganisationTree) -> Node:
        about = " · ".join(part for part in (self._label("unit_kind", unit.kind), unit.address) if part)
        return Node("unit", unit.id, unit.name, about, unit=unit, looped=unit.id in tree.looped)

    def _name_of(self, seat: SeatView) -> str:
        return ", ".join(shown_name(name) for _person, name in seat.holders) or seat.title

    def _seat(self, seat: SeatView, names: dict[str, str], tree: OrganisationTree) -> Node:
        _ = self._kit.words.gettext
        who = ", ".join(shown_name(name) for _person, name in seat.holders)
        if not who:
            since = self._said(seat.vacant_since) if seat.vacant_since is not None else ""
            who = _("Vacant; was left: {since}").format(since=since) if since else _("Vacant")
        looped = seat.id in tree.looped
        return Node(
            "seat",
            seat.id,
            seat.title or _("Seat without a title"),
            who,
            names.get(seat.reports_to_id or "", ""),
            _("Reports to itself through others. Choose another seat above.") if looped else "",
            vacant=not seat.holders,
            looped=looped,
            person=seat.holders[0][0] if seat.holders else "",
            seat=seat,
        )

    def _index_of(self, node: Node) -> QModelIndex:
        if node.parent is None:
            return QModelIndex()
        return self.createIndex(node.parent.children.index(node), 0, node)

    def _retranslate(self) -> None:
        if self._tree is not None:
            self.show_tree(self._tree)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, NAME, ABOVE)

    # --- Qt ---------------------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        above = self.node(parent) or self._root
        if parent.isValid() and parent.column() != 0:
            return QModelIndex()
        if 0 <= row < len(above.children) and 0 <= column <= ABOVE:
            return self.createIndex(row, column, above.children[row])
        return QModelIndex()

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        node = self.node(index)
        if node is None or node.parent is None or node.parent is self._root:
            return QModelIndex()
        return self._index_of(node.parent)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if parent.isValid() and parent.column() != 0:
            return 0
        return len((self.node(parent) or self._root).children)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return ABOVE + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self.node(index)
        if node is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (node.title, node.who, node.above)[index.column()]
        if role == Qt.ItemDataRole.EditRole and index.column() == NAME:
            return node.unit.name if node.unit else node.seat.title if node.seat else node.title
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(node, index.column())
        if role == Qt.ItemDataRole.ForegroundRole and node.vacant and index.column() == WHO:
            return self._kit.theme.colour("warning")
        if role == Qt.ItemDataRole.ForegroundRole and (node.kind == "unit" and index.column() == WHO):
            return self._kit.theme.colour("muted")
        if role == Qt.ItemDataRole.ToolTipRole:
            return node.hint or (node.title, node.who, node.above)[index.column()]
        if role == NODE_ROLE:
            return node
        return None

    def _picture(self, node: Node, column: int) -> Any:
        if column == NAME:
            name = {"unit": "organisation", "seat": "seat", "person": "person"}[node.kind]
            return self._kit.icons.icon(
                "warning" if node.looped else name, "warning" if node.looped else "icon"
            )
        return self._kit.icons.icon("help", "warning") if column == WHO and node.vacant else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        _ = self._kit.words.gettext
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Unit or seat"), _("Who sits there"), _("Reports to"))[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        node = self.node(index)
        if node is None:
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        if node.kind != "person":
            flags |= Qt.ItemFlag.ItemIsDropEnabled
            if index.column() == NAME:
                flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        node, name = self.node(index), " ".join(str(value).split())
        if node is None or role != Qt.ItemDataRole.EditRole or index.column() != NAME:
            return False
        if name and name != self.data(index, Qt.ItemDataRole.EditRole):
            self.renamed.emit(node, name)
        return False  # what is shown changes when the vault has it

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_MIME]

    def mimeData(self, indexes: Any) -> QMimeData:
        node = next((found for index in indexes if (found := self.node(index)) is not None), None)
        data = QMimeData()
        data.setData(_MIME, (node.key if node else "").encode())
        return data

    def canDropMimeData(self, data: QMimeData, _action: Any, _row: int, _column: int, parent: Index) -> bool:
        moved = self._nodes.get(bytes(data.data(_MIME).data()).decode()) if data.hasFormat(_MIME) else None
        onto = self.node(parent)
        if moved is None or moved is onto:
            return False
        kinds = (moved.kind, onto.kind if onto is not None else "")
        return kinds in (
            ("unit", "unit"),
            ("unit", ""),
            ("seat", "unit"),
            ("seat", ""),
            ("seat", "seat"),
            ("person", "seat"),
        )

    def dropMimeData(self, data: QMimeData, action: Any, row: int, column: int, parent: Index) -> bool:
        if self.canDropMimeData(data, action, row, column, parent):
            onto = self.node(parent)
            self.dropped.emit(bytes(data.data(_MIME).data()).decode(), onto.key if onto is not None else "")
        return False  # the view must not take the dragged line away; the vault's answer moves it
