"""What a filled part needs before it is sound: grids of tables that got other columns, ids of pictures that were repeated."""

from __future__ import annotations

import re
from typing import Final

from kamdesk.documents.ooxml.names import local, w
from kamdesk.documents.ooxml.xml import Element

_COLUMNS: Final = re.compile(r"\{%-?\s*(?:tc\s|hm\b|colspan\s)")
_LITERAL: Final = {"{_{": "{{ '{{' }}", "{_%": "{{ '{%' }}", "}_}": "{{ '}}' }}", "%_}": "{{ '%}' }}"}
"""How a template says braces that are no tag, as docxtpl has it."""
_LITERALS: Final = re.compile("|".join(map(re.escape, _LITERAL)))
_BARE_CELL: Final = re.compile(r"<w:tc(?: [^>]*)?>(?!<w:tcPr[ >/])")
_EMPTY_CELL: Final = re.compile(r"<w:tcPr( [^>]*)?/>")


def changes_columns(xml: str) -> bool:
    """Whether the tags of a part repeat or join cells, so that its tables get other columns."""
    return _COLUMNS.search(re.sub(r"<[^>]+>", "", xml)) is not None


def repeats_pictures(xml: str) -> bool:
    """Whether a loop of a part may repeat a picture of the template."""
    return "<wp:docPr" in xml and "for " in xml


def with_cell_properties(xml: str) -> str:
    """The XML with properties in every cell: docxtpl writes joins and colours of cells into them, and else loses the tag."""
    return _EMPTY_CELL.sub(r"<w:tcPr\1></w:tcPr>", _BARE_CELL.sub(r"\g<0><w:tcPr></w:tcPr>", xml))


def literal_braces(source: str) -> str:
    """The Jinja source in which ``{_{`` stands for two braces that are text."""
    return _LITERALS.sub(lambda found: _LITERAL[found[0]], source) if "{_" in source else source


def mend_grids(root: Element) -> bool:
    """Give each table as many columns as its widest row has cells, at the width it had; whether any changed."""
    changed = False
    for table in root.iter(w("tbl")):
        grid = table.find(w("tblGrid"))
        if grid is None:
            continue
        columns = grid.findall(w("gridCol"))
        needed = max((_cells(row) for row in table.iterfind(w("tr"))), default=0)
        if not needed or needed == len(columns):
            continue
        changed = True
        widths = [_number(column.get(w("w"))) for column in columns]
        if needed > len(columns):
            _widen(grid, columns, widths, needed)
        else:
            _narrow(grid, columns, widths, needed)
    return changed


def _widen(grid: Element, columns: list[Element], widths: list[int], needed: int) -> None:
    share = sum(widths) / needed
    factor = len(columns) / needed
    for column, width in zip(columns, widths, strict=True):
        column.set(w("w"), str(int(width * factor)))
    for _ in range(needed - len(columns)):
        grid.append(grid.makeelement(w("gridCol"), {w("w"): str(int(share))}))


def _narrow(grid: Element, columns: list[Element], widths: list[int], needed: int) -> None:
    spare = sum(widths[needed:]) // needed
    for column in columns[needed:]:
        grid.remove(column)
    for column, width in zip(columns[:needed], widths[:needed], strict=True):
        column.set(w("w"), str(width + spare))


def mend_picture_ids(root: Element) -> bool:
    """Give each picture an id of its own, as Word demands; whether any changed."""
    pictures = [node for node in root.iter() if isinstance(node.tag, str) and local(node.tag) == "docPr"]
    taken: set[str] = set()
    fresh = max((_number(node.get("id")) for node in pictures), default=0)
    changed = False
    for node in pictures:
        if node.get("id", "") in taken:
            fresh += 1
            node.set("id", str(fresh))
            changed = True
        taken.add(node.get("id", ""))
    return changed


def _cells(row: Element) -> int:
    """How many columns of the grid a row takes."""
    total = 0
    for name in ("gridBefore", "gridAfter"):
        skipped = row.find(f"{w('trPr')}/{w(name)}")
        total += _number(skipped.get(w("val"))) if skipped is not None else 0
    for cell in row.iter(w("tc")):
        if next(cell.iterancestors(w("tr"))) is row:
            span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
            total += max(_number(span.get(w("val"))), 1) if span is not None else 1
    return total


def _number(text: str | None) -> int:
    try:
        return int(float(text or 0))
    except ValueError:
        return 0
