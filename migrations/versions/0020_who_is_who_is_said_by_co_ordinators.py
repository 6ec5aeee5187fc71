"""Who is who is said by co-ordinators."""

import sqlalchemy as sa
from alembic import op

from migrations import append_only

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "subject_verdict",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("one_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=True),
        sa.Column("said_by", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["one_id"], ["party.id"], name=op.f("fk_subject_verdict_one_id")),
        sa.ForeignKeyConstraint(
            ["other_id"], ["party.id"], name=op.f("fk_subject_verdict_other_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_verdict")),
        sa.UniqueConstraint(
            "one_id", "other_id", "number", name=op.f("uq_subject_verdict_one_id_other_id_number")
        ),
    )
    with op.batch_alter_table("subject_verdict", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_subject_verdict_other_id"), ["other_id"], unique=False)

    for table in ("repeat_decision", "subject_verdict"):
        append_only.keep(op, table)


def downgrade() -> None:
    for table in ("repeat_decision", "subject_verdict"):
        append_only.let_go(op, table)

    with op.batch_alter_table("subject_verdict", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subject_verdict_other_id"))

    op.drop_table("subject_verdict")
