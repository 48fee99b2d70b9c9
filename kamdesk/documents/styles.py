"""A template's own styles, found by name: Word keeps built-in names in English while ids are localised («1», «a3»).

Roles are what the writer asks for: heading1…3, bullet, number, caption, cell, note, lead, link, table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import quoteattr

from lxml import etree

from kamdesk.documents.ooxml.names import W
from kamdesk.documents.ooxml.xml import Element

_Q: Final = "{%s}" % W

ROLES: Final[Mapping[str, tuple[str, ...]]] = {
    "heading1": ("heading 1", "заголовок 1"),
    "heading2": ("heading 2", "заголовок 2"),
    "heading3": ("heading 3", "заголовок 3"),
    "bullet": ("list bullet", "маркированный список"),
    "number": ("list number", "нумерованный список"),
    "caption": ("caption", "название объекта"),
    "cell": ("proposal cell", "table text", "table contents", "текст таблицы", "содержимое таблицы"),
    "note": ("proposal note", "примечание"),
    "lead": ("proposal lead",),
}
_LINKS: Final = ("hyperlink", "гиперссылка")
_TABLES: Final = ("proposal table", "таблица предложения")
_PLAIN_TABLES: Final = ("table grid", "сетка таблицы")
_LARGEST_CELL: Final = (
    20  # body text of 14 points, as in many Russian letterheads, would break figures in a table
)
_HEADING_SIZES: Final = {1: 28, 2: 24, 3: 22}  # half-points; used only where a template has no such heading


PATTERN: Final = "KdPattern"
"""The id of the table style that ``letterhead_tables`` makes of the company's own table."""
_WIDE_FACES: Final = {
    "verdana": 1.25, "georgia": 1.25, "courier new": 1.1, "bookman old style": 1.2, "dejavu sans": 1.25,
}  # fmt: skip
"""Faces whose bold figures are wider than Arial's, and by how much."""
_LARGEST_PATTERN: Final = 24  # half-points; figures in larger letters would break


@dataclass(frozen=True, slots=True)
class TablePattern:
    """The look of our tables as XML, written by hand at each cell besides the style: dxpdf 0.8 draws no conditional formatting.

    Fills are RRGGBB or "". ``run`` and ``head_run`` are the inside of ``w:rPr``, ``borders`` and ``margins`` whole elements
    of ``w:tblPr``, ``head_cell`` the borders of heading cells.
    """

    borders: str = ""
    margins: str = ""
    run: str = ""
    head_run: str = ""
    head_bold: bool = False
    head_fill: str = ""
    head_cell: str = ""
    head_valign: str = ""
    fills: tuple[str, str] = ("", "")
    sides: int = 0
    """Left and right margin of a cell together, in twips; 0 where the pattern says nothing."""
    wide: float = 1
    """How much wider its letters are than Arial's."""


@dataclass(frozen=True, slots=True)
class Styles:
    """Style ids by role; a role that is absent has no style of its own in this template."""

    ids: Mapping[str, str]
    table: str
    listed: frozenset[str]
    """The list roles whose style carries a numbering of its own."""
    cell_size: int = 20
    """Half-points of text in table cells, written at the runs: dxpdf 0.8 takes the document's default there."""
    body_size: int = 22
    """Half-points of the document's text."""
    number_list: str = ""
    """The ``w:numId`` of the role "number", from which each list takes its own count."""
    pattern: TablePattern | None = None
    inside: int = 360
    """Where the text of a list's item begins (twips), which is where a list inside it begins."""


def find_styles(sheet: Element, body: Element, numbering: Element | None = None) -> Styles:
    """Look the roles up by name (without case) and pick the table style the document itself uses.

    ``numbering`` is the root of the part that says how the lists look.
    """
    paragraphs, tables, custom = _named(sheet)
    ids = {role: next((paragraphs[n] for n in names if n in paragraphs), "") for role, names in ROLES.items()}
    listed = frozenset(
        role for role in ("bullet", "number") if ids[role] and _has_numbering(sheet, ids[role])
    )
    ids["link"] = _link_style(sheet)
    found = {role: identity for role, identity in ids.items() if identity}
    text = _size(sheet, _default_style(sheet))
    size = _size(sheet, ids["cell"]) if ids["cell"] else min(text, _LARGEST_CELL)
    number = _numbering(sheet, ids["number"]) if "number" in listed else ""
    inside = _list_left(sheet, numbering, ids["bullet"]) if "bullet" in listed else _LIST_LEFT
    made = next((s for s in sheet.iterfind(_Q + "style") if s.get(_Q + "styleId") == PATTERN), None)
    if made is None:
        return Styles(found, _table_style(tables, custom, body), listed, size, text, number, None, inside)
    own = made.find(f"{_Q}rPr/{_Q}sz")
    if own is not None and (own.get(_Q + "val") or "").isdigit():
        size = min(int(own.get(_Q + "val")), _LARGEST_PATTERN)
    return Styles(found, PATTERN, listed, size, text, number, _pattern(made), inside)


