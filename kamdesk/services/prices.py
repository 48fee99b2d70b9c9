"""Our price list: find, edit, take a table over in one step with a dry run that says what changes (R2).

A line of a file is the same as one of ours by its article number within the same price list, without an article by its
name and unit. The file's columns are read by ``kamdesk.exchange.prices`` before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from kamdesk.exchange.prices import PriceLine, PricesRead, to_table
from kamdesk.model.messages import Message
from kamdesk.model.tables import PriceItem
from kamdesk.services.base import get
from kamdesk.services.import_report import ImportedRow
from kamdesk.store.text import fold
from kamdesk.store.unit_of_work import Store

_COMPARED: Final = ("name", "unit", "price", "currency", "vat", "section", "valid_until", "note")


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A line of the price list; ``vat`` is percent or None (not said), ``expired`` that ``valid_until`` is over."""

    id: str
    price_list: str
    section: str
    article: str
    name: str
    unit: str
    price: Decimal
    currency: str
    vat: Decimal | None
    valid_until: date | None
    note: str
    expired: bool = False


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A line that an import changes: what it costs now and will cost, and the fields that differ (codes of columns)."""

    id: str
    source: str
    article: str
    name: str
    price: Decimal
    new_price: Decimal
    currency: str
    new_currency: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PriceReport:
    """What an import did or would do. ``gone`` are lines that the source no longer has; ``removed`` says they go.

    ``skipped`` names every row that is not taken, with the reason; ``noted`` the rows taken with a remark.
    """

    new: tuple[PriceLine, ...]
    changed: tuple[PriceChange, ...]
    same: int
    gone: tuple[PriceRow, ...]
    removed: bool
    skipped: tuple[ImportedRow, ...]
    noted: tuple[ImportedRow, ...]
    remarks: tuple[Message, ...]

    @property
    def does_something(self) -> bool:
        """Whether the price list is another one afterwards."""
        return bool(self.new or self.changed or (self.removed and self.gone))


class Prices:
    """Everything a user can do to the price list as a whole; single fields are edited through ``Library``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(
        self, text: str = "", *, section: str = "", limit: int | None = None, offset: int = 0
    ) -> tuple[PriceRow, ...]:
        """Lines by section and name that hold every word of ``text``; ``limit`` and ``offset`` page through them."""
        query = _narrowed(select(PriceItem), text, section).order_by(
            func.kamdesk_fold(PriceItem.section), func.kamdesk_fold(PriceItem.name), PriceItem.id
        )
        if limit is not None:
            query = query.limit(limit).offset(offset)
        today = self._today()
        return self._store.read(lambda session: tuple(_row(one, today) for one in session.scalars(query)))

    def count(self, text: str = "", *, section: str = "") -> int:
        """How many lines :meth:`list` has in all."""
        query = _narrowed(select(func.count(PriceItem.id)), text, section)
        return int(self._store.read(lambda session: session.scalar(query)) or 0)

    def sections(self) -> tuple[str, ...]:
        """The sections there are, in the order of the alphabet."""
        query = select(PriceItem.section).where(PriceItem.section != "").distinct()
        return tuple(sorted(self._store.read(lambda session: session.scalars(query).all()), key=fold))

    def item(self, item_id: str) -> PriceRow:
        """One line. Raises ``record.gone``."""
        today = self._today()
        return self._store.read(lambda session: _row(get(session, PriceItem, item_id), today))

    def table(self, language: str, form: str = "xlsx") -> bytes:
        """The whole price list as a table that can be taken over again; ``form`` is xlsx or csv."""
        lines = [
            PriceLine(
                one.id, one.article, one.name, one.unit, one.price, one.currency, one.vat, one.section,
                one.valid_until, one.note, one.price_list,
            )
            for one in self.list()
        ]  # fmt: skip
        return to_table(lines, language, form)

    def delete(self, item_ids: Sequence[str]) -> None:
        """Delete lines in one step; offers keep what was taken from them."""

        def work(session: Session) -> None:
            for item_id in item_ids:
                session.delete(get(session, PriceItem, item_id))

        self._store.write("prices.delete", {"n": len(item_ids)}, work)

    def take(
        self,
        read: PricesRead,
        *,
        price_list: str = "",
        currency: str = "RUB",
        replace: bool = False,
        dry_run: bool = False,
    ) -> PriceReport:
        """Take a table over in one step, or say what would happen.

        ``price_list`` and ``currency`` are for rows that do not say theirs. With ``replace`` lines of these price
        lists that the table no longer has are deleted; else they stay.
        """
        if dry_run:
            return self._store.read(
                lambda session: _plan(session, read, price_list, currency, replace, self._today())
            )

        def work(session: Session) -> PriceReport:
            report = _plan(session, read, price_list, currency, replace, self._today())
            _carry_out(session, report, read, price_list, currency)
            return report

        return self._store.write("prices.import", {"n": len(read.lines)}, work)

    def _today(self) -> date:
        return self._store.now().date()


