"""Keeps an editing grid and a list of stored rows the same, without taking away what is being typed.

Every change of the user stores the whole list in the editing lane. New rows get their ids when they are stored; a row that cannot be stored
yet (no name) stays where it is. What the store says is shown only while no edit of ours is on its way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.models.grid_cells import GridChange, GridRow
from kamdesk.desktop.widgets.edit_grid import EditGrid
from kamdesk.desktop.widgets.field_place import mark_field, mark_record
from kamdesk.model.messages import Message


@dataclass(frozen=True)
class Stored:
    """How rows go out and come back. ``cells(row)`` gives the cells of a stored row, ``row(id, cells)`` the row to store.

    ``save(rows)`` stores them in this order and returns the ids of all stored rows in their order; ``is_whole(cells)`` whether a row can be
    stored already. ``table`` is where the rows are stored, in columns called as those of the grid: their cells have a history then.
    """

    cells: Callable[[Any], Mapping[str, Any]]
    row: Callable[[str | None, Mapping[str, Any]], Any]
    save: Callable[[Sequence[Any]], Sequence[str]]
    is_whole: Callable[[Mapping[str, Any]], bool]
    table: str = ""


class StoredGrid(QObject):
    """One grid. ``failed(Message)`` is called with what the store refused."""

    def __init__(self, kit: Kit, grid: EditGrid, stored: Stored, failed: Callable[[Message], object]) -> None:
        super().__init__(grid)
        self._kit = kit
        self._grid = grid
        self._stored = stored
        self._failed = failed
        self._ids: dict[str, str] = {}
        self._underway = 0
        grid.edited.connect(self._edited)
        grid.view.selectionModel().currentChanged.connect(lambda _now, _then: self._mark())

    def forget(self) -> None:
        """Another record is shown: nothing of this one stays."""
        self._ids.clear()
        self._grid.set_rows(())

    def follow(self, before: StoredGrid) -> None:
        """Take over from a grid of the same rows that was built otherwise: what it is storing gets its ids here too."""
        self._ids = before._ids

    def show(self, rows: Sequence[Any]) -> None:
        """Show what is stored, rows that are not stored yet between them at their places."""
        if self._underway:
            return
        wanted = [GridRow(str(row.id), dict(self._stored.cells(row))) for row in rows]
        keys = {row.key for row in wanted}
        before = ""
        for row in self._grid.rows():
            if self._is_only_here(row) and row.key not in keys:
                at = next((at + 1 for at, one in enumerate(wanted) if one.key == before), 0)
                wanted.insert(at if before else 0, row)
            before = row.key
        self._grid.set_rows(wanted)

    def _mark(self) -> None:
        row, view = self._grid.current_row(), self._grid.view
        row_id = self._id_of(row.key) if row is not None and self._stored.table else None
        at = view.currentIndex().column()
        mark_record(view, self._stored.table, row_id or "")
        mark_field(view, self._grid.model.columns[at].id if row_id and at >= 0 else "")

    def _is_only_here(self, row: GridRow) -> bool:
        return row.key.startswith("new-") and row.key not in self._ids and (
            not self._stored.is_whole(row.values) or bool(row.drafts)
        )  # fmt: skip

    def _edited(self, _change: GridChange) -> None:
        whole = [row for row in self._grid.rows() if self._stored.is_whole(row.values)]
        keys = [row.key for row in whole]
        self._underway += 1

        def work() -> Sequence[str]:
            # earlier edits in the lane may have given ids meanwhile
            rows = [self._stored.row(self._id_of(row.key), row.values) for row in whole]
            ids = self._stored.save(rows)
            self._ids.update(
                (key, row_id) for key, row_id in zip(keys, ids, strict=True) if key.startswith("new-")
            )
            return ids

        def done(ids: Sequence[str]) -> None:
            self._underway -= 1
            for key, row_id in zip(keys, ids, strict=True):
                if key != row_id:
                    self._grid.rekey(key, row_id)

        def failed(message: Message) -> None:
            self._underway -= 1
            self._failed(message)

        self._kit.commands.run(work, done, failed, owner=self)

    def _id_of(self, key: str) -> str | None:
        return self._ids.get(key) if key.startswith("new-") else key
