"""The paragraphs of a Word file in reading order, each with a place that a person can find in Word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kamdesk.documents.ooxml.names import MC, XML_SPACE, local, w
from kamdesk.documents.ooxml.package import Package
from kamdesk.documents.ooxml.xml import Element
from kamdesk.model.messages import Message

_TRANSPARENT: Final = frozenset(
    {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent", "Choice"}
)
_GONE: Final = frozenset({w("del"), w("moveFrom"), f"{{{MC}}}Fallback"})
_LETTERS: Final = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
SIDE_PARTS: Final = {
    "header": "word.at_header",
    "footer": "word.at_footer",
    "footnotes": "word.at_footnote",
    "endnotes": "word.at_endnote",
}
_NOTE_MARKS: Final = ("separator", "continuationSeparator", "continuationNotice")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text as Word keeps it: the text, its element (w:t or a mark) and the run around it."""

    text: str
    element: Element
    run: Element


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its place. ``part`` is the part's name, ``where`` body, header, footer, footnotes, endnotes.

    ``cell`` is the w:tc around it or None; ``row`` the w:tr.
    """

    place: Message
    part: str
    where: str
    element: Element
    cell: Element = None
    row: Element = None

    @property
    def pieces(self) -> list[Piece]:
        """The shown text in order; deleted text and text boxes are left out."""
        return list(_pieces(self.element))

    @property
    def text(self) -> str:
        """The joined text of all runs."""
        return joined_text(self.element)

    @property
    def style_id(self) -> str:
        """The id of the paragraph's style; "" for the default one."""
        style = self.element.find(f"{w('pPr')}/{w('pStyle')}")
        return style.get(w("val"), "") if style is not None else ""


def _pieces(node: Element, run: Element = None) -> Iterator[Piece]:
    for child in node:
        if child.tag in _GONE or local(child.tag) == "txbxContent":
            continue
        if child.tag == w("r"):
            yield from _pieces(child, child)
        elif child.tag == w("t") and run is not None:
            yield Piece(child.text or "", child, run)
        elif run is not None and child.getparent() is run and local(child.tag) in _LETTERS:
            yield Piece(_LETTERS[local(child.tag)], child, run)
        elif child.tag not in (w("pPr"), w("rPr")) and len(child):
            yield from _pieces(child, run)


def joined_text(paragraph: Element) -> str:
    """The shown text of a w:p element."""
    return "".join(piece.text for piece in _pieces(paragraph))


def paragraphs(package: Package) -> Iterator[Paragraph]:
    """Body first, then headers, footers, footnotes, endnotes. Raises KamdeskError for an unreadable part."""
    main = package.main()
    body = package.tree(main).find(w("body"))
    if body is not None:
        yield from _container(body, main, "body", None)
    for kind, code in SIDE_PARTS.items():
        for part in package.related(main, kind):
            yield from _side(package.tree(part), part, kind, code)


def _side(root: Element, part: str, kind: str, code: str) -> Iterator[Paragraph]:
    if kind in ("header", "footer"):
        yield from _container(root, part, kind, Message(code))
        return
    notes = [note for note in root if note.get(w("type")) not in _NOTE_MARKS]
    for number, note in enumerate(notes, 1):
        yield from _container(note, part, kind, Message(code, {"number": number}))


def _inside(outer: Message | None, inner: Message) -> Message:
    return inner if outer is None else Message("word.at_inside", {"outer": outer, "inner": inner})


def blocks(container: Element) -> Iterator[Element]:
    """The paragraphs and tables directly in a container, through content controls and the like."""
    for child in container:
        if child.tag in (w("p"), w("tbl")):
            yield child
        elif local(child.tag) in _TRANSPARENT:
            yield from blocks(child)


def _container(
    container: Element,
    part: str,
    where: str,
    outer: Message | None,
    cell: Element = None,
    row: Element = None,
) -> Iterator[Paragraph]:
    number = tables = 0
    for block in blocks(container):
        if block.tag == w("p"):
            number += 1
            # In a cell the cell is place enough; Word's user does not count paragraphs there.
            at = Message("word.at_paragraph", {"number": number})
            place = outer if cell is not None and outer is not None else _inside(outer, at)
            yield Paragraph(place, part, where, block, cell, row)
            yield from _boxes(block, part, where, place)
        else:
            tables += 1
            yield from _table(block, tables, part, where, outer)


def _table(table: Element, number: int, part: str, where: str, outer: Message | None) -> Iterator[Paragraph]:
    for row_number, row in enumerate(_children(table, "tr"), 1):
        for cell_number, cell in enumerate(_children(row, "tc"), 1):
            at = Message("word.at_cell", {"table": number, "row": row_number, "cell": cell_number})
            yield from _container(cell, part, where, _inside(outer, at), cell, row)


def _children(node: Element, name: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, through content controls."""
    for child in node:
        if child.tag == w(name):
            yield child
        elif local(child.tag) in _TRANSPARENT:
            yield from _children(child, name)


def _boxes(paragraph: Element, part: str, where: str, place: Message) -> Iterator[Paragraph]:
    """Text boxes anchored in a paragraph; of the two spellings Word writes only the first is read."""
    for box in paragraph.iter(w("txbxContent")):
        if (
            not any(parent.tag == f"{{{MC}}}Fallback" for parent in box.iterancestors())
            and _nearest(box) is paragraph
        ):
            yield from _container(box, part, where, Message("word.at_box", {"outer": place}))


def _nearest(box: Element) -> Element:
    return next((parent for parent in box.iterancestors() if parent.tag == w("p")), None)


def replace_text(pieces: list[Piece], start: int, end: int, better: str) -> None:
    """Write ``better`` in place of the letters [start, end) of a paragraph: into the first piece, the others lose theirs.

    ``pieces`` stays true for letters before ``start``.
    """
    at, written = 0, False
    for number, piece in enumerate(pieces):
        first, last = max(start - at, 0), min(end - at, len(piece.text))
        at += len(piece.text)
        if first >= last:
            continue
        if piece.element.tag == w("t"):
            text = piece.text[:first] + ("" if written else better) + piece.text[last:]
            piece.element.text = text
            piece.element.set(XML_SPACE, "preserve")
            written = True
            pieces[number] = Piece(text, piece.element, piece.run)
        else:
            piece.run.remove(piece.element)
            pieces[number] = Piece("", piece.element, piece.run)
