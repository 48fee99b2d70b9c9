"""Alembic's entry: runs the steps on the connection that ``kamdesk.store.migrate`` gives it."""

from __future__ import annotations

from alembic import context

from kamdesk.model.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
    transactional_ddl=True,
)
context.run_migrations()
