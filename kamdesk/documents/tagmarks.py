"""Whether what begins also ends, in a place where Word lets it: end tags, and docxtpl's marks p, tr, tc and r.

A tag marked p, tr or tc takes its whole paragraph, row or cell out of the document before anything is filled; what else
stands there is lost without a word, so such a tag stands alone, and both ends of a pair carry the same mark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from kamdesk.documents.findings import GUESS, SAFE
from kamdesk.documents.found import Edit, Found, Spot
from kamdesk.documents.ooxml.names import w
from kamdesk.documents.ooxml.walk import Paragraph, joined_text
from kamdesk.documents.ooxml.xml import Element
from kamdesk.documents.tags import PREFIXES

BETWEEN: Final = {"else": ("for", "if"), "elif": ("if",)}
_HOLDERS: Final = frozenset({w("tc"), w("txbxContent"), w("footnote"), w("endnote"), w("body")})
_MARKED: Final = re.compile(r"\{[{%]-?\s*(tr|tc|p)\s")
_MOST: Final = 2000
_COMMENT: Final = re.compile(r"\{#.*?#\}")


@dataclass(slots=True)
class Opened:
    """A statement that waits for its end. ``names`` are known inside it."""

    word: str
    spot: Spot
    names: set[str] = field(default_factory=set)


class Pairs:
    """Openers and closers of one part, in reading order."""

    def __init__(self) -> None:
        self.open: list[Opened] = []
        # Counted, since asking every open statement for every tag takes ages in a hostile file.
        self._names: Counter[str] = Counter()
        self._loops = 0

    @property
    def in_loop(self) -> bool:
        """Whether a loop is open."""
        return self._loops > 0

    def knows(self, name: str) -> bool:
        """Whether a statement that is open makes this name known."""
        return self._names[name] > 0

    @property
    def inside_raw(self) -> bool:
        """Whether nothing is a tag now but ``endraw``."""
        return bool(self.open) and self.open[-1].word == "raw"

    def begin(self, word: str, spot: Spot, names: set[str]) -> None:
        """A statement that needs an end."""
        self.open.append(Opened(word, spot, names))
        self._names.update(names)
        self._loops += word == "for"

    def _close(self) -> Opened:
        closed = self.open.pop()
        self._names.subtract(closed.names)
        self._loops -= closed.word == "for"
        return closed

    def between(self, spot: Spot) -> Iterator[Found]:
        """``else`` and ``elif``."""
        word = spot.tag.word
        if not self.open or self.open[-1].word not in BETWEEN[word]:
            yield spot.found("unclosed", "word.tag_without_start")
            return
        yield from _same_mark(self.open[-1].spot, spot)

    def end(self, word: str, spot: Spot) -> Iterator[Found]:
        """``endfor``, ``endif`` … of ``word``."""
        if not self.open:
            yield spot.found("unclosed", "word.tag_without_start")
            return
        last = self.open[-1]
        if last.word == word:
            self._close()
            yield from _pair(last.spot, spot)
        elif any(opened.word == word for opened in self.open):
            yield spot.found(
                "crossed",
                "word.tags_crossed",
                _ending(spot, last.word),
                inner=last.spot.tag.raw,
                place=last.spot.paragraph.place,
            )
            while self._close().word != word:
                continue
        else:
            yield spot.found(
                "unclosed",
                "word.tag_wrong_end",
                _ending(spot, last.word),
                repair=GUESS,
                opener=last.spot.tag.raw,
                place=last.spot.paragraph.place,
            )
            self._close()

    def finish(self) -> Iterator[Found]:
        """What was begun and never ended, named where it begins."""
        for opened in self.open:
            end = _ending(opened.spot, opened.word)
            yield opened.spot.found("unclosed", "word.tag_unclosed", end, end=end)
        while self.open:
            self._close()


def alone(spot: Spot) -> Iterator[Found]:
    """A marked statement has its paragraph, row or cell for itself."""
    mark = spot.tag.prefix
    room = _room(spot.paragraph, mark)
    if room is None:
        return
    own = spot.paragraph.element
    texts = {one: "" if one is own else joined_text(one) for one in islice(_own_paragraphs(room), _MOST)}
    texts[own] = spot.text[: spot.tag.start] + spot.text[spot.tag.end :]
    # A hostile paragraph of a megabyte is asked about for each of its tags; its beginning says enough.
    rest = _COMMENT.sub("", " ".join(text[:_MOST] for text in texts.values())[:_MOST]).strip()
    if not rest:
        return
    if any(found[1] == mark for found in _MARKED.finditer(rest)):
        yield spot.found("wrong_marker", f"word.marks_together_{mark}", rest=rest)
    else:
        plain = without_mark(spot.tag.raw)
        yield spot.found(
            "wrong_marker",
            f"word.mark_with_text_{mark}",
            plain if mark == "p" else "",
            rest=rest,
        )


def without_mark(raw: str) -> str:
    """The tag without docxtpl's p, tr, tc, r."""
    return re.sub(r"\A(\{[{%]-?)\s*(?:tr|tc|p|r)\s+", r"\1 ", raw)


