"""An influence map as primitives: cards, ties, trays and the key to the signs. One drawing for the window, for paper and for files.

Nothing is told by colour alone: stance has a shape of its own, influence is size, gaps and expectations are dashed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kamdesk.model.influence import (
    REPORTS_TO,
    Box,
    InfluenceGraph,
    MapDrawing,
    MapEdge,
    MapLayout,
    MapNode,
    Path,
    Placed,
    Polygon,
    Primitive,
    Rect,
    Text,
)
from kamdesk.model.messages import Message
from kamdesk.model.vocabulary import Label
from kamdesk.rules.map_cards import (
    MARK,
    CardStyle,
    fitted,
    short_name,
    style_of,
    text_width,
    title_lines,
)
from kamdesk.rules.map_key import key_to_signs
from kamdesk.rules.map_marks import stance_mark
from kamdesk.rules.map_paths import point_at

Say = Callable[[Message], str]
MARGIN: Final = 16
_LABELLED_AT_MOST: Final = 14
"""With more curves than this their names would cover the map; they are told on selection."""
_PARTS_FIRST: Final = (
    "decider", "economic_buyer", "signatory", "champion", "executive_sponsor", "coach", "approver",
    "technical_buyer", "influencer", "buyer", "gatekeeper", "initiator", "user_buyer", "user", "commission",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DrawingOptions:
    """What is drawn. ``edges`` are the ids of ties to draw (None: all); ``lit`` cards and ties are lit up, the rest steps back.

    ``discreet`` leaves out everything that judges: the graph must have been made discreet too. ``key`` adds the key to the
    signs below, ``labels`` the names of relations where there are few.
    """

    edges: frozenset[str] | None = None
    selected: str | None = None
    lit_nodes: frozenset[str] = frozenset()
    lit_edges: frozenset[str] = frozenset()
    discreet: bool = False
    key: bool = False
    labels: bool = True
    title: str = ""


def draw(
    graph: InfluenceGraph, layout: MapLayout, say: Say, options: DrawingOptions | None = None
) -> MapDrawing:
    """The drawing of a laid-out map. ``say`` turns messages into words of the reader's language."""
    chosen = options or DrawingOptions()
    pen = _Pen(graph, layout, say, chosen)
    pen.trays()
    pen.edges()
    pen.cards()
    bounds = pen.bounds()
    pieces = pen.pieces
    if chosen.title:
        pieces = [Text(bounds.x, bounds.y - 18, chosen.title, 17, bold=True), *pieces]
        bounds = Rect(bounds.x, bounds.y - 44, bounds.w, bounds.h + 44)
    if chosen.key:
        drawn, height = key_to_signs(
            graph, layout, say, bounds.x, bounds.bottom + 20, max(bounds.w, 560), chosen.discreet
        )
        pieces = [*pieces, *drawn]
        bounds = replace(bounds, w=max(bounds.w, 560 if drawn else 0), h=bounds.h + height)
    area = Rect(bounds.x - MARGIN, bounds.y - MARGIN, bounds.w + 2 * MARGIN, bounds.h + 2 * MARGIN)
    return MapDrawing(tuple(pieces), area)


