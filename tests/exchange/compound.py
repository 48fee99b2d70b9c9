"""A writer of compound files (MS-CFB, version 3), enough to make .msg mails for tests: no library writes them."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Tree = Mapping[str, "bytes | Tree"]


def compound(tree: Tree) -> bytes:
    """The bytes of a compound file with these streams and storages."""
    entries: list[list] = [["Root Entry", 5, b"", -1, -1]]  # name, type, content, child, right sibling
    _collect(tree, entries, 0)
    mini, minifat = _mini_stream(entries)
    sectors: list[bytes] = []
    fat: list[int] = []

    def store(content: bytes) -> int:
        if not content:
            return END
        start = len(sectors)
        pieces = [content[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(content), SECTOR)]
        sectors.extend(pieces)
        fat.extend([*range(start + 1, start + len(pieces)), END])
        return start

    starts = {0: store(mini)}
    for at, entry in enumerate(entries):
        if entry[1] == 2 and len(entry[2]) >= CUTOFF:
            starts[at] = store(entry[2])
        elif entry[1] == 2:
            starts[at] = entry[5] if len(entry) > 5 else END
    minifat_start = store(struct.pack(f"<{len(minifat)}I", *minifat)) if minifat else END
    minifat_count = -(-len(minifat) * 4 // SECTOR)
    directory = b"".join(
        _entry(entry, starts.get(at, END if at == 0 else 0), len(mini)) for at, entry in enumerate(entries)
    )
    directory_start = store(directory.ljust(-(-len(directory) // SECTOR) * SECTOR, b"\0"))
    count = 1
    while (len(fat) + count) * 4 > count * SECTOR:
        count += 1
    fat_start = len(sectors)
    table = [*fat, *[FAT] * count]
    table += [FREE] * (count * SECTOR // 4 - len(table))
    packed = struct.pack(f"<{len(table)}I", *table)
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, count,
        directory_start, 0, CUTOFF, minifat_start, minifat_count, END, 0, fat_start,
    )  # fmt: skip
    difat = struct.pack("<108I", *[fat_start + at if at < count else FREE for at in range(1, 109)])
    return header + difat + b"".join(sectors) + packed


def _collect(tree: Tree, entries: list[list], parent: int) -> None:
    last = -1
    for name, content in tree.items():
        at = len(entries)
        entries.append(
            [
                name,
                2 if isinstance(content, bytes) else 1,
                content if isinstance(content, bytes) else b"",
                -1,
                -1,
            ]
        )
        if last < 0:
            entries[parent][3] = at
        else:
            entries[last][4] = at
        last = at
        if not isinstance(content, bytes):
            _collect(content, entries, at)


def _mini_stream(entries: list[list]) -> tuple[bytes, list[int]]:
    mini, minifat = b"", []
    for entry in entries:
        if entry[1] == 2 and 0 < len(entry[2]) < CUTOFF:
            start, count = len(minifat), -(-len(entry[2]) // MINI)
            entry.append(start)
            minifat += [*range(start + 1, start + count), END]
            mini += entry[2].ljust(count * MINI, b"\0")
    return mini, minifat


def _entry(entry: list, start: int, mini_size: int) -> bytes:
    name = entry[0].encode("utf-16-le") + b"\0\0"
    size = mini_size if entry[1] == 5 else len(entry[2])
    return struct.pack(
        "<64sHBBIII16xI8x8xIII", name, len(name), entry[1], 1, FREE, entry[4] if entry[4] >= 0 else FREE,
        entry[3] if entry[3] >= 0 else FREE, 0, start if entry[1] != 1 else 0, size, 0,
    )  # fmt: skip


def _properties(header: bytes, values: Mapping[int, object]) -> dict[str, bytes]:
    """The property stream and the streams of its longer values."""
    rows, streams = [header], {}
    for number, value in values.items():
        if isinstance(value, int):
            rows.append(struct.pack("<HHIII", 0x0003, number, 6, value, 0))
        elif isinstance(value, datetime):
            ticks = int((value - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
            rows.append(struct.pack("<HHIQ", 0x0040, number, 6, ticks))
        else:
            kind, data = (
                (0x1F, value.encode("utf-16-le")) if isinstance(value, str) else (0x102, bytes(value))
            )
            rows.append(struct.pack("<HHIII", kind, number, 6, len(data) + (2 if kind == 0x1F else 0), 0))
            streams[f"__substg1.0_{number:04X}{kind:04X}"] = data
    return {"__properties_version1.0": b"".join(rows), **streams}


def outlook_mail(
    *,
    subject: str = "Расчёт по линии",
    body: str = "Добрый день!\r\nРасчёт во вложении.",
    html: bytes = b"",
    sender: tuple[str, str] = ("Пётр Иванов", "Ivanov@progress.ru"),
    recipients: Sequence[tuple[str, str, int]] = (
        ("Мария Соколова", "maria@ours.ru", 1),
        ("Вера", "vera@progress.ru", 2),
    ),
    files: Sequence[tuple[str, bytes]] = (("Расчёт.txt", b"42"),),
    message_class: str = "IPM.Note",
    message_id: str = "<m-2@progress.ru>",
) -> bytes:
    """A mail as Outlook saves it (MS-OXMSG), with what the reader looks at."""
    header = struct.pack("<8xIIII8x", len(recipients), len(files), len(recipients), len(files))
    values: dict[int, object] = {
        0x001A: message_class, 0x0037: subject, 0x0C1A: sender[0], 0x5D01: sender[1], 0x1035: message_id,
        0x0039: datetime(2026, 3, 4, 9, 30, tzinfo=UTC), 0x3FDE: 65001,
    }  # fmt: skip
    values |= {0x1000: body} if body else {}
    values |= {0x1013: html} if html else {}
    tree: dict = _properties(header, values)
    for at, (name, mail, kind) in enumerate(recipients):
        tree[f"__recip_version1.0_#{at:08X}"] = _properties(
            bytes(8), {0x3001: name, 0x39FE: mail, 0x0C15: kind}
        )
    for at, (name, data) in enumerate(files):
        tree[f"__attach_version1.0_#{at:08X}"] = _properties(
            bytes(8), {0x3707: name, 0x3701: data, 0x3705: 1}
        )
    return compound(tree)
