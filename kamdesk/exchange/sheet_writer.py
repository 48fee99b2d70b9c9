"""A workbook of one sheet of text and numbers, written part by part (ECMA-376): no cell of it can be a formula.

Strings stand in the cells themselves (``inlineStr``), so that nothing has to be shared or counted.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOC: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_NO_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML may hold."""
_NO_NAME: Final = re.compile(r"[\[\]:*?/\\]")
_LONGEST_CELL: Final = 32_767
_NUMBER: Final = re.compile(r"-?\d{1,15}|-?(?=[\d.]{3,16}$)\d+\.\d+")
"""What a spreadsheet keeps exactly: fifteen digits."""
_STYLES: Final = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_FIXED: Final = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_DOC}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_DOC}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{_DOC}/styles" Target="styles.xml"/>'
    "</Relationships>",
    "xl/styles.xml": _STYLES,
}  # fmt: skip


def to_xlsx(
    sheet: str, headers: Sequence[str], rows: Sequence[Sequence[str]], numbers: Collection[int] = ()
) -> bytes:
    """The file: bold headers that stay in sight, cells wrapped; texts beyond Excel's limit of a cell are cut there.

    In the columns at the places of ``numbers`` a cell like ``1200.5`` is a number that can be reckoned with.
    """
    name = quoteattr(_NO_NAME.sub(" ", sheet)[:31] or "1")
    book = f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOC}"><sheets><sheet name={name} sheetId="1" r:id="rId1"/></sheets></workbook>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in _FIXED.items():
            archive.writestr(path, _HEAD + text)
        archive.writestr("xl/workbook.xml", _HEAD + book)
        archive.writestr("xl/worksheets/sheet1.xml", _HEAD + "".join(_sheet(headers, rows, numbers)))
    return stream.getvalue()


def _sheet(headers: Sequence[str], rows: Sequence[Sequence[str]], numbers: Collection[int]) -> Iterator[str]:
    yield f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>'
    for at, header in enumerate(headers):
        longest = max([len(header), *(len(row[at]) for row in rows[:200])])
        yield f'<col min="{at + 1}" max="{at + 1}" width="{max(12, min(60, longest + 2))}" customWidth="1"/>'
    yield "</cols><sheetData>"
    for number, row in enumerate((headers, *rows), 1):
        style = 2 if number == 1 else 1
        cells = "".join(
            f'<c r="{_letters(at)}{number}"><v>{text}</v></c>'
            if number > 1 and at in numbers and _NUMBER.fullmatch(text)
            else _cell(at, number, text, style)
            for at, text in enumerate(row)
            if text
        )
        yield f'<row r="{number}">{cells}</row>'
    yield "</sheetData></worksheet>"


def _cell(at: int, number: int, text: str, style: int) -> str:
    clean = escape(_NO_XML.sub("", text)[:_LONGEST_CELL])
    return f'<c r="{_letters(at)}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{clean}</t></is></c>'


def _letters(at: int) -> str:
    """A, B … Z, AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
