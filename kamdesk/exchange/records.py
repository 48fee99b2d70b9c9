"""What a file of contacts comes to: frozen plain values, the same for every format.

``taken + skipped == rows``: each row, card or block of the source stands in exactly one of the two lists.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from kamdesk.model.messages import Message
from kamdesk.model.values import PartialDate, PersonName


@dataclass(frozen=True, slots=True)
class TypedValue:
    """A contact as typed and its kind, a code of the vocabulary ``contact_kind``."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """An address in one line; ``kind`` is "work", "home" or ""."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ImportedPerson:
    """A person as a foreign source tells of them; everything but the name may be missing.

    ``source`` is the file and the place in it («team.csv:5», "cards.vcf:3"). ``raw_name`` is the name as it stood
    there. ``gender`` is "m", "f" or "". ``manager``, ``assistant``, ``spouse`` and ``children`` are names as written.
    ``lens``, ``influence``, ``stance`` and ``part`` are the words of the user's own columns, not yet codes.
    ``not_understood`` holds «NAME: value» lines that have no place here and are to be kept in a note.
    """

    source: str
    name: PersonName
    raw_name: str = ""
    organisation: str = ""
    department: str = ""
    title: str = ""
    gender: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[TypedValue, ...] = ()
    messengers: tuple[TypedValue, ...] = ()
    addresses: tuple[PostalAddress, ...] = ()
    birthday: PartialDate | None = None
    anniversary: PartialDate | None = None
    notes: str = ""
    manager: str = ""
    assistant: str = ""
    spouse: str = ""
    children: str = ""
    hobby: str = ""
    categories: tuple[str, ...] = ()
    photo: bytes | None = None
    photo_type: str = ""
    url: str = ""
    uid: str = ""
    language: str = ""
    nickname: str = ""
    lens: str = ""
    influence: str = ""
    stance: str = ""
    part: str = ""
    not_understood: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that gave no person, where it stood, what it is called there, and why it was left out."""

    source: str
    name: str
    why: Message


@dataclass(frozen=True, slots=True)
class ContactsRead:
    """All of one source. ``rows`` is what was found in it; ``remarks`` concern the source as a whole."""

    people: tuple[ImportedPerson, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    rows: int = 0
    remarks: tuple[Message, ...] = ()


def clean(text: str) -> str:
    """One line without control characters, blanks collapsed: names cannot carry line breaks."""
    if not text.isprintable():
        text = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(text.split())


def clean_lines(text: str) -> str:
    """Several lines without control characters or blanks at their ends."""
    lines = (clean(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(lines).strip()


def unique(values: list[str]) -> tuple[str, ...]:
    """The non-empty values without repetition, in their order."""
    return tuple(dict.fromkeys(value for value in values if value))


_PARTS: Final[Mapping[str, type]] = {
    "phones": TypedValue,
    "messengers": TypedValue,
    "addresses": PostalAddress,
}


def to_plain(read: ContactsRead) -> dict[str, Any]:
    """The reading as what JSON can carry between two processes; photos in base64."""
    return {
        "people": [_person_to_plain(person) for person in read.people],
        "skipped": [[item.source, item.name, _message_to_plain(item.why)] for item in read.skipped],
        "rows": read.rows,
        "remarks": [_message_to_plain(remark) for remark in read.remarks],
    }


def from_plain(plain: Mapping[str, Any]) -> ContactsRead:
    """The reading as :func:`to_plain` wrote it. Raises KeyError, TypeError or ValueError for anything else."""
    return ContactsRead(
        tuple(_person_from_plain(person) for person in plain["people"]),
        tuple(Skipped(source, name, Message(*why)) for source, name, why in plain["skipped"]),
        plain["rows"],
        tuple(Message(*remark) for remark in plain["remarks"]),
    )


def _message_to_plain(message: Message) -> list[Any]:
    return [message.code, dict(message.params)]


def _person_to_plain(person: ImportedPerson) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for field in fields(person):
        value = getattr(person, field.name)
        if not value:
            continue
        if isinstance(value, PersonName):
            value = [value.family, value.given, value.middle]
        elif isinstance(value, PartialDate):
            value = str(value)
        elif isinstance(value, bytes):
            value = base64.b64encode(value).decode("ascii")
        elif field.name in _PARTS:
            value = [[getattr(item, part.name) for part in fields(item)] for item in value]
        plain[field.name] = list(value) if isinstance(value, tuple) else value
    return plain


def _person_from_plain(plain: Mapping[str, Any]) -> ImportedPerson:
    values: dict[str, Any] = {}
    for name, value in plain.items():
        if name in _PARTS:
            value = tuple(_PARTS[name](*item) for item in value)
        elif name in ("birthday", "anniversary"):
            value = PartialDate.parse(value)
        elif name == "photo":
            value = base64.b64decode(value)
        elif isinstance(value, list) and name != "name":
            value = tuple(value)
        values[name] = value
    return replace(ImportedPerson(values.pop("source"), PersonName(*values.pop("name", ()))), **values)
