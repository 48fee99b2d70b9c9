"""The ways of the ties on an influence map: reporting as elbows, all other relations as curves. Pixels at 100 %."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from kamdesk.model.influence import REPORTS_TO, Command, EdgePath, MapEdge, Rect
from kamdesk.rules.map_room import Room

_ELBOW: Final = 20.0  # the cross line of a row stands so far above the cards
_BUS: Final = 7.0  # the cross line of columns stands so far below their boss
_BEND: Final = 0.42  # share of the distance by which a curve leaves a card straight
_SAMPLES: Final = 16
CAREFUL_UP_TO: Final = 40
"""Up to so many curves each looks for a way round the cards; more are never shown all at once."""
_PAIRS: Final = (
    ("right", "left"), ("left", "right"), ("right", "right"), ("left", "left"), ("bottom", "bottom"), ("top", "top"),
    ("top", "left"), ("top", "right"), ("top", "bottom"), ("left", "bottom"), ("right", "bottom"),
    ("bottom", "left"), ("bottom", "right"), ("bottom", "top"), ("left", "top"), ("right", "top"),
)  # fmt: skip
_NEIGHBOURS: Final = 40.0  # cards with no more between them are tied side to side
_FAN: Final = 9.0  # between the ends of several curves at one side of a card


def edge_paths(
    edges: Sequence[MapEdge],
    room: Room,
    boss: Mapping[str, str],
    hung: Collection[str],
    beside: float,
) -> tuple[EdgePath, ...]:
    """The way of each tie of which both cards are shown; reporting first, so that curves lie over it.

    ``hung`` are cards that hang with the line of their column ``beside`` pixels from their left side.
    """
    lines, curves = [], []
    rects = room.rects
    pen = _Curves(room, len(edges) - len(boss) <= CAREFUL_UP_TO)
    for edge in edges:
        source, target = rects.get(edge.source), rects.get(edge.target)
        if source is None or target is None or edge.source == edge.target:
            continue
        if edge.kind == REPORTS_TO and boss.get(edge.source) == edge.target:
            lines.append(EdgePath(edge, _elbow(target, source, beside if edge.source in hung else None)))
        else:
            curves.append(EdgePath(edge, pen.draw(edge, source, target)))
    return (*lines, *curves)


def _elbow(boss: Rect, below: Rect, beside: float | None) -> tuple[Command, ...]:
    """From the boss down, across, and to the card: to its left side where it hangs, else to its top."""
    middle = boss.x + boss.w / 2
    if beside is not None:
        spine, y = below.x - beside, below.y + below.h / 2
        if boss.x + 6 <= spine <= boss.right - 6:
            return _lines((spine, boss.bottom), (spine, y), (below.x, y))
        across = boss.bottom + _BUS
        return _lines((middle, boss.bottom), (middle, across), (spine, across), (spine, y), (below.x, y))
    top = below.x + below.w / 2
    if below.y >= boss.bottom + 6:
        across = max(below.y - _ELBOW, (boss.bottom + below.y) / 2)
        if abs(top - middle) < 1:
            return _lines((middle, boss.bottom), (middle, below.y))
        return _lines((middle, boss.bottom), (middle, across), (top, across), (top, below.y))
    side, near = (boss.right, below.x) if below.x >= boss.right else (boss.x, below.right)
    half, start_y, y = (side + near) / 2, boss.y + boss.h / 2, below.y + below.h / 2
    return _lines((side, start_y), (half, start_y), (half, y), (near, y))


def _lines(*points: tuple[float, float]) -> tuple[Command, ...]:
    first, *rest = points
    return (("M", first), *(("L", point) for point in rest))


class _Curves:
    """Curves between cards that pass behind as few other cards as can be; ends at one side of a card are fanned out."""

    def __init__(self, room: Room, careful: bool) -> None:
        self._room, self._careful = room, careful
        self._used: dict[tuple[str, str], int] = {}

    def draw(self, edge: MapEdge, source: Rect, target: Rect) -> tuple[Command, ...]:
        """The curve of one tie."""
        sides = _sides(source, target)
        if self._careful:
            sides = min(_PAIRS, key=lambda pair: self._cost(edge, source, target, pair, sides))
        path = self._path(edge, source, target, sides)
        for name, side in ((edge.source, sides[0]), (edge.target, sides[1])):
            self._used[name, side] = self._used.get((name, side), 0) + 1
        return path

    def _path(self, edge: MapEdge, source: Rect, target: Rect, sides: tuple[str, str]) -> tuple[Command, ...]:
        one, other = sides
        start = _end(source, one, self._used.get((edge.source, one), 0))
        end = _end(target, other, self._used.get((edge.target, other), 0))
        across, down = abs(end[0] - start[0]), abs(end[1] - start[1])
        if one == other:
            along = down if one in ("left", "right") else across
            reach = max(22.0, min(70.0 if one in ("left", "right") else 46.0, 16 + 0.16 * along))
            spread = (across if one in ("left", "right") else 0.0, down if one in ("top", "bottom") else 0.0)
            ahead = end[0] - start[0] if one in ("left", "right") else end[1] - start[1]
            outward = 1 if one in ("right", "bottom") else -1
            a = _away(start, one, reach + (max(spread) if ahead * outward > 0 else 0))
            b = _away(end, other, reach + (max(spread) if ahead * outward < 0 else 0))
        else:
            reach = max(8.0, _BEND * max(across, down))
            a, b = _away(start, one, reach), _away(end, other, reach)
        return (("M", start), ("C", (*a, *b, *end)))

    def _cost(
        self, edge: MapEdge, source: Rect, target: Rect, pair: tuple[str, str], usual: tuple[str, str]
    ) -> tuple[float, int]:
        """Cards in the way count most, then length; the usual pair of sides wins among equals."""
        turned = _turned(source, target, pair[0]), _turned(target, source, pair[1])
        if min(turned) > 1.0:
            return 1000.0, _PAIRS.index(pair)  # both ends would look away from each other
        path = self._path(edge, source, target, pair)
        covered, length = 0.0, 0.0
        last = path[0][1]
        for step in range(1, _SAMPLES):
            point = point_at(path, step / _SAMPLES)
            length += abs(point[0] - last[0]) + abs(point[1] - last[1])
            last = point
            for name in self._room.hits(Rect(*point, 0, 0)):
                covered += 2.0 if name in (edge.source, edge.target) else 1.0
        crowd = self._used.get((edge.source, pair[0]), 0) + self._used.get((edge.target, pair[1]), 0)
        if set(pair) == {"top", "bottom"} and abs(last[1] - path[0][1][1]) < _NEIGHBOURS:
            covered += 6  # no room for a curve between two cards one above the other
        cost = covered + length / 300 + sum(turned) + 0.25 * crowd + (0.0 if pair == usual else 0.3)
        return cost, _PAIRS.index(pair)


def _sides(source: Rect, target: Rect) -> tuple[str, str]:
    apart = max(target.x - source.right, source.x - target.right)
    if apart > _NEIGHBOURS and abs(target.bottom - source.bottom) < 40:
        return "bottom", "bottom"  # in one row: below those who stand between
    if target.x >= source.right + 8:
        return "right", "left"
    if source.x >= target.right + 8:
        return "left", "right"
    # One above the other: round the outside, where no reporting line runs.
    return "right", "right"


def _turned(one: Rect, other: Rect, side: str) -> float:
    """How far a side looks away from the other card: 0 straight at it, 1.6 away from it."""
    dx, dy = other.x + other.w / 2 - one.x - one.w / 2, other.y + other.h / 2 - one.y - one.h / 2
    ahead = {"right": dx, "left": -dx, "bottom": dy, "top": -dy}[side]
    return 0.8 * (1 - ahead / ((dx * dx + dy * dy) ** 0.5 or 1.0))


def _end(rect: Rect, side: str, nth: int) -> tuple[float, float]:
    offset = ((nth + 1) // 2) * _FAN * (1 if nth % 2 else -1)
    if side in ("bottom", "top"):
        x = rect.x + rect.w * (0.72 if side == "bottom" else 0.3) + max(-20.0, min(20.0, offset))
        return (x, rect.bottom if side == "bottom" else rect.y)
    limit = rect.h / 2 - 5
    y = rect.y + rect.h / 2 + max(-limit, min(limit, offset))
    return (rect.right if side == "right" else rect.x, y)


def _away(point: tuple[float, float], side: str, reach: float) -> tuple[float, float]:
    if side in ("bottom", "top"):
        return (point[0], point[1] + (reach if side == "bottom" else -reach))
    return (point[0] + (reach if side == "right" else -reach), point[1])


def point_at(path: Sequence[Command], share: float) -> tuple[float, float]:
    """The point of a curve («M», «C») at a share of its parameter from 0 to 1; of elbows the middle of their ends."""
    x0, y0 = path[0][1][0], path[0][1][1]
    if len(path) == 2 and path[1][0] == "C":
        x1, y1, x2, y2, x3, y3 = path[1][1]
        u = 1 - share
        return (
            u**3 * x0 + 3 * u * u * share * x1 + 3 * u * share * share * x2 + share**3 * x3,
            u**3 * y0 + 3 * u * u * share * y1 + 3 * u * share * share * y2 + share**3 * y3,
        )
    x3, y3 = path[-1][1][-2:]
    return x0 + (x3 - x0) * share, y0 + (y3 - y0) * share
