"""A concern says whether it came from another area, because the victim moved here."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("has_moved", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.execute(
        "UPDATE concern SET has_moved = true"
        " WHERE id IN (SELECT received_id FROM transfer WHERE received_id IS NOT NULL)"
    )
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.alter_column("has_moved", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.drop_column("has_moved")
