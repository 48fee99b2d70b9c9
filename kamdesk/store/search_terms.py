"""The words that stand in the search index: which begin so, which are forms of one word, which are spelt nearly so.

The table holds each word once, in the transaction that brought it into the index or took the last one out: a word of an
erased person must not stay behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from kamdesk.store import text

_SHORTEST_MISTYPED: Final = 4
_TWO_ERRORS: Final = 8
_CHUNK: Final = 500


def change(run: Any, came: Iterable[str], gone: Iterable[str]) -> None:
    """Take up words that came into the index; drop those of ``gone`` that no entry has any more."""
    fresh = [word for word in came if text.is_term(word)]
    known: set[str] = set()
    for start in range(0, len(fresh), _CHUNK):
        some = fresh[start : start + _CHUNK]
        marks = ",".join("?" * len(some))
        known.update(
            row[0] for row in run.execute(f"SELECT term FROM search_term WHERE term IN ({marks})", some)
        )
    rows = []
    for word in sorted(set(fresh) - known):
        stem = text.stem(word)
        rows.append((word, "" if stem == word else stem))
    if rows:
        run.executemany("INSERT INTO search_term (term, stem) VALUES (?, ?)", rows)
    for word in gone:
        if text.is_term(word):
            left = run.execute(
                "SELECT 1 FROM search_word WHERE search_word MATCH ? LIMIT 1", (f'"{word}"',)
            ).fetchone()
            if left is None:
                run.execute("DELETE FROM search_term WHERE term = ?", (word,))


def clear(run: Any) -> None:
    """Forget all words, before the index is made anew."""
    run.execute("DELETE FROM search_term")


class Terms:
    """Questions about the words of one vault. One thread at a time, the reader's."""

    def __init__(self) -> None:
        self._seen = 0
        self._by_length: dict[int, list[str]] = {}
        self._by_letter: dict[str, list[str]] = {}

    @staticmethod
    def begins(run: Any, word: str) -> bool:
        """Whether a word of the index begins so; a number may always be there."""
        if not text.is_term(word):
            return True
        return (
            run.execute(
                "SELECT 1 FROM search_term WHERE term >= ? AND term < ? LIMIT 1", (word, word + "\U0010ffff")
            ).fetchone()
            is not None
        )

    @staticmethod
    def beginning(run: Any, word: str, limit: int) -> list[str]:
        """At most ``limit`` words that begin so."""
        rows = run.execute(
            "SELECT term FROM search_term WHERE term >= ? AND term < ? LIMIT ?",
            (word, word + "\U0010ffff", limit),
        )
        return [row[0] for row in rows]

    @staticmethod
    def forms(run: Any, word: str, limit: int) -> list[str]:
        """At most ``limit`` words of the index that are forms of this one, itself not among them."""
        stem = text.stem(word)
        rows = run.execute(
            "SELECT term FROM search_term WHERE stem = ? OR term = ? LIMIT ?", (stem, stem, limit + 1)
        )
        return [row[0] for row in rows if row[0] != word][:limit]

    def near(self, run: Any, word: str, *, unfinished: bool, limit: int) -> list[str]:
        """Words that are one typing error away (two from eight letters on), two swapped letters being one; the nearest first.

        ``unfinished`` words may be the beginning of a longer one, whose first letter must then be right.
        """
        if len(word) < _SHORTEST_MISTYPED:
            return []
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        self._take_new(run)
        most = 2 if len(word) >= _TWO_ERRORS else 1
        found: dict[str, int] = {}
        for length in range(len(word) - most, len(word) + most + 1):
            choices = self._by_length.get(length, ())
            for term, distance, _ in process.extract(
                word, choices, scorer=OSA.distance, score_cutoff=most, limit=limit
            ):
                found[term] = int(distance)
        if unfinished and len(found) < limit:
            self._longer(word, most, found, limit)
        found.pop(word, None)
        return sorted(found, key=lambda term: (found[term], abs(len(term) - len(word)), term))[:limit]

    def _longer(self, word: str, most: int, found: dict[str, int], limit: int) -> None:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        longer = [term for term in self._by_letter.get(word[0], ()) if len(term) > len(word)]
        beginnings = [term[: len(word)] for term in longer]
        for _, distance, at in process.extract(
            word, beginnings, scorer=OSA.distance, score_cutoff=most, limit=limit
        ):
            found.setdefault(longer[at], int(distance))

    def _take_new(self, run: Any) -> None:
        """Take up what was added since; words that are gone meanwhile stay and find nothing."""
        rows: Sequence[tuple[int, str]] = run.execute(
            "SELECT id, term FROM search_term WHERE id > ? ORDER BY id", (self._seen,)
        ).fetchall()
        if rows:
            self._seen = rows[-1][0]
        for _, term in rows:
            if len(term) >= _SHORTEST_MISTYPED - 1:
                self._by_length.setdefault(len(term), []).append(term)
                self._by_letter.setdefault(term[0], []).append(term)

    def warm(self, run: Any) -> None:
        """Load what the first mistyped word would wait for."""
        self.near(run, "\ue000" * _SHORTEST_MISTYPED, unfinished=False, limit=1)
