"""The holders half of requests."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "request_advice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.LargeBinary(), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("advice", sa.LargeBinary(), nullable=True),
        sa.Column("given_by", sa.Uuid(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["information_request.id"], name=op.f("fk_request_advice_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_advice")),
    )
    with op.batch_alter_table("request_advice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_request_advice_agency_id"), ["agency_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_request_advice_request_id"), ["request_id"], unique=False
        )

    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.add_column(sa.Column("review_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("reviewed_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("outcome", sa.LargeBinary(), nullable=True))

    with op.batch_alter_table("request_line", schema=None) as batch_op:
        batch_op.add_column(sa.Column("record", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("told_by", sa.Uuid(), nullable=True))

    with op.batch_alter_table("sharing_decision", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("table_version", sa.Integer(), server_default="1", nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("sharing_decision", schema=None) as batch_op:
        batch_op.drop_column("table_version")

    with op.batch_alter_table("request_line", schema=None) as batch_op:
        batch_op.drop_column("told_by")
        batch_op.drop_column("told_at")
        batch_op.drop_column("record")

    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.drop_column("outcome")
        batch_op.drop_column("reviewed_by")
        batch_op.drop_column("reviewed_at")
        batch_op.drop_column("review_on")

    with op.batch_alter_table("request_advice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_request_advice_request_id"))
        batch_op.drop_index(batch_op.f("ix_request_advice_agency_id"))

    op.drop_table("request_advice")
