"""The chain's rows; nothing here is ever updated or deleted but the head."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base


class AuditEntry(Base):
    """One change or one look: who, when, what, about what; ids only."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_kind", "subject_id"),)

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[str]
    """The instant as text (RFC 3339, UTC), because the hash is over these very characters."""
    account_id: Mapped[UUID | None]
    actor: Mapped[str]
    verb: Mapped[str]
    """What happened: an event's name, or ``looked``."""
    subject_kind: Mapped[str]
    subject_id: Mapped[str]
    facts: Mapped[str]
    """Canonical JSON of ids and codes."""
    previous: Mapped[str]
    mark: Mapped[str]
    """Keyed hash over this row and the one before."""


class AuditHead(Base):
    """The chain's last number and mark; the one row that every append locks."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger)
    mark: Mapped[str]
    seal: Mapped[str]
    """Keyed hash over number and mark, which cannot be made from the entries alone."""
    at: Mapped[datetime | None]
