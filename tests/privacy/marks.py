"""Marked values for every hidden column, and everything that can be read out of a document."""

from __future__ import annotations

import contextlib
import html
import re
import shutil
import subprocess
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from kamdesk.model.fields import FieldKind
from kamdesk.model.tables import entities, fields_of
from kamdesk.model.values import PartialDate, Sensitivity
from kamdesk.services.dossier_fields import links_of

WORD = "жъщцф"
"""Begins every planted word: no real word has these letters side by side."""

INSIDE = frozenset(
    {
        "interaction",
        "participant",
        "fact",
        "note",
        "promise",
        "objection",
        "relationship",
        "contact",
        "telling",
        "statement",
        "expected_change",
        "deal_competitor",
        "acquaintance",
        "attachment",
        "custom_field",
        "custom_value",
        "saved_filter",
        "concession",
        "follow_up",
    }
)
"""Tables of which nothing at all is ever said to a client, whatever a column's own sensitivity."""

_TOOK = (FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.CODE, FieldKind.CODES)
_UNUSUAL = Decimal("7351.2468")


@dataclass(frozen=True)
class Planted:
    """Where a mark is, and what to search for."""

    place: str
    mark: str


def hidden(table: str, sensitivity: Sensitivity) -> bool:
    return sensitivity in (Sensitivity.PERSONAL, Sensitivity.PRIVATE) or (
        table in INSIDE and sensitivity is not Sensitivity.STRUCTURAL
    )


def plant(session: Any, *, codes: bool = True) -> list[Planted]:
    """A mark in every hidden column of every row; a table that is empty gets a row tied to the others."""
    planted: list[Planted] = []
    for entity in entities():
        if session.query(entity).first() is None:
            _add_row(session, entity)
        for row in session.query(entity).order_by(entity.id).all():
            for column, info in fields_of(entity):
                if info.row_sensitivity:
                    setattr(row, column.name, "private")
                elif hidden(entity.__tablename__, info.sensitivity):
                    made = _marked(info.kind, len(planted), codes)
                    if made is not None:
                        setattr(row, column.name, made[0])
                        planted.append(Planted(f"{entity.__tablename__}.{column.name}", made[1]))
    session.flush()
    return planted


def _add_row(session: Any, entity: Any) -> None:
    values: dict[str, Any] = {}
    for column, info in fields_of(entity):
        if info.kind is FieldKind.LINK:
            known = links_of(entity).get(column.name)
            if known and known.target == "stored_file" and column.nullable:
                continue  # a planted file has no content that an export could read
            target = next((one for one in entities() if known and one.__collection__ == known.target), None)
            target = target or next(
                (one for one in entities() if known and one.__tablename__ == known.target), None
            )
            found = session.query(target).first() if target is not None else None
            if found is not None:
                values[column.name] = found.id
        elif info.required and info.kind in _TOOK and info.kind is not FieldKind.CODES:
            values[column.name] = "x"
    for column, _info in fields_of(entity):
        if (
            column.name not in values
            and not column.nullable
            and column.default is None
            and column.name != "sort_key"
        ):
            values[column.name] = {"INTEGER": 1}.get(str(column.type), "x")
    session.add(entity(**values))
    session.flush()


def _marked(kind: FieldKind, number: int, codes: bool) -> tuple[Any, str] | None:
    word, year = f"{WORD}{number}в", 1583
    if kind in (FieldKind.TEXT, FieldKind.LONG_TEXT):
        return word, word
    if kind is FieldKind.CODE and codes:
        return word, word
    if kind is FieldKind.CODES and codes:
        return (word,), word
    days: dict[FieldKind, Any] = {
        FieldKind.DATE: date(year, 7, 13),
        FieldKind.PARTIAL_DATE: PartialDate.of(date(year, 7, 13)),
        FieldKind.MOMENT: datetime(year, 7, 13, 10, 30),
    }
    if kind in days:
        return days[kind], str(year)
    return (_UNUSUAL, "7351") if kind is FieldKind.DECIMAL else None


@dataclass(frozen=True)
class Read:
    """What can be read out of a document: its words, and the raw bytes of every part or object."""

    words: str
    raw: tuple[bytes, ...]

    def tells(self, planted: Iterable[Planted]) -> set[str]:
        """The places whose mark can be read."""
        marks = {one.mark: one.place for one in planted}
        numbers = "|".join(mark for mark in marks if mark.isdigit()) or "(?!)"
        found = set(re.findall(rf"{WORD}\d+в|\b(?:{numbers})\b", self.words.casefold()))
        places = {marks.get(mark, mark) for mark in found}
        coded = [WORD.encode(codec) for codec in ("utf-8", "utf-16-le", "utf-16-be", "cp1251")]
        return places | {f"raw {one[:20]!r}" for one in self.raw if any(word in one for word in coded)}


def read_docx(data: bytes) -> Read:
    """Names of parts, their text joined over runs, their attributes, and what lies in pictures."""
    words, raw = [], [data]
    with zipfile.ZipFile(BytesIO(data)) as package:
        for entry in package.infolist():
            content = package.read(entry)
            words.append(entry.filename)
            raw += [content, entry.comment, entry.extra]
            if entry.filename.endswith((".xml", ".rels")):
                text = content.decode("utf-8")
                words += [html.unescape(re.sub(r"<[^>]+>", "", text)), html.unescape(text)]
    return Read("\n".join(words), tuple(raw))


def read_pdf(data: bytes, folder: Path) -> Read:
    """The words and properties of a PDF, its raw and its inflated objects."""
    path = folder / "read.pdf"
    path.write_bytes(data)
    words = []
    for command in (["pdftotext", "-raw"], ["pdftotext", "-layout"], ["pdfinfo"], ["pdfinfo", "-meta"]):
        if shutil.which(command[0]) is None:
            pytest.skip(f"{command[0]} is not installed")
        end = ["-"] if command[0] == "pdftotext" else []
        words.append(
            subprocess.run([*command, str(path), *end], capture_output=True, text=True, check=True).stdout
        )
    raw = [data]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        with contextlib.suppress(zlib.error):
            raw.append(zlib.decompressobj().decompress(stream))
    return Read("\n".join(words), tuple(raw))
