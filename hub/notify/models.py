"""The outbox: everything that must leave the machine, written with its cause."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base


class Message(Base):
    """One message to one recipient; once its bytes are sealed a repeat is the same bytes."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("uid", "sequence", "method"),
        Index("ix_message_state_due_at", "state", "due_at"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    """The order in which messages were written."""
    id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str]
    """The template: invitation, change, cancellation, notice, account_invitation."""
    recipient_id: Mapped[UUID | None] = mapped_column(index=True)
    """The contact or the account written to."""
    address: Mapped[str]
    recipient_name: Mapped[str]
    facts: Mapped[str]
    """JSON of what the template needs: instants, an opaque path. Never anything about a person."""
    invitation_id: Mapped[UUID | None] = mapped_column(ForeignKey("invitation.id"), index=True)
    because: Mapped[str | None]
    route: Mapped[str | None]
    step: Mapped[str | None]
    uid: Mapped[str | None] = mapped_column(index=True)
    sequence: Mapped[int | None]
    method: Mapped[str | None]
    message_id: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default="queued")
    """queued, claimed, deferred, relayed, refused, bounced or superseded."""
    written_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_by: Mapped[str | None]
    claimed_until: Mapped[datetime | None]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    outcome: Mapped[str | None]
    """A code of the last attempt; never the relay's own words."""
    relayed_at: Mapped[datetime | None]


class Lease(Base):
    """Who runs a timed job at present; it ends by itself when the holder dies."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    until: Mapped[datetime]
