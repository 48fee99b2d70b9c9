"""Where the cards of an influence map stand: our own tidy tree with hanging branches (D9).

The upper layers stand side by side, each boss over the middle of their people; from some layer on people hang in columns under
their boss, with a line down the left side. How far down the rows go and how long a column may be is chosen among a few candidates:
the one that is most readable on a page of 1260 × 960 pixels, since scrolling down is easier than across. People outside reporting stand in labelled trays below. What was
dragged stays exactly where it was put, its branch goes with it, and everything else flows round it.
"""

# Long because measuring and standing are two passes over the same blocks: apart they would have to agree on every gap.

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from kamdesk.model.influence import (
    REPORTS_TO,
    EdgePath,
    InfluenceGraph,
    MapEdge,
    MapLayout,
    MapNode,
    Placed,
    Rect,
    Tray,
)
from kamdesk.rules.map_cards import COMPACT_ABOVE, card_size
from kamdesk.rules.map_paths import edge_paths
from kamdesk.rules.map_room import Room

PAGE_WIDTH: Final = 1260
PAGE_HEIGHT: Final = 960
ALL_EDGES_UP_TO: Final = 40
"""Up to so many cards all relations are shown, above only those of the selected one."""

GAP_X: Final = 16
GAP_ROW: Final = 40
GAP_HANG: Final = 10
GAP_BUS: Final = 14  # between a boss and the first of their columns
INDENT: Final = 22
FOREST_GAP: Final = 34
TRAY_PAD: Final = 12
TRAY_HEAD: Final = 24
_COLUMN_HEIGHTS: Final = (240, 420, 640, 960, 1440, 2400)
_LIST: Final = 1.02
_HANG_AT_MOST: Final = 5  # rows side by side; deeper layers always hang


def arrange(
    graph: InfluenceGraph,
    *,
    compact: bool | None = None,
    outside: bool = False,
    remember: bool = True,
    folded: Collection[str] = (),
    width: float = PAGE_WIDTH,
    height: float = PAGE_HEIGHT,
) -> MapLayout:
    """Lay the map out. ``outside`` adds people elsewhere; ``remember`` False passes over what was dragged, not over folds.

    ``folded`` are cards whose branches are closed besides those remembered so. ``compact`` draws small cards; None decides by their number. ``width`` × ``height`` is the page the shape is chosen for.
    """
    nodes = [node for node in graph.nodes if node.is_member or outside]
    if not nodes:
        return MapLayout()
    shown = {node.id for node in nodes}
    closed = {*folded, *(place.node_id for place in graph.places if place.folded)}
    forest = _Forest(nodes, graph.edges, closed, compact)
    spots = forest.stand(width, height)
    pins = {
        place.node_id: (float(place.x), float(place.y))
        for place in graph.places
        if remember and place.x is not None and place.y is not None and place.node_id in forest.visible
    }
    room, clashes = _settle(forest, spots, pins)
    trays = forest.trays(room, pins, width)
    placed = tuple(
        Placed(
            node.id,
            room.rects[node.id],
            forest.depth.get(node.id, -1),
            node.id in pins,
            node.id in forest.folded,
            forest.below.get(node.id, 0) if node.id in forest.folded else 0,
            forest.below.get(node.id, 0),
        )
        for node in nodes
        if node.id in room.rects
    )
    edges = [edge for edge in graph.edges if edge.source in shown and edge.target in shown]
    beside = {
        name for name in forest.hung if _shift(name, spots, room) == _shift(forest.boss[name], spots, room)
    }
    paths = edge_paths(edges, room, forest.boss, beside, INDENT / 2)
    return MapLayout(placed, paths, trays, _bounds(placed, trays, paths), clashes, forest.compact)


def _shift(name: str, spots: dict[str, tuple[float, float]], room: Room) -> tuple[float, float]:
    """How far a card stands from where the tree put it."""
    return room.rects[name].x - spots[name][0], room.rects[name].y - spots[name][1]


