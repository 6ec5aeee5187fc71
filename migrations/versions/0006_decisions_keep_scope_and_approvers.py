"""Decisions keep scope and approvers."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("disclosure_decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("scope", sa.String(), server_default="none", nullable=False))
        batch_op.add_column(
            sa.Column("table_version", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("approvers", sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("disclosure_decision", schema=None) as batch_op:
        batch_op.drop_column("approvers")
        batch_op.drop_column("table_version")
        batch_op.drop_column("scope")
