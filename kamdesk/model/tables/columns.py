"""Columns with what history, search, merge, redaction and forms read.

A column is made by one of the functions here (``text``, ``code``, ``day`` …). Everything said about it goes into
``Column.info`` as a :class:`FieldInfo`; nothing else in the program keeps a second list of fields.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import MappedColumn, mapped_column
from sqlalchemy.types import TypeDecorator

from kamdesk.model.fields import FieldKind
from kamdesk.model.values import PartialDate, Sensitivity

STRUCTURAL, PUBLIC, BUSINESS, PERSONAL, PRIVATE = Sensitivity


class Search(Enum):
    """Whether the search index reads a column: not at all, as running text, or as a name (ranked first)."""

    NO = 0
    TEXT = 1
    NAME = 2


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """What a column says about itself. ``group`` joins parts that are one value for merge and history.

    ``category`` is what a handover can leave out: family, gifts, margin, negotiation, notes.
    ``row_sensitivity`` marks the column whose value tightens the whole row.
    """

    kind: FieldKind
    label: str
    sensitivity: Sensitivity = PRIVATE
    search: Search = Search.NO
    group: str = ""
    vocabulary: str = ""
    category: str = ""
    required: bool = False
    row_sensitivity: bool = False
    hidden: bool = False


class PartialDateText(TypeDecorator[PartialDate]):
    """A :class:`PartialDate` as its ISO text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: PartialDate | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> PartialDate | None:
        return None if value is None else PartialDate.parse(value)


