"""Cleaning of the user's own Word file on a copy, and taking authors off what leaves the house.

A company's template always carries links to files, macros or comments; they are taken out and named, and only
what cannot be cleaned is refused (trust.md, Templates).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kamdesk.documents.ooxml.names import (
    HYPERLINK,
    IMAGE,
    MAIN_DOCUMENT,
    MAIN_MACRO_DOCUMENT,
    MAIN_MACRO_TEMPLATE,
    R,
    allowed_link,
    is_word_namespace,
    local,
    w,
)
from kamdesk.documents.ooxml.package import Package, Relation
from kamdesk.documents.ooxml.revisions import accept_revisions, drop_comments, drop_revision_ids
from kamdesk.documents.ooxml.unlink import drop_object, drop_references, unlink_fields
from kamdesk.documents.ooxml.xml import Element, remove
from kamdesk.documents.unseen import drop_unseen
from kamdesk.documents.vetting import (
    FORBIDDEN_ELEMENTS,
    FORBIDDEN_RELATIONS,
    FOREIGN,
    MACRO_RELATIONS,
    OUTPUT,
    outside_source,
    require,
    shown_target,
)
from kamdesk.model.messages import KamdeskError, Message

COMMENT_RELATIONS: Final = frozenset(
    {"comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"}
)
_PICTURE_STARTS: Final = (
    (b"\x89PNG\r\n", "png", "image/png"),
    (b"\xff\xd8\xff", "jpeg", "image/jpeg"),
    (b"GIF8", "gif", "image/gif"),
)
_PRIVATE_SETTINGS: Final = (
    "mailMerge",
    "documentProtection",
    "writeProtection",
    "trackRevisions",
    "docVars",
    "attachedTemplate",
)
_AUTHOR_PROPERTIES: Final = frozenset(
    {"creator", "lastModifiedBy", "Manager", "Template", "HyperlinkBase", "revision", "TotalTime"}
    | {"description", "keywords", "category", "contentStatus"}
)
_SIGNATURES: Final = frozenset({"origin", "thumbnail"})


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The cleaned copy, what was taken out, and linked pictures that can be embedded when their file is given.

    An offer is the message ``word.offer_picture`` with the parameter ``target``, the key for ``embed``.
    """

    data: bytes
    removed: tuple[Message, ...]
    offers: tuple[Message, ...]


@dataclass(slots=True)
class _Log:
    removed: list[Message] = field(default_factory=list)
    offers: list[Message] = field(default_factory=list)

    def add(self, code: str, **params: object) -> None:
        message = Message(code, params)
        if message not in self.removed:
            self.removed.append(message)


def clean(data: bytes, embed: Mapping[str, bytes] | None = None) -> Cleaned:
    """A .docx without links to files, macros, comments and tracked changes from a .docx, .dotx, .docm or .dotm.

    ``embed`` gives the bytes of linked pictures by the ``target`` of an earlier offer (PNG, JPEG or GIF).
    Raises KamdeskError with the true reason when the file cannot be cleaned.
    """
    package = Package.read(data)
    main = package.main()
    log = _Log()
    if package.content_type(main) in (MAIN_MACRO_DOCUMENT, MAIN_MACRO_TEMPLATE):
        log.add("word.removed_macros")
    package.set_content_type(main, MAIN_DOCUMENT)
    for relation in list(package.all_relations()):
        _relation(package, relation, embed or {}, log)
    _settings(package, main, log)
    fields = 0
    for name in package.xml_parts():
        fields += len(_contents(package, name, log))
    if fields:
        log.add("word.removed_fields", n=fields)
    _people(package, log)
    package.prune()
    if drop_unseen(package, keep_tags=True):
        log.add("word.removed_unseen")
    result = package.write()
    try:
        require(result, FOREIGN)
    except KamdeskError as error:
        raise KamdeskError("word.cannot_clean", reason=error.message) from error
    return Cleaned(result, tuple(log.removed), tuple(log.offers))


def strip_personal(data: bytes, *, leaving: bool = True) -> bytes:
    """A document of ours without authors, comments, tracked changes, session ids and what no page shows.

    It is vetted for leaving the house unless ``leaving`` is False: how a reader would see it can be told of any file. Raises
    KamdeskError when the document holds what may not leave, or cannot be read.
    """
    package = Package.read(data)
    for relation in list(package.all_relations()):
        if relation.kind == "attachedTemplate":
            _drop(package, relation)
    for name in package.related(package.main(), "settings"):
        for node in list(package.edit(name).iter(w("docVars"), w("attachedTemplate"))):
            remove(node)
    _people(package, _Log())
    package.prune()
    drop_unseen(package)
    result = package.write()
    if leaving:
        require(result, OUTPUT)
    return result


# --- relations ---------------------------------------------------------------------------------------------


