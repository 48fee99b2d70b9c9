"""Which code page a text file is in. Only the pages that office programs in Russia and Europe write are considered."""

from __future__ import annotations

import codecs
from typing import Final

from kamdesk.model.messages import KamdeskError

CHOICES: Final = ("utf-8", "cp1251", "utf-16", "koi8-r", "cp866", "cp1252")
"""What a preview offers by hand; ``utf-8`` also takes a file with a byte order mark."""

_SAMPLE: Final = 200_000
_CANDIDATES: Final = ["cp1251", "koi8_r", "cp866", "cp1252"]
_NAMES: Final = {"koi8_r": "koi8-r", "cp1251": "cp1251", "cp866": "cp866", "cp1252": "cp1252"}
_BINARY_SHARE: Final = 0.02


def detect(data: bytes) -> str:
    """The name of the code page, one of ``CHOICES`` or "utf-8-sig", "utf-16-le", "utf-16-be"."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return name
    unmarked = _utf16_without_mark(data)
    if unmarked:
        return unmarked
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _code_page(data)
    return "utf-8"


def decode(data: bytes, encoding: str = "") -> tuple[str, str]:
    """The text and the code page used; "" detects it. What cannot be decoded shows as U+FFFD, NULs are dropped.

    Raises KamdeskError ``contacts.unknown_encoding``.
    """
    name = encoding or detect(data)
    try:
        codecs.lookup(name)
    except LookupError as error:
        raise KamdeskError("contacts.unknown_encoding", encoding=name) from error
    text = data.decode("utf-8-sig" if name == "utf-8" else name, errors="replace")
    return text.replace("\x00", ""), name


def looks_binary(data: bytes) -> bool:
    """Whether the bytes are no text in any code page: control characters beyond a stray few."""
    sample = data[:_SAMPLE]
    if (
        not sample
        or sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        or _utf16_without_mark(sample)
    ):
        return False
    control = sum(sample.count(bytes([code])) for code in range(32) if code not in (9, 10, 12, 13, 26, 27))
    return control / len(sample) > _BINARY_SHARE


def _utf16_without_mark(data: bytes) -> str:
    """UTF-16 shows in the high bytes of Latin (0) and Cyrillic (4) letters standing at every second place."""
    sample = data[:2000]
    half = len(sample) // 2
    if half < 2:
        return ""
    for name, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        low = sample[0::2] if name == "utf-16-le" else sample[1::2]
        if high.count(0) + high.count(4) > 0.9 * half and low.count(0) < 0.1 * half and high.count(0):
            return name
    return ""


def _code_page(data: bytes) -> str:
    """An eight-bit page, judged on the lines that have letters beyond ASCII; cp1251 when nothing tells."""
    from charset_normalizer import from_bytes

    lines = [line for line in data[:_SAMPLE].splitlines() if not line.isascii()]
    best = from_bytes(b"\n".join(lines)[:20_000], cp_isolation=_CANDIDATES).best()
    return _NAMES.get(best.encoding, "cp1251") if best is not None else "cp1251"
