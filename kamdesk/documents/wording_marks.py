"""The marks by which an edited document tells what was changed: a bookmark around each wording that was poured in (R11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Final
from xml.sax.saxutils import quoteattr

from kamdesk.documents import blocks as b

MARK_PREFIX: Final = "kd_"
MARK_IDS: Final = 500_000
"""Bookmarks of ours are numbered from here on, above those that a template has."""


class Marks:
    """The bookmarks around wordings: ``kd_<mark>``, each name once in a file, from the first to the last of neighbouring runs."""

    def __init__(self, first_id: int, written: set[str] | None) -> None:
        self._ids = count(MARK_IDS + first_id)
        self._written = set() if written is None else written
        self._spans: dict[str, list[int]] = {}
        self._open: dict[str, int] = {}
        self._at = 0

    def expect(self, nodes: Iterable[b.Node]) -> None:
        """Look ahead at the runs that will be written, in their order."""
        at = self._at
        before = ""
        for mark in _marks(nodes):
            span = self._spans.get(mark) if mark else None
            if mark and span is None and mark not in self._written:
                self._spans[mark] = [at, at]
                self._written.add(mark)
            elif span is not None and before == mark and span[1] == at - 1:
                span[1] = at
            before, at = mark, at + 1

    def around(self, mark: str) -> tuple[str, str]:
        """What stands before and after the run that is written now."""
        at, self._at = self._at, self._at + 1
        span = self._spans.get(mark)
        before = after = ""
        if span is not None and span[0] == at:
            self._open[mark] = next(self._ids)
            before = f'<w:bookmarkStart w:id="{self._open[mark]}" w:name={quoteattr(MARK_PREFIX + mark)}/>'
        if span is not None and span[1] == at:
            after = f'<w:bookmarkEnd w:id="{self._open[mark]}"/>'
        return before, after


def _marks(nodes: Iterable[b.Node]) -> Iterator[str]:
    """The marks of the runs that are written with :meth:`Marks.around`, in the order of writing."""
    for node in nodes:
        if isinstance(node, b.Paragraph):
            yield from (run.mark for run in node.runs)
        elif isinstance(node, b.Bullets):
            yield from (run.mark for item in node.items for run in item)
        elif isinstance(node, b.KeyValues):
            for number in range(len(node.pairs)):
                yield ""
                yield node.marks[number] if node.marks else ""
