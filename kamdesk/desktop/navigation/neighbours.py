"""Next and previous on the page of a record: the order of the list from which one came."""

from __future__ import annotations

from collections.abc import Sequence


class Neighbours:
    """The ids of the list that was shown last, by the kind of page they open."""

    def __init__(self) -> None:
        self._ids: dict[str, tuple[str, ...]] = {}

    def remember(self, kind: str, ids: Sequence[str]) -> None:
        """The rows of a list in the order in which they are shown."""
        self._ids[kind] = tuple(ids)

    def beside(self, kind: str, record: str, step: int) -> str:
        """The record ``step`` rows further; "" at the end of the list, or where one did not come from a list."""
        ids = self._ids.get(kind, ())
        if record not in ids:
            return ""
        at = ids.index(record) + step
        return ids[at] if 0 <= at < len(ids) else ""

    def place(self, kind: str, record: str) -> tuple[int, int]:
        """Which row of how many it is, from 1; (0, 0) for none."""
        ids = self._ids.get(kind, ())
        return (ids.index(record) + 1, len(ids)) if record in ids else (0, 0)
