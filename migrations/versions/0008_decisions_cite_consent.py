"""Decisions cite consent."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("disclosure_decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("consent_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_disclosure_decision_consent_id"), "consent", ["consent_id"], ["id"]
        )

    with op.batch_alter_table("withdrawal_notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("understood_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("withdrawal_notice", schema=None) as batch_op:
        batch_op.drop_column("understood_at")

    with op.batch_alter_table("disclosure_decision", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_disclosure_decision_consent_id"), type_="foreignkey"
        )
        batch_op.drop_column("consent_id")
