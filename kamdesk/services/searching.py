"""One search box over everything: hits grouped by the page they open, with what matched (T3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from kamdesk.model.tables import entity_of
from kamdesk.services.base import title_of
from kamdesk.services.search_details import details
from kamdesk.store import search
from kamdesk.store.search import Entry
from kamdesk.store.text import MAX_QUERY_WORDS, words
from kamdesk.store.unit_of_work import Store

GROUPS: Final = (
    "organisation",
    "person",
    "proposal",
    "interaction",
    "argument",
    "objection",
    "case_study",
    "recommender",
    "colleague",
)
"""The order of the groups; a table that is not named here follows."""

_BEFORE, _AFTER = 40, 80
_SCANNED = 200_000


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One page that was found.

    ``group`` is the kind of page (a table); ``title`` and ``detail`` name the page; ``matched`` is the text around
    the first word that matched, "" where the title itself did. ``source_table`` and ``source_id`` are the row that
    matched: the page itself, or a note, fact, promise … on it.
    """

    target_table: str
    target_id: str
    group: str
    title: str
    detail: str
    matched: str
    source_table: str
    source_id: str


class Searching:
    """The search box."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, text: str, limit: int = 30) -> tuple[SearchHit, ...]:
        """Pages in which every word of ``text`` begins a word, whatever is typed; () for nothing but signs.

        Groups stand in the order of :data:`GROUPS`; in each, matches in names first, then the newest. One page is
        one hit however many of its rows match.
        """
        return self._store.read(lambda session: _find(session, text, limit))


def _find(session: Session, text: str, limit: int) -> tuple[SearchHit, ...]:
    entries = search.find(session.connection(), text, limit * 2)
    pages: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        pages.setdefault((entry.owner_table, entry.owner_id), entry)
    chosen = list(pages.values())[:limit]
    titles = _titles(session, chosen)
    shown = details(session, {(one.owner_table, one.owner_id) for one in chosen})
    pattern = _pattern(text)
    place = {table: number for number, table in enumerate(GROUPS)}
    hits = [
        SearchHit(
            one.owner_table,
            one.owner_id,
            one.owner_table,
            titles[one.owner_table, one.owner_id],
            shown.get((one.owner_table, one.owner_id), ""),
            _matched(one, pattern),
            one.table,
            one.row_id,
        )
        for one in chosen
        if (one.owner_table, one.owner_id) in titles
    ]
    return tuple(sorted(hits, key=lambda hit: place.get(hit.group, len(place))))


def _titles(session: Session, entries: Sequence[Entry]) -> dict[tuple[str, str], str]:
    """What each page is called, in one query a table."""
    by_table: dict[str, set[str]] = {}
    for entry in entries:
        by_table.setdefault(entry.owner_table, set()).add(entry.owner_id)
    found = {}
    for table, ids in by_table.items():
        entity = entity_of(table)
        for row in session.query(entity).filter(entity.id.in_(ids)):
            found[table, str(row.id)] = title_of(row)
    return found


def _pattern(text: str) -> re.Pattern[str] | None:
    """A pattern that finds the first typed word at the beginning of a word, ё and е alike."""
    wanted = words(text[:1000])[:MAX_QUERY_WORDS]
    if not wanted:
        return None
    alternatives = "|".join(re.escape(word).replace("е", "[её]") for word in wanted)
    return re.compile(rf"\b(?:{alternatives})", re.IGNORECASE)


def _matched(entry: Entry, pattern: re.Pattern[str] | None) -> str:
    """The text around the match on one line; "" for a match in the name of the page itself."""
    own_page = (entry.table, entry.row_id) == (entry.owner_table, entry.owner_id)
    if entry.by_name and own_page:
        return ""
    text = entry.title if entry.by_name else entry.body
    seen = pattern.search(text, 0, _SCANNED) if pattern is not None else None
    if seen is None and not entry.by_name and pattern is not None:
        # With words split between name and text, or accents, the body shows how it begins.
        seen = pattern.search(entry.title) if not own_page else None
        text = entry.title if seen is not None else text
    at = seen.start() if seen is not None else 0
    start, end = max(at - _BEFORE, 0), at + _AFTER
    start = 0 if start == 0 else start + max(text[start:at].find(" ") + 1, 0)
    piece = " ".join(text[start:end].split())
    return ("…" if start else "") + piece + ("…" if end < len(text) else "")
