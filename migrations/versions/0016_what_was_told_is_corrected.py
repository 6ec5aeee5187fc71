"""What was told is corrected."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("wrong", sa.LargeBinary(), nullable=False),
        sa.Column("right", sa.LargeBinary(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_correction_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_correction_person_id"), ["person_id"], unique=False)

    op.create_table(
        "correction_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("correction_id", sa.Uuid(), nullable=False),
        sa.Column("disclosure_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chase_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chased", sa.Integer(), nullable=False),
        sa.Column("understood_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("understood_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_correction_notice_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["correction_id"], ["correction.id"], name=op.f("fk_correction_notice_correction_id")
        ),
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["disclosure.id"], name=op.f("fk_correction_notice_disclosure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_notice")),
        sa.UniqueConstraint(
            "correction_id",
            "disclosure_id",
            name=op.f("uq_correction_notice_correction_id_disclosure_id"),
        ),
    )
    with op.batch_alter_table("correction_notice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_correction_notice_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_correction_notice_agency_id"), ["agency_id"], unique=False
        )
        batch_op.create_index(
            "ix_correction_notice_chase", ["understood_at", "chase_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_correction_notice_disclosure_id"), ["disclosure_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("correction_notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_correction_notice_disclosure_id"))
        batch_op.drop_index("ix_correction_notice_chase")
        batch_op.drop_index(batch_op.f("ix_correction_notice_agency_id"))
        batch_op.drop_index(batch_op.f("ix_correction_notice_account_id"))

    op.drop_table("correction_notice")
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_correction_person_id"))

    op.drop_table("correction")
