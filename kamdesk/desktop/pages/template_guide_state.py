"""What is marked in a finished document on its way to a template: suggestions, the user's own marks, what is taken of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kamdesk.documents.guided import Line, Mark, Stretch
from kamdesk.documents.guided_finds import Suggestion


@dataclass(frozen=True)
class GuideItem:
    """A place that is or may become a field or block. ``own``: marked by the user; ``taken``: it goes into the template."""

    path: str
    text: str
    tag: str
    why: str
    sure: bool
    taken: bool
    own: bool
    mark: Mark | None = None
    stretch: Stretch | None = None

    @property
    def first(self) -> tuple[int, int]:
        """Where it begins: paragraph and letter."""
        if self.mark is not None:
            return self.mark.index, self.mark.start
        return (self.stretch.first, 0) if self.stretch is not None else (0, 0)


class GuideState:
    """The items in reading order. What the user marks drives away what was taken at the same place."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = tuple(lines)
        self._by_index = {line.index: line for line in self.lines}
        self.items: tuple[GuideItem, ...] = ()

    def suggest(self, suggestions: Sequence[Suggestion]) -> None:
        """Offer these instead of earlier suggestions; the user's own marks stay, and sure ones are taken at once."""
        own = tuple(item for item in self.items if item.own)
        self.items = own
        for one in suggestions:
            tag = one.mark.tag if one.mark is not None else one.stretch.tag if one.stretch is not None else ""
            item = GuideItem(
                one.path, one.text, tag, one.why, one.sure, one.sure, False, one.mark, one.stretch
            )
            if not any(self._meet(item, other) for other in own):
                self.items += (item,)
        self._sort()

    def take(self, at: int, taken: bool) -> None:
        """Take a suggestion or leave it; taking it drives away what is taken at the same place."""
        item = self.items[at]
        if taken:
            self._free(item)
        self.items = tuple(replace(one, taken=taken) if one is item else one for one in self.items)

    def take_all(self) -> None:
        """Take every suggestion that meets no other one that is taken."""
        for at, item in enumerate(self.items):
            if not item.taken and not any(other.taken and self._meet(item, other) for other in self.items):
                self.take(at, True)

    def add_mark(self, index: int, start: int, end: int, path: str, tag: str) -> None:
        """Let letters of a paragraph stand for a field."""
        text = self._by_index[index].text[start:end]
        lead, trail = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
        start, end = start + lead, end - trail
        if start < end:
            self._add(path, text.strip(), tag, mark=Mark(index, start, end, tag))

    def add_stretch(self, first: int, last: int, path: str, tag: str, *, table: bool = False) -> None:
        """Let paragraphs (or the whole table around them) give way to a block."""
        first, last = sorted((first, last))
        words = " ".join(line.text.strip() for line in self.lines if first <= line.index <= last)
        self._add(path, words[:200], tag, stretch=Stretch(first, last, tag, table))

    def remove(self, at: int) -> None:
        """Take one's own mark away; a suggestion is only left."""
        if self.items[at].own:
            self.items = self.items[:at] + self.items[at + 1 :]
        else:
            self.take(at, False)

    def marks(self) -> tuple[list[Mark], list[Stretch]]:
        """What goes into the template."""
        taken = [item for item in self.items if item.taken]
        return [item.mark for item in taken if item.mark], [item.stretch for item in taken if item.stretch]

    def covered(self, item: GuideItem) -> frozenset[int]:
        """The paragraphs that a stretch takes, its tables whole; none for words."""
        stretch = item.stretch
        if stretch is None:
            return frozenset()
        inside = [line for line in self.lines if stretch.first <= line.index <= stretch.last]
        cells = {(line.table, line.row, line.cell) for line in inside}
        if len(cells) == 1 and not stretch.table:
            return frozenset(line.index for line in inside)
        tables = {line.table for line in inside if line.table}
        return frozenset(
            {line.index for line in inside} | {line.index for line in self.lines if line.table in tables}
        )

    def changed(self) -> Iterator[tuple[Line, str, str]]:
        """Each paragraph that changes, with its text before and after; a block once, with all that it takes the place of."""
        marks, _stretches = self.marks()
        blocks = {
            min(self.covered(item)): item for item in self.items if item.taken and item.stretch is not None
        }
        gone = frozenset[int]().union(*(self.covered(item) for item in blocks.values()))
        for line in self.lines:
            if line.index in blocks:
                block = blocks[line.index]
                inside = [
                    one.text for one in self.lines if one.index in self.covered(block) and one.text.strip()
                ]
                yield line, "\n".join(inside), block.tag
            elif line.index not in gone:
                own = sorted(
                    (mark for mark in marks if mark.index == line.index), key=lambda mark: -mark.start
                )
                text = line.text
                for mark in own:
                    text = text[: mark.start] + mark.tag + text[mark.end :]
                if own:
                    yield line, line.text, text

    # --- helpers ----------------------------------------------------------------------------------------------

    def _add(
        self, path: str, text: str, tag: str, mark: Mark | None = None, stretch: Stretch | None = None
    ) -> None:
        item = GuideItem(path, text, tag, "own", True, True, True, mark, stretch)
        self._free(item)
        self.items += (item,)
        self._sort()

    def _free(self, item: GuideItem) -> None:
        """Leave everything that is taken at the place of an item; one's own mark there goes."""
        kept = []
        for one in self.items:
            if one is item or not self._meet(item, one):
                kept.append(one)
            elif not one.own:
                kept.append(replace(one, taken=False))
        self.items = tuple(kept)

    def _meet(self, one: GuideItem, other: GuideItem) -> bool:
        if one.mark is not None and other.mark is not None:
            same = one.mark.index == other.mark.index
            return same and one.mark.start < other.mark.end and other.mark.start < one.mark.end
        if one.mark is not None:
            return one.mark.index in self.covered(other)
        if other.mark is not None:
            return other.mark.index in self.covered(one)
        return bool(self.covered(one) & self.covered(other))

    def _sort(self) -> None:
        self.items = tuple(sorted(self.items, key=lambda item: item.first))
