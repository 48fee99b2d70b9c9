"""Tables on their way into the library or the price list: from a file or the clipboard, with columns as chosen before (R1, R2)."""

from __future__ import annotations

from collections.abc import Callable

from kamdesk.exchange import library_table, prices
from kamdesk.exchange.prices import PricesRead
from kamdesk.exchange.table_fields import FieldTable
from kamdesk.exchange.tables import read_text
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.services.import_memory import ImportMemory
from kamdesk.store.unit_of_work import Store

PRICES = "price_item"
ReadTable = Callable[[bytes, str, str, str], tuple[FieldTable, tuple[Message, ...]]]
"""Bytes, name of the file, kind of entries, sheet → rows and remarks; done by the worker."""


def fields_of(kind: str) -> tuple[str, ...]:
    """What a column of such a table may be, besides "" (not understood) and ``-`` (left out)."""
    return prices.FIELDS if kind == PRICES else library_table.FIELDS[kind]


class LibraryTables:
    """Reading only; what is chosen for the columns by hand is remembered by their headers."""

    def __init__(self, store: Store, read: ReadTable) -> None:
        self._read = read
        self._memory = ImportMemory(store)

    def of_file(
        self, data: bytes, name: str, kind: str, sheet: str = ""
    ) -> tuple[FieldTable, tuple[Message, ...]]:
        """The rows of a file and remarks about it. Raises KamdeskError as ``kamdesk.exchange.tables.read_table``.

        Of several sheets that of the name ``sheet``, without a name the one whose headers are understood best.
        """
        table, remarks = self._read(data, name, kind, sheet)
        return self._remembered(table, kind), remarks

    def of_text(self, text: str, name: str, kind: str) -> tuple[FieldTable, tuple[Message, ...]]:
        """The rows of what was pasted; ``name`` is shown in their places. Raises ``table.empty`` for nothing."""
        if not text.strip():
            raise KamdeskError("table.empty", file=name)
        read = read_text(text, name)
        table = prices.columns_of(read) if kind == PRICES else library_table.columns_of(read, kind)
        return self._remembered(table, kind), read.remarks

    def keep(self, table: FieldTable, kind: str) -> None:
        """Remember what the columns were taken for."""
        if table.fingerprint:
            self._memory.keep(f"{kind}.{table.fingerprint}", table.headers, table.fields)

    def _remembered(self, table: FieldTable, kind: str) -> FieldTable:
        if not table.fingerprint:
            return table
        return table.with_fields(
            self._memory.fields(f"{kind}.{table.fingerprint}", table.headers, table.fields)
        )


def prices_of(table: FieldTable, language: str, remarks: tuple[Message, ...] = ()) -> PricesRead:
    """The lines of a price list. Raises ``prices.no_columns`` while names or prices have no column."""
    if "name" not in table.fields or "price" not in table.fields:
        raise KamdeskError("prices.no_columns")
    return prices.read_lines(table, language, remarks)
