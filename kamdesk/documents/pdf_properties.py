"""What the built-in converter leaves out of a PDF: its title, whom it is from, its language.

A reading program says the title instead of a file's name, and reads aloud in the right language. They are added as PDF 1.7,
7.5.6 has it: an update at the end of the file, nothing before it touched.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from kamdesk.documents.ooxml.xml import parse
from kamdesk.model.messages import KamdeskError

_CORE: Final = "docProps/core.xml"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_TRAILER: Final = re.compile(rb"trailer\s*<<(?P<said>[^<>]*)>>\s*startxref\s+(?P<start>\d+)\s+%%EOF\s*\Z")
_DICTIONARY: Final = re.compile(rb"\s+\d+ 0 obj\s*<<(.*?)>>\s*endobj", re.DOTALL)
_REFERENCE: Final = rb"/%s\s+(\d+)\s+0\s+R"


def described(pdf: bytes, docx: bytes) -> bytes:
    """The PDF with title, author and language of the Word file it was made of; as it is where either is of another shape."""
    trailer = _TRAILER.search(pdf, max(0, len(pdf) - 1024))
    said = _said(docx)
    if trailer is None or not said:
        return pdf
    root, info = (re.search(_REFERENCE % name, trailer["said"]) for name in (b"Root", b"Info"))
    size = re.search(rb"/Size\s+(\d+)", trailer["said"])
    at = pdf.rfind(b"\n%s 0 obj" % root[1]) if root else -1
    held = _DICTIONARY.match(pdf, at) if at >= 0 else None
    if root is None or info is None or size is None or held is None or b"/Lang" in held[1]:
        return pdf
    catalogue = b"<<%s\n/Lang %s\n/ViewerPreferences <</DisplayDocTitle true>>>>" % (
        held[1],
        _text(said.get("language", "")),
    )
    about = b"<</Title %s\n/Author %s>>" % (_text(said.get("title", "")), _text(said.get("creator", "")))
    made, entries = bytearray(pdf), {}
    for number, content in ((int(info[1]), about), (int(root[1]), catalogue)):
        entries[number] = len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % item for item in sorted(entries.items()))
    made += b"trailer\n<</Size %s /Root %s 0 R /Info %s 0 R /Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        size[1], root[1], info[1], trailer["start"], start,
    )  # fmt: skip
    return bytes(made)


def _said(docx: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(docx)) as source:
        if _CORE not in source.namelist():
            return {}
        try:
            root = parse(source.read(_CORE), _CORE)
        except KamdeskError:  # a company's file may have odd properties; its pages are right all the same
            return {}
    return {
        str(node.tag).removeprefix(_DC): node.text or "" for node in root if str(node.tag).startswith(_DC)
    }


def _text(words: str) -> bytes:
    """A text string: UTF-16 with its mark, in hexadecimal."""
    return b"<%s>" % ("\ufeff" + words).encode("utf-16-be").hex().encode("ascii")
