"""An emergency climbs within hours."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("area_setting", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("emergency_hours", sa.Integer(), server_default="2", nullable=False)
        )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ladder_hours", sa.Integer(), nullable=True))
    op.execute("UPDATE meeting SET ladder_hours = 2 WHERE shape = 'emergency'")


def downgrade() -> None:
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_column("ladder_hours")
    with op.batch_alter_table("area_setting", schema=None) as batch_op:
        batch_op.drop_column("emergency_hours")
