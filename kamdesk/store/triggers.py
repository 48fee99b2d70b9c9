"""The change record: TEMP triggers made from the declarations when the writer opens (architecture, decision 2).

Triggers see what the ORM's events miss: bulk updates, cascades, old values of expired attributes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from sqlalchemy import Connection, Table

from kamdesk.model.tables.base import Entity, entities


def _row_json(entity: type[Entity], alias: str) -> str:
    pairs = ", ".join(
        f"'{column.name}', {alias}.\"{column.name}\"" for column in cast(Table, entity.__table__).columns
    )
    return f"json_object({pairs})"


def _statements() -> Iterator[str]:
    yield "CREATE TEMP TABLE current_step (id INTEGER NOT NULL)"
    yield "INSERT INTO current_step VALUES (0)"
    for entity in entities():
        table = entity.__tablename__
        old, new = _row_json(entity, "OLD"), _row_json(entity, "NEW")
        columns = [column.name for column in cast(Table, entity.__table__).columns]
        changed = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in columns)
        for op, when, row, before, after in (
            ("insert", "", "NEW", "NULL", new),
            ("update", f"WHEN {changed} ", "NEW", old, new),
            ("delete", "", "OLD", old, "NULL"),
        ):
            yield (
                f'CREATE TEMP TRIGGER "record_{table}_{op}" AFTER {op.upper()} ON main."{table}" {when}BEGIN '
                "INSERT INTO change (step_id, table_name, row_id, op, before, after) "
                f"VALUES ((SELECT id FROM current_step), '{table}', {row}.id, '{op}', {before}, {after}); END"
            )


def install(connection: Connection) -> None:
    """Create the triggers on the writer's connection; they live as long as it does."""
    for statement in _statements():
        connection.exec_driver_sql(statement)
