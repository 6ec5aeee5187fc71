"""Consent: records that are never changed, their drafts, and who was told of a withdrawal."""

import sqlalchemy as sa
from alembic import op

from migrations import append_only

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("purposes", sa.String(), nullable=False),
        sa.Column("categories", sa.String(), nullable=False),
        sa.Column("agencies", sa.String(), nullable=True),
        sa.Column("about", sa.Uuid(), nullable=True),
        sa.Column("left_out", sa.String(), nullable=True),
        sa.Column("left_out_words", sa.LargeBinary(), nullable=True),
        sa.Column("giver", sa.String(), nullable=True),
        sa.Column("giver_name", sa.LargeBinary(), nullable=True),
        sa.Column("giver_is_alleged_perpetrator", sa.Boolean(), nullable=False),
        sa.Column("authority_seen", sa.Boolean(), nullable=False),
        sa.Column("age_band", sa.String(), nullable=False),
        sa.Column("competence", sa.String(), nullable=False),
        sa.Column("competence_reason", sa.LargeBinary(), nullable=True),
        sa.Column("words_read", sa.LargeBinary(), nullable=True),
        sa.Column("is_understood", sa.Boolean(), nullable=False),
        sa.Column("own_words", sa.LargeBinary(), nullable=True),
        sa.Column("method", sa.String(), nullable=True),
        sa.Column("alone", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("interpreter", sa.String(), nullable=True),
        sa.Column("details", sa.LargeBinary(), nullable=True),
        sa.Column("revisit_on", sa.Date(), nullable=True),
        sa.Column("was_told", sa.Boolean(), nullable=True),
        sa.Column("why_not_told", sa.LargeBinary(), nullable=True),
        sa.Column("others_told", sa.LargeBinary(), nullable=True),
        sa.Column("withdrawal_route", sa.LargeBinary(), nullable=True),
        sa.Column("withdraws_id", sa.Uuid(), nullable=True),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id")),
        sa.ForeignKeyConstraint(
            ["withdraws_id"], ["consent.id"], name=op.f("fk_consent_withdraws_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("person_id", "number", name=op.f("uq_consent_person_id_number")),
    )
    op.create_table(
        "consent_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=True),
        sa.Column("typed", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_consent_draft_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_draft")),
    )
    with op.batch_alter_table("consent_draft", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consent_draft_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_consent_draft_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_draft_saved_at"), ["saved_at"], unique=False)

    op.create_table(
        "withdrawal_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consent.id"], name=op.f("fk_withdrawal_notice_consent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawal_notice")),
        sa.UniqueConstraint(
            "consent_id", "account_id", name=op.f("uq_withdrawal_notice_consent_id_account_id")
        ),
    )
    with op.batch_alter_table("withdrawal_notice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_withdrawal_notice_account_id"), ["account_id"], unique=False
        )
    append_only.keep(op, "consent")


def downgrade() -> None:
    with op.batch_alter_table("withdrawal_notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_withdrawal_notice_account_id"))

    op.drop_table("withdrawal_notice")
    with op.batch_alter_table("consent_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_draft_saved_at"))
        batch_op.drop_index(batch_op.f("ix_consent_draft_person_id"))
        batch_op.drop_index(batch_op.f("ix_consent_draft_account_id"))

    op.drop_table("consent_draft")
    append_only.let_go(op, "consent")
    op.drop_table("consent")
