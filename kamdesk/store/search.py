"""The search index, fed by the declarations (``Search`` of each column) in the same transaction as the change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, Row

from kamdesk.model.fields import FieldKind
from kamdesk.model.tables.base import entities, entity_of, fields_of
from kamdesk.model.tables.columns import Search
from kamdesk.store import text
from kamdesk.store.raw import raw, row_of

NAMES: Final = "search_name"
"""The index of what rows are called."""
WORDS: Final = "search_word"
"""The index of everything that is searched, names included."""
_WIDER: Final = 8
_OWNER_DEPTH: Final = 5
_BATCH: Final = 5_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A hit: the row that matched, the page it opens, the words to show. ``by_name`` tells a match in a name."""

    table: str
    row_id: str
    owner_table: str
    owner_id: str
    title: str
    body: str
    by_name: bool


@cache
def _searched(table: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
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
    return frozenset(e.__tablename__ for e in entities() if any(_searched(e.__tablename__)))


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
    for table, row_id in dict.fromkeys(rows):
        if table not in known:
            continue
        row = row_of(run, table, row_id)
        old = run.execute(
            "SELECT id, title, body, owner_table, owner_id FROM search_entry WHERE table_name = ? AND row_id = ?",
            (table, row_id),
        ).fetchone()
        title = body = ""
        if row is not None:
            names, bodies = _searched(table)
            title, body = _words_of(table, row, names), _words_of(table, row, bodies)
        if old is not None:
            # A row that was moved to another page has the same words; a hit in it must open where it is now.
            if row is not None and (old[1], old[2]) == (title, body) and old[3:] == _owner(run, table, row):
                continue
            for name in (NAMES, WORDS):
                run.execute(f"DELETE FROM {name} WHERE rowid = ?", (old[0],))
            run.execute("DELETE FROM search_entry WHERE id = ?", (old[0],))
        if row is not None:
            _add(run, table, [row])


def rebuild(connection: Connection) -> None:
    """Make the whole index anew from the declarations (after a migration that changes them)."""
    for name in (NAMES, WORDS):
        connection.exec_driver_sql(f"DELETE FROM {name}")
    connection.exec_driver_sql("DELETE FROM search_entry")
    for table in sorted(searched_tables()):
        rows = [dict(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"').mappings()]
        for start in range(0, len(rows), _BATCH):
            _add(raw(connection), table, rows[start : start + _BATCH])


def _add(run: Any, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Entries for rows that have none yet, in two statements."""
    names, bodies = _searched(table)
    next_id = run.execute("SELECT coalesce(max(id), 0) + 1 FROM search_entry").fetchone()[0]
    entries, names_of, words = [], [], []
    for row in rows:
        title, body = _words_of(table, row, names), _words_of(table, row, bodies)
        if title or body:
            entries.append((next_id, table, row["id"], *_owner(run, table, row), title, body))
            name = text.fold(title)
            names_of.append((next_id, name))
            words.append((next_id, f"{name} {text.fold(body)}"))
            next_id += 1
    if entries:
        run.executemany(
            "INSERT INTO search_entry (id, table_name, row_id, owner_table, owner_id, title, body) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            entries,
        )
        run.executemany(f"INSERT INTO {NAMES} (rowid, words) VALUES (?, ?)", names_of)
        run.executemany(f"INSERT INTO {WORDS} (rowid, words) VALUES (?, ?)", words)


def find(connection: Connection, query: str, limit: int = 30) -> list[Entry]:
    """At most ``limit`` hits: those in names first, then those in any text, the newest first in each.

    Ranking every hit by bm25 is slow for a short prefix; the newest are found without reading the rest. The index
    holds prefixes of up to six letters, so longer words are looked for by six letters and then compared whole.
    """
    wanted = text.query_words(query)
    if not wanted:
        return []
    found: dict[int, Entry] = {}
    for table, by_name in ((NAMES, True), (WORDS, False)):
        if len(found) < limit:
            for row_id, entry in _matches(connection, table, wanted, limit, by_name):
                found.setdefault(row_id, entry)
    return list(found.values())[:limit]


def _matches(
    connection: Connection, table: str, wanted: Sequence[str], limit: int, by_name: bool
) -> Iterator[tuple[int, Entry]]:
    short = [word[: text.INDEXED_PREFIX] for word in wanted]
    exact = short == list(wanted)
    rows = _rows(connection, table, short, limit if exact else limit * _WIDER)
    fitting = (row for row in rows if exact or _begins(wanted, row[5] if by_name else f"{row[5]} {row[6]}"))
    hits = list(islice(fitting, limit))
    if not exact and len(hits) < limit and len(rows) == limit * _WIDER:
        hits = list(_rows(connection, table, wanted, limit))
    for row in hits:
        yield row[0], Entry(row[1], row[2], row[3], row[4], row[5], row[6], by_name)


def _rows(
    connection: Connection, table: str, wanted: Sequence[str], limit: int
) -> Sequence[Row[*tuple[Any, ...]]]:
    return connection.exec_driver_sql(
        "SELECT e.id, e.table_name, e.row_id, e.owner_table, e.owner_id, e.title, e.body FROM "
        f"(SELECT rowid AS hit FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT ?) "
        "JOIN search_entry e ON e.id = hit ORDER BY e.id DESC",
        (text.expression(wanted), limit),
    ).all()


def _begins(wanted: Sequence[str], shown: str) -> bool:
    """Whether each wanted word begins a word of the text."""
    have = text.words(shown)
    return all(any(word.startswith(part) for word in have) for part in wanted)
