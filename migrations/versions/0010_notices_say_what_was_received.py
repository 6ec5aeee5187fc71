"""Notices say what was received."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("withdrawal_notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("received", sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("withdrawal_notice", schema=None) as batch_op:
        batch_op.drop_column("received")
