"""What follows a meeting: the flags that agencies keep, and cases that go to another area."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base
from hub.db.types import SealedText


class FlagNotice(Base):
    """What an agency has to do to its own flag on somebody, or did: add, renew or remove it.

    Of one agency and one person at most one waits. What was done stays; the latest one stands.
    """

    __tablename__ = "flag_notice"
    __table_args__ = (
        Index("ix_flag_notice_waiting", "agency_id", "done_at", "due_on", "id"),
        Index("ix_flag_notice_standing", "is_standing", "flag_until"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"), index=True)
    """The person, as the referral names them that was heard last."""
    item_id: Mapped[UUID] = mapped_column(ForeignKey("item.id"), index=True)
    """The hearing that it comes from."""
    kind: Mapped[str]
    """add, renew or remove."""
    flag_until: Mapped[date]
    """The last day of the flag; of one to be removed, the day up to which it was set."""
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    done_by: Mapped[UUID | None]
    is_standing: Mapped[bool] = mapped_column(default=False)
    """Whether it is what the agency did last about this person."""


class Transfer(Base):
    """A case that goes from one area's MARAC to another's because the victim moved.

    Whether it is listed and heard there is read from the meetings of the receiving area.
    """

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
    new_postcode: Mapped[str | None] = mapped_column(SealedText("transfer.new_postcode"))
    """Both for the receiving area alone; the sending area never sees them again."""
    told_on: Mapped[date]
    """When the sending area was told of the move."""
    sent_at: Mapped[datetime]
    sent_by: Mapped[UUID]
    due_on: Mapped[date]
    """By when the receiving area is to say that it has the case."""
    chase_at: Mapped[datetime | None] = mapped_column(index=True)
    """When it is asked again; None once it has said anything."""
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[UUID | None]
    returned_at: Mapped[datetime | None]
    returned_by: Mapped[UUID | None]
    return_reason: Mapped[str | None] = mapped_column(SealedText("transfer.return_reason"))
    risk_is: Mapped[str | None]
    """What came of assessing the risk again after the move; None until somebody says so."""
    risk_on: Mapped[date | None]
    """The day of that assessment; None where there was none, with the reason in the note."""
    risk_note: Mapped[str | None] = mapped_column(SealedText("transfer.risk_note"))
    risk_by: Mapped[UUID | None]
    risk_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class TransferPaper(Base):
    """A paper of a case that the sending area let go with it; read where it lies, never copied."""

    __tablename__ = "transfer_paper"
    __table_args__ = (UniqueConstraint("transfer_id", "kind", "about_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    transfer_id: Mapped[UUID] = mapped_column(ForeignKey("transfer.id"))
    kind: Mapped[str]
    """file, record, actions or research."""
    about_id: Mapped[UUID]
    """The file; the item whose record or actions it is; the agency's research."""
    sent_at: Mapped[datetime]
    sent_by: Mapped[UUID]


class TransferAsk(Base):
    """A paper that the receiving area misses, in words that say nothing of where anybody lives."""

    __tablename__ = "transfer_ask"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    transfer_id: Mapped[UUID] = mapped_column(ForeignKey("transfer.id"), index=True)
    what: Mapped[str]
    """Which sort of paper; never free words."""
    asked_by: Mapped[UUID]
    asked_at: Mapped[datetime]
    due_on: Mapped[date]
    chase_at: Mapped[datetime | None] = mapped_column(index=True)
    """When the sending area is asked again; None once it has answered."""
    answered_by: Mapped[UUID | None]
    answered_at: Mapped[datetime | None]
    refusal: Mapped[str | None] = mapped_column(SealedText("transfer_ask.refusal"))
    """Why it is not sent; None where papers were."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form