def visible_edges(graph: InfluenceGraph, selected: str | None = None) -> frozenset[str]:
    """The ids of ties to draw: reporting always; relations all of them on a small map, else only the selected one's."""
    few = len(graph.members) <= ALL_EDGES_UP_TO
    mine = _cards_of(graph, selected)
    return frozenset(
        edge.id
        for edge in graph.edges
        if edge.kind == REPORTS_TO or few or edge.expected or edge.source in mine or edge.target in mine
    )


def _cards_of(graph: InfluenceGraph, node_id: str | None) -> set[str]:
    node = graph.by_id.get(node_id) if node_id else None
    return {node.id, *node.others} if node is not None else set()


def bosses(nodes: Sequence[MapNode], edges: Sequence[MapEdge]) -> dict[str, str]:
    """Who hangs below whom: card → card of the boss. Edges that close a circle are passed over; never circular."""
    known = {node.id for node in nodes}
    boss: dict[str, str] = {}
    for edge in edges:
        if (
            edge.kind == REPORTS_TO
            and not edge.cycle
            and not edge.expected
            and edge.source in known
            and edge.target in known
            and edge.source != edge.target
            and not _leads_to(boss, edge.target, edge.source)
        ):
            boss.setdefault(edge.source, edge.target)
    return boss


def _leads_to(boss: dict[str, str], start: str, wanted: str) -> bool:
    at: str | None = start
    while at is not None:
        if at == wanted:
            return True
        at = boss.get(at)
    return False


@dataclass(slots=True)
class _Block:
    """A branch hung in columns: its size, where its boss stands, and for each column the children with their places in it."""

    w: float
    h: float
    boss: float = 0.0
    columns: list[tuple[float, list[tuple[str, float]]]] = field(default_factory=list)


