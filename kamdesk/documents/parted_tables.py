"""Long tables that the built-in converter parted where they may not part: found on the pages, broken anew for the next try.

dxpdf 0.8 heeds "keep with next" in no table, so the head of a table may stay alone at the foot of a page, and sums may come
without a line above them. Where a row stands is only known when the pages are made; so pages are read, and the first table
that went wrong begins a page, or is parted before its last line with the head said again, as Word would have it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from copy import deepcopy
from typing import Final

from lxml import etree

from kamdesk.documents.kept_tables import keeps
from kamdesk.documents.ooxml.names import W
from kamdesk.documents.ooxml.xml import Element

_Q: Final = "{%s}" % W
SIGN: Final = b"<w:tblHeader"
"""Without it in the body no table has a head that is said again."""
_UNSEEN: Final = str.maketrans("", "", "\u00ad\ufffe\u200b")


def mend(root: Element, pdf: bytes) -> bool:
    """Put the first table of a body right that was wrongly parted in the ``pdf`` made of it; whether there was one."""
    tables = [table for table in root.iterfind(f"{_Q}body/{_Q}tbl") if _may_part(table)]
    return bool(tables) and _mend(tables, _Pages(pdf))


def _may_part(table: Element) -> bool:
    rows = table.findall(f"{_Q}tr")
    return (
        len(rows) > 2
        and rows[0].find(f"{_Q}trPr/{_Q}tblHeader") is not None
        and table.find(f".//{_Q}tc/{_Q}tbl") is None
    )


class _Pages:
    """The words of all pages one after the other, without blanks, and where each page begins."""

    def __init__(self, pdf: bytes) -> None:
        import pypdfium2

        document = pypdfium2.PdfDocument(pdf)
        try:
            texts = [_squeezed(page.get_textpage().get_text_range()) for page in document]
        finally:
            document.close()
        self._text = "".join(texts)
        self._starts: list[int] = []
        at = 0
        for text in texts:
            self._starts.append(at)
            at += len(text)
        self._read = 0

    def page(self, words: str) -> int | None:
        """The page on which these words come next; None where they are not found. Reads on from there."""
        at = self._text.find(words, self._read) if words else -1
        if at < 0:
            return None
        self._read = at + len(words)
        return bisect_right(self._starts, at)


def _mend(tables: list[Element], pages: _Pages) -> bool:
    for table in tables:
        head, *rows = table.findall(f"{_Q}tr")
        begins = pages.page(_squeezed("".join(_cells(head))))
        places = [pages.page(_told(row)) for row in rows]
        if begins is None:
            continue
        if places[0] is not None and places[0] > begins:
            return _begin_page(table)
        first = _kept_from(rows)
        above, below = places[first], places[-1]
        if above is not None and below is not None and above < below and first:
            _part(table, head, rows[first:])
            return True
    return False


def _kept_from(rows: list[Element]) -> int:
    """The first of the rows at the end that must stay together."""
    at = len(rows) - 1
    while at and keeps(rows[at - 1]):
        at -= 1
    return at


def _begin_page(table: Element) -> bool:
    """Let the headings and notes that belong to a table begin a page with it; whether they do not yet."""
    first = None
    before = table.getprevious()
    while before is not None and before.find(f"{_Q}pPr/{_Q}keepNext") is not None:
        first, before = before, before.getprevious()
    if first is None:
        table.addprevious(_break())
        return True
    properties = first.find(f"{_Q}pPr")
    if properties.find(f"{_Q}pageBreakBefore") is not None:
        return False
    properties.find(f"{_Q}keepNext").addnext(etree.Element(f"{_Q}pageBreakBefore"))
    return True


def _part(table: Element, head: Element, rows: list[Element]) -> None:
    """Put the last rows into a table of their own on the next page, with the same head."""
    other = etree.Element(table.tag)
    for name in ("tblPr", "tblGrid"):
        held = table.find(f"{_Q}{name}")
        if held is not None:
            other.append(deepcopy(held))
    other.append(deepcopy(head))
    other.extend(rows)
    table.addnext(other)
    table.addnext(_break())


def _break() -> Element:
    return etree.fromstring(
        f'<w:p xmlns:w="{W}"><w:pPr><w:keepNext/><w:pageBreakBefore/>'
        f'<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
    )


def _told(row: Element) -> str:
    """The longest words of a row: by them it is found."""
    return max((_squeezed(text) for text in _cells(row)), key=len, default="")


def _cells(row: Element) -> Iterator[str]:
    for cell in row.iterfind(f"{_Q}tc"):
        yield "".join(node.text or "" for node in cell.iter(f"{_Q}t"))


def _squeezed(text: str) -> str:
    return "".join(text.split()).translate(_UNSEEN)
