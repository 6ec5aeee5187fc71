"""Series of MARACs and the agendas that were issued."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base
from hub.db.types import SealedText


class Series(Base):
    """The MARAC of an area: where and how it usually meets."""

    __tablename__ = "series"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"), index=True)
    name: Mapped[str]
    place: Mapped[str | None]
    video_link: Mapped[str | None]
    starts: Mapped[str]
    """The usual London wall time, such as ``09:30``."""
    minutes: Mapped[int]
    slot_minutes: Mapped[int] = mapped_column(default=10)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class AgendaIssue(Base):
    """One issue of an agenda, as it stood; a later one does not change it."""

    __tablename__ = "agenda_issue"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    number: Mapped[int]
    issued_at: Mapped[datetime]
    issued_by: Mapped[UUID]
    contents: Mapped[str] = mapped_column(SealedText("agenda_issue.contents"))
    """JSON of items, slots and the state of each invitation in words."""


class AgendaCopy(Base):
    """That somebody had a copy of an issue; what it holds is worked out when it is read."""

    __tablename__ = "agenda_copy"

    issue_id: Mapped[UUID] = mapped_column(ForeignKey("agenda_issue.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