def _relation(package: Package, relation: Relation, embed: Mapping[str, bytes], log: _Log) -> None:
    kind = FORBIDDEN_RELATIONS.get(relation.kind)
    target = shown_target(relation.target)
    if relation.external and relation.kind == HYPERLINK and allowed_link(relation.target):
        return
    if relation.external and relation.kind == IMAGE:
        if relation.target in embed:
            _embed(package, relation, embed[relation.target])
            return
        if _drop(package, relation):
            log.add("word.removed_picture", target=target)
            offer = Message("word.offer_picture", {"target": relation.target})
            if offer not in log.offers:
                log.offers.append(offer)
        return
    if relation.kind == "attachedTemplate":
        log.add("word.removed_template", target=target)
    elif relation.external or kind == "link":
        log.add("word.removed_link", target=target)
    elif kind is not None:
        log.add(f"word.removed_{'macros' if relation.kind in MACRO_RELATIONS else kind}")
    elif relation.part is None and not relation.target.startswith("#"):
        log.add("word.removed_dangling", target=target)
    else:
        return
    _drop(package, relation)


def _drop(package: Package, relation: Relation) -> list[Element]:
    """Take a relation out with what refers to it; the pictures that went."""
    gone: list[Element] = []
    if relation.source in package.parts and package.is_xml(relation.source):
        gone = drop_references(package.edit(relation.source), relation.id)
    package.drop_relation(relation)
    return gone


def _embed(package: Package, relation: Relation, picture: bytes) -> None:
    """Put a picture into the file in place of the link to it. Raises KamdeskError when it is not a picture."""
    known = next((kind for kind in _PICTURE_STARTS if picture.startswith(kind[0])), None)
    if known is None:
        raise KamdeskError("word.not_a_picture", target=shown_target(relation.target))
    _, ending, content_type = known
    number = sum(name.startswith("word/media/") for name in package.parts) + 1
    name = next(
        candidate
        for candidate in (f"word/media/embedded{at}.{ending}" for at in range(number, number + 1000))
        if candidate not in package.parts
    )
    package.put(name, picture, content_type)
    fresh = package.add_relation(relation.source, relation.type, f"/{name}")
    for node in package.edit(relation.source).iter():
        if local(node.tag) == "blip" and node.get(f"{{{R}}}link") == relation.id:
            del node.attrib[f"{{{R}}}link"]
            node.set(f"{{{R}}}embed", fresh)
        elif local(node.tag) == "imagedata":
            for attribute in (f"{{{R}}}id", f"{{{R}}}href", f"{{{R}}}pict"):
                if node.get(attribute) == relation.id:
                    del node.attrib[attribute]
                    node.set(f"{{{R}}}id", fresh)
    package.drop_relation(relation)


# --- contents ----------------------------------------------------------------------------------------------


def _settings(package: Package, main: str, log: _Log) -> None:
    for name in package.related(main, "settings"):
        root = package.edit(name)
        for setting in _PRIVATE_SETTINGS:
            for node in list(root.iter(w(setting))):
                remove(node)
                if setting in ("documentProtection", "writeProtection"):
                    log.add("word.removed_protection")
                elif setting == "mailMerge":
                    log.add("word.removed_mail_merge")


def _contents(package: Package, name: str, log: _Log) -> list[str]:
    root = package.tree(name)
    wrong = [node for node in root.iter() if node.tag in FORBIDDEN_ELEMENTS or outside_source(node)]
    fields = unlink_fields(root)
    if wrong or fields:
        package.edit(name)
    for node in wrong:
        kind = FORBIDDEN_ELEMENTS.get(node.tag)
        if kind == "ole":
            drop_object(node)
        elif node.getparent() is not None:
            if kind is None:
                log.add("word.removed_link", target=shown_target(outside_source(node)))
            remove(node)
        if kind is not None:
            log.add(f"word.removed_{kind}")
    return fields


def _people(package: Package, log: _Log) -> None:
    """Comments, tracked changes, names of authors, the preview picture and signatures that no longer hold."""
    comments = changes = 0
    authors = False
    for relation in list(package.all_relations()):
        if relation.kind in COMMENT_RELATIONS or relation.kind in _SIGNATURES:
            if relation.kind == "origin":
                log.add("word.removed_signature")
            package.drop_relation(relation)
    for name in package.xml_parts():
        if is_word_namespace(package.tree(name).tag):
            root = package.edit(name)
            changes += accept_revisions(root)
            comments += drop_comments(root)
            drop_revision_ids(root)
    for relation in package.relations(""):
        if relation.kind in ("core-properties", "extended-properties") and relation.part is not None:
            authors = _drop_authors(package.edit(relation.part)) or authors
    if comments:
        log.add("word.removed_comments", n=comments)
    if changes:
        log.add("word.removed_changes", n=changes)
    if authors:
        log.add("word.removed_authors")


def _drop_authors(root: Element) -> bool:
    """Take the properties out that name people, folders or habits; whether a person was named."""
    named = False
    for node in list(root):
        if local(node.tag) in _AUTHOR_PROPERTIES:
            named = named or (local(node.tag) in ("creator", "lastModifiedBy", "Manager") and bool(node.text))
            remove(node)
    return named
