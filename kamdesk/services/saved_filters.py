"""Filters of a list kept by name: what stood in its search field and which marks were on."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import SavedFilter
from kamdesk.services.base import get, title_of
from kamdesk.store.unit_of_work import Store

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class FilterView:
    """A filter by its name; ``query`` is the list's own text of it."""

    id: str
    name: str
    query: str


class SavedFilters:
    """The filters of every list."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(self, page: str) -> tuple[FilterView, ...]:
        """The filters of one list in the order in which they were saved."""

        def work(session: Session) -> tuple[FilterView, ...]:
            query = select(SavedFilter).where(SavedFilter.page == page).order_by(SavedFilter.position)
            return tuple(FilterView(row.id, row.name, row.query) for row in session.scalars(query))

        return self._store.read(work)

    def save(self, page: str, name: str, query: str) -> str:
        """Keep a filter; one of the same name is replaced. Raises KamdeskError ``filter.no_name``."""
        called = " ".join(name.split())[:_LONGEST]
        if not called:
            raise KamdeskError("filter.no_name")

        def work(session: Session) -> str:
            rows = list(session.scalars(select(SavedFilter).where(SavedFilter.page == page)))
            row = next((one for one in rows if one.name.casefold() == called.casefold()), None)
            if row is None:
                last = session.scalar(select(func.max(SavedFilter.position)).where(SavedFilter.page == page))
                row = SavedFilter(page=page, position=0 if last is None else last + 1)
                session.add(row)
            row.name, row.query = called, query
            session.flush()
            return row.id

        return self._store.write("filter.save", {"name": called}, work)

    def delete(self, filter_id: str) -> None:
        """Forget a filter; undo brings it back."""
        self._store.write(
            "filter.delete",
            lambda session: {"name": title_of(get(session, SavedFilter, filter_id))},
            lambda session: session.delete(get(session, SavedFilter, filter_id)),
        )
