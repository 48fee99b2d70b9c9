"""A finished Word document becomes a template (R9): its text read paragraph by paragraph, marked words turned into tags, stretches into blocks.

A tag stands in the run of the first letter that it takes the place of, so it looks as that word looked. What would bring the old words
back is taken off the marked place: the target of a link, a computed field, a bound content control.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from copy import deepcopy
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Final

from kamdesk.documents.findings import message_from_json, message_to_json
from kamdesk.documents.found import Edit
from kamdesk.documents.ooxml.fields import Field, read_fields
from kamdesk.documents.ooxml.names import local, r, w
from kamdesk.documents.ooxml.package import Package
from kamdesk.documents.ooxml.unlink import unlink
from kamdesk.documents.ooxml.walk import Paragraph, Piece, paragraphs
from kamdesk.documents.ooxml.xml import Element, element, remove, unwrap
from kamdesk.documents.tagrepair import apply as write_edits
from kamdesk.model.messages import KamdeskError, Message

MOST_LINES: Final = 5000
"""Paragraphs that are shown; nobody marks words on more than a hundred pages."""
_KEPT: Final = ("pStyle", "spacing", "jc")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the document. ``index`` counts all paragraphs in reading order, empty ones too.

    ``table`` numbers the outermost table it stands in, over the whole file from 1 (0: none); ``row`` and ``cell`` are 1-based in it.
    ``heading`` is the level of a heading, 0 of other text; ``part`` the part of the file.
    """

    index: int
    place: Message
    part: str
    where: str
    text: str
    table: int = 0
    row: int = 0
    cell: int = 0
    heading: int = 0

    def to_json(self) -> dict[str, Any]:
        """The line as JSON values."""
        return {**asdict(self), "place": message_to_json(self.place)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Line:
        """The inverse of :meth:`to_json`."""
        return cls(**{**value, "place": message_from_json(value["place"])})


@dataclass(frozen=True, slots=True)
class Mark:
    """Letters [start, end) of the paragraph ``index`` give way to ``tag``."""

    index: int
    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """The paragraphs from ``first`` to ``last`` give way to one paragraph with the tag of a block.

    Tables between them go too. Within one cell only its paragraphs go, unless ``table`` says that the whole table is meant.
    """

    first: int
    last: int
    tag: str
    table: bool = False


def read(data: bytes) -> tuple[Line, ...]:
    """The text of a cleaned .docx, in reading order. Raises KamdeskError when the file cannot be read."""
    package = Package.read(data)
    levels = _levels(package)
    tables: dict[Element, int] = {}
    found = []
    for index, paragraph in enumerate(paragraphs(package)):
        if index >= MOST_LINES:
            break
        table = _outermost(paragraph.element)
        number = tables.setdefault(table, len(tables) + 1) if table is not None else 0
        row, cell = _at(paragraph.place) if table is not None else (0, 0)
        level = levels.get(paragraph.style_id, 0)
        found.append(
            Line(
                index,
                paragraph.place,
                paragraph.part,
                paragraph.where,
                paragraph.text,
                number,
                row,
                cell,
                level,
            )
        )
    return tuple(found)


def apply(data: bytes, marks: Sequence[Mark], stretches: Sequence[Stretch] = ()) -> bytes:
    """The document with tags in place of the marks and stretches. The order of either does not matter.

    Raises KamdeskError ``guided.overlap`` where two of them meet, ``guided.no_text`` for a mark without letters,
    ``guided.not_there`` for a place that the file has not.
    """
    package = Package.read(data)
    held = list(paragraphs(package))
    _check(held, marks, stretches)
    edits = [_edit(held[mark.index], mark) for mark in marks]
    for paragraph in {edit.paragraph.element: edit.paragraph for edit in edits}.values():
        package.edit(paragraph.part)
        _loosen(paragraph, [edit for edit in edits if edit.paragraph.element is paragraph.element])
    # A generator: each edit is carried out when the next is asked for.
    list(write_edits(package, edits))
    shaped = _shaped(package)
    # From the end, so that a table that goes takes no earlier stretch with it.
    for stretch in sorted(stretches, key=lambda one: one.first, reverse=True):
        _replace(package, held, stretch, shaped)
    _drop_unused_links(package)
    package.prune()
    return package.write()


# --- reading -----------------------------------------------------------------------------------------------


def _outermost(node: Element) -> Element:
    found = None
    for parent in node.iterancestors():
        if parent.tag == w("txbxContent"):
            break
        if parent.tag == w("tbl"):
            found = parent
    return found


def _at(place: Message) -> tuple[int, int]:
    """Row and cell of a paragraph in its table, from 1."""
    found: Any = place
    while found.code == "word.at_inside":
        found = found.params["inner"]
    return (int(found.params["row"]), int(found.params["cell"])) if found.code == "word.at_cell" else (0, 0)


def _levels(package: Package) -> dict[str, int]:
    """Style id → level of the heading: by its outline level, or by its name."""
    found: dict[str, int] = {}
    for part in package.related(package.main(), "styles"):
        for style in package.tree(part).iter(w("style")):
            name = style.find(w("name"))
            level = style.find(f"{w('pPr')}/{w('outlineLvl')}")
            called = (name.get(w("val"), "") if name is not None else "").casefold()
            if level is not None and level.get(w("val"), "9").isdigit() and int(level.get(w("val"))) < 9:
                found[style.get(w("styleId"), "")] = int(level.get(w("val"))) + 1
            elif called.startswith("heading ") and called[8:].isdigit():
                found[style.get(w("styleId"), "")] = int(called[8:])
            elif called == "title":
                found[style.get(w("styleId"), "")] = 1
    return found


# --- marks -------------------------------------------------------------------------------------------------


def _check(held: Sequence[Paragraph], marks: Sequence[Mark], stretches: Sequence[Stretch]) -> None:
    for number in [one.index for one in marks] + [at for one in stretches for at in (one.first, one.last)]:
        if not 0 <= number < len(held):
            raise KamdeskError("guided.not_there", number=number + 1)
    ordered = sorted(marks, key=lambda one: (one.index, one.start))
    for one, other in pairwise(ordered):
        if one.index == other.index and other.start < one.end:
            raise KamdeskError("guided.overlap", tag=one.tag, other=other.tag)
    spans = sorted(((_span(held, one), one) for one in stretches), key=lambda both: both[0])
    for (span, stretch), (beyond, after) in pairwise(spans):
        if beyond[0] <= span[1]:
            raise KamdeskError("guided.overlap", tag=stretch.tag, other=after.tag)
    for mark in marks:
        for (first, last), stretch in spans:
            if first <= mark.index <= last:
                raise KamdeskError("guided.overlap", tag=mark.tag, other=stretch.tag)


def _span(held: Sequence[Paragraph], stretch: Stretch) -> tuple[int, int]:
    """The first and last paragraph that a stretch really takes, its tables whole."""
    blocks = set(_blocks(held, stretch))
    taken = [
        at
        for at, paragraph in enumerate(held)
        if paragraph.element in blocks
        or any(parent in blocks for parent in paragraph.element.iterancestors())
    ]
    return min(taken), max(taken)


def _edit(paragraph: Paragraph, mark: Mark) -> Edit:
    """The edit of a mark: blanks at its ends stay, its first letter is one of a text."""
    pieces, text = paragraph.pieces, paragraph.text
    start, end = max(mark.start, 0), min(mark.end, len(text))
    while start < end and (text[start].isspace() or _piece_at(pieces, start).element.tag != w("t")):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        raise KamdeskError("guided.no_text", tag=mark.tag, place=paragraph.place)
    return Edit(paragraph, start, end, lambda _raw: mark.tag)


def _piece_at(pieces: Sequence[Piece], at: int) -> Piece:
    for piece in pieces:
        if at < len(piece.text):
            return piece
        at -= len(piece.text)
    return pieces[-1]


def _touched(paragraph: Paragraph, edits: Sequence[Edit]) -> list[Piece]:
    found, at = [], 0
    for piece in paragraph.pieces:
        end = at + len(piece.text)
        if any(edit.start < end and at < edit.end for edit in edits):
            found.append(piece)
        at = end
    return found


def _loosen(paragraph: Paragraph, edits: Sequence[Edit]) -> None:
    """Take off what would show or keep the old words: links, computed fields, bindings, proofing marks."""
    touched = {piece.element for piece in _touched(paragraph, edits)}
    for field in _fields(paragraph):
        shown = set(field.result) | (set(field.simple.iter()) if field.simple is not None else set())
        # The contents are computed anew from the headings whatever stands in them.
        if field.name != "TOC" and touched & shown:
            unlink(field)
    for node in touched:
        for parent in list(node.iterancestors()):
            if parent.tag == w("hyperlink"):
                unwrap(parent)
            elif parent.tag == w("sdt"):
                _unbind(parent)
    for node in list(paragraph.element.iter(w("proofErr"))):
        remove(node)


def _fields(paragraph: Paragraph) -> list[Field]:
    """The fields of the part: one may begin in an earlier paragraph."""
    return read_fields(paragraph.element.getroottree().getroot())


def _unbind(control: Element) -> None:
    """A content control that no longer takes its text from elsewhere, nor offers it as a hint."""
    properties = control.find(w("sdtPr"))
    for node in list(properties) if properties is not None else []:
        if local(node.tag) in ("dataBinding", "showingPlcHdr", "date", "dropDownList", "comboBox"):
            remove(node)


# --- stretches ---------------------------------------------------------------------------------------------


def _blocks(held: Sequence[Paragraph], stretch: Stretch) -> list[Element]:
    """The paragraphs and tables a stretch takes, in order."""
    first, last = sorted((stretch.first, stretch.last))
    chosen = held[first : last + 1]
    if len({paragraph.part for paragraph in chosen}) > 1:
        raise KamdeskError("guided.one_part", tag=stretch.tag)
    cells = {paragraph.cell for paragraph in chosen}
    if len(cells) == 1 and not stretch.table:
        return [paragraph.element for paragraph in chosen if _in_flow(paragraph)]
    found: list[Element] = []
    for paragraph in chosen:
        block = _outermost(paragraph.element)
        if block is None and not _in_flow(paragraph):
            continue
        block = paragraph.element if block is None else block
        if block not in found:
            found.append(block)
    return found


def _in_flow(paragraph: Paragraph) -> bool:
    """Whether it stands in the text, not in a text box that hangs on a paragraph."""
    return next(paragraph.element.iterancestors(w("txbxContent")), None) is None


def _replace(package: Package, held: Sequence[Paragraph], stretch: Stretch, shaped: AbstractSet[str]) -> None:
    package.edit(held[stretch.first].part)
    blocks = _blocks(held, stretch)
    if not blocks:
        raise KamdeskError("guided.no_text", tag=stretch.tag, place=held[stretch.first].place)
    made = _block_paragraph(blocks, stretch.tag, shaped)
    blocks[0].addprevious(made)
    for block in blocks:
        section = block.find(f"{w('pPr')}/{w('sectPr')}") if block.tag == w("p") else None
        if section is None:
            remove(block)
            continue
        # The end of a section: its page stays, its words go.
        for child in [child for child in block if child.tag != w("pPr")]:
            block.remove(child)


def _block_paragraph(blocks: Sequence[Element], tag: str, shaped: AbstractSet[str]) -> Element:
    """A paragraph with the tag alone, in the look of the first plain paragraph that it takes the place of."""
    made = element(w("p"))
    plain = next((one for one in blocks if one.tag == w("p") and _is_plain(one, shaped)), None)
    if plain is not None:
        properties = plain.find(w("pPr"))
        kept = (
            [deepcopy(node) for node in properties if local(node.tag) in _KEPT]
            if properties is not None
            else []
        )
        if kept:
            made.append(element(w("pPr"), None, *kept))
    run = element(w("r"))
    look = (
        next((node for node in plain.iterfind(f"{w('r')}/{w('rPr')}")), None) if plain is not None else None
    )
    if look is not None:
        run.append(deepcopy(look))
    run.append(element(w("t"), text=tag))
    made.append(run)
    return made


def _is_plain(paragraph: Element, shaped: AbstractSet[str]) -> bool:
    """Whether it has words and is neither a heading nor an item of a list."""
    properties = paragraph.find(w("pPr"))
    if not any((node.text or "").strip() for node in paragraph.iter(w("t"))):
        return False
    if properties is None:
        return True
    style = properties.find(w("pStyle"))
    if style is not None and style.get(w("val"), "") in shaped:
        return False
    return properties.find(w("numPr")) is None and properties.find(w("outlineLvl")) is None


def _shaped(package: Package) -> frozenset[str]:
    """The styles of headings and of lists: a block that took one would be a heading or a list throughout."""
    found = set(_levels(package))
    for part in package.related(package.main(), "styles"):
        for style in package.tree(part).iter(w("style")):
            if style.find(f"{w('pPr')}/{w('numPr')}") is not None:
                found.add(style.get(w("styleId"), ""))
    return frozenset(found)


def _drop_unused_links(package: Package) -> None:
    """Take out the addresses of links that no text leads to any more: they name people of the old document."""
    for name in package.xml_parts():
        used: set[str] | None = None
        for relation in list(package.relations(name)):
            if relation.kind != "hyperlink" or not relation.external:
                continue
            used = used if used is not None else set(_relation_ids(package.tree(name)))
            if relation.id not in used:
                package.drop_relation(relation)


def _relation_ids(root: Element) -> Iterator[str]:
    for node in root.iter():
        for attribute, value in node.attrib.items():
            if attribute.startswith(r("")):
                yield value
