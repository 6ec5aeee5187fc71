"""What of a quarter was passed on, and exact returns on their way to one recipient."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base
from hub.db.types import SealedText


class ReturnEdition(Base):
    """A quarter of an area as it was counted when its copy was made; it never changes."""

    __tablename__ = "return_edition"
    __table_args__ = (UniqueConstraint("area_id", "quarter"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"))
    quarter: Mapped[str]
    """Such as 2026Q2."""
    counts: Mapped[str] = mapped_column(SealedText("return_edition.counts"))
    """JSON of all counts, with nothing withheld (``hub.reporting.rules.editions``)."""
    cases: Mapped[str] = mapped_column(SealedText("return_edition.cases"))
    """JSON list of the ids of the cases that are counted: who is kept from one is shown another."""
    made_by: Mapped[UUID | None]
    """None for the hub itself, on a command line."""
    made_at: Mapped[datetime]


class ReturnRelease(Base):
    """An exact return that one person asked to pass on, and a second one decides on."""

    __tablename__ = "return_release"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"), index=True)
    quarter: Mapped[str]
    whom: Mapped[str] = mapped_column(SealedText("return_release.whom"))
    """To whom it goes, and what for."""
    asked_by: Mapped[UUID]
    asked_at: Mapped[datetime]
    settled_by: Mapped[UUID | None]
    approved_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
