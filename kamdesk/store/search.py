"""The search index, fed by the declarations (``Search`` of each column) in the same transaction as the change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import Connection

from kamdesk.model.fields import FieldKind
from kamdesk.model.tables.base import entities, entity_of, fields_of
from kamdesk.model.tables.columns import Search
from kamdesk.store import search_terms, text
from kamdesk.store.raw import raw, row_of

NAMES: Final = "search_name"
"""The index of what rows are called."""
WORDS: Final = "search_word"
"""The index of everything that is searched, names included."""

SOURCES: Final = (
    "organisation", "person", "deal", "proposal", "interaction", "note", "fact", "promise", "statement", "attachment", "contact", "seat", "unit",
    "expected_change", "relationship", "custom_value", "acquaintance", "argument", "objection", "case_study", "recommender", "colleague", "offer_item",
    "proposal_argument", "deal_competitor", "influence_map", "template", "stored_file",
)  # fmt: skip
"""The searched tables; new ones are added at the end. The place of a table is the upper part of the ids of its entries,
so that the newest of each kind are found without reading those of another."""

_ROOM_BITS: Final = 40
_OWNER_DEPTH: Final = 5
_BATCH: Final = 5_000


def room(table: str) -> tuple[int, int]:
    """The first and the last id that an entry of this table can have."""
    place = SOURCES.index(table) if table in SOURCES else len(SOURCES)
    return place << _ROOM_BITS, ((place + 1) << _ROOM_BITS) - 1


@cache
def searched_columns(table: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the columns searched as a name and as text."""
    names, bodies = [], []
    for column, info in fields_of(entity_of(table)):
        if info.search is Search.NAME:
            names.append(column.name)
        elif info.search is Search.TEXT:
            bodies.append(column.name)
    return tuple(names), tuple(bodies)


@cache
def _lists(table: str) -> frozenset[str]:
    return frozenset(c.name for c, info in fields_of(entity_of(table)) if info.kind is FieldKind.CODES)


@cache
def searched_tables() -> frozenset[str]:
    """The tables of which the index reads at least one column."""
    return frozenset(e.__tablename__ for e in entities() if any(searched_columns(e.__tablename__)))


def _words_of(table: str, row: Mapping[str, Any], columns: Iterable[str]) -> str:
    lists = _lists(table)
    parts = []
    for name in columns:
        value = row.get(name)
        if value and name in lists:
            value = " ".join(json.loads(value))
        if value:
            parts.append(str(value))
    return " ".join(parts)


def _owner(run: Any, table: str, row: Mapping[str, Any]) -> tuple[str, str]:
    """The nearest row with a page of its own, the row itself first."""
    for _ in range(_OWNER_DEPTH):
        entity = entity_of(table)
        if entity.__page__:
            break
        for name in entity.__parents__:
            if row.get(name):
                parent = next(iter(entity.__table__.c[name].foreign_keys)).column.table.name
                found = row_of(run, parent, row[name])
                if found is not None:
                    table, row = parent, found
                    break
        else:
            break
    return table, str(row["id"])


def update(connection: Connection, rows: Iterable[tuple[str, str]]) -> None:
    """Bring the entries of these rows (table, id) in step with what is stored now."""
    run = raw(connection)
    known = searched_tables()
    gone: set[str] = set()
    came: set[str] = set()
    for table, row_id in dict.fromkeys(rows):
        if table not in known:
            continue
        row = row_of(run, table, row_id)
        old = run.execute(
            "SELECT id, title, body, owner_table, owner_id FROM search_entry WHERE table_name = ? AND row_id = ?",
            (table, row_id),
        ).fetchone()
        names, bodies = searched_columns(table)
        title, body = (_words_of(table, row, names), _words_of(table, row, bodies)) if row else ("", "")
        if old is not None:
            # A row that was moved to another page has the same words; a hit in it must open where it is now.
            if row is not None and (old[1], old[2]) == (title, body) and old[3:] == _owner(run, table, row):
                continue
            if old[1]:
                run.execute(f"DELETE FROM {NAMES} WHERE rowid = ?", (old[0],))
            run.execute(f"DELETE FROM {WORDS} WHERE rowid = ?", (old[0],))
            run.execute("DELETE FROM search_entry WHERE id = ?", (old[0],))
            gone.update(text.words(f"{old[1]} {old[2]}"))
        if row is not None:
            came.update(_add(run, table, [row]))
    search_terms.change(run, came - gone, gone - came)


def rebuild(connection: Connection) -> None:
    """Make the whole index anew from the declarations (after a migration that changes them)."""
    run = raw(connection)
    for name in (NAMES, WORDS):
        run.execute(f"DELETE FROM {name}")
    run.execute("DELETE FROM search_entry")
    search_terms.clear(run)
    came: set[str] = set()
    for table in sorted(searched_tables()):
        rows = [dict(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"').mappings()]
        for start in range(0, len(rows), _BATCH):
            came.update(_add(run, table, rows[start : start + _BATCH]))
    search_terms.change(run, came, set())


def _add(run: Any, table: str, rows: Sequence[Mapping[str, Any]]) -> set[str]:
    """Entries for rows that have none yet, in three statements; the words that are in them."""
    names, bodies = searched_columns(table)
    first, last = room(table)
    found = run.execute("SELECT max(id) FROM search_entry WHERE id BETWEEN ? AND ?", (first, last)).fetchone()
    next_id = first + 1 if found[0] is None else found[0] + 1
    entries, names_of, words = [], [], []
    came: set[str] = set()
    for row in rows:
        title, body = _words_of(table, row, names), _words_of(table, row, bodies)
        if title or body:
            entries.append((next_id, table, row["id"], *_owner(run, table, row), title, body))
            name, rest = text.indexed(title), text.indexed(body)
            if name:
                names_of.append((next_id, name))
            everything = f"{name} {rest}"
            words.append((next_id, everything))
            came.update(text.folded_words(everything))
            next_id += 1
    if entries:
        run.executemany(
            "INSERT INTO search_entry (id, table_name, row_id, owner_table, owner_id, title, body) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            entries,
        )
        run.executemany(f"INSERT INTO {NAMES} (rowid, words) VALUES (?, ?)", names_of)
        run.executemany(f"INSERT INTO {WORDS} (rowid, words) VALUES (?, ?)", words)
    return came
