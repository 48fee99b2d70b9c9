"""Pictures without a picture library: PNG written from pixels, SVG drawn, foreign pictures decoded anew.

The decoder is resvg (Rust): it reads PNG, JPEG, GIF and WebP. What comes out is a PNG of pixels only, so EXIF, comments and
anything appended to the file stay behind. Called in the worker.
"""

from __future__ import annotations

import base64
import struct
import zlib
from functools import cache, lru_cache
from typing import Final

from kamdesk.documents.fonts import font_folders
from kamdesk.documents.picture_notes import orientation
from kamdesk.model.messages import KamdeskError

MOST_PIXELS: Final = 50_000_000
_ANY_SANS: Final = "font-family=\"Arial, 'Liberation Sans', sans-serif\""
_FAMILIES: Final = (
    ("arial.ttf", "arialbd.ttf", "Arial"),
    ("Arial.ttf", "Arial Bold.ttf", "Arial"),
    ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "Liberation Sans"),
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVu Sans"),
)
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PIXELS: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"sRGB", b"gAMA", b"pHYs", b"IDAT", b"IEND"})
_TURNS: Final = {  # EXIF orientation → (matrix of SVG in units of width and height, sides swapped)
    2: ("-1 0 0 1 {w} 0", False),
    3: ("-1 0 0 -1 {w} {h}", False),
    4: ("1 0 0 -1 0 {h}", False),
    5: ("0 1 1 0 0 0", True),
    6: ("0 1 -1 0 {h} 0", True),
    7: ("0 -1 -1 0 {h} {w}", True),
    8: ("0 -1 1 0 0 {w}", True),
}


