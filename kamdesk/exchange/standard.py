"""The dossier standard as a file: own fields and questions of a department, read with limits (D12).

JSON, version 1: ``{"format": "kamdesk-standard", "version": 1, "fields": [...], "questions": [...]}``. Ids are UUIDs and
stay: a later file of the same department changes what an earlier one brought. What this version does not know is ignored.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from kamdesk.model.messages import KamdeskError
from kamdesk.rules.own_values import SUBJECTS

FORMAT: Final = "kamdesk-standard"
VERSION: Final = 1
LIMIT: Final = 1024 * 1024
MOST: Final = 500
"""Fields, and questions, in one file."""

_LONGEST: Final = 500
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
_SENSITIVITIES: Final = ("public", "business", "personal", "private")


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field of one's own; ``subject`` organisation or person, ``kind`` a code of ``custom_kind``."""

    id: str
    subject: str
    kind: str
    label_ru: str
    label_en: str
    choices: tuple[str, ...] = ()
    sensitivity: str = "business"
    retired: bool = False


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question; ``about`` says what answers it, ``lenses`` which types of stakeholder are asked (all when empty)."""

    id: str
    subject: str
    about: str
    text_ru: str
    text_en: str
    lenses: tuple[str, ...] = ()
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Standard:
    """What a file of a standard holds, in its order."""

    fields: tuple[OwnField, ...]
    questions: tuple[AskedQuestion, ...]


def write(standard: Standard) -> bytes:
    """The file, UTF-8, made to be read by people too."""
    document = {"format": FORMAT, "version": VERSION} | {
        "fields": [asdict(one) for one in standard.fields],
        "questions": [asdict(one) for one in standard.questions],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def read(data: bytes, kinds: Iterable[str]) -> Standard:
    """Read a file. Raises KamdeskError ``standard.not_ours``, ``standard.newer``, ``standard.too_large`` or
    ``standard.broken`` with the place of the first entry that cannot be taken; ``kinds`` are the known kinds of fields."""
    if len(data) > LIMIT:
        raise KamdeskError("standard.too_large")
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise KamdeskError("standard.not_ours") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise KamdeskError("standard.not_ours")
    version = document.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise KamdeskError("standard.newer")
    known = frozenset(kinds)
    fields = tuple(_field(row, place, known) for place, row in _rows(document, "fields"))
    questions = tuple(_question(row, place) for place, row in _rows(document, "questions"))
    ids = [one.id for one in fields] + [one.id for one in questions]
    if len(set(ids)) != len(ids):
        raise KamdeskError("standard.broken", place="id")
    return Standard(fields, questions)


def _rows(document: Mapping[str, Any], name: str) -> list[tuple[str, Mapping[str, Any]]]:
    rows = document.get(name, [])
    if not isinstance(rows, list) or len(rows) > MOST:
        raise KamdeskError("standard.broken", place=name)
    found: list[tuple[str, Mapping[str, Any]]] = []
    for at, row in enumerate(rows):
        if not isinstance(row, dict):
            raise KamdeskError("standard.broken", place=f"{name}[{at}]")
        found.append((f"{name}[{at}]", row))
    return found


def _field(row: Mapping[str, Any], place: str, kinds: frozenset[str]) -> OwnField:
    made = OwnField(
        _id(row, place),
        _one_of(row, "subject", place, SUBJECTS),
        _one_of(row, "kind", place, kinds),
        _text(row, "label_ru", place),
        _text(row, "label_en", place),
        _texts(row, "choices", place),
        _one_of(row, "sensitivity", place, _SENSITIVITIES, "business"),
        row.get("retired") is True,
    )
    if not made.label_ru and not made.label_en:
        raise KamdeskError("standard.broken", place=f"{place}.label_ru")
    return made


def _question(row: Mapping[str, Any], place: str) -> AskedQuestion:
    made = AskedQuestion(
        _id(row, place),
        _one_of(row, "subject", place, SUBJECTS),
        _text(row, "about", place),
        _text(row, "text_ru", place),
        _text(row, "text_en", place),
        _texts(row, "lenses", place),
        row.get("retired") is True,
    )
    if not made.text_ru and not made.text_en:
        raise KamdeskError("standard.broken", place=f"{place}.text_ru")
    return made


def _id(row: Mapping[str, Any], place: str) -> str:
    found = row.get("id")
    if not isinstance(found, str) or not _UUID.match(found):
        raise KamdeskError("standard.broken", place=f"{place}.id")
    return found


def _one_of(
    row: Mapping[str, Any], name: str, place: str, choices: Iterable[str], default: str | None = None
) -> str:
    found = row.get(name, default)
    if not isinstance(found, str) or found not in choices:
        raise KamdeskError("standard.broken", place=f"{place}.{name}")
    return found


def _text(row: Mapping[str, Any], name: str, place: str) -> str:
    found = row.get(name, "")
    if not isinstance(found, str) or not _fit(found):
        raise KamdeskError("standard.broken", place=f"{place}.{name}")
    return " ".join(found.split())


def _texts(row: Mapping[str, Any], name: str, place: str) -> tuple[str, ...]:
    found = row.get(name, [])
    if (
        not isinstance(found, list)
        or len(found) > MOST
        or not all(isinstance(one, str) and one.strip() and _fit(one) for one in found)
    ):
        raise KamdeskError("standard.broken", place=f"{place}.{name}")
    return tuple(dict.fromkeys(" ".join(one.split()) for one in found))


def _fit(text: str) -> bool:
    return len(text) <= _LONGEST and "\x00" not in text and not any("\ud800" <= s <= "\udfff" for s in text)
