"""Returns are passed on once."""

import sqlalchemy as sa
from alembic import op

from migrations import append_only

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "return_edition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("counts", sa.LargeBinary(), nullable=False),
        sa.Column("cases", sa.LargeBinary(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_return_edition_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_edition")),
        sa.UniqueConstraint("area_id", "quarter", name=op.f("uq_return_edition_area_id_quarter")),
    )
    op.create_table(
        "return_release",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("whom", sa.LargeBinary(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_return_release_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_release")),
    )
    with op.batch_alter_table("return_release", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_return_release_area_id"), ["area_id"], unique=False)

    append_only.keep(op, "return_edition")


def downgrade() -> None:
    append_only.let_go(op, "return_edition")

    with op.batch_alter_table("return_release", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_return_release_area_id"))

    op.drop_table("return_release")
    op.drop_table("return_edition")