class _Pen:
    """Collects the primitives of one drawing."""

    def __init__(self, graph: InfluenceGraph, layout: MapLayout, say: Say, options: DrawingOptions) -> None:
        self.pieces: list[Primitive] = []
        self._graph, self._layout, self._say, self._options = graph, layout, say, options
        self._seen: list[Rect] = []
        self._names: list[Rect] = []

    def bounds(self) -> Rect:
        """Cards, trays and curves together."""
        bounds = self._layout.bounds
        xs, ys = [bounds.x, bounds.right], [bounds.y, bounds.bottom]
        for rect in self._seen:
            xs += [rect.x, rect.right]
            ys += [rect.y, rect.bottom]
        return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))

    # --- trays and ties

    def trays(self) -> None:
        for tray in self._layout.trays:
            self.pieces.append(Box(tray.rect, 10, fill="tray"))
            label = self._say(Message("influence.elsewhere")) if tray.outside else tray.label
            label = label or self._say(Message("influence.outside_reporting"))
            fit = fitted(label, tray.rect.w - 24, 11.5)
            self.pieces.append(Text(tray.rect.x + 12, tray.rect.y + 16, fit, 11.5, colour="muted"))

    def edges(self) -> None:
        options = self._options
        shown = [
            item for item in self._layout.edges if options.edges is None or item.edge.id in options.edges
        ]
        curves = [item for item in shown if item.edge.kind != REPORTS_TO or item.edge.cycle]
        for item in sorted(shown, key=lambda item: item.edge.id in options.lit_edges):
            self._edge(item.edge, item.path)
        if options.labels and len(curves) <= _LABELLED_AT_MOST:
            for item in curves:
                self._name_of_edge(item.edge, item.path)

    def _edge(self, edge: MapEdge, path: tuple[tuple[str, tuple[float, ...]], ...]) -> None:
        reporting = edge.kind == REPORTS_TO and not edge.cycle
        lit = edge.id in self._options.lit_edges
        role = "accent" if lit else "line" if reporting else _role_of(edge)
        width = 1.2 if reporting else 0.9 + 0.45 * (edge.strength or 1)
        dashed = edge.expected or edge.past or edge.cycle or edge.kind == "dotted_line"
        self.pieces.append(Path(path, role, width + (1.4 if lit else 0), dashed, edge.id))
        if not reporting:
            self._seen.append(_extent(path))
            if edge.directed:
                self.pieces.append(_arrow(path, role, edge.id))

    def _name_of_edge(self, edge: MapEdge, path: tuple[tuple[str, tuple[float, ...]], ...]) -> None:
        """The name of a relation on its curve, where no card and no other name stands."""
        text = self._say(edge_name(edge))
        size, wide = 10.5, 0.0
        wide = text_width(text, size) + 8
        for share in (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78):
            x, y = point_at(path, share)
            rect = Rect(x - wide / 2, y - 8, wide, 15)
            if not any(rect.overlaps(item.rect) for item in self._layout.placed) and not any(
                rect.overlaps(other) for other in self._names
            ):
                self._names.append(rect)
                self._seen.append(rect)
                lit = edge.id in self._options.lit_edges
                colour = "accent" if lit else "conflict" if _role_of(edge) == "conflict" else "muted"
                self.pieces.append(Box(rect, 4, fill="paper"))
                self.pieces.append(Text(x, y + 3.5, text, size, anchor="middle", italic=True, colour=colour))
                return

    # --- cards

    def cards(self) -> None:
        for item in self._layout.placed:
            self._card(self._graph.by_id[item.node_id], item)

    def _card(self, node: MapNode, placed: Placed) -> None:
        rect, style, options = placed.rect, style_of(node, self._layout.compact), self._options
        chosen = node.id == options.selected
        lit = chosen or node.id in options.lit_nodes
        if placed.folded:
            self.pieces += _stack(rect, node.id)
        edge = "accent" if lit else "ghost" if node.ghost else "card_edge"
        width = 2.4 if lit else 1.8 if node.influence == 3 and not options.discreet else 1.1
        fill = "paper" if node.ghost else "accent_soft" if chosen else "card"
        expected = any(change.kind in ("appointed", "moves") for change in node.changes) and node.ghost
        self.pieces.append(Box(rect, 7, fill, edge, width, dashed=node.ghost or expected, node=node.id))
        if not options.discreet and not node.ghost:
            self._stance(node, rect, style)
        self._words(node, rect, style)
        if placed.folded:
            self._count(placed)

    def _stance(self, node: MapNode, rect: Rect, style: CardStyle) -> None:
        role = f"stance_{node.stance}" if node.stance is not None else "stance_none"
        if node.stance is not None:
            self.pieces.append(Box(Rect(rect.x, rect.y + 5, 4, rect.h - 10), 2, fill=role, node=node.id))
        centre = (rect.right - style.pad - 7, rect.y + style.pad + style.name * 0.62)
        self.pieces += stance_mark(node.stance, *centre, node=node.id)

    def _words(self, node: MapNode, rect: Rect, style: CardStyle) -> None:
        x, y = rect.x + style.pad + 4, rect.y + style.pad
        inner = rect.w - 2 * style.pad - 8
        marked = not self._options.discreet and not node.ghost
        if not node.ghost or not node.title:
            y += style.name * 1.25
            name = short_name(node.name) or node.title
            room = inner - (MARK - 6 if marked else 0)
            fit = fitted(name, room, style.name, bold=True)
            self.pieces.append(Text(x, y - style.name * 0.3, fit, style.name, bold=True, node=node.id))
        for line in title_lines(node, style):
            y += style.line
            colour = "text" if node.ghost else "muted"
            self.pieces.append(Text(x, y - style.line * 0.25, line, style.title, colour=colour, node=node.id))
        if node.ghost:
            y += style.line
            vacant = self._say(Message("influence.vacant"))
            self.pieces.append(
                Text(x, y - style.line * 0.25, fitted(vacant, inner, style.title), style.title, italic=True,
                     colour="ghost", node=node.id)
            )  # fmt: skip
        if self._layout.compact:
            return
        if node.parts and not self._options.discreet:
            y += style.line + 1
            words = self._parts(node.parts, inner, style.title)
            self.pieces.append(
                Text(x, y - style.line * 0.25, words, style.title, colour="accent", node=node.id)
            )
        if node.changes and not self._options.discreet:
            y += style.line + 1
            words = fitted(self._say(change_words(node)), inner, style.title)
            self.pieces.append(
                Text(x, y - style.line * 0.25, words, style.title, italic=True, colour="text", node=node.id)
            )

    def _parts(self, codes: Sequence[str], room: float, size: float) -> str:
        """The weightiest part in words, and how many more."""
        order = sorted(codes, key=lambda code: _PARTS_FIRST.index(code) if code in _PARTS_FIRST else 99)
        more = f" +{len(order) - 1}" if len(order) > 1 else ""
        word = self._say(Message("influence.only", {"what": Label("part", order[0], inline=False)}))
        room -= text_width(more, size)
        if word.endswith(")") and text_width(word, size) > room:
            word = word[: word.rindex("(")].rstrip()  # «(ЛПР)» only repeats what was said
        return fitted(word, room, size) + more

    def _count(self, placed: Placed) -> None:
        rect, text = placed.rect, f"+{placed.hidden}"
        wide = text_width(text, 11, bold=True) + 14
        chip = Rect(rect.x + rect.w / 2 - wide / 2, rect.bottom - 8, wide, 17)
        self.pieces.append(Box(chip, 8.5, fill="accent", node=placed.node_id))
        self.pieces.append(
            Text(chip.x + wide / 2, chip.y + 12.5, text, 11, bold=True, anchor="middle", colour="on_mark",
                 node=placed.node_id)
        )  # fmt: skip
        self._seen.append(chip)


