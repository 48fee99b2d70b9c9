"""The company's own table as the pattern of ours (R9): its borders, shading, heading row, bands, margins and letters.

The pattern is the first table of the text, the one that stands from the chosen place on; it goes with the old text. Where the text has
none, it is the first table before that place, which stays, since it belongs to the letterhead. A table of logo and requisites is never
one: it lays the head of the letter out and is no table to a reader. Nor is one without lines and fills; our tables then look as they
do without a pattern.

What it looks like is worked out (style, then what was set by hand) and kept as a table style ``PATTERN`` in the file itself, so that what we
write stays one style in Word; ``styles.find_styles`` reads it back for converters that know no conditional formatting.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Final

from kamdesk.documents.docx_runs import RUN_ORDER
from kamdesk.documents.letterhead_places import LetterBody
from kamdesk.documents.ooxml.names import local, w
from kamdesk.documents.ooxml.package import Package
from kamdesk.documents.ooxml.xml import Element, element, remove
from kamdesk.documents.styles import PATTERN

_RUN: Final = ("rFonts", "b", "i", "color", "sz", "szCs")
_HEAD, _ODD, _EVEN, _LAST = "firstRow", "band1Horz", "band2Horz", "lastRow"
_LAYOUT: Final = 2  # rows below which a table is no pattern


def take_pattern(package: Package, letter: LetterBody, start: int) -> bool:
    """Put the look of the pattern table into the style sheet; whether there was one."""
    table = pattern_table(letter, start)
    names = package.related(package.main(), "styles")
    if table is None or not names:
        return False
    sheet = package.edit(names[0])
    made = _style(table, _Chain(sheet, table))
    if not _shows(made):
        return False
    for old in [style for style in sheet.iterfind(w("style")) if style.get(w("styleId")) == PATTERN]:
        remove(old)
    sheet.append(made)
    return True


def _shows(style: Element) -> bool:
    """Whether a table of this style looks like one: somebody who laid words out in bare cells showed no pattern."""
    lines = any(
        side.get(w("val"), "none") not in ("none", "nil")
        for name in ("tblBorders", "tcBorders")
        for borders in style.iter(w(name))
        for side in borders
    )
    return lines or style.find(f".//{w('shd')}") is not None


def pattern_table(letter: LetterBody, start: int) -> Element:
    """The table whose look ours take over; None where the file has none."""
    items = [*zip(letter.places, letter.blocks, strict=True)]
    for place, block in (*items[start:], *items[:start]):
        table = block if block.tag == w("tbl") else next(block.iter(w("tbl")), None)
        if table is None or place.role == "head":
            continue
        rows = [*table.iterfind(w("tr"))]
        if len(rows) >= _LAYOUT and max(len(row.findall(w("tc"))) for row in rows) >= _LAYOUT:
            return table
    return None


class _Chain:
    """The styles behind a table, nearest first."""

    def __init__(self, sheet: Element, table: Element) -> None:
        by_id = {style.get(w("styleId")): style for style in sheet.iterfind(w("style"))}
        named = table.find(f"{w('tblPr')}/{w('tblStyle')}")
        identity = named.get(w("val")) if named is not None else None
        self.styles: list[Element] = []
        while identity in by_id and by_id[identity] not in self.styles:
            self.styles.append(by_id[identity])
            based = by_id[identity].find(w("basedOn"))
            identity = based.get(w("val")) if based is not None else None
        look = table.find(f"{w('tblPr')}/{w('tblLook')}")
        self.flags = _flags(look)

    def first(self, path: str) -> Element:
        """The nearest setting of the whole table."""
        steps = "/".join(w(step) for step in path.split("/"))
        return next((found for style in self.styles if (found := style.find(steps)) is not None), None)

    def part(self, name: str, path: str) -> Element:
        """The nearest setting of a part of the table that its look turns on."""
        if not self.flags.get(name, False):
            return None
        steps = "/".join(w(step) for step in path.split("/"))
        for style in self.styles:
            for part in style.iterfind(w("tblStylePr")):
                if part.get(w("type")) == name and (found := part.find(steps)) is not None:
                    return found
        return None


def _flags(look: Element) -> dict[str, bool]:
    """Which parts of a table style are shown; the old form is a number of bits (ECMA-376, 17.4.56)."""
    if look is None:
        return {_HEAD: True, _ODD: True, _EVEN: True}
    try:
        bits = int(look.get(w("val"), "0"), 16)
    except ValueError:
        bits = 0

    def on(name: str, bit: int) -> bool:
        said = look.get(w(name))
        return said in ("1", "true", "on") if said is not None else bool(bits & bit)

    banded = not on("noHBand", 0x200)
    return {_HEAD: on("firstRow", 0x20), _LAST: on("lastRow", 0x40), _ODD: banded, _EVEN: banded}


def _style(table: Element, chain: _Chain) -> Element:
    rows = [*table.iterfind(w("tr"))]
    made = element(
        w("style"),
        {w("type"): "table", w("customStyle"): "1", w("styleId"): PATTERN},
        element(w("name"), {w("val"): "Proposal table"}),
        element(w("uiPriority"), {w("val"): "99"}),
    )
    # The schema wants w:rPr, w:tblPr and the parts in this order.
    letters = _run_of(rows[1], chain, "", ("rFonts", "sz", "szCs", "color"))
    if len(letters):
        made.append(letters)
    whole = element(w("tblPr"))
    for item in (_borders(table, rows, chain), _margins(table, chain)):
        if item is not None:
            whole.append(item)
    whole.insert(0, element(w("tblStyleRowBandSize"), {w("val"): "1"}))
    made.append(whole)
    for name, row in (
        (_LAST, None),
        (_ODD, rows[1]),
        (_EVEN, rows[2] if len(rows) > 3 else None),
        (_HEAD, rows[0]),
    ):
        part = _part(name, row, chain)
        if part is not None:
            made.append(part)
    return made


def _part(name: str, row: Element, chain: _Chain) -> Element:
    """A row's look where it is more than that of the table."""
    runs = _run_of(row, chain, name, _RUN) if name == _HEAD else element(w("rPr"))
    cell = element(w("tcPr"))
    borders = _cell_setting(row, "tcBorders") if name == _HEAD else None
    for found in (
        borders if borders is not None else chain.part(name, "tcPr/tcBorders"),
        _fill(row, chain, name),
        _cell_setting(row, "vAlign") if name == _HEAD else None,
    ):
        if found is not None:
            cell.append(deepcopy(found))
    side = row.find(f"{w('tc')}/{w('p')}/{w('pPr')}/{w('jc')}") if row is not None and name == _HEAD else None
    if not len(runs) and not len(cell):
        return None
    made = element(w("tblStylePr"), {w("type"): name})
    if side is not None:
        made.append(element(w("pPr"), None, deepcopy(side)))
    if len(runs):
        made.append(runs)
    if len(cell):
        made.append(cell)
    return made


