"""Nodes written as WordprocessingML, in the styles of the template they are poured into.

Measures: twips (1/20 point) for text, EMU for pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count, zip_longest
from typing import Final
from xml.sax.saxutils import quoteattr

from kamdesk.documents import blocks as b
from kamdesk.documents.docx_runs import (
    Place,
    is_broken,
    joined,
    left_if_broken,
    p_xml,
    r_xml,
    style_only,
    style_xml,
)
from kamdesk.documents.docx_tables import KEPT_TOGETHER, Rows, TableWriter
from kamdesk.documents.legal import legal
from kamdesk.documents.styles import Styles
from kamdesk.documents.wording_marks import Marks

TWIPS_PER_MM: Final = 1440 / 25.4
EMU_PER_MM: Final = 36_000
_KEEP: Final = "<w:keepNext/>"
_APART: Final = '<w:spacing w:after="100"/><w:contextualSpacing w:val="0"/>'
"""Items of several lines run together where a company's list has no space between its items."""
_DEEPER: Final = 360
"""By how much a list inside an item stands further in, in twips."""
_RELATED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Picture = Callable[[bytes, str], tuple[str, float]]
"""Takes PNG bytes or an SVG text, stores the picture in the file; gives its relationship id and height / width."""
Link = Callable[[str], str]
"""Takes an address, stores it in the file; gives its relationship id."""
Numbered = Callable[[], str]
"""Begins a numbered list of the template's own kind; gives its ``w:numId``, "" where the template has none."""