class _Forest:
    """The reporting trees of one map: who hangs where, sizes, and the standing of every visible card."""

    def __init__(
        self, nodes: Sequence[MapNode], edges: Sequence[MapEdge], folded: set[str], compact: bool | None
    ) -> None:
        self.nodes = {node.id: node for node in nodes}
        self.boss = bosses(nodes, edges)
        children: dict[str, list[str]] = {}
        for node in nodes:
            above = self.boss.get(node.id)
            if above is not None:
                children.setdefault(above, []).append(node.id)
        self._all_children = children
        self.below = self._count(children)
        self.folded = {name for name in folded if name in children}
        self.children = {name: kids for name, kids in children.items() if name not in self.folded}
        self.roots = [node.id for node in nodes if node.id not in self.boss and node.id in children]
        self.loose = [node.id for node in nodes if node.id not in self.boss and node.id not in children]
        self.order, self.depth = self._walk()
        self.visible = {*self.order, *self.loose}
        self.compact = len(self.visible) > COMPACT_ABOVE if compact is None else compact
        self.size = {name: card_size(self.nodes[name], self.compact) for name in self.visible}
        self.hung: set[str] = set()
        """Cards that hang beside the line of their column."""

    def _count(self, children: dict[str, list[str]]) -> dict[str, int]:
        total: dict[str, int] = {}
        stack = [(name, False) for name in children if name not in self.boss]
        while stack:
            name, done = stack.pop()
            kids = children.get(name, ())
            if done:
                total[name] = len(kids) + sum(total[kid] for kid in kids)
            else:
                stack.append((name, True))
                stack.extend((kid, False) for kid in kids)
        return total

    def _walk(self) -> tuple[list[str], dict[str, int]]:
        """Visible cards of the trees, bosses first, and their depth."""
        depth = dict.fromkeys(self.roots, 0)
        order = list(self.roots)
        for name in order:
            for kid in self.children.get(name, ()):
                depth[kid] = depth[name] + 1
                order.append(kid)
        return order, depth

    # --- choosing the shape

    def stand(self, width: float, height: float) -> dict[str, tuple[float, float]]:
        """The upper left corner of each visible card of the trees, in the shape that reads best on the page."""
        if not self.order:
            return {}
        rows = self._rows()
        deepest = max(self.depth.values())
        best: tuple[tuple[float, float], int, dict[str, _Block]] | None = None
        for limit in _COLUMN_HEIGHTS:
            blocks = self._hang(limit)
            tallest = max(block.h for block in blocks.values())
            for side_by_side in range(min(deepest, _HANG_AT_MOST), -1, -1):
                w, h = self._extent(blocks, side_by_side, rows, width)
                # One column below the very top reads like a list, not like a chart.
                zoom = max(w / width, h / height, 1.0) * (1 if side_by_side else _LIST)
                # Among shapes that fit, the one with most layers side by side, then with the shorter columns.
                score = (round(zoom, 2), limit / 10_000 - side_by_side)
                if best is None or score < best[0]:
                    best = (score, side_by_side, blocks)
            if tallest <= limit:
                break
        assert best is not None  # there is at least one candidate
        return self._place(best[2], best[1], rows, width)

    def _rows(self) -> list[float]:
        """The height of each row: that of its tallest card."""
        rows: list[float] = []
        for name in self.order:
            at = self.depth[name]
            if at == len(rows):
                rows.append(0.0)
            rows[at] = max(rows[at], self.size[name][1])
        return rows

    def _hang(self, limit: float) -> dict[str, _Block]:
        """Each branch as if it hung, columns no longer than ``limit`` where they can be cut."""
        blocks: dict[str, _Block] = {}
        for name in reversed(self.order):
            w, h = self.size[name]
            kids = self.children.get(name, ())
            if not kids:
                blocks[name] = _Block(w, h)
                continue
            columns: list[tuple[float, list[tuple[str, float]]]] = []
            left, top, lowest = 0.0, h + GAP_BUS, h
            at, widest, column = top, 0.0, list[tuple[str, float]]()
            for kid in kids:
                block = blocks[kid]
                if column and at + block.h > limit:
                    columns.append((left, column))
                    left += INDENT + widest + GAP_X
                    at, widest, column = top, 0.0, []
                column.append((kid, at))
                at += block.h + GAP_HANG
                widest, lowest = max(widest, block.w), max(lowest, at - GAP_HANG)
            columns.append((left, column))
            wide = max(w, left + INDENT + widest)
            # Over several columns the boss stands in the middle, as over a row.
            blocks[name] = _Block(wide, lowest, round((wide - w) / 2) if len(columns) > 1 else 0.0, columns)
        return blocks

    def _widths(self, blocks: dict[str, _Block], side_by_side: int) -> dict[str, float]:
        """The width of each branch whose people stand side by side in the layers above ``side_by_side``."""
        widths: dict[str, float] = {}
        for name in reversed(self.order):
            if self.depth[name] > side_by_side:
                continue
            kids = self.children.get(name, ())
            if self.depth[name] == side_by_side or not kids:
                widths[name] = blocks[name].w
            else:
                widths[name] = max(
                    self.size[name][0], sum(widths[kid] for kid in kids) + GAP_X * (len(kids) - 1)
                )
        return widths

    def _extent(
        self, blocks: dict[str, _Block], side_by_side: int, rows: list[float], width: float
    ) -> tuple[float, float]:
        widths = self._widths(blocks, side_by_side)
        heights = {name: self._depth_of(blocks, name, side_by_side, rows) for name in self.roots}
        shelves = _shelves([(name, widths[name], heights[name]) for name in self.roots], width)
        return (
            max(x + widths[name] for name, (x, _) in shelves.items()),
            max(y + heights[name] for name, (_, y) in shelves.items()),
        )

    def _depth_of(self, blocks: dict[str, _Block], root: str, side_by_side: int, rows: list[float]) -> float:
        """How far down the tree of ``root`` goes."""
        lowest, stack = 0.0, [root]
        while stack:
            name = stack.pop()
            at = self.depth[name]
            top = sum(rows[:at]) + GAP_ROW * at
            kids = self.children.get(name, ())
            if at == side_by_side or not kids:
                lowest = max(lowest, top + blocks[name].h)
            else:
                stack.extend(kids)
        return lowest

    # --- standing

    def _place(
        self, blocks: dict[str, _Block], side_by_side: int, rows: list[float], width: float
    ) -> dict[str, tuple[float, float]]:
        widths = self._widths(blocks, side_by_side)
        heights = {name: self._depth_of(blocks, name, side_by_side, rows) for name in self.roots}
        shelves = _shelves([(name, widths[name], heights[name]) for name in self.roots], width)
        spots: dict[str, tuple[float, float]] = {}
        for root in self.roots:
            x, base = shelves[root]
            self._stand_rows(root, x, base, widths, blocks, side_by_side, rows, spots)
        return spots

    def _stand_rows(
        self,
        root: str,
        left: float,
        base: float,
        widths: dict[str, float],
        blocks: dict[str, _Block],
        side_by_side: int,
        rows: list[float],
        spots: dict[str, tuple[float, float]],
    ) -> None:
        todo = [(root, left, False)]
        while todo:
            name, x, done = todo.pop()
            at = self.depth[name]
            y = base + sum(rows[:at]) + GAP_ROW * at
            kids = self.children.get(name, ())
            w = self.size[name][0]
            if at == side_by_side or not kids:
                self._stand_hung(name, x, y, blocks, spots)
            elif done:
                first, last = (spots[kid][0] + self.size[kid][0] / 2 for kid in (kids[0], kids[-1]))
                middle = (first + last) / 2 - w / 2
                spots[name] = (round(min(max(middle, x), x + widths[name] - w)), y)
            else:
                todo.append((name, x, True))
                inner = sum(widths[kid] for kid in kids) + GAP_X * (len(kids) - 1)
                at_x = x + max(0.0, (widths[name] - inner) / 2)
                for kid in kids:
                    todo.append((kid, at_x, False))
                    at_x += widths[kid] + GAP_X

    def _stand_hung(
        self,
        name: str,
        left: float,
        top: float,
        blocks: dict[str, _Block],
        spots: dict[str, tuple[float, float]],
    ) -> None:
        todo = [(name, left, top, True)]
        while todo:
            at, x, y, alone = todo.pop()
            block = blocks[at]
            # Only who stands alone at the top of a column can be centred: the line of a column runs down its left side.
            spots[at] = (round(x + (block.boss if alone else 0)), round(y))
            for column_x, kids in block.columns:
                single = len(kids) == 1 and len(block.columns) > 1
                for kid, kid_y in kids:
                    if not single:
                        self.hung.add(kid)
                    todo.append((kid, x + column_x + INDENT, y + kid_y, single))

    # --- trays

    def trays(self, room: Room, pins: dict[str, tuple[float, float]], width: float) -> tuple[Tray, ...]:
        """Stand the people outside reporting in trays below the trees; the cards are added to ``room``."""
        groups: dict[tuple[bool, str], list[str]] = {}
        one_house = len({node.organisation_id for node in self.nodes.values() if node.is_member}) == 1
        for name in self.loose:
            if name not in pins:
                node = self.nodes[name]
                label = node.unit if one_house else node.organisation
                groups.setdefault((not node.is_member, label if node.is_member else ""), []).append(name)
        wide = max(width, room.extent().w)
        sized = []
        for key in sorted(groups, key=lambda key: key[0]):
            names = sorted(groups[key], key=self._weight)
            sized.append((key, *self._grid(names, wide)))
        left, top = room.left(), room.extent().bottom + FOREST_GAP if room.rects else 0.0
        shelves = _shelves([(str(at), w, h) for at, (_, _, w, h) in enumerate(sized)], wide)
        made = []
        for at, ((outside, label), cells, w, h) in enumerate(sized):
            x, y = shelves[str(at)]
            rect = room.free(Rect(x + left, y + top, w, h), FOREST_GAP / 2)
            for name, (cell_x, cell_y) in cells.items():
                room.add(name, Rect(rect.x + cell_x, rect.y + cell_y, *self.size[name]))
            room.block(rect)
            made.append(Tray(label, rect, outside))
        return tuple(made)

    def _weight(self, name: str) -> tuple[bool, int]:
        node = self.nodes[name]
        return node.ghost, -(node.influence if node.influence is not None else -1)

    def _grid(self, names: Sequence[str], wide: float) -> tuple[dict[str, tuple[float, float]], float, float]:
        """Places of cards in a tray, and its size; about three times as wide as high."""
        cell_w = max(self.size[name][0] for name in names)
        many = max(1, min(len(names), int((wide - 2 * TRAY_PAD) // (cell_w + GAP_X)), 7))
        while many > 1 and len(names) <= many * (many - 1) // 3:
            many -= 1
        cells: dict[str, tuple[float, float]] = {}
        y, right = float(TRAY_HEAD), 0.0
        for start in range(0, len(names), many):
            row = names[start : start + many]
            for column, name in enumerate(row):
                cells[name] = (TRAY_PAD + column * (cell_w + GAP_X), y)
                right = max(right, cells[name][0] + self.size[name][0])
            y += max(self.size[name][1] for name in row) + GAP_HANG
        return cells, right + TRAY_PAD, y - GAP_HANG + TRAY_PAD


def _shelves(blocks: Sequence[tuple[str, float, float]], width: float) -> dict[str, tuple[float, float]]:
    """Blocks one beside the other, in rows no wider than ``width`` unless one block alone is."""
    spots: dict[str, tuple[float, float]] = {}
    x = y = tall = 0.0
    for name, w, h in blocks:
        if x and x + w > width:
            x, y, tall = 0.0, y + tall + FOREST_GAP, 0.0
        spots[name] = (x, y)
        x, tall = x + w + FOREST_GAP, max(tall, h)
    return spots


def _settle(
    forest: _Forest, spots: dict[str, tuple[float, float]], pins: dict[str, tuple[float, float]]
) -> tuple[Room, tuple[tuple[str, str], ...]]:
    """Put remembered cards where they were put, then the others: in their places where these are free, else nearby."""
    room = Room()
    clashes = []
    for name, (x, y) in pins.items():
        rect = Rect(x, y, *forest.size[name])
        clashes += [(other, name) for other in room.hits(rect)]
        room.add(name, rect)
    shift: dict[str, tuple[float, float]] = {}
    waiting = []
    for name in forest.order:
        if name in pins:
            x, y = spots[name]
            shift[name] = (pins[name][0] - x, pins[name][1] - y)
            continue
        dx, dy = shift.get(forest.boss.get(name, ""), (0.0, 0.0))
        if dx or dy:
            shift[name] = (dx, dy)
        rect = Rect(spots[name][0] + dx, spots[name][1] + dy, *forest.size[name])
        if dx or dy or room.hits(rect, GAP_HANG / 2):
            waiting.append((name, rect))
        else:
            room.add(name, rect)
    for name, rect in waiting:
        room.add(name, room.free(rect, GAP_HANG))
    return room, tuple(clashes)


def _bounds(placed: Sequence[Placed], trays: Sequence[Tray], paths: Sequence[EdgePath]) -> Rect:
    """The area of cards, trays and reporting lines; curves that are not shown take no room."""
    rects = [item.rect for item in placed] + [tray.rect for tray in trays]
    if not rects:
        return Rect(0, 0, 0, 0)
    ends = [
        point
        for item in paths
        if item.edge.kind == REPORTS_TO
        for letter, point in item.path
        if letter != "C"
    ]
    left, top = min(rect.x for rect in rects), min(rect.y for rect in rects)
    right, bottom = max(rect.right for rect in rects), max(rect.bottom for rect in rects)
    for x, y in ends:
        left, top, right, bottom = min(left, x), min(top, y), max(right, x), max(bottom, y)
    return Rect(left, top, right - left, bottom - top)
