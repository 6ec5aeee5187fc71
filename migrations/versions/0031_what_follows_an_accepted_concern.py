"""What follows an accepted concern."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "idva_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_idva_notice_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["concern_id"], ["concern.id"], name=op.f("fk_idva_notice_concern_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idva_notice")),
        sa.UniqueConstraint(
            "concern_id", "agency_id", name=op.f("uq_idva_notice_concern_id_agency_id")
        ),
    )
    with op.batch_alter_table("idva_notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idva_notice_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_idva_notice_concern_id"), ["concern_id"], unique=False)

    op.create_table(
        "late_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["concern_id"], ["concern.id"], name=op.f("fk_late_decision_concern_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_late_decision_meeting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_decision")),
    )
    with op.batch_alter_table("late_decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_late_decision_concern_id"), ["concern_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_late_decision_meeting_id"), ["meeting_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("late_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_late_decision_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_late_decision_concern_id"))

    op.drop_table("late_decision")
    with op.batch_alter_table("idva_notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idva_notice_concern_id"))
        batch_op.drop_index(batch_op.f("ix_idva_notice_agency_id"))

    op.drop_table("idva_notice")
