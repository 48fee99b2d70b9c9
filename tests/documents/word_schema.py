"""A checker of Word files for what Word and Р7 repair or refuse: the order of ECMA-376 part 1, ids, relations, content types.

It reads what is written to the letter; nothing of ours helps it but the names of namespaces.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree

from tests.documents.made import parts_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_P = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid "
    "spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl "
    "divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
    "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tcBorders": "top left start bottom right end insideH insideV tl2br tr2bl",
    "pBdr": "top left bottom right between bar",
    "tblCellMar": "top left start bottom right end",
    "tcMar": "top left start bottom right end",
    "numPr": "ilvl numId",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType "
    "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "num": "abstractNumId lvlOverride",
    "lvlOverride": "startOverride lvl",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal "
    "personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "tblStylePr": "pPr rPr tblPr trPr tcPr",
    "styles": "docDefaults latentStyles style",
    "rPrDefault": "rPr",
    "docDefaults": "rPrDefault pPrDefault",
}  # fmt: skip
_MAY_REPEAT = {
    "tbl", "tr", "sectPr", "numbering", "abstractNum", "num", "style", "styles",
}  # fmt: skip
_IMPLICIT = {
    "styles", "settings", "fontTable", "theme", "numbering", "footnotes", "endnotes", "webSettings", "customXml", "glossaryDocument",
}  # fmt: skip
"""Relations of a document that no element names."""


def faults(docx: bytes) -> list[str]:
    """What is wrong, each in a line; empty for a sound file."""
    parts = parts_of(docx)
    roots = {name: etree.fromstring(data) for name, data in parts.items() if name.endswith((".xml", ".rels"))}
    found = [*_types(parts, roots), *_relations(parts, roots)]
    for name, root in roots.items():
        if name.startswith("word/") and not name.endswith(".rels"):
            found += [f"{name}: {fault}" for fault in (*_order(root), *_tables(root), *_ids(root))]
    return [*found, *_named(roots)]


def _order(root: Any) -> Iterator[str]:
    for node in root.iter():
        name = _local(node)
        if name not in ORDER:
            continue
        order = ORDER[name].split()
        held = [_local(child) for child in node if isinstance(child.tag, str) and child.tag.startswith(_W)]
        unknown = [child for child in held if child not in order]
        if unknown:
            yield f"{name} holds {unknown}"
            continue
        places = [order.index(child) for child in held]
        if places != sorted(places):
            yield f"{name} in the order {held}"
        if name not in _MAY_REPEAT and len(set(held)) != len(held):
            yield f"{name} says something twice: {held}"


def _tables(root: Any) -> Iterator[str]:
    for table in root.iter(f"{_W}tbl"):
        grid = table.find(f"{_W}tblGrid")
        if grid is None or table.find(f"{_W}tblPr") is None or table.find(f"{_W}tr") is None:
            yield "a table without properties, grid or rows"
            continue
        for row in table.iterfind(f"{_W}tr"):
            spans = [cell.find(f"{_W}tcPr/{_W}gridSpan") for cell in row.iterfind(f"{_W}tc")]
            covered = sum(1 if span is None else int(span.get(f"{_W}val")) for span in spans)
            if covered != len(grid):
                yield f"a row of {covered} columns in a grid of {len(grid)}"
    for cell in root.iter(f"{_W}tc"):
        if len(cell) == 0 or _local(cell[-1]) not in ("p", "sdt"):
            yield "a cell that does not end with a paragraph"


def _ids(root: Any) -> Iterator[str]:
    starts = [node.get(f"{_W}id") for node in root.iter(f"{_W}bookmarkStart")]
    ends = [node.get(f"{_W}id") for node in root.iter(f"{_W}bookmarkEnd")]
    names = [node.get(f"{_W}name") for node in root.iter(f"{_W}bookmarkStart")]
    pictures = [node.get("id") for node in root.iter(f"{_WP}docPr")]
    for what, ids in (("bookmark id", starts), ("bookmark", names), ("end of bookmark", ends), ("picture id", pictures)):  # fmt: skip
        yield from (f"{what} {one} is there {many} times" for one, many in Counter(ids).items() if many > 1)
    if set(starts) != set(ends):
        yield "bookmarks that do not begin and end"
    yield from (
        f"picture {node.get('id')} has no alternative text"
        for node in root.iter(f"{_WP}docPr")
        if not node.get("descr")
    )
    yield from (f"bookmark name {name}" for name in names if len(name) > 40 or " " in name)


def _named(roots: dict[str, Any]) -> Iterator[str]:
    """Styles and lists that are used but not there."""
    sheet = roots.get("word/styles.xml")
    styles = [] if sheet is None else [node.get(f"{_W}styleId") for node in sheet.iterfind(f"{_W}style")]
    numbering = roots.get("word/numbering.xml")
    lists = [] if numbering is None else [node.get(f"{_W}numId") for node in numbering.iterfind(f"{_W}num")]
    abstract = (
        []
        if numbering is None
        else [node.get(f"{_W}abstractNumId") for node in numbering.iterfind(f"{_W}abstractNum")]
    )
    for what, ids in (("style", styles), ("list", lists), ("look of a list", abstract)):
        yield from (f"{what} {one} is there {many} times" for one, many in Counter(ids).items() if many > 1)
    for name, root in roots.items():
        for node in root.iter(
            *(f"{_W}{tag}" for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "numId"))
        ):
            wanted, kind = node.get(f"{_W}val"), _local(node)
            if wanted not in ((*lists, "0") if kind == "numId" else styles):
                yield f"{name}: {kind} {wanted} is not there"
        for node in root.iter(f"{_W}num"):
            if node.find(f"{_W}abstractNumId").get(f"{_W}val") not in abstract:
                yield f"{name}: a list without a look"


def _relations(parts: dict[str, bytes], roots: dict[str, Any]) -> Iterator[str]:
    reached = {"[Content_Types].xml"}
    for name, root in roots.items():
        if not name.endswith(".rels"):
            continue
        reached.add(name)
        folder, own = posixpath.split(name)
        source = posixpath.join(posixpath.dirname(folder), own.removesuffix(".rels"))
        used = _used(roots[source]) if source in roots else set()
        ids = [entry.get("Id") for entry in root]
        yield from (f"{name}: {one} is there twice" for one, many in Counter(ids).items() if many > 1)
        yield from (f"{source}: {one} leads nowhere" for one in used - set(ids))
        for entry in root:
            kind = entry.get("Type").rpartition("/")[2]
            if entry.get("TargetMode") != "External":
                target = posixpath.normpath(
                    posixpath.join("/", posixpath.dirname(source), entry.get("Target"))
                )[1:]
                reached.add(target)
                if target not in parts:
                    yield f"{name}: {target} is not in the file"
            if source in roots and kind not in _IMPLICIT and entry.get("Id") not in used:
                yield f"{name}: {kind} {entry.get('Id')} is not used"
    for name, root in roots.items():
        relations = posixpath.join(posixpath.dirname(name), "_rels", f"{posixpath.basename(name)}.rels")
        if not name.endswith(".rels") and relations not in parts and _used(root):
            yield f"{name}: relations {_used(root)} without a part that says them"
    yield from (f"{name} is reached by no relation" for name in parts.keys() - reached)


def _used(root: Any) -> set[str]:
    return {value for node in root.iter() for key, value in node.attrib.items() if key.startswith(_R)}


def _types(parts: dict[str, bytes], roots: dict[str, Any]) -> Iterator[str]:
    entries = [*roots["[Content_Types].xml"]]
    endings = {node.get("Extension").lower() for node in entries if _local(node) == "Default"}
    own = [node.get("PartName") for node in entries if _local(node) == "Override"]
    yield from (f"type of {one} is said {many} times" for one, many in Counter(own).items() if many > 1)
    yield from (f"type of {one}, which is not there" for one in own if one[1:] not in parts)
    for name in parts:
        if (
            f"/{name}" not in own
            and name.rpartition(".")[2].lower() not in endings
            and name != "[Content_Types].xml"
        ):
            yield f"{name} has no type"
        if name.startswith("word/") and name.endswith(".xml") and f"/{name}" not in own:
            yield f"{name} has a type for XML only"


def _local(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]
