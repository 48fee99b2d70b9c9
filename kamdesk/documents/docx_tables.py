"""Tables as WordprocessingML: of figures, of names with their values, and the one a signature stands in.

Widths are twips (1/20 point). Element order inside ``w:tblPr`` and ``w:tcPr`` follows ECMA-376 part 1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol
from xml.sax.saxutils import quoteattr

from kamdesk.documents import blocks as b
from kamdesk.documents.columns import MARGINS, by_shares, fitted, fitted_in, most_lines
from kamdesk.documents.docx_runs import Place, p_xml, r_xml, style_xml
from kamdesk.documents.environment import word_text
from kamdesk.documents.styles import Styles

HEAD_FILL: Final = "E7ECF1"
RULE: Final = "B8C2CC"
KEPT_TOGETHER: Final = 11  # rows; a longer table may break over pages

_NO_LOOK: Final = '<w:tblLook w:val="0600" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
_HEAD_LOOK: Final = '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
_CELL_MARGINS: Final = (
    '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>'
    '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar>'
)
_TEXT: Final = "\u241f"  # stands for the text of a cell while its frame is being made
_KEPT_LINES: Final = 15
"""Lines of a table that is kept on one page: a taller one would leave half a page empty."""
_SMALLER: Final = (0, 1, 2, 3, 4)
_SMALLEST: Final = 14  # half-points; a figure broken over two lines is read wrong, a smaller one is not
_WRITTEN_OUT: Final = 30
"""Rows of a long table that are written one by one; the plain ones after them have their form."""
_LONG_NAME: Final = 22

Rows = Callable[[str], str]
"""Takes rows that look as the ones before them, to be put in at the end; gives what stands in their place until then."""


class Written(Protocol):
    """Writes a run that belongs to a wording: the run, the formatting of its place, more formatting."""

    def __call__(self, run: b.Run, base: str, more: str = "") -> str: ...


class TableWriter:
    """Writes the tables of one block at one place; ``write`` is used for runs that are marked as wordings."""

    def __init__(self, styles: Styles, place: Place, write: Written, later: Rows) -> None:
        self._styles = styles
        self._place = place
        self._write = write
        self._later = later
        self._cells: dict[tuple[int, str, bool, bool, bool, bool, int, int], tuple[str, str]] = {}
        self._smaller = 0

    def table(self, node: b.Table) -> str:
        """A grid with its head on each page, rows that stay whole, sums that stay together."""
        columns = len(node.header) or max((len(row) for row in node.rows), default=1)
        first_total = len(node.rows) - node.total_rows
        widths, self._smaller = self._widths(node, columns, first_total)
        alignments = (*node.alignments, *("left",) * columns)[:columns]
        rows = [self._row(node.header, widths, alignments, head=True, keep=True)] if node.header else []
        short = len(node.rows) <= KEPT_TOGETHER
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
        inside = f'{style_xml(style)}{kept}{plain}<w:jc w:val="{align}"/>'
        size = f'<w:sz w:val="{self._styles.cell_size - (0 if counted else self._smaller)}"/>'
        write = self._write if counted else r_xml
        font = "" if style or "<w:rFonts" in letters else self._place.font
        return p_xml(inside, write(run, font + letters, size))

    def key_values(self, node: b.KeyValues) -> str:
        """Names and values in two columns, ruled between the rows only."""
        size = self._styles.cell_size
        widths = fitted(_name_shares(node), self._place.width, node.pairs, (), [], size)
        rows = []
        for index, (name, value) in enumerate(node.pairs, 1):
            keep = index < len(node.pairs) <= KEPT_TOGETHER
            mark = node.marks[index - 1] if node.marks else ""
            cells = "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{self._cell_paragraph(run, "left", keep, counted=True)}</w:tc>'
                for run, width in ((b.Run(name, muted=True), widths[0]), (b.Run(value, mark=mark), widths[1]))
            )
            rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
        return self._frame(widths, rows, _grid_borders("rules"), _NO_LOOK, "")

    def signature(self, node: b.SignatureLine) -> str:
        """Post, a rule to sign on, the name."""
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
        return p_xml(
            inside, r_xml(b.Run(words), self._place.font, f'<w:sz w:val="{self._styles.body_size}"/>')
        )


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