def _fill(row: Element, chain: _Chain, name: str) -> Element:
    """The shading of a row: that of its first shaded cell, else of its part of the style, else of the whole style."""
    for found in (_cell_setting(row, "shd"), chain.part(name, "tcPr/shd"), chain.first("tcPr/shd")):
        if found is not None and found.get(w("fill"), "auto") != "auto":
            return element(w("shd"), {w("val"): "clear", w("color"): "auto", w("fill"): found.get(w("fill"))})
    return None


def _cell_setting(row: Element, name: str) -> Element:
    """What the first cell of a row that says anything says by hand."""
    return row.find(f"{w('tc')}/{w('tcPr')}/{w(name)}") if row is not None else None


def _run_of(row: Element, chain: _Chain, part: str, names: tuple[str, ...]) -> Element:
    """The letters of a row: set by hand in its first cell with words, else by the style."""
    run = next(_worded(row), None)
    by_hand = run.find(w("rPr")) if run is not None else None
    made = element(w("rPr"))
    for name in names:
        found = by_hand.find(w(name)) if by_hand is not None else None
        if found is None and part:
            found = chain.part(part, f"rPr/{name}")
        if found is None and not part:
            found = chain.first(f"rPr/{name}")
        if found is not None:
            made.append(deepcopy(found))
    made[:] = sorted(made, key=lambda item: RUN_ORDER.index(local(item.tag)))
    return made


def _worded(row: Element) -> Iterator[Element]:
    for run in row.iter(w("r")) if row is not None else ():
        if any((text.text or "").strip() for text in run.iterfind(w("t"))):
            yield run


def _borders(table: Element, rows: list[Element], chain: _Chain) -> Element:
    """The borders of the table; where only its cells have them, those of a cell in the middle stand for all."""
    own = table.find(f"{w('tblPr')}/{w('tblBorders')}")
    found = own if own is not None and len(own) else chain.first("tblPr/tblBorders")
    if found is not None:
        return deepcopy(found)
    cells = _cell_setting(rows[1], "tcBorders")
    if cells is None:
        return None
    sides = {local(side.tag): side for side in cells}
    made = element(w("tblBorders"))
    for name in ("top", "left", "bottom", "right"):
        if name in sides:
            made.append(deepcopy(sides[name]))
    for name, model in (("insideH", "bottom"), ("insideV", "right")):
        if model in sides:
            made.append(element(w(name), dict(sides[model].attrib)))
    return made if len(made) else None


def _margins(table: Element, chain: _Chain) -> Element:
    own = table.find(f"{w('tblPr')}/{w('tblCellMar')}")
    found = own if own is not None and len(own) else chain.first("tblPr/tblCellMar")
    return deepcopy(found) if found is not None else None
