"""The driver's own connection under a SQLAlchemy one: the bookkeeping of each step runs without its overhead."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection


def raw(connection: Connection) -> Any:
    """The DBAPI connection, inside whatever transaction the SQLAlchemy one has begun."""
    return connection.connection.driver_connection


def row_of(run: Any, table: str, row_id: str) -> dict[str, Any] | None:
    """One row of a table by its id, as SQLite stores it; None where it is gone."""
    cursor = run.execute(f'SELECT * FROM "{table}" WHERE id = ?', (row_id,))
    found = cursor.fetchone()
    return (
        None
        if found is None
        else {column[0]: value for column, value in zip(cursor.description, found, strict=True)}
    )
