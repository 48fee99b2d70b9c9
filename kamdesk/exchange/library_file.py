"""The library as a file of our own, readable by another kamdesk and by people (R1).

JSON, version 1: ``{"format": "kamdesk-library", "version": 1, "arguments": [...], "objections": [...], "cases": [...],
"recommenders": [...]}``. Entries name each other by ``ref``, which means nothing outside the file. What was won, lost, told or
heard is no part of it: that is the experience of one dossier. What this version does not know is ignored.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kamdesk.model.messages import KamdeskError

FORMAT: Final = "kamdesk-library"
VERSION: Final = 1
LIMIT: Final = 20 * 2**20
MOST: Final = 20_000
"""Entries of one kind in one file."""
_LONGEST: Final = 20_000

KINDS: Final[Mapping[str, str]] = {
    "cases": "case_study",
    "recommenders": "recommender",
    "arguments": "argument",
    "objections": "objection",
}
"""Name in the file → table, in the order in which they are taken: what is named stands before what names it."""

TEXTS: Final[Mapping[str, tuple[str, ...]]] = {
    "argument": ("text", "short", "industry", "product", "evidence", "evidence_source"),
    "objection": ("text", "answer"),
    "case_study": ("title", "client", "industry", "size", "task", "done", "figures"),
    "recommender": (
        "family_name", "given_name", "middle_name", "post", "organisation", "phone", "email", "about", "consent_scope",
    ),
}  # fmt: skip
CODES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "argument": (("evidence_kind", "evidence_kind"), ("language", "language")),
    "objection": (("language", "language"),),
    "case_study": (("language", "language"),),
    "recommender": (("language", "language"),),
}
"""Field and vocabulary; an unknown code is left out."""
LISTS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "argument": (("lenses", "lens"), ("criteria", "criteria")),
    "objection": (("lenses", "lens"), ("criteria", "criteria")),
    "case_study": (),
    "recommender": (),
}
DAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "argument": ("evidence_date", "valid_until"),
    "objection": (),
    "case_study": (),
    "recommender": ("consent_on", "consent_until"),
}
LINKS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "argument": (("case_id", "case_study"), ("recommender_id", "recommender"), ("variant_of_id", "argument")),
    "objection": (("argument_id", "argument"), ("variant_of_id", "objection")),
    "case_study": (),
    "recommender": (("case_id", "case_study"),),
}
REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "argument": ("text",),
    "objection": ("text",),
    "case_study": ("title",),
    "recommender": ("family_name", "given_name"),
}
"""At least one of them says what the entry is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its table, its name inside the file, where it stands, its values, and whom it names (field → ref)."""

    table: str
    ref: str
    place: str
    values: Mapping[str, Any]
    links: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BadEntry:
    """An entry that cannot be taken: where it stands and which field is wrong."""

    place: str
    field: str


@dataclass(frozen=True, slots=True)
class LibraryRead:
    """What a file holds, in the order in which it is taken."""

    entries: tuple[Entry, ...]
    bad: tuple[BadEntry, ...]


def write(entries: Collection[Entry]) -> bytes:
    """The file, UTF-8; empty values are left out."""
    document: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    for name, table in KINDS.items():
        rows = []
        for one in entries:
            if one.table == table:
                filled = {
                    key: _plain(value)
                    for key, value in one.values.items()
                    if value not in ("", None, (), False)
                }
                rows.append({"ref": one.ref, **filled, **one.links})
        document[name] = rows
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def read(data: bytes, codes: Mapping[str, Collection[str]]) -> LibraryRead:
    """Read a file; ``codes`` gives the known codes of each vocabulary.

    Raises KamdeskError ``library_file.not_ours``, ``library_file.newer``, ``library_file.too_large``; single entries that
    cannot be taken are told in ``bad``.
    """
    if len(data) > LIMIT:
        raise KamdeskError("library_file.too_large", limit=LIMIT // 2**20)
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise KamdeskError("library_file.not_ours") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise KamdeskError("library_file.not_ours")
    version = document.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise KamdeskError("library_file.not_ours")
    if version > VERSION:
        raise KamdeskError("library_file.newer")
    entries: list[Entry] = []
    bad: list[BadEntry] = []
    refs: set[tuple[str, str]] = set()
    for name, table in KINDS.items():
        rows = document.get(name, [])
        if not isinstance(rows, list):
            bad.append(BadEntry(name, name))
            continue
        if len(rows) > MOST:
            raise KamdeskError("library_file.too_large", limit=LIMIT // 2**20)
        for at, row in enumerate(rows):
            made = _entry(table, f"{name}[{at}]", row, codes)
            if isinstance(made, Entry) and (table, made.ref) not in refs:
                refs.add((table, made.ref))
                entries.append(made)
            else:
                bad.append(made if isinstance(made, BadEntry) else BadEntry(f"{name}[{at}]", "ref"))
    return LibraryRead(tuple(entries), tuple(bad))


def _entry(table: str, place: str, row: object, codes: Mapping[str, Collection[str]]) -> Entry | BadEntry:
    if not isinstance(row, dict):
        return BadEntry(place, "")
    values: dict[str, Any] = {}
    for name in TEXTS[table]:
        found = row.get(name, "")
        if not isinstance(found, str) or not _fit(found):
            return BadEntry(place, name)
        values[name] = found.strip()
    if not any(values[name] for name in REQUIRED[table]):
        return BadEntry(place, REQUIRED[table][0])
    for name, vocabulary in CODES[table]:
        found = row.get(name)
        if isinstance(found, str) and found in codes[vocabulary]:
            values[name] = found
    for name, vocabulary in LISTS[table]:
        many = row.get(name, [])
        if not isinstance(many, list):
            return BadEntry(place, name)
        values[name] = tuple(
            dict.fromkeys(one for one in many if isinstance(one, str) and one in codes[vocabulary])
        )
    for name in DAYS[table]:
        day = row.get(name)
        if day is not None:
            try:
                values[name] = date.fromisoformat(day)
            except (TypeError, ValueError):
                return BadEntry(place, name)
    if table == "case_study":
        year = row.get("year")
        if year is not None and (
            not isinstance(year, int) or isinstance(year, bool) or not 1800 <= year <= 2200
        ):
            return BadEntry(place, "year")
        values |= {"year": year, "may_quote": row.get("may_quote") is True}
    links = {name: row[name] for name, _ in LINKS[table] if isinstance(row.get(name), str) and row[name]}
    ref = row.get("ref")
    return Entry(table, ref if isinstance(ref, str) and ref else place, place, values, links)


def _plain(value: Any) -> Any:
    return (
        value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
    )


def _fit(text: str) -> bool:
    return (
        len(text) <= _LONGEST
        and "\x00" not in text
        and not any("\ud800" <= sign <= "\udfff" for sign in text)
    )
