"""The second line of a search hit: where a person sits, whose meeting it was. One query a kind of page."""

# Plain SQL: with mapped statements these lines alone took half of the time between a key and its hits.

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Mapping
from typing import Any, Final

from kamdesk.model.tables import entity_of

_CHOSEN: Final = "IN (SELECT value FROM json_each(?))"
_LONGEST: Final = 100
_LONGEST_TITLE: Final = 80
_WITH_CLIENT: Final = "JOIN organisation o ON o.id = t.organisation_id"

_LINES: Final[Mapping[str, str]] = {
    "organisation": f"SELECT id, industry, territory FROM organisation WHERE id {_CHOSEN}",
    "person": (
        "SELECT e.person_id, s.title, o.short_name FROM employment e JOIN organisation o ON o.id = e.organisation_id "
        f"LEFT JOIN seat s ON s.id = e.seat_id WHERE e.is_former = 0 AND e.person_id {_CHOSEN} ORDER BY e.position DESC"
    ),
    "deal": f"SELECT t.id, o.short_name, t.description FROM deal t {_WITH_CLIENT} WHERE t.id {_CHOSEN}",
    "proposal": f"SELECT t.id, t.number, o.short_name FROM proposal t {_WITH_CLIENT} WHERE t.id {_CHOSEN}",
    "interaction": f"SELECT t.id, o.short_name, t.place FROM interaction t {_WITH_CLIENT} WHERE t.id {_CHOSEN}",
    "argument": f"SELECT id, product, industry FROM argument WHERE id {_CHOSEN}",
    "objection": f"SELECT id, answer, '' FROM objection WHERE id {_CHOSEN}",
    "case_study": f"SELECT id, client, industry FROM case_study WHERE id {_CHOSEN}",
    "recommender": f"SELECT id, post, organisation FROM recommender WHERE id {_CHOSEN}",
    "price_item": f"SELECT id, article, section FROM price_item WHERE id {_CHOSEN}",
    "colleague": f"SELECT id, post, topics FROM colleague WHERE id {_CHOSEN}",
    "text_template": f"SELECT id, subject, '' FROM text_template WHERE id {_CHOSEN}",
}
"""Kind of page → its id and two parts of the line."""

_DAYS: Final[Mapping[str, str]] = {
    "interaction": f"SELECT id, starts_at, kind, organisation_id FROM interaction WHERE id {_CHOSEN}",
    "proposal": f"SELECT id, date, '', organisation_id FROM proposal WHERE id {_CHOSEN}",
    "deal": f"SELECT id, NULL, '', organisation_id FROM deal WHERE id {_CHOSEN}",
}

Page = tuple[str, str]
"""Kind of page (a table) and id."""


def _by_kind(pages: Collection[Page], wanted: Collection[str]) -> dict[str, str]:
    """Kind of page → its ids as a JSON list."""
    found: dict[str, list[str]] = {}
    for table, row_id in pages:
        if table in wanted:
            found.setdefault(table, []).append(row_id)
    return {table: json.dumps(ids) for table, ids in found.items()}


def titles(run: Any, pages: Collection[Page]) -> dict[Page, str]:
    """What each page is called, in at most 80 characters; a page that is gone has no title."""
    found = {}
    for table, ids in _by_kind(pages, {table for table, _ in pages}).items():
        columns = ", ".join(entity_of(table).__title__)
        for row_id, *words in run.execute(f"SELECT id, {columns} FROM {table} WHERE id {_CHOSEN}", (ids,)):
            line = " ".join(" ".join(word or "" for word in words).split())
            short = line if len(line) <= _LONGEST_TITLE else line[: _LONGEST_TITLE - 1].rstrip() + "…"
            found[table, row_id] = short
    return found


def days(run: Any, pages: Collection[Page]) -> dict[Page, tuple[datetime.date | None, str, str]]:
    """The day of an interaction or a proposal, the code of an interaction's kind, and whose they are (a client's id)."""
    found: dict[Page, tuple[datetime.date | None, str, str]] = {}
    for table, ids in _by_kind(pages, _DAYS).items():
        for row_id, at, code, client in run.execute(_DAYS[table], (ids,)):
            found[table, row_id] = (datetime.date.fromisoformat(at[:10]) if at else None, code, client or "")
    return found


def details(run: Any, pages: Collection[Page]) -> dict[Page, str]:
    """A line of at most 100 characters; a page with nothing to say has none."""
    found: dict[Page, str] = {}
    for table, ids in _by_kind(pages, _LINES).items():
        for row_id, first, second in run.execute(_LINES[table], (ids,)):
            line = " · ".join(dict.fromkeys(" ".join(part.split()) for part in (first, second) if part))
            if line:
                found[table, row_id] = line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
    return found
