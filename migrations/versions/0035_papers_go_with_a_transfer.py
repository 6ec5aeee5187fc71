"""Papers go with a transfer: which, what stays at its agency's word, what is missed, the risk.

Nothing that was sent before this step had papers chosen for it: such a transfer brings the referral
alone, and the other area can ask for the rest.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "transfer_ask",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("transfer_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("chase_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["transfer.id"], name=op.f("fk_transfer_ask_transfer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_ask")),
    )
    with op.batch_alter_table("transfer_ask", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_ask_chase_at"), ["chase_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_transfer_ask_transfer_id"), ["transfer_id"], unique=False
        )

    op.create_table(
        "transfer_paper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("transfer_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["transfer.id"], name=op.f("fk_transfer_paper_transfer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_paper")),
        sa.UniqueConstraint(
            "transfer_id",
            "kind",
            "about_id",
            name=op.f("uq_transfer_paper_transfer_id_kind_about_id"),
        ),
    )
    with op.batch_alter_table("concern_file", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("stays_here", sa.Boolean(), nullable=False, server_default=sa.false())
        )

    with op.batch_alter_table("research_line", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("stays_here", sa.Boolean(), nullable=False, server_default=sa.false())
        )

    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("risk_is", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("risk_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("risk_note", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("risk_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("risk_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.drop_column("risk_at")
        batch_op.drop_column("risk_by")
        batch_op.drop_column("risk_note")
        batch_op.drop_column("risk_on")
        batch_op.drop_column("risk_is")

    with op.batch_alter_table("research_line", schema=None) as batch_op:
        batch_op.drop_column("stays_here")

    with op.batch_alter_table("concern_file", schema=None) as batch_op:
        batch_op.drop_column("stays_here")

    op.drop_table("transfer_paper")
    with op.batch_alter_table("transfer_ask", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfer_ask_transfer_id"))
        batch_op.drop_index(batch_op.f("ix_transfer_ask_chase_at"))

    op.drop_table("transfer_ask")
