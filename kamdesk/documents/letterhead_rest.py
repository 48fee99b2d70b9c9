"""What is left of the old text of a letterhead once its blocks are gone: what to save of it, what to forget."""

from __future__ import annotations

from copy import deepcopy
from typing import Final

from kamdesk.documents.ooxml.names import R, local, w
from kamdesk.documents.ooxml.package import Package
from kamdesk.documents.ooxml.xml import Element, remove

_PAGE_BOUND: Final = frozenset({"page", "margin", "topMargin", "bottomMargin", "leftMargin", "rightMargin"})
_NEEDLESS: Final = frozenset({"glossaryDocument", "customXml"})
_REFERRED: Final = frozenset({"image", "hyperlink", "chart", "chartEx", "header", "footer"})
_KEPT_NOTES: Final = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def forget_unused(package: Package) -> None:
    """Drop pictures, links, notes and headers that only the old text used: they may be another client's.

    Relations that nothing refers to by id by their nature (styles, settings, theme) stay.
    """
    main = package.main()
    root = package.tree(main)
    used = {
        value for node in root.iter() for name, value in node.attrib.items() if name.startswith(f"{{{R}}}")
    }
    bound = any(b"dataBinding" in package.parts[name] for name in package.parts if name.startswith("word/"))
    for relation in package.relations(main):
        by_id = relation.kind in _REFERRED or relation.kind.startswith("diagram")
        # Building blocks and forms behind the document: whole texts that no page shows.
        needless = relation.kind in _NEEDLESS and not bound
        if needless or (by_id and relation.id not in used):
            package.drop_relation(relation)
    for kind, reference in (("footnotes", "footnoteReference"), ("endnotes", "endnoteReference")):
        referred = {node.get(w("id")) for node in root.iter(w(reference))}
        for name in package.related(main, kind):
            for note in [note for note in package.tree(name) if note.get(w("type")) not in _KEPT_NOTES]:
                if note.get(w("id")) not in referred:
                    package.edit(name).remove(note)
    package.prune()


def page_bound_drawings(blocks: list[Element]) -> list[Element]:
    """Runs with drawings that stand at a place of the page: a logo may be anchored in the text that goes.

    Looked for on the first page only: from the first page break on, pictures belong to the old text.
    """
    found: list[Element] = []
    for block in blocks:
        for node in list(block.iter()):
            if node.tag == w("br") and node.get(w("type")) == "page":
                return found
            if local(node.tag) == "anchor" and _is_page_bound(node):
                run = next((parent for parent in node.iterancestors() if parent.tag == w("r")), None)
                if run is not None and run not in found:
                    found.append(run)
    return [_only_drawing(run) for run in found]


def _is_page_bound(anchor: Element) -> bool:
    return all(
        node.get("relativeFrom") in _PAGE_BOUND
        for node in anchor
        if local(node.tag) in ("positionH", "positionV")
    )


def _only_drawing(run: Element) -> Element:
    """A copy of the run without its text."""
    copied = deepcopy(run)
    copied.tail = None
    for child in list(copied):
        if local(child.tag) not in ("rPr", "drawing", "pict", "AlternateContent"):
            copied.remove(child)
    return copied


def drop_half_marks(body: Element) -> None:
    """Marks of which only one end is left: bookmarks and permissions that reached into the old text."""
    for name in ("bookmark", "perm"):
        starts = {node.get(w("id")): node for node in body.iter(w(f"{name}Start"))}
        ends = {node.get(w("id")): node for node in body.iter(w(f"{name}End"))}
        for identity in starts.keys() ^ ends.keys():
            remove(starts.get(identity) if identity in starts else ends[identity])
