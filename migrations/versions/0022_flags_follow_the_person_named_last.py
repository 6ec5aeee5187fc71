"""Flags follow the person named last.

Nothing wrote a flag before this step, so the table is made anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("flag_notice")
    op.create_table(
        "flag_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("flag_until", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("is_standing", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_flag_notice_agency_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_flag_notice_item_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_flag_notice_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag_notice")),
    )
    with op.batch_alter_table("flag_notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flag_notice_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_flag_notice_party_id"), ["party_id"], unique=False)
        batch_op.create_index(
            "ix_flag_notice_standing", ["is_standing", "flag_until"], unique=False
        )
        batch_op.create_index(
            "ix_flag_notice_waiting", ["agency_id", "done_at", "due_on", "id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("flag_notice")
    op.create_table(
        "flag_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("flag_until", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_flag_notice_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_flag_notice_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag_notice")),
        sa.UniqueConstraint(
            "agency_id",
            "subject_id",
            "kind",
            "flag_until",
            name=op.f("uq_flag_notice_agency_id_subject_id_kind_flag_until"),
        ),
    )
    with op.batch_alter_table("flag_notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flag_notice_subject_id"), ["subject_id"], unique=False)
        batch_op.create_index(
            "ix_flag_notice_waiting", ["agency_id", "done_at", "due_on", "id"], unique=False
        )
