"""A file of contacts as the worker reads it: the people, and for a table what an import shows while columns are chosen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from kamdesk.exchange.columns import Mapping
from kamdesk.exchange.contact_files import holds_cards
from kamdesk.exchange.records import ContactsRead, from_plain, to_plain
from kamdesk.exchange.tables import Table, read_table
from kamdesk.exchange.vcard import read_vcards

_EXAMPLES: Final = 20
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class TableLook:
    """A table before it is taken: its first rows as text, what each column is taken for, how the file was read.

    ``fields`` is one field a column as in :class:`kamdesk.exchange.columns.Mapping`; ``encoding`` and ``separator`` are ""
    for a spreadsheet, ``sheets`` is empty for text. ``rows`` counts all rows.
    """

    headers: tuple[str, ...]
    examples: tuple[tuple[str, ...], ...]
    fields: tuple[str, ...]
    fingerprint: str = ""
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    rows: int = 0


@dataclass(frozen=True, slots=True)
class ContactsFile:
    """A file of contacts: its people, and the table they came from (None for contact cards)."""

    read: ContactsRead
    table: TableLook | None = None


def look_at(table: Table, fields: Sequence[str] | None = None) -> ContactsFile:
    """The people of a table by a choice of fields (what fits is taken of it, the rest is guessed), and its look."""
    mapping = table.guess()
    if fields is not None and len(fields) == len(mapping.fields):
        mapping = Mapping(tuple(fields), mapping.fingerprint)
    examples = tuple(tuple(cell[:_LONGEST] for cell in row) for row in table.rows[:_EXAMPLES])
    look = TableLook(
        table.headers,
        examples,
        mapping.fields,
        mapping.fingerprint,
        table.encoding,
        table.separator,
        table.sheet,
        table.sheets,
        len(table.rows),
    )
    return ContactsFile(table.people(mapping), look)


def read_file(
    data: bytes,
    name: str,
    *,
    fields: Sequence[str] | None = None,
    encoding: str = "",
    separator: str = "",
    sheet: str = "",
) -> ContactsFile:
    """The people of contact cards or of a table; what is not given is detected. Raises KamdeskError as the readers do."""
    if holds_cards(data):
        return ContactsFile(read_vcards(data, name, encoding=encoding))
    return look_at(read_table(data, name, encoding=encoding, separator=separator, sheet=sheet), fields)


def to_bytes(file: ContactsFile) -> bytes:
    """The file as JSON, small enough for one blob however many photos it has."""
    table = asdict(file.table) if file.table is not None else None
    return json.dumps({"read": to_plain(file.read), "table": table}, ensure_ascii=False).encode(
        "utf-8", "replace"
    )


def from_bytes(data: bytes) -> ContactsFile:
    """The inverse of :func:`to_bytes`."""
    plain: dict[str, Any] = json.loads(data)
    table = plain["table"]
    if table is None:
        return ContactsFile(from_plain(plain["read"]))
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in table.items()
    }
    values["examples"] = tuple(tuple(row) for row in table["examples"])
    return ContactsFile(from_plain(plain["read"]), TableLook(**values))
