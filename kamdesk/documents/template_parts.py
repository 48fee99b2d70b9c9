"""A template taken apart: which parts carry tags, where their blocks stand, what each paragraph is called.

Works on the parsed XML, before Jinja sees it: a paragraph that holds nothing but a block tag becomes a placeholder,
every paragraph gets a number by which an error is traced.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import quoteattr

from lxml import etree

from kamdesk.documents.docx_runs import RUN_ORDER, Place
from kamdesk.documents.ooxml.names import w
from kamdesk.documents.ooxml.xml import Element
from kamdesk.model.messages import KamdeskError, Message

_PARAGRAPH: Final = ("pStyle", "spacing", "ind", "contextualSpacing", "jc")
_BLOCK: Final = re.compile(r"\{\{-?\s*([^\W\d]\w*\.\w+)\s*-?\}\}\Z")
_TAGGED: Final = re.compile(r"\{[{%#]")
_DEFAULT_WIDTH: Final = 9638  # twips between the margins of A4 with 20 mm at each side


@dataclass(slots=True)
class TaggedPart:
    """A part ready for Jinja: XML with numbered paragraphs, the blocks in it, names of its paragraphs.

    ``blocks`` are (path of the block, place) in order; the XML holds ``<kdblock n="i"/>`` where they stand.
    """

    name: str
    xml: str
    blocks: list[tuple[str, Place]] = field(default_factory=list)
    places: list[Message] = field(default_factory=list)

    @property
    def has_tags(self) -> bool:
        """Whether anything in this part is to be filled."""
        return (
            bool(self.blocks)
            or "{{" in self.xml
            or _TAGGED.search(re.sub(r"<[^>]+>", "", self.xml)) is not None
        )


def take_apart(
    name: str, root: Element, places: Mapping[Element, Message], path_of: Callable[[str], str | None]
) -> TaggedPart:
    """Number a part's paragraphs and take its blocks out.

    ``places`` names paragraphs for a person; ``path_of`` leads a field's written name to its stable path. Raises KamdeskError
    ``documents.block_not_alone``.
    """
    part = TaggedPart(name, "")
    paragraphs = [*root.iter(w("p"))]
    place = Message("documents.part", {"name": name})
    for number, paragraph in enumerate(paragraphs):
        place = places.get(paragraph, place)
        part.places.append(place)
        paragraph.set("kd", str(number))
    for number, paragraph in enumerate(paragraphs):
        words = "".join(node.text or "" for node in paragraph.iter(w("t")))
        if "." in words and "{{" in words:
            _take_block(
                part, paragraph, unicodedata.normalize("NFC", words).strip(), path_of, part.places[number]
            )
    text = etree.tostring(root, encoding="unicode").replace("\r", " ").replace("\n", " ")
    part.xml = unicodedata.normalize("NFC", text)
    return part


def _take_block(
    part: TaggedPart, paragraph: Element, words: str, path_of: Callable[[str], str | None], place: Message
) -> None:
    alone = _BLOCK.match(words)
    path = path_of(alone[1]) if alone else None
    if path is not None and path.startswith("block."):
        marker = etree.Element("kdblock", n=str(len(part.blocks)))
        part.blocks.append((path.partition(".")[2], _place(paragraph)))
        marker.tail = paragraph.tail
        paragraph.getparent().replace(paragraph, marker)
        return
    for match in re.finditer(r"\{\{-?\s*(\w+\.\w+)", words):
        found = path_of(match[1])
        if found is not None and found.startswith("block."):
            raise KamdeskError("documents.block_not_alone", tag=match[1], place=place)


def _place(paragraph: Element) -> Place:
    properties = paragraph.find(w("pPr"))
    taken: list[str] = []
    tail = ""
    if properties is not None:
        taken = [_plain(child) for name in _PARAGRAPH for child in properties.iterfind(w(name))]
        section = properties.find(w("sectPr"))
        if section is not None:
            tail = f"<w:p><w:pPr>{_text(section)}</w:pPr></w:p>"
    run = paragraph.find(f"{w('r')}/{w('rPr')}")
    found = (
        {}
        if run is None
        else {etree.QName(child).localname: _plain(child) for child in run if _is_plain(child)}
    )
    cell = next(paragraph.iterancestors(w("tc")), None)
    return Place(
        width=_width(paragraph, cell),
        paragraph="".join(taken),
        run="".join(found[name] for name in RUN_ORDER if name in found and name != "lang"),
        font=found.get("rFonts", ""),
        in_cell=cell is not None and paragraph is cell[-1],
        tail=tail,
    )


def _is_plain(child: Element) -> bool:
    return isinstance(child.tag, str) and child.tag.startswith(w("")) and len(child) == 0


def _plain(child: Element) -> str:
    written = [
        f"w:{etree.QName(name).localname}={quoteattr(str(value))}"
        for name, value in child.attrib.items()
        if str(name).startswith(w(""))
    ]
    return f"<w:{etree.QName(child).localname} {' '.join(written)}/>".replace(" />", "/>")


def _text(element: Element) -> str:
    return re.sub(r'\sxmlns:\w+="[^"]*"', "", etree.tostring(element, encoding="unicode", with_tail=False))


def _width(paragraph: Element, cell: Element | None) -> int:
    """Twips between the margins (or the cell's borders) at this paragraph."""
    if cell is not None:
        size = cell.find(f"{w('tcPr')}/{w('tcW')}")
        if size is not None and size.get(w("type")) == "dxa":
            return max(_number(size, "w", _DEFAULT_WIDTH) - 220, 800)
        return _DEFAULT_WIDTH // 2
    section = next(
        (node for node in paragraph.itersiblings() for node in node.iter(w("sectPr"))),
        None,
    )
    inner = paragraph.find(f"{w('pPr')}/{w('sectPr')}")
    section = inner if inner is not None else section
    size = section.find(w("pgSz")) if section is not None else None
    margins = section.find(w("pgMar")) if section is not None else None
    if section is None or size is None or margins is None:
        return _DEFAULT_WIDTH
    width = _number(size, "w", 11906) - _number(margins, "left", 1134) - _number(margins, "right", 1134)
    columns = section.find(w("cols"))
    many = _number(columns, "num", 1) if columns is not None else 1
    return max(width // max(many, 1), 800)


def _number(element: Element, name: str, default: int) -> int:
    try:
        return int(float(element.get(w(name)) or default))
    except ValueError:
        return default
