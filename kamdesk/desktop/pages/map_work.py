"""The influence map at work: loads, lays out, asks, remembers what was dragged and folded, prints and saves pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypedDict

from PySide6.QtCore import QModelIndex, QPoint
from PySide6.QtWidgets import QMenu

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.disk import ask_where, name_filter
from kamdesk.desktop.models.map_tree import NODE
from kamdesk.desktop.pages.map_print import MapPrint
from kamdesk.desktop.pages.map_work_view import EMPTY, MAP, TREE, MapWorkView
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.model.influence import InfluenceGraph, MapLayout, MapNode
from kamdesk.model.messages import Message
from kamdesk.rules.map_drawing import DrawingOptions, draw
from kamdesk.rules.map_layout import arrange, visible_edges

if TYPE_CHECKING:
    from kamdesk.model.influence import Answer

TABLES = (
    "organisation", "person", "seat", "unit", "employment", "part", "relationship", "expected_change", "map_place",
    "influence_map", "interaction", "participant", "acquaintance",
)  # fmt: skip
_NOTHING = InfluenceGraph()


class Named(TypedDict, total=False):
    """The arguments by which the service is told which map."""

    organisation_id: str
    map_id: str


@dataclass(frozen=True)
class MapOf:
    """Which map: a client's own, or a saved one."""

    organisation_id: str = ""
    map_id: str = ""

    @property
    def named(self) -> Named:
        """As the service is told."""
        return {"map_id": self.map_id} if self.map_id else {"organisation_id": self.organisation_id}


