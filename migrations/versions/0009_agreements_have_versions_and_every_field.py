"""Agreements have versions and every field."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

EVERYBODY = "victim alleged_perpetrator child witness family worker"
"""Agreements so far said nothing of whom they are about, and so were about everybody."""


def upgrade() -> None:
    op.create_table(
        "agreement_basis",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_agreement_basis_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_basis_agreement_id")
        ),
        sa.PrimaryKeyConstraint(
            "agreement_id", "agency_id", "code", name=op.f("pk_agreement_basis")
        ),
    )
    op.create_table(
        "agreement_copy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_copy_agreement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_copy")),
    )
    with op.batch_alter_table("agreement_copy", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agreement_copy_agreement_id"), ["agreement_id"], unique=False
        )

    op.create_table(
        "agreement_move",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_agreement_move_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_move_agreement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_move")),
    )
    with op.batch_alter_table("agreement_move", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agreement_move_agreement_id"), ["agreement_id"], unique=False
        )

    op.create_table(
        "agreement_right",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_agreement_right_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_right_agreement_id")
        ),
        sa.PrimaryKeyConstraint("agreement_id", "code", name=op.f("pk_agreement_right")),
    )
    op.create_table(
        "agreement_warning",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_warning_agreement_id")
        ),
        sa.PrimaryKeyConstraint(
            "agreement_id", "about", "due_on", "days", name=op.f("pk_agreement_warning")
        ),
    )
    op.create_table(
        "agreement_writer",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_writer_agreement_id")
        ),
        sa.PrimaryKeyConstraint("agreement_id", "account_id", name=op.f("pk_agreement_writer")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("supersedes_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("superseded_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("tier", sa.String(), nullable=False, server_default="purpose_specific")
        )
        batch_op.add_column(sa.Column("framework", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("first_review_months", sa.Integer(), nullable=False, server_default="6")
        )
        batch_op.add_column(
            sa.Column("review_months", sa.Integer(), nullable=False, server_default="12")
        )
        batch_op.add_column(
            sa.Column("subjects", sa.String(), nullable=False, server_default=EVERYBODY)
        )
        batch_op.add_column(sa.Column("exclusions", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("other_exclusions", sa.String(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("methods", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("marking", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("encryption", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("verbal", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("onward", sa.String(), nullable=False, server_default="none"))
        batch_op.add_column(sa.Column("onward_to", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("breach_hours", sa.Integer(), nullable=False, server_default="24")
        )
        batch_op.add_column(
            sa.Column("dpia_reference", sa.String(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("dpia_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("dpia_outcome", sa.String(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("dpia_review_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("policy_reference", sa.String(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("policy_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("liability", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("termination", sa.String(), nullable=False, server_default="")
        )
        batch_op.drop_constraint(batch_op.f("uq_agreement_reference"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_agreement_reference_number"), ["reference", "number"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_agreement_supersedes_id"), "agreement", ["supersedes_id"], ["id"]
        )

    with op.batch_alter_table("agreement_category", schema=None) as batch_op:
        batch_op.add_column(sa.Column("to_service", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("to_asker", sa.String(), nullable=True))
        batch_op.add_column(
            sa.Column("subjects", sa.String(), nullable=False, server_default=EVERYBODY)
        )
        batch_op.add_column(sa.Column("retention", sa.String(), nullable=True))
    op.execute("UPDATE agreement_category SET to_service = rule, to_asker = rule")
    with op.batch_alter_table("agreement_category", schema=None) as batch_op:
        batch_op.alter_column("to_service", existing_type=sa.String(), nullable=False)
        batch_op.alter_column("to_asker", existing_type=sa.String(), nullable=False)
        batch_op.drop_column("rule")

    with op.batch_alter_table("agreement_gateway", schema=None) as batch_op:
        batch_op.add_column(sa.Column("code", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("section", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("direction", sa.String(), nullable=False, server_default="both")
        )
        batch_op.add_column(sa.Column("from_age", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("until_age", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("relies", sa.String(), nullable=False, server_default=""))

    with op.batch_alter_table("agreement_party", schema=None) as batch_op:
        batch_op.add_column(sa.Column("legal_name", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("ico_number", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("dpo", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("contact_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("deputy_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_agreement_party_deputy_id"), "contact", ["deputy_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_agreement_party_contact_id"), "contact", ["contact_id"], ["id"]
        )

    with op.batch_alter_table("agreement_purpose", schema=None) as batch_op:
        batch_op.add_column(sa.Column("consent", sa.String(), nullable=True))

    # Whoever answers for an agreement wrote it, as far as is known, and so does not approve it.
    op.execute(
        "INSERT INTO agreement_writer (agreement_id, account_id) "
        "SELECT id, owner_id FROM agreement WHERE owner_id IS NOT NULL"
    )


def downgrade() -> None:
    with op.batch_alter_table("agreement_purpose", schema=None) as batch_op:
        batch_op.drop_column("consent")

    with op.batch_alter_table("agreement_party", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_agreement_party_contact_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_agreement_party_deputy_id"), type_="foreignkey")
        batch_op.drop_column("deputy_id")
        batch_op.drop_column("contact_id")
        batch_op.drop_column("dpo")
        batch_op.drop_column("ico_number")
        batch_op.drop_column("legal_name")

    with op.batch_alter_table("agreement_gateway", schema=None) as batch_op:
        batch_op.drop_column("relies")
        batch_op.drop_column("until_age")
        batch_op.drop_column("from_age")
        batch_op.drop_column("direction")
        batch_op.drop_column("section")
        batch_op.drop_column("code")

    with op.batch_alter_table("agreement_category", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rule", sa.String(), nullable=True))
    op.execute("UPDATE agreement_category SET rule = to_service")
    with op.batch_alter_table("agreement_category", schema=None) as batch_op:
        batch_op.alter_column("rule", existing_type=sa.String(), nullable=False)
        batch_op.drop_column("retention")
        batch_op.drop_column("subjects")
        batch_op.drop_column("to_asker")
        batch_op.drop_column("to_service")

    # Before, a reference had one row: the other versions keep theirs under a name of their own.
    op.execute(
        "UPDATE agreement SET reference = reference || ' version ' || number WHERE number > 1"
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_agreement_supersedes_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_agreement_reference_number"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_agreement_reference"), ["reference"])
        batch_op.drop_column("termination")
        batch_op.drop_column("liability")
        batch_op.drop_column("policy_on")
        batch_op.drop_column("policy_reference")
        batch_op.drop_column("dpia_review_on")
        batch_op.drop_column("dpia_outcome")
        batch_op.drop_column("dpia_on")
        batch_op.drop_column("dpia_reference")
        batch_op.drop_column("breach_hours")
        batch_op.drop_column("onward_to")
        batch_op.drop_column("onward")
        batch_op.drop_column("verbal")
        batch_op.drop_column("encryption")
        batch_op.drop_column("marking")
        batch_op.drop_column("methods")
        batch_op.drop_column("other_exclusions")
        batch_op.drop_column("exclusions")
        batch_op.drop_column("subjects")
        batch_op.drop_column("review_months")
        batch_op.drop_column("first_review_months")
        batch_op.drop_column("framework")
        batch_op.drop_column("tier")
        batch_op.drop_column("superseded_on")
        batch_op.drop_column("supersedes_id")
        batch_op.drop_column("number")

    op.drop_table("agreement_writer")
    op.drop_table("agreement_warning")
    op.drop_table("agreement_right")
    with op.batch_alter_table("agreement_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_move_agreement_id"))

    op.drop_table("agreement_move")
    with op.batch_alter_table("agreement_copy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_copy_agreement_id"))

    op.drop_table("agreement_copy")
    op.drop_table("agreement_basis")
