"""The open dossier format, version 1: what it consists of, and reading it with limits.

The format is a plain dump of the declared entities; which collections and fields there are is given as
:class:`Collection` values (``kamdesk.services.dossier_fields`` makes them), so that nothing is listed twice.
A document that cannot be read at all raises ``KamdeskError``; a row that cannot be taken is a :class:`Problem`
named by its place (``people[3].stance``); what this version does not know is kept as :class:`Unknown`.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from kamdesk.exchange.dossier_values import BROKEN, Number, Wrong, read_value
from kamdesk.model.fields import FieldKind
from kamdesk.model.messages import KamdeskError, Message

FORMAT: Final = "kamdesk-dossier"
VERSION: Final = 1
LIMIT: Final = 64 * 1024 * 1024
"""Largest document in bytes (trust.md, packages)."""

MAX_ROWS: Final = 200_000
MAX_VALUES: Final = 2_000_000
"""Braces, and commas or colons, in a document: counted in the bytes, since a million empty rows fill the memory
long before they fill the 64 MB. A dossier of 2,000 people has some 15,000 rows."""

MAX_UNKNOWN: Final = 1_000
LEVELS: Final = ("business", "personal", "everything")
_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "kamdesk:dossier")
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z")
_MAX_ID: Final = 200
_ORDINALS: Final = frozenset({"position", "rank"})


@dataclass(frozen=True, slots=True)
class DossierField:
    """One field as the format knows it. ``choices`` is closed; ``examples`` are codes that ship but may be added to.

    ``default`` is the Python value that stands for "nothing said". ``target`` names the collection of a link.
    """

    name: str
    kind: FieldKind
    label: str = ""
    required: bool = False
    default: object = None
    target: str = ""
    vocabulary: str = ""
    choices: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def is_ordinal(self) -> bool:
        """Whether it is a place among siblings: always written, and taken from the order when not given."""
        return self.name in _ORDINALS


@dataclass(frozen=True, slots=True)
class Collection:
    """One list of the document. ``parents`` are the links whose row a row belongs to, ``title`` what names it."""

    name: str
    label: str
    fields: tuple[DossierField, ...]
    parents: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """What stands at the head of a document. ``dates_as_of`` is the day on which its dates were true, ``client``
    the id of the organisation that the dossier is about ("" for the first one)."""

    language: str = ""
    level: str = "everything"
    exported_on: date | None = None
    program: str = ""
    dossier_id: str = ""
    dates_as_of: date | None = None
    client: str = ""


@dataclass(frozen=True, slots=True)
class DossierRow:
    """A row that was understood. ``values`` are Python values of the given fields only, ``implied`` follow from
    the order of the rows and count for new rows only; ``missing`` names a field without which it cannot be new."""

    collection: str
    place: str
    id: str
    name: str
    values: Mapping[str, Any]
    implied: Mapping[str, Any] = field(default_factory=dict)
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that cannot be taken: its place, what it seems to be called, and why."""

    place: str
    name: str
    why: Message


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something this version has no field for, with its value as JSON text so that it is not lost."""

    place: str
    value: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """A document as read. ``more_unknown`` counts unknown parts beyond the first ``MAX_UNKNOWN``."""

    header: Header
    rows: tuple[DossierRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    more_unknown: int = 0


# --- reading -----------------------------------------------------------------------------------------------


def parse(data: bytes, collections: Sequence[Collection]) -> Dossier:
    """Read a document. Raises KamdeskError when it is too large, not JSON, not a dossier or of a newer version."""
    try:
        return _parsed(_load(data), collections)
    except RecursionError:
        raise KamdeskError("dossier.too_deep") from None


def _parsed(raw: Any, collections: Sequence[Collection]) -> Dossier:
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise KamdeskError("dossier.not_a_dossier")
    _check_version(raw.get("version"))
    header = _header(raw)
    reading = _Reading(_namespace(raw, header), {known.name: known for known in collections})
    header = replace(header, client=reading.client(raw.get("client", "")))
    for known in collections:
        reading.collection(known, raw.get(known.name, []))
    for key, value in raw.items():
        if key not in reading.collections and key not in _HEADER_KEYS:
            reading.leave(_shown(key), value)
    known_parts = (tuple(reading.rows), tuple(reading.problems), tuple(reading.unknown))
    return Dossier(header, *known_parts, more_unknown=reading.more_unknown)


_HEADER_KEYS: Final = frozenset(
    {
        "format",
        "version",
        "language",
        "level",
        "exported_on",
        "program",
        "dossier_id",
        "dates_as_of",
        "client",
        "$schema",
    }
)


def looks_like_dossier(data: bytes) -> bool:
    """Whether a file says of itself near its beginning that it is a dossier; cheap, for choosing a reader.

    In UTF-16 it is one too: reading it then says what is wrong, instead of making people of its lines.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data[:8192].decode("utf-16", "ignore").encode("utf-8", "ignore")
    return data[:16].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and FORMAT.encode() in data[:4096]


