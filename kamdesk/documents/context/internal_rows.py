"""Redacted rows of a dossier looked up by id and owner, for the composers of its print. A field may be absent: it was withheld."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from kamdesk.model.internal import DossierData, Row, shown_partial
from kamdesk.model.values import PartialDate, PersonName

_NONE: Final[tuple[Row, ...]] = ()
_LONGEST_CELL: Final = 600
"""Characters of a table cell: rows are not split over pages, so one must fit a page of A5."""


class Rows:
    """Questions to the rows of one dossier."""

    def __init__(self, data: DossierData) -> None:
        self._rows = data.rows
        self._by_id: dict[str, Mapping[str, Row]] = {}
        self._by_link: dict[tuple[str, str], Mapping[str, tuple[Row, ...]]] = {}

    def all(self, collection: str) -> tuple[Row, ...]:
        """Every row of a collection."""
        return self._rows.get(collection, _NONE)

    def one(self, collection: str, row_id: object) -> Row | None:
        """A row by its id; None where it is not in the dossier."""
        if collection not in self._by_id:
            self._by_id[collection] = {str(row["id"]): row for row in self.all(collection)}
        return self._by_id[collection].get(str(row_id)) if row_id else None

    def of(self, collection: str, link: str, row_id: object) -> tuple[Row, ...]:
        """The rows whose ``link`` is this id."""
        key = (collection, link)
        if key not in self._by_link:
            found: dict[str, list[Row]] = defaultdict(list)
            for row in self.all(collection):
                if row.get(link):
                    found[str(row[link])].append(row)
            self._by_link[key] = {owner: tuple(rows) for owner, rows in found.items()}
        return self._by_link[key].get(str(row_id), _NONE)

    def name(self, person_id: object, collection: str = "people") -> PersonName:
        """The name of a person or colleague; an empty one where it was withheld."""
        row = self.one(collection, person_id)
        return name_of(row) if row is not None else PersonName()


def name_of(row: Row) -> PersonName:
    """The name parts of a row."""
    return PersonName(words(row, "family_name"), words(row, "given_name"), words(row, "middle_name"))


def words(row: Row, name: str) -> str:
    """A text of a row; "" where it is empty or was withheld."""
    value = row.get(name)
    return value.strip() if isinstance(value, str) else ""


def day(row: Row, name: str) -> date | None:
    """A day of a row."""
    value = row.get(name)
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def moment(row: Row, name: str) -> datetime | None:
    """A moment of a row."""
    value = row.get(name)
    return value if isinstance(value, datetime) else None


def partial(row: Row, name: str) -> PartialDate | None:
    """A date of a row of which only a part may be known."""
    return shown_partial(row.get(name))


def number(row: Row, name: str) -> int:
    """A whole number of a row, 0 where it is not there."""
    value = row.get(name)
    return value if isinstance(value, int) else 0


def listed(row: Row, name: str) -> tuple[str, ...]:
    """Codes or words in order."""
    value = row.get(name)
    return tuple(str(one) for one in value) if isinstance(value, (tuple, list)) else ()


def cell(text: str) -> str:
    """The text of a cell, cut where it would not fit a page."""
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1].rstrip() + "…"
