"""Drafts live apart and whole; a submitted concern keeps its answers sealed, its people as rows."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base
from hub.db.types import SealedDate, SealedText


class ConcernDraft(Base):
    """What a referrer has typed so far; only they can see it."""

    __tablename__ = "concern_draft"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(index=True)
    answers: Mapped[str] = mapped_column(SealedText("concern_draft.answers"))
    """JSON of the answers by page of the journey."""
    started_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class Concern(Base):
    """A concern as it was submitted: its answers never change, its screening does."""

    __tablename__ = "concern"
    __table_args__ = (
        Index("ix_concern_queue", "area_id", "state", "is_urgent", "submitted_at", "id"),
        Index("ix_concern_referrer", "referrer_id", "submitted_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"))
    referrer_id: Mapped[UUID]
    agency_id: Mapped[UUID] = mapped_column(index=True)
    answers: Mapped[str] = mapped_column(SealedText("concern.answers"))
    """JSON of all answers, by page of the journey."""
    has_children: Mapped[bool]
    is_urgent: Mapped[bool] = mapped_column(default=False)
    has_moved: Mapped[bool] = mapped_column(default=False)
    """Whether another area sent it on because the victim moved to this one."""
    submitted_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class Party(Base):
    """A person named in a concern."""

    __tablename__ = "party"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    concern_id: Mapped[UUID] = mapped_column(ForeignKey("concern.id"), index=True)
    role: Mapped[str]
    """victim, alleged_perpetrator, child or other_adult."""
    position: Mapped[int]
    given_name: Mapped[str | None] = mapped_column(SealedText("party.given_name"))
    family_name: Mapped[str | None] = mapped_column(SealedText("party.family_name"))
    date_of_birth: Mapped[date | None] = mapped_column(SealedDate("party.date_of_birth"))
    care_answer: Mapped[str | None]
    """What the referrer said of care experience: yes, no or not_known; None where not asked."""
    details: Mapped[str] = mapped_column(SealedText("party.details"))
    """JSON of everything else that was said about the person."""


class ConcernAddition(Base):
    """More information from the referrer, set behind what was submitted; none is edited."""

    __tablename__ = "concern_addition"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    concern_id: Mapped[UUID] = mapped_column(ForeignKey("concern.id"), index=True)
    text: Mapped[str] = mapped_column(SealedText("concern_addition.text"))
    added_by: Mapped[UUID]
    added_at: Mapped[datetime]


class ScreeningThreshold(Base):
    """How an area reads risk; an area without a row has the national defaults."""

    __tablename__ = "screening_threshold"

    area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"), primary_key=True)
    score: Mapped[int]
    incidents: Mapped[int]
    months: Mapped[int]
    is_worsening_asked: Mapped[bool] = mapped_column(default=False)
    is_reported_only: Mapped[bool] = mapped_column(default=False)
    is_sign_off_asked: Mapped[bool] = mapped_column(default=False)
    own_criterion: Mapped[str | None]
    """A fifth criterion in the area's own words, about nobody."""
    is_one_reason: Mapped[bool] = mapped_column(default=False)
    is_medium_accepted: Mapped[bool] = mapped_column(default=False)
    advice: Mapped[str | None]
    """The area's words for referrers, about nobody."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class ScreeningDecision(Base):
    """One decision on a concern, or its withdrawal; the latest one counts, none is edited."""

    __tablename__ = "screening_decision"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    concern_id: Mapped[UUID] = mapped_column(ForeignKey("concern.id"), index=True)
    outcome: Mapped[str]
    reason: Mapped[str] = mapped_column(SealedText("screening_decision.reason"))
    decided_by: Mapped[UUID]
    decided_at: Mapped[datetime]


class ConcernFile(Base):
    """A file that came with a concern; its bytes lie sealed in the data folder, named by its id."""

    __tablename__ = "concern_file"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    draft_id: Mapped[UUID | None] = mapped_column(index=True)
    concern_id: Mapped[UUID | None] = mapped_column(ForeignKey("concern.id"), index=True)
    name: Mapped[str] = mapped_column(SealedText("concern_file.name"))
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    added_at: Mapped[datetime]
    stays_here: Mapped[bool] = mapped_column(default=False)
    """Whether it must not go to another area's MARAC, as the referrer says."""
