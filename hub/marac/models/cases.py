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
