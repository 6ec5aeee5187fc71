"""A steering group hears."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stage", sa.Integer(), server_default="0", nullable=False))
    op.execute("UPDATE action SET stage = 1 WHERE escalated_at IS NOT NULL")
    with op.batch_alter_table("area_setting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("steering", sa.String(), server_default="[]", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("area_setting", schema=None) as batch_op:
        batch_op.drop_column("steering")
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.drop_column("stage")
