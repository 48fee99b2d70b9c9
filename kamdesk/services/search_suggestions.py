"""What could follow in the search box: names of filters, and the values that this vault has for one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from kamdesk.model.vocabulary import Vocabularies
from kamdesk.rules.other_spellings import has_cyrillic
from kamdesk.rules.search_query import KINDS, completing, filters_beginning, quoted
from kamdesk.store import search_reading as reading
from kamdesk.store import text as texts
from kamdesk.store.search_terms import Terms

_MOST: Final = 8
_MOST_FILTERS: Final = 3
_MONTHS: Final = {
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split(),
    "en": "january february march april may june july august september october november december".split(),
}
_BACK: Final = {
    "ru": "сегодня неделя месяц квартал год".split(),
    "en": "today week month quarter year".split(),
}
_VOCABULARY: Final = {"role": "part", "type": "lens", "stance": "stance", "influence": "influence"}
_COLUMN: Final = {"tag": "tags", "city": "territory", "industry": "industry"}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One way to go on: ``label`` is shown, ``text`` is the whole text of the box with it."""

    text: str
    label: str


def suggest(
    run: Any, terms: Terms, vocabularies: Vocabularies, text: str, language: str
) -> tuple[Suggestion, ...]:
    """At most eight values of the filter at the end of the text, or three filters that begin as its last word."""
    at = completing(text)
    if at is None:
        return ()
    head = text[: at.start]
    if at.filter is None:
        names = filters_beginning(at.typed, language)[:_MOST_FILTERS]
        return tuple(Suggestion(f"{head}{name}:", f"{name}:") for name in names)
    found = _values(run, terms, vocabularies, at.filter, at.typed, language)
    values = [one for one in found if texts.fold(one) != texts.fold(at.typed)]
    name = head.rsplit(None, 1)[-1] if head.split() else ""
    return tuple(Suggestion(f"{head}{quoted(value)} ", f"{name}{quoted(value)}") for value in values)[:_MOST]


def _values(
    run: Any, terms: Terms, vocabularies: Vocabularies, name: str, typed: str, language: str
) -> Iterable[str]:
    if name in ("client", "person"):
        return _called(run, terms, "organisation" if name == "client" else "person", typed)
    found: Iterable[str]
    if name in _VOCABULARY:
        found = (item.label(language) for item in vocabularies.items(_VOCABULARY[name]))
    elif name in _COLUMN:
        found = _kept(run, _COLUMN[name])
    elif name == "birthday":
        found = _MONTHS["ru" if language == "ru" else "en"]
    elif name in ("since", "until"):
        found = _BACK["ru" if language == "ru" else "en"]
    else:
        found = (_spelling(kind, language) for kind in KINDS)
    return [one for one in found if _begins(one, typed)]


def _called(run: Any, terms: Terms, table: str, typed: str) -> list[str]:
    """Names of pages that begin so; the newest where nothing was typed."""
    words = [reading.sought(run, terms, word, forms=False) for word in texts.query_words(typed)]
    if words:
        entries = reading.Reading(run, terms, words).named((table,), _MOST * 4).entries
        rows = [one.row_id for one in entries]
    else:
        rows = [row[0] for row in run.execute(f"SELECT id FROM {table} ORDER BY sort_key LIMIT ?", (_MOST,))]
    name = (
        "short_name"
        if table == "organisation"
        else "trim(family_name || ' ' || given_name || ' ' || middle_name)"
    )
    query = f"SELECT {name} FROM {table} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY sort_key"
    return list(dict.fromkeys(row[0] for row in run.execute(query, (json.dumps(rows),))))


def _kept(run: Any, column: str) -> list[str]:
    rows = [
        row[0]
        for row in run.execute(f"SELECT DISTINCT {column} FROM organisation WHERE {column} NOT IN ('', '[]')")
    ]
    if column == "tags":
        rows = [tag for row in rows for tag in json.loads(row)]
    return sorted(set(rows), key=texts.fold)


def _spelling(kind: str, language: str) -> str:
    return next(one for one in KINDS[kind] if has_cyrillic(one) == (language == "ru"))


def _begins(value: str, typed: str) -> bool:
    folded = texts.fold(typed)
    return texts.fold(value).startswith(folded) or any(word.startswith(folded) for word in texts.words(value))
