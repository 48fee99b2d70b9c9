"""Columns and rows of an editing grid as values; how a typed or pasted text becomes a cell's value, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from kamdesk.desktop.kit import Option, TypedForms


class CellKind(StrEnum):
    """What a column holds. The empty value of each kind stands behind it."""

    TEXT = "text"  # ""
    CHOICE = "choice"  # "", else a code of the options
    CODES = "codes"  # (), else codes; typed with commas
    DECIMAL = "decimal"  # None
    INTEGER = "integer"  # None
    DATE = "date"  # None
    PARTIAL_DATE = "partial_date"  # None
    YES_NO = "yes_no"  # False


EMPTY: Mapping[CellKind, Any] = {
    CellKind.TEXT: "",
    CellKind.CHOICE: "",
    CellKind.CODES: (),
    CellKind.DECIMAL: None,
    CellKind.INTEGER: None,
    CellKind.DATE: None,
    CellKind.PARTIAL_DATE: None,
    CellKind.YES_NO: False,
}


@dataclass(frozen=True)
class GridColumn:
    """One column.

    ``options()`` for CHOICE and CODES. ``suggest()`` gives texts that are offered while typing. ``read``/``show`` replace the kit's own
    way of reading (raises ValueError or KamdeskError) and showing. ``default`` is the value of a new row. ``names`` are further headings
    under which a pasted table may call the column. ``computed(row)`` makes a column that is only shown.
    """

    id: str
    title: Callable[[], str]
    kind: CellKind = CellKind.TEXT
    options: Callable[[], Sequence[Option]] | None = None
    suggest: Callable[[], Sequence[str]] | None = None
    read: Callable[[str], Any] | None = None
    show: Callable[[Any], str] | None = None
    width: int = 120
    required: bool = False
    read_only: bool = False
    default: Any = None
    names: tuple[str, ...] = ()
    computed: Callable[[GridRow], str] | None = None

    @property
    def editable(self) -> bool:
        """Whether the user may write into it."""
        return not self.read_only and self.computed is None

    @property
    def right(self) -> bool:
        """Whether it stands at the right edge of its cell."""
        return self.kind in (CellKind.DECIMAL, CellKind.INTEGER)


@dataclass(frozen=True)
class GridRow:
    """A row: ``key`` is the id of what it shows, or ``new-…`` until :meth:`EditGrid.rekey` gives it one.

    ``values`` by column id; ``drafts`` are the texts of cells that could not be read, exactly as typed.
    """

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)
    drafts: Mapping[str, str] = field(default_factory=dict)

    def with_cell(self, column: str, value: Any) -> GridRow:
        """This row with another value in one cell."""
        drafts = {name: text for name, text in self.drafts.items() if name != column}
        return GridRow(self.key, {**self.values, column: value}, drafts)

    def with_draft(self, column: str, text: str) -> GridRow:
        """This row with an unreadable text in one cell; the value before it stays."""
        return GridRow(self.key, self.values, {**self.drafts, column: text})


@dataclass(frozen=True)
class GridChange:
    """What one action of the user changed: whole rows as they are now, the keys of removed ones, whether the order changed."""

    added: tuple[GridRow, ...] = ()
    changed: tuple[GridRow, ...] = ()
    removed: tuple[str, ...] = ()
    reordered: bool = False

    @staticmethod
    def between(before: Sequence[GridRow], after: Sequence[GridRow]) -> GridChange:
        """The difference of two states."""
        old, new = {row.key: row for row in before}, {row.key: row for row in after}
        return GridChange(
            tuple(row for row in after if row.key not in old),
            tuple(row for row in after if row.key in old and old[row.key] != row),
            tuple(row.key for row in before if row.key not in new),
            [row.key for row in before if row.key in new] != [row.key for row in after if row.key in old],
        )


_YES = {"да", "yes", "y", "д", "1", "+", "x", "х", "v", "true", "истина", "✓", "✔"}
_NO = {"нет", "no", "n", "н", "0", "-", "–", "—", "false", "ложь"}


def read_cell(column: GridColumn, text: str, typed: TypedForms) -> Any:
    """The value of a typed text. Raises ValueError or KamdeskError."""
    text = text.strip()
    if not text:
        return EMPTY[column.kind]
    if column.read is not None:
        return column.read(text)
    if column.kind == CellKind.CHOICE:
        return _code(column, text)
    if column.kind == CellKind.CODES:
        parts = [part.strip() for part in text.replace(";", ",").split(",")]
        return tuple(dict.fromkeys(_code(column, part) for part in parts if part))
    if column.kind == CellKind.YES_NO:
        return _yes_no(text)
    readers: Mapping[CellKind, Callable[[str], Any]] = {
        CellKind.TEXT: str,
        CellKind.DECIMAL: typed.read_decimal,
        CellKind.INTEGER: typed.read_integer,
        CellKind.DATE: typed.read_date,
        CellKind.PARTIAL_DATE: typed.read_partial_date,
    }
    return readers[column.kind](text)


def show_cell(column: GridColumn, value: Any, typed: TypedForms, yes: str) -> str:
    """A value as text, which :func:`read_cell` reads back. ``yes`` is the word for a ticked cell."""
    if value in (None, "", (), False):
        return ""
    if column.show is not None:
        return column.show(value)
    if column.kind in (CellKind.CHOICE, CellKind.CODES):
        labels = {option.code: option.label for option in column.options()} if column.options else {}
        codes = (value,) if isinstance(value, str) else value
        return ", ".join(labels.get(code, str(code)) for code in codes)
    shows: Mapping[CellKind, Callable[[Any], str]] = {
        CellKind.TEXT: str,
        CellKind.DECIMAL: typed.show_decimal,
        CellKind.INTEGER: typed.show_integer,
        CellKind.DATE: typed.show_date,
        CellKind.PARTIAL_DATE: typed.show_partial_date,
        CellKind.YES_NO: lambda _value: yes,
    }
    return shows[column.kind](value)


def _fold(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())


def _code(column: GridColumn, text: str) -> str:
    """The code whose label is the text, or the only one that begins with it, or contains it."""
    options = list(column.options()) if column.options else []
    wanted = _fold(text)
    tests: tuple[Callable[[Option], bool], ...] = (
        lambda option: option.code == text or _fold(option.label) == wanted,
        lambda option: _fold(option.label).startswith(wanted),
        lambda option: wanted in _fold(option.label),
    )
    for test in tests:
        found = [option.code for option in options if test(option)]
        if len(found) == 1:
            return found[0]
        if found and test is tests[0]:
            return found[0]
    raise ValueError(text)


def _yes_no(text: str) -> bool:
    folded = _fold(text)
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise ValueError(text)
