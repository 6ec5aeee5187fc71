"""Which agencies came to a meeting, what was otherwise at one case, and who observed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base
from hub.db.types import SealedText


class AgencyPresence(Base):
    """Whether an agency came to a meeting; it holds for every case that says nothing else."""

    __tablename__ = "agency_presence"
    __table_args__ = (UniqueConstraint("meeting_id", "agency_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    status: Mapped[str]
    """attended, part, apology, no_response or not_identified."""
    people: Mapped[str | None] = mapped_column(SealedText("agency_presence.people"))
    """Who came for the agency, or who sent word."""
    sent_on: Mapped[date | None]
    """The day in London on which it sent information; None where it sent none."""
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class CasePresence(Base):
    """What is otherwise for an agency at one case than at the meeting as a whole."""

    __tablename__ = "case_presence"
    __table_args__ = (UniqueConstraint("item_id", "agency_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("item.id"))
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    status: Mapped[str]
    """One of the five, or left: it was there and left the room for this case."""
    people: Mapped[str | None] = mapped_column(SealedText("case_presence.people"))
    sent_on: Mapped[date | None]
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class Observer(Base):
    """Somebody who observed a meeting without an account here, named by who runs it."""

    __tablename__ = "observer"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    name: Mapped[str] = mapped_column(SealedText("observer.name"))
    agency: Mapped[str | None]
    has_accepted: Mapped[bool]
    """Whether they accepted the confidentiality statement, on paper or aloud."""
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime]
