"""Writing the open dossier format in a stable order, and keeping a demonstration alive."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeVar

from kamdesk.exchange.dossier import FORMAT, VERSION, Collection, Dossier, Header
from kamdesk.exchange.dossier_values import write_value
from kamdesk.model.fields import FieldKind
from kamdesk.model.values import PartialDate

_HISTORIC: Final = frozenset({"evidence_date"})
"""Full dates that speak of the past for good."""

_EXPECTED: Final = frozenset({("deals", "expected"), ("expected_changes", "date")})
"""Partial dates that lie ahead of the day of a dossier."""

_SATURDAY: Final = 5
_Day = TypeVar("_Day", date, datetime)


def write(
    header: Header, rows: Mapping[str, Iterable[Mapping[str, Any]]], collections: Sequence[Collection]
) -> bytes:
    """The document as UTF-8 JSON. ``rows`` are Python values with ``id`` by collection; only what differs from the
    default is written, rows stand by parent, place and id, so that equal content gives equal bytes."""
    document: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    for name in ("dossier_id", "language", "level", "exported_on", "program", "dates_as_of", "client"):
        value = getattr(header, name)
        if value:
            document[name] = value.isoformat() if isinstance(value, date) else value
    for known in collections:
        found = sorted(rows.get(known.name, ()), key=lambda row: _order(known, row))
        if found:
            document[known.name] = [_written(known, row) for row in found]
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _order(known: Collection, row: Mapping[str, Any]) -> tuple[str, int, str]:
    parent = next((str(row[name]) for name in known.parents if row.get(name)), "")
    ordinal = next((row[item.name] for item in known.fields if item.is_ordinal and row.get(item.name)), 0)
    return parent, ordinal, row["id"]


def _written(known: Collection, row: Mapping[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {"id": row["id"]}
    for item in known.fields:
        if item.name not in row:
            continue
        value = row[item.name]
        if item.is_ordinal or (value != item.default and value is not None):
            result[item.name] = write_value(value)
    return result


def moved_to(dossier: Dossier, today: date, collections: Sequence[Collection]) -> Dossier:
    """The dossier with its full dates and times moved by as many days as lie between ``dates_as_of`` and ``today``.

    What falls on a weekend by that goes to the Friday before, or when it is ahead to the Monday after; today stays
    today. Months that are expected move by whole months. Other partial dates (birthdays, employment) and the dates of
    evidence stay. Used for the demo only; an ordinary import takes dates as they stand.
    """
    as_of = dossier.header.dates_as_of
    if as_of is None or as_of == today:
        return dossier
    moving = {known.name: {item.name: item.kind for item in known.fields} for known in collections}
    rows = []
    for row in dossier.rows:
        values = dict(row.values)
        for name, value in row.values.items():
            kind = moving[row.collection].get(name)
            if value is None or name in _HISTORIC:
                continue
            if kind in (FieldKind.DATE, FieldKind.MOMENT):
                values[name] = moved_day(value, as_of, today)
            elif kind is FieldKind.PARTIAL_DATE and (row.collection, name) in _EXPECTED:
                values[name] = _expected(value, as_of, today)
        rows.append(replace(row, values=values))
    return replace(dossier, rows=tuple(rows), header=replace(dossier.header, dates_as_of=today))


def moved_day(value: _Day, as_of: date, today: date) -> _Day:
    """A day or moment as far from today as it was from ``as_of``, but for a weekend that it did not fall on before."""
    moved = value + (today - as_of)
    day = moved.date() if isinstance(moved, datetime) else moved
    if day == today or day.weekday() < _SATURDAY or value.weekday() >= _SATURDAY:
        return moved
    past = day < today
    return moved + timedelta(days=_SATURDAY - 1 - day.weekday() if past else _SATURDAY + 2 - day.weekday())


def _expected(value: PartialDate, as_of: date, today: date) -> PartialDate:
    """A month or year that is expected, as many months or years from today as it was from ``as_of``."""
    if value.year is None:
        return value
    if value.month is None:
        return PartialDate(value.year + today.year - as_of.year)
    months = value.year * 12 + value.month - 1 + (today.year - as_of.year) * 12 + today.month - as_of.month
    return PartialDate(months // 12, months % 12 + 1)
