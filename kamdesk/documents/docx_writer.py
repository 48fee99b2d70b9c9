"""Nodes written as WordprocessingML, in the styles of the template they are poured into.

Measures: twips (1/20 point) for text, EMU for pictures. Element order inside ``w:pPr``, ``w:tblPr`` and ``w:tcPr`` follows
ECMA-376 part 1; Word repairs a file in which it is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Final
from xml.sax.saxutils import quoteattr

from kamdesk.documents import blocks as b
from kamdesk.documents.columns import MARGINS, by_shares, fitted, fitted_in, most_lines
from kamdesk.documents.environment import legal, word_text
from kamdesk.documents.styles import Styles

TWIPS_PER_MM: Final = 1440 / 25.4
EMU_PER_MM: Final = 36_000
MUTED: Final = "595959"
HEAD_FILL: Final = "E7ECF1"
RULE: Final = "B8C2CC"

_NO_LOOK: Final = '<w:tblLook w:val="0600" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
_HEAD_LOOK: Final = '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'

MARK_PREFIX: Final = "kd_"
MARK_IDS: Final = 500_000
"""Bookmarks of ours are numbered from here on, above those that a template has."""
_RELATED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CELL_MARGINS: Final = (
    '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>'
    '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar>'
)
_TEXT: Final = "\u241f"  # stands for the text of a cell while its frame is being made

Picture = Callable[[bytes, str], tuple[str, float]]
"""Takes PNG bytes or an SVG text, stores the picture in the file; gives its relationship id and height / width."""
Link = Callable[[str], str]
"""Takes an address, stores it in the file; gives its relationship id."""
Rows = Callable[[str], str]
"""Takes rows that look as the ones before them, to be put in at the end; gives what stands in their place until then."""
Numbered = Callable[[], str]
"""Begins a numbered list of the template's own kind; gives its ``w:numId``, "" where the template has none."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block is poured in: the text width there (twips) and the formatting the text has there.

    ``paragraph`` and ``run`` are the inside of ``w:pPr`` (style and direct formatting) and ``w:rPr`` of the tag's own
    paragraph; ``font`` is the part of ``run`` that names the typeface.
    """

    width: int
    paragraph: str = ""
    run: str = ""
    font: str = ""
    in_cell: bool = False
    tail: str = ""
    """A paragraph that must follow: it carries the end of a section."""


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
    """The marks of the runs that go through ``BlockWriter._run``, in the order of writing."""
    for node in nodes:
        if isinstance(node, b.Paragraph):
            yield from (run.mark for run in node.runs)
        elif isinstance(node, b.Bullets):
            yield from (run.mark for item in node.items for run in item)
        elif isinstance(node, b.KeyValues):
            for number in range(len(node.pairs)):
                yield ""
                yield node.marks[number] if node.marks else ""


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
        self._later = later
        self._styles = styles
        self._place = place
        self._picture = picture
        self._link = link
        self._numbered = numbered
        self._marks = Marks(first_id, marked)
        self._ids = count(first_id)
        self._break = False
        self._cells: dict[tuple[int, str, bool, bool, bool, bool, int, int], tuple[str, str]] = {}
        self._smaller = 0

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
            yield self._table(node)
            yield self._gap(6)
        elif isinstance(node, b.KeyValues):
            yield self._key_values(node)
            yield self._gap(6)
        elif isinstance(node, b.Picture):
            yield self._drawing(node)
        elif isinstance(node, b.SignatureLine):
            yield self._signature(node)
            yield self._gap(6)
        elif isinstance(node, b.PageBreak):
            self._break = True
        else:
            yield self._gap(node.height * 72 / 25.4)

    # --- paragraphs ---------------------------------------------------------------------------------------

    def _start(self) -> str:
        """``pageBreakBefore`` when a page break was asked for: a break of its own would leave an empty line."""
        asked, self._break = self._break, False
        return "<w:pageBreakBefore/>" if asked else ""

    def _heading(self, node: b.Heading) -> str:
        style = self._styles.ids.get(f"heading{node.level}", "")
        return _p(f"{_style(style)}<w:keepNext/><w:keepLines/>{self._start()}", _r(b.Run(node.text), ""))

    def _paragraph(self, node: b.Paragraph) -> str:
        broken = _is_broken(node.runs)
        side = node.align or ("left" if broken else "")
        align = f'<w:jc w:val="{side}"/>' if side else ""
        role = {"small": "note", "caption": "caption", "lead": "lead"}.get(node.role, "")
        # Lines that were broken by hand belong together: the title of a project and what was done in it.
        keep = ("<w:keepNext/>" if node.keep_next else "") + ("<w:keepLines/>" if broken else "")
        if role in self._styles.ids:
            inside = f"{_style(self._styles.ids[role])}{keep}{self._start()}{align}"
            return _p(inside, "".join(self._run(run, "") for run in node.runs))
        size = '<w:sz w:val="18"/>' if role in ("note", "caption") else ""
        # The first of several lines that belong together must not stand apart from the others.
        ending = f'<w:ind w:firstLine="0"/>{align}' if broken else align
        plain = broken or node.role == "address"
        inside = _joined(self._place.paragraph, keep + self._start(), ending, plain=plain)
        return _p(
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
            for kind, number, item in node.parts():
                if kind:
                    nested = self._numbered() if kind == "number" and number == 1 else nested
                    yield self._nested(kind, number, item, nested if kind == "number" else "")
                    continue
                apart = _APART if _is_broken(item) else ""
                keep = "<w:keepNext/>" if own and number < len(node.items) <= _KEPT_TOGETHER else ""
                inside = _style(self._styles.ids[role]) + keep + self._start() + counted + apart
                yield _p(inside + _left_if_broken(item), "".join(self._listed(run, "") for run in item))
            return
        hanging = '<w:tabs><w:tab w:val="left" w:pos="360"/></w:tabs>'
        indent = '<w:spacing w:before="0" w:after="80"/><w:ind w:left="360" w:right="0" w:hanging="360"/>'
        for kind, number, item in node.parts():
            if kind:
                yield self._nested(kind, number, item, "")
                continue
            mark = f"{number}." if node.numbered else "\u2022"
            # A last item alone on a page is what a reader takes for a slip.
            keep = "<w:keepNext/>" if node.numbered and number < len(node.items) <= _KEPT_TOGETHER else ""
            inside = _joined(_style_only(self._place.paragraph), keep + self._start() + hanging, indent)
            words = _r(b.Run(f"{mark}\t"), self._place.run)
            words += "".join(self._listed(run, self._place.run) for run in item)
            yield _p(inside + _left_if_broken(item), words)

    def _nested(self, kind: str, number: int, item: tuple[b.Run, ...], own: str) -> str:
        """A paragraph inside an item of a list: of a list of its own, one step further in, or words that go on."""
        styles, left = self._styles, self._styles.inside
        role = kind if kind in styles.listed and (own or kind == "bullet") else ""
        base = "" if role or (kind == "more" and "bullet" in styles.listed) else self._place.run
        words = "".join(self._listed(run, base) for run in item)
        side = _left_if_broken(item)
        if role:
            indent = f'<w:ind w:left="{left + _DEEPER}" w:hanging="{_DEEPER}"/>'
            counted = _counted(own) if own else ""
            return _p(_style(styles.ids[role]) + self._start() + counted + indent + side, words)
        if kind == "more":
            listed = "bullet" in styles.listed
            style = _style(styles.ids["bullet"]) if listed else _style_only(self._place.paragraph)
            none = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>' if listed else ""
            indent = f'<w:ind w:left="{left}" w:right="0" w:firstLine="0"/>'
            return _p(style + self._start() + none + indent + side, words)
        mark = f"{number}." if kind == "number" else "\u2022"
        tabs = f'<w:tabs><w:tab w:val="left" w:pos="{left + _DEEPER}"/></w:tabs>'
        indent = f'<w:spacing w:before="0" w:after="80"/><w:ind w:left="{left + _DEEPER}" w:right="0" w:hanging="{_DEEPER}"/>'
        inside = _joined(_style_only(self._place.paragraph), self._start() + tabs, indent)
        return _p(inside + side, _r(b.Run(f"{mark}\t"), self._place.run) + words)

    def _listed(self, run: b.Run, base: str) -> str:
        """A run of a list item; small ones are as large as text in tables."""
        return self._run(run, base, f'<w:sz w:val="{self._styles.cell_size}"/>' if run.small else "")

    def _run(self, run: b.Run, base: str, more: str = "") -> str:
        """A run with its link, and with the ends of the wording that it begins or closes."""
        relation = self._link(run.link) if run.link else ""
        if relation and "link" in self._styles.ids:
            more = f"<w:rStyle w:val={quoteattr(self._styles.ids['link'])}/>{more}"
        written = _r(run, base, more)
        if relation:
            written = (
                f'<w:hyperlink xmlns:r="{_RELATED}" r:id="{relation}" w:history="1">{written}</w:hyperlink>'
            )
        before, after = self._marks.around(run.mark)
        return before + written + after

    def _gap(self, points: float) -> str:
        height = max(int(points * 20), 20)
        return _p(
            f'{self._start()}<w:spacing w:before="0" w:after="0" w:line="{height}" w:lineRule="exact"/>', ""
        )

    # --- tables -------------------------------------------------------------------------------------------

    def _table(self, node: b.Table) -> str:
        columns = len(node.header) or max((len(row) for row in node.rows), default=1)
        first_total = len(node.rows) - node.total_rows
        widths, self._smaller = self._widths(node, columns, first_total)
        alignments = (*node.alignments, *("left",) * columns)[:columns]
        rows = [self._row(node.header, widths, alignments, head=True, keep=True)] if node.header else []
        short = len(node.rows) <= _KEPT_TOGETHER
        if short:
            short = sum(most_lines(row, widths, self._styles.cell_size) for row in node.rows) <= _KEPT_LINES
        alike = range(_WRITTEN_OUT, first_total - 1)
        for index, row in enumerate(node.rows):
            if index in alike and not node.strong_rows:
                continue
            if index == first_total - 1 and index > _WRITTEN_OUT and not node.strong_rows:
                rows.append(self._later(self._alike(node.rows, alike, widths, alignments)))
            total = index >= first_total
            keep = index < len(node.rows) - 1 and (
                short or (node.total_rows > 0 and index >= first_total - 1)
            )
            strong = total or index in node.strong_rows
            rows.append(
                self._row(row, widths, alignments, strong=strong, keep=keep, total=total, band=index % 2)
            )
        return self._frame(widths, rows, _grid_borders("single"), _HEAD_LOOK, self._styles.table)

    def _widths(self, node: b.Table, columns: int, first_total: int) -> tuple[list[int], int]:
        """The widths, and by how many half-points the letters must be smaller for figures to stand whole."""
        shares = node.widths if len(node.widths) == columns else (1.0,) * columns
        plain, sums = node.rows[:first_total], node.rows[first_total:]
        # The label of a sum runs over its neighbours' room line by line; only its amounts must stand whole.
        figures = (*node.alignments, *("left",) * columns)[:columns]
        bold = [
            tuple(text if side == "right" else "" for text, side in zip(row, figures, strict=True))
            for row in sums
            if len(row) == columns
        ]
        pattern = self._styles.pattern
        wide, margins = (1.0, MARGINS) if pattern is None else (pattern.wide, pattern.sides or MARGINS)
        steps = [step for step in _SMALLER if not step or self._styles.cell_size - step >= _SMALLEST]
        sizes = [(self._styles.cell_size - step) * wide for step in steps]
        widths, place = fitted_in(
            shares, self._place.width, plain, node.header, bold, sizes, margins, unwrap="right" in figures
        )
        return widths, steps[place]

    def _frame(self, widths: list[int], rows: list[str], borders: str, look: str, style: str) -> str:
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        pattern = self._styles.pattern if style else None
        margins = (pattern.margins if pattern is not None else "") or _CELL_MARGINS
        drawn = (pattern.borders if pattern is not None else "") if style else borders
        named = f"<w:tblStyle w:val={quoteattr(style)}/>" if style else ""
        # Direct borders only where no style of the company draws them.
        return (
            f'<w:tbl><w:tblPr>{named}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{drawn}'
            f'<w:tblLayout w:type="fixed"/>{margins}{look}</w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )

    def _row(
        self,
        cells: tuple[str, ...],
        widths: list[int],
        alignments: tuple[str, ...],
        *,
        head: bool = False,
        strong: bool = False,
        keep: bool = False,
        total: bool = False,
        band: int = 0,
    ) -> str:
        padded = (*cells, *("",) * len(widths))[: len(widths)]
        look = (head, strong, keep, total, band)
        written = []
        for text, width, align in zip(padded, widths, alignments, strict=True):
            before, after = self._around(width, align, *look)
            written.append(f"{before}{word_text(text)}{after}")
        repeat = "<w:tblHeader/>" if head else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(written)}</w:tr>"

    def _alike(
        self, rows: tuple[tuple[str, ...], ...], places: range, widths: list[int], alignments: tuple[str, ...]
    ) -> str:
        """Plain rows of a long table: each is the text of its cells poured into one of two forms."""
        blank = ("",) * len(widths)
        empty = (_TEXT,) * len(widths)
        forms = [
            self._row(empty, widths, alignments, band=band).replace("%", "%%").replace(_TEXT, "%s")
            for band in (0, 1)
        ]
        written = []
        for index in places:
            cells = rows[index]
            if len(cells) != len(widths):
                cells = (*cells, *blank)[: len(widths)]
            written.append(forms[index % 2] % tuple(map(word_text, cells)))
        return "".join(written)

    def _around(
        self, width: int, align: str, head: bool, strong: bool, keep: bool, total: bool, band: int
    ) -> tuple[str, str]:
        """What stands before and after the text of a cell; cells of a column that look alike share it."""
        key = (width, align, head, strong, keep, total, band, self._smaller)
        if key not in self._cells:
            side = align if not head or align == "right" else "left"
            before, _, after = self._cell(_TEXT, width, side, head, strong, keep, total, band).partition(
                _TEXT
            )
            self._cells[key] = (before, after)
        return self._cells[key]

    def _cell(
        self, text: str, width: int, align: str, head: bool, strong: bool, keep: bool, total: bool, band: int
    ) -> str:
        pattern = self._styles.pattern
        colour = "" if self._styles.table or not head else HEAD_FILL
        borders = ""
        valign = "bottom" if head else ""
        if pattern is not None:
            colour = pattern.head_fill if head else pattern.fills[band]
            borders = pattern.head_cell if head else ""
            valign = (pattern.head_valign or valign) if head else ""
        if total:
            borders = (
                f'<w:tcBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="{RULE}"/></w:tcBorders>'
            )
        fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>' if colour else ""
        placed = f'<w:vAlign w:val="{valign}"/>' if valign else ""
        bold = strong or (head and (pattern is None or pattern.head_bold))
        letters = "" if pattern is None else pattern.head_run if head else pattern.run
        paragraph = self._cell_paragraph(b.Run(text, bold=bold), align, keep, letters=letters)
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{borders}{fill}{placed}</w:tcPr>{paragraph}</w:tc>'

    def _cell_paragraph(
        self, run: b.Run, align: str, keep: bool = False, counted: bool = False, letters: str = ""
    ) -> str:
        """``counted`` runs are among those that ``Marks`` expects; ``letters`` are those of a pattern."""
        kept = "<w:keepNext/>" if keep else ""
        style = self._styles.ids.get("cell", "")
        # Body text of a company is often indented and justified; in a narrow cell that is unreadable.
        plain = (
            ""
            if style
            else '<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/><w:ind w:left="0" w:right="0" w:firstLine="0"/>'
        )
        inside = f'{_style(style)}{kept}{plain}<w:jc w:val="{align}"/>'
        size = f'<w:sz w:val="{self._styles.cell_size - (0 if counted else self._smaller)}"/>'
        write = self._run if counted else _r
        font = "" if style or "<w:rFonts" in letters else self._place.font
        return _p(inside, write(run, font + letters, size))

    def _key_values(self, node: b.KeyValues) -> str:
        size = self._styles.cell_size
        widths = fitted(_name_shares(node), self._place.width, node.pairs, (), [], size)
        rows = []
        for index, (name, value) in enumerate(node.pairs, 1):
            keep = index < len(node.pairs) <= _KEPT_TOGETHER
            mark = node.marks[index - 1] if node.marks else ""
            cells = "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{self._cell_paragraph(run, "left", keep, counted=True)}</w:tc>'
                for run, width in ((b.Run(name, muted=True), widths[0]), (b.Run(value, mark=mark), widths[1]))
            )
            rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
        return self._frame(widths, rows, _grid_borders("rules"), _NO_LOOK, "")

    def _signature(self, node: b.SignatureLine) -> str:
        widths = by_shares((0.46, 0.26, 0.28), self._place.width)
        rule = f'<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/></w:tcBorders>'
        flush = '<w:tcMar><w:left w:w="0" w:type="dxa"/></w:tcMar>'
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{border}{"" if border or words == node.name else flush}<w:vAlign w:val="bottom"/></w:tcPr>'
            f"{self._signing(words)}</w:tc>"
            for words, width, border in zip((node.post, "", node.name), widths, ("", rule, ""), strict=True)
        )
        row = (
            f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="850" w:hRule="atLeast"/></w:trPr>{cells}</w:tr>'
        )
        return self._frame(widths, [row], "", _NO_LOOK, "")

    def _signing(self, words: str) -> str:
        """Signatures stand in the size of the text: they belong to it, not to a table."""
        inside = '<w:keepLines/><w:spacing w:before="0" w:after="0"/><w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="left"/>'
        return _p(inside, _r(b.Run(words), self._place.font, f'<w:sz w:val="{self._styles.body_size}"/>'))

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
        inside = f'{self._start()}<w:spacing w:before="60" w:after="60" w:line="240" w:lineRule="auto"/><w:ind w:left="0" w:firstLine="0"/><w:jc w:val="left"/>'
        return _p(inside, f"<w:r>{_declared(drawing)}</w:r>")


def _declared(drawing: str) -> str:
    """The drawing with its own namespace declarations: a template without pictures has none on its root."""
    spaces = (
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    return drawing.replace("<w:drawing>", f"<w:drawing {spaces}>", 1)


_APART: Final = '<w:spacing w:after="100"/><w:contextualSpacing w:val="0"/>'
"""Items of several lines run together where a company's list has no space between its items."""


