"""Tables that must not break over pages, put so that the built-in converter keeps them whole.

Word and LibreOffice keep a table together whose rows are all "keep with next"; dxpdf 0.8 heeds that in no table, but it does
not split a row that says so. For the conversion alone such a table goes into the one unsplittable row of a frame without margins.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from kamdesk.documents.ooxml.names import W
from kamdesk.documents.ooxml.xml import Element

_Q: Final = "{%s}" % W
SIGN: Final = b"keepNext"
"""Without it in the body no table is kept."""
_MOST_LINES: Final = 36
"""What surely fits on a page; a frame taller than the page would be cut."""
_SIGN: Final = 120  # twips a letter of text in a table takes, spaces included
_MARGINS: Final = 180


def frame(root: Element) -> bool:
    """Put the short kept tables of a body into frames; whether there are any."""
    kept = [table for table in root.iterfind(f"{_Q}body/{_Q}tbl") if _is_kept(table)]
    for table in kept:
        _frame(table)
    return bool(kept)


def _is_kept(table: Element) -> bool:
    rows = table.findall(f"{_Q}tr")
    if len(rows) < 2 or not _width(table) or table.find(f".//{_Q}tbl") is not None:
        return False
    return all(keeps(row) for row in rows[:-1]) and sum(_lines(row) for row in rows) <= _MOST_LINES


def keeps(row: Element) -> bool:
    """Whether a row of a table must stand on the page of the next one."""
    mark = row.find(f"{_Q}tc/{_Q}p/{_Q}pPr/{_Q}keepNext")
    return mark is not None and mark.get(f"{_Q}val", "true") not in ("0", "false", "off")


def _lines(row: Element) -> int:
    """How many lines the tallest cell of a row has at most."""
    return max((_cell_lines(cell) for cell in row.iterfind(f"{_Q}tc")), default=1)


def _cell_lines(cell: Element) -> int:
    width = cell.find(f"{_Q}tcPr/{_Q}tcW")
    given = "" if width is None else width.get(f"{_Q}w") or ""
    room = max(1, ((int(given) if given.isdigit() else 1000) - _MARGINS) // _SIGN)
    pictures = 1000 * sum(1 for _ in cell.iter(f"{_Q}drawing", f"{_Q}pict"))
    breaks = sum(1 for _ in cell.iter(f"{_Q}p", f"{_Q}br"))
    signs = sum(len(node.text or "") for node in cell.iter(f"{_Q}t"))
    return breaks + signs // room + pictures


def _width(table: Element) -> int:
    columns = [column.get(f"{_Q}w") or "" for column in table.iterfind(f"{_Q}tblGrid/{_Q}gridCol")]
    return sum(int(width) for width in columns if width.isdigit())


def _frame(table: Element) -> None:
    width = _width(table)
    none = '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
    frame = etree.fromstring(
        f'<w:tbl xmlns:w="{W}"><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar>{none}</w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/>'
        f'</w:trPr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:tcMar>{none}</w:tcMar></w:tcPr><w:p><w:pPr>'
        f'<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p></w:tc></w:tr></w:tbl>'
    )
    table.addprevious(frame)
    frame.find(f"{_Q}tr/{_Q}tc/{_Q}p").addprevious(table)
