"""The words of the search index, with their stems; the index itself is made anew after every step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of words, and a way from a page to its entries."""
    op.create_table(
        "search_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("stem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_term")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_search_term_term", "search_term", ["term"], unique=True)
    op.create_index("ix_search_term_stem", "search_term", ["stem"], unique=False)
    op.create_index("ix_search_entry_owner", "search_entry", ["owner_id"], unique=False)