def png(width: int, height: int, rgb: bytes | memoryview, stride: int) -> bytes:
    """A PNG of 8-bit RGB rows, ``stride`` bytes apart (PNG specification, second edition)."""
    view = memoryview(rgb)
    rows = b"".join(b"\x00" + bytes(view[row * stride : row * stride + width * 3]) for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return _PNG + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 3)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels. Raises KamdeskError when this is no PNG."""
    if data[:8] != _PNG or len(data) < 24:
        raise KamdeskError("documents.bad_picture")
    width, height = struct.unpack(">II", data[16:24])
    return width, height


@lru_cache(maxsize=4)  # every variant of a proposal has the same chart
def as_png(svg: str, zoom: float = 2.2) -> bytes:
    """The SVG drawn ``zoom`` times its size with the fonts of this system."""
    import resvg_py

    family, files = _sans_fonts()
    if not files:
        return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=zoom))
    # Naming the files spares resvg the reading of every font of the system: 60 ms a picture.
    named = svg.replace(_ANY_SANS, f'font-family="{family}"')
    if family == "Liberation Sans":
        # It has no rouble sign, and resvg would draw every word that holds one in another face.
        named = named.replace("\u20bd", "руб.")
    return bytes(resvg_py.svg_to_bytes(svg_string=named, zoom=zoom, font_files=files, skip_system_fonts=True))


@cache
def _sans_fonts() -> tuple[str, list[str]]:
    """The first sans-serif family found and the files to draw with: regular and bold of all known families.

    Not each has every sign: the rouble sign is missing from some Liberation fonts, DejaVu has it.
    """
    family, files = "", []
    for regular, bold, name in _FAMILIES:
        found = next((path for folder in font_folders() for path in folder.rglob(regular)), None)
        if found is not None:
            family = family or name
            files += [str(path) for path in (found, found.with_name(bold)) if path.is_file()]
    return family, files


def decode(data: bytes, longest: int = 2000, *, square: bool = False) -> bytes:
    """A foreign picture as a fresh PNG, turned upright, at most ``longest`` pixels a side.

    ``square`` keeps the largest square of it: the middle of a wide picture, the upper part of a tall one, where faces are.

    Raises KamdeskError ``documents.bad_picture`` for what is no PNG, JPEG, GIF or WebP or is damaged, and
    ``documents.picture_too_large`` above 50 megapixels (looked at before anything is decoded).
    """
    import resvg_py

    kind, width, height, turn = _look(data)
    if width * height > MOST_PIXELS:
        raise KamdeskError("documents.picture_too_large", megapixels=MOST_PIXELS // 1_000_000)
    matrix, swapped = _TURNS.get(turn, ("1 0 0 1 0 0", False))
    across, down = (height, width) if swapped else (width, height)
    if kind == "jpeg" and data.rfind(b"\xff\xd9") < data.rfind(b"\xff\xda"):
        # resvg fills what is missing with grey; the last scan (SOS) must be followed by the end of the picture (EOI)
        raise KamdeskError("documents.bad_picture")
    left, top, wide, high = _cut(across, down) if square else (0, 0, across, down)
    scale = min(1.0, longest / max(wide, high, 1))
    placed = matrix.format(w=width, h=height)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="{left} {top} {wide} {high}">'
        f'<image width="{width}" height="{height}" transform="matrix({placed})" '
        f'href="data:image/{kind};base64,{base64.b64encode(data).decode()}"/></svg>'
    )
    try:
        drawn = bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=scale, skip_system_fonts=True))
    except (ValueError, OSError) as error:
        raise KamdeskError("documents.bad_picture") from error
    if _is_blank(drawn) and width * height > 1:
        # resvg leaves out a picture that it cannot decode and says so only in its log.
        raise KamdeskError("documents.bad_picture")
    return drawn


def _cut(width: int, height: int) -> tuple[int, int, int, int]:
    """Left, top, width and height of the square that a portrait is cut to."""
    side = min(width, height)
    return (width - side) // 2, (height - side) // 5, side, side


@lru_cache(maxsize=8)  # the logo is the same in every document of a proposal
def outgoing(data: bytes) -> bytes:
    """A picture that may leave: PNG of pixels only. What is drawn by us passes as it is, anything else is decoded anew.

    A logo's file tells where, when, by whom and on which device it was made. Raises as :func:`decode`.
    """
    return data if _is_bare(data) else decode(data)


def _is_bare(data: bytes) -> bool:
    """Whether this is a PNG with nothing but a head, pixels and an end."""
    if not data.startswith(_PNG):
        return False
    at, kinds = len(_PNG), set()
    while at + 12 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        kinds.add(kind)
        at += size + 12
        if kind == b"IEND":
            break
    return at == len(data) and {b"IHDR", b"IDAT", b"IEND"} <= kinds <= _PIXELS


def _is_blank(drawn: bytes) -> bool:
    """Whether every pixel is fully transparent."""
    position, data = 8, b""
    while position + 8 <= len(drawn):
        size, kind = struct.unpack(">I4s", drawn[position : position + 8])
        if kind == b"IDAT":
            data += drawn[position + 8 : position + 8 + size]
        position += size + 12
    return not any(zlib.decompress(data).translate(None, b"\x00\x01\x02\x03\x04"))


def _look(data: bytes) -> tuple[str, int, int, int]:
    """Kind, width, height and EXIF orientation, read from the first bytes only."""
    try:
        if data[:8] == _PNG:
            return "png", *png_size(data), 1
        if data[:6] in (b"GIF87a", b"GIF89a"):
            return "gif", *struct.unpack("<HH", data[6:10]), 1
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return "webp", *_webp_size(data), 1
        if data[:2] == b"\xff\xd8":
            return "jpeg", *_jpeg_size(data)
    except (struct.error, IndexError) as error:
        raise KamdeskError("documents.bad_picture") from error
    raise KamdeskError("documents.bad_picture")


def _webp_size(data: bytes) -> tuple[int, int]:
    kind = data[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack("<HH", data[26:30])
    return width & 0x3FFF, height & 0x3FFF


def _jpeg_size(data: bytes) -> tuple[int, int, int]:
    position, turn = 2, 1
    while position + 4 <= len(data):
        marker, size = data[position + 1], struct.unpack(">H", data[position + 2 : position + 4])[0]
        if data[position] != 0xFF or size < 2:
            break
        if marker == 0xE1 and data[position + 4 : position + 10] == b"Exif\x00\x00":
            turn = orientation(data[position + 10 : position + 2 + size])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return width, height, turn
        position += 2 + size
    raise KamdeskError("documents.bad_picture")
