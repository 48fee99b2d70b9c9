"""Bringing a database to the schema of this program, with a backup before each step from a filled one.

Alembic is imported only when a step is due: it costs a third of a second at every start otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine

from kamdesk.model.messages import KamdeskError
from kamdesk.store import search

HEAD: Final = "0005"
"""The newest revision in ``migrations/versions``; a test compares."""


def current(connection: Connection) -> str | None:
    """The revision of a database; None for a new one."""
    known = connection.exec_driver_sql(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    ).first()
    if known is None:
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return None if row is None else str(row[0])


def bring_up_to_date(writer: Engine, back_up: Callable[[Any], Path]) -> bool:
    """Run the steps that are due and say whether there were any on a filled database.

    Raises KamdeskError ``vault.newer`` for a database of a newer program, which stays untouched.
    """
    with writer.connect() as connection:
        with connection.begin():
            revision = current(connection)
        if revision == HEAD:
            return False
        if revision is not None and revision > HEAD:
            raise KamdeskError("vault.newer")
        raw: Any = connection.connection.driver_connection
        if revision is not None:
            back_up(raw)
        # With foreign keys on, a batch alter silently deletes every child row.
        raw.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                _upgrade(connection)
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                if broken is not None:
                    raise KamdeskError("vault.migration_failed")
        finally:
            raw.execute("PRAGMA foreign_keys = ON")
        if revision is not None:
            with connection.begin():
                search.rebuild(connection)
    return revision is not None


def _upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the steps up to ``revision``; tests stop at an older one."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
