"""The influence map as a tree of words, for the keyboard and for screen readers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.model.influence import InfluenceGraph, TreeItem, TreeTie
from kamdesk.rules.influence_graph import as_tree
from kamdesk.rules.influence_words import called

NODE = Qt.ItemDataRole.UserRole + 1


class MapTree(QStandardItemModel):
    """Columns: who, seat, influence, stance, ties. ``NODE`` of the first column gives the id of the card."""

    def __init__(
        self, kit: Kit, said: Said, label: Callable[[TreeTie], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._kit, self._said, self._label = kit, said, label
        kit.words.bind(self, self._name)

    def _name(self) -> None:
        _ = self._kit.words.gettext
        self.setHorizontalHeaderLabels(
            [_("Who"), _("Job title"), _("Influence"), _("Stance"), _("Relationships")]
        )

    def show_graph(self, graph: InfluenceGraph) -> None:
        """Show the map of now."""
        self.removeRows(0, self.rowCount())
        for item in as_tree(graph):
            self.appendRow(self._row(graph, item))
        self._name()

    def _row(self, graph: InfluenceGraph, item: TreeItem) -> list[QStandardItem]:
        _ = self._kit.words.gettext
        node = item.node
        if node is None:
            texts: Sequence[str] = (item.label or _("Outside the reporting lines"), "", "", "", "")
        else:
            ties = "; ".join(f"{self._label(tie)}: {called(graph, tie.node_id)}" for tie in item.ties)
            influence = "" if node.influence is None else self._said.label("influence", str(node.influence))
            stance = "" if node.stance is None else self._said.label("stance", str(node.stance))
            who = _("Vacant") if node.ghost else shown_name(node.name)
            texts = (who, node.title, influence, stance, ties)
        cells = []
        for text in texts:
            cell = QStandardItem(text)
            cell.setEditable(False)
            cell.setToolTip(text)
            cell.setSizeHint(QSize(0, self._kit.theme.px(30)))
            cells.append(cell)
        if node is not None:
            cells[0].setData(node.id, NODE)
        for child in item.children:
            cells[0].appendRow(self._row(graph, child))
        return cells
