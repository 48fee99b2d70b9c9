"""The tables as declared are the tables that the migrations make, and every column says what it is."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from kamdesk.model.fields import FieldKind
from kamdesk.model.tables import Base, entities, fields_of
from kamdesk.model.values import Sensitivity
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.resources import resources_folder
from kamdesk.store import migrate

ENTITIES = entities()


def test_migrations_make_what_is_declared(real_steps, store) -> None:
    def work(db):
        context = MigrationContext.configure(
            db,
            opts={
                "include_name": lambda name, kind, parents: (
                    not (name or "").startswith(("search_name", "search_word"))
                )
            },
        )
        return migrate.current(db), compare_metadata(context, Base.metadata)

    revision, differences = store.on_writer(work)
    assert revision == migrate.HEAD
    assert [one for one in differences if "alembic_version" not in str(one)] == []


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.__tablename__)
def test_every_column_is_declared(entity) -> None:
    vocabularies = Vocabularies.load(resources_folder() / "vocabulary.json")
    assert entity.__label__ and entity.__collection__
    columns = {column.name for column in entity.__table__.columns}
    for names in (entity.__parents__, entity.__ends__, entity.__title__, entity.__sorted_by__):
        assert set(names) <= columns
    for column, info in fields_of(entity):
        assert info.label or info.hidden or info.kind is FieldKind.LINK, f"{column} has no label"
        if info.vocabulary:
            assert vocabularies.codes(info.vocabulary), column
        for key in column.foreign_keys:
            assert info.kind is FieldKind.LINK and key.deferrable and key.ondelete, column
            assert column.index, f"{column}: a link without an index makes deletions slow"
        if info.kind is FieldKind.LINK and column.name != "id":
            assert column.foreign_keys, column
        if info.required:
            assert not column.nullable, column


def test_nothing_is_open_by_accident() -> None:
    """What tells of a person's judgement is private, whatever else changes."""
    private = {
        (entity.__tablename__, column.name)
        for entity in ENTITIES
        for column, info in fields_of(entity)
        if info.sensitivity is Sensitivity.PRIVATE
    }
    assert {
        ("person", name)
        for name in ("lens", "influence", "stance", "stance_evidence", "favours_id", "ladder_now")
    } <= private
    assert {("note", "text"), ("relationship", "kind"), ("part", "code"), ("criterion", "code")} <= private


def test_triggers_record_every_table(store) -> None:
    names = store.on_writer(
        lambda db: set(
            db.exec_driver_sql("SELECT name FROM temp.sqlite_master WHERE type = 'trigger'").scalars()
        )
    )
    assert names == {
        f"record_{entity.__tablename__}_{op}" for entity in ENTITIES for op in ("insert", "update", "delete")
    }
