"""Foreign pictures: decoded anew in the worker, bounded, stripped."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import pytest

from kamdesk.documents.pictures import decode, png, png_size
from kamdesk.model.messages import KamdeskError
from kamdesk.worker.supervisor import Workers


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1) as pool:
        yield pool


def _pixels(data: bytes) -> tuple[int, bytes]:
    """Bytes a row and the raw rows of an unfiltered PNG."""
    at, held = 8, b""
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        held += data[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        at += size + 12
    return png_size(data)[0], zlib.decompress(held)


def test_a_picture_comes_out_as_pixels_only(workers: Workers) -> None:
    source = png(3, 2, b"\xff\x00\x00" * 3 + b"\x00\x00\xff" * 3, 9)
    secret = b"tEXtComment\x00SECRET of 55.75N 37.61E"
    chunk = struct.pack(">I", len(secret) - 4) + secret + struct.pack(">I", zlib.crc32(secret))
    made = workers.decode_picture(source[:33] + chunk + source[33:] + b"APPENDED")
    assert png_size(made) == (3, 2)
    assert b"SECRET" not in made
    assert b"APPENDED" not in made


def test_a_large_picture_is_made_smaller(workers: Workers) -> None:
    source = png(400, 100, bytes(range(200)) * 600, 1200)
    assert png_size(workers.decode_picture(source, longest=200)) == (200, 50)


def test_more_than_fifty_megapixels_are_refused_before_decoding(workers: Workers) -> None:
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 60_000, 60_000, 8, 2, 0, 0, 0)
    with pytest.raises(KamdeskError, match="picture_too_large"):
        workers.decode_picture(head + b"\x00" * 40)


@pytest.mark.parametrize(
    "data",
    [b"", b"BM0000", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\xff\xd8\xff\xe0", b"RIFF0000WEBPVP8 ", b"GIF89a\x05\x00\x05\x00",
     b"\x89PNG\r\n\x1a\n" + b"\x00" * 30, b"\xff\xd8\xff\xe1\x00\x02" * 9],
)  # fmt: skip
def test_what_is_no_picture_is_refused(data: bytes, workers: Workers) -> None:
    with pytest.raises(KamdeskError):
        workers.decode_picture(data)


def test_a_cut_picture_is_refused(workers: Workers) -> None:
    source = png(300, 300, bytes(range(225)) * 1200, 900)
    with pytest.raises(KamdeskError):
        workers.decode_picture(source[:60])


def test_a_photo_is_turned_upright() -> None:
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QColor, QImage

    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG")
    photo = bytes(buffer.data().data())
    tiff = b"II*\x00\x08\x00\x00\x00" + struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, 6, 0, 0)
    exif = b"Exif\x00\x00" + tiff
    turned = photo[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + photo[2:]
    assert png_size(decode(photo)) == (40, 20)
    assert png_size(decode(turned)) == (20, 40)
    assert b"Exif" not in decode(turned)
