"""The ways of the ties on an influence map: reporting as elbows, all other relations as curves. Pixels at 100 %."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from kamdesk.model.influence import REPORTS_TO, Command, EdgePath, MapEdge, Rect

_ELBOW: Final = 20.0  # the cross line of a row stands so far above the cards
_BUS: Final = 7.0  # the cross line of columns stands so far below their boss
_BEND: Final = 0.42  # share of the distance by which a curve leaves a card straight
_NEIGHBOURS: Final = 40.0  # cards with no more between them are tied side to side
_FAN: Final = 9.0  # between the ends of several curves at one side of a card


def edge_paths(
    edges: Sequence[MapEdge],
    rects: Mapping[str, Rect],
    boss: Mapping[str, str],
    hung: Mapping[str, float],
    moved: Collection[str],
) -> tuple[EdgePath, ...]:
    """The way of each tie of which both cards are shown; reporting first, so that curves lie over it.

    ``hung`` are cards beside the line of their column, ``moved`` those that do not stand where the tree put them.
    """
    lines, curves = [], []
    used: dict[tuple[str, str], int] = {}
    for edge in edges:
        source, target = rects.get(edge.source), rects.get(edge.target)
        if source is None or target is None or edge.source == edge.target:
            continue
        if edge.kind == REPORTS_TO and boss.get(edge.source) == edge.target:
            plain = edge.source not in moved and edge.target not in moved
            beside = hung.get(edge.source) if plain else None
            lines.append(EdgePath(edge, _elbow(target, source, beside)))
        else:
            curves.append(EdgePath(edge, _curve(edge, source, target, used)))
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


def _curve(
    edge: MapEdge, source: Rect, target: Rect, used: dict[tuple[str, str], int]
) -> tuple[Command, ...]:
    """A curve between the sides that face each other; ends at one side are fanned out."""
    one, other = _sides(source, target)
    start = _end(edge.source, source, one, used)
    end = _end(edge.target, target, other, used)
    far = max(abs(end[0] - start[0]), abs(end[1] - start[1]))
    reach = min(70.0, 16 + 0.16 * far) if one == "bottom" else max(8.0, _BEND * far)
    if one == other == "right":
        reach = max(26.0, min(reach, 60.0))
    a, b = _away(start, one, reach), _away(end, other, reach)
    return (("M", start), ("C", (*a, *b, *end)))


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


def _end(name: str, rect: Rect, side: str, used: dict[tuple[str, str], int]) -> tuple[float, float]:
    nth = used.get((name, side), 0)
    used[name, side] = nth + 1
    offset = ((nth + 1) // 2) * _FAN * (1 if nth % 2 else -1)
    if side == "bottom":
        limit = rect.w / 2 - 8
        return (rect.x + rect.w * 0.7 + max(-limit, min(rect.w * 0.25, offset)), rect.bottom)
    limit = rect.h / 2 - 5
    y = rect.y + rect.h / 2 + max(-limit, min(limit, offset))
    return (rect.right if side == "right" else rect.x, y)


def _away(point: tuple[float, float], side: str, reach: float) -> tuple[float, float]:
    if side == "bottom":
        return (point[0], point[1] + reach)
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
