"""Who asks what is held."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "subject_access",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("asks", sa.String(), nullable=False),
        sa.Column("representative", sa.LargeBinary(), nullable=True),
        sa.Column("proved_how", sa.LargeBinary(), nullable=True),
        sa.Column("proved_on", sa.Date(), nullable=True),
        sa.Column("longer_why", sa.LargeBinary(), nullable=True),
        sa.Column("outcome", sa.LargeBinary(), nullable=True),
        sa.Column("prepared_by", sa.Uuid(), nullable=True),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_subject_access_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_access")),
        sa.UniqueConstraint("reference", name=op.f("uq_subject_access_reference")),
    )
    with op.batch_alter_table("subject_access", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_subject_access_person_id"), ["person_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("subject_access", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subject_access_person_id"))

    op.drop_table("subject_access")
