"""Free room on an influence map: which cards stand where, and the nearest place where another one fits."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import Final

from kamdesk.model.influence import Rect

_CELL: Final = 128.0
_TRIES: Final = 200


class Room:
    """Rectangles in a grid of cells, so that asking what is near does not look at all of them."""

    def __init__(self) -> None:
        self.rects: dict[str, Rect] = {}
        self._cells: dict[tuple[int, int], list[tuple[str, Rect]]] = {}
        self._blocked = 0

    def add(self, name: str, rect: Rect) -> None:
        """Stand a card there."""
        self.rects[name] = rect
        self._keep(name, rect)

    def block(self, rect: Rect) -> None:
        """Take an area that is no card."""
        self._blocked += 1
        self._keep(f"\0{self._blocked}", rect)

    def _keep(self, name: str, rect: Rect) -> None:
        for cell in _cells(rect, 0):
            self._cells.setdefault(cell, []).append((name, rect))

    def _near(self, rect: Rect, gap: float) -> Iterator[tuple[str, Rect]]:
        seen = set()
        for cell in _cells(rect, gap):
            for name, other in self._cells.get(cell, ()):
                if name not in seen and rect.overlaps(other, gap):
                    seen.add(name)
                    yield name, other

    def hits(self, rect: Rect, gap: float = 0.0) -> list[str]:
        """The names of cards and areas that ``rect`` would overlap or come nearer to than ``gap``."""
        return [name for name, _ in self._near(rect, gap)]

    def free(self, rect: Rect, gap: float) -> Rect:
        """The rectangle moved as little as possible to where nothing is nearer than ``gap``.

        Steps out of whatever is in the way, to each of its four sides, nearest first; below everything as the last resort.
        """
        queue: list[tuple[float, float, float]] = [(0.0, rect.x, rect.y)]
        seen = {(rect.x, rect.y)}
        for _ in range(_TRIES):
            if not queue:
                break
            _, x, y = heapq.heappop(queue)
            here = Rect(x, y, rect.w, rect.h)
            other = next((other for _, other in self._near(here, gap)), None)
            if other is None:
                return here
            for step in (
                (other.right + gap, y),
                (x, other.bottom + gap),
                (other.x - gap - rect.w, y),
                (x, other.y - gap - rect.h),
            ):
                if step not in seen:
                    seen.add(step)
                    far = abs(step[0] - rect.x) + abs(step[1] - rect.y)
                    heapq.heappush(queue, (far, *step))
        return Rect(rect.x, self._lowest() + gap, rect.w, rect.h)

    def _lowest(self) -> float:
        return max(rect.bottom for near in self._cells.values() for _, rect in near)

    def left(self) -> float:
        """The left end of all cards; 0 for an empty room."""
        return min((rect.x for rect in self.rects.values()), default=0.0)

    def extent(self) -> Rect:
        """The area of all cards; empty for an empty room."""
        if not self.rects:
            return Rect(0, 0, 0, 0)
        x, y = self.left(), min(rect.y for rect in self.rects.values())
        right = max(rect.right for rect in self.rects.values())
        return Rect(x, y, right - x, max(rect.bottom for rect in self.rects.values()) - y)


def _cells(rect: Rect, gap: float) -> Iterator[tuple[int, int]]:
    for column in range(int((rect.x - gap) // _CELL), int((rect.right + gap) // _CELL) + 1):
        for row in range(int((rect.y - gap) // _CELL), int((rect.bottom + gap) // _CELL) + 1):
            yield column, row
