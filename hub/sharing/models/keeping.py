"""How long things are kept: rules, holds, and what was disposed of."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base
from hub.db.types import SealedDate, SealedText


class RetentionText(Base):
    """One text of a rule at an agency; a new one is set behind it, and the latest counts."""

    __tablename__ = "retention_text"
    __table_args__ = (UniqueConstraint("agency_id", "code", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    code: Mapped[str]
    """Of the rule: see ``retention.DEFAULTS``."""
    number: Mapped[int]
    counts_from: Mapped[str]
    years: Mapped[int]
    source: Mapped[str]
    set_by: Mapped[UUID]
    set_at: Mapped[datetime]


class LegalHold(Base):
    """Why a record must be kept whatever the rules say, until somebody lifts it."""

    __tablename__ = "legal_hold"
    __table_args__ = (Index("ix_legal_hold_record", "record_id", "lifted_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    record_id: Mapped[UUID]
    """A person, a concern, a request or an agreement: an opaque id."""
    ground: Mapped[str]
    """death_review, inquiry, litigation or other."""
    reason: Mapped[str] = mapped_column(SealedText("legal_hold.reason"))
    set_by: Mapped[UUID]
    set_at: Mapped[datetime]
    lifted_by: Mapped[UUID | None]
    lifted_at: Mapped[datetime | None]
    lifted_why: Mapped[str | None] = mapped_column(SealedText("legal_hold.lifted_why"))


class Disposal(Base):
    """A record that is to go, or went: once it is done this row is the stub, without content."""

    __tablename__ = "disposal"
    __table_args__ = (Index("ix_disposal_agency", "agency_id", "state", "proposed_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    kind: Mapped[str]
    record_id: Mapped[UUID] = mapped_column(index=True)
    reference: Mapped[str]
    rule_code: Mapped[str]
    rule_number: Mapped[int]
    kept_until: Mapped[date]
    state: Mapped[str] = mapped_column(default="proposed")
    """proposed, approved, stopped or done."""
    proposed_by: Mapped[UUID]
    proposed_at: Mapped[datetime]
    approved_by: Mapped[UUID | None]
    approved_at: Mapped[datetime | None]
    stopped_by: Mapped[UUID | None]
    """None with a time: a hold stopped it."""
    stopped_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    counts: Mapped[str] = mapped_column(default="{}")
    """JSON: how many rows of which table went."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class DeathRecord(Base):
    """The day on which a person died, from which the years may count."""

    __tablename__ = "death_record"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), unique=True)
    died_on: Mapped[date] = mapped_column(SealedDate("death_record.died_on"))
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime]
