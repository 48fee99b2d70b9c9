"""Every migration is run on a filled vault: SQLite forgives in an empty table what it refuses in a filled one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import entities, fields_of
from kamdesk.store import migrate
from kamdesk.store.connection import connect, make_engine
from kamdesk.store.vault import Vault
from tests.store.conftest import add_person

VERSIONS = sorted(
    path.name.partition("_")[0]
    for path in Path(migrate.__file__).parent.glob("migrations/versions/[0-9]*.py")
)


ANY = "[]"
"""Fits every column of text: words, a list of codes, and, being the same everywhere, an id and a link to it."""


def _fill(connection: sa.Connection) -> None:
    """A row in every table as it was then."""
    metadata = sa.MetaData()
    metadata.reflect(connection, only=lambda name, _: not name.startswith(("search_", "alembic_")))
    for table in metadata.sorted_tables:
        values = {
            column.name: 1 if isinstance(column.type, (sa.Integer, sa.Boolean)) else ANY
            for column in table.columns
            if not column.nullable or column.foreign_keys
        }
        connection.execute(table.insert().values(**values))


def _counts(connection: sa.Connection) -> dict[str, int]:
    names = sa.inspect(connection).get_table_names()
    return {
        name: connection.execute(sa.text(f'SELECT count(*) FROM "{name}"')).scalar_one()
        for name in names
        if not name.startswith(("search_", "alembic_"))
    }


@pytest.mark.parametrize("start", VERSIONS)
def test_a_filled_vault_of_every_version_comes_up_to_date(start: str, tmp_path: Path) -> None:
    """No step loses a row, leaves a link without its target, or an empty value where the declaration allows none."""
    engine = make_engine(lambda: connect(tmp_path / "data.db", bytes(32), create=True), write=True)
    with engine.connect() as connection:
        with connection.begin():
            migrate._upgrade(connection, start)  # noqa: SLF001 (how an older program left the file)
        with connection.begin():
            _fill(connection)
            before = _counts(connection)
    migrate.bring_up_to_date(engine, lambda _raw: tmp_path)
    with engine.connect() as connection, connection.begin():
        after = _counts(connection)
        assert {name: after[name] for name in before if name in after} == {
            name: count for name, count in before.items() if name in after
        }
        for entity in entities():
            columns = " OR ".join(
                f'"{column.name}" IS NULL' for column, _ in fields_of(entity) if not column.nullable
            )
            empty = connection.exec_driver_sql(f'SELECT 1 FROM "{entity.__tablename__}" WHERE {columns}')
            assert empty.first() is None, entity
    engine.dispose()


def test_a_step_that_does_not_fit_is_not_told_as_damage(
    vault: Vault, opened: Callable[..., Vault], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing is changed: the next program opens the vault."""
    add_person(vault.store, "Иванов")
    folder = vault.folder
    vault.close()

    def fails(connection: sa.Connection, revision: str = "head") -> None:
        connection.exec_driver_sql("ALTER TABLE person ADD COLUMN nickname TEXT NOT NULL")

    with monkeypatch.context() as patched:
        patched.setattr(migrate, "HEAD", "9999")
        patched.setattr(migrate, "_upgrade", fails)
        with pytest.raises(KamdeskError) as told:
            opened(folder)
    assert told.value.message.code == "vault.migration_failed"
    opened(folder)
