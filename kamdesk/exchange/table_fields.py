"""Which column of a table is what, for tables that are not people: price lists, the library.

The row of headers is found by the words that such tables really have; each kind of table brings its own spellings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kamdesk.exchange.columns import fingerprint
from kamdesk.exchange.headers import IGNORED, normalised
from kamdesk.exchange.tables import Table

LOOK_AT: Final = 30
"""Rows in which headers are looked for: price lists begin with a letterhead."""


@dataclass(frozen=True, slots=True)
class Spellings:
    """What headers say: ``words`` maps a field to its spellings between bars, ``patterns`` are tried after them.

    A table without the fields of ``needed`` is not of this kind.
    """

    words: Mapping[str, str]
    patterns: tuple[tuple[str, str], ...]
    needed: tuple[str, ...]

    def field_of(self, header: str) -> str | None:
        """The field of a header; None when it is not known."""
        text = normalised(header)[:100]
        if not text:
            return None
        for field, spellings in self.words.items():
            if text in spellings.split("|"):
                return field
        return next((field for pattern, field in self.patterns if re.fullmatch(pattern, text)), None)


@dataclass(frozen=True, slots=True)
class FieldTable:
    """Rows of text with the field of each column: "" is not understood, ``-`` is left out.

    ``places`` gives the source of each row; ``fingerprint`` names the set of headers, "" without any. ``sheet`` is the
    one of ``sheets`` that was read; a file of text has none.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    places: tuple[str, ...]
    fields: tuple[str, ...]
    fingerprint: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    @property
    def understood(self) -> int:
        """How many different fields the headers name; 0 without headers."""
        return len({*self.fields} - {"", IGNORED}) if self.headers else 0

    def with_fields(self, fields: Sequence[str]) -> FieldTable:
        """The same rows by another choice; one of another width is not taken."""
        return replace(self, fields=tuple(fields)) if len(fields) == len(self.fields) else self

    def cell(self, row: Sequence[str], field: str) -> str:
        """What stands in the first column of a field, blanks collapsed; "" for none."""
        for at, name in enumerate(self.fields):
            if name == field and at < len(row) and row[at].strip():
                return row[at].strip()
        return ""


def recognise(
    table: Table, spellings: Spellings, by_content: Callable[[Sequence[Sequence[str]]], Sequence[str]]
) -> FieldTable:
    """Find the headers of a table and what its columns are; ``by_content`` guesses where there are no headers."""
    rows, places = _all_rows(table)
    header = next((at for at, row in enumerate(rows[:LOOK_AT]) if _is_header(row, spellings)), None)
    if header is None:
        width = max((len(row) for row in rows), default=0)
        guessed = tuple(by_content(rows))[:width]
        guessed += ("",) * (width - len(guessed))
        return FieldTable((), rows, places, guessed, sheet=table.sheet, sheets=table.sheets)
    headers = tuple(" ".join(cell.split()) for cell in rows[header])
    body = rows[header + 1 :]
    width = max([len(headers), *(len(row) for row in body)])
    fields: list[str] = []
    for at in range(width):
        field = spellings.field_of(headers[at]) if at < len(headers) else None
        # a second column of the same field (a price for dealers) waits for somebody's choice
        fields.append(field if field and (field == IGNORED or field not in fields) else "")
    return FieldTable(
        headers, body, places[header + 1 :], tuple(fields), fingerprint(headers), table.sheet, table.sheets
    )


def _is_header(row: Sequence[str], spellings: Spellings) -> bool:
    found = {spellings.field_of(cell) for cell in row}
    return all(field in found for field in spellings.needed)


def _all_rows(table: Table) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """Every row again: what was taken for the headers of a table of people may be no header here."""
    if not table.headers:
        return table.rows, table.places
    before, _, number = table.places[0].rpartition(":") if table.places else ("", "", "2")
    place = f"{before}:{int(number) - 1}" if number.isdigit() else table.places[0]
    return (table.headers, *table.rows), (place, *table.places)
