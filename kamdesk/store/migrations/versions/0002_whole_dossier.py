"""Deals, statements, expected changes, attachments, maps, own fields, reminders: the whole dossier."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what the dossier lacked; a row that was there stays as it is."""
    op.create_table(
        "custom_field",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("label_ru", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("sensitivity", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custom_field")),
    )
    op.create_table(
        "preference",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preference")),
    )
    op.create_index(op.f("ix_preference_key"), "preference", ["key"], unique=False)

    op.create_table(
        "question",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("text_ru", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("lenses", sa.Text(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    op.create_table(
        "saved_filter",
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
    )
    op.create_table(
        "deal",
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("amount", sa.Text(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("expected", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("loss_reason", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Text(), nullable=True),
        sa.Column("id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_deal_organisation_id_organisation"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal")),
    )
    op.create_index(op.f("ix_deal_organisation_id"), "deal", ["organisation_id"], unique=False)

    op.create_table(
        "influence_map",
        sa.Column("organisation_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_influence_map_organisation_id_organisation"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_influence_map")),
    )
    op.create_index(
        op.f("ix_influence_map_organisation_id"), "influence_map", ["organisation_id"], unique=False
    )

    op.create_table(
        "acquaintance",
        sa.Column("colleague_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("strength", sa.Integer(), nullable=True),
        sa.Column("since", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["colleague_id"],
            ["colleague.id"],
            name=op.f("fk_acquaintance_colleague_id_colleague"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_acquaintance_person_id_person"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acquaintance")),
    )
    op.create_index(op.f("ix_acquaintance_colleague_id"), "acquaintance", ["colleague_id"], unique=False)
    op.create_index(op.f("ix_acquaintance_person_id"), "acquaintance", ["person_id"], unique=False)

    op.create_table(
        "agenda_mark",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("organisation_id", sa.Text(), nullable=True),
        sa.Column("until", sa.Text(), nullable=True),
        sa.Column("id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_agenda_mark_organisation_id_organisation"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_agenda_mark_person_id_person"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_mark")),
    )
    op.create_index(op.f("ix_agenda_mark_key"), "agenda_mark", ["key"], unique=False)
    op.create_index(op.f("ix_agenda_mark_organisation_id"), "agenda_mark", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_agenda_mark_person_id"), "agenda_mark", ["person_id"], unique=False)

    op.create_table(
        "custom_value",
        sa.Column("field_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("organisation_id", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["field_id"],
            ["custom_field.id"],
            name=op.f("fk_custom_value_field_id_custom_field"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_custom_value_organisation_id_organisation"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_custom_value_person_id_person"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custom_value")),
    )
    op.create_index(op.f("ix_custom_value_field_id"), "custom_value", ["field_id"], unique=False)
    op.create_index(
        op.f("ix_custom_value_organisation_id"), "custom_value", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_custom_value_person_id"), "custom_value", ["person_id"], unique=False)

    op.create_table(
        "deal_competitor",
        sa.Column("deal_id", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deal_id"],
            ["deal.id"],
            name=op.f("fk_deal_competitor_deal_id_deal"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_deal_competitor_organisation_id_organisation"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_competitor")),
    )
    op.create_index(op.f("ix_deal_competitor_deal_id"), "deal_competitor", ["deal_id"], unique=False)
    op.create_index(
        op.f("ix_deal_competitor_organisation_id"), "deal_competitor", ["organisation_id"], unique=False
    )

    op.create_table(
        "attachment",
        sa.Column("organisation_id", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("interaction_id", sa.Text(), nullable=True),
        sa.Column("deal_id", sa.Text(), nullable=True),
        sa.Column("file_id", sa.Text(), nullable=True),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("added_on", sa.Text(), nullable=True),
        sa.Column("sensitivity", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deal_id"],
            ["deal.id"],
            name=op.f("fk_attachment_deal_id_deal"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["stored_file.id"],
            name=op.f("fk_attachment_file_id_stored_file"),
            ondelete="SET NULL",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interaction.id"],
            name=op.f("fk_attachment_interaction_id_interaction"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_attachment_organisation_id_organisation"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_attachment_person_id_person"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_deal_id"), "attachment", ["deal_id"], unique=False)
    op.create_index(op.f("ix_attachment_file_id"), "attachment", ["file_id"], unique=False)
    op.create_index(op.f("ix_attachment_interaction_id"), "attachment", ["interaction_id"], unique=False)
    op.create_index(op.f("ix_attachment_organisation_id"), "attachment", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_attachment_person_id"), "attachment", ["person_id"], unique=False)

    op.create_table(
        "expected_change",
        sa.Column("organisation_id", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("seat_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("happened_on", sa.Text(), nullable=True),
        sa.Column("source_kind", sa.Text(), nullable=False),
        sa.Column("sensitivity", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_expected_change_organisation_id_organisation"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_expected_change_person_id_person"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["seat_id"],
            ["seat.id"],
            name=op.f("fk_expected_change_seat_id_seat"),
            ondelete="SET NULL",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expected_change")),
    )
    op.create_index(
        op.f("ix_expected_change_organisation_id"), "expected_change", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_expected_change_person_id"), "expected_change", ["person_id"], unique=False)
    op.create_index(op.f("ix_expected_change_seat_id"), "expected_change", ["seat_id"], unique=False)

    op.create_table(
        "map_place",
        sa.Column("map_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("seat_id", sa.Text(), nullable=True),
        sa.Column("member", sa.Boolean(), nullable=False),
        sa.Column("x", sa.Integer(), nullable=True),
        sa.Column("y", sa.Integer(), nullable=True),
        sa.Column("folded", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["map_id"],
            ["influence_map.id"],
            name=op.f("fk_map_place_map_id_influence_map"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_map_place_person_id_person"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["seat_id"],
            ["seat.id"],
            name=op.f("fk_map_place_seat_id_seat"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map_place")),
    )
    op.create_index(op.f("ix_map_place_map_id"), "map_place", ["map_id"], unique=False)
    op.create_index(op.f("ix_map_place_person_id"), "map_place", ["person_id"], unique=False)
    op.create_index(op.f("ix_map_place_seat_id"), "map_place", ["seat_id"], unique=False)

    op.create_table(
        "statement",
        sa.Column("organisation_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("competitor_id", sa.Text(), nullable=True),
        sa.Column("argument_id", sa.Text(), nullable=True),
        sa.Column("source_kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("noted_on", sa.Text(), nullable=True),
        sa.Column("review_by", sa.Text(), nullable=True),
        sa.Column("sensitivity", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["argument_id"],
            ["argument.id"],
            name=op.f("fk_statement_argument_id_argument"),
            ondelete="SET NULL",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["competitor_id"],
            ["organisation.id"],
            name=op.f("fk_statement_competitor_id_organisation"),
            ondelete="SET NULL",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_statement_organisation_id_organisation"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
    )
    op.create_index(op.f("ix_statement_argument_id"), "statement", ["argument_id"], unique=False)
    op.create_index(op.f("ix_statement_competitor_id"), "statement", ["competitor_id"], unique=False)
    op.create_index(op.f("ix_statement_organisation_id"), "statement", ["organisation_id"], unique=False)

    with op.batch_alter_table("interaction") as batch_op:
        batch_op.add_column(sa.Column("deal_id", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("aim_ideal", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("aim_minimum", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("next_step_done_on", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("settled_on", sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f("ix_interaction_deal_id"), ["deal_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_interaction_deal_id_deal"),
            "deal",
            ["deal_id"],
            ["id"],
            ondelete="SET NULL",
            initially="DEFERRED",
            deferrable=True,
        )

    with op.batch_alter_table("note") as batch_op:
        batch_op.add_column(sa.Column("deal_id", sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f("ix_note_deal_id"), ["deal_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_note_deal_id_deal"),
            "deal",
            ["deal_id"],
            ["id"],
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        )

    with op.batch_alter_table("part") as batch_op:
        batch_op.add_column(sa.Column("deal_id", sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f("ix_part_deal_id"), ["deal_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_part_deal_id_deal"),
            "deal",
            ["deal_id"],
            ["id"],
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        )

    with op.batch_alter_table("person") as batch_op:
        batch_op.add_column(sa.Column("cadence_days", sa.Integer(), nullable=True))

    with op.batch_alter_table("promise") as batch_op:
        batch_op.add_column(sa.Column("deal_id", sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f("ix_promise_deal_id"), ["deal_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_promise_deal_id_deal"),
            "deal",
            ["deal_id"],
            ["id"],
            ondelete="SET NULL",
            initially="DEFERRED",
            deferrable=True,
        )

    with op.batch_alter_table("proposal") as batch_op:
        batch_op.add_column(sa.Column("deal_id", sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f("ix_proposal_deal_id"), ["deal_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_proposal_deal_id_deal"),
            "deal",
            ["deal_id"],
            ["id"],
            ondelete="SET NULL",
            initially="DEFERRED",
            deferrable=True,
        )

    with op.batch_alter_table("vocabulary") as batch_op:
        batch_op.add_column(sa.Column("extra", sa.Text(), nullable=False, server_default=""))
