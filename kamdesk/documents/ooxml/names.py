"""Names of Office Open XML: namespaces, qualified tags, kinds of parts (ECMA-376, transitional)."""

from __future__ import annotations

from typing import Final

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
PACKAGE_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
PACKAGE_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
STRICT: Final = "http://purl.oclc.org/ooxml/"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

TYPES_PART: Final = "[Content_Types].xml"
ROOT_RELATIONS: Final = "_rels/.rels"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN_DOCUMENT: Final = _WORD + "document.main+xml"
MAIN_TEMPLATE: Final = _WORD + "template.main+xml"
MAIN_MACRO_DOCUMENT: Final = "application/vnd.ms-word.document.macroEnabled.main+xml"
MAIN_MACRO_TEMPLATE: Final = "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"
MAIN_TYPES: Final = frozenset({MAIN_DOCUMENT, MAIN_TEMPLATE, MAIN_MACRO_DOCUMENT, MAIN_MACRO_TEMPLATE})

HYPERLINK: Final = "hyperlink"
IMAGE: Final = "image"
ALLOWED_SCHEMES: Final = frozenset({"http", "https", "mailto"})


def w(tag: str) -> str:
    """A WordprocessingML tag or attribute in lxml's notation."""
    return f"{{{W}}}{tag}"


def r(tag: str) -> str:
    """An attribute that names a relationship, in lxml's notation."""
    return f"{{{R}}}{tag}"


def local(tag: object) -> str:
    """The local name of a qualified tag; "" for a comment or a processing instruction."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def is_word_namespace(tag: object) -> bool:
    """Whether a tag is of WordprocessingML."""
    return isinstance(tag, str) and tag.startswith(f"{{{W}}}")


def allowed_link(target: str) -> bool:
    """Whether a link may stay: http, https, mailto or a place inside the document (trust.md, Templates)."""
    text = target.strip()
    if any(ord(letter) < 32 for letter in text) or "\\" in text:
        return False
    if text.startswith("#"):
        return True
    scheme, colon, rest = text.partition(":")
    if not colon or scheme.lower() not in ALLOWED_SCHEMES:
        return False
    return scheme.lower() == "mailto" or (rest.startswith("//") and len(rest) > 2)
