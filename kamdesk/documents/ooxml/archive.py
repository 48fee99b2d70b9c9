"""Reading a zip that may be hostile: names, counts and sizes are checked as the bytes stream, never as declared."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from io import BytesIO
from typing import Final

from kamdesk.documents.ooxml.identify import require_word, require_zip
from kamdesk.model.messages import KamdeskError

MAX_FILE: Final = 64 * 1024 * 1024
MAX_ENTRIES: Final = 2_000
MAX_EXPANDED: Final = 160 * 1024 * 1024
MAX_RATIO: Final = 100
RATIO_FROM: Final = 8 * 1024 * 1024
"""A ratio says nothing of a small file: a table of equal rows packs 1:200 and is honest."""
MAX_NAME: Final = 260

_END: Final = b"PK\x05\x06"
_FIXED_DATE: Final = (1980, 1, 1, 0, 0, 0)
_CHUNK: Final = 64 * 1024
_BAD_NAME: Final = re.compile(r"[\x00-\x1f\x7f\\:]|\A/|(?:\A|/)\.\.?(?:/|\Z)|//")


def read_archive(data: bytes) -> dict[str, bytes]:
    """Every entry by name, in the order of the file. Raises KamdeskError with the true reason of a refusal."""
    require_zip(data)
    if len(data) > MAX_FILE:
        raise KamdeskError("word.file_too_large", megabytes=MAX_FILE // 1024 // 1024)
    _check_end(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_entries(entries, archive.start_dir)
            parts = _read_all(archive, entries, len(data))
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, ValueError) as error:
        raise KamdeskError("word.damaged") from error
    require_word(parts.keys(), parts.get("mimetype", b"")[:200])
    return parts


def _check_end(data: bytes) -> None:
    """The closing record: missing in a file that was cut; read before zipfile builds its list of entries."""
    at = data.rfind(_END, max(0, len(data) - 66_000))
    if at < 0 or len(data) < at + 22:
        raise KamdeskError("word.cut")
    entries, directory_size, directory_start = struct.unpack_from("<HII", data, at + 10)
    if entries > MAX_ENTRIES or directory_size > MAX_ENTRIES * (MAX_NAME + 200):
        raise KamdeskError("word.too_many_entries", n=MAX_ENTRIES)
    if directory_start + directory_size > at:
        raise KamdeskError("word.damaged")


def _check_entries(entries: list[zipfile.ZipInfo], directory: int) -> None:
    if len(entries) > MAX_ENTRIES:
        raise KamdeskError("word.too_many_entries", n=MAX_ENTRIES)
    seen: set[str] = set()
    end = 0
    for entry in sorted(entries, key=lambda item: item.header_offset):
        if entry.flag_bits & 0x1:
            raise KamdeskError("word.is_encrypted")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise KamdeskError("word.damaged")
        # orig_filename shows what zipfile's own cleaning (NUL, separators) would hide.
        if len(entry.orig_filename) > MAX_NAME or _BAD_NAME.search(entry.orig_filename):
            raise KamdeskError("word.bad_entry_name", name=_shown(entry.orig_filename))
        # Part names are equal without regard to case (ECMA-376 part 2), so two such entries are one part twice.
        folded = entry.filename.casefold().rstrip("/")
        if folded in seen:
            raise KamdeskError("word.duplicate_entry", name=_shown(entry.filename))
        seen.add(folded)
        if entry.header_offset < end:
            raise KamdeskError("word.zip_bomb")
        end = entry.header_offset + entry.compress_size
    if end > directory:
        raise KamdeskError("word.damaged")


def _read_all(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], size: int) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    expanded = 0
    for entry in entries:
        if entry.is_dir():
            continue
        content = BytesIO()
        with archive.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                expanded += len(chunk)
                if expanded > MAX_EXPANDED or (expanded > RATIO_FROM and expanded > MAX_RATIO * size):
                    raise KamdeskError("word.zip_bomb")
                content.write(chunk)
        if content.tell() != entry.file_size:
            raise KamdeskError("word.damaged")
        parts[entry.filename] = content.getvalue()
    return parts


def write_archive(parts: dict[str, bytes]) -> bytes:
    """The zip of the parts, content types first, with fixed dates: equal parts give equal bytes."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda item: (item != "[Content_Types].xml", item != "_rels/.rels")):
            entry = zipfile.ZipInfo(name, _FIXED_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, parts[name])
    return target.getvalue()


def _shown(name: str) -> str:
    """A name fit for a message: short, without control characters."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:80]
