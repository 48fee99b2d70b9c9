"""The group grid on the client page: typed and pasted like a spreadsheet, each row saved when it is left (D17)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.paste_columns import PasteColumns, unsure
from kamdesk.desktop.dialogs.taken_report import tell_report
from kamdesk.desktop.pages.group_grid_rows import (
    SEAT,
    STORED_IN,
    became,
    draft_key,
    group_columns,
    key_of,
    load,
    to_grid,
    to_stored,
    unstored,
    with_unstored,
)
from kamdesk.desktop.pages.part_choice import part_options
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.edit_grid import EditGrid, GridChange, GridRow
from kamdesk.desktop.widgets.field_place import mark_field, mark_record
from kamdesk.desktop.widgets.grid_delegate import GridDelegate
from kamdesk.model.messages import Message
from kamdesk.services.group import GroupRow, GroupSaved

if TYPE_CHECKING:
    from kamdesk.desktop.kit import Option
    from kamdesk.exchange.clipboard import Pasted
    from kamdesk.exchange.records import ContactsRead

_PAUSE_MS = 4000
Given = list[tuple[str, GroupRow]]


class GroupGrid(QWidget):
    """``filled(rows)`` after each load and save."""

    filled = Signal(object)

    def __init__(self, desk: Desk, said: Said, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._kit, self._place, self._said = desk, desk.kit, desk.workplace, said
        self._client = ""
        self.buyer_set = "parts"
        self._stored: dict[str, GroupRow] = {}
        self._dirty: set[str] = set()
        self._wrong: set[tuple[str, str]] = set()
        self._kept = ""
        self._saving = False
        self._again = False
        _ = self._kit.words.gettext
        self.grid = EditGrid(
            self._kit,
            lambda: _("Decision group"),
            group_columns(self._kit, said, self._names, self._parts_offered),
            "group",
            own_undo=False,
            still="name",
        )
        self._later = QTimer(self, singleShot=True)
        view = self.grid.view
        view.delegate = _Suggesting(self._kit, self.grid.model, view, self._suggested)
        view.setItemDelegate(view.delegate)
        view.pasted.disconnect(self.grid.paste)
        view.pasted.connect(self._pasted)
        view.installEventFilter(self)
        view.selectionModel().currentRowChanged.connect(lambda _now, _then: self._later.start(0))
        view.selectionModel().currentChanged.connect(lambda _now, _then: self._mark())
        self.filled.connect(lambda _rows: self._mark())
        self.grid.edited.connect(self._edited)
        self._later.timeout.connect(self._save_left)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(lambda: self._save(self._dirty))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.grid)
        self.setFocusProxy(self.grid)

    # --- for the page -----------------------------------------------------------------------------------------

    def show_client(self, client_id: str) -> None:
        """Show the group of a client, with the cells that were not stored when it was left."""
        if client_id != self._client:
            self._client, self._stored, self._kept = client_id, {}, ""
            self._dirty, self._wrong = set(), set()
            self.grid.set_rows(())
        drafts, key = self._place.drafts, draft_key(client_id)
        self._kit.queries.run(
            lambda: (load(self._place, client_id), drafts.get(key)), self._opened, owner=self
        )

    def start(self) -> None:
        """Put the keyboard on the first cell."""
        self.grid.view.go_to(0, 0)
        self.grid.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Read anew; rows that are being typed stay."""
        client = self._client
        self._kit.queries.run(
            lambda: load(self._place, client), self._loaded, owner=self, key=f"group {id(self)}"
        )

    def flush(self) -> bool:
        """Save whatever was typed; called when the page is left."""
        self.grid.flush()
        self._save(self._dirty)
        self._keep_unstored()
        return True

    def current_person(self) -> str:
        """The id of the person whose row the keyboard is on; "" for none."""
        row = self.grid.current_row()
        stored = self._stored.get(row.key) if row is not None else None
        return (stored.person_id or "") if stored is not None else ""

    def _mark(self) -> None:
        """Say which stored field the keyboard is on; phones and parts are rows of their own without a place here."""
        row, view = self.grid.current_row(), self.grid.view
        stored = self._stored.get(row.key) if row is not None else None
        column = (
            self.grid.model.columns[view.currentIndex().column()].id if view.currentIndex().isValid() else ""
        )
        table, field = STORED_IN.get(column, ("", ""))
        row_id = (
            (stored.person_id if table == "person" else stored.seat_id)
            if stored is not None and table
            else ""
        )
        mark_record(view, table, row_id or "")
        mark_field(view, field)

    def _parts_offered(self) -> list[Option]:
        held = {code for row in self._stored.values() for code in row.parts}
        return part_options(self._said, self.buyer_set, held)

    # --- what could not be stored -----------------------------------------------------------------------------

    def _keep_unstored(self, *, tell: bool = True) -> None:
        """Keep the cells that are not stored, over a lock too, and say how many there are."""
        text, count = unstored(self.grid.rows(), self._wrong, self._stored) if self._client else ("", 0)
        if text == self._kept:
            return
        self._kept = text
        drafts, key, words = self._place.drafts, draft_key(self._client), self._kit.words
        self._kit.commands.run(lambda: drafts.keep(key, text))
        if count and tell:
            self._desk.window.notify(
                lambda: words.ngettext(
                    "{n} cell is not stored yet: it was not understood. It waits on the tab “Who decides”.",
                    "{n} cells are not stored yet: they were not understood. They wait on the tab “Who decides”.",
                    count,
                ).format(n=count),
                "warning",
            )

    def _opened(self, found: tuple[Sequence[GroupRow], str]) -> None:
        rows, text = found
        self._loaded(rows)
        if not text or self._kept:
            return
        self._kept = text
        shown, self._wrong = with_unstored(self.grid.rows(), text)
        self.grid.set_rows(shown)
        problem = self._kit.words.gettext("This is not stored yet. Check what was typed.")
        for key, column in self._wrong:
            self.grid.set_problem(key, column, problem)

    # --- saving -----------------------------------------------------------------------------------------------

    def _edited(self, change: GridChange) -> None:
        touched = {row.key for row in (*change.added, *change.changed)}
        self._dirty |= touched
        self._wrong = {(key, column) for key, column in self._wrong if key not in touched}
        for key in change.removed:
            self._remove(key)
        if change.reordered:
            self._keep_order()
        self._pause.start()
        self._later.start(0)

    def _save_left(self) -> None:
        current = self.grid.current_row()
        here = current.key if current is not None else ""
        inside = self.isAncestorOf(QApplication.focusWidget()) if QApplication.focusWidget() else False
        self._save({key for key in self._dirty if not inside or key != here})

    def _save(self, keys: set[str]) -> None:
        if self._saving:
            self._again = self._again or bool(keys)
            return
        given: Given = []
        rows = self.grid.rows()
        last = max((at for at, row in enumerate(rows) if row.key in keys), default=-1)
        # a seat gets its place when it is stored: a new row goes along with those below it
        keys = keys | {row.key for row in rows[:last] if self._is_new(row) and row.key in self._dirty}
        for row in rows:
            if row.key not in keys:
                continue
            known = self._stored.get(row.key)
            if known is not None and known.person_id and not str(row.values.get("name", "")).strip():
                _ = self._kit.words.gettext
                self.grid.set_problem(
                    row.key,
                    "name",
                    _("A person needs a name. To take somebody out, remove the row (Ctrl+Delete)."),
                )
                continue
            given.append((row.key, to_stored(row, known)))
        given = [(key, row) for key, row in given if row.name.strip() or row.title.strip()]
        self._dirty -= {key for key, _row in given}
        if not given:
            return
        self._saving = True
        client, place = self._client, self._place

        def work() -> tuple[GroupSaved, tuple[GroupRow, ...]]:
            saved = place.group.save(client, [row for _key, row in given])
            return saved, load(place, client)

        known_keys = set(self._stored)
        self._kit.commands.run(
            work,
            lambda result: self._saved(given, known_keys, *result),
            lambda problem: self._failed(given, problem),
            owner=self,
        )

    def _saved(self, given: Given, known: set[str], saved: GroupSaved, rows: Sequence[GroupRow]) -> None:
        self._saving = False
        stored = {key_of(row): row for row in rows}
        renamed = became(given, stored, known)
        for old, new in renamed.items():
            self.grid.rekey(old, new)
            self._dirty = {new if key == old else key for key in self._dirty}
        keys = [renamed.get(key, key) for key, _row in given]
        problems = [(keys[one.row], one.column, one.message) for one in saved.problems]
        self._wrong |= {(key, column) for key, column, _message in problems}
        self._take(rows)
        for key, column, message in problems:
            self.grid.set_problem(key, column, self._kit.words.message(message))
        if self._kept:  # rows have other keys now
            self._keep_unstored(tell=False)
        if self._again:
            self._again = False
            self._save(self._dirty)

    def _failed(self, given: Given, problem: Message) -> None:
        self._saving = False
        self._wrong |= {(key, "name") for key, _row in given}
        for key, _row in given:
            self.grid.set_problem(key, "name", self._kit.words.message(problem))

    def _loaded(self, rows: Sequence[GroupRow]) -> None:
        if not self._saving:
            self._take(rows)

    def _take(self, rows: Sequence[GroupRow]) -> None:
        """Show what is stored in the order on the screen; what is being typed, and cells that were not taken, stay."""
        self._stored = {key_of(row): row for row in rows}
        there = {row.key: row for row in self.grid.rows()}
        shown: list[GridRow] = []
        for key, row in there.items():
            if key in self._stored and key not in self._dirty:
                fresh = to_grid(self._stored[key])
                for column in {column for at, column in self._wrong if at == key}:
                    fresh = fresh.with_cell(column, row.values.get(column))
                shown.append(fresh)
            elif key in self._dirty or any(at == key for at, _column in self._wrong) or self._is_new(row):
                shown.append(row)
        shown += [to_grid(row) for key, row in self._stored.items() if key not in there]
        self.grid.set_rows(shown)
        self.filled.emit(tuple(rows))

    def _is_new(self, row: GridRow) -> bool:
        return row.key.startswith("new-")

    def _remove(self, key: str) -> None:
        self._dirty.discard(key)
        stored = self._stored.pop(key, None)
        if stored is None:
            return
        table, row_id = ("seat", stored.seat_id) if key.startswith(SEAT) else ("person", stored.person_id)
        _ = self._kit.words.gettext
        name = stored.name or stored.title

        def done(_nothing: object) -> None:
            self.reload()
            self._desk.window.notify(
                lambda: _("Deleted: {name}").format(name=name),
                "success",
                action=lambda: _("Undo"),
                on_action=self._desk.window.undo_requested.emit,
            )

        self._kit.commands.run(lambda: self._place.records.delete(table, row_id or ""), done, owner=self)

    def _keep_order(self) -> None:
        seats = [self._stored[row.key].seat_id for row in self.grid.rows() if row.key in self._stored]
        places = {seat: at for at, seat in enumerate(dict.fromkeys(seat for seat in seats if seat))}

        def work() -> None:
            for seat, at in places.items():
                self._place.records.set("seat", seat, {"position": at}, visit=f"order {self._client}")

        self._kit.commands.run(work, owner=self)

    # --- pasting ----------------------------------------------------------------------------------------------

    def _pasted(self, text: str) -> None:
        if not text.strip():
            return
        from kamdesk.exchange.clipboard import read_pasted

        below = self.grid.current_row() is None
        column = self.grid.view.currentIndex().column()
        self._kit.queries.run(
            lambda: read_pasted(text), lambda read: self._read(text, read, below, max(0, column)), owner=self
        )

    def _read(self, text: str, pasted: Pasted, below: bool, column: int) -> None:
        one_line = "\n" not in text.strip()
        if pasted.table is not None and pasted.mapping is not None:
            people = pasted.mapping.names_people and (below or bool(pasted.table.headers))
            if not people or (one_line and column):
                self.grid.paste(text)
            elif unsure(pasted.table, pasted.mapping):
                dialog = PasteColumns(self._kit, pasted.table, pasted.mapping, self.window())
                dialog.chosen.connect(self._import)
                dialog.open()
            else:
                self._import(pasted.people)
        elif not pasted.people.people or (one_line and not (below and column == 0)):
            self.grid.paste(text)
        else:
            self._import(pasted.people)

    def _import(self, read: ContactsRead) -> None:
        client, place = self._client, self._place

        def work() -> object:
            report = place.imports.people(read, organisation_id=client)
            return report, load(place, client)

        def done(result: tuple) -> None:
            report, rows = result
            self._take(rows)
            self.grid.view.go_to(self.grid.model.rowCount() - 1, 0)
            tell_report(self._desk, report)

        self._save(self._dirty)
        self._kit.commands.run(work, done, owner=self)

    # --- inside -----------------------------------------------------------------------------------------------

    def _names(self) -> list[str]:
        rows = self.grid.rows()
        return list(
            dict.fromkeys(
                str(row.values.get("name") or row.values.get("title") or "")
                for row in rows
                if row.values.get("name") or row.values.get("title")
            )
        )

    def _suggested(self, key: str, column: str) -> str:
        stored = self._stored.get(key)
        if stored is None or column not in ("lens", "name"):
            return ""
        if column == "name":
            return self._kit.words.gettext("Vacant") if not stored.person_id else ""
        return self._said.label("lens", stored.suggested_lens)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._later.start(0)
        return False


class _Suggesting(GridDelegate):
    """Shows in an empty cell, quietly, what is suggested for it."""

    def __init__(self, kit, model, parent, suggested) -> None:
        super().__init__(kit, model, parent)
        self._words = suggested

    def _content(
        self, painter: QPainter, option: QStyleOptionViewItem, index, text: str, new: bool, wrong: bool
    ) -> None:
        if not text and not new and not wrong and index.row() < len(self._model.rows()):
            key, column = self._model.rows()[index.row()].key, self._model.columns[index.column()].id
            words = self._words(key, column)
            if words:
                font = option.font
                font.setItalic(True)
                painter.setFont(font)
                painter.setPen(self._kit.theme.colour("muted"))
                room = option.rect.adjusted(8, 0, -8, 0)
                shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
                painter.drawText(room, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), shown)
                return
        super()._content(painter, option, index, text, new, wrong)
