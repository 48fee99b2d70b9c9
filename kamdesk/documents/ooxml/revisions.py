"""Tracked changes, comments and names of authors: accepted and taken off a part."""

from __future__ import annotations

from typing import Final

from kamdesk.documents.ooxml.names import local, w
from kamdesk.documents.ooxml.xml import Element, remove, unwrap

_CHANGES: Final = frozenset(
    w(name)
    for name in (
        "rPrChange pPrChange sectPrChange tblPrChange tblPrExChange tcPrChange trPrChange tblGridChange numberingChange "
        "cellIns cellMerge moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd customXmlInsRangeStart "
        "customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd customXmlMoveFromRangeStart "
        "customXmlMoveFromRangeEnd customXmlMoveToRangeStart customXmlMoveToRangeEnd"
    ).split()
)
_COMMENTS: Final = frozenset(
    {w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"), w("annotationRef")}
)
_MARKED: Final = (w("rPr"), w("trPr"), w("numPr"))


def accept_revisions(root: Element) -> int:
    """Accept every tracked change of a part as Word does; how many there were."""
    count = 0
    for node in list(root.iter()):
        if node.tag in _CHANGES:
            remove(node)
            count += 1
        elif node.tag in (w("ins"), w("moveTo")):
            # Inside properties the mark says that the paragraph mark or the row itself was inserted.
            remove(node) if node.getparent().tag in _MARKED else unwrap(node)
            count += 1
        elif node.tag in (w("del"), w("moveFrom")):
            count += 1
            if node.getparent() is not None and node.getparent().tag not in _MARKED:
                remove(node)
        elif node.tag == w("cellDel"):
            count += 1
            remove(node.getparent().getparent())
    for node in list(root.iter(w("delText"), w("delInstrText"))):
        remove(node)  # deleted text outside a deletion: Word does not show it, other programs do
        count += 1
    _drop_rows(root)
    _join_paragraphs(root)
    return count


def _drop_rows(root: Element) -> None:
    for row in list(root.iter(w("tr"))):
        properties = row.find(w("trPr"))
        if properties is not None and properties.find(w("del")) is not None:
            remove(row)
    for table in list(root.iter(w("tbl"))):
        if table.find(f".//{w('tr')}") is None:
            remove(table)


def _join_paragraphs(root: Element) -> None:
    """A deleted paragraph mark joins the next paragraph to this one; without a next one the empty rest goes."""
    for mark in list(root.iter(w("del"), w("moveFrom"))):
        paragraph = next((parent for parent in mark.iterancestors() if parent.tag == w("p")), None)
        remove(mark)
        following = paragraph.getnext() if paragraph is not None else None
        if paragraph is None or following is None or following.tag != w("p"):
            continue
        properties = following.find(w("pPr"))
        at = 0 if properties is None else 1
        for child in [child for child in paragraph if child.tag != w("pPr")]:
            following.insert(at, child)
            at += 1
        remove(paragraph)


def drop_comments(root: Element) -> int:
    """Take the marks of comments off a part; how many comments were referred to."""
    count = 0
    for node in list(root.iter(*_COMMENTS)):
        count += node.tag == w("commentReference")
        run = node.getparent()
        remove(node)
        if run is not None and run.tag == w("r") and all(local(child.tag) == "rPr" for child in run):
            remove(run)
    return count


def drop_revision_ids(root: Element) -> None:
    """Take off the ids by which Word's editing sessions, and so authors, can be told apart."""
    for node in root.iter():
        for name in [name for name in node.attrib if local(name).startswith("rsid")]:
            del node.attrib[name]
    for node in list(root.iter(w("rsids"), w("rsid"))):
        remove(node)
