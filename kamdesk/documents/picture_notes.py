"""Notes inside pictures, taken off without touching a pixel: where, when, by whom and with what a photograph was made.

JPEG (ITU-T T.81, annex B; EXIF 2.3) and PNG (specification, second edition); any other file stays as it is. A picture in somebody's
document keeps its size and its sharpness, which drawing it anew would not.
"""

from __future__ import annotations

import re
import struct
from typing import Final

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_CHUNKS: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"bKGD", b"pHYs"}
    | {b"acTL", b"fcTL", b"fdAT"}
)  # fmt: skip
_START, _END, _SCAN, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_APPS: Final = range(0xE0, 0xF0)
_JFIF, _EXIF, _COLOURS, _ADOBE = 0xE0, 0xE1, 0xE2, 0xEE
_MARKER: Final = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
"""A marker behind the data of a scan, which has its own FF only as FF00 and restarts."""
_TURNED: Final = (
    b"\xff\xe1\x00\x22Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01"
)
"""A note with nothing but how the camera was held, its value and two zeroes of padding, and no further directory."""


def bare(data: bytes) -> bytes:
    """The picture without notes, thumbnails and what is appended; what cannot be read stays as it is."""
    try:
        if data.startswith(_PNG):
            return _bare_png(data)
        if data.startswith(b"\xff\xd8"):
            return _bare_jpeg(data)
    except (struct.error, IndexError):
        return data
    return data


def _bare_png(data: bytes) -> bytes:
    made, at = [_PNG], len(_PNG)
    while True:
        size, kind = struct.unpack_from(">I4s", data, at)
        chunk = data[at : at + size + 12]
        if len(chunk) < size + 12:
            return data
        if kind in _CHUNKS:
            made.append(chunk)
        at += size + 12
        if kind == b"IEND":
            return b"".join(made)


def _bare_jpeg(data: bytes) -> bytes:
    made, at, turn = [data[:2]], 2, 1
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == _END:
            head = 2 if len(made) > 1 and made[1][1] == _JFIF else 1
            return b"".join([*made[:head], *_turned(turn), *made[head:], data[at : at + 2]])
        size = struct.unpack_from(">H", data, at + 2)[0]
        segment = data[at : at + 2 + size]
        if size < 2 or len(segment) < size + 2:
            return data
        if marker == _EXIF and segment[4:10] == b"Exif\x00\x00":
            turn = orientation(segment[10:])
        if _is_kept(marker, segment):
            made.append(segment)
        at += 2 + size
        if marker == _SCAN:
            following = _MARKER.search(data, at)
            if following is None:
                return data
            made.append(data[at : following.start()])
            at = following.start()
    return data


def _is_kept(marker: int, segment: bytes) -> bool:
    if marker == _COMMENT:
        return False
    if marker not in _APPS:
        return True
    known = {_JFIF: b"JFIF\x00", _COLOURS: b"ICC_PROFILE\x00", _ADOBE: b"Adobe"}.get(marker)
    return known is not None and segment[4:].startswith(known)


def _turned(turn: int) -> list[bytes]:
    """The note that says how a picture stands; none where it stands upright."""
    return [_TURNED + struct.pack(">HHI", turn, 0, 0)] if 1 < turn <= 8 else []


def orientation(tiff: bytes) -> int:
    """Tag 0x0112 of the first directory (EXIF 2.3, 4.6.4); 1 where it is absent or odd."""
    order = "<" if tiff[:2] == b"II" else ">"
    try:
        start = struct.unpack_from(order + "I", tiff, 4)[0]
        for number in range(struct.unpack_from(order + "H", tiff, start)[0]):
            entry = start + 2 + 12 * number
            if struct.unpack_from(order + "H", tiff, entry)[0] == 0x0112:
                return int(struct.unpack_from(order + "H", tiff, entry + 8)[0])
    except struct.error:
        return 1
    return 1
