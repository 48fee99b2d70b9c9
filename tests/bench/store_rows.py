"""Rows of the store: search per keystroke, and saving one edit."""

from __future__ import annotations

import json
import secrets
from itertools import count
from pathlib import Path
from typing import Any

from kamdesk.services.records import Records
from kamdesk.services.searching import Searching
from kamdesk.store import connection, text
from kamdesk.store.vault import Vault
from kamdesk.translation import shipped_vocabularies
from tests.bench.measure import Row, alternating, p95, seconds

# What is typed letter by letter: names, words of notes, a mix, signs.
_TYPED = (
    "иванов пётр",
    "договор поставк",
    "delivery",
    "насос",
    "ё",
    "завод 12",
    "p17@client",
    "ц",
    "срок оплат",
)


def search(vault: Vault, rounds: int) -> Row:
    """Every prefix of what people type, through the service and through a bare FTS5 query, newest first."""
    searching = Searching(vault.store, shipped_vocabularies)
    searching.warm()
    keys = [word[: n + 1] for word in _TYPED for n in range(len(word))]
    ours, bare = [], []
    for _ in range(max(5, rounds)):
        for key in keys:
            ours.append(seconds(lambda key=key: searching.look(key)))
            bare.append(seconds(lambda key=key: _bare_search(vault, key)))
    return Row("search as you type, per keystroke, p95", p95(ours), p95(bare), "≤ 15 ms")


def _bare_search(vault: Vault, typed: str) -> list[Any]:
    words = text.query_words(typed)
    if not words:
        return []
    query = "SELECT rowid FROM search_word WHERE search_word MATCH ? ORDER BY rowid DESC LIMIT 30"
    return vault.store.read(lambda s: list(s.connection().exec_driver_sql(query, (text.expression(words),))))


def save(vault: Vault, folder: Path, rounds: int) -> Row:
    """One edited field until it is committed, against the same UPDATE with its rows of history and search."""
    records = Records(vault.store, vault.history)
    person = vault.store.read(
        lambda s: s.connection().exec_driver_sql("SELECT id FROM person LIMIT 1").scalar_one()
    )
    numbers = count()
    bare = _BareSave(folder / "bare.db")

    def ours() -> None:
        records.set("person", person, {"given_name": f"Пётр {next(numbers)}"})

    try:
        one, other = alternating(ours, lambda: bare.save(f"Пётр {next(numbers)}"), max(15, rounds * 3))
    finally:
        bare.close()
    return Row("save one edit: command → committed", one, other, "≤ 3×")


class _BareSave:
    """The same rows over a bare connection: the row, its step, change and version, its entries in the search index."""

    def __init__(self, path: Path) -> None:
        self._raw = connection.connect(path, secrets.token_bytes(32), create=True)
        run = self._raw.execute
        run("CREATE TABLE person (id TEXT PRIMARY KEY, family_name TEXT, given_name TEXT, sort_key TEXT)")
        run("CREATE TABLE step (id INTEGER PRIMARY KEY, code TEXT, params TEXT, at TEXT)")
        run(
            "CREATE TABLE change (id INTEGER PRIMARY KEY, step_id INTEGER, row_id TEXT, before TEXT, after TEXT)"
        )
        run("CREATE INDEX by_step ON change (step_id)")
        run("CREATE INDEX by_row ON change (row_id)")
        run(
            "CREATE TABLE field_version (row_id TEXT, field TEXT, vector TEXT, PRIMARY KEY (row_id, field)) WITHOUT ROWID"
        )
        run("CREATE TABLE search_entry (id INTEGER PRIMARY KEY, row_id TEXT UNIQUE, title TEXT, body TEXT)")
        for name in ("search_name", "search_word"):
            run(
                f"CREATE VIRTUAL TABLE {name} USING fts5(words, content='', contentless_delete=1, detail=none, "
                "prefix='1 2 3 4 5 6')"
            )
        run("INSERT INTO person VALUES ('p', 'Иванов', 'Пётр', 'иванов')")
        self._entry = 0
        self._index("Пётр")

    def _index(self, given: str) -> None:
        run = self._raw.execute
        self._entry += 1
        run("INSERT INTO search_entry VALUES (?, 'p', ?, '')", (self._entry, f"Иванов {given}"))
        for name in ("search_name", "search_word"):
            run(
                f"INSERT INTO {name} (rowid, words) VALUES (?, ?)",
                (self._entry, f"иванов {given}".casefold()),
            )

    def save(self, given: str) -> None:
        """One edit."""
        run = self._raw.execute
        run("BEGIN IMMEDIATE")
        before = json.dumps(run("SELECT * FROM person WHERE id = 'p'").fetchone())
        run("UPDATE person SET given_name = ?, sort_key = ? WHERE id = 'p'", (given, f"иванов{given}"))
        step = run("INSERT INTO step (code, params, at) VALUES ('record.edit', '{}', '2026')").lastrowid
        after = json.dumps(["p", "Иванов", given, f"иванов{given}"])
        run(
            "INSERT INTO change (step_id, row_id, before, after) VALUES (?, 'p', ?, ?)", (step, before, after)
        )
        run("INSERT OR REPLACE INTO field_version VALUES ('p', 'name', ?)", (json.dumps({"v": step}),))
        for name in ("search_name", "search_word"):
            run(f"DELETE FROM {name} WHERE rowid = ?", (self._entry,))
        run("DELETE FROM search_entry WHERE id = ?", (self._entry,))
        self._index(given)
        run("COMMIT")

    def close(self) -> None:
        """Close the connection."""
        self._raw.close()
