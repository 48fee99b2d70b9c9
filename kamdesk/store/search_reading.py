"""Questions to the search index: what a typed word may stand for, and the newest entries that have such words.

Ranking every hit by bm25 takes 130–200 ms for a short prefix in a big vault; the newest of each kind are found without
reading the rest, because the kind is the upper part of an entry's id.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from kamdesk.rules.other_spellings import in_other_letters
from kamdesk.store import text
from kamdesk.store.search import NAMES, ROOM_BITS, SOURCES, WORDS, room, searched_columns
from kamdesk.store.search_terms import Terms

_MOST_TERMS: Final = 48
_MOST_FORMS: Final = 32
_MOST_NEAR: Final = 6
_FEW_ALTERNATIVES: Final = 3
_SHORTEST_COMMON: Final = 3
_FEWEST_DIGITS: Final = 3
_SCANNED_BODY: Final = 200_000
_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class Sought:
    """What one typed word is looked for as: beginnings of words, and whole words.

    ``typed`` is the folded word; ``forms`` are other forms of it, ``near`` corrections, ``others`` spellings in other letters
    (beginnings too); a number may also be the end of a phone (``behind``, see :func:`kamdesk.store.text.from_behind`).
    """

    typed: str
    forms: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()

    @property
    def beginnings(self) -> tuple[str, ...]:
        """What may begin a word."""
        return () if self.near else (self.typed, *self.others)

    @property
    def whole(self) -> tuple[str, ...]:
        """What must be a whole word."""
        return self.near or self.forms


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the index: the row that matched, the page it opens, the row's name."""

    id: int
    table: str
    row_id: str
    owner_table: str
    owner_id: str
    title: str


@dataclass(frozen=True, slots=True)
class Hits:
    """Entries, the newest of each table first; ``cut`` names the tables of which there are more."""

    entries: tuple[Entry, ...]
    cut: frozenset[str] = frozenset()


class Reading:
    """One typed text over one connection. ``words`` are groups of what each word is looked for as; all must be met."""

    def __init__(self, run: Any, terms: Terms, words: Sequence[Sought]) -> None:
        self._run, self._terms = run, terms
        self.words = tuple(words)

    @cached_property
    def expression(self) -> str:
        """For the index. Only folded words get into it, each quoted: no input can be an error or an operator."""
        return " AND ".join(f"({' OR '.join(self._alternatives(one))})" for one in self.words)

    @cached_property
    def _loose(self) -> str:
        """The same with one beginning for many words, which is faster to ask and finds a little more."""
        return " AND ".join(f"({' OR '.join(self._shorter(one))})" for one in self.words)

    def _shorter(self, word: Sought) -> list[str]:
        alternatives = self._alternatives(word)
        if len(alternatives) <= _FEW_ALTERNATIVES:
            return alternatives
        common = _common_beginning(alternatives)
        return [f'"{common}"*'] if len(common) >= _SHORTEST_COMMON else alternatives

    def _alternatives(self, word: Sought) -> list[str]:
        """What stands for a word in the expression: as few beginnings and whole words as possible, each costs a look-up."""
        begins: list[str] = []
        whole: dict[str, None] = {}
        for one in (*word.beginnings, *word.behind):
            short, known = self._beginning(one)
            if known is None:
                begins.append(short)
            else:
                whole.update(dict.fromkeys(known))
        whole.update(dict.fromkeys(word.whole))
        first = tuple(begins)
        return [*(f'"{one}"*' for one in begins), *(f'"{one}"' for one in whole if not one.startswith(first))]

    def _beginning(self, word: str) -> tuple[str, list[str] | None]:
        """A beginning that the index holds, or (None for it) the whole words that begin so.

        Prefixes of six letters stand in the index; a longer one is as good as its six letters where nothing else has them.
        """
        short = word[: text.INDEXED_PREFIX]
        if short == word or not text.is_term(word):
            return word, None
        known = self._terms.beginning(self._run, word, _MOST_TERMS)
        if len(known) == _MOST_TERMS:
            return short, None
        if known == self._terms.beginning(self._run, short, len(known) + 1):
            return short, None
        return word, known or [word]

    def hits(self, tables: Iterable[str], each: int) -> Hits:
        """The newest of each table, at most ``each``."""
        found: list[Entry] = []
        cut: set[str] = set()
        for table in tables:
            rows = self._newest_fitting(table, each + 1)
            found += rows[:each]
            if len(rows) > each:
                cut.add(table)
        return Hits(tuple(found), frozenset(cut))

    def named(self, tables: Iterable[str], each: int, *, exact: bool = False) -> Hits:
        """The newest of each table in whose name the words are, at most ``each``; only ``exact`` words of it."""
        expression = " AND ".join(f'"{one.typed}"' for one in self.words) if exact else self.expression
        found: list[Entry] = []
        cut: set[str] = set()
        for table in tables:
            if searched_columns(table)[0]:
                rows = self._newest(NAMES, expression, room(table), each + 1)
                found += rows[:each]
                if len(rows) > each:
                    cut.add(table)
        return Hits(tuple(found), frozenset(cut))

    def all_hits(self, limit: int) -> tuple[Entry, ...] | None:
        """All entries where there are not more than ``limit``, else None."""
        for expression in dict.fromkeys((self._loose, self.expression)):
            found = self._run.execute(
                f"SELECT rowid FROM {WORDS} WHERE {WORDS} MATCH ? LIMIT ?", (expression, limit + 1)
            ).fetchall()
            if len(found) > limit:
                return None
        return tuple(entries(self._run, [row[0] for row in reversed(found)]))

    def _newest_fitting(self, table: str, limit: int) -> list[Entry]:
        if self._loose != self.expression:
            rows = self._newest(WORDS, self._loose, room(table), limit * 2)
            texts = bodies(self._run, (one.id for one in rows))
            fit = [
                one
                for one in rows
                if self.fits(text.folded_words(text.indexed(f"{one.title} {texts.get(one.id, '')}")))
            ]
            if len(fit) >= limit or len(rows) < limit * 2:
                return fit[:limit]
        return self._newest(WORDS, self.expression, room(table), limit)

    def _newest(self, index: str, expression: str, ids: tuple[int, int], limit: int) -> list[Entry]:
        rows = self._run.execute(
            "SELECT e.id, e.table_name, e.row_id, e.owner_table, e.owner_id, e.title FROM "
            f"(SELECT rowid AS hit FROM {index} WHERE {index} MATCH ? AND rowid BETWEEN ? AND ? "
            "ORDER BY rowid DESC LIMIT ?) CROSS JOIN search_entry e ON e.id = hit",
            (expression, *ids, limit),
        )
        return [Entry(*row) for row in rows]

    def ids(self, table: str) -> Iterator[int]:
        """The ids of all entries of a table that match, the newest first, read as they are asked for."""
        cursor = self._run.execute(
            f"SELECT rowid FROM {WORDS} WHERE {WORDS} MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC",
            (self.expression, *room(table)),
        )
        while rows := cursor.fetchmany(_PAGE):
            for row in rows:
                yield row[0]

    def fits(self, words: Iterable[str]) -> bool:
        """Whether a text of these folded words has all that is sought."""
        have = set(words)
        return all(
            not have.isdisjoint(one.whole)
            or any(word.startswith((*one.beginnings, *one.behind)) for word in have)
            for one in self.words
        )


