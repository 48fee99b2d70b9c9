"""Tables that are not people, as the worker reads them: price lists and entries of the library."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from kamdesk.documents.findings import message_from_json, message_to_json
from kamdesk.exchange import library_table, prices
from kamdesk.exchange.table_fields import FieldTable
from kamdesk.exchange.tables import Table, read_sheets, read_table
from kamdesk.model.messages import Message

PRICES = "price_item"


def columns_of(table: Table, kind: str) -> FieldTable:
    """What the columns of a table are, for a kind of entries: a table of the library, prices among them."""
    return prices.columns_of(table) if kind == PRICES else library_table.columns_of(table, kind)


def read_file(data: bytes, name: str, kind: str, sheet: str = "") -> tuple[FieldTable, tuple[Message, ...]]:
    """The rows of a file with the fields of its columns, and remarks about it. Raises KamdeskError as ``read_table``.

    Of several sheets the one named, else that whose headers name the most fields, of equal ones the one with more rows.
    """
    if sheet:
        named = read_table(data, name, sheet=sheet)
        return columns_of(named, kind), named.remarks
    return max(
        ((columns_of(one, kind), one.remarks) for one in read_sheets(data, name)),
        key=lambda pair: (pair[0].understood, len(pair[0].rows) if pair[0].headers else 0),
    )


def to_bytes(table: FieldTable, remarks: Sequence[Message]) -> bytes:
    """The table as JSON in one blob."""
    plain = {"table": asdict(table), "remarks": [message_to_json(one) for one in remarks]}
    return json.dumps(plain, ensure_ascii=False).encode("utf-8", "replace")


def from_bytes(data: bytes) -> tuple[FieldTable, tuple[Message, ...]]:
    """The inverse of :func:`to_bytes`."""
    plain: dict[str, Any] = json.loads(data)
    one = plain["table"]
    table = FieldTable(
        tuple(one["headers"]),
        tuple(tuple(row) for row in one["rows"]),
        tuple(one["places"]),
        tuple(one["fields"]),
        one["fingerprint"],
        one["sheet"],
        tuple(one["sheets"]),
    )
    return table, tuple(message_from_json(message) for message in plain["remarks"])