class BlockWriter:
    """Writes the nodes of one block at one place."""

    def __init__(
        self,
        styles: Styles,
        place: Place,
        picture: Picture,
        first_id: int,
        link: Link = lambda address: "",
        numbered: Numbered = lambda: "",
        marked: set[str] | None = None,
        later: Rows = lambda rows: rows,
    ) -> None:
        self._styles = styles
        self._place = place
        self._picture = picture
        self._link = link
        self._numbered = numbered
        self._marks = Marks(first_id, marked)
        self._ids = count(first_id)
        self._tables = TableWriter(styles, place, self._run, later)

    def write(self, nodes: Iterable[b.Node]) -> str:
        """The XML of the nodes. A table cell keeps at least one paragraph."""
        nodes = tuple(nodes)
        self._marks.expect(nodes)
        pieces = [piece for node in nodes for piece in self._node(node)]
        if self._place.in_cell and not (pieces and pieces[-1].endswith("</w:p>")):
            pieces.append("<w:p/>")
        return "".join(pieces) + self._place.tail

    def _node(self, node: b.Node) -> Iterator[str]:
        if isinstance(node, b.Heading):
            yield self._heading(node)
        elif isinstance(node, b.Paragraph):
            yield self._paragraph(node)
        elif isinstance(node, b.Bullets):
            yield from self._bullets(node)
        elif isinstance(node, b.Table):
            yield self._tables.table(node)
            yield self._gap(6)
        elif isinstance(node, b.KeyValues):
            yield self._tables.key_values(node)
            yield self._gap(6)
        elif isinstance(node, b.Picture):
            yield self._drawing(node)
        else:
            yield self._tables.signature(node)
            yield self._gap(6)

    # --- paragraphs ---------------------------------------------------------------------------------------

    def _heading(self, node: b.Heading) -> str:
        style = self._styles.ids.get(f"heading{node.level}", "")
        return p_xml(f"{style_xml(style)}{_KEEP}<w:keepLines/>", r_xml(b.Run(node.text), ""))

    def _paragraph(self, node: b.Paragraph) -> str:
        broken = is_broken(node.runs)
        side = node.align or ("left" if broken else "")
        align = f'<w:jc w:val="{side}"/>' if side else ""
        role = {"small": "note", "caption": "caption", "lead": "lead"}.get(node.role, "")
        # Lines that were broken by hand belong together: the title of a project and what was done in it.
        keep = (_KEEP if node.keep_next else "") + ("<w:keepLines/>" if broken else "")
        if role in self._styles.ids:
            inside = f"{style_xml(self._styles.ids[role])}{keep}{align}"
            return p_xml(inside, "".join(self._run(run, "") for run in node.runs))
        size = '<w:sz w:val="18"/>' if role in ("note", "caption") else ""
        # The first of several lines that belong together must not stand apart from the others.
        ending = f'<w:ind w:firstLine="0"/>{align}' if broken else align
        plain = broken or node.role == "address"
        inside = joined(self._place.paragraph, keep, ending, plain=plain)
        return p_xml(
            inside,
            "".join(
                self._run(run, (self._place.font if size else self._place.run), size) for run in node.runs
            ),
        )

    def _bullets(self, node: b.Bullets) -> Iterator[str]:
        role = "number" if node.numbered else "bullet"
        own = self._numbered() if node.numbered and role in self._styles.listed else ""
        if role in self._styles.listed and (own or not node.numbered):
            # A list of numbers has a count of its own, or it would go on where the one before it ended.
            counted = _counted(own) if own else ""
            nested = ""
            for kind, number, item, leads in _leading(node):
                if kind:
                    nested = self._numbered() if kind == "number" and number == 1 else nested
                    yield self._nested(kind, number, item, nested if kind == "number" else "", leads)
                    continue
                apart = _APART if is_broken(item) else ""
                keep = _KEEP if leads or (own and number < len(node.items) <= KEPT_TOGETHER) else ""
                inside = style_xml(self._styles.ids[role]) + keep + counted + apart
                yield p_xml(inside + left_if_broken(item), "".join(self._listed(run, "") for run in item))
            return
        hanging = '<w:tabs><w:tab w:val="left" w:pos="360"/></w:tabs>'
        indent = '<w:spacing w:before="0" w:after="80"/><w:ind w:left="360" w:right="0" w:hanging="360"/>'
        for kind, number, item, leads in _leading(node):
            if kind:
                yield self._nested(kind, number, item, "", leads)
                continue
            mark = f"{number}." if node.numbered else "\u2022"
            # A last item alone on a page is what a reader takes for a slip.
            keep = _KEEP if leads or (node.numbered and number < len(node.items) <= KEPT_TOGETHER) else ""
            inside = joined(style_only(self._place.paragraph), keep + hanging, indent)
            words = r_xml(b.Run(f"{mark}\t"), self._place.run)
            words += "".join(self._listed(run, self._place.run) for run in item)
            yield p_xml(inside + left_if_broken(item), words)

    def _nested(self, kind: str, number: int, item: tuple[b.Run, ...], own: str, leads: bool) -> str:
        """A paragraph inside an item of a list: of a list of its own, one step further in, or words that go on, which
        may lead to another list."""
        styles, left = self._styles, self._styles.inside
        role = kind if kind in styles.listed and (own or kind == "bullet") else ""
        base = "" if role or (kind == "more" and "bullet" in styles.listed) else self._place.run
        words = "".join(self._listed(run, base) for run in item)
        side = left_if_broken(item)
        if role:
            indent = f'<w:ind w:left="{left + _DEEPER}" w:hanging="{_DEEPER}"/>'
            counted = _counted(own) if own else ""
            return p_xml(style_xml(styles.ids[role]) + counted + indent + side, words)
        if kind == "more":
            listed = "bullet" in styles.listed
            style = style_xml(styles.ids["bullet"]) if listed else style_only(self._place.paragraph)
            none = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>' if listed else ""
            indent = f'<w:ind w:left="{left}" w:right="0" w:firstLine="0"/>'
            return p_xml(style + (_KEEP if leads else "") + none + indent + side, words)
        mark = f"{number}." if kind == "number" else "\u2022"
        tabs = f'<w:tabs><w:tab w:val="left" w:pos="{left + _DEEPER}"/></w:tabs>'
        indent = f'<w:spacing w:before="0" w:after="80"/><w:ind w:left="{left + _DEEPER}" w:right="0" w:hanging="{_DEEPER}"/>'
        inside = joined(style_only(self._place.paragraph), tabs, indent)
        return p_xml(inside + side, r_xml(b.Run(f"{mark}\t"), self._place.run) + words)

    def _listed(self, run: b.Run, base: str) -> str:
        """A run of a list item; small ones are as large as text in tables."""
        return self._run(run, base, f'<w:sz w:val="{self._styles.cell_size}"/>' if run.small else "")

    def _run(self, run: b.Run, base: str, more: str = "") -> str:
        """A run with its link, and with the ends of the wording that it begins or closes."""
        relation = self._link(run.link) if run.link else ""
        if relation and "link" in self._styles.ids:
            more = f"<w:rStyle w:val={quoteattr(self._styles.ids['link'])}/>{more}"
        written = r_xml(run, base, more)
        if relation:
            written = (
                f'<w:hyperlink xmlns:r="{_RELATED}" r:id="{relation}" w:history="1">{written}</w:hyperlink>'
            )
        before, after = self._marks.around(run.mark)
        return before + written + after

    def _gap(self, points: float) -> str:
        height = max(int(points * 20), 20)
        return p_xml(f'<w:spacing w:before="0" w:after="0" w:line="{height}" w:lineRule="exact"/>', "")

    # --- pictures -----------------------------------------------------------------------------------------

    def _drawing(self, node: b.Picture) -> str:
        relation, ratio = self._picture(node.png, node.svg)
        across = int(min(node.width * EMU_PER_MM, self._place.width / TWIPS_PER_MM * EMU_PER_MM))
        down = int(across * ratio)
        number = next(self._ids)
        alt = quoteattr(legal(node.alt))
        drawing = (
            f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{across}" cy="{down}"/>'
            f'<wp:docPr id="{number}" name="Picture {number}" descr={alt}/><a:graphic><a:graphicData '
            f'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
            f'<pic:cNvPr id="{number}" name="Picture {number}" descr={alt}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
            f'<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
            f'<a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            f"</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
        )
        inside = '<w:spacing w:before="60" w:after="60" w:line="240" w:lineRule="auto"/><w:ind w:left="0" w:firstLine="0"/><w:jc w:val="left"/>'
        return p_xml(inside, f"<w:r>{_declared(drawing)}</w:r>")


def _declared(drawing: str) -> str:
    """The drawing with its own namespace declarations: a template without pictures has none on its root."""
    spaces = (
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    return drawing.replace("<w:drawing>", f"<w:drawing {spaces}>", 1)


def _leading(node: b.Bullets) -> Iterator[tuple[str, int, tuple[b.Run, ...], bool]]:
    """The parts of a list, each with whether it leads to a list inside it: those words never end a page alone."""
    parts = node.parts()
    for (kind, number, item), following in zip_longest(parts, parts[1:], fillvalue=("", 0, ())):
        yield kind, number, item, kind in ("", "more") and following[0] in ("bullet", "number")


def _counted(identity: str) -> str:
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{identity}"/></w:numPr>'
