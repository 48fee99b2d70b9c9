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
from kamdesk.rules import markup
from kamdesk.store import search_terms, text
from kamdesk.store.raw import raw, row_of

NAMES: Final = "search_name"
"""The index of what rows are called."""
WORDS: Final = "search_word"
"""The index of everything that is searched, names included."""

SOURCES: Final = (
    "interaction", "fact", "note", "offer_item", "contact", "seat", "promise", "proposal_argument", "attachment", "statement", "custom_value",
    "relationship", "acquaintance", "expected_change", "deal_competitor", "unit", "stored_file", "influence_map", "template", "proposal", "deal",
    "objection", "argument", "case_study", "recommender", "colleague", "person", "organisation",
    "assumption", "stage", "follow_up", "objection_use", "concession", "price_item", "text_template",
)  # fmt: skip
"""The searched tables; new ones are added at the end. The place of a table is the upper part of the ids of its entries,
so that the newest of each kind are found by themselves. The index is read from its end, so those with most rows come first.
"""

ROOM_BITS: Final = 40
"""So many lower bits of an id number the entries of one table."""
_OWNER_DEPTH: Final = 5
_BATCH: Final = 5_000


def room(table: str) -> tuple[int, int]:
    """The first and the last id that an entry of this table can have. Raises ValueError for a table that is not searched."""
    place = SOURCES.index(table)
    return place << ROOM_BITS, ((place + 1) << ROOM_BITS) - 1


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


_MARKED = frozenset({"argument", "proposal_argument", "proposal"})


def _words_of(table: str, row: Mapping[str, Any], columns: Iterable[str]) -> str:
    lists = _lists(table)
    parts = []
    for name in columns:
        value = row.get(name)
        if value and name in lists:
            value = " ".join(json.loads(value))
        if value:
            # Words are found and shown without the marks that make them bold in a document.
            parts.append(markup.plain(str(value)) if table in _MARKED else str(value))
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
        if old is None:
            came.update(_add(run, table, [row]) if row is not None else ())
            continue
        before, after = _replace(run, table, row, old)
        gone |= before
        came |= after
    search_terms.change(run, came - gone, gone - came)


def _replace(
    run: Any, table: str, row: Mapping[str, Any] | None, old: Sequence[Any]
) -> tuple[set[str], set[str]]:
    """Bring one entry in step in its place: the words that were in it and that are, as far as it changed."""
    entry, was = old[0], (old[1], old[2])
    names, bodies = searched_columns(table)
    now = ("", "") if row is None else (_words_of(table, row, names), _words_of(table, row, bodies))
    if row is not None and any(now):
        # A row that was moved to another page has the same words; a hit in it must open where it is now.
        owner = _owner(run, table, row)
        if (was, (old[3], old[4])) == (now, owner):
            return set(), set()
        run.execute(
            "UPDATE search_entry SET title = ?, body = ?, owner_table = ?, owner_id = ? WHERE id = ?",
            (*now, *owner, entry),
        )
    else:
        run.execute("DELETE FROM search_entry WHERE id = ?", (entry,))
    if now == was:
        return set(), set()
    name, everything = _folded(now)
    if was[0] != now[0]:
        _put(run, NAMES, entry, bool(was[0]), name)
    _put(run, WORDS, entry, True, everything)
    return set(text.folded_words(_folded(was)[1])), set(text.folded_words(everything))


def _folded(words: tuple[str, str]) -> tuple[str, str]:
    """The name, and all words, as they stand in the two indexes."""
    name = text.indexed(words[0])
    return name, f"{name} {text.indexed(words[1])}".strip()


def _put(run: Any, index: str, entry: int, known: bool, words: str) -> None:
    """Give an entry these words in one index, or take it out."""
    if known:
        run.execute(f"DELETE FROM {index} WHERE rowid = ?", (entry,))
    if words:
        run.execute(f"INSERT INTO {index} (rowid, words) VALUES (?, ?)", (entry, words))


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
            name, everything = _folded((title, body))
            if name:
                names_of.append((next_id, name))
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
