"""Meetings, their items, who is on them, who is invited, and what was said about gaps."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base
from hub.db.types import SealedDate, SealedText


class Meeting(Base):
    """Any meeting about people: MARAC, safety planning, professionals', support, strategy."""

    __tablename__ = "meeting"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    shape: Mapped[str] = mapped_column(default="meeting", server_default="meeting")
    """meeting, emergency (called within hours), or closing (a closing date and no meeting)."""
    state: Mapped[str] = mapped_column(default="planned")
    """planned, issued, held or cancelled."""
    area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"), index=True)
    series_id: Mapped[UUID | None] = mapped_column(index=True)
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    place: Mapped[str | None]
    video_link: Mapped[str | None]
    chair_id: Mapped[UUID | None]
    coordinator_id: Mapped[UUID | None]
    """Accounts."""
    issued_at: Mapped[datetime | None]
    ladder_hours: Mapped[int | None]
    """Within how many hours silence climbs the whole ladder; None where it takes working days."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class DoubleBooking(Base):
    """A named person's reason why two meetings share a chair, a place or a video link."""

    __tablename__ = "double_booking"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    other_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    resource: Mapped[str]
    """chair_id, place or video_link."""
    reason: Mapped[str] = mapped_column(SealedText("double_booking.reason"))
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime]


class Item(Base):
    """One agenda item: one victim with the same alleged perpetrator(s), at one meeting."""

    __tablename__ = "item"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    concern_id: Mapped[UUID | None] = mapped_column(ForeignKey("concern.id"), index=True)
    state: Mapped[str] = mapped_column(default="listed")
    """listed or withdrawn."""
    position: Mapped[int] = mapped_column(default=0)
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    """The slot, once the agenda has been packed."""
    has_children: Mapped[bool] = mapped_column(default=False)
    listed_at: Mapped[datetime]


class ItemPerson(Base):
    """Somebody an item is about, and what is known of their care experience."""

    __tablename__ = "item_person"
    __table_args__ = (
        UniqueConstraint("item_id", "party_id"),
        UniqueConstraint("item_id", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("item.id"), index=True)
    party_id: Mapped[UUID] = mapped_column(index=True)
    role: Mapped[str]
    care_status: Mapped[str]
    """care_experienced, not_known or not_care_experienced."""
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    """The person on the register, once a duty desk has confirmed who is meant."""
    date_of_birth: Mapped[date | None] = mapped_column(SealedDate("item_person.date_of_birth"))
    """As the concern gave it; the register's own counts once the person is confirmed."""


class Invitation(Base):
    """One recipient asked to one item about one person: one UID for ever."""

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("item_id", "subject_id", "recipient_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("item.id"), index=True)
    subject_id: Mapped[UUID] = mapped_column(index=True)
    """The person on the register."""
    recipient_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), index=True)
    route: Mapped[str]
    step: Mapped[str]
    because: Mapped[str]
    """required, escalated or chosen."""
    uid: Mapped[str] = mapped_column(unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(default="held", index=True)
    """held or cancelled."""
    address: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    """Slot and address as last told to the recipient."""
    issued_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    answer: Mapped[str | None]
    """accepted, declined, stand_in, information_only or not_mine; None while silent."""
    answer_note: Mapped[str | None] = mapped_column(SealedText("invitation.answer_note"))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None]
    stand_in_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"))
    climb_at: Mapped[datetime | None] = mapped_column(index=True)
    """When silence climbs the ladder; None once it has, or once there is an answer."""
    climbed_at: Mapped[datetime | None]


class Excuse(Base):
    """A named person's recorded reason why a gap stands."""

    __tablename__ = "excuse"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("item.id"), index=True)
    subject_id: Mapped[UUID | None]
    """The person, or None for a problem of the whole item."""
    problem: Mapped[str]
    recipient_id: Mapped[UUID | None]
    reason: Mapped[str] = mapped_column(SealedText("excuse.reason"))
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime]


class Bar(Base):
    """Somebody the chair has ruled out for one item."""

    __tablename__ = "bar"

    recipient_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), primary_key=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("item.id"), primary_key=True)
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime]


class Task(Base):
    """Something a person must do by a time, most often a telephone call; it cannot vanish."""

    __tablename__ = "task"
    __table_args__ = (UniqueConstraint("cause"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    cause: Mapped[str]
    """What it is for, said once: kind and ids. The same cause never opens a second task."""
    kind: Mapped[str]
    owner_role: Mapped[str] = mapped_column(index=True)
    owner_agency_id: Mapped[UUID | None] = mapped_column(index=True)
    meeting_id: Mapped[UUID | None] = mapped_column(index=True)
    item_id: Mapped[UUID | None]
    subject_id: Mapped[UUID | None]
    check_id: Mapped[UUID | None] = mapped_column(ForeignKey("identity_check.id"), index=True)
    """The question of identity that waits, where the task is about one."""
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("area.id"))
    """The area whose people own it, where it is about no meeting."""
    recipient_id: Mapped[UUID | None]
    """The contact to ring, where there is one."""
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="open", index=True)
    """open, done, or lapsed when what it was for is no longer so."""
    outcome: Mapped[str | None] = mapped_column(SealedText("task.outcome"))
    done_at: Mapped[datetime | None]
    done_by: Mapped[UUID | None]


class Attendance(Base):
    """Who came to an item."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("item_id", "contact_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("item.id"), index=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"))
    status: Mapped[str]
    """attended, part, apology, no_response or not_identified."""
    sent_information: Mapped[bool] = mapped_column(default=False)
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime]
