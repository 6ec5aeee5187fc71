"""Look-ups are kept and looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

SEARCHES_ARE_LOOK_UPS = """
INSERT INTO look_up
  (id, account_id, agency_id, at, door, purpose, facts, asked_key, hits, flags, is_refused, version)
SELECT
  register_search.id, account_id, account.agency_id, at, 'register', purpose, '', asked_key,
  CASE WHEN found = 0 THEN 'none' WHEN found = 1 THEN 'one' ELSE 'two_to_five' END, '', false, 1
FROM register_search JOIN account ON account.id = account_id
"""
"""A search of before has its day, its purpose and roughly what it found; it showed five at most."""

LOOK_UPS_WERE_SEARCHES = """
INSERT INTO register_search (id, account_id, at, purpose, asked_key, found)
SELECT
  id, account_id, at, purpose, asked_key,
  CASE hits WHEN 'none' THEN 0 WHEN 'one' THEN 1 ELSE 2 END
FROM look_up WHERE door = 'register' AND NOT is_refused
"""


def upgrade() -> None:
    op.create_table(
        "look_up",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("asked_key", sa.BigInteger(), nullable=False),
        sa.Column("hits", sa.String(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("flags", sa.String(), nullable=False),
        sa.Column("is_refused", sa.Boolean(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("review_note", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look_up")),
    )
    with op.batch_alter_table("look_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_look_up_about_id"), ["about_id"], unique=False)
        batch_op.create_index("ix_look_up_account_id_at", ["account_id", "at"], unique=False)
        batch_op.create_index("ix_look_up_agency_id_at", ["agency_id", "at", "id"], unique=False)
        batch_op.create_index("ix_look_up_asked_key", ["asked_key", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_look_up_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_look_up_reviewed_at"), ["reviewed_at"], unique=False)

    op.execute(SEARCHES_ARE_LOOK_UPS)
    with op.batch_alter_table("register_search", schema=None) as batch_op:
        batch_op.drop_index("ix_register_search_account_id_at")

    op.drop_table("register_search")


def downgrade() -> None:
    op.create_table(
        "register_search",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("asked_key", sa.BigInteger(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_search")),
    )
    with op.batch_alter_table("register_search", schema=None) as batch_op:
        batch_op.create_index(
            "ix_register_search_account_id_at", ["account_id", "at"], unique=False
        )
    op.execute(LOOK_UPS_WERE_SEARCHES)

    with op.batch_alter_table("look_up", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_look_up_reviewed_at"))
        batch_op.drop_index(batch_op.f("ix_look_up_case_id"))
        batch_op.drop_index("ix_look_up_asked_key")
        batch_op.drop_index("ix_look_up_agency_id_at")
        batch_op.drop_index("ix_look_up_account_id_at")
        batch_op.drop_index(batch_op.f("ix_look_up_about_id"))

    op.drop_table("look_up")
