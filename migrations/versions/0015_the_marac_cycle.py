"""The MARAC cycle."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "subject",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject")),
    )
    op.create_table(
        "area_setting",
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.Column("shape", sa.String(), nullable=False),
        sa.Column("repeat_months", sa.Integer(), nullable=False),
        sa.Column("flag_months", sa.Integer(), nullable=False),
        sa.Column("repeat_definition", sa.String(), nullable=False),
        sa.Column("repeat_across_areas", sa.Boolean(), nullable=False),
        sa.Column("cutoff_days", sa.Integer(), nullable=False),
        sa.Column("cutoff_time", sa.String(), nullable=False),
        sa.Column("agenda_days", sa.Integer(), nullable=False),
        sa.Column("research_days", sa.Integer(), nullable=False),
        sa.Column("minutes_days", sa.Integer(), nullable=False),
        sa.Column("action_hours", sa.Integer(), nullable=False),
        sa.Column("extra_closed_days", sa.String(), nullable=False),
        sa.Column("quorum", sa.String(), nullable=False),
        sa.Column("chase_days", sa.String(), nullable=False),
        sa.Column("not_asked", sa.String(), nullable=False),
        sa.Column("retention_years", sa.Integer(), nullable=False),
        sa.Column("suppress_below", sa.Integer(), nullable=False),
        sa.Column("adult_females", sa.Integer(), nullable=True),
        sa.Column("statement", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_area_setting_area_id")),
        sa.PrimaryKeyConstraint("area_id", name=op.f("pk_area_setting")),
    )
    op.create_table(
        "flag_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("flag_until", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_flag_notice_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_flag_notice_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag_notice")),
        sa.UniqueConstraint(
            "agency_id",
            "subject_id",
            "kind",
            "flag_until",
            name=op.f("uq_flag_notice_agency_id_subject_id_kind_flag_until"),
        ),
    )
    with op.batch_alter_table("flag_notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flag_notice_subject_id"), ["subject_id"], unique=False)
        batch_op.create_index(
            "ix_flag_notice_waiting", ["agency_id", "done_at", "due_on", "id"], unique=False
        )

    op.create_table(
        "marac_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("victim_id", sa.Uuid(), nullable=False),
        sa.Column("alleged_perpetrator_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["alleged_perpetrator_id"],
            ["subject.id"],
            name=op.f("fk_marac_case_alleged_perpetrator_id"),
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["subject.id"], name=op.f("fk_marac_case_victim_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marac_case")),
        sa.UniqueConstraint("reference", name=op.f("uq_marac_case_reference")),
        sa.UniqueConstraint(
            "victim_id",
            "alleged_perpetrator_id",
            name=op.f("uq_marac_case_victim_id_alleged_perpetrator_id"),
        ),
    )
    with op.batch_alter_table("marac_case", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_marac_case_alleged_perpetrator_id"),
            ["alleged_perpetrator_id"],
            unique=False,
        )

    op.create_table(
        "minutes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("contents", sa.LargeBinary(), nullable=False),
        sa.Column("drafted_by", sa.Uuid(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_minutes_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_minutes_meeting_id_number")),
    )
    with op.batch_alter_table("minutes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_minutes_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "repeat_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("incident_on", sa.Date(), nullable=True),
        sa.Column("incident_kind", sa.String(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["concern_id"], ["concern.id"], name=op.f("fk_repeat_decision_concern_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repeat_decision")),
        sa.UniqueConstraint(
            "concern_id", "number", name=op.f("uq_repeat_decision_concern_id_number")
        ),
    )
    with op.batch_alter_table("repeat_decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_repeat_decision_concern_id"), ["concern_id"], unique=False
        )

    op.create_table(
        "transfer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("received_id", sa.Uuid(), nullable=True),
        sa.Column("from_area_id", sa.Uuid(), nullable=False),
        sa.Column("to_area_id", sa.Uuid(), nullable=False),
        sa.Column("is_temporary", sa.Boolean(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("new_address", sa.LargeBinary(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by", sa.Uuid(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.Uuid(), nullable=True),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("heard_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["concern_id"], ["concern.id"], name=op.f("fk_transfer_concern_id")
        ),
        sa.ForeignKeyConstraint(
            ["from_area_id"], ["area.id"], name=op.f("fk_transfer_from_area_id")
        ),
        sa.ForeignKeyConstraint(
            ["received_id"], ["concern.id"], name=op.f("fk_transfer_received_id")
        ),
        sa.ForeignKeyConstraint(["to_area_id"], ["area.id"], name=op.f("fk_transfer_to_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
        sa.UniqueConstraint("reference", name=op.f("uq_transfer_reference")),
    )
    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_concern_id"), ["concern_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_transfer_from_area_id"), ["from_area_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_transfer_received_id"), ["received_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_to_area_id"), ["to_area_id"], unique=False)

    op.create_table(
        "undertaking",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_undertaking_meeting_id")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "account_id", name=op.f("pk_undertaking")),
    )
    op.create_table(
        "action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("risk", sa.LargeBinary(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("may_tell_victim", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.LargeBinary(), nullable=True),
        sa.Column("next_chase_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_action_agency_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_action_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("reference", name=op.f("uq_action_reference")),
    )
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.create_index(
            "ix_action_agency", ["agency_id", "state", "due_on", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_action_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_action_next_chase_at"), ["next_chase_at"], unique=False
        )
        batch_op.create_index(
            "ix_action_owner", ["owner_id", "state", "due_on", "id"], unique=False
        )

    op.create_table(
        "addendum",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("minutes_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_addendum_minutes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addendum")),
    )
    with op.batch_alter_table("addendum", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_addendum_minutes_id"), ["minutes_id"], unique=False)

    op.create_table(
        "hearing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("heard_on", sa.Date(), nullable=True),
        sa.Column("put_back_why", sa.LargeBinary(), nullable=True),
        sa.Column("teller", sa.String(), nullable=True),
        sa.Column("teller_account_id", sa.Uuid(), nullable=True),
        sa.Column("teller_note", sa.LargeBinary(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_how", sa.String(), nullable=True),
        sa.Column("not_told_why", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_hearing_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing")),
        sa.UniqueConstraint("item_id", name=op.f("uq_hearing_item_id")),
    )
    op.create_table(
        "hearing_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("saved_by", sa.Uuid(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_hearing_note_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_note")),
        sa.UniqueConstraint("item_id", "field", name=op.f("uq_hearing_note_item_id_field")),
    )
    op.create_table(
        "research",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chased", sa.Integer(), nullable=False),
        sa.Column("chase_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("refusal", sa.LargeBinary(), nullable=True),
        sa.Column("proportionality", sa.LargeBinary(), nullable=True),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_research_agency_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_research_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_research")),
        sa.UniqueConstraint("item_id", "agency_id", name=op.f("uq_research_item_id_agency_id")),
    )
    with op.batch_alter_table("research", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_research_chase_at"), ["chase_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_research_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            "ix_research_waiting", ["agency_id", "state", "due_at", "id"], unique=False
        )

    op.create_table(
        "subject_key",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_subject_key_party_id")),
        sa.PrimaryKeyConstraint("key", "party_id", name=op.f("pk_subject_key")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("subject_key", schema=None) as batch_op:
        batch_op.create_index("ix_subject_key_party_id", ["party_id"], unique=False)

    op.create_table(
        "subject_party",
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("said_by", sa.Uuid(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_subject_party_party_id")),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject.id"], name=op.f("fk_subject_party_subject_id")
        ),
        sa.PrimaryKeyConstraint("party_id", name=op.f("pk_subject_party")),
    )
    with op.batch_alter_table("subject_party", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_subject_party_subject_id"), ["subject_id"], unique=False
        )

    op.create_table(
        "action_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_action_step_action_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_step")),
        sa.UniqueConstraint("action_id", "number", name=op.f("uq_action_step_action_id_number")),
    )
    op.create_table(
        "research_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("research_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        sa.Column("withheld_why", sa.LargeBinary(), nullable=True),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["research_id"], ["research.id"], name=op.f("fk_research_line_research_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_research_line")),
    )
    with op.batch_alter_table("research_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_research_line_research_id"), ["research_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("research_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_research_line_research_id"))

    op.drop_table("research_line")
    op.drop_table("action_step")
    with op.batch_alter_table("subject_party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subject_party_subject_id"))

    op.drop_table("subject_party")
    with op.batch_alter_table("subject_key", schema=None) as batch_op:
        batch_op.drop_index("ix_subject_key_party_id")

    op.drop_table("subject_key")
    with op.batch_alter_table("research", schema=None) as batch_op:
        batch_op.drop_index("ix_research_waiting")
        batch_op.drop_index(batch_op.f("ix_research_item_id"))
        batch_op.drop_index(batch_op.f("ix_research_chase_at"))

    op.drop_table("research")
    op.drop_table("hearing_note")
    op.drop_table("hearing")
    with op.batch_alter_table("addendum", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_addendum_minutes_id"))

    op.drop_table("addendum")
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.drop_index("ix_action_owner")
        batch_op.drop_index(batch_op.f("ix_action_next_chase_at"))
        batch_op.drop_index(batch_op.f("ix_action_item_id"))
        batch_op.drop_index("ix_action_agency")

    op.drop_table("action")
    op.drop_table("undertaking")
    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfer_to_area_id"))
        batch_op.drop_index(batch_op.f("ix_transfer_received_id"))
        batch_op.drop_index(batch_op.f("ix_transfer_from_area_id"))
        batch_op.drop_index(batch_op.f("ix_transfer_concern_id"))

    op.drop_table("transfer")
    with op.batch_alter_table("repeat_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_repeat_decision_concern_id"))

    op.drop_table("repeat_decision")
    with op.batch_alter_table("minutes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_minutes_meeting_id"))

    op.drop_table("minutes")
    with op.batch_alter_table("marac_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_marac_case_alleged_perpetrator_id"))

    op.drop_table("marac_case")
    with op.batch_alter_table("flag_notice", schema=None) as batch_op:
        batch_op.drop_index("ix_flag_notice_waiting")
        batch_op.drop_index(batch_op.f("ix_flag_notice_subject_id"))

    op.drop_table("flag_notice")
    op.drop_table("area_setting")
    op.drop_table("subject")
