"""Between the rows of the service and the rows of the grid: keys, columns, and which stored row a typed one has become."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kamdesk.desktop.kit import Kit, Option
from kamdesk.desktop.models.grid_cells import read_cell
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.widgets.edit_grid import CellKind, GridColumn, GridRow
from kamdesk.services.group import GroupRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from kamdesk.bootstrap import Workplace

SEAT = "seat:"
_BOSS = (
    "manager",
    "boss",
    "reports to",
    "подчиняется",
    "кому подчиняется",
    "подчинение",
    "начальник",
    "руководитель",
)
_NUMBERS = ("influence", "stance")
STORED_IN = {
    "name": ("person", "family_name"), "title": ("seat", "title"), "reports_to": ("seat", "reports_to_id"),
    "lens": ("person", "lens"), "influence": ("person", "influence"), "stance": ("person", "stance"),
}  # fmt: skip
"""The table and the field that a column is stored in, where it is one."""


def key_of(row: GroupRow) -> str:
    """The key of a stored row: the person's id, or the seat's where nobody sits."""
    return row.person_id or f"{SEAT}{row.seat_id}"


def group_columns(
    kit: Kit,
    said: Said,
    names: Callable[[], Sequence[str]],
    parts: Callable[[], Sequence[Option]] | None = None,
) -> tuple[GridColumn, ...]:
    """The columns of D17. ``names`` gives who can be reported to, ``parts`` which parts are offered."""
    _ = kit.words.gettext

    def codes(vocabulary: str) -> Callable[[], Sequence[Option]]:
        return lambda: said.options(vocabulary)

    def words(vocabulary: str) -> Callable[[str], str]:
        labels = GridColumn(vocabulary, str, CellKind.CHOICE, options=codes(vocabulary))

        def read(text: str) -> str:
            clean = text.replace("−", "-")
            known = said.vocabularies().code_of
            found = known(vocabulary, clean) or known(vocabulary, clean.removeprefix("+"))
            return found or str(read_cell(labels, text, kit.typed))

        return read

    read_part = words("part")

    def read_parts(text: str) -> tuple[str, ...]:
        given = [part.strip() for part in text.replace(";", ",").split(",")]
        return tuple(dict.fromkeys(read_part(part) for part in given if part))

    return (
        GridColumn("name", lambda: _("Full name"), width=190),
        GridColumn("title", lambda: _("Job title"), width=170),
        GridColumn("reports_to", lambda: _("Reports to"), width=124, suggest=names, names=_BOSS),
        GridColumn("lens", lambda: _("Type"), CellKind.CHOICE, options=codes("lens"), read=words("lens"), width=98),
        GridColumn(
            "parts", lambda: _("Part"), CellKind.CODES, options=parts or codes("part"), read=read_parts, width=120
        ),
        GridColumn(
            "influence", lambda: _("Influence"), CellKind.CHOICE, options=codes("influence"),
            read=words("influence"), width=94,
        ),
        GridColumn(
            "stance", lambda: _("Attitude"), CellKind.CHOICE, options=codes("stance"), read=words("stance"),
            width=122,
        ),
        GridColumn("phone", lambda: _("Phone"), width=132),
        GridColumn("email", lambda: _("E-mail"), width=170),
    )  # fmt: skip


def to_grid(row: GroupRow) -> GridRow:
    """A stored row as the grid shows it."""
    return GridRow(
        key_of(row),
        {
            "name": row.name,
            "title": row.title,
            "reports_to": row.reports_to,
            "lens": row.lens,
            "parts": row.parts,
            "influence": "" if row.influence is None else str(row.influence),
            "stance": "" if row.stance is None else str(row.stance),
            "phone": row.phone,
            "email": row.email,
        },
    )


def to_stored(row: GridRow, known: GroupRow | None) -> GroupRow:
    """A row of the grid as the service takes it; ``known`` is what was stored under its key."""
    values: dict[str, Any] = dict(row.values)
    for name in _NUMBERS:
        values[name] = int(values[name]) if values.get(name) not in (None, "") else None
    base = known or GroupRow()
    return replace(base, **{name: values[name] for name in values})


def load(place: Workplace, organisation_id: str) -> tuple[GroupRow, ...]:
    """The group with Latin names in their own order, so that a name that is saved again stays what it was."""
    people = place.people.list(organisation_id)
    names = {row.id: shown_name(row.name) for row in people}
    turned = {row.name.full(): shown_name(row.name) for row in people}
    return tuple(
        replace(
            row,
            name=names.get(row.person_id or "", row.name),
            reports_to=turned.get(row.reports_to, row.reports_to),
        )
        for row in place.group.rows(organisation_id)
    )


def draft_key(organisation_id: str) -> str:
    """Under which key the cells of a client that are not stored are kept."""
    return f"group:{organisation_id}"


def unstored(
    rows: Sequence[GridRow], wrong: Iterable[tuple[str, str]], stored: Mapping[str, GroupRow]
) -> tuple[str, int]:
    """The cells that are not stored, as JSON ("" for none), and how many they are.

    ``wrong`` are the cells that the service refused; a row that is not in ``stored`` is kept whole.
    """
    refused = set(wrong)
    kept: list[dict[str, Any]] = []
    count = 0
    for row in rows:
        texts = {column: row.values.get(column) for key, column in refused if key == row.key}
        if not row.drafts and not texts:
            continue
        count += len(row.drafts) + len(texts)
        known = row.key in stored
        values = {} if known else dict(row.values)
        kept.append({"key": row.key, "drafts": dict(row.drafts), "refused": texts, "values": values})
    return (json.dumps(kept, ensure_ascii=False) if kept else ""), count


def with_unstored(rows: Sequence[GridRow], text: str) -> tuple[list[GridRow], set[tuple[str, str]]]:
    """The rows with what :func:`unstored` kept of them, and the cells that were refused."""
    shown = {row.key: row for row in rows}
    refused: set[tuple[str, str]] = set()
    for kept in json.loads(text):
        key = kept["key"]
        if key not in shown and not kept["values"]:
            continue  # the person was taken out meanwhile
        row = shown.get(key) or _stored_meanwhile(shown.values(), kept["values"])
        if row is None:
            row = GridRow(key, {**kept["values"], "parts": tuple(kept["values"].get("parts") or ())})
        key = row.key
        for column, value in kept["refused"].items():
            row = row.with_cell(column, tuple(value) if isinstance(value, list) else value)
            refused.add((key, column))
        for column, typed in kept["drafts"].items():
            row = row.with_draft(column, typed)
        shown[key] = row
    return list(shown.values()), refused


def _stored_meanwhile(rows: Iterable[GridRow], values: Mapping[str, Any]) -> GridRow | None:
    """The row that a new one became while the page was being left."""
    words = [_folded(str(values.get(name) or "")) for name in ("name", "title")]
    same = (
        row
        for row in rows
        if [_folded(str(row.values.get(name) or "")) for name in ("name", "title")] == words
    )
    return next(same, None) if any(words) else None


def became(
    given: Iterable[tuple[str, GroupRow]], stored: Mapping[str, GroupRow], known: Iterable[str]
) -> dict[str, str]:
    """For each given key that is not stored under itself: the key it is stored under now, found by name, then by title."""
    free = {key: row for key, row in stored.items() if key not in set(known)}
    found: dict[str, str] = {}
    for key, row in given:
        if key in stored:
            continue
        same = [other for other, candidate in free.items() if _same(row, candidate)]
        if same:
            found[key] = same[0]
            del free[same[0]]
    return found


def _same(typed: GroupRow, stored: GroupRow) -> bool:
    if bool(typed.name.strip()) != (stored.person_id is not None):
        return False
    if not typed.name.strip():
        return _folded(typed.title) == _folded(stored.title)
    one, two = (
        set(_folded(typed.name).replace(".", " ").split()),
        set(_folded(stored.name).replace(".", " ").split()),
    )
    return one == two or bool(typed.email and typed.email == stored.email) or len(one & two) >= 2


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())
