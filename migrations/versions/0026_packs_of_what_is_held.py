"""Packs of what is held."""

import sqlalchemy as sa
from alembic import op

from migrations import append_only

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pack_given",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("access_id", sa.Uuid(), nullable=False),
        sa.Column("contents", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("whole", sa.Integer(), nullable=False),
        sa.Column("redacted", sa.Integer(), nullable=False),
        sa.Column("withheld", sa.Integer(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["access_id"], ["subject_access.id"], name=op.f("fk_pack_given_access_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_given")),
        sa.UniqueConstraint("access_id", name=op.f("uq_pack_given_access_id")),
    )
    op.create_table(
        "pack_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("access_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("keeper", sa.String(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("original", sa.LargeBinary(), nullable=False),
        sa.Column("marks", sa.LargeBinary(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("redacted", sa.LargeBinary(), nullable=True),
        sa.Column("exemption", sa.String(), nullable=True),
        sa.Column("why", sa.LargeBinary(), nullable=True),
        sa.Column("judged_by", sa.Uuid(), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["access_id"], ["subject_access.id"], name=op.f("fk_pack_item_access_id")
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_pack_item_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_item")),
        sa.UniqueConstraint(
            "access_id", "kind", "source_id", name=op.f("uq_pack_item_access_id_kind_source_id")
        ),
    )
    with op.batch_alter_table("pack_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pack_item_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_pack_item_judge", ["keeper", "verdict", "area_id"], unique=False)

    with op.batch_alter_table("subject_access", schema=None) as batch_op:
        batch_op.add_column(sa.Column("representative_name", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("due_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_subject_access_due_on"), ["due_on"], unique=False)

    append_only.keep(op, "pack_given")


def downgrade() -> None:
    append_only.let_go(op, "pack_given")

    with op.batch_alter_table("subject_access", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subject_access_due_on"))
        batch_op.drop_column("drawn_at")
        batch_op.drop_column("warned_at")
        batch_op.drop_column("due_on")
        batch_op.drop_column("representative_name")

    with op.batch_alter_table("pack_item", schema=None) as batch_op:
        batch_op.drop_index("ix_pack_item_judge")
        batch_op.drop_index(batch_op.f("ix_pack_item_case_id"))

    op.drop_table("pack_item")
    op.drop_table("pack_given")