def _load(data: bytes) -> Any:
    if len(data) > LIMIT:
        raise KamdeskError("dossier.too_large", limit=LIMIT // (1024 * 1024))
    if data.count(b"{") > MAX_ROWS or data.count(b",") > MAX_VALUES or data.count(b":") > MAX_VALUES:
        raise KamdeskError("dossier.too_many", limit=MAX_ROWS)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise KamdeskError("dossier.not_utf8") from None
    try:
        return json.loads(
            text,
            object_pairs_hook=_without_twins,
            parse_float=Number,
            parse_int=_integer,
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError as error:
        raise KamdeskError("dossier.not_json", line=error.lineno, column=error.colno) from None


def _integer(text: str) -> int | Number:
    """A number that fits; a longer one stays text and is refused at its place without being computed."""
    return int(text) if len(text) <= 16 else Number(text)


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        counted = Counter(name for name, _ in pairs)
        raise KamdeskError("dossier.twice", name=_shown(counted.most_common(1)[0][0]))
    return found


def _refuse_constant(name: str) -> Any:
    raise KamdeskError("dossier.not_a_number", name=name)


def _check_version(version: object) -> None:
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise KamdeskError("dossier.no_version")
    if version > VERSION:
        raise KamdeskError("dossier.newer", version=version, known=VERSION)


def _header(raw: Mapping[str, Any]) -> Header:
    def text(name: str) -> str:
        value = raw.get(name, "")
        return value[:_MAX_ID] if isinstance(value, str) and not _broken(value) else ""

    def day(name: str) -> date | None:
        try:
            return date.fromisoformat(text(name)) if raw.get(name) else None
        except ValueError:
            raise KamdeskError("dossier.bad_header", name=name) from None

    level = text("level") or "everything"
    if level not in LEVELS:
        raise KamdeskError("dossier.bad_header", name="level")
    return Header(
        text("language"), level, day("exported_on"), text("program"), text("dossier_id"), day("dates_as_of")
    )


def _namespace(raw: Mapping[str, Any], header: Header) -> uuid.UUID:
    """The space in which short ids become UUIDs: the document's id, else its first organisation, else its content."""
    name = header.dossier_id
    if not name:
        organisations = raw.get("organisations")
        first = organisations[0] if isinstance(organisations, list) and organisations else None
        if isinstance(first, dict):
            keys = (first.get("inn"), first.get("legal_name"), first.get("short_name"))
            name = next((key for key in keys if isinstance(key, str) and key), "")
    if not name or _broken(name):
        name = hashlib.sha256(_as_text(raw).encode("utf-8", "replace")).hexdigest()
    return uuid.uuid5(_NAMESPACE, name)


class _Reading:
    """The state of one reading: rows, problems and unknown parts as they are found."""

    def __init__(self, namespace: uuid.UUID, collections: Mapping[str, Collection]) -> None:
        self.namespace = namespace
        self.collections = collections
        self.rows: list[DossierRow] = []
        self.problems: list[Problem] = []
        self.unknown: list[Unknown] = []
        self.more_unknown = 0

    def leave(self, place: str, value: object) -> None:
        """Keep what is not known for the report, as long as somebody may read it."""
        if len(self.unknown) < MAX_UNKNOWN:
            self.unknown.append(Unknown(place, _as_words(value)))
        else:
            self.more_unknown += 1

    def client(self, raw: object) -> str:
        """The id of the organisation that the head of the document names; "" where it names none."""
        try:
            return self._id("organisations", "client", raw) if raw else ""
        except Wrong:
            raise KamdeskError("dossier.bad_header", name="client") from None

    def collection(self, known: Collection, raw: object) -> None:
        """Read one list; anything but a list of objects is a problem."""
        if not isinstance(raw, list):
            self.problems.append(
                Problem(known.name, "", Message("dossier.not_a_list", {"place": known.name}))
            )
            return
        seen: set[str] = set()
        siblings: dict[object, int] = {}
        for index, entry in enumerate(raw):
            place = f"{known.name}[{index}]"
            if not isinstance(entry, dict):
                why = Message("dossier.not_an_object", {"place": place})
                self.problems.append(Problem(place, "", why))
                continue
            try:
                row = self._row(known, place, entry)
            except Wrong as wrong:
                self.problems.append(Problem(place, _name(known, entry), wrong.message))
                continue
            if row.id in seen:
                self.problems.append(Problem(place, row.name, _twin(place, entry)))
                continue
            seen.add(row.id)
            self.rows.append(_placed(known, row, siblings))

    def _row(self, known: Collection, place: str, entry: Mapping[str, Any]) -> DossierRow:
        values: dict[str, Any] = {}
        fields = {item.name: item for item in known.fields}
        for name, raw in entry.items():
            if name == "id":
                continue
            if name not in fields:
                self.leave(f"{place}.{_shown(name)}", raw)
                continue
            item, where = fields[name], f"{place}.{name}"
            if item.kind is FieldKind.LINK:
                values[name] = self._id(item.target, where, raw) if raw not in (None, "") else None
            else:
                values[name] = read_value(item.kind, raw, where, item.choices, item.default)
        missing = ""
        for item in known.fields:
            if item.required and item.name not in values:
                missing = missing or item.name
            elif item.required and values[item.name] in (None, "", ()):
                raise Wrong("dossier.missing", f"{place}.{item.name}")
        row_id = self._own_id(known, place, entry)
        return DossierRow(known.name, place, row_id, _name(known, entry), values, missing=missing)

    def _own_id(self, known: Collection, place: str, entry: Mapping[str, Any]) -> str:
        """The id given, else one made of the content, so that the same document read again gives the same row."""
        given = entry.get("id")
        if given not in (None, ""):
            return self._id(known.name, f"{place}.id", given)
        return str(uuid.uuid5(self.namespace, f"{known.name}={_as_text(entry)}"))

    def _id(self, collection: str, place: str, raw: object) -> str:
        text = str(raw) if isinstance(raw, int) and not isinstance(raw, bool) else raw
        if not isinstance(text, str) or not 0 < len(text) <= _MAX_ID or _broken(text):
            raise Wrong("dossier.bad_id", place)
        if _UUID.match(text):
            return text.lower()
        return str(uuid.uuid5(self.namespace, f"{collection}/{text}"))


def _twin(place: str, entry: Mapping[str, Any]) -> Message:
    if "id" not in entry:
        return Message("dossier.same_row", {"place": place})
    return Message("dossier.same_id", {"place": place, "id": _shown(str(entry["id"]))})


def _placed(known: Collection, row: DossierRow, siblings: dict[object, int]) -> DossierRow:
    """The row with its place among its siblings where the document does not say it."""
    ordinal = next((item.name for item in known.fields if item.is_ordinal), "")
    if not ordinal:
        return row
    parent = next((row.values[name] for name in known.parents if row.values.get(name)), None)
    place = siblings.get(parent, 0)
    siblings[parent] = place + 1
    return row if ordinal in row.values else replace(row, implied={ordinal: place})


def _name(known: Collection, entry: Mapping[str, Any]) -> str:
    parts = (entry.get(name) for name in known.title)
    return _shown(" ".join(part for part in parts if isinstance(part, str) and part))


def _as_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, default=lambda number: number.text)


def _broken(text: str) -> bool:
    """Whether a text cannot be stored: a lone surrogate or NUL."""
    return BROKEN.search(text) is not None


def _as_words(value: object) -> str:
    """JSON for a person: letters as they are, only what cannot be written stays escaped."""
    text = json.dumps(value, ensure_ascii=False, default=lambda number: number.text)
    return text.encode("utf-8", "backslashreplace").decode()


def _shown(text: str) -> str:
    """A text out of a foreign file, fit for a sentence: printable and short."""
    clean = "".join(letter if letter.isprintable() else " " for letter in text)
    return clean if len(clean) <= 80 else clean[:79] + "…"
