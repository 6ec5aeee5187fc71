"""Decisions about lines of a request, who approved them, and what then left."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base
from hub.db.types import SealedText


class SharingDecision(Base):
    """What the table said of one line in one direction; a new one only when something changed.

    A no is kept like a yes. Source of what is stored: sharing notes, section 3.8.
    """

    __tablename__ = "sharing_decision"
    __table_args__ = (UniqueConstraint("line_id", "direction", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    line_id: Mapped[UUID] = mapped_column(ForeignKey("request_line.id"), index=True)
    direction: Mapped[str]
    """to_service (the holder learns of the case) or to_asker."""
    number: Mapped[int]
    """The how-manieth of the line and direction; the highest counts."""
    rule: Mapped[int]
    table_version: Mapped[int] = mapped_column(server_default="1")
    """Of the decision table that said so."""
    outcome: Mapped[str]
    scope: Mapped[str | None]
    approvers: Mapped[str]
    """JSON list of letters; ``D/M`` is one of the two."""
    record: Mapped[str]
    """JSON list of what must be written down besides."""
    reasons: Mapped[str]
    inputs: Mapped[str]
    """JSON of the coded inputs of the table; no name, no narrative."""
    agreement_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement.id"))
    """The version of the agreement that counted."""
    consent_id: Mapped[UUID | None] = mapped_column(index=True)
    """The consent record that counted."""
    decided_at: Mapped[datetime]


class Approval(Base):
    """A yes or no that a decision needs from somebody in one role.

    It belongs to one decision: when another decision takes its place, it lapses and the new one
    asks anew. Whoever answers is neither who asked nor who lets it out.
    """

    __tablename__ = "approval"
    __table_args__ = (
        UniqueConstraint("decision_id", "letter"),
        Index("ix_approval_waiting", "state", "letter", "agency_id", "due_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("sharing_decision.id"))
    line_id: Mapped[UUID] = mapped_column(ForeignKey("request_line.id"), index=True)
    letter: Mapped[str]
    """W, M, D, C, I, S, L, or D/M."""
    agency_id: Mapped[UUID]
    """Whose people are asked: the holder, or its commissioner where it has nobody in the role."""
    state: Mapped[str] = mapped_column(default="asked")
    """asked, approved, refused or lapsed."""
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    account_id: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    risk_of_sharing: Mapped[str | None] = mapped_column(SealedText("approval.risk_of_sharing"))
    risk_of_not_sharing: Mapped[str | None] = mapped_column(
        SealedText("approval.risk_of_not_sharing")
    )
    reason: Mapped[str | None] = mapped_column(SealedText("approval.reason"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class Disclosure(Base):
    """Something that left, with what was written down about it; none is edited."""

    __tablename__ = "disclosure"
    __table_args__ = (
        Index("ix_disclosure_person", "person_id", "shared_at", "id"),
        Index("ix_disclosure_recipient", "to_agency_id", "shared_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """None where the holder keeps no register here, and the person is known by the request."""
    line_id: Mapped[UUID | None] = mapped_column(ForeignKey("request_line.id"), unique=True)
    decision_id: Mapped[UUID | None] = mapped_column(ForeignKey("sharing_decision.id"))
    agreement_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement.id"))
    consent_id: Mapped[UUID | None] = mapped_column(index=True)
    purpose: Mapped[str]
    category: Mapped[str]
    from_agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    to_agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    to_account_id: Mapped[UUID | None]
    shared: Mapped[str] = mapped_column(SealedText("disclosure.shared"))
    """The exact words that left."""
    sha256: Mapped[str]
    """Of the words, so that a copy can be recognised."""
    record: Mapped[str] = mapped_column(SealedText("disclosure.record"))
    """JSON of necessity, proportionality, less intrusive ways, both risks, the person's view."""
    method: Mapped[str]
    """hub, phone, in_person or secure_email."""
    shared_at: Mapped[datetime]
    """When it really left; by telephone that may be before it was written down."""
    recorded_at: Mapped[datetime]
    shared_by: Mapped[UUID]
    onward: Mapped[str]
    """What the recipient may do with it: none, named or with_permission."""
    was_told: Mapped[bool]
    """Whether the person was told."""
    why_not_told: Mapped[str | None] = mapped_column(SealedText("disclosure.why_not_told"))
    revisit_on: Mapped[date | None]
    """When to look again at telling the person."""
    is_harmful_to_show: Mapped[bool] = mapped_column(default=False)
    """Whether showing the person this line of the log would cause harm."""
    retention_rule: Mapped[str | None]
    review_on: Mapped[date | None]
    """When somebody looks at what came of it; what was told in a danger is always looked at."""
    reviewed_at: Mapped[datetime | None]
    reviewed_by: Mapped[UUID | None]
    outcome: Mapped[str | None] = mapped_column(SealedText("disclosure.outcome"))
    """What came of it, in the words of whoever looked."""
    read_at: Mapped[datetime | None]
    """When the recipient first opened it."""
