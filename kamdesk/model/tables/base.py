"""The one place where entities are declared: identity, sort keys, and the declarations as other parts read them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from functools import cache
from typing import Any, ClassVar, cast

from sqlalchemy import Column, MetaData, Table, Text, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Mapper, mapped_column

from kamdesk.model.fields import FieldKind, FieldSpec
from kamdesk.model.tables.columns import STRUCTURAL, FieldInfo, Search


def new_id() -> str:
    """A fresh id for a row: a random UUID, for life and across vaults."""
    return str(uuid.uuid4())


def collation_key(*parts: str) -> str:
    """The order of a Russian or English list: case ignored, Ё right after Е, Latin before Cyrillic."""
    joined = "\x1f".join(parts).casefold()
    # U+04FF sorts behind every Russian letter, so «ё» falls after all that begin with «е» and before «ж».
    return joined.replace("ё", "е\u04ff")


class Base(DeclarativeBase):
    """The metadata with names for every constraint, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Entity(Base):
    """A row with an identity of its own. Subclasses say in class attributes what the generic parts need.

    ``__label__`` is the English source of the noun, ``__collection__`` its plural in the open dossier format,
    ``__parents__`` the link columns whose row this one belongs to (first one that is filled counts),
    ``__ends__`` the link columns whose rows both tighten the sensitivity, ``__title__`` the columns that name
    the row to a person, ``__sorted_by__`` the columns of the stored sort key, ``__page__`` whether it has a page of
    its own, which a search hit in it or below it opens.
    """

    __abstract__ = True
    __label__: ClassVar[str] = ""
    __collection__: ClassVar[str] = ""
    __parents__: ClassVar[tuple[str, ...]] = ()
    __ends__: ClassVar[tuple[str, ...]] = ()
    __title__: ClassVar[tuple[str, ...]] = ()
    __sorted_by__: ClassVar[tuple[str, ...]] = ()
    __page__: ClassVar[bool] = False

    id: Mapped[str] = mapped_column(
        Text,
        primary_key=True,
        default=new_id,
        info={"field": FieldInfo(FieldKind.LINK, "", STRUCTURAL, hidden=True)},
    )


@event.listens_for(Entity, "before_insert", propagate=True)
@event.listens_for(Entity, "before_update", propagate=True)
def _store_sort_key(mapper: Mapper[Any], connection: object, row: Any) -> None:
    """Keep the stored sort key in step with the columns it is made of."""
    if row.__sorted_by__:
        row.sort_key = collation_key(*(str(getattr(row, name) or "") for name in row.__sorted_by__))


@cache
def entities() -> tuple[type[Entity], ...]:
    """All declared entities, parents before children."""
    import kamdesk.model.tables  # noqa: F401 (declares them)

    by_table = {str(mapper.class_.__tablename__): mapper.class_ for mapper in Base.registry.mappers}
    return tuple(
        by_table[table.name]
        for table in Base.metadata.sorted_tables
        if table.name in by_table and issubclass(by_table[table.name], Entity)
    )


@cache
def entity_of(table: str) -> type[Entity]:
    """The entity stored in ``table``. Raises KeyError for a name that is not an entity's."""
    for entity in entities():
        if entity.__tablename__ == table:
            return entity
    raise KeyError(table)


def fields_of(entity: type[Entity]) -> Iterator[tuple[Column[Any], FieldInfo]]:
    """The columns of an entity with what they say about themselves. Raises KeyError for an undeclared one."""
    table = cast(Table, entity.__table__)
    for column in table.columns:
        yield column, column.info["field"]


def spec_of(column: Column[Any]) -> FieldSpec:
    """The declaration of one column as the plain value that forms and other layers use."""
    info: FieldInfo = column.info["field"]
    return FieldSpec(column.name, info.label, info.kind, info.vocabulary, info.required, info.sensitivity)


__all__ = [
    "Base",
    "Entity",
    "FieldInfo",
    "Search",
    "collation_key",
    "entities",
    "entity_of",
    "fields_of",
    "new_id",
    "spec_of",
]
