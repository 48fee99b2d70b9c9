"""Tables of the machinery: history, versions, identity, search. They are not entities and are not themselves recorded."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from kamdesk.model.tables.base import Base

metadata = Base.metadata

step = Table(
    "step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", Text, nullable=False),  # Message code of the intention
    Column("params", Text, nullable=False),  # JSON of its parameters
    Column("at", Text, nullable=False),  # UTC, ISO 8601
    Column("kind", Text, nullable=False),  # do, undo, redo, cut
    Column("reverts", Integer),  # the step an undo or redo answers to
    Column("undone", Integer, nullable=False, default=0),
    Column("visit", Text, nullable=False, default=""),  # one visit to a field is one step
)

change = Table(
    "change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("step_id", Integer, nullable=False),
    Column("table_name", Text, nullable=False),
    Column("row_id", Text, nullable=False),
    Column("op", Text, nullable=False),  # insert, update, delete
    Column("before", Text),  # JSON of the row; null for an insert
    Column("after", Text),  # JSON of the row; null for a delete
    Index("ix_change_step_id", "step_id"),
    Index("ix_change_row", "table_name", "row_id"),
)

field_version = Table(
    "field_version",
    metadata,
    Column("table_name", Text, primary_key=True),
    Column("row_id", Text, primary_key=True),
    Column("group_name", Text, primary_key=True),  # "*" covers every group without a line of its own
    Column("vector", Text, nullable=False),  # JSON {vault id: counter}
    sqlite_with_rowid=False,
)

draft = Table(
    "draft",
    metadata,
    Column("key", Text, primary_key=True),  # where it was being typed
    Column("text", Text, nullable=False),
    Column("at", Text, nullable=False),
)

vault_setting = Table(
    "vault_setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),  # JSON
)

search_entry = Table(
    "search_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("table_name", Text, nullable=False),
    Column("row_id", Text, nullable=False),
    Column("owner_table", Text, nullable=False),  # the page a hit opens
    Column("owner_id", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_search_entry_row", "table_name", "row_id", unique=True),
    Index("ix_search_entry_owner", "owner_id"),
)

search_term = Table(
    "search_term",
    metadata,
    Column("id", Integer, primary_key=True),  # never used twice, so that a reader sees what is new
    Column("term", Text, nullable=False),  # a word that stands in the index
    Column("stem", Text, nullable=False),  # what its forms have in common; "" where that is the word itself
    Index("ix_search_term_term", "term", unique=True),
    Index("ix_search_term_stem", "stem"),
    sqlite_autoincrement=True,
)