_DEEPER: Final = 360
"""By how much a list inside an item stands further in, in twips."""


def _counted(identity: str) -> str:
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{identity}"/></w:numPr>'


def _is_broken(runs: tuple[b.Run, ...]) -> bool:
    return any("\n" in run.text for run in runs)


def _left_if_broken(runs: tuple[b.Run, ...]) -> str:
    """Word stretches a line that ends with a break where the company's text is justified."""
    return '<w:jc w:val="left"/>' if _is_broken(runs) else ""


def _p(properties: str, content: str) -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


@lru_cache(maxsize=64)
def _style(identity: str) -> str:
    return f"<w:pStyle w:val={quoteattr(identity)}/>" if identity else ""


def _style_only(paragraph: str) -> str:
    """The style of a paragraph's properties without its direct formatting."""
    end = paragraph.find("/>") + 2
    return paragraph[:end] if paragraph.startswith("<w:pStyle") else ""


def _joined(paragraph: str, after_style: str, at_end: str, plain: bool = False) -> str:
    """Properties of a place with more put in: right behind the style, and (replacing an alignment) at the end."""
    style = _style_only(paragraph)
    direct = "" if plain else paragraph[len(style) :]
    if "<w:jc " in at_end and "<w:jc " in direct:
        start = direct.index("<w:jc ")
        direct = direct[:start] + direct[direct.index("/>", start) + 2 :]
    return style + after_style + direct + at_end


