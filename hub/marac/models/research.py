"""What each agency is asked about a case, and what it chose to share of what it found."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base
from hub.db.types import SealedText


class Research(Base):
    """One agency asked about one case at one meeting; without a row it was not asked."""

    __tablename__ = "research"
    __table_args__ = (
        UniqueConstraint("item_id", "agency_id"),
        Index("ix_research_waiting", "agency_id", "state", "due_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("item.id"), index=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    state: Mapped[str] = mapped_column(default="asked")
    """asked, nothing_held, shared or refused; silence stays asked for ever."""
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    chased: Mapped[int] = mapped_column(default=0)
    """How many times the agency was chased."""
    chase_at: Mapped[datetime | None] = mapped_column(index=True)
    """When it is chased next; None once there is an answer, or no chaser is left."""
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None]
    refusal: Mapped[str | None] = mapped_column(SealedText("research.refusal"))
    """Why an agency would not answer."""
    proportionality: Mapped[str | None] = mapped_column(SealedText("research.proportionality"))
    """Why what was released is relevant and proportionate."""
    mode: Mapped[str] = mapped_column(default="attend")
    """attend, one_slot or information_only: how the agency takes part in the case."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class ResearchLine(Base):
    """A line of an agency's own paper: private to it until it is released."""

    __tablename__ = "research_line"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    research_id: Mapped[UUID] = mapped_column(ForeignKey("research.id"), index=True)
    party_id: Mapped[UUID | None]
    """Whom it is about; None for the case as a whole."""
    kind: Mapped[str]
    """fact, opinion, history, risk, protective, wishes, own_words or suggestion."""
    text: Mapped[str] = mapped_column(SealedText("research_line.text"))
    position: Mapped[int]
    released_at: Mapped[datetime | None]
    released_by: Mapped[UUID | None]
    stays_here: Mapped[bool] = mapped_column(default=False)
    """Whether it must not go to another area's MARAC, as the agency says."""
    withheld_why: Mapped[str | None] = mapped_column(SealedText("research_line.withheld_why"))
    """Why it stays private, for the agency's own record."""
    written_by: Mapped[UUID]
    written_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form