def _common_beginning(alternatives: Sequence[str]) -> str:
    """With which all of them begin, as far as the index holds beginnings."""
    first, last = (one.strip('"*') for one in (min(alternatives), max(alternatives)))
    same = next(
        (n for n, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), len(first)
    )
    return first[: min(same, text.INDEXED_PREFIX)]


def present(run: Any) -> tuple[str, ...]:
    """The tables that have entries, those with fewest rows first."""
    return tuple(
        table
        for table in reversed(SOURCES)
        if run.execute("SELECT 1 FROM search_entry WHERE id BETWEEN ? AND ? LIMIT 1", room(table)).fetchone()
    )


def entries(run: Any, ids: Sequence[int]) -> list[Entry]:
    """Entries by their ids, in that order."""
    rows = run.execute(
        "SELECT id, table_name, row_id, owner_table, owner_id, title FROM search_entry "
        "WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    found = {row[0]: Entry(*row) for row in rows}
    return [found[one] for one in ids if one in found]


def bodies(run: Any, ids: Iterable[int]) -> dict[int, str]:
    """The texts of entries, as far as a hit is looked for in them (200,000 signs)."""
    rows = run.execute(
        "SELECT id, substr(body, 1, ?) FROM search_entry WHERE id IN (SELECT value FROM json_each(?))",
        (_SCANNED_BODY, json.dumps(list(ids))),
    )
    return {row[0]: row[1] for row in rows}


def of_pages(run: Any, pages: Iterable[str]) -> dict[str, list[int]]:
    """The ids of all entries that open one of these pages, by table, the newest first."""
    found: dict[str, list[int]] = {}
    for row in run.execute(
        "SELECT id FROM search_entry WHERE owner_id IN (SELECT value FROM json_each(?)) ORDER BY id DESC",
        (json.dumps(list(pages)),),
    ):
        found.setdefault(table_of(row[0]), []).append(row[0])
    return found


def table_of(entry_id: int) -> str:
    """The table whose entry this is."""
    return SOURCES[entry_id >> ROOM_BITS]


def sought(run: Any, terms: Terms, typed: str, *, forms: bool = True) -> Sought:
    """What a typed, folded word is looked for as before anything is thought to be mistyped."""
    if not text.is_term(typed):
        return Sought(typed, behind=_phone_ends(typed))
    others = tuple(one for one in in_other_letters(typed) if terms.begins(run, one))
    return Sought(typed, tuple(terms.forms(run, typed, _MOST_FORMS)) if forms else (), others)


def corrected(run: Any, terms: Terms, typed: str, *, unfinished: bool) -> Sought:
    """The same word as a typing error of others; as it is where nothing is near."""
    near = (
        tuple(terms.near(run, typed, unfinished=unfinished, limit=_MOST_NEAR)) if text.is_term(typed) else ()
    )
    return Sought(typed, near=near)


def _phone_ends(digits: str) -> tuple[str, ...]:
    """A number may be the last digits of a phone, and «8 495» may be written "+7 495"."""
    if not digits.isdigit() or len(digits) < _FEWEST_DIGITS:
        return ()
    return (text.from_behind(digits),)
