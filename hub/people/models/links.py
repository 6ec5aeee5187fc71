"""People at work with whom a case has to do, and who therefore must have nothing to do with it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base
from hub.db.types import SealedText


class Conflict(Base):
    """A contact who must have nothing to do with the person: a relative, a friend, the accused."""

    __tablename__ = "conflict"

    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    declared_at: Mapped[datetime]
    declared_by: Mapped[UUID | None]


class CaseLink(Base):
    """Somebody at work who is named in a case, or is close to somebody who is.

    An account, an entry of the directory, or both where they are the same person's. A link that
    was lifted stays as a row: it says who was kept away, and for how long.
    """

    __tablename__ = "case_link"
    __table_args__ = (
        Index("ix_case_link_account_id", "account_id", "lifted_at"),
        Index("ix_case_link_contact_id", "contact_id", "lifted_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(index=True)
    """A concern or an information request: an opaque id of a higher room."""
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"))
    kind: Mapped[str] = mapped_column(SealedText("case_link.kind"))
    """See ``states.LinkKind``; sealed, for it says of a colleague what only two may know."""
    note: Mapped[str | None] = mapped_column(SealedText("case_link.note"))
    is_declared: Mapped[bool]
    """By the person, of themselves; else a co-ordinator or a chair set it."""
    linked_at: Mapped[datetime]
    linked_by: Mapped[UUID | None]
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[UUID | None]
    lift_reason: Mapped[str | None] = mapped_column(SealedText("case_link.lift_reason"))


class StaffCase(Base):
    """That somebody in a case works for an agency here, so that only a few may know of it.

    A mark that was lifted stays as a row: it says for how long the case was for the few.
    """

    __tablename__ = "staff_case"
    __table_args__ = (Index("ix_staff_case_case_id", "case_id", "lifted_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID]
    """A concern: an opaque id of a higher room."""
    why: Mapped[str | None] = mapped_column(SealedText("staff_case.why"))
    marked_by: Mapped[UUID]
    marked_at: Mapped[datetime]
    lifted_by: Mapped[UUID | None]
    lifted_at: Mapped[datetime | None]
    lift_reason: Mapped[str | None] = mapped_column(SealedText("staff_case.lift_reason"))


class StaffCaseName(Base):
    """Somebody who is named as one of the few for whom a case about staff is there."""

    __tablename__ = "staff_case_name"
    __table_args__ = (Index("ix_staff_case_name_account_id", "account_id", "ended_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(index=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    named_by: Mapped[UUID]
    named_at: Mapped[datetime]
    ended_by: Mapped[UUID | None]
    ended_at: Mapped[datetime | None]
