"""Photos of people: what is no picture, cut, or a bomb is told in words; what is one is cut square and drawn anew."""

from __future__ import annotations

import struct

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from kamdesk.documents.pictures import decode, png_size
from kamdesk.model.messages import KamdeskError


def picture(width: int, height: int, kind: str) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0x2244CC)
    for x in range(0, width, 3):
        for y in range(0, height, 5):
            image.setPixel(x, y, (x * 7919 + y * 104729) & 0xFFFFFF)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind)
    return bytes(buffer.data().data())


def code_of(data: bytes) -> str:
    with pytest.raises(KamdeskError) as raised:
        decode(data, 512, square=True)
    return raised.value.message.code


@pytest.mark.parametrize("size", [(600, 900), (900, 600), (64, 64), (2000, 10)])
def test_a_portrait_is_square(size: tuple[int, int]) -> None:
    side = min(*size, 512)
    assert png_size(decode(picture(*size, "JPEG"), 512, square=True)) == (side, side)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
def test_a_cut_picture_is_refused(kind: str, share: float) -> None:
    data = picture(300, 400, kind)
    assert code_of(data[: int(len(data) * share)]) == "documents.bad_picture"


def test_a_bomb_is_refused_before_it_is_decoded() -> None:
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR"
    assert (
        code_of(head + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
        == "documents.picture_too_large"
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8\xff",
        b"PK\x03\x04 a table called .png",
        b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>",
    ],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    assert code_of(data) == "documents.bad_picture"
