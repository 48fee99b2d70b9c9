"""One search box over everything: hits grouped by the page they open, with what matched (T3)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from typing import Any, Final

from sqlalchemy.orm import Session

from kamdesk.model.messages import Message
from kamdesk.model.tables import entity_of
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.rules.other_spellings import other_layout
from kamdesk.rules.search_query import SearchQuery, completing, parse
from kamdesk.services.search_details import days, details, titles
from kamdesk.services.search_filters import (
    PAGES,
    Filters,
    Scope,
    can_be_left,
    has_days,
    in_days,
    is_narrow,
    on_pages_left,
    organisations_left,
    pages_left,
    people_left,
)
from kamdesk.services.search_marks import Marked, Marker, Marks, rank
from kamdesk.services.search_suggestions import Suggestion, suggest
from kamdesk.store import search_reading as reading
from kamdesk.store import text as texts
from kamdesk.store.raw import raw
from kamdesk.store.search import room
from kamdesk.store.search_reading import Entry, Reading, Sought
from kamdesk.store.search_terms import Terms
from kamdesk.store.unit_of_work import Store

GROUPS: Final = PAGES
"""The order of the groups."""

_NAMED: Final = frozenset({"organisation", "person", "deal", "proposal", "colleague", "recommender"})
"""Pages whose name is a name; of an argument it is a whole sentence."""

_ALL: Final = 150
"""With no more entries than these, all are looked at; else the newest of each table."""
_EACH: Final = 12
_FEW: Final = 3
"""With fewer pages than these, other layouts and typing errors are thought of."""
_READ_THROUGH: Final = 600
"""So many entries of the pages that filters left are read; of more, the index is asked."""
_LOOKED_AT: Final = 4_000
"""So many of a table are looked at where filters leave much of it."""
_AT_ONCE: Final = 100
_ASKED_SINGLY: Final = 5
_KEPT_SCOPES: Final = 16
_TYPED, _KEYS, _ERROR = "", "layout", "typing"


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One page that was found.

    ``group`` is the kind of page (a table); ``title`` and ``detail`` name the page; ``matched`` is the text around
    the first word that matched, "" where the title itself did. ``source_table`` and ``source_id`` are the row that
    matched: the page itself, or a note, fact, promise … on it; ``source_label`` names its kind (translated when shown).
    ``title_marks`` and ``matched_marks`` are where the words stand. ``found_as`` is "layout" or "typing" for a hit that
    something else than the typed letters found. ``day`` is when an interaction or proposal was, ``code`` the kind of an
    interaction; ``client_id`` is the client of a deal, proposal or interaction, "" where there is none.
    """

    target_table: str
    target_id: str
    group: str
    title: str
    detail: str
    matched: str
    source_table: str
    source_id: str
    source_label: str = ""
    title_marks: Marks = ()
    matched_marks: Marks = ()
    found_as: str = ""
    day: date | None = None
    code: str = ""
    client_id: str = ""


