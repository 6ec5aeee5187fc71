"""Double bookings."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "double_booking",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("resource", sa.String(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_double_booking_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["meeting.id"], name=op.f("fk_double_booking_other_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_double_booking")),
    )
    with op.batch_alter_table("double_booking", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_double_booking_meeting_id"), ["meeting_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_double_booking_other_id"), ["other_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("double_booking", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_double_booking_other_id"))
        batch_op.drop_index(batch_op.f("ix_double_booking_meeting_id"))

    op.drop_table("double_booking")
