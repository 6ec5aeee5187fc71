"""Rights of the people whom the hub keeps something about: who was told what about them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
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