class MapWork(MapWorkView):
    """``open_person(id)`` opens a page."""

    def __init__(self, desk: Desk, said: Said, open_person: Callable[[str], object]) -> None:
        super().__init__(desk, said)
        self._desk, self._open_person = desk, open_person
        self._of = MapOf()
        self._graph, self._layout = _NOTHING, MapLayout()
        self._selected = self._wanted = ""
        self._answer: Answer | None = None
        self._paper = MapPrint(desk, self)
        self.canvas.chosen.connect(self.choose)
        self.canvas.resized.connect(self._draw)
        self.canvas.opened.connect(self._open)
        self.canvas.placed.connect(self._place)
        self.canvas.fold_wanted.connect(self.toggle_fold)
        self.canvas.menu_wanted.connect(self._menu)
        self.tree.activated.connect(lambda index: self._open(node_at(index)))
        self.tree.selectionModel().currentRowChanged.connect(
            lambda now, _before: self.choose(node_at(now)) if self.stack.currentIndex() == TREE else None
        )
        self.as_map.clicked.connect(lambda: self._turn(MAP))
        self.as_tree.clicked.connect(lambda: self._turn(TREE))
        self.deciders.clicked.connect(self.ask_deciders)
        self.connector.clicked.connect(self.ask_connector)
        self.elsewhere.toggled.connect(lambda _on: self._draw())
        self.tidy.clicked.connect(self.tidy_again)
        self.save.clicked.connect(self._choose_file)
        self.print.clicked.connect(lambda: self._paper.ask(self._of, self._graph.name))
        self.kit.words.changed.connect(self._draw)
        self.kit.theme.changed.connect(self._draw)

    # --- what is shown

    def show_map(self, which: MapOf) -> None:
        """Show a client's map or a saved one."""
        if which != self._of:
            self._selected, self._answer = "", None
        self._of = which
        self.reload()

    def reload(self) -> None:
        """Read the map anew."""
        which, influence = self._of, self._desk.workplace.influence
        if which != MapOf():
            self.kit.queries.run(
                lambda: influence.graph(**which.named),
                lambda graph: self._take(which, graph),
                self._gone,
                owner=self,
                key=f"map {id(self)}",
            )

    def mark_person(self, person_id: str) -> None:
        """Mark somebody as soon as the map is there."""
        self._wanted = person_id
        self._mark_wanted()

    def _mark_wanted(self) -> None:
        card = self._graph.card_of.get(self._wanted)
        if card is not None:
            self._wanted = ""
            self.choose(card)
            self.canvas.reveal(card)

    def graph(self) -> InfluenceGraph:
        """What is shown."""
        return self._graph

    def layout_now(self) -> MapLayout:
        """Where the cards are."""
        return self._layout

    def _take(self, which: MapOf, graph: InfluenceGraph) -> None:
        if which != self._of:
            return
        self._graph = graph
        if self._selected not in graph.by_id:
            self._selected = ""
        self._answer = None
        self.model.show_graph(graph)
        self.tree.expandAll()
        for column, width in enumerate((260, 220, 110, 150)):
            self.tree.setColumnWidth(column, self.kit.theme.px(width))
        self._draw()
        self._mark_wanted()

    def _gone(self, _problem: Message) -> None:
        self._graph = _NOTHING
        self._draw()

    def _draw(self) -> None:
        graph, answer = self._graph, self._answer
        room = self.canvas.room()
        self._layout = arrange(
            graph, outside=self.elsewhere.isChecked(), width=room.width(), height=room.height()
        )
        lit = frozenset((*answer.nodes, *answer.edges)) if answer is not None else frozenset()
        edges = visible_edges(graph, self._selected or None) | (
            frozenset(answer.edges) if answer else frozenset()
        )
        options = DrawingOptions(
            edges=edges,
            selected=self._selected or None,
            lit_nodes=frozenset(answer.nodes) if answer else frozenset(),
            lit_edges=frozenset(answer.edges) if answer else frozenset(),
        )
        drawing = draw(graph, self._layout, self._say, options)
        self.canvas.show_map(self._layout, drawing, self._selected, lit)
        self._name_canvas()
        empty = not graph.members
        if empty or self.stack.currentIndex() == EMPTY:
            self.stack.setCurrentIndex(EMPTY if empty else TREE if self.as_tree.isChecked() else MAP)
        for part in (self.deciders, self.connector, self.tidy, self.save, self.print, self.elsewhere):
            part.setEnabled(not empty)
        self.elsewhere.setVisible(any(not node.is_member for node in graph.nodes))
        self._show_side()

    def _say(self, message: Message) -> str:
        return self.kit.words.message(message)

    def _name_canvas(self) -> None:
        _ = self.kit.words.gettext
        self.canvas.setAccessibleName(_("Influence map"))
        node = self._graph.by_id.get(self._selected)
        self.canvas.setAccessibleDescription(self._in_words(node) if node is not None else "")

    def _turn(self, to: int) -> None:
        if self._graph.members:
            self.stack.setCurrentIndex(to)
            self.stack.currentWidget().setFocus()
        for part in (self.smaller, self.larger, self.whole):
            part.setEnabled(to == MAP)

    # --- the side

    def choose(self, node_id: str) -> None:
        """Mark a card; "" marks none and puts an answer away."""
        if node_id != self._selected or self._answer is not None:
            self._selected, self._answer = node_id, None
            self._draw()

    def _in_words(self, node: MapNode) -> str:
        _ = self.kit.words.gettext
        name = _("Vacant") if node.ghost else shown_name(node.name)
        parts = [name, node.title, node.unit, self._said.label("stance", node.stance)]
        if node.influence is not None:
            parts.append(_("influence: {level}").format(level=self._said.label("influence", node.influence)))
        return " · ".join(part for part in parts if part)

    def _show_side(self) -> None:
        _ = self.kit.words.gettext
        self.clear_side()
        node = self._graph.by_id.get(self._selected)
        if self._answer is not None:
            self._show_answer(self._answer)
        elif node is not None:
            self._show_node(node)
        elif self._graph.members:
            self.add_line(_("Choose a card to see who it is and what ties it."), "muted")
            self.add_line(
                _("Drag a card and it stays there. Space folds a branch, arrows go from card to card."),
                "caption",
            )
            for circle in self._graph.cycles:
                names = ", ".join(
                    shown_name(self._graph.by_id[one].name) or self._graph.by_id[one].title for one in circle
                )
                self.add_line(
                    _("They report to each other in a circle: {names}").format(names=names), "error"
                )

    def _show_node(self, node: MapNode) -> None:
        _, said = self.kit.words.gettext, self._said
        self.add_line(_("Vacant") if node.ghost else shown_name(node.name), "heading")
        self.add_line(
            " · ".join(part for part in (node.title, node.unit, node.organisation) if part), "caption"
        )
        for words in (
            said.labels("part", node.parts),
            said.label("stance", node.stance),
            said.label("influence", node.influence)
            and f"{_('Influence')}: {said.label('influence', node.influence)}",
        ):
            if words:
                self.add_line(words)
        for change in node.changes:
            self.add_line(
                f"{said.label('change_kind', change.kind)} {change.text}".strip(), private=change.private
            )
        self.add_gap()
        if node.person_id:
            person = node.person_id
            self.add_button(lambda: _("Open the card"), "person", lambda: self._open_person(person))
            self.add_button(lambda: _("Who can introduce me"), "link", partial(self.ask_introduction, person))
            self.add_button(
                lambda: _("What if this one leaves"), "warning", partial(self.ask_leaving, node.id)
            )
        placed = self._layout.by_id.get(node.id)
        if placed is not None and placed.below:
            folded = placed.folded
            self.add_button(
                lambda: _("Unfold the branch") if folded else _("Fold the branch"),
                "chevron-down",
                partial(self.toggle_fold, node.id),
            )

    def _show_answer(self, answer: Answer) -> None:
        _ = self.kit.words.gettext
        self.add_line(self._say(answer.head), "heading")
        for line in answer.lines:
            self.add_line(self._say(line.message), private=line.private)
        self.add_gap()
        self.add_button(lambda: _("Put the answer away"), "close", lambda: self.choose(self._selected))

    # --- questions

    def ask_deciders(self) -> None:
        """Who reaches those who decide."""
        self._ask(lambda influence, graph: influence.deciders(graph))

    def ask_connector(self) -> None:
        """Which single person holds the group together."""
        self._ask(lambda influence, graph: influence.connector(graph))

    def ask_introduction(self, person_id: str) -> None:
        """Through whom can I be introduced."""
        self._ask(lambda influence, graph: influence.introduction(person_id, graph))

    def ask_leaving(self, node_id: str) -> None:
        """What changes when this one leaves."""
        self._ask(lambda influence, graph: influence.leaving(graph, node_id))

    def _ask(self, question) -> None:
        graph, influence = self._graph, self._desk.workplace.influence

        def answered(answer: Answer) -> None:
            if graph is self._graph:
                self._answer = answer
                self._draw()

        self.kit.queries.run(lambda: question(influence, graph), answered, owner=self)

    # --- arranging

    def _place(self, node_id: str, x: int, y: int) -> None:
        influence, which = self._desk.workplace.influence, self._of
        self.kit.commands.run(lambda: influence.place(node_id, x, y, **which.named), owner=self)

    def toggle_fold(self, node_id: str) -> None:
        """Close or open the branch below a card."""
        placed = self._layout.by_id.get(node_id)
        if placed is not None and placed.below:
            influence, which, folded = self._desk.workplace.influence, self._of, not placed.folded
            self.kit.commands.run(lambda: influence.fold(node_id, folded, **which.named), owner=self)

    def tidy_again(self) -> None:
        """Forget where cards were dragged to; undo brings the places back."""
        influence, which, window = self._desk.workplace.influence, self._of, self._desk.window
        _ = self.kit.words.gettext
        if not any(place.x is not None for place in self._graph.places):
            window.notify(lambda: _("The map is tidy: no card was moved by hand."))
            return
        self.kit.commands.run(
            lambda: influence.tidy(**which.named),
            lambda _none: window.notify(
                lambda: _("The map is tidy again."),
                "success",
                action=lambda: _("Undo"),
                on_action=window.undo_requested.emit,
            ),
            owner=self,
        )

    def _open(self, node_id: str) -> None:
        node = self._graph.by_id.get(node_id)
        if node is not None and node.person_id:
            self._open_person(node.person_id)

    def _menu(self, node_id: str, at: QPoint) -> None:
        node, _ = self._graph.by_id.get(node_id), self.kit.words.gettext
        if node is None:
            return
        menu, placed = QMenu(self), self._layout.by_id.get(node_id)
        if node.person_id:
            person = node.person_id
            for words, act in (
                (_("Open the card"), partial(self._open_person, person)),
                (_("Who can introduce me"), partial(self.ask_introduction, person)),
                (_("What if this one leaves"), partial(self.ask_leaving, node_id)),
            ):
                menu.addAction(words).triggered.connect(lambda _checked=False, act=act: act())
        if placed is not None and placed.below:
            words = _("Unfold the branch") if placed.folded else _("Fold the branch")
            menu.addAction(words).triggered.connect(lambda _checked=False: self.toggle_fold(node_id))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    # --- pictures

    def _choose_file(self) -> None:
        _ = self.kit.words.gettext
        ask_where(
            self,
            _("Save the map as a picture"),
            _("Influence map") + ".png",
            lambda path: self._paper.save(self._of, path),
            [name_filter(_("Picture") + " PNG", "png"), name_filter(_("Drawing") + " SVG", "svg")],
            ending="png",
        )


def node_at(index: QModelIndex) -> str:
    """The id of the card in a row of the tree."""
    return index.siblingAtColumn(0).data(NODE) or ""