@dataclass(frozen=True, slots=True)
class SearchGroup:
    """Hits of one kind of page, the best first. ``count`` are those that were found; ``more`` says that there are still others."""

    kind: str
    hits: tuple[SearchHit, ...]
    count: int
    more: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What the box shows. ``shown_for`` are the words that were taken for the typed ones, "" where those were found."""

    groups: tuple[SearchGroup, ...] = ()
    problems: tuple[Message, ...] = ()
    shown_for: str = ""

    @property
    def hits(self) -> tuple[SearchHit, ...]:
        """All hits in the order of their groups."""
        return tuple(hit for group in self.groups for hit in group.hits)


@dataclass(slots=True)
class _Page:
    """A page while it is being looked for: its best entry so far."""

    rank: int
    order: int
    entry: Entry
    found_as: str
    words: tuple[Sought, ...] = ()


@dataclass(slots=True)
class _Pages:
    pages: dict[tuple[str, str], _Page] = field(default_factory=dict)
    cut: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)

    def add(
        self, entry: Entry, page: tuple[str, str], place: int, found_as: str, words: tuple[Sought, ...]
    ) -> None:
        if page[0] not in GROUPS:
            return
        one = _Page(place, len(self.pages), entry, found_as, words)
        other = self.pages.get(page)
        if other is None or one.rank < other.rank:
            self.pages[page] = one if other is None else replace(one, order=other.order)


@dataclass(frozen=True, slots=True)
class _Meant:
    """One reading of the typed words, and how it is written."""

    words: tuple[Sought, ...]
    shown: str


class Searching:
    """The search box, and the same language for the lists."""

    def __init__(self, store: Store, vocabularies: Callable[[], Vocabularies]) -> None:
        self._store = store
        self._vocabularies = vocabularies
        self._terms = Terms()
        self._scopes: dict[tuple[object, date], Scope] = {}
        self._rows_of_days: dict[tuple[str, str, str], frozenset[str]] = {}
        self._last_scope: Scope | None = None
        self._last_entries: dict[str, list[int]] = {}
        self._changes = 0
        self.close = store.subscribe(lambda _changes: self._forget())

    # --- questions

    def look(self, text: str, each: int = 6) -> Found:
        """What the box shows for anything that may be typed: at most ``each`` hits of a kind of page.

        A page is found when one of its rows has all the words: as typed, begun, or in another form. Where there are fewer
        than three, the other keyboard layout and one typing error a word (two from eight letters on) are thought of.
        """
        query = parse(text)
        if query.is_empty:
            return Found(problems=_told(query))
        return self._store.read(lambda session: self._look(session, query, each))

    def find(self, text: str, limit: int = 30) -> tuple[SearchHit, ...]:
        """At most ``limit`` pages, for scripts and plain lists; () for nothing but signs."""
        return self.look(text, limit).hits[:limit]

    def problems(self, text: str) -> tuple[Message, ...]:
        """What could not be understood of the filters, as hints."""
        query = parse(text)
        if not query.filters:
            return _told(query)
        return self._store.read(lambda s: (*_told(query), *self._scope(raw(s.connection()), query).problems))

    def ids(self, text: str, table: str) -> frozenset[str] | None:
        """The people ("person") or organisations ("organisation") of a list that fit a text; None for all of them.

        Words are looked for in names and other fields of the row, in its contacts and tags and, of a person, in seats and
        employers; each word may stand elsewhere. Raises ValueError for another table.
        """
        if table not in ("person", "organisation"):
            raise ValueError(table)
        query = parse(text)
        if query.is_empty:
            return None
        return self._store.read(lambda session: self._ids(raw(session.connection()), query, table))

    def suggest(self, text: str, language: str) -> tuple[Suggestion, ...]:
        """How the text could go on: filters that begin as its last word, or values of the filter at its end."""
        if completing(text) is None:
            return ()
        vocabularies = self._vocabularies()
        return self._store.read(
            lambda s: suggest(raw(s.connection()), self._terms, vocabularies, text, language)
        )

    def warm(self) -> None:
        """Load what the first mistyped word would wait for; called when the box is turned to."""
        self._store.read(lambda session: self._terms.warm(raw(session.connection())))

    # --- the box

    def _look(self, session: Session, query: SearchQuery, each: int) -> Found:
        run = raw(session.connection())
        scope = self._scope(run, query)
        found = _Pages()
        shown_for = ""
        if not query.words:
            self._listed(run, scope, found, each)
        elif texts.query_words(query.words):
            shown_for = self._read(run, query.words, scope, found, max(_EACH, each))
        groups = _grouped(run, found, each)
        if shown_for:
            shown_for = _words_shown(groups) or shown_for
        return Found(groups, (*_told(query), *scope.problems), shown_for)

    def _read(self, run: Any, words: str, scope: Scope, found: _Pages, each: int) -> str:
        """Gather pages for one reading of the words after another; the other words, where those found something."""
        instead = ""
        for found_as, ask in self._readings(run, words):
            if found_as and len(found.pages) >= _FEW:
                break
            meant = ask()
            if meant is None:
                continue
            before = len(found.pages)
            self._gather(run, Reading(run, self._terms, meant.words), scope, found, found_as, each)
            if found_as and before == 0 and found.pages:
                instead = meant.shown
        return instead

    def _readings(self, run: Any, words: str) -> Iterator[tuple[str, Callable[[], _Meant | None]]]:
        """What may be meant, the likeliest first: how, and a question that is asked only where the answer is needed."""
        yield _TYPED, lambda: self._plain(run, words)
        phone = texts.joined_numbers(words)
        if phone != words:
            yield _TYPED, lambda: self._plain(run, phone)
        yield _KEYS, lambda: self._under_other_keys(run, words, self._other_keys(run, words))
        yield _KEYS, lambda: self._under_other_keys(run, words, other_layout(words))
        yield _ERROR, lambda: self._mended(run, words)
        yield _ERROR, lambda: self._mended(run, other_layout(words))

    def _plain(self, run: Any, words: str) -> _Meant | None:
        typed = texts.query_words(words)
        return (
            _Meant(tuple(reading.sought(run, self._terms, word) for word in typed), words) if typed else None
        )

    def _under_other_keys(self, run: Any, words: str, other: str) -> _Meant | None:
        meant = texts.query_words(other)
        if meant == texts.query_words(words) or not all(self._terms.begins(run, word) for word in meant):
            return None
        return self._plain(run, other)

    def _mended(self, run: Any, words: str) -> _Meant | None:
        """With each word as a typing error of others, where one is near."""
        typed = texts.query_words(words)
        mended = tuple(
            reading.corrected(run, self._terms, word, unfinished=at == len(typed) - 1)
            for at, word in enumerate(typed)
        )
        if not any(one.near for one in mended):
            return None
        right = tuple(one if one.near else reading.sought(run, self._terms, one.typed) for one in mended)
        return _Meant(right, " ".join(one.near[0] if one.near else one.typed for one in right))

    def _other_keys(self, run: Any, words: str) -> str:
        """The text with those pieces under the other layout that are no words as they are."""
        return " ".join(
            piece
            if all(self._terms.begins(run, word) for word in texts.words(piece))
            else other_layout(piece)
            for piece in words.split()
        )

    def _gather(
        self, run: Any, asked: Reading, scope: Scope, found: _Pages, found_as: str, each: int
    ) -> None:
        if scope.has_pages or scope.since or scope.until:
            for _, entries in self._limited(run, asked, scope, each, found):
                self._take(run, entries, scope, found, found_as, asked.words)
            return
        everything = None if scope.names else asked.all_hits(_ALL)
        if everything is not None:
            self._take(run, everything, scope, found, found_as, asked.words)
            return
        tables = [table for table in reading.present(run) if scope.pages or scope.takes(table, table)]
        rounds = [asked.named(tables, each, exact=True), asked.named(tables, each)]
        if not scope.names:
            rounds.append(asked.hits(tables, each))
        for one in rounds:
            found.cut |= one.cut
            self._take(run, one.entries, scope, found, found_as, asked.words)

    def _limited(
        self, run: Any, asked: Reading | None, scope: Scope, each: int, found: _Pages
    ) -> Iterator[tuple[str, list[Entry]]]:
        """(table, entries) of the pages and days that filters left, the newest first."""
        of_pages = self._entries_left(run, scope) if scope.has_pages and is_narrow(scope) else None
        for table in reading.present(run) if of_pages is None else of_pages:
            if (scope.since or scope.until) and not has_days(table):
                continue
            if not (scope.pages or scope.takes(table, table)) or not can_be_left(scope, table):
                continue
            if of_pages is not None and asked is not None and len(of_pages[table]) <= _READ_THROUGH:
                ids = iter(_fitting(run, asked, of_pages[table]))
            elif asked is not None:
                allowed = None if of_pages is None else frozenset(of_pages[table])
                ids = (one for one in asked.ids(table) if allowed is None or one in allowed)
            else:
                ids = iter(of_pages[table] if of_pages is not None else _newest(run, table, _LOOKED_AT))
            taken = list(islice(self._left(run, table, ids, scope, of_pages is None), each + 1))
            if len(taken) > each:
                found.cut.add(table)
            yield table, taken[:each]

    def _entries_left(self, run: Any, scope: Scope) -> dict[str, list[int]]:
        """Table → entries on the few pages that filters left, kept while the words beside the filters are typed."""
        if self._last_scope is scope:
            return self._last_entries
        seen = self._changes
        found = reading.of_pages(run, (i for ids in pages_left(run, scope).values() for i in ids))
        if seen == self._changes:
            self._last_scope, self._last_entries = scope, found
        return found

    def _left(
        self, run: Any, table: str, ids: Iterator[int], scope: Scope, ask_pages: bool
    ) -> Iterator[Entry]:
        """The entries that filters leave. Where these leave much, the newest are looked at and not all are gathered first."""
        for at in range(_LOOKED_AT // _AT_ONCE):
            some = reading.entries(run, list(islice(ids, _AT_ONCE)))
            if not some:
                return
            if ask_pages and scope.has_pages:
                some = on_pages_left(run, scope, some)
            if scope.since or scope.until:
                # The newest are asked one by one; a day of long ago is worth looking through the table once.
                days = (
                    in_days(run, table, scope, [one.row_id for one in some])
                    if at < _ASKED_SINGLY
                    else self._days(run, table, scope)
                )
                some = [one for one in some if one.row_id in days]
            yield from some

    def _days(self, run: Any, table: str, scope: Scope) -> frozenset[str]:
        """The rows of a table in the days of a scope, kept until something changes."""
        key = (table, scope.since, scope.until)
        if key not in self._rows_of_days:
            seen, rows = self._changes, in_days(run, table, scope)
            if seen != self._changes:
                return rows
            self._rows_of_days = {**dict(islice(self._rows_of_days.items(), _KEPT_SCOPES)), key: rows}
        return self._rows_of_days[key]

    def _take(
        self,
        run: Any,
        entries: Iterable[Entry],
        scope: Scope,
        found: _Pages,
        found_as: str,
        words: tuple[Sought, ...],
    ) -> None:
        holders = _holders(run, [one.row_id for one in entries if one.table == "seat"])
        worse = 4 if found_as == _ERROR else 0
        for one in entries:
            if not scope.takes(one.table, one.owner_table):
                continue
            own = (one.table, one.row_id) == (one.owner_table, one.owner_id)
            place = rank(words, one.title) if own else 3
            if scope.names and (not own or place == 3):
                continue
            found.add(one, (one.owner_table, one.owner_id), place + worse, found_as, words)
            for person in holders.get(one.row_id, ()):
                if scope.takes("seat", "person") and (scope.people is None or person in scope.people):
                    found.add(one, ("person", person), 3 + worse, found_as, words)

    def _listed(self, run: Any, scope: Scope, found: _Pages, each: int) -> None:
        """Without words: the people and clients that filters left in their order, and the newest of everything else."""
        if scope.is_open:
            return
        if scope.has_pages and not (scope.since or scope.until):
            broad = scope.people is None and not is_narrow(scope)
            for kind, ask in (("organisation", organisations_left), ("person", people_left)):
                wanted = kind == "person" or scope.people is None
                if scope.pages or scope.tables:
                    wanted = scope.takes(kind, kind)
                elif broad and kind == "person":
                    # Who works at one of very many clients is no answer to anything.
                    wanted = False
                left = ask(run, scope) if wanted else None
                if left:
                    found.counts[kind] = len(left)
                    for entry in _in_order(run, kind, left, each):
                        found.add(entry, (kind, entry.row_id), 0, _TYPED, ())
            if scope.people is not None and not scope.pages and not scope.tables:
                return
        for table, entries in self._limited(run, None, scope, max(_EACH, each), found):
            rest = not scope.has_pages or table not in ("organisation", "person")
            if rest and (scope.tables or scope.pages or table in GROUPS or not scope.has_pages):
                self._take(run, entries, scope, found, _TYPED, ())

    # --- lists

    def _ids(self, run: Any, query: SearchQuery, table: str) -> frozenset[str]:
        scope = self._scope(run, query)
        left = (people_left if table == "person" else organisations_left)(run, scope)
        if not texts.query_words(query.words):
            return left if left is not None else _all(run, table)
        found: frozenset[str] = frozenset()
        for _, ask in self._readings(run, query.words):
            meant = ask()
            for at, one in enumerate(meant.words if meant is not None else ()):
                fit = _having(run, Reading(run, self._terms, (one,)), table)
                found = fit if not at else found & fit
            if left is not None:
                found &= left
            if found:
                break
        return found

    # --- what is kept

    def _scope(self, run: Any, query: SearchQuery) -> Scope:
        today = self._store.now().date()
        key = (query.filters, today)
        scope = self._scopes.get(key)
        if scope is None:
            seen = self._changes
            scope = Filters(run, self._terms, self._vocabularies(), today).scope(query.filters)
            if seen == self._changes:
                while len(self._scopes) >= _KEPT_SCOPES:
                    self._scopes.pop(next(iter(self._scopes)))
                self._scopes[key] = scope
        return scope

    def _forget(self) -> None:
        self._changes += 1
        self._scopes = {}
        self._rows_of_days = {}
        self._last_scope = None


def _told(query: SearchQuery) -> tuple[Message, ...]:
    return tuple(Message("search.unknown_filter", {"name": name}) for name in query.unknown)


def _fitting(run: Any, asked: Reading, ids: Sequence[int]) -> list[int]:
    """Of a few entries those that have the words, by reading them."""
    bodies = reading.bodies(run, ids)
    return [
        one.id
        for one in reading.entries(run, ids)
        if asked.fits(texts.folded_words(texts.indexed(f"{one.title} {bodies.get(one.id, '')}")))
    ]


def _newest(run: Any, table: str, limit: int) -> list[int]:
    rows = run.execute(
        "SELECT id FROM search_entry WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT ?", (*room(table), limit)
    )
    return [row[0] for row in rows]


def _in_order(run: Any, table: str, ids: Iterable[str], limit: int) -> list[Entry]:
    """Own entries of people or organisations, in the order of the language."""
    rows = run.execute(
        "SELECT e.id, e.table_name, e.row_id, e.owner_table, e.owner_id, e.title FROM search_entry e "
        f"JOIN {table} t ON t.id = e.row_id WHERE e.table_name = ? AND e.row_id IN (SELECT value FROM json_each(?)) "
        "ORDER BY t.sort_key LIMIT ?",
        (table, json.dumps(list(ids)), limit),
    )
    return [Entry(*row) for row in rows]


def _holders(run: Any, seats: Sequence[str]) -> Mapping[str, list[str]]:
    """Who sits on these seats now."""
    found: dict[str, list[str]] = {}
    if seats:
        rows = run.execute(
            "SELECT seat_id, person_id FROM employment WHERE is_former = 0 AND seat_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(seats)),),
        )
        for seat, person in rows:
            found.setdefault(seat, []).append(person)
    return found


def _all(run: Any, table: str) -> frozenset[str]:
    return frozenset(row[0] for row in run.execute(f"SELECT id FROM {table}"))


def _having(run: Any, asked: Reading, table: str) -> frozenset[str]:
    """Rows of a list that have one word in themselves, their contacts or fields, a person also in seat and employer."""
    found: set[str] = set()
    for source in (table, "contact", "custom_value"):
        entries = asked.hits((source,), 1 << 30).entries
        found.update(one.owner_id for one in entries if one.owner_table == table)
    if table == "person":
        seats = [one.row_id for one in asked.hits(("seat",), 1 << 30).entries]
        clients = [one.row_id for one in asked.named(("organisation",), 1 << 30).entries]
        for column, ids in (("seat_id", seats), ("organisation_id", clients)):
            rows = f"SELECT person_id FROM employment WHERE is_former = 0 AND {column} IN (SELECT value FROM json_each(?))"
            found.update(row[0] for row in run.execute(rows, (json.dumps(ids),)))
    return frozenset(found)


# --- what is shown ------------------------------------------------------------------------------------------


def _grouped(run: Any, found: _Pages, each: int) -> tuple[SearchGroup, ...]:
    by_kind: dict[str, list[tuple[tuple[str, str], _Page]]] = {}
    for page, one in sorted(found.pages.items(), key=lambda item: (item[1].rank, item[1].order)):
        by_kind.setdefault(page[0], []).append((page, one))
    shown = [item for items in by_kind.values() for item in items[:each]]
    hits = _hits(run, shown)
    groups = []
    for kind, items in by_kind.items():
        these = tuple(hits[page] for page, _ in items[:each] if page in hits)
        cut = any(one.entry.table in found.cut for _, one in items)
        if these:
            count = max(len(items), found.counts.get(kind, 0))
            groups.append(
                (items[0][1].rank, SearchGroup(kind, these, count, cut and kind not in found.counts))
            )
    groups.sort(key=lambda one: (_bucket(one[0], one[1].kind), GROUPS.index(one[1].kind)))
    return tuple(group for _, group in groups)


def _bucket(best: int, kind: str) -> int:
    """Groups in which a name fits stand before those in which a text does, typing errors last and among them the names first."""
    mistyped = 2 if best >= 4 else 0
    return mistyped + (0 if best % 4 < 3 and kind in _NAMED else 1)


def _hits(run: Any, shown: Sequence[tuple[tuple[str, str], _Page]]) -> dict[tuple[str, str], SearchHit]:
    pages = [page for page, _ in shown]
    named, lines, when = titles(run, pages), details(run, pages), days(run, pages)
    bodies = reading.bodies(run, [one.entry.id for _, one in shown])
    markers: dict[tuple[Sought, ...], Marker] = {}
    hits = {}
    for page, one in shown:
        if page not in named:
            continue
        marker = (
            markers.setdefault(one.words, Marker(one.words))
            if one.words not in markers
            else markers[one.words]
        )
        entry = one.entry
        matched = _matched(entry, page, one.rank, bodies.get(entry.id, ""), marker)
        day, code, client = when.get(page, (None, "", ""))
        hits[page] = SearchHit(
            *page, page[0], named[page], lines.get(page, ""), matched.text, entry.table, entry.row_id,
            "" if (entry.table, entry.row_id) == page else entity_of(entry.table).__label__,
            marker.marks(named[page]), matched.marks, one.found_as, day, code, client,
        )  # fmt: skip
    return hits


def _matched(entry: Entry, page: tuple[str, str], place: int, body: str, marker: Marker) -> Marked:
    """The text around the match on one line; nothing for a match in the name of the page itself."""
    own = (entry.table, entry.row_id) == page
    if own and place % 4 < 3:
        return Marked("")
    if not own and (marker.marks(entry.title) or not body):
        return marker.piece(entry.title)
    return marker.piece(body)


def _words_shown(groups: Sequence[SearchGroup]) -> str:
    """The words that the best hit has instead of the typed ones, as they are written there."""
    best = groups[0].hits[0] if groups else None
    if best is None:
        return ""
    shown, marks = (best.title, best.title_marks) if not best.matched else (best.matched, best.matched_marks)
    return " ".join(dict.fromkeys(shown[start:end] for start, end in marks))
