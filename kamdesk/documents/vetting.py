"""Vetting of Word files before any library touches them (trust.md, Templates).

The file is read once, streamed and bounded; nothing in it is followed, run or expanded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kamdesk.documents.findings import Finding
from kamdesk.documents.ooxml.fields import read_fields
from kamdesk.documents.ooxml.names import (
    HYPERLINK,
    MAIN_DOCUMENT,
    MAIN_MACRO_DOCUMENT,
    MAIN_MACRO_TEMPLATE,
    TYPES_PART,
    R,
    allowed_link,
    local,
    w,
)
from kamdesk.documents.ooxml.package import Package, Parsed, Relation
from kamdesk.documents.ooxml.walk import Paragraph, paragraphs
from kamdesk.documents.ooxml.xml import MAX_ELEMENTS, Element
from kamdesk.model.messages import KamdeskError, Message

OWN, FOREIGN, OUTPUT = "own", "foreign", "output"

MOST_FINDINGS: Final = 500
"""Of each severity: nobody reads more, and a hostile file could have a million."""
MOST_RELATIONS: Final = 5_000

MACRO_RELATIONS: Final = frozenset(
    {"vbaProject", "wordVbaData", "vbaProjectSignature", "vbaProjectSignatureAgile", "vbaProjectSignatureV3"}
    | {"keyMapCustomizations", "attachedToolbars", "extensibility", "webextensiontaskpanes", "webextension"}
)
OLE_RELATIONS: Final = frozenset({"oleObject", "package"})
ACTIVEX_RELATIONS: Final = frozenset({"control", "activeXControlBinary"})
FORBIDDEN_RELATIONS: Final = {
    **dict.fromkeys(MACRO_RELATIONS, "macros"),
    **dict.fromkeys(OLE_RELATIONS, "ole"),
    **dict.fromkeys(ACTIVEX_RELATIONS, "activex"),
    "aFChunk": "altchunk",
    "subDocument": "subdocument",
    "attachedTemplate": "link",
    "mailMergeSource": "mail_merge",
    "mailMergeHeaderSource": "mail_merge",
    "recipientData": "mail_merge",
    "frame": "link",
    "transform": "link",
}
"""Relations that may not be in a document, by the last word of their type, with the kind of finding."""

FORBIDDEN_ELEMENTS: Final = {
    w("altChunk"): "altchunk",
    w("subDoc"): "subdocument",
    w("control"): "activex",
    w("mailMerge"): "mail_merge",
    w("entryMacro"): "macros",
    w("exitMacro"): "macros",
    "{urn:schemas-microsoft-com:office:office}OLEObject": "ole",
    w("objectLink"): "ole",
    w("objectEmbed"): "ole",
}
_FORBIDDEN_PARTS: Final = re.compile(
    r"(?:vbaProject\w*\.bin|vbaData\.xml|/activeX/|/embeddings/|customUI)", re.IGNORECASE
)
_STYLE_URL: Final = re.compile(r"(?:url\s*\(\s*[\"']?\s*(?!#|data:)|@import)", re.IGNORECASE)
_VML: Final = "urn:schemas-microsoft-com:vml"
_SVG: Final = "http://www.w3.org/2000/svg"
_REVISIONS: Final = frozenset(
    {w(name) for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")}
)


_LOOKED_AT: Final = (*FORBIDDEN_ELEMENTS, *_REVISIONS, f"{{{_VML}}}*", f"{{{_SVG}}}*")
"""All that ``_contents`` has something to say about."""


@dataclass(frozen=True, slots=True)
class VetReport:
    """``ok`` means no finding of severity error."""

    ok: bool
    findings: tuple[Finding, ...]


def vet(data: bytes, origin: str, known: Iterable[Parsed] = ()) -> VetReport:
    """Look at a Word file without trusting it; never raises for a bad file.

    ``known`` are parts that :func:`kamdesk.documents.ooxml.xml.parse` has parsed already; their trees are used for parts of
    the file that hold exactly those bytes, so that a long document is not parsed twice.

    ``origin`` is "foreign" (from somebody else: every rule refuses), "output" (made by us: the same, and it must be
    an ordinary .docx) or "own" (the user's file: what :func:`kamdesk.documents.cleaning.clean` takes out is a warning).
    """
    if origin not in (OWN, FOREIGN, OUTPUT):
        raise ValueError(origin)
    try:
        package = Package.read(data)
        for part in known:
            package.adopt(part)
        findings = list(check_package(package, origin))
    except KamdeskError as error:
        findings = [_fatal(error)]
    except MemoryError:
        findings = [_fatal(KamdeskError("word.zip_bomb"))]
    return VetReport(not any(finding.severity == "error" for finding in findings), tuple(findings))


def require(data: bytes, origin: str) -> None:
    """Raises KamdeskError with the first reason when a file may not be used."""
    for finding in vet(data, origin).findings:
        if finding.severity == "error":
            raise KamdeskError(finding.text.code, **finding.text.params)


def _fatal(error: KamdeskError) -> Finding:
    return Finding(Message("word.at_document"), "refused", error.message)


def check_package(package: Package, origin: str) -> Iterator[Finding]:
    """The findings of a readable package. Raises KamdeskError where a part is not safe to parse."""
    _parse_all(package)
    main = package.main()
    curable = "warning" if origin == OWN else "error"
    found: dict[tuple[str, str, str], Finding] = {}
    said = {"error": 0, "warning": 0}
    places = _Places(package)
    for check in (_main_type, _part_names, _relations, _contents):
        for finding in check(package, main, origin, curable, places):
            # A linked logo in three headers is one thing to say, not three.
            key = (finding.kind, str(finding.text), str(finding.place))
            if key not in found and said[finding.severity] < MOST_FINDINGS:
                found[key] = finding
                said[finding.severity] += 1
    yield from found.values()


class _Places:
    """The place of an element in a person's terms, computed only when something was found."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._paragraphs: dict[Element, Paragraph] | None = None
        self._users: dict[str, dict[str, Element]] = {}

    def of(self, node: Element, part: str) -> Message:
        """The paragraph around an element, or its part."""
        if self._paragraphs is None:
            self._paragraphs = {item.element: item for item in paragraphs(self._package)}
        for around in (node, *node.iterancestors()):
            if around in self._paragraphs:
                return self._paragraphs[around].place
        return _in_part(part)

    def of_relation(self, relation: Relation) -> Message:
        """The place where a relation is used, or its source."""
        if relation.source not in self._users:
            readable = relation.source in self._package.parts and self._package.is_xml(relation.source)
            nodes = self._package.tree(relation.source).iter() if readable else ()
            found = self._users.setdefault(relation.source, {})
            for node in nodes:
                for name, value in node.attrib.items():
                    if name.startswith(f"{{{R}}}"):
                        found.setdefault(value, node)
        user = self._users[relation.source].get(relation.id)
        return _in_part(relation.source) if user is None else self.of(user, relation.source)


def _in_part(part: str) -> Message:
    return Message("word.at_part", {"part": part}) if part else Message("word.at_document")


def _parse_all(package: Package) -> None:
    """Parse every XML part within the limits of one document. Raises KamdeskError naming the part."""
    if TYPES_PART not in package.parts:
        raise KamdeskError("word.no_document")
    total = 0
    for name in [TYPES_PART, *(part for part in package.xml_parts() if part != TYPES_PART)]:
        total += package.parts[name].count(b"<") - package.parts[name].count(b"</")
        if total > MAX_ELEMENTS:
            raise KamdeskError("word.xml_too_large", part=name)
        root = package.tree(name)
        if (name == TYPES_PART or name.lower().endswith(".rels")) and len(root) > MOST_RELATIONS:
            raise KamdeskError("word.xml_too_large", part=name)


def _main_type(package: Package, main: str, origin: str, curable: str, places: _Places) -> Iterator[Finding]:
    kind = package.content_type(main)
    if kind in (MAIN_MACRO_DOCUMENT, MAIN_MACRO_TEMPLATE):
        yield Finding(_in_part(main), "macros", Message("word.has_macros"), severity=curable, part=main)
    elif origin == OUTPUT and kind != MAIN_DOCUMENT:
        yield Finding(_in_part(main), "content_type", Message("word.no_document"), part=main)


def _part_names(package: Package, main: str, origin: str, curable: str, places: _Places) -> Iterator[Finding]:
    for name in package.parts:
        match = _FORBIDDEN_PARTS.search(f"/{name}")
        if match is None:
            continue
        found = match.group().lower()
        kind = "activex" if "activex" in found else "ole" if "embeddings" in found else "macros"
        yield Finding(_in_part(name), kind, Message(f"word.has_{kind}"), severity=curable, part=name)


def _relations(package: Package, main: str, origin: str, curable: str, places: _Places) -> Iterator[Finding]:
    for name in package.parts:
        if name.lower().endswith(".rels") and _repeated_ids(package.tree(name)):
            yield Finding(
                _in_part(name), "relations", Message("word.repeated_relation", {"part": name}), part=name
            )
    for relation in package.all_relations():
        kind = FORBIDDEN_RELATIONS.get(relation.kind)
        if relation.external and not (relation.kind == HYPERLINK and allowed_link(relation.target)):
            text = Message("word.external_link", {"target": shown_target(relation.target)})
            yield Finding(
                places.of_relation(relation), kind or "link", text, severity=curable, part=relation.source
            )
        elif kind is not None:
            text = Message("word.has_template_link" if kind == "link" else f"word.has_{kind}")
            yield Finding(places.of_relation(relation), kind, text, severity=curable, part=relation.source)
        elif not relation.external and relation.part is None and not relation.target.startswith("#"):
            text = Message("word.missing_target", {"target": shown_target(relation.target)})
            yield Finding(
                places.of_relation(relation), "missing_target", text, severity=curable, part=relation.source
            )


def _repeated_ids(root: Element) -> bool:
    ids = [entry.get("Id") for entry in root]
    return len(ids) != len(set(ids))


def _contents(package: Package, main: str, origin: str, curable: str, places: _Places) -> Iterator[Finding]:
    revised = False
    for name in package.xml_parts():
        root = package.tree(name)
        # Filtered by lxml itself: a long document is walked once, without a step of ours for each element.
        for node in root.iter(*_LOOKED_AT):
            kind = FORBIDDEN_ELEMENTS.get(node.tag)
            if kind is not None:
                yield Finding(
                    places.of(node, name), kind, Message(f"word.has_{kind}"), severity=curable, part=name
                )
            outside = outside_source(node)
            if outside:
                text = Message("word.external_link", {"target": shown_target(outside)})
                yield Finding(places.of(node, name), "link", text, severity=curable, part=name)
            revised = revised or node.tag in _REVISIONS
        for field in read_fields(root):
            if not field.allowed:
                node = field.simple if field.simple is not None else (field.marks or field.code)[0]
                text = Message(
                    "word.forbidden_field", {"name": shown_target(field.name or field.instruction) or "?"}
                )
                yield Finding(places.of(node, name), "field", text, severity=curable, part=name)
    if origin == OUTPUT and (revised or package.related(main, "comments")):
        yield Finding(
            _in_part(main), "revisions", Message("word.has_revisions"), severity="warning", part=main
        )


def outside_source(node: Element) -> str:
    """What an element fetches from outside without a relation (VML, SVG); "" where nothing."""
    tag = node.tag
    if not isinstance(tag, str):
        return ""
    if tag.startswith(f"{{{_VML}}}"):
        names: tuple[str, ...] = ("src", "href", "{urn:schemas-microsoft-com:office:office}href")
    elif tag.startswith(f"{{{_SVG}}}"):
        if local(tag) in ("script", "foreignObject"):
            return local(tag)
        if any(_STYLE_URL.search(text) for text in (node.get("style", ""), node.text or "")):
            return "style"
        names = ("href", "{http://www.w3.org/1999/xlink}href")
    else:
        return ""
    for name in names:
        value = str(node.get(name, "")).strip()
        # A link on a shape is followed by a click only, like any other link.
        link = (
            name == "href"
            and allowed_link(value)
            and local(tag) not in ("imagedata", "fill", "stroke", "image", "use")
        )
        if value and not link and not value.startswith(("#", "data:image/")):
            return value
    return ""


def shown_target(target: str) -> str:
    """A target fit for a message: short, one line."""
    text = " ".join(target.split())
    return text if len(text) <= 80 else text[:79] + "…"
