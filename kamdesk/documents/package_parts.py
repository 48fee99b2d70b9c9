"""The parts of a Word file besides its text: relationships, properties, settings.

``forget_template`` leaves out what tells of the template's author or of earlier editing; nothing of it may be in a
file that goes to a client.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.legal import legal
from kamdesk.documents.ooxml.names import (
    MAIN_DOCUMENT,
    PACKAGE_RELATIONS,
    PACKAGE_TYPES,
    TYPES_PART,
    local,
    w,
)
from kamdesk.documents.ooxml.package import Package
from kamdesk.documents.ooxml.revisions import accept_revisions, drop_comments, drop_revision_ids
from kamdesk.documents.ooxml.xml import element, parse, remove, serialise

CORE: Final = "docProps/core.xml"
EXTENDED: Final = "docProps/app.xml"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_METADATA: Final = f"{PACKAGE_RELATIONS}/metadata/core-properties"
_GONE: Final = frozenset(
    "comments commentsExtended commentsIds commentsExtensible people attachedTemplate vbaProject wordVbaData "
    "core-properties extended-properties thumbnail printerSettings keyMapCustomizations attachedToolbars recipientData "
    "mailMergeSource mailMergeHeaderSource ui".split()
)
_SETTINGS: Final = (
    "trackRevisions", "rsids", "attachedTemplate", "revisionView", "linkStyles", "mailMerge", "docVars", "writeProtection",
)  # fmt: skip


def text_parts(package: Package) -> list[str]:
    """The names of the parts that hold text: the document itself, headers, footers, footnotes, endnotes."""
    main = package.main()
    return [main, *dict.fromkeys(package.related(main, "header", "footer", "footnotes", "endnotes"))]


def forget_template(package: Package) -> None:
    """Take off comments, tracked changes, authors, revision ids, macros and properties; a .dotx becomes a document."""
    main = package.main()
    uses_custom = any(b"DOCPROPERTY" in package.parts[name] for name in text_parts(package))
    for relation in [*package.all_relations()]:
        # Word prints an error in place of a DOCPROPERTY field whose property is gone.
        needless = relation.kind == "custom-properties" and not uses_custom
        if relation.kind in _GONE or needless or (not relation.external and relation.part is None):
            package.drop_relation(relation)
    package.prune()
    for name in text_parts(package):
        root = package.edit(name)
        accept_revisions(root)
        drop_comments(root)
        drop_revision_ids(root)
    for name in package.related(main, "styles", "numbering"):
        root = package.edit(name)
        drop_revision_ids(root)
        for node in [*root.iter(w("rsid"))]:
            remove(node)
    for name in package.related(main, "settings"):
        root = package.edit(name)
        for setting in _SETTINGS:
            for node in root.findall(w(setting)):
                remove(node)
        # Word numbers each file it makes: all documents of one template would tell that they are of one origin.
        for node in [child for child in root if local(child.tag) == "docId"]:
            remove(node)
    package.set_content_type(main, MAIN_DOCUMENT)
    package.put(CORE, b"", "application/vnd.openxmlformats-package.core-properties+xml")
    package.put(EXTENDED, b"", "application/vnd.openxmlformats-officedocument.extended-properties+xml")
    package.add_relation("", _METADATA, CORE)
    package.add_relation("", f"{_OFFICE}/extended-properties", EXTENDED)


def with_png(types: bytes) -> bytes:
    """``[Content_Types].xml`` that knows PNG pictures."""
    root = parse(types, TYPES_PART)
    if all((node.get("Extension") or "").lower() != "png" for node in root if local(node.tag) == "Default"):
        root.insert(
            0, element(f"{{{PACKAGE_TYPES}}}Default", {"Extension": "png", "ContentType": "image/png"})
        )
    return serialise(root)


def with_relations(
    relations: bytes, pictures: Sequence[tuple[str, str]], links: Sequence[tuple[str, str]] = ()
) -> bytes:
    """A relationships part with pictures (id, part name) and links (id, address) added; ``relations`` may be empty."""
    if not pictures and not links:
        return relations
    text = (
        relations.decode("utf-8")
        if relations
        else f'<Relationships xmlns="{PACKAGE_RELATIONS}"></Relationships>'
    )
    text = re.sub(r"<Relationships([^>]*)/>", r"<Relationships\1></Relationships>", text)
    added = "".join(
        f'<Relationship Id="{identity}" Type="{_OFFICE}/image" Target="/{target}"/>'
        for identity, target in pictures
    )
    added += "".join(
        f'<Relationship Id="{identity}" Type="{_OFFICE}/hyperlink" Target={quoteattr(legal(address))} TargetMode="External"/>'
        for identity, address in links
    )
    return text.replace("</Relationships>", f"{added}</Relationships>").encode("utf-8")


def with_lists(numbering: bytes, lists: Sequence[tuple[str, str]]) -> bytes:
    """A numbering part with lists added, each (new id, id of the list whose look it has), counting from 1."""
    if not lists:
        return numbering
    root = parse(numbering, "word/numbering.xml")
    held = {node.get(w("numId")): node for node in root.iterfind(w("num"))}
    for new, model in lists:
        abstract = held[model].find(w("abstractNumId"))
        start = element(w("lvlOverride"), {w("ilvl"): "0"}, element(w("startOverride"), {w("val"): "1"}))
        made = element(
            w("num"),
            {w("numId"): new},
            element(w("abstractNumId"), {w("val"): abstract.get(w("val"), "0")}),
            start,
        )
        [*root.iterfind(w("num"))][-1].addnext(made)
    return serialise(root)


def core_properties(document: OutgoingDocument) -> bytes:
    """Title, company as author, language, the document's own date; revision 1."""
    moment = f'xsi:type="dcterms:W3CDTF">{escape(document.date)}T09:00:00Z'
    company = escape(legal(document.company))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(legal(document.title))}</dc:title><dc:creator>{company}</dc:creator>"
        f"<cp:lastModifiedBy>{company}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f"<dcterms:created {moment}</dcterms:created><dcterms:modified {moment}</dcterms:modified>"
        f"<dc:language>{'ru-RU' if document.language == 'ru' else 'en-GB'}</dc:language></cp:coreProperties>"
    ).encode()


def extended_properties(company: str) -> bytes:
    """The company, and not a word more."""
    space = quoteattr("http://schemas.openxmlformats.org/officeDocument/2006/extended-properties")
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns={space}>'
        f"<Company>{escape(legal(company))}</Company></Properties>"
    ).encode()
