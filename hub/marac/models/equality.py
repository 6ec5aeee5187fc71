"""What is known of who a victim is, recorded for a case after its referral."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base
from hub.db.types import SealedText


class EqualityAnswer(Base):
    """What a co-ordinator recorded of a case's victim for the counts of a return."""

    __tablename__ = "equality_answer"
    __table_args__ = (UniqueConstraint("concern_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    concern_id: Mapped[UUID] = mapped_column(ForeignKey("concern.id"), index=True)
    number: Mapped[int]
    """The highest counts; none is edited."""
    answers: Mapped[str] = mapped_column(SealedText("equality_answer.answers"))
    """JSON of the answers by their names (``hub.marac.rules.equality.COUNTED``)."""
    source: Mapped[str]
    note: Mapped[str | None] = mapped_column(SealedText("equality_answer.note"))
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime]
