"""Indexes for Today: the few rows that are open or near, among all that were ever recorded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_OPEN = (
    ("ix_interaction_planned", "interaction", ["starts_at"], "state = 'planned'"),
    ("ix_interaction_next_step", "interaction", ["next_step_on"], "next_step_on IS NOT NULL AND next_step_done_on IS NULL"),
    ("ix_interaction_open_matter", "interaction", ["starts_at"], "kind IN ('complaint', 'request') AND settled_on IS NULL"),
    ("ix_promise_open", "promise", ["due"], "done_on IS NULL"),
    ("ix_person_cadence", "person", ["cadence_days"], "cadence_days IS NOT NULL"),
    ("ix_fact_dated", "fact", ["kind", "date", "person_id"], "date IS NOT NULL"),
    ("ix_fact_review", "fact", ["review_by", "person_id"], "review_by IS NOT NULL"),
    ("ix_statement_review", "statement", ["review_by", "organisation_id"], "review_by IS NOT NULL"),
)  # fmt: skip


def upgrade() -> None:
    """Add them, and let the index of "when last" answer which kind it was."""
    for name, table, columns, condition in _OPEN:
        op.create_index(name, table, columns, unique=False, sqlite_where=sa.text(condition))
    op.drop_index("ix_interaction_when", "interaction")
    op.create_index("ix_interaction_when", "interaction", ["id", "state", "starts_at", "kind"], unique=False)
