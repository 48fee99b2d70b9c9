"""Making two rows one inside a step: everything that points at the row that goes points at the one that stays.

Follows every link of the declarations, so that a new entity is merged without a line of code. What the triggers
record of it is the step's undo.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any, Final

from sqlalchemy import Connection

from kamdesk.model.tables.base import entities, entity_of, new_id
from kamdesk.rules import merge
from kamdesk.store import versions
from kamdesk.store.raw import raw, row_of

_SPELT: Final = (
    ("external_key", "row_id"),
    ("external_key", "value"),
    ("alias", "kept_id"),
    ("agenda_mark", "key"),
    ("preference", "key"),
    ("preference", "value"),
)
"""Columns that name a row of any table by its id inside a text; a UUID stands there for nothing else."""
NOT_SAME: Final = "not_same"
"""The kind of ``external_key`` by which two records were declared two: ``row_id`` and ``value`` are their ids."""


@cache
def links_to(table: str) -> tuple[tuple[str, str], ...]:
    """Every (table, column) that holds ids of rows of ``table``."""
    return tuple(
        (entity.__tablename__, column.name)
        for entity in entities()
        for column in entity.__table__.columns
        if any(key.column.table.name == table for key in column.foreign_keys)
    )


def absorb(
    connection: Connection, vault_id: str, table: str, stays: str, goes: str, decided: Collection[str] = ()
) -> None:
    """Make row ``goes`` part of row ``stays``: links, doubles below it, the alias, the vectors; then it is deleted.

    ``decided`` are the merge groups in which somebody chose between two values: our choice is newer than both.
    """
    run = raw(connection)
    moved = list(_relink(run, table, stays, goes))
    _break_rings(run, table, stays, goes)
    if table == "proposal_reader":
        _same_reader(run, stays, goes)
    join_vectors(connection, vault_id, table, stays, goes, decided)
    run.execute(f'DELETE FROM "{table}" WHERE id = ?', (goes,))
    run.execute(
        "INSERT INTO alias (id, table_name, old_id, kept_id) VALUES (?, ?, ?, ?)",
        (new_id(), table, goes, stays),
    )
    run.execute("DELETE FROM external_key WHERE kind = ? AND row_id = value", (NOT_SAME,))
    for child, row_id in dict.fromkeys(moved):
        _join_double(connection, vault_id, child, row_id)


def put(run: Any, table: str, row_id: str, values: dict[str, Any]) -> None:
    """Set stored values of one row."""
    if values:
        pairs = ", ".join(f'"{name}" = ?' for name in values)
        run.execute(f'UPDATE "{table}" SET {pairs} WHERE id = ?', (*values.values(), row_id))


def _relink(run: Any, table: str, stays: str, goes: str) -> Iterator[tuple[str, str]]:
    for child, column in links_to(table):
        ids = [row[0] for row in run.execute(f'SELECT id FROM "{child}" WHERE "{column}" = ?', (goes,))]
        if ids:
            run.execute(f'UPDATE "{child}" SET "{column}" = ? WHERE "{column}" = ?', (stays, goes))
            yield from ((child, row_id) for row_id in ids)
    for child, column in _SPELT if entity_of(table).__page__ else ():
        found = run.execute(f'SELECT id FROM "{child}" WHERE instr("{column}", ?) > 0', (goes,)).fetchall()
        for (row_id,) in found:
            run.execute(
                f'UPDATE "{child}" SET "{column}" = replace("{column}", ?, ?) WHERE id = ?',
                (goes, stays, row_id),
            )
            yield child, row_id


def _join_double(connection: Connection, vault_id: str, table: str, row_id: str) -> None:
    """Join one moved row with the row that already says the same, or drop a tie that has lost one of its ends."""
    run = raw(connection)
    row = row_of(run, table, row_id)
    if row is None:
        return
    ends = merge.ENDS_APART.get(table)
    if ends is not None and row[ends[0]] == row[ends[1]]:
        run.execute(f'DELETE FROM "{table}" WHERE id = ?', (row_id,))
        return
    rule = merge.DOUBLES.get(table)
    if rule is None:
        return
    same = " AND ".join(f'"{name}" IS ?' for name in rule.key)
    others = run.execute(
        f'SELECT id FROM "{table}" WHERE {same} AND id <> ? ORDER BY id',
        (*(row[n] for n in rule.key), row_id),
    ).fetchall()
    for (other_id,) in others:
        other = row_of(run, table, other_id)
        if other is not None and merge.are_doubles(table, other, row):
            put(run, table, other_id, merge.joined(table, other, row))
            absorb(connection, vault_id, table, other_id, row_id)
            return


def _break_rings(run: Any, table: str, stays: str, goes: str) -> None:
    """A row that would stand above itself takes the place of the one that goes, or stands on top."""
    for child, column in links_to(table):
        if child != table:
            continue
        gone = row_of(run, table, goes)
        for above in (gone[column] if gone else None, None):
            if not _is_ring(run, table, column, stays):
                break
            run.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?', (above, stays))


def _is_ring(run: Any, table: str, column: str, start: str) -> bool:
    seen: set[str] = set()
    at: str | None = start
    while at is not None and at not in seen:
        seen.add(at)
        found = run.execute(f'SELECT "{column}" FROM "{table}" WHERE id = ?', (at,)).fetchone()
        at = found[0] if found else None
        if at == start:
            return True
    return False


def _same_reader(run: Any, stays: str, goes: str) -> None:
    """What a document told by reader is told to the reader who stays: else sending it would tell nobody."""
    found = run.execute("SELECT id, reasons FROM document WHERE instr(reasons, ?) > 0", (goes,)).fetchall()
    for row_id, reasons in found:
        told: dict[str, list[str]] = json.loads(reasons)
        theirs = told.pop(goes, [])
        told[stays] = list(dict.fromkeys([*told.get(stays, []), *theirs]))
        run.execute("UPDATE document SET reasons = ? WHERE id = ?", (json.dumps(told), row_id))
    # One letter of a kind goes out to one reader: the one made last, one that was edited by hand before any other.
    current = run.execute(
        "SELECT id, kind FROM document WHERE reader_id = ? AND is_current "
        "ORDER BY hand_edited DESC, made_at DESC, version DESC, id",
        (stays,),
    ).fetchall()
    first = {kind: row_id for row_id, kind in reversed(current)}
    for row_id, kind in current:
        if row_id != first[kind]:
            run.execute("UPDATE document SET is_current = 0 WHERE id = ?", (row_id,))


def join_vectors(
    connection: Connection, vault_id: str, table: str, stays: str, goes: str, decided: Collection[str]
) -> None:
    """The vectors of the row that stays know all that was known of both, and of ``decided`` groups this step too."""
    run = raw(connection)
    names = {
        row[0]
        for row in run.execute(
            "SELECT group_name FROM field_version WHERE table_name = ? AND row_id IN (?, ?)",
            (table, stays, goes),
        )
    }
    step = run.execute("SELECT id FROM current_step").fetchone()[0]
    vectors = {}
    for name in {*names, *decided}:
        vector = dict(versions.vector_of(connection, table, stays, name))
        for vault, count in versions.vector_of(connection, table, goes, name).items():
            vector[vault] = max(count, vector.get(vault, 0))
        if name in decided:
            vector[vault_id] = step
        vectors[name] = vector
    run.executemany(
        "INSERT INTO field_version (table_name, row_id, group_name, vector) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (table_name, row_id, group_name) DO UPDATE SET vector = excluded.vector",
        [(table, stays, name, json.dumps(vector, sort_keys=True)) for name, vector in vectors.items()],
    )
