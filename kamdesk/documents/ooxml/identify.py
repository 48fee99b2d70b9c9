"""What a file truly is when it is not a Word document, so that the refusal can name the reason."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from kamdesk.model.messages import KamdeskError

_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_COMPOUND_KINDS: Final = (
    ("WordDocument", "word.is_doc"),
    ("EncryptedPackage", "word.is_encrypted"),
    ("EncryptionInfo", "word.is_encrypted"),
    ("PowerPoint Document", "word.is_slides"),
    ("Workbook", "word.is_spreadsheet"),
    ("Book", "word.is_spreadsheet"),
    ("__properties_version1.0", "word.is_mail"),
)
_STARTS: Final = (
    (b"%PDF", "word.is_pdf"),
    (b"{\\rtf", "word.is_rtf"),
    (b"\x89PNG", "word.is_picture"),
    (b"\xff\xd8\xff", "word.is_picture"),
    (b"GIF8", "word.is_picture"),
    (b"BM", "word.is_picture"),
    (b"7z\xbc\xaf", "word.is_archive"),
    (b"Rar!", "word.is_archive"),
    (b"\x1f\x8b", "word.is_archive"),
    (b"BEGIN:VCARD", "word.is_contact"),
    (b"age-encryption.org/", "word.is_package"),
)
ZIP_START: Final = b"PK\x03\x04"


def require_zip(data: bytes) -> None:
    """Raises KamdeskError with the true reason when the bytes cannot be the zip of a Word file."""
    if not data:
        raise KamdeskError("word.empty")
    if data.startswith(ZIP_START):
        return
    if data.startswith(_COMPOUND):
        raise KamdeskError(_compound_kind(data))
    if not data.strip(b"\0"):
        raise KamdeskError("word.zeros")
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, code in _STARTS:
        if start.startswith(magic):
            raise KamdeskError(code)
    lowered = start.lower()
    if lowered.startswith((b"<!doctype html", b"<html")):
        raise KamdeskError("word.is_web_page")
    if lowered.startswith((b"<?xml", b"<w:worddocument", b"<pkg:package")):
        if b"opendocument" in data[:4096]:
            raise KamdeskError("word.is_odt")
        known = any(mark in data[:4096] for mark in (b"wordml", b"pkg:package", b"Word.Document"))
        raise KamdeskError("word.is_plain_xml" if known else "word.not_word")
    if data.startswith(b"PK"):
        raise KamdeskError("word.cut")
    raise KamdeskError("word.not_word")


def _compound_kind(data: bytes) -> str:
    """The kind of an OLE compound file by the names in its directory (UTF-16 text)."""
    for name, code in _COMPOUND_KINDS:
        if name.encode("utf-16-le") in data:
            return code
    return "word.is_old_office"


def require_word(names: Collection[str], mimetype: bytes) -> None:
    """Raises KamdeskError when a readable zip holds something other than a Word document."""
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        raise KamdeskError("word.is_odt" if b".text" in mimetype else "word.is_open_document")
    if "[Content_Types].xml" in names:
        folders = {name.partition("/")[0] for name in names}
        if "word" not in folders and "xl" in folders:
            raise KamdeskError("word.is_spreadsheet")
        if "word" not in folders and "ppt" in folders:
            raise KamdeskError("word.is_slides")
        return
    if any(name.startswith("Index/") or name.endswith(".iwa") for name in names):
        raise KamdeskError("word.is_pages")
    raise KamdeskError("word.is_archive")
