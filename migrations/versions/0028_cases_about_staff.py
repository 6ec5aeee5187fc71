"""Cases about staff."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=True),
        sa.Column("marked_by", sa.Uuid(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lift_reason", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_case")),
    )
    with op.batch_alter_table("staff_case", schema=None) as batch_op:
        batch_op.create_index("ix_staff_case_case_id", ["case_id", "lifted_at"], unique=False)

    op.create_table(
        "staff_case_name",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("named_by", sa.Uuid(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_staff_case_name_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_case_name")),
    )
    with op.batch_alter_table("staff_case_name", schema=None) as batch_op:
        batch_op.create_index(
            "ix_staff_case_name_account_id", ["account_id", "ended_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_staff_case_name_case_id"), ["case_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("staff_case_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_case_name_case_id"))
        batch_op.drop_index("ix_staff_case_name_account_id")

    op.drop_table("staff_case_name")
    with op.batch_alter_table("staff_case", schema=None) as batch_op:
        batch_op.drop_index("ix_staff_case_case_id")

    op.drop_table("staff_case")
