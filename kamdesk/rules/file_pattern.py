"""How files of a proposal are called: a pattern with fields in braces, in English or Russian (R11).

There is no field for anybody's type, stance or influence: what is not here cannot get into a name that a client reads.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from kamdesk.model.messages import Message
from kamdesk.rules.filenames import safe_name

FIELDS: Final[Mapping[str, str]] = {
    "number": "номер",
    "client": "клиент",
    "kind": "вид",
    "subject": "тема",
    "reader": "читатель",
    "date": "дата",
    "version": "версия",
}
"""The fields with their Russian names."""
USUAL: Final = "{number} - {client} - {kind} - {reader}"
LONGEST: Final = 200
_KINDS: Final[Mapping[str, Mapping[str, str]]] = {
    "ru": {"cover": "Сопроводительное письмо", "": "Коммерческое предложение"},
    "en": {"cover": "Cover letter", "": "Proposal"},
}
"""A variant is a proposal to its reader, who is not told that there are others."""
_BY_NAME: Final = {**{name: name for name in FIELDS}, **{ru: name for name, ru in FIELDS.items()}}
_FIELD: Final = re.compile(r"\{([^{}]*)\}")
_FIRST: Final = 0xE000
_MARK: Final = "[\ue000-\ue0ff]"
_LINK: Final = r"[-–—_,;·|]"


@dataclass(frozen=True, slots=True)
class NameParts:
    """What the fields of one document say. ``reader`` is "" for the document of a group."""

    number: str = ""
    client: str = ""
    subject: str = ""
    reader: str = ""
    kind: str = "group"
    date: date | None = None
    version: int = 1
    language: str = "ru"


def problem(pattern: str) -> Message | None:
    """Why a pattern cannot be used, in words; None where it can. "" means :data:`USUAL`."""
    if len(pattern) > LONGEST:
        return Message("pattern.too_long", {"n": LONGEST})
    names = [name.strip().casefold() for name in _FIELD.findall(pattern)]
    unknown = next((name for name in names if name not in _BY_NAME), None)
    if unknown is not None:
        near = difflib.get_close_matches(unknown, _BY_NAME, 1, 0.65)
        code = "pattern.unknown_nearest" if near else "pattern.unknown"
        return Message(code, {"field": unknown, "nearest": near[0]} if near else {"field": unknown})
    if re.search(r"[{}]", _FIELD.sub("", pattern)):
        return Message("pattern.brace")
    if pattern.strip() and not names:
        return Message("pattern.no_field")
    return None


def has_version(pattern: str) -> bool:
    """Whether names made by a pattern differ from version to version."""
    return any(_BY_NAME.get(name.strip().casefold()) == "version" for name in _FIELD.findall(pattern))


def file_name(pattern: str, parts: NameParts) -> str:
    """A safe name without extension. A field that says nothing takes its dash or bracket with it.

    A pattern that cannot be used counts as :data:`USUAL`: a name is always made.
    """
    if not pattern.strip() or problem(pattern) is not None:
        pattern = USUAL
    values = _values(parts)
    said: list[str] = []

    def mark(match: re.Match[str]) -> str:
        value = values[_BY_NAME[match[1].strip().casefold()]]
        if not value:
            return ""
        said.append(value)
        return chr(_FIRST + len(said) - 1)

    # Marks stand for the values meanwhile, so that a dash inside a value is not taken for one of the pattern.
    text = _FIELD.sub(mark, re.sub(_MARK, "", pattern))
    text = re.sub(r"[(\[«]\s*[)\]»]", " ", text)
    text = re.sub(rf"(?:\s*{_LINK})+(\s*{_LINK}\s*)", r"\1", text)
    text = re.sub(rf"\A(?:\s|{_LINK})+|(?:\s|{_LINK})+\Z", "", text)
    return safe_name(re.sub(_MARK, lambda one: said[ord(one[0]) - _FIRST], text))


def unique(name: str, taken: Iterable[str]) -> str:
    """The name, or the name with the first number that is free: two files never take each other's place."""
    known = {one.casefold() for one in taken}
    number, found = 1, name
    while found.casefold() in known:
        number += 1
        tail = f" ({number})"
        found = safe_name(name, tail) if len((name + tail).encode()) > LONGEST else name + tail
    return found


def names(pattern: str, documents: Iterable[NameParts]) -> tuple[str, ...]:
    """The names of documents that lie in one folder, in their order, all different."""
    found: list[str] = []
    for parts in documents:
        found.append(unique(file_name(pattern, parts), found))
    return tuple(found)


def _values(parts: NameParts) -> dict[str, str]:
    kinds = _KINDS.get(parts.language, _KINDS["en"])
    letter = "в" if parts.language == "ru" else "v"
    return {
        "number": parts.number,
        "client": parts.client,
        "subject": parts.subject,
        "reader": parts.reader,
        "kind": kinds.get(parts.kind, kinds[""]),
        "date": parts.date.isoformat() if parts.date is not None else "",
        "version": f"{letter}{parts.version}",
    }
