"""Cases go to other areas.

Nothing wrote a transfer before this step. Whether a case is listed and heard there is read from
the meetings, so that it is never two things at once.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

NEW = (
    ("new_postcode", sa.LargeBinary()),
    ("chase_at", sa.DateTime(timezone=True)),
    ("returned_at", sa.DateTime(timezone=True)),
    ("returned_by", sa.Uuid()),
    ("return_reason", sa.LargeBinary()),
)


def upgrade() -> None:
    op.execute("DELETE FROM transfer")
    with op.batch_alter_table("transfer", schema=None) as batch_op:
        for name, kind in NEW:
            batch_op.add_column(sa.Column(name, kind, nullable=True))
        batch_op.add_column(sa.Column("due_on", sa.Date(), nullable=False))
        batch_op.drop_column("listed_at")
        batch_op.drop_column("heard_on")
        batch_op.create_index(batch_op.f("ix_transfer_chase_at"), ["chase_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfer_chase_at"))
        batch_op.add_column(sa.Column("listed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("heard_on", sa.Date(), nullable=True))
        batch_op.drop_column("due_on")
        for name, _ in reversed(NEW):
            batch_op.drop_column(name)
