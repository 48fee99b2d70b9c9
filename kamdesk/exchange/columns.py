"""Which column of a table is what, and the people that its rows come to.

A :class:`Mapping` is a value: guessed from headers or content, changed by hand, remembered by the fingerprint of
the set of headers.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from kamdesk.exchange import spelling
from kamdesk.exchange.headers import FIELDS, IGNORED, field_of, normalised
from kamdesk.exchange.people import RowOfFields, person_of
from kamdesk.exchange.records import ContactsRead, ImportedPerson, Skipped, clean
from kamdesk.model.messages import Message

SEVERAL: Final = " ::: "
"""Google joins several values of one cell with this."""

_SAMPLE: Final = 50
_SHARE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Mapping:
    """The field of each column, in the order of the columns; "" is not understood, ``-`` ignored.

    ``fingerprint`` names the set of headers, whatever their order; "" for a table without headers.
    """

    fields: tuple[str, ...]
    fingerprint: str = ""

    def changed(self, column: int, field: str) -> Mapping:
        """This mapping with one column set by hand. Raises ValueError for an unknown field, IndexError beyond the last."""
        if field not in (*FIELDS, "", IGNORED):
            raise ValueError(f"unknown field: {field}")
        if not 0 <= column < len(self.fields):
            raise IndexError(column)
        return replace(self, fields=(*self.fields[:column], field, *self.fields[column + 1 :]))

    @property
    def names_people(self) -> bool:
        """Whether a row can be told as a person: by name, e-mail or phone."""
        return any(field.partition(":")[0] in _IDENTIFYING for field in self.fields)


_IDENTIFYING: Final = frozenset(["name", "family", "given", "email", "phone", "mobile"])


def fingerprint(headers: Sequence[str]) -> str:
    """Sixteen hex digits of the set of headers; order, case and blanks do not matter."""
    names = sorted({normalised(header) for header in headers if header.strip()})
    return hashlib.sha256("\x1f".join(names).encode()).hexdigest()[:16] if names else ""


def guess(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Mapping:
    """The mapping by headers; columns that no header tells are guessed by what stands in them."""
    width = max([len(headers), *(len(row) for row in rows[:_SAMPLE])], default=0)
    fields: list[str] = []
    for column in range(width):
        header = headers[column] if column < len(headers) else ""
        field = field_of(header) if header.strip() else None
        if field is None:
            field = _by_content(column, rows) if not headers else ""
            if field == "name" and "name" in fields:
                field = (
                    "" if "manager" in fields else "manager"
                )  # a second column of names is whom they report to
        fields.append(field)
    if fields.count("title") > 1 and "title" in (names := [normalised(header) for header in headers]):
        fields[names.index("title")] = "prefix"  # Outlook's "Title" beside "Job Title" is Mr. or Ms.
    return Mapping(tuple(_one_full_name(fields)), fingerprint(headers))


def _one_full_name(fields: list[str]) -> list[str]:
    """«Контакт» beside separate name columns is a display name; «Имя» without «Фамилия» holds the full name."""
    if "family" in fields:
        return [IGNORED if field == "name" and "given" in fields else field for field in fields]
    if "given" in fields and "name" not in fields:
        fields[fields.index("given")] = "name"
    return fields


def _by_content(column: int, rows: Sequence[Sequence[str]]) -> str:
    cells = [row[column].strip() for row in rows[:_SAMPLE] if column < len(row) and row[column].strip()]
    if not cells:
        return ""
    kinds = Counter(_kind(cell) for cell in cells)
    if kinds["phone"] and kinds["mobile"]:
        kinds["phone"] += kinds.pop("mobile")  # a column of both; each number still gets its own kind
    kind, count = kinds.most_common(1)[0]
    return kind if kind and count >= _SHARE * len(cells) else ""


def _kind(cell: str) -> str:
    """The field that a cell's content speaks for; "" for none."""
    if spelling.is_email(cell):
        return "email"
    if spelling.is_phone(cell):
        return spelling.phone_kind(cell)
    if spelling.parse_date(cell) is not None:
        return "birthday"
    if spelling.is_full_name(cell):
        return "name"
    if spelling.is_title(cell):
        return "title"
    if spelling.SITE.fullmatch(cell):
        return "website"
    return "organisation" if spelling.is_organisation(cell) else ""


def find_header(rows: Sequence[Sequence[str]], look_at: int = 10) -> int | None:
    """The place of the row of headers among the first rows, or None. A title line above it is passed over."""
    for index, row in enumerate(rows[:look_at]):
        cells = [cell for cell in row if cell.strip()]
        other = [cell for cell in cells if field_of(cell) is None]
        known = len(cells) - len(other)
        if known and known >= min(2, len(cells)) and not any(_kind(cell) in _DATA for cell in other):
            return index
    return None


_DATA: Final = frozenset(["email", "phone", "mobile", "birthday", "name"])


def people_of(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    mapping: Mapping,
    places: Sequence[str],
) -> ContactsRead:
    """The people of the rows. ``places`` gives each row's source; every row is taken or skipped with the reason."""
    people: list[ImportedPerson] = []
    skipped: list[Skipped] = []
    month_first = any(normalised(header) == "first name" for header in headers)
    for row, place in zip(rows, places, strict=True):
        person = person_of(_fields(headers, row, mapping), place, month_first)
        if person is not None:
            people.append(person)
        else:
            code = "contacts.no_name" if mapping.names_people else "contacts.no_column"
            name = next((clean(cell) for cell in row if any(char.isalpha() for char in cell)), "")
            skipped.append(Skipped(place, name[:100], Message(code)))
    return ContactsRead(tuple(people), tuple(skipped), len(rows))


def _fields(headers: Sequence[str], row: Sequence[str], mapping: Mapping) -> RowOfFields:
    found = RowOfFields()
    for column, cell in enumerate(row):
        text = cell.strip()
        field = mapping.fields[column] if column < len(mapping.fields) else ""
        if not text or field == IGNORED:
            continue
        if not field:
            header = clean(headers[column]) if column < len(headers) else ""
            found.not_understood.append(f"{header}: {text}" if header else text)
            continue
        name, _, group = field.partition(":")
        for value in text.split(SEVERAL) if SEVERAL in text else _split(name, text):
            found.add(name, group, value.strip())
    return found


def _split(field: str, text: str) -> list[str]:
    """Several e-mails or phones in one cell, separated by commas, semicolons or line ends."""
    if field == "email":
        return spelling.EMAIL.findall(text) or [text]
    if field in ("phone", "mobile", "home_phone") and len(text) > 12:
        return re.split(r"[;,\n]\s*(?=[+(\d])", text)
    return [text]