def _role_of(edge: MapEdge) -> str:
    return "conflict" if edge.kind == "rival" or edge.cycle else "relation"


def edge_name(edge: MapEdge) -> Message:
    """What a tie is called, for its line: «доверяет», "reports in a circle"."""
    if edge.cycle:
        return Message("influence.circle")
    if edge.expected:
        return Message("influence.will_take_seat")
    return Message("influence.only", {"what": Label("relation", edge.kind)})


def change_words(node: MapNode) -> Message:
    """The first expected change of a card on one line, with its date where it is known."""
    change = node.changes[0]
    what = Label("change_kind", change.kind, inline=False)
    if change.date is not None:
        return Message("influence.change_dated", {"what": what, "date": change.date})
    return Message("influence.only", {"what": what})


def _stack(rect: Rect, node: str) -> list[Primitive]:
    """Two sheets behind a folded card."""
    return [
        Box(Rect(rect.x + shift, rect.y + shift, rect.w, rect.h), 7, "card", "card_edge", 1, node=node)
        for shift in (6, 3)
    ]


def _arrow(path: Sequence[tuple[str, tuple[float, ...]]], role: str, edge: str) -> Polygon:
    """A filled tip at the end of a line, pointing the way the line arrives."""
    x, y = path[-1][1][-2:]
    before = path[-1][1][-4:-2] if path[-1][0] == "C" else path[-2][1][-2:]
    dx, dy = x - before[0], y - before[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    ux, uy = dx / length, dy / length
    back = (x - 8 * ux, y - 8 * uy)
    left, right = (back[0] - 3.6 * uy, back[1] + 3.6 * ux), (back[0] + 3.6 * uy, back[1] - 3.6 * ux)
    return Polygon(((x, y), left, right), fill=role, edge=edge)


def _extent(path: Sequence[tuple[str, tuple[float, ...]]]) -> Rect:
    """The area of a curve, from points along it: its control points lie far outside."""
    points = [point_at(path, step / 12) for step in range(13)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
