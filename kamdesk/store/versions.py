"""Version vectors: which vault changed which field how many times (architecture, decision 3).

A vector is {vault id: counter}; the counter is the id of the step, which only grows. ``*`` stands for every
field of a row that has no line of its own, so that a new row costs one line.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache

from sqlalchemy import Connection

from kamdesk.model.tables.base import entity_of, fields_of
from kamdesk.store.changes import RowChange
from kamdesk.store.raw import raw


@cache
def merge_groups(table: str) -> dict[str, str]:
    """Column name → merge group of one table; derived and structural machinery columns are left out."""
    return {
        column.name: info.group or column.name
        for column, info in fields_of(entity_of(table))
        if column.name not in ("id", "sort_key")
    }


def record(connection: Connection, vault_id: str, step_id: int, changes: Sequence[RowChange]) -> None:
    """Write the vectors of everything that one step changed."""
    run = raw(connection)
    fresh = [(c.table, c.row_id) for c in changes if c.op == "insert"]
    if fresh:
        run.executemany(
            "INSERT INTO field_version (table_name, row_id, group_name, vector) VALUES (?, ?, '*', ?) "
            "ON CONFLICT (table_name, row_id, group_name) DO UPDATE SET vector = "
            "json_set(vector, ?, ?)",
            [
                (table, row_id, json.dumps({vault_id: step_id}), f'$."{vault_id}"', step_id)
                for table, row_id in dict.fromkeys(fresh)
            ],
        )
    born = set(fresh)
    touched: dict[tuple[str, str, str], None] = {}
    for change in changes:
        if change.op != "update" or (change.table, change.row_id) in born:
            continue
        groups = merge_groups(change.table)
        for name in change.changed_columns():
            if name in groups:
                touched[change.table, change.row_id, groups[name]] = None
    for table, row_id, group in touched:
        vector = {**vector_of(connection, table, row_id, group), vault_id: step_id}
        run.execute(
            "INSERT INTO field_version (table_name, row_id, group_name, vector) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (table_name, row_id, group_name) DO UPDATE SET vector = excluded.vector",
            (table, row_id, group, json.dumps(vector, sort_keys=True)),
        )


def vector_of(connection: Connection, table: str, row_id: str, group: str) -> dict[str, int]:
    """The vector of one field; empty where the field was never received (absent is not empty)."""
    row = (
        raw(connection)
        .execute(
            "SELECT vector FROM field_version WHERE table_name = ? AND row_id = ? AND group_name IN (?, '*') "
            "ORDER BY group_name = '*' LIMIT 1",
            (table, row_id, group),
        )
        .fetchone()
    )
    return dict(json.loads(row[0])) if row else {}


def compare(ours: dict[str, int], theirs: dict[str, int]) -> str:
    """ "same", "theirs" (they dominate: take), "ours" (keep) or "concurrent" (ask)."""
    vaults = ours.keys() | theirs.keys()
    we_lead = any(ours.get(v, 0) > theirs.get(v, 0) for v in vaults)
    they_lead = any(theirs.get(v, 0) > ours.get(v, 0) for v in vaults)
    if we_lead and they_lead:
        return "concurrent"
    return "ours" if we_lead else "theirs" if they_lead else "same"
