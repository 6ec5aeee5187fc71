"""What is written down while a case is heard: who signed, notes field by field, risks, actions."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base
from hub.db.types import SealedText


class Undertaking(Base):
    """That somebody accepted the confidentiality statement of one meeting."""

    __tablename__ = "undertaking"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    capacity: Mapped[str]
    """member, one_slot or observer."""
    statement: Mapped[str]
    """The words that were accepted."""
    accepted_at: Mapped[datetime]


class Hearing(Base):
    """How a case was dealt with at its meeting."""

    __tablename__ = "hearing"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("item.id"), unique=True)
    state: Mapped[str] = mapped_column(default="waiting")
    """waiting, open, heard, noted (alert only) or put_back."""
    opened_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    heard_on: Mapped[date | None]
    """The day in London on which it was heard."""
    put_back_why: Mapped[str | None] = mapped_column(SealedText("hearing.put_back_why"))
    teller: Mapped[str | None]
    """Who tells the victim: idva, leaving_care_worker, referrer, other, or nobody with a reason."""
    teller_account_id: Mapped[UUID | None]
    teller_note: Mapped[str | None] = mapped_column(SealedText("hearing.teller_note"))
    told_on: Mapped[date | None]
    told_how: Mapped[str | None]
    not_told_why: Mapped[str | None] = mapped_column(SealedText("hearing.not_told_why"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class HearingNote(Base):
    """One field of a case's record, saved as typed; each field has a version of its own.

    So two people can write at once in different fields, and in the same one each sees the other's.
    """

    __tablename__ = "hearing_note"
    __table_args__ = (UniqueConstraint("item_id", "field"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("item.id"))
    field: Mapped[str]
    """One of ``rules.record.FIELDS``."""
    text: Mapped[str] = mapped_column(SealedText("hearing_note.text"))
    saved_by: Mapped[UUID]
    saved_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class Action(Base):
    """Something that an agency does about a risk, by a named person and a day."""

    __tablename__ = "action"
    __table_args__ = (
        Index("ix_action_agency", "agency_id", "state", "due_on", "id"),
        Index("ix_action_owner", "owner_id", "state", "due_on", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("item.id"), index=True)
    text: Mapped[str] = mapped_column(SealedText("action.text"))
    risk: Mapped[str] = mapped_column(SealedText("action.risk"))
    """The risk that it answers, in words."""
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    owner_id: Mapped[UUID]
    """The account of the named person who does it."""
    due_on: Mapped[date]
    may_tell_victim: Mapped[bool]
    state: Mapped[str] = mapped_column(default="proposed")
    """proposed, open, done, not_possible, not_done, superseded, transferred or declined."""
    proposed_by: Mapped[UUID]
    proposed_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    """When it became the owner's: at once for who was there, else when they accepted it."""
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[UUID | None]
    outcome: Mapped[str | None] = mapped_column(SealedText("action.outcome"))
    next_chase_at: Mapped[datetime | None] = mapped_column(index=True)
    escalated_at: Mapped[datetime | None]
    stage: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often the steering group was told that it is overdue; each stage is told once."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class ActionStep(Base):
    """What happened to an action, in order; none is edited."""

    __tablename__ = "action_step"
    __table_args__ = (UniqueConstraint("action_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    action_id: Mapped[UUID] = mapped_column(ForeignKey("action.id"))
    number: Mapped[int]
    what: Mapped[str]
    note: Mapped[str | None] = mapped_column(SealedText("action_step.note"))
    done_by: Mapped[UUID | None]
    done_at: Mapped[datetime]


class Minutes(Base):
    """The minutes of a meeting in one version; an approved one is never changed."""

    __tablename__ = "minutes"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(default="draft")
    """draft, approved or replaced."""
    contents: Mapped[str] = mapped_column(SealedText("minutes.contents"))
    """JSON of the record as it stood when it was drafted, and of what was put right since."""
    drafted_by: Mapped[UUID]
    drafted_at: Mapped[datetime]
    approved_by: Mapped[UUID | None]
    approved_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class Addendum(Base):
    """A correction behind approved minutes."""

    __tablename__ = "addendum"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    minutes_id: Mapped[UUID] = mapped_column(ForeignKey("minutes.id"), index=True)
    item_id: Mapped[UUID | None]
    text: Mapped[str] = mapped_column(SealedText("addendum.text"))
    added_by: Mapped[UUID]
    added_at: Mapped[datetime]
