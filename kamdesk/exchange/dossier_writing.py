"""Writing the open dossier format in a stable order, and keeping a demonstration alive."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from kamdesk.exchange.dossier import FORMAT, VERSION, Collection, Dossier, Header
from kamdesk.exchange.dossier_values import write_value
from kamdesk.model.fields import FieldKind

_HISTORIC: Final = frozenset({"evidence_date"})
"""Full dates that speak of the past for good."""


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
    """The dossier with its full dates and times moved from ``dates_as_of`` to ``today``, by whole weeks rounded up.

    Whole weeks keep a Thursday a Thursday. Partial dates (birthdays, employment) and the dates of evidence stay.
    Used for the demo only; an ordinary import takes dates as they stand.
    """
    as_of = dossier.header.dates_as_of
    if as_of is None or as_of == today:
        return dossier
    shift = timedelta(weeks=-((as_of - today).days // 7))
    moving = {
        known.name: {
            item.name
            for item in known.fields
            if item.kind in (FieldKind.DATE, FieldKind.MOMENT) and item.name not in _HISTORIC
        }
        for known in collections
    }
    rows = tuple(
        replace(row, values={name: _moved(value, shift) if name in moving[row.collection] else value
                             for name, value in row.values.items()})
        for row in dossier.rows
    )  # fmt: skip
    return replace(dossier, rows=rows, header=replace(dossier.header, dates_as_of=as_of + shift))


def _moved(value: date | datetime | None, shift: timedelta) -> date | datetime | None:
    return None if value is None else value + shift
