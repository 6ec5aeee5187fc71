"""Information requests."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "request_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_draft")),
    )
    with op.batch_alter_table("request_draft", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_request_draft_account_id"), ["account_id"], unique=False
        )

    op.create_table(
        "information_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asker_id", sa.Uuid(), nullable=False),
        sa.Column("asker_agency_id", sa.Uuid(), nullable=False),
        sa.Column("holder_agency_id", sa.Uuid(), nullable=False),
        sa.Column("holder_service_id", sa.Uuid(), nullable=True),
        sa.Column("requester_kind", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("pattern", sa.String(), nullable=False),
        sa.Column("subject_role", sa.String(), nullable=False),
        sa.Column("priority", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("asked_key", sa.BigInteger(), nullable=False),
        sa.Column("counter_signer_id", sa.Uuid(), nullable=True),
        sa.Column("counter_signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("routed_to_id", sa.Uuid(), nullable=True),
        sa.Column("route_step", sa.String(), nullable=True),
        sa.Column("acknowledge_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.Uuid(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stages", sa.String(), nullable=False),
        sa.Column("next_clock_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("check_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("known", sa.String(), nullable=False),
        sa.Column("known_by", sa.Uuid(), nullable=True),
        sa.Column("consent_said", sa.String(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asker_agency_id"], ["agency.id"], name=op.f("fk_information_request_asker_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["check_id"], ["identity_check.id"], name=op.f("fk_information_request_check_id")
        ),
        sa.ForeignKeyConstraint(
            ["holder_agency_id"],
            ["agency.id"],
            name=op.f("fk_information_request_holder_agency_id"),
        ),
        sa.ForeignKeyConstraint(
            ["holder_service_id"],
            ["service.id"],
            name=op.f("fk_information_request_holder_service_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_information_request_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["routed_to_id"], ["contact.id"], name=op.f("fk_information_request_routed_to_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_request")),
        sa.UniqueConstraint("reference", name=op.f("uq_information_request_reference")),
    )
    with op.batch_alter_table("information_request", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_information_request_asked_key"), ["asked_key"], unique=False
        )
        batch_op.create_index(
            "ix_information_request_asker", ["asker_id", "sent_at", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_information_request_asker_agency_id"), ["asker_agency_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_information_request_case_id"), ["case_id"], unique=False
        )
        batch_op.create_index(
            "ix_information_request_clock", ["state", "next_clock_at"], unique=False
        )
        batch_op.create_index(
            "ix_information_request_inbox",
            ["holder_agency_id", "state", "due_at", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_information_request_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_information_request_routed_to_id"), ["routed_to_id"], unique=False
        )

    op.create_table(
        "request_bar",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["information_request.id"], name=op.f("fk_request_bar_request_id")
        ),
        sa.PrimaryKeyConstraint("request_id", "account_id", name=op.f("pk_request_bar")),
    )
    op.create_table(
        "request_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("wanted", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("withheld", sa.LargeBinary(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["request_id"], ["information_request.id"], name=op.f("fk_request_line_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_line")),
        sa.UniqueConstraint(
            "request_id", "category", name=op.f("uq_request_line_request_id_category")
        ),
    )
    with op.batch_alter_table("request_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_request_line_request_id"), ["request_id"], unique=False
        )

    op.create_table(
        "request_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["information_request.id"], name=op.f("fk_request_step_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_step")),
        sa.UniqueConstraint("request_id", "number", name=op.f("uq_request_step_request_id_number")),
    )
    op.create_table(
        "request_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=True),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["request_line.id"], name=op.f("fk_request_file_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["information_request.id"], name=op.f("fk_request_file_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_file")),
    )
    with op.batch_alter_table("request_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_request_file_draft_id"), ["draft_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_request_file_line_id"), ["line_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_request_file_request_id"), ["request_id"], unique=False
        )

    op.create_table(
        "sharing_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=True),
        sa.Column("approvers", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("inputs", sa.String(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("consent_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_sharing_decision_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["request_line.id"], name=op.f("fk_sharing_decision_line_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing_decision")),
        sa.UniqueConstraint(
            "line_id",
            "direction",
            "number",
            name=op.f("uq_sharing_decision_line_id_direction_number"),
        ),
    )
    with op.batch_alter_table("sharing_decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sharing_decision_consent_id"), ["consent_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_sharing_decision_line_id"), ["line_id"], unique=False)

    op.create_table(
        "approval",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("risk_of_sharing", sa.LargeBinary(), nullable=True),
        sa.Column("risk_of_not_sharing", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["sharing_decision.id"], name=op.f("fk_approval_decision_id")
        ),
        sa.ForeignKeyConstraint(["line_id"], ["request_line.id"], name=op.f("fk_approval_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sa.UniqueConstraint("decision_id", "letter", name=op.f("uq_approval_decision_id_letter")),
    )
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approval_line_id"), ["line_id"], unique=False)
        batch_op.create_index(
            "ix_approval_waiting", ["state", "letter", "agency_id", "due_at", "id"], unique=False
        )

    op.create_table(
        "disclosure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("consent_id", sa.Uuid(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("from_agency_id", sa.Uuid(), nullable=False),
        sa.Column("to_agency_id", sa.Uuid(), nullable=False),
        sa.Column("to_account_id", sa.Uuid(), nullable=True),
        sa.Column("shared", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared_by", sa.Uuid(), nullable=False),
        sa.Column("onward", sa.String(), nullable=False),
        sa.Column("was_told", sa.Boolean(), nullable=False),
        sa.Column("why_not_told", sa.LargeBinary(), nullable=True),
        sa.Column("revisit_on", sa.Date(), nullable=True),
        sa.Column("is_harmful_to_show", sa.Boolean(), nullable=False),
        sa.Column("retention_rule", sa.String(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_disclosure_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["sharing_decision.id"], name=op.f("fk_disclosure_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["from_agency_id"], ["agency.id"], name=op.f("fk_disclosure_from_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["request_line.id"], name=op.f("fk_disclosure_line_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_disclosure_person_id")),
        sa.ForeignKeyConstraint(
            ["to_agency_id"], ["agency.id"], name=op.f("fk_disclosure_to_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint("line_id", name=op.f("uq_disclosure_line_id")),
    )
    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disclosure_consent_id"), ["consent_id"], unique=False)
        batch_op.create_index(
            "ix_disclosure_person", ["person_id", "shared_at", "id"], unique=False
        )
        batch_op.create_index(
            "ix_disclosure_recipient", ["to_agency_id", "shared_at", "id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.drop_index("ix_disclosure_recipient")
        batch_op.drop_index("ix_disclosure_person")
        batch_op.drop_index(batch_op.f("ix_disclosure_consent_id"))

    op.drop_table("disclosure")
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.drop_index("ix_approval_waiting")
        batch_op.drop_index(batch_op.f("ix_approval_line_id"))

    op.drop_table("approval")
    with op.batch_alter_table("sharing_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sharing_decision_line_id"))
        batch_op.drop_index(batch_op.f("ix_sharing_decision_consent_id"))

    op.drop_table("sharing_decision")
    with op.batch_alter_table("request_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_request_file_request_id"))
        batch_op.drop_index(batch_op.f("ix_request_file_line_id"))
        batch_op.drop_index(batch_op.f("ix_request_file_draft_id"))

    op.drop_table("request_file")
    op.drop_table("request_step")
    with op.batch_alter_table("request_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_request_line_request_id"))

    op.drop_table("request_line")
    op.drop_table("request_bar")
    with op.batch_alter_table("information_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_information_request_routed_to_id"))
        batch_op.drop_index(batch_op.f("ix_information_request_person_id"))
        batch_op.drop_index("ix_information_request_inbox")
        batch_op.drop_index("ix_information_request_clock")
        batch_op.drop_index(batch_op.f("ix_information_request_case_id"))
        batch_op.drop_index(batch_op.f("ix_information_request_asker_agency_id"))
        batch_op.drop_index("ix_information_request_asker")
        batch_op.drop_index(batch_op.f("ix_information_request_asked_key"))

    op.drop_table("information_request")
    with op.batch_alter_table("request_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_request_draft_account_id"))

    op.drop_table("request_draft")
