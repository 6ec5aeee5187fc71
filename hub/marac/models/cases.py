"""Who is who over several referrals: subjects, the cases they make, and what a referral repeats.

A case is one victim with one alleged perpetrator. That two referrals speak of the same person is
said by a co-ordinator, never by the hub; a reversed pair is another case and never merged.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base
from hub.db.types import SealedText


class Subject(Base):
    """Somebody whom referrals are about, over time and areas; names stay with the referrals."""

    __tablename__ = "subject"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]


class SubjectParty(Base):
    """That somebody named in a concern is this subject, and who said so."""

    __tablename__ = "subject_party"

    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"), primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"), index=True)
    said_by: Mapped[UUID | None]
    """The account that last said so; None while it is a subject of its own by default."""
    said_at: Mapped[datetime]


class SubjectVerdict(Base):
    """What a co-ordinator said of two people of two concerns: one person, another, or open again.

    The highest number of a pair counts; none is edited.
    """

    __tablename__ = "subject_verdict"
    __table_args__ = (UniqueConstraint("one_id", "other_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    one_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"))
    other_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"), index=True)
    """Of the two ids, ``one_id`` is the lesser."""
    number: Mapped[int]
    verdict: Mapped[str]
    """same, other or open."""
    basis: Mapped[str | None]
    """What besides names tells that they are one person; said with ``same`` only."""
    said_by: Mapped[UUID]
    said_at: Mapped[datetime]


class SubjectKey(Base):
    """A keyed hash of what a concern says of somebody, by which a likely same subject is found."""

    __tablename__ = "subject_key"

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"), primary_key=True)

    __table_args__ = (
        Index("ix_subject_key_party_id", "party_id"),
        {"sqlite_with_rowid": False},
    )


class MaracCase(Base):
    """One victim with one alleged perpetrator, under a reference of its own."""

    __tablename__ = "marac_case"
    __table_args__ = (UniqueConstraint("victim_id", "alleged_perpetrator_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    victim_id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"))
    alleged_perpetrator_id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"), index=True)


class RepeatDecision(Base):
    """What a co-ordinator held a referral to be, and its incident; the clock counts without one."""

    __tablename__ = "repeat_decision"
    __table_args__ = (UniqueConstraint("concern_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    concern_id: Mapped[UUID] = mapped_column(ForeignKey("concern.id"), index=True)
    number: Mapped[int]
    """The highest counts; none is edited."""
    label: Mapped[str]
    """repeat, check, new, new_case, or clock where the area's own rule is to count."""
    incident_on: Mapped[date | None]
    incident_kind: Mapped[str]
    reason: Mapped[str | None] = mapped_column(SealedText("repeat_decision.reason"))
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime]


class Transfer(Base):
    """A case that goes from one area's MARAC to another's because the victim moved."""

    __tablename__ = "transfer"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    concern_id: Mapped[UUID] = mapped_column(ForeignKey("concern.id"), index=True)
    """The referral as the sending area had it."""
    received_id: Mapped[UUID | None] = mapped_column(ForeignKey("concern.id"), index=True)
    """The referral that the receiving area made of it."""
    from_area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"), index=True)
    to_area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"), index=True)
    is_temporary: Mapped[bool]
    note: Mapped[str | None] = mapped_column(SealedText("transfer.note"))
    new_address: Mapped[str | None] = mapped_column(SealedText("transfer.new_address"))
    """For the receiving area alone; the sending area never sees it again."""
    told_on: Mapped[date]
    """When the sending area was told of the move."""
    sent_at: Mapped[datetime]
    sent_by: Mapped[UUID]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[UUID | None]
    listed_at: Mapped[datetime | None]
    heard_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class FlagNotice(Base):
    """What an agency has to do to its own flag on somebody: add, renew or remove it."""

    __tablename__ = "flag_notice"
    __table_args__ = (
        UniqueConstraint("agency_id", "subject_id", "kind", "flag_until"),
        Index("ix_flag_notice_waiting", "agency_id", "done_at", "due_on", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    subject_id: Mapped[UUID] = mapped_column(ForeignKey("subject.id"), index=True)
    item_id: Mapped[UUID | None]
    """The hearing that it comes from."""
    kind: Mapped[str]
    """add, renew or remove."""
    flag_until: Mapped[date]
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    done_by: Mapped[UUID | None]
