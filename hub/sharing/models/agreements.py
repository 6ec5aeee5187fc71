"""Agreements as structured rows: one row of ``agreement`` is one version, and never changes again.

Terms are edited in a draft only. What moves without a new version are the day of the next review,
a party's leaving, whom one asks, and the papers.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base


class Agreement(Base):
    """A data sharing agreement in one version; whatever cites it cites the version.

    Lists of codes are texts of words parted by blanks, in the order of ``register.codes``.
    """

    __tablename__ = "agreement"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str]
    number: Mapped[int] = mapped_column(default=1)
    """The how-manieth version of the reference."""
    supersedes_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement.id"))
    """The version that this one was copied from and takes the place of."""
    superseded_on: Mapped[date | None]
    """The first day on which the next version counts in its place."""
    title: Mapped[str]
    status: Mapped[str] = mapped_column(default="draft")
    """draft, approved, in_force, suspended, withdrawn, discarded; the dates say the rest."""
    tier: Mapped[str] = mapped_column(default="purpose_specific")
    framework: Mapped[str] = mapped_column(default="")
    """The framework that it is made under; empty: it stands alone."""
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    """The first day on which it no longer counts."""
    review_on: Mapped[date]
    first_review_months: Mapped[int] = mapped_column(default=6)
    review_months: Mapped[int] = mapped_column(default=12)
    subjects: Mapped[str] = mapped_column(default="")
    exclusions: Mapped[str] = mapped_column(default="")
    other_exclusions: Mapped[str] = mapped_column(default="")
    methods: Mapped[str] = mapped_column(default="")
    marking: Mapped[str] = mapped_column(default="")
    encryption: Mapped[str] = mapped_column(default="")
    verbal: Mapped[str] = mapped_column(default="")
    onward: Mapped[str] = mapped_column(default="none")
    onward_to: Mapped[str] = mapped_column(default="")
    breach_hours: Mapped[int] = mapped_column(default=24)
    dpia_reference: Mapped[str] = mapped_column(default="")
    dpia_on: Mapped[date | None]
    dpia_outcome: Mapped[str] = mapped_column(default="")
    dpia_review_on: Mapped[date | None]
    policy_reference: Mapped[str] = mapped_column(default="")
    policy_on: Mapped[date | None]
    liability: Mapped[str] = mapped_column(default="")
    termination: Mapped[str] = mapped_column(default="")
    owner_id: Mapped[UUID | None]
    """The account that answers for it."""
    version: Mapped[int] = mapped_column(default=1)
    """Counts every change of the row, for two people who edit at once; not the version's number."""

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form
    __table_args__ = (UniqueConstraint("reference", "number"),)


class AgreementWriter(Base):
    """Somebody who wrote a version, and so is not the one who approves it."""

    __tablename__ = "agreement_writer"

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(primary_key=True)


class AgreementMove(Base):
    """What was done to a version, by whom and when, and why where somebody had to say so."""

    __tablename__ = "agreement_move"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), index=True)
    action: Mapped[str]
    why: Mapped[str] = mapped_column(default="")
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agency.id"))
    """The party that it is about, where it is about one."""
    due_on: Mapped[date | None]
    """Of a review: the day of the next one."""
    by_id: Mapped[UUID | None]
    at: Mapped[datetime]


class AgreementCopy(Base):
    """A signed copy of a version; its bytes lie sealed on the disk under this id."""

    __tablename__ = "agreement_copy"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), index=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    added_by: Mapped[UUID | None]
    added_at: Mapped[datetime]


class AgreementWarning(Base):
    """That somebody was told of a day that comes near; each is said once."""

    __tablename__ = "agreement_warning"

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    about: Mapped[str] = mapped_column(primary_key=True)
    """review or end."""
    due_on: Mapped[date] = mapped_column(primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True)
    """60, 30 or 7 days before; 0: it has passed."""
    said_at: Mapped[datetime]
