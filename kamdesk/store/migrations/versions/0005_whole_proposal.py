"""Proposals whole: alternatives, assumptions, price list, texts of letters, steps after sending, concessions, forms of names."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_FORMS = {
    "person": ("courtesy_title", "initials", "written_name"),
    "organisation": ("legal_name_instrumental",),
}


def upgrade() -> None:
    """Add what proposals lacked; a row that was there stays as it is."""
    op.create_table(
        "price_item",
        sa.Column("price_list", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("price", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("vat", sa.Text(), nullable=True),
        sa.Column("valid_until", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_item")),
    )
    with op.batch_alter_table("price_item") as batch_op:
        batch_op.create_index(batch_op.f("ix_price_item_article"), ["article"], unique=False)

    op.create_table(
        "text_template",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_template")),
    )
    op.create_table(
        "assumption",
        sa.Column("proposal_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("low", sa.Text(), nullable=True),
        sa.Column("high", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposal.id"],
            name=op.f("fk_assumption_proposal_id_proposal"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assumption")),
    )
    with op.batch_alter_table("assumption") as batch_op:
        batch_op.create_index(batch_op.f("ix_assumption_proposal_id"), ["proposal_id"], unique=False)

    op.create_table(
        "concession",
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("deal_id", sa.Text(), nullable=True),
        sa.Column("proposal_id", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("got", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Text(), nullable=True),
        sa.Column("cost", sa.Text(), nullable=True),
        sa.Column("worth", sa.Text(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deal_id"],
            ["deal.id"],
            name=op.f("fk_concession_deal_id_deal"),
            ondelete="SET NULL",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_concession_organisation_id_organisation"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_concession_person_id_person"),
            ondelete="SET NULL",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposal.id"],
            name=op.f("fk_concession_proposal_id_proposal"),
            ondelete="SET NULL",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concession")),
    )
    with op.batch_alter_table("concession") as batch_op:
        batch_op.create_index(batch_op.f("ix_concession_deal_id"), ["deal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_concession_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_concession_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_concession_proposal_id"), ["proposal_id"], unique=False)

    op.create_table(
        "follow_up",
        sa.Column("proposal_id", sa.Text(), nullable=False),
        sa.Column("interaction_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("done_on", sa.Text(), nullable=True),
        sa.Column("skipped", sa.Boolean(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interaction.id"],
            name=op.f("fk_follow_up_interaction_id_interaction"),
            ondelete="SET NULL",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposal.id"],
            name=op.f("fk_follow_up_proposal_id_proposal"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
    )
    with op.batch_alter_table("follow_up") as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_interaction_id"), ["interaction_id"], unique=False)
        batch_op.create_index(
            "ix_follow_up_open",
            ["due_on"],
            unique=False,
            sqlite_where=sa.text("done_on IS NULL AND skipped = 0"),
        )
        batch_op.create_index(batch_op.f("ix_follow_up_proposal_id"), ["proposal_id"], unique=False)

    op.create_table(
        "objection_use",
        sa.Column("objection_id", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("interaction_id", sa.Text(), nullable=True),
        sa.Column("heard_on", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interaction.id"],
            name=op.f("fk_objection_use_interaction_id_interaction"),
            ondelete="SET NULL",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["objection_id"],
            ["objection.id"],
            name=op.f("fk_objection_use_objection_id_objection"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_objection_use_organisation_id_organisation"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_objection_use_person_id_person"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_use")),
    )
    with op.batch_alter_table("objection_use") as batch_op:
        batch_op.create_index(batch_op.f("ix_objection_use_interaction_id"), ["interaction_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_objection_use_objection_id"), ["objection_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_objection_use_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_objection_use_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("argument") as batch_op:
        batch_op.add_column(sa.Column("variant_of_id", sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f("ix_argument_variant_of_id"), ["variant_of_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_argument_variant_of_id_argument"),
            "argument",
            ["variant_of_id"],
            ["id"],
            ondelete="SET NULL",
            initially="DEFERRED",
            deferrable=True,
        )

    with op.batch_alter_table("benefit_item") as batch_op:
        batch_op.add_column(sa.Column("assumption_id", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("spread", sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f("ix_benefit_item_assumption_id"), ["assumption_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_benefit_item_assumption_id_assumption"),
            "assumption",
            ["assumption_id"],
            ["id"],
            ondelete="SET NULL",
            initially="DEFERRED",
            deferrable=True,
        )

    with op.batch_alter_table("dispatch") as batch_op:
        batch_op.add_column(sa.Column("recipient", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("origin", sa.Text(), nullable=False, server_default="made"))

    with op.batch_alter_table("interaction") as batch_op:
        batch_op.add_column(sa.Column("initiative", sa.Text(), nullable=False, server_default=""))

    with op.batch_alter_table("objection") as batch_op:
        batch_op.add_column(sa.Column("variant_of_id", sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f("ix_objection_variant_of_id"), ["variant_of_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_objection_variant_of_id_objection"),
            "objection",
            ["variant_of_id"],
            ["id"],
            ondelete="SET NULL",
            initially="DEFERRED",
            deferrable=True,
        )

    with op.batch_alter_table("offer_item") as batch_op:
        batch_op.add_column(sa.Column("alternative", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("article", sa.Text(), nullable=False, server_default=""))

    with op.batch_alter_table("proposal") as batch_op:
        batch_op.add_column(sa.Column("superseded_by_id", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("total_discount", sa.Text(), nullable=True))
        batch_op.add_column(
            sa.Column("total_discount_kind", sa.Text(), nullable=False, server_default="percent")
        )
        batch_op.add_column(sa.Column("recommended", sa.Text(), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_proposal_superseded_by_id"), ["superseded_by_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_proposal_superseded_by_id_proposal"),
            "proposal",
            ["superseded_by_id"],
            ["id"],
            ondelete="SET NULL",
            initially="DEFERRED",
            deferrable=True,
        )

    with op.batch_alter_table("stage") as batch_op:
        batch_op.add_column(sa.Column("result", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("payment", sa.Text(), nullable=True))

    with op.batch_alter_table("template") as batch_op:
        batch_op.add_column(sa.Column("table_pattern", sa.Boolean(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("is_default", sa.Boolean(), nullable=False, server_default="0"))

    for table, names in _FORMS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=""))
