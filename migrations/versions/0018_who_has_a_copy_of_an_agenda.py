"""who has a copy of an agenda."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agenda_copy",
        sa.Column("issue_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["agenda_issue.id"], name=op.f("fk_agenda_copy_issue_id")
        ),
        sa.PrimaryKeyConstraint("issue_id", "account_id", name=op.f("pk_agenda_copy")),
    )
    with op.batch_alter_table("agenda_copy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_copy_account_id"), ["account_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("agenda_copy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_copy_account_id"))

    op.drop_table("agenda_copy")