def with_mark(mark: str) -> Callable[[str], str]:
    """What gives a tag another mark; "" takes it off."""
    opening = r"\1" + mark + " "
    return lambda raw: re.sub(r"\A(\{[{%]-?)\s*(?:(?:tr|tc|p|r)\s+)?", opening, raw)


# --- the two ends of a pair --------------------------------------------------------------------------------


def _pair(first: Spot, last: Spot) -> Iterator[Found]:
    wrong = next(_same_mark(first, last), None)
    if wrong is not None:
        yield wrong
        return
    yield from _PAIRED.get(first.tag.prefix, _plain_pair)(first, last)


def _same_mark(first: Spot, last: Spot) -> Iterator[Found]:
    mark = first.tag.prefix
    if mark == last.tag.prefix:
        return
    change = with_mark(mark)
    yield last.found(
        "wrong_marker",
        "word.marks_differ",
        change(last.tag.raw),
        repair=GUESS,
        edits=(last.edit(change),),
        opener=first.tag.raw,
        place=first.paragraph.place,
    )


def _row_pair(first: Spot, last: Spot) -> Iterator[Found]:
    rows = [spot.paragraph.row for spot in (first, last)]
    if None in rows:
        return
    if rows[0].getparent() is not rows[1].getparent() and _table(rows[0]) is not _table(rows[1]):
        yield last.found(
            "wrong_marker", "word.tag_over_tables", opener=first.tag.raw, place=first.paragraph.place
        )


def _cell_pair(first: Spot, last: Spot) -> Iterator[Found]:
    rows = [spot.paragraph.row for spot in (first, last)]
    if None not in rows and rows[0] is not rows[1]:
        yield last.found(
            "wrong_marker", "word.cell_tags_over_rows", opener=first.tag.raw, place=first.paragraph.place
        )


def _plain_pair(first: Spot, last: Spot) -> Iterator[Found]:
    holders = [_holder(spot.paragraph.element) for spot in (first, last)]
    if holders[0] is holders[1]:
        return
    params: dict[str, Any] = {"opener": first.tag.raw, "place": first.paragraph.place}
    one, two = first.paragraph, last.paragraph
    in_cells = one.cell is not None and two.cell is not None and _table(one.row) is _table(two.row)
    if not in_cells:
        yield last.found("crossed", "word.tag_over_places", **params)
    elif one.row is two.row:
        yield last.found("crossed", "word.tag_over_cells_in_row", **params)
    else:
        change = with_mark("tr")
        edits: tuple[Edit, ...] = ()
        if _alone_in_row(first) and _alone_in_row(last):
            edits = (first.edit(change), last.edit(change))
        yield last.found(
            "crossed",
            "word.tag_over_cells",
            change(last.tag.raw),
            repair=SAFE if edits else "",
            edits=edits,
            **params,
        )


_PAIRED: Final = {"tr": _row_pair, "tc": _cell_pair}


# --- places ------------------------------------------------------------------------------------------------


def _ending(spot: Spot, word: str) -> str:
    mark = f"{spot.tag.prefix} " if spot.tag.prefix in PREFIXES and spot.tag.prefix else " "
    return f"{{%{mark}end{word} %}}"


def _room(paragraph: Paragraph, mark: str) -> Element:
    return {"p": paragraph.element, "tr": paragraph.row, "tc": paragraph.cell}.get(mark)


def _own_paragraphs(room: Element) -> Iterator[Element]:
    """The paragraphs of a paragraph, row or cell, tables inside it included."""
    yield from room.iter(w("p"))


def _alone_in_row(spot: Spot) -> bool:
    row = spot.paragraph.row
    rest = spot.text[: spot.tag.start] + spot.text[spot.tag.end :]
    return not rest.strip() and all(
        one is spot.paragraph.element or not joined_text(one).strip() for one in row.iter(w("p"))
    )


def _table(row: Element) -> Element:
    return next(row.iterancestors(w("tbl")), None)


def _holder(element: Element) -> Element:
    return next((node for node in element.iterancestors() if node.tag in _HOLDERS), None)