def _r(run: b.Run, base: str, more: str = "") -> str:
    """A run. ``base`` is the formatting of the place; what the run says itself replaces it."""
    properties = _run_properties(run.bold, run.italic, run.muted, base, more)
    return f'<w:r>{properties}<w:t xml:space="preserve">{word_text(run.text)}</w:t></w:r>'


@lru_cache(maxsize=256)  # a table of thousands of cells has a handful of different ones
def _run_properties(bold: bool, italic: bool, muted: bool, base: str, more: str) -> str:
    own = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    own += (f'<w:color w:val="{MUTED}"/>' if muted else "") + more
    replaced = {_name(item) for item in _elements(own)}
    kept = [item for item in _elements(base) if _name(item) not in replaced]
    properties = "".join(sorted([*kept, *_elements(own)], key=lambda item: RUN_ORDER.index(_name(item))))
    return f"<w:rPr>{properties}</w:rPr>" if properties else ""


RUN_ORDER: Final = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss",
    "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz", "szCs",
    "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang",
)  # fmt: skip


def _elements(properties: str) -> list[str]:
    return [piece + "/>" for piece in properties.split("/>") if piece]


def _name(element: str) -> str:
    return element[3:].split(" ", 1)[0].split("/", 1)[0]


_KEPT_LINES: Final = 15
"""Lines of a table that is kept on one page: a taller one would leave half a page empty."""
_SMALLER: Final = (0, 1, 2, 3, 4)
_SMALLEST: Final = 14  # half-points; a figure broken over two lines is read wrong, a smaller one is not
_WRITTEN_OUT: Final = 30
"""Rows of a long table that are written one by one; the plain ones after them have their form."""
_LONG_NAME: Final = 22
_KEPT_TOGETHER: Final = 11  # rows; a longer table may break over pages


def _name_shares(node: b.KeyValues) -> tuple[float, float]:
    """Short names get a narrow column, long ones nearly half."""
    long = max((len(name) for name, _ in node.pairs), default=0) > _LONG_NAME
    return (0.46, 0.54) if long else (0.2, 0.8)


def _grid_borders(kind: str) -> str:
    """Thin grey rules: all around, or only between the rows."""
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{RULE}"'
    sides = (
        ("top", "bottom", "insideH")
        if kind == "rules"
        else ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return "<w:tblBorders>" + "".join(f"<w:{side} {line}/>" for side in sides) + "</w:tblBorders>"
