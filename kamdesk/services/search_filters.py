"""What the filters of the search box leave: sets of people and organisations, kinds of rows, days."""

from __future__ import annotations

import calendar
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from kamdesk.model.messages import Message
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.rules.search_query import Filter, kinds_named
from kamdesk.rules.typed import parse_partial_date
from kamdesk.store import search_reading as reading
from kamdesk.store import text
from kamdesk.store.search_reading import Entry
from kamdesk.store.search_terms import Terms

PAGES: Final = (
    "organisation", "person", "deal", "proposal", "interaction", "argument", "objection", "case_study", "recommender", "price_item", "colleague", "template", "text_template",
)  # fmt: skip
"""The kinds of page that a hit can open."""

_DATED: Final[Mapping[str, str]] = {
    "interaction": "starts_at", "proposal": "date", "deal": "expected", "note": "written_on", "fact": "noted_on", "statement": "noted_on",
    "promise": "due", "attachment": "added_on", "expected_change": "date", "argument": "evidence_date", "recommender": "consent_on",
}  # fmt: skip
"""Source table → the column that says when it was."""

_BIRTHDAY: Final = "birthday"
_ON_PEOPLE: Final = frozenset(
    {"person", "contact", "fact", "note", "promise", "attachment", "expected_change", "relationship", "custom_value", "acquaintance", "seat"}
)  # fmt: skip
_FEW_PEOPLE: Final = 100
_FEW_ORGANISATIONS: Final = 20

Ids = frozenset[str]


@dataclass(frozen=True, slots=True)
class Scope:
    """What filters leave; None where a side is not limited.

    ``tables`` are kinds of rows and ``pages`` kinds of pages, of which a hit needs one or the other; ``names`` looks at names only.
    """

    people: Ids | None = None
    organisations: Ids | None = None
    tables: frozenset[str] | None = None
    pages: frozenset[str] | None = None
    names: bool = False
    since: str = ""
    until: str = ""
    problems: tuple[Message, ...] = ()

    @property
    def has_pages(self) -> bool:
        """Whether only some people or organisations are left."""
        return self.people is not None or self.organisations is not None

    @property
    def is_open(self) -> bool:
        """Whether nothing is left out."""
        return not (self.has_pages or self.tables or self.pages or self.names or self.since or self.until)

    def takes(self, table: str, page: str) -> bool:
        """Whether a hit in a row of ``table`` on a page of kind ``page`` is of a kind that is wanted."""
        if self.tables is None and self.pages is None:
            return True
        return table in (self.tables or ()) or page in (self.pages or ())