def _pattern(style: Element) -> TablePattern:
    parts = {part.get(_Q + "type"): part for part in style.iterfind(_Q + "tblStylePr")}
    head = parts.get("firstRow")
    fills = [_attribute(parts.get(name), "tcPr/shd", "fill") for name in ("band1Horz", "band2Horz")]
    return TablePattern(
        borders=_written(style, "tblPr/tblBorders"),
        margins=_written(style, "tblPr/tblCellMar"),
        run=_inside(style, "rPr", ("rFonts", "color")),
        head_run=_inside(head, "rPr", ("rFonts", "i", "color")),
        head_bold=head is not None
        and head.find(f"{_Q}rPr/{_Q}b") is not None
        and _attribute(head, "rPr/b", "val") not in ("0", "false", "off"),
        head_fill=_attribute(head, "tcPr/shd", "fill"),
        head_cell=_written(head, "tcPr/tcBorders"),
        head_valign=_attribute(head, "tcPr/vAlign", "val"),
        fills=(fills[0], fills[1]),
        sides=sum(_twips(style, side) for side in ("left", "start", "right", "end")),
        wide=_WIDE_FACES.get(_attribute(style, "rPr/rFonts", "ascii").lower(), 1),
    )


def _twips(style: Element, side: str) -> int:
    given = _attribute(style, f"tblPr/tblCellMar/{side}", "w")
    return int(given) if given.isdigit() else 0


def _found(node: Element | None, path: str) -> Element | None:
    return node.find("/".join(_Q + step for step in path.split("/"))) if node is not None else None


def _attribute(node: Element | None, path: str, name: str) -> str:
    found = _found(node, path)
    return (found.get(_Q + name) or "") if found is not None else ""


def _written(node: Element | None, path: str) -> str:
    """An element of settings as XML; "" where there is none."""
    found = _found(node, path)
    if found is None or not len(found):
        return ""
    inside = "".join(map(_plain, found))
    name = etree.QName(found).localname
    return f"<w:{name}>{inside}</w:{name}>"


def _inside(node: Element | None, path: str, names: tuple[str, ...]) -> str:
    found = _found(node, path)
    return (
        ""
        if found is None
        else "".join(_plain(child) for name in names for child in found.iterfind(_Q + name))
    )


def _plain(node: Element) -> str:
    own = {etree.QName(name).localname: value for name, value in node.attrib.items() if name.startswith(_Q)}
    said = "".join(f" w:{name}={quoteattr(str(value))}" for name, value in own.items())
    return f"<w:{etree.QName(node).localname}{said}/>"


def _link_style(sheet: Element) -> str:
    """The id of the character style of links."""
    for style in sheet.iterfind(_Q + "style"):
        name = style.find(_Q + "name")
        called = "" if name is None else (name.get(_Q + "val") or "").lower()
        if style.get(_Q + "type") == "character" and called in _LINKS:
            return style.get(_Q + "styleId") or ""
    return ""


def _default_style(sheet: Element) -> str:
    styles = sheet.iterfind(_Q + "style")
    marked = (
        s for s in styles if s.get(_Q + "type") == "paragraph" and s.get(_Q + "default") in ("1", "true")
    )
    return next((style.get(_Q + "styleId") or "" for style in marked), "")


def _size(sheet: Element, identity: str) -> int:
    """The size of a style in half-points, through what it is based on and the defaults; 10 pt by the standard."""
    for style in _chain(sheet, identity):
        size = style.find(f"{_Q}rPr/{_Q}sz")
        if size is not None and (size.get(_Q + "val") or "").isdigit():
            return int(size.get(_Q + "val"))
    size = sheet.find(f"{_Q}docDefaults/{_Q}rPrDefault/{_Q}rPr/{_Q}sz")
    return int(size.get(_Q + "val")) if size is not None and (size.get(_Q + "val") or "").isdigit() else 20


def _chain(sheet: Element, identity: str) -> Iterator[Element]:
    """A style and those it is based on."""
    by_id = {style.get(_Q + "styleId"): style for style in sheet.iterfind(_Q + "style")}
    seen: set[str] = set()
    while identity and identity not in seen and identity in by_id:
        seen.add(identity)
        yield by_id[identity]
        parent = by_id[identity].find(_Q + "basedOn")
        identity = (parent.get(_Q + "val") or "") if parent is not None else ""


def _named(sheet: Element) -> tuple[dict[str, str], dict[str, str], list[str]]:
    paragraphs: dict[str, str] = {}
    tables: dict[str, str] = {}
    custom: list[str] = []
    for style in sheet.iterfind(_Q + "style"):
        named = style.find(_Q + "name")
        name = (named.get(_Q + "val") or "").lower() if named is not None else ""
        identity = style.get(_Q + "styleId") or ""
        if style.get(_Q + "type") == "paragraph":
            paragraphs.setdefault(name, identity)
        elif style.get(_Q + "type") == "table":
            tables.setdefault(name, identity)
            if style.get(_Q + "customStyle") in ("1", "true"):
                custom.append(identity)
    return paragraphs, tables, custom