class DecimalText(TypeDecorator[Decimal]):
    """An exact decimal as plain text without exponent; SQLite's REAL would round it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class DateText(TypeDecorator[date]):
    """A calendar date as ISO text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class MomentText(TypeDecorator[datetime]):
    """A local wall-clock time to the minute, without a zone: a meeting at ten stays at ten."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat(timespec="minutes")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class CodesText(TypeDecorator[tuple[str, ...]]):
    """An ordered tuple of codes or words as a JSON list."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:
        return json.dumps(list(value or ()), ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        return tuple(json.loads(value)) if value else ()


class AmountsText(TypeDecorator[tuple[Decimal, ...]]):
    """An ordered tuple of exact decimals as a JSON list of texts."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Decimal, ...] | None, dialect: Dialect) -> str:
        return json.dumps([format(amount, "f") for amount in value or ()])

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Decimal, ...]:
        return tuple(Decimal(amount) for amount in json.loads(value)) if value else ()


def _column(
    kind: FieldKind,
    type_: Any,
    label: str,
    sensitivity: Sensitivity,
    *,
    default: Any,
    nullable: bool,
    indexed: bool = False,
    **info: Any,
) -> MappedColumn[Any]:
    return mapped_column(
        type_,
        nullable=nullable,
        default=default,
        index=indexed,
        info={"field": FieldInfo(kind, label, sensitivity, **info)},
    )


def text(label: str, sensitivity: Sensitivity, **info: Any) -> MappedColumn[str]:
    """One line of text; "" when unknown."""
    return _column(FieldKind.TEXT, Text, label, sensitivity, default="", nullable=False, **info)


def long_text(label: str, sensitivity: Sensitivity, **info: Any) -> MappedColumn[str]:
    """Text of several lines; "" when unknown."""
    return _column(FieldKind.LONG_TEXT, Text, label, sensitivity, default="", nullable=False, **info)


def code(
    label: str, sensitivity: Sensitivity, vocabulary: str, *, default: str = "", **info: Any
) -> MappedColumn[str]:
    """A code of a vocabulary; "" when unknown."""
    return _column(
        FieldKind.CODE,
        Text,
        label,
        sensitivity,
        default=default,
        nullable=False,
        vocabulary=vocabulary,
        **info,
    )


def codes(
    label: str, sensitivity: Sensitivity, vocabulary: str = "", **info: Any
) -> MappedColumn[tuple[str, ...]]:
    """Codes of a vocabulary (or free words) in order."""
    return _column(
        FieldKind.CODES,
        CodesText,
        label,
        sensitivity,
        default=(),
        nullable=False,
        vocabulary=vocabulary,
        **info,
    )


def integer(
    label: str, sensitivity: Sensitivity, *, default: int | None = None, **info: Any
) -> MappedColumn[Any]:
    """A whole number, or None."""
    return _column(
        FieldKind.INTEGER, Integer, label, sensitivity, default=default, nullable=default is None, **info
    )


def decimal(
    label: str, sensitivity: Sensitivity, *, default: Decimal | None = None, **info: Any
) -> MappedColumn[Any]:
    """An exact decimal, or None."""
    return _column(
        FieldKind.DECIMAL, DecimalText, label, sensitivity, default=default, nullable=default is None, **info
    )


def amounts(label: str, sensitivity: Sensitivity, **info: Any) -> MappedColumn[tuple[Decimal, ...]]:
    """Exact decimals in order, one a period."""
    return _column(FieldKind.AMOUNTS, AmountsText, label, sensitivity, default=(), nullable=False, **info)


def yes_no(label: str, sensitivity: Sensitivity, *, default: bool = False, **info: Any) -> MappedColumn[bool]:
    """Yes or no."""
    return _column(
        FieldKind.YES_NO,
        Boolean(create_constraint=False),
        label,
        sensitivity,
        default=default,
        nullable=False,
        **info,
    )


def day(label: str, sensitivity: Sensitivity, **info: Any) -> MappedColumn[date | None]:
    """A full date, or None."""
    return _column(FieldKind.DATE, DateText, label, sensitivity, default=None, nullable=True, **info)


def partial_date(label: str, sensitivity: Sensitivity, **info: Any) -> MappedColumn[PartialDate | None]:
    """A date of which only a part may be known, or None."""
    return _column(
        FieldKind.PARTIAL_DATE, PartialDateText, label, sensitivity, default=None, nullable=True, **info
    )


def moment(label: str, sensitivity: Sensitivity, **info: Any) -> MappedColumn[datetime | None]:
    """A local time to the minute, or None."""
    return _column(FieldKind.MOMENT, MomentText, label, sensitivity, default=None, nullable=True, **info)


def link(
    target: str,
    label: str = "",
    *,
    required: bool = False,
    on_delete: str = "CASCADE",
    sensitivity: Sensitivity = STRUCTURAL,
) -> MappedColumn[Any]:
    """The id of a row of ``target`` (a table). A required link dies with its target; another becomes empty."""
    rule = on_delete if required else ("SET NULL" if on_delete == "CASCADE" else on_delete)
    return mapped_column(
        Text,
        ForeignKey(f"{target}.id", ondelete=rule, deferrable=True, initially="DEFERRED"),
        nullable=not required,
        default=None,
        index=True,
        info={"field": FieldInfo(FieldKind.LINK, label, sensitivity, required=required, hidden=True)},
    )


def owned_by(target: str, label: str = "") -> MappedColumn[Any]:
    """A link to one of several possible owners: may be empty, and the row dies with the owner it has."""
    return mapped_column(
        Text,
        ForeignKey(f"{target}.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED"),
        nullable=True,
        default=None,
        index=True,
        info={"field": FieldInfo(FieldKind.LINK, label, STRUCTURAL, hidden=True)},
    )


def position(label: str = "") -> MappedColumn[int]:
    """The place of a row among its siblings, from 0."""
    return _column(FieldKind.INTEGER, Integer, label, STRUCTURAL, default=0, nullable=False, hidden=True)


def row_sensitivity(label: str, default: Sensitivity) -> MappedColumn[str]:
    """The sensitivity of the whole row; the strictest of it and of each column holds."""
    return _column(
        FieldKind.CODE,
        Text,
        label,
        STRUCTURAL,
        default=default.value,
        nullable=False,
        vocabulary="sensitivity",
        row_sensitivity=True,
    )


def sort_key() -> MappedColumn[str]:
    """The stored key by which lists are sorted in SQL, made from ``Entity.__sorted_by__``."""
    return mapped_column(
        Text,
        nullable=False,
        default="",
        index=True,
        info={"field": FieldInfo(FieldKind.TEXT, "", STRUCTURAL, hidden=True)},
    )
