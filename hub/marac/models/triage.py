"""What follows a concern that was accepted: who is told of it, and what of one that came late."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base
from hub.db.types import SealedText


class IdvaNotice(Base):
    """That an Idva service of the area has an accepted concern, and who of it took it on."""

    __tablename__ = "idva_notice"
    __table_args__ = (UniqueConstraint("concern_id", "agency_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    concern_id: Mapped[UUID] = mapped_column(ForeignKey("concern.id"), index=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"), index=True)
    told_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    taken_by: Mapped[UUID | None]
    """The account of who contacts the victim safely; None until somebody says so."""


class LateDecision(Base):
    """What a chair decided of a concern that came after a meeting's cut-off; the latest counts."""

    __tablename__ = "late_decision"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    concern_id: Mapped[UUID] = mapped_column(ForeignKey("concern.id"), index=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    is_accepted: Mapped[bool]
    """False where it goes to the next meeting all the same."""
    reason: Mapped[str] = mapped_column(SealedText("late_decision.reason"))
    decided_by: Mapped[UUID]
    decided_at: Mapped[datetime]