class Filters:
    """Reads the filters of one query over one connection."""

    def __init__(self, run: Any, terms: Terms, vocabularies: Vocabularies, today: date) -> None:
        self._run, self._terms, self._vocabularies, self._today = run, terms, vocabularies, today
        self._problems: list[Message] = []
        self._typed: dict[str, str] = {}

    def scope(self, filters: Iterable[Filter]) -> Scope:
        """What they leave together: one filter given twice takes either, different ones take what all leave."""
        wanted: dict[str, list[str]] = {}
        for one in filters:
            self._typed[one.name] = one.typed or one.name
            if one.value:
                wanted.setdefault(one.name, []).append(one.value)
        people = self._meet(wanted, self._people_filters())
        organisations = self._meet(wanted, self._organisation_filters())
        tables, pages, names = self._kinds(wanted.get("kind", []) + wanted.get("in", []))
        return Scope(
            people,
            organisations,
            tables,
            pages,
            names,
            max((self._day("since", value) for value in wanted.get("since", ())), default=""),
            min(filter(None, (self._day("until", value) for value in wanted.get("until", ()))), default=""),
            tuple(self._problems),
        )

    def _people_filters(self) -> Mapping[str, Callable[[str], Ids | None]]:
        return {
            "person": lambda value: self._called("person", value),
            "role": self._in_part,
            "type": lambda value: self._judged("type", "lens", "lens", value),
            "stance": self._of_stance,
            "influence": lambda value: self._judged("influence", "influence", "influence", value),
            "birthday": self._born,
        }

    def _organisation_filters(self) -> Mapping[str, Callable[[str], Ids | None]]:
        return {
            "client": lambda value: self._called("organisation", value),
            "tag": lambda value: self._with("tags", value),
            "city": lambda value: self._with("territory", value) | self._with("address", value),
            "industry": lambda value: self._with("industry", value),
        }

    def _meet(
        self, wanted: Mapping[str, list[str]], questions: Mapping[str, Callable[[str], Ids | None]]
    ) -> Ids | None:
        left: Ids | None = None
        for name, ask in questions.items():
            answers = [found for value in wanted.get(name, ()) if (found := ask(value)) is not None]
            if answers:
                either = frozenset[str]().union(*answers)
                left = either if left is None else left & either
        return left

    def _problem(self, code: str, name: str, value: str) -> None:
        self._problems.append(Message(code, {"name": self._typed.get(name, name), "value": value}))

    # --- people and organisations

    def _called(self, table: str, value: str) -> Ids:
        words = [reading.sought(self._run, self._terms, word) for word in text.query_words(value)]
        if not words:
            return frozenset()
        found = reading.Reading(self._run, self._terms, words).named((table,), 5_000)
        return frozenset(one.row_id for one in found.entries)

    def _with(self, column: str, value: str) -> Ids:
        """Organisations in which each word begins a word of a column; few enough to look at all."""
        wanted = text.words(value)
        rows = self._run.execute(f"SELECT id, {column} FROM organisation WHERE {column} NOT IN ('', '[]')")
        return frozenset(
            row[0]
            for row in rows
            if wanted and all(any(have.startswith(one) for have in text.words(row[1])) for one in wanted)
        )

    def _codes(self, name: str, vocabulary: str, value: str) -> tuple[str, ...]:
        """The codes meant by a code, a label or its beginning; said as a problem where there is none."""
        exact = self._vocabularies.code_of(vocabulary, value)
        if exact is not None:
            return (exact,)
        typed = text.fold(value)
        found = tuple(
            item.code
            for item in self._vocabularies.items(vocabulary, hidden=True)
            if any(
                word.startswith(typed)
                for label in (item.ru, item.en, *item.codes("also"))
                for word in (text.fold(label), *text.words(label))
            )
        )
        if not found:
            self._problem("search.unknown_value", name, value)
        return found

    def _in_part(self, value: str) -> Ids | None:
        codes = self._codes("role", "part", value)
        rows = "SELECT person_id FROM part WHERE code IN (SELECT value FROM json_each(?))"
        return self._ids(rows, json.dumps(codes)) if codes else None

    def _judged(self, name: str, vocabulary: str, column: str, value: str) -> Ids | None:
        codes = self._codes(name, vocabulary, value)
        rows = f"SELECT id FROM person WHERE CAST({column} AS TEXT) IN (SELECT value FROM json_each(?))"
        return self._ids(rows, json.dumps(codes)) if codes else None

    def _of_stance(self, value: str) -> Ids | None:
        if value in ("+", ">0", "<0", "-", "−", "–", "?"):
            test = {"+": "> 0", ">0": "> 0", "?": "IS NULL"}.get(value, "< 0")
            return self._ids(f"SELECT id FROM person WHERE stance {test}")
        signed = value.lstrip("+").replace("−", "-").replace("–", "-")
        return self._judged("stance", "stance", "stance", signed or value)

    def _born(self, value: str) -> Ids | None:
        month, day = self._month_and_day(value)
        if month is None:
            self._problem("search.unknown_date", _BIRTHDAY, value)
            return None
        wanted = f"{month:02d}" if day is None else f"{month:02d}-{day:02d}"
        # «1975-03-05» and «--03-05»: the month begins at the sixth or at the third sign.
        place = "CASE WHEN date LIKE '--%' THEN substr(date, 3, ?) ELSE substr(date, 6, ?) END"
        rows = f"SELECT person_id FROM fact WHERE date IS NOT NULL AND kind = '{_BIRTHDAY}' AND {place} = ?"
        return self._ids(rows, len(wanted), len(wanted), wanted)

    def _month_and_day(self, value: str) -> tuple[int | None, int | None]:
        if value.isdecimal() and 1 <= int(value) <= 12:
            return int(value), None
        if text.fold(value) in ("сегодня", "today"):
            return self._today.month, self._today.day
        found = parse_partial_date(value, self._today)
        return (None, None) if found is None else (found.month, found.day)

    def _ids(self, query: str, *parameters: object) -> Ids:
        return frozenset(row[0] for row in self._run.execute(query, parameters))

    # --- kinds and days

    def _kinds(self, values: Iterable[str]) -> tuple[frozenset[str] | None, frozenset[str] | None, bool]:
        tables: set[str] = set()
        pages: set[str] = set()
        names = False
        for value in values:
            kinds = kinds_named(value)
            if not kinds:
                self._problem("search.unknown_value", "kind", value)
            for kind in kinds:
                names = names or kind == "name"
                if kind in PAGES:
                    pages.add(kind)
                elif kind != "name":
                    tables |= {"seat", "unit"} if kind == "seat" else {kind}
        if not tables and not pages:
            return None, None, names
        return frozenset(tables), frozenset(pages), names

    def _day(self, name: str, value: str) -> str:
        """The first or last day of what was typed, as ISO; "" and a problem where it is not understood."""
        back = {
            "сегодня": 0, "today": 0, "вчера": 1, "yesterday": 1, "неделя": 7, "неделю": 7, "week": 7, "месяц": 30, "month": 30,
            "квартал": 91, "quarter": 91, "год": 365, "year": 365,
        }.get(text.fold(value))  # fmt: skip
        if back is not None:
            return (self._today - timedelta(back)).isoformat()
        found = parse_partial_date(value, self._today)
        if found is None:
            self._problem("search.unknown_date", name, value)
            return ""
        year, month = found.year, found.month
        if year is None:
            year = self._today.year - ((month or 1, found.day or 1) > (self._today.month, self._today.day))
        if name == "since":
            return f"{year:04d}-{month or 1:02d}-{found.day or 1:02d}"
        last = found.day or calendar.monthrange(year, month or 12)[1]
        return f"{year:04d}-{month or 12:02d}-{last:02d}"


