"""The one place that parses XML of Word files: bounded, UTF-8 or UTF-16, no DOCTYPE, no entity, no network."""

from __future__ import annotations

import re
from typing import Any, Final

from lxml import etree

from kamdesk.model.messages import KamdeskError

Element = Any
"""An lxml element: lxml has no annotations of its own."""

MAX_XML_BYTES: Final = 32 * 1024 * 1024
MAX_ELEMENTS: Final = 500_000
MAX_ATTRIBUTES: Final = 1_500_000

_DECLARATION: Final = re.compile(r"\A\s*<\?xml\b[^>]*?\?>")
_ENCODING: Final = re.compile(r"""\bencoding\s*=\s*["']([^"']*)["']""")
_FORBIDDEN: Final = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


def decode(data: bytes, part: str) -> str:
    """The text of an XML part, its declaration taken off.

    The packaging standard allows UTF-8 and UTF-16 only; any other encoding would let a DOCTYPE pass unseen.
    Raises KamdeskError.
    """
    if data[:4] in (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff", b"\x00\x00\x00<", b"<\x00\x00\x00"):
        raise KamdeskError("word.xml_encoding", part=part)
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
    if wide:
        little = data[:2] in (b"\xff\xfe", b"<\x00")
        codec = "utf-16-le" if little else "utf-16-be"
    else:
        codec = "utf-8"
    try:
        text = data.decode(codec).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise KamdeskError("word.xml_encoding", part=part) from error
    declaration = _DECLARATION.match(text)
    if declaration is not None:
        named = _ENCODING.search(declaration.group())
        allowed = {"utf-16", "utf-16le", "utf-16be"} if wide else {"utf-8", "utf8", "us-ascii"}
        if named is not None and named[1].strip().lower() not in allowed:
            raise KamdeskError("word.xml_encoding", part=part)
        text = text[declaration.end() :]
    return text


def parse(data: bytes, part: str) -> Element:
    """The root element of an XML part. Raises KamdeskError naming the part."""
    if len(data) > MAX_XML_BYTES:
        raise KamdeskError("word.xml_too_large", part=part)
    text = decode(data, part)
    if _FORBIDDEN.search(text):
        raise KamdeskError("word.doctype", part=part)
    if count_elements(text) > MAX_ELEMENTS or text.count("=") > MAX_ATTRIBUTES:
        raise KamdeskError("word.xml_too_large", part=part)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=False,
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise KamdeskError("word.xml_broken", part=part) from error
    if root.getroottree().docinfo.doctype:
        raise KamdeskError("word.doctype", part=part)
    return root


def count_elements(text: str) -> int:
    """An upper bound of the number of elements, without parsing."""
    return text.count("<") - text.count("</")


def serialise(root: Element) -> bytes:
    """The bytes of a part as Word writes them: UTF-8 with a standalone declaration."""
    data: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def element(
    tag: str, attributes: dict[str, str] | None = None, *children: Element, text: str | None = None
) -> Element:
    """A new element with attributes, children and text."""
    made = etree.Element(tag, attributes or {})
    made.text = text
    made.extend(children)
    return made


def remove(node: Element) -> None:
    """Take an element out; text behind it stays (Word parts have none, customXml may)."""
    parent = node.getparent()
    if parent is None:
        return
    if node.tail and node.tail.strip():
        before = node.getprevious()
        if before is None:
            parent.text = (parent.text or "") + node.tail
        else:
            before.tail = (before.tail or "") + node.tail
    parent.remove(node)


def unwrap(node: Element) -> None:
    """Put the children of an element in its place."""
    parent = node.getparent()
    if parent is None:
        return
    at = parent.index(node)
    for child in list(node):
        parent.insert(at, child)
        at += 1
    parent.remove(node)
