"""Generic intentions on any entity, read from the declarations: forms, one edited field, deletion, field history.

A new field in ``model/tables`` appears here, in forms, history and search without a line of code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from kamdesk.model.fields import FieldKind, FieldSpec
from kamdesk.model.messages import KamdeskError, Message, label
from kamdesk.model.tables.base import Entity, entity_of, fields_of, spec_of
from kamdesk.model.values import PartialDate
from kamdesk.rules import requisites
from kamdesk.services.base import get, title_of
from kamdesk.store.history import FieldEvent, History
from kamdesk.store.unit_of_work import Store

_CHECKED: Mapping[str, Callable[[str], Message | None]] = {
    "inn": requisites.check_inn,
    "kpp": requisites.check_kpp,
    "ogrn": requisites.check_ogrn,
    "bik": requisites.check_bik,
    "iban": requisites.check_iban,
}


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One field of one row: what is declared, what is stored, and for a link how its target is called."""

    spec: FieldSpec
    value: Any
    shown: str = ""


def form_of(row: Entity) -> tuple[FieldValue, ...]:
    """The declared fields that a form shows, with the values of a row."""
    return tuple(FieldValue(spec, getattr(row, spec.name)) for spec in _shown(type(row)))


def _shown(entity: type[Entity]) -> tuple[FieldSpec, ...]:
    return tuple(spec_of(column) for column, info in fields_of(entity) if not info.hidden)


class Records:
    """Reading and editing single fields of any entity."""

    def __init__(self, store: Store, history: History) -> None:
        self._store = store
        self._history = history

    def specs(self, table: str) -> tuple[FieldSpec, ...]:
        """The declared fields that a form shows, in their order."""
        return _shown(entity_of(table))

    def form(self, table: str, row_id: str) -> tuple[FieldValue, ...]:
        """The fields of one row with their values. Raises KamdeskError ``record.gone``."""

        def work(session: Session) -> tuple[FieldValue, ...]:
            return form_of(get(session, entity_of(table), row_id))

        return self._store.read(work)

    def title(self, table: str, row_id: str) -> str:
        """How a row is called. Raises KamdeskError ``record.gone``."""
        return self._store.read(lambda session: title_of(get(session, entity_of(table), row_id)))

    def set(self, table: str, row_id: str, values: Mapping[str, object], *, visit: str = "") -> None:
        """Set fields of one row: one step, named by the record and the first field.

        ``visit`` joins the saves of one visit to a field. Raises KamdeskError for a value that does not fit
        (``record.required``, ``record.wrong_kind``, a wrong requisite); nothing is stored then.
        """
        entity = entity_of(table)
        specs = {column.name: spec_of(column) for column, _ in fields_of(entity) if column.name in values}
        for name, value in values.items():
            check_value(specs[name], value)
        held: list[Entity] = []  # the session itself would let go of the row between naming and changing it

        def work(_session: Session) -> None:
            for name, value in values.items():
                setattr(held[0], name, value)

        def params(session: Session) -> Mapping[str, object]:
            held.append(get(session, entity, row_id))
            called = title_of(held[0])
            return {"noun": label(entity.__label__), "field": label(specs[first].label), "name": called}

        first = next(iter(values))
        self._store.write("record.edit", params, work, visit=visit)

    def delete(self, table: str, row_id: str) -> None:
        """Delete a row and what belongs to it; undo brings all of it back."""

        def work(session: Session) -> None:
            session.delete(get(session, entity_of(table), row_id))

        params = {"noun": label(entity_of(table).__label__), "name": self.title(table, row_id)}
        self._store.write("record.delete", params, work)

    def set_all(self, table: str, row_ids: Sequence[str], values: Mapping[str, object]) -> None:
        """Set the same fields of several rows: one step. Raises as :meth:`set`."""
        entity = entity_of(table)
        specs = {column.name: spec_of(column) for column, _ in fields_of(entity)}
        for name, value in values.items():
            check_value(specs[name], value)

        def work(session: Session) -> None:
            for row_id in row_ids:
                row = get(session, entity, row_id)
                for name, value in values.items():
                    setattr(row, name, value)

        params = {"field": label(specs[next(iter(values))].label), "n": len(row_ids)}
        self._store.write("record.edit_all", params, work)

    def delete_all(self, table: str, row_ids: Sequence[str]) -> None:
        """Delete rows and what belongs to them: one step, so that one undo brings all of them back."""

        def work(session: Session) -> None:
            for row_id in row_ids:
                session.delete(get(session, entity_of(table), row_id))

        self._store.write("record.delete_all", {"n": len(row_ids)}, work)

    def add(self, table: str, values: Mapping[str, object]) -> str:
        """Add a row with these fields and return its id. Raises KamdeskError for a value that does not fit."""
        entity = entity_of(table)
        for column, info in fields_of(entity):
            if column.name in values:
                check_value(spec_of(column), values[column.name])
            elif info.required and info.kind is not FieldKind.LINK:
                raise KamdeskError("record.required", field=label(info.label))

        def work(session: Session) -> str:
            row = entity(**values)
            session.add(row)
            session.flush()
            return str(row.id)

        probe: Entity = entity(**values)
        return self._store.write(
            "record.add", {"noun": label(entity_of(table).__label__), "name": title_of(probe)}, work
        )

    def history(self, table: str, row_id: str, field: str) -> tuple[FieldEvent, ...]:
        """Who changed this, when, from what to what; the newest first."""
        return self._history.of_field(table, row_id, field)