def _narrowed(query: Select[Any], text: str, section: str) -> Select[Any]:
    if section:
        query = query.where(PriceItem.section == section)
    joined: ColumnElement[str] = func.kamdesk_fold(
        PriceItem.article + " " + PriceItem.name + " " + PriceItem.section + " " + PriceItem.note
    )
    # an article is typed with its signs, so what is typed is not split into words
    for part in fold(text[:200]).split()[:12]:
        query = query.where(joined.contains(part, autoescape=True))
    return query


def _row(one: PriceItem, today: date) -> PriceRow:
    expired = one.valid_until is not None and one.valid_until < today
    return PriceRow(
        one.id, one.price_list, one.section, one.article, one.name, one.unit, one.price, one.currency, one.vat,
        one.valid_until, one.note, expired,
    )  # fmt: skip


def _key(price_list: str, article: str, name: str, unit: str) -> tuple[str, ...]:
    own = fold(price_list)
    return (own, fold(article)) if article else (own, "", " ".join(fold(name).split()), fold(unit))


def _values(line: PriceLine, currency: str) -> dict[str, Any]:
    """What is stored of a line; what the source does not say is not among it."""
    values: dict[str, Any] = {"name": line.name, "price": line.price, "currency": line.currency or currency}
    for name in ("unit", "section", "note"):
        if getattr(line, name):
            values[name] = getattr(line, name)
    for name in ("vat", "valid_until"):
        if getattr(line, name) is not None:
            values[name] = getattr(line, name)
    return values


def _plan(
    session: Session, read: PricesRead, price_list: str, currency: str, replace: bool, today: date
) -> PriceReport:
    lists = {fold(line.price_list or price_list) for line in read.lines}
    known = {
        _key(one.price_list, one.article, one.name, one.unit): one
        for one in session.scalars(select(PriceItem).order_by(PriceItem.id))
        if fold(one.price_list) in lists
    }
    new: list[PriceLine] = []
    changed: list[PriceChange] = []
    same = 0
    seen: set[tuple[str, ...]] = set()
    skipped = [ImportedRow(one.source, one.name, "", one.why) for one in read.skipped]
    for line in read.lines:
        key = _key(line.price_list or price_list, line.article, line.name, line.unit)
        if key in seen:
            skipped.append(ImportedRow(line.source, line.name, "", Message("prices.same_row")))
            continue
        seen.add(key)
        row = known.get(key)
        if row is None:
            new.append(line)
            continue
        values = _values(line, currency if line.currency or not row.currency else row.currency)
        fields = tuple(name for name in _COMPARED if name in values and values[name] != getattr(row, name))
        if fields:
            changed.append(
                PriceChange(
                    row.id, line.source, row.article, line.name, row.price, line.price, row.currency,
                    values["currency"], fields,
                )
            )  # fmt: skip
        else:
            same += 1
    gone = tuple(_row(row, today) for key, row in known.items() if key not in seen)
    noted = tuple(
        ImportedRow(one.source, one.name, "", None, one.remarks) for one in read.lines if one.remarks
    )
    return PriceReport(tuple(new), tuple(changed), same, gone, replace, tuple(skipped), noted, read.remarks)


def _carry_out(
    session: Session, report: PriceReport, read: PricesRead, price_list: str, currency: str
) -> None:
    by_source = {line.source: line for line in read.lines}
    session.add_all(
        PriceItem(article=line.article, price_list=line.price_list or price_list, **_values(line, currency))
        for line in report.new
    )
    rows = (
        {row.id: row for row in session.scalars(select(PriceItem))} if report.changed or report.gone else {}
    )
    for change in report.changed:
        values = _values(by_source[change.source], change.new_currency)
        for name in change.fields:
            setattr(rows[change.id], name, values[name])
    if report.removed:
        for gone in report.gone:
            session.delete(rows[gone.id])
