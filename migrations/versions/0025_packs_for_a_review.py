"""Packs for a review."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review_pack",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("died_on", sa.LargeBinary(), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contents", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["concern_id"], ["concern.id"], name=op.f("fk_review_pack_concern_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_pack")),
        sa.UniqueConstraint("reference", name=op.f("uq_review_pack_reference")),
    )
    with op.batch_alter_table("review_pack", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_pack_concern_id"), ["concern_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("review_pack", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_pack_concern_id"))

    op.drop_table("review_pack")