# --- what the sets mean for pages ---------------------------------------------------------------------------


def employed_at(run: Any, organisations: Ids) -> Ids:
    """Who works at these organisations now."""
    rows = "SELECT person_id FROM employment WHERE is_former = 0 AND organisation_id IN (SELECT value FROM json_each(?))"
    return frozenset(row[0] for row in run.execute(rows, (json.dumps(list(organisations)),)))


def employers_of(run: Any, people: Ids) -> Ids:
    """Where these people work now."""
    rows = "SELECT organisation_id FROM employment WHERE is_former = 0 AND person_id IN (SELECT value FROM json_each(?))"
    return frozenset(row[0] for row in run.execute(rows, (json.dumps(list(people)),)))


def people_left(run: Any, scope: Scope) -> Ids | None:
    """The people that filters leave; None for all."""
    if scope.organisations is None:
        return scope.people
    there = employed_at(run, scope.organisations)
    return there if scope.people is None else there & scope.people


def organisations_left(run: Any, scope: Scope) -> Ids | None:
    """The organisations that filters leave; None for all."""
    if scope.people is None:
        return scope.organisations
    theirs = employers_of(run, scope.people)
    return theirs if scope.organisations is None else theirs & scope.organisations


def pages_left(run: Any, scope: Scope) -> dict[str, Ids]:
    """Kind of page → ids that filters leave: the people or clients themselves and what was done with them."""
    people = people_left(run, scope) or frozenset()
    if scope.people is None:
        organisations = scope.organisations or frozenset()
        asked = json.dumps(list(organisations))
        found = {"organisation": organisations, "person": people}
        for table in ("deal", "proposal", "interaction"):
            if scope.takes(table, table) or scope.tables:
                rows = f"SELECT id FROM {table} WHERE organisation_id IN (SELECT value FROM json_each(?))"
                found[table] = frozenset(row[0] for row in run.execute(rows, (asked,)))
        return found
    rows = "SELECT interaction_id FROM participant WHERE person_id IN (SELECT value FROM json_each(?))"
    talks = frozenset(row[0] for row in run.execute(rows, (json.dumps(list(people)),)))
    return {"person": people, "interaction": talks}


def is_narrow(scope: Scope) -> bool:
    """Whether filters left so few that everything on their pages can be gathered first."""
    if scope.people is not None:
        return len(scope.people) <= _FEW_PEOPLE
    return len(scope.organisations or ()) <= _FEW_ORGANISATIONS


def on_pages_left(run: Any, scope: Scope, entries: Sequence[Entry]) -> list[Entry]:
    """Of a few entries those on pages that filters left, for filters that leave too much to gather it first."""
    by_kind: dict[str, set[str]] = {}
    for one in entries:
        by_kind.setdefault(one.owner_table, set()).add(one.owner_id)
    left: set[str] = set()
    for kind, ids in by_kind.items():
        left |= _left_of(run, scope, kind, frozenset(ids))
    return [one for one in entries if one.owner_id in left]


def _left_of(run: Any, scope: Scope, kind: str, ids: Ids) -> Ids:
    asked = json.dumps(list(ids))
    if kind == "person":
        some = ids if scope.people is None else ids & scope.people
        if scope.organisations is None:
            return some
        rows = "SELECT person_id, organisation_id FROM employment WHERE is_former = 0 AND person_id IN (SELECT value FROM json_each(?))"
        return frozenset(
            row[0] for row in run.execute(rows, (asked,)) if row[0] in some and row[1] in scope.organisations
        )
    if scope.people is not None or scope.organisations is None:
        return frozenset()
    if kind == "organisation":
        return ids & scope.organisations
    if kind not in ("deal", "proposal", "interaction"):
        return frozenset()
    rows = f"SELECT id, organisation_id FROM {kind} WHERE id IN (SELECT value FROM json_each(?))"
    return frozenset(row[0] for row in run.execute(rows, (asked,)) if row[1] in scope.organisations)


def can_be_left(scope: Scope, table: str) -> bool:
    """Whether a row of this table can stand on a page that filters left: with many people, only what is theirs."""
    return scope.people is None or is_narrow(scope) or table in _ON_PEOPLE


def in_days(run: Any, table: str, scope: Scope, some: Sequence[str] | None = None) -> Ids:
    """The ids of a table, or of some of its rows, whose day lies between the days of the scope; none without days."""
    column = _DATED.get(table)
    if column is None:
        return frozenset()
    query = f"SELECT id FROM {table} WHERE {column} IS NOT NULL"
    parameters = []
    if some is not None:
        query += " AND id IN (SELECT value FROM json_each(?))"
        parameters.append(json.dumps(list(some)))
    if scope.since:
        query += f" AND {column} >= ?"
        parameters.append(scope.since)
    if scope.until:
        query += f" AND substr({column}, 1, 10) <= ?"
        parameters.append(scope.until)
    return frozenset(row[0] for row in run.execute(query, parameters))


def has_days(table: str) -> bool:
    """Whether rows of this table have a day."""
    return table in _DATED