def _table_style(tables: Mapping[str, str], custom: list[str], body: Element) -> str:
    plain = {tables[name] for name in ("normal table", "обычная таблица", *_PLAIN_TABLES) if name in tables}
    used = Counter(node.get(_Q + "val") or "" for node in body.iter(_Q + "tblStyle"))
    own = [name for name, _ in used.most_common() if name in tables.values() and name not in plain]
    choices = [
        *(tables[name] for name in _TABLES if name in tables),
        *own,
        *custom,
        *(tables[name] for name in _PLAIN_TABLES if name in tables),
    ]
    return next(iter(choices), "")


def _has_numbering(sheet: Element, identity: str) -> bool:
    """Whether a style, or one it is based on, belongs to a list."""
    return bool(_numbering(sheet, identity))


def _numbering(sheet: Element, identity: str) -> str:
    """The ``w:numId`` of a style's list; "" where it belongs to none."""
    for style in _chain(sheet, identity):
        found = style.find(f"{_Q}pPr/{_Q}numPr/{_Q}numId")
        if found is not None:
            return found.get(_Q + "val") or ""
    return ""


def _list_left(sheet: Element, numbering: Element | None, identity: str) -> int:
    """Where the text of a list style begins, in twips: said by the style, else by the first level of its list."""
    for style in _chain(sheet, identity):
        found = _left(style)
        if found:
            return found
        if style.find(f"{_Q}pPr/{_Q}numPr/{_Q}numId") is not None:
            break
    if numbering is None:
        return _LIST_LEFT
    used = _numbering(sheet, identity)
    named = (one for one in numbering.iterfind(_Q + "num") if one.get(_Q + "numId") == used)
    abstract = next((_attribute(one, "abstractNumId", "val") for one in named), "")
    levels = (
        level
        for one in numbering.iterfind(_Q + "abstractNum")
        if one.get(_Q + "abstractNumId") == abstract
        for level in one.iterfind(_Q + "lvl")
        if level.get(_Q + "ilvl") == "0"
    )
    return next((found for level in levels if (found := _left(level))), _LIST_LEFT)


def _left(node: Element) -> int:
    said = _attribute(node, "pPr/ind", "left") or _attribute(node, "pPr/ind", "start")
    return int(said) if said.isdigit() else 0


_LIST_LEFT: Final = 360


def empty_sheet() -> Element:
    """The style sheet of a file that has none."""
    return etree.fromstring(f'<w:styles xmlns:w="{W}"/>')


def add_missing_headings(sheet: Element) -> None:
    """Give a template without heading styles minimal ones, so that Word's outline knows the parts."""
    paragraphs, _, _ = _named(sheet)
    for level, size in _HEADING_SIZES.items():
        if any(name in paragraphs for name in ROLES[f"heading{level}"]):
            continue
        identity = f"ProposalHeading{level}"
        sheet.append(
            etree.fromstring(
                f'<w:style xmlns:w="{W}" w:type="paragraph" w:styleId="{identity}"><w:name w:val="heading {level}"/>'
                f'<w:uiPriority w:val="9"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/>'
                f'<w:spacing w:before="240" w:after="120"/><w:ind w:firstLine="0"/><w:jc w:val="left"/>'
                f'<w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
            )
        )


def add_missing_link(sheet: Element) -> None:
    """Give a template without a style for links one as Word has it."""
    if not _link_style(sheet):
        sheet.append(
            etree.fromstring(
                f'<w:style xmlns:w="{W}" w:type="character" w:styleId="ProposalLink"><w:name w:val="Hyperlink"/>'
                f'<w:uiPriority w:val="99"/><w:unhideWhenUsed/><w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr>'
                f"</w:style>"
            )
        )


def set_language(sheet: Element, language: str) -> None:
    """Make ``language`` ("ru" or "en") the language of the text, for spelling and hyphenation."""
    code = {"ru": "ru-RU"}.get(language, "en-GB")
    defaults = sheet.find(_Q + "docDefaults")
    if defaults is None:
        defaults = etree.Element(_Q + "docDefaults")
        sheet.insert(0, defaults)
    run_default = _child(defaults, "rPrDefault", first=True)
    properties = _child(run_default, "rPr")
    # A style may carry the language of whoever made it; the text then is underlined in red from end to end.
    for tag in [*sheet.iter(_Q + "lang")]:
        if tag.getparent() is not properties:
            tag.getparent().remove(tag)
    _child(properties, "lang").set(_Q + "val", code)


def _child(parent: Element, name: str, first: bool = False) -> Element:
    found = parent.find(_Q + name)
    if found is None:
        found = etree.Element(_Q + name)
        parent.insert(0 if first else len(parent), found)
    return found
