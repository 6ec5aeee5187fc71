"""Areas have criteria of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

TICKS = (
    "is_worsening_asked",
    "is_reported_only",
    "is_sign_off_asked",
    "is_one_reason",
    "is_medium_accepted",
)


def upgrade() -> None:
    with op.batch_alter_table("screening_threshold", schema=None) as batch_op:
        for name in TICKS:
            batch_op.add_column(
                sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
            )
        batch_op.add_column(sa.Column("own_criterion", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("advice", sa.String(), nullable=True))
    with op.batch_alter_table("screening_threshold", schema=None) as batch_op:
        for name in TICKS:
            batch_op.alter_column(name, server_default=None)  # the hub says it from now on


def downgrade() -> None:
    with op.batch_alter_table("screening_threshold", schema=None) as batch_op:
        batch_op.drop_column("advice")
        batch_op.drop_column("own_criterion")
        for name in TICKS:
            batch_op.drop_column(name)
