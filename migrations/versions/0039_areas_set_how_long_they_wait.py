"""Areas set how long they wait."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("area_setting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("answer_days", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("answer_hours", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("area_setting", schema=None) as batch_op:
        batch_op.drop_column("answer_hours")
        batch_op.drop_column("answer_days")
