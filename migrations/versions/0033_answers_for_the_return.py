"""Answers for the return."""

import sqlalchemy as sa
from alembic import op

from migrations import append_only

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "equality_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["concern_id"], ["concern.id"], name=op.f("fk_equality_answer_concern_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equality_answer")),
        sa.UniqueConstraint(
            "concern_id", "number", name=op.f("uq_equality_answer_concern_id_number")
        ),
    )
    with op.batch_alter_table("equality_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_equality_answer_concern_id"), ["concern_id"], unique=False
        )

    append_only.keep(op, "equality_answer")


def downgrade() -> None:
    append_only.let_go(op, "equality_answer")

    with op.batch_alter_table("equality_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_equality_answer_concern_id"))

    op.drop_table("equality_answer")
