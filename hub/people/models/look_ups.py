"""Every look-up of a person, by whichever door: who, when, what for; never whom in clear."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base
from hub.db.types import SealedText


class LookUp(Base):
    """Somebody looked somebody up.

    Kept so that look-ups can be counted, a repeated one recognised, and each that is flagged be
    looked at by somebody else. It holds ids of rooms above as opaque ids, and goes by its own rule.
    """

    __tablename__ = "look_up"
    __table_args__ = (
        Index("ix_look_up_account_id_at", "account_id", "at"),
        Index("ix_look_up_agency_id_at", "agency_id", "at", "id"),
        Index("ix_look_up_asked_key", "asked_key", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID]
    agency_id: Mapped[UUID]
    at: Mapped[datetime]
    door: Mapped[str]
    """See ``rules.look_ups.Door``."""
    purpose: Mapped[str]
    """A code of the door: what for."""
    facts: Mapped[str]
    """The kinds of fact that were given, parted by blanks."""
    asked_key: Mapped[int] = mapped_column(BigInteger)
    """Keyed hash of who is meant. It protects a leaked log, not against the key."""
    hits: Mapped[str | None]
    """Roughly how many were found; None where nothing was compared. Whoever reviews sees it of
    searches of their own register alone: of any other door it would tell who is known."""
    case_id: Mapped[UUID | None] = mapped_column(index=True)
    """The concern that it belongs to."""
    about_id: Mapped[UUID | None] = mapped_column(index=True)
    """The person in the concern, or the request."""
    flags: Mapped[str] = mapped_column(default="")
    """Why somebody else should look at it, parted by blanks; empty for most."""
    is_refused: Mapped[bool] = mapped_column(default=False)
    """It was one too many, and did not take place."""
    reviewed_at: Mapped[datetime | None] = mapped_column(index=True)
    reviewed_by: Mapped[UUID | None]
    outcome: Mapped[str | None]
    review_note: Mapped[str | None] = mapped_column(SealedText("look_up.review_note"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form