_PYTHON: Mapping[FieldKind, tuple[type, ...]] = {
    FieldKind.TEXT: (str,),
    FieldKind.LONG_TEXT: (str,),
    FieldKind.CODE: (str,),
    FieldKind.CODES: (tuple,),
    FieldKind.INTEGER: (int,),
    FieldKind.DECIMAL: (Decimal,),
    FieldKind.YES_NO: (bool,),
    FieldKind.DATE: (date,),
    FieldKind.PARTIAL_DATE: (PartialDate,),
    FieldKind.MOMENT: (datetime,),
    FieldKind.LINK: (str,),
    FieldKind.FILE: (str,),
    FieldKind.AMOUNTS: (tuple,),
}
_NEVER_NULL = (
    FieldKind.TEXT,
    FieldKind.LONG_TEXT,
    FieldKind.CODE,
    FieldKind.CODES,
    FieldKind.YES_NO,
    FieldKind.AMOUNTS,
)
MAX_TEXT = 2_000_000
MAX_NUMBER = Decimal(10) ** 15
"""Nobody has more money than this in any currency; what is multiplied stays within the digits that are counted."""
MAX_DIGITS = 40
MAX_AMOUNTS = 600
"""Fifty years of months."""


def check_value(spec: FieldSpec, value: object) -> None:
    """Raise KamdeskError unless the value fits the declared field."""
    if value is None:
        if spec.required or spec.kind in _NEVER_NULL:
            raise KamdeskError("record.required", field=label(spec.label))
        return
    if not isinstance(value, _PYTHON[spec.kind]):
        raise KamdeskError("record.wrong_kind", field=label(spec.label))
    if isinstance(value, int) and abs(value) >= MAX_NUMBER:
        raise KamdeskError("record.too_large", field=label(spec.label))
    if isinstance(value, Decimal):
        _check_number(spec, value)
    elif spec.kind is FieldKind.AMOUNTS and isinstance(value, tuple):
        if len(value) > MAX_AMOUNTS:
            raise KamdeskError("record.too_many", field=label(spec.label), n=MAX_AMOUNTS)
        for amount in value:
            _check_number(spec, amount)
    if isinstance(value, str):
        if spec.required and not value.strip():
            raise KamdeskError("record.required", field=label(spec.label))
        if len(value) > MAX_TEXT:
            raise KamdeskError("record.too_long", field=label(spec.label))
        if "\x00" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
            raise KamdeskError("record.wrong_signs", field=label(spec.label))
        if spec.name in _CHECKED and value:
            problem = _CHECKED[spec.name](value)
            if problem is not None:
                raise KamdeskError(problem.code, **problem.params)


def _check_number(spec: FieldSpec, value: object) -> None:
    if not isinstance(value, Decimal) or not value.is_finite():
        raise KamdeskError("record.wrong_kind", field=label(spec.label))
    if abs(value) >= MAX_NUMBER or len(value.as_tuple().digits) > MAX_DIGITS:
        raise KamdeskError("record.too_large", field=label(spec.label))
