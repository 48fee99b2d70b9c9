"""Carries edits of tags out on the paragraphs of a Word file, and tells what was before and what is now."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from kamdesk.documents.findings import Finding
from kamdesk.documents.found import Edit, around
from kamdesk.documents.ooxml.names import MC, XML_SPACE, local, w
from kamdesk.documents.ooxml.package import Package
from kamdesk.documents.ooxml.walk import Paragraph, Piece, joined_text, paragraphs
from kamdesk.documents.ooxml.xml import Element
from kamdesk.documents.repair_words import what_changed
from kamdesk.model.messages import Message

_FALLBACK: Final = f"{{{MC}}}Fallback"


def apply(package: Package, edits: list[Edit]) -> Iterator[Finding]:
    """Carry the edits out, and say what each place was before and is now, in reading order."""
    by_paragraph: dict[Element, list[Edit]] = {}
    for edit in edits:
        by_paragraph.setdefault(edit.paragraph.element, []).append(edit)
    order = {item.element: number for number, item in enumerate(paragraphs(package))}
    for element in sorted(by_paragraph, key=lambda one: order.get(one, -1)):
        paragraph = by_paragraph[element][0].paragraph
        pieces = paragraph.pieces
        held = [piece.text for piece in pieces]
        starts = [0, *accumulate(map(len, held))][:-1]
        text = "".join(held)
        package.edit(paragraph.part)
        copies = _copies(element, text)
        changed = list(_merged(by_paragraph[element], text))
        for copy in (pieces, *copies):
            _write(copy, changed)
        for start, end, after in changed:
            said = what_changed(text[start:end], after, _cut(held, starts, start, end))
            shown = around(text, start, end)
            yield Finding(paragraph.place, "repaired", said, after, "warning", shown, paragraph.part)


def _cut(held: list[str], starts: list[int], start: int, end: int) -> list[str]:
    """The letters [start, end) of a paragraph in the pieces that Word keeps, which begin at ``starts``."""
    first, last = bisect_right(starts, start) - 1, bisect_left(starts, end)
    inside = (held[at][max(start - starts[at], 0) : end - starts[at]] for at in range(first, last))
    return [text for text in inside if text]


def _write(pieces: list[Piece], changed: list[tuple[int, int, str]]) -> None:
    """Carry all changes of a paragraph out in one pass: into the first piece of each, the others lose theirs."""
    start = number = 0
    for piece in pieces:
        end = start + len(piece.text)
        while number < len(changed) and changed[number][1] <= start:
            number += 1
        inside = []
        at = number
        while at < len(changed) and changed[at][0] < end:
            inside.append(changed[at])
            at += 1
        if inside:
            _rewrite(piece, start, inside)
        start = end


def _rewrite(piece: Piece, start: int, changed: list[tuple[int, int, str]]) -> None:
    """Write a piece anew that begins at ``start``; a break or tab inside a tag goes."""
    if piece.element.tag != w("t"):
        piece.run.remove(piece.element)
        return
    made, at = [], 0
    for first, last, after in changed:
        made += [piece.text[at : max(first - start, 0)], after if first >= start else ""]
        at = min(last - start, len(piece.text))
    piece.element.text = "".join([*made, piece.text[at:]])
    piece.element.set(XML_SPACE, "preserve")


def _merged(edits: list[Edit], text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, after) of the places to change; several edits of one place are carried out one after another."""
    groups: list[tuple[int, int, list[Edit]]] = []
    for edit in sorted(edits, key=lambda one: one.start):
        if groups and edit.start < groups[-1][1]:
            start, end, held = groups[-1]
            groups[-1] = (start, max(end, edit.end), [*held, edit])
        else:
            groups.append((edit.start, edit.end, [edit]))
    for start, end, held in groups:
        after = text[start:end]
        for edit in held:
            after = edit.change(after)
        yield start, end, after


def _copies(element: Element, text: str) -> list[list[Piece]]:
    """The paragraphs of the second spelling of a text box (for old programs) that say the same."""
    choice = next((node for node in element.iterancestors() if local(node.tag) == "AlternateContent"), None)
    if choice is None:
        return []
    return [
        Paragraph(Message("word.at_document"), "", "", twin).pieces
        for fallback in choice.iter(_FALLBACK)
        for twin in fallback.iter(w("p"))
        if joined_text(twin) == text
    ]
