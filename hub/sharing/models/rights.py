"""Rights of the people whom the hub keeps something about: who was told what about them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base
from hub.db.types import SealedText


class LogMark(Base):
    """What somebody said of a line of a person's log, and whether a second person confirmed it."""

    __tablename__ = "log_mark"
    __table_args__ = (UniqueConstraint("person_id", "kind", "entry_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    """Of the line: see ``told_log.LogKind``."""
    entry_id: Mapped[UUID]
    """Of the line: an opaque id, of a higher room perhaps."""
    number: Mapped[int]
    """The how-manieth mark of the line."""
    verdict: Mapped[str]
    """hide: showing the line to the person would cause harm; show: it would not, though they were
    not told at the time."""
    reason: Mapped[str] = mapped_column(SealedText("log_mark.reason"))
    marked_by: Mapped[UUID]
    marked_at: Mapped[datetime]
    is_confirmed: Mapped[bool | None]
    """None while a second person is asked."""
    answered_by: Mapped[UUID | None]
    answered_at: Mapped[datetime | None]


class Correction(Base):
    """That something which was told about a person is wrong; it stands beside what was told."""

    __tablename__ = "correction"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    category: Mapped[str]
    wrong: Mapped[str] = mapped_column(SealedText("correction.wrong"))
    """What was wrong, in the words of whoever corrects it."""
    right: Mapped[str | None] = mapped_column(SealedText("correction.right"))
    """What is right; None where it is only known that it was wrong."""
    made_by: Mapped[UUID]
    made_at: Mapped[datetime]


class CorrectionNotice(Base):
    """A past recipient who was told of a correction, and whether they said that they read it."""

    __tablename__ = "correction_notice"
    __table_args__ = (
        UniqueConstraint("correction_id", "disclosure_id"),
        UniqueConstraint("correction_id", "invitation_id"),
        Index("ix_correction_notice_chase", "understood_at", "chase_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    correction_id: Mapped[UUID] = mapped_column(ForeignKey("correction.id"))
    disclosure_id: Mapped[UUID | None] = mapped_column(ForeignKey("disclosure.id"), index=True)
    """How they had been told; None where an invitation told them."""
    invitation_id: Mapped[UUID | None] = mapped_column(index=True)
    """The invitation that had told them: an opaque id of a higher room."""
    invited_at: Mapped[datetime | None]
    """When it had."""
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"), index=True)
    account_id: Mapped[UUID | None] = mapped_column(index=True)
    """Who received it; None where they cannot be told, and the desks of their agency are."""
    told_at: Mapped[datetime]
    chase_at: Mapped[datetime]
    """When they are reminded next."""
    chased: Mapped[int] = mapped_column(default=0)
    understood_at: Mapped[datetime | None]
    understood_by: Mapped[UUID | None]


class SubjectAccess(Base):
    """A person, or somebody for them, asks what is held about them."""

    __tablename__ = "subject_access"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    received_on: Mapped[date]
    asks: Mapped[str]
    """person or representative."""
    representative: Mapped[str | None] = mapped_column(SealedText("subject_access.representative"))
    """The authority that was seen, where somebody asks for them."""
    representative_name: Mapped[str | None] = mapped_column(
        SealedText("subject_access.representative_name")
    )
    """Who asks for them."""
    proved_how: Mapped[str | None] = mapped_column(SealedText("subject_access.proved_how"))
    proved_on: Mapped[date | None]
    """Since when it is proved who asks; the clock stands until then."""
    longer_why: Mapped[str | None] = mapped_column(SealedText("subject_access.longer_why"))
    """Why it is complex and takes two months longer; None where it does not."""
    due_on: Mapped[date | None] = mapped_column(index=True)
    """The last day for the answer; None while it is not proved who asks."""
    warned_at: Mapped[datetime | None]
    """When the governance leads were told that the day is near; None again when it moves."""
    drawn_at: Mapped[datetime | None]
    """When the pack was last drawn up."""
    outcome: Mapped[str | None] = mapped_column(SealedText("subject_access.outcome"))
    """What is to be given or kept back and why, in the words of whoever prepared it."""
    prepared_by: Mapped[UUID | None]
    released_by: Mapped[UUID | None]
    """The second person, who lets it out."""
    released_at: Mapped[datetime | None]
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form
