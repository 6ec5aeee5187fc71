"""Corrections reach who was invited."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("correction_notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("invitation_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column("disclosure_id", existing_type=sa.Uuid(), nullable=True)
        batch_op.create_index(
            batch_op.f("ix_correction_notice_invitation_id"), ["invitation_id"], unique=False
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_correction_notice_correction_id_invitation_id"),
            ["correction_id", "invitation_id"],
        )


def downgrade() -> None:
    op.execute("DELETE FROM correction_notice WHERE disclosure_id IS NULL")
    with op.batch_alter_table("correction_notice", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("uq_correction_notice_correction_id_invitation_id"), type_="unique"
        )
        batch_op.drop_index(batch_op.f("ix_correction_notice_invitation_id"))
        batch_op.alter_column("disclosure_id", existing_type=sa.Uuid(), nullable=False)
        batch_op.drop_column("invited_at")
        batch_op.drop_column("invitation_id")
