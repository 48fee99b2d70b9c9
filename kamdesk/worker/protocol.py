"""Frames between the program and its workers.

A frame is a 4-byte length, that many bytes of JSON, then the blobs whose sizes the JSON gives under ``blobs``. Nothing in a frame is ever
executed or unpickled.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import Any, BinaryIO, Final

LARGEST_JSON: Final = 64 * 1024 * 1024
LARGEST_BLOB: Final = 256 * 1024 * 1024
MOST_BLOBS: Final = 2_000


class ProtocolError(Exception):
    """The other side ended in the middle of a frame or does not speak this protocol."""


def write_frame(stream: BinaryIO, body: dict[str, Any], blobs: Sequence[bytes] = ()) -> None:
    """Write one frame and flush."""
    head = json.dumps({**body, "blobs": [len(blob) for blob in blobs]}, ensure_ascii=False).encode(
        "utf-8", "replace"
    )
    stream.write(struct.pack(">I", len(head)) + head)
    for blob in blobs:
        stream.write(blob)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[dict[str, Any], list[bytes]] | None:
    """The next frame; None at a clean end. Raises ProtocolError."""
    start = stream.read(4)
    if not start:
        return None
    (size,) = struct.unpack(">I", _exactly(stream, start, 4))
    if size > LARGEST_JSON:
        raise ProtocolError("frame too large")
    body = json.loads(_exactly(stream, b"", size))
    sizes = body.pop("blobs", [])
    if len(sizes) > MOST_BLOBS or any(
        not isinstance(item, int) or not 0 <= item <= LARGEST_BLOB for item in sizes
    ):
        raise ProtocolError("blobs too large")
    return body, [_exactly(stream, b"", item) for item in sizes]


def _exactly(stream: BinaryIO, begun: bytes, size: int) -> bytes:
    pieces, missing = [begun], size - len(begun)
    while missing > 0:
        piece = stream.read(missing)
        if not piece:
            raise ProtocolError("cut short")
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)
