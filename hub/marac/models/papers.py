"""What stands behind an action, who was last asked for what is late, letters and packs."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base
from hub.db.types import SealedDate, SealedText


class ActionEvidence(Base):
    """Something that shows what became of an action: words, a file, or both."""

    __tablename__ = "action_evidence"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """Also that of the sealed file, where there is one."""
    action_id: Mapped[UUID] = mapped_column(ForeignKey("action.id"), index=True)
    text: Mapped[str | None] = mapped_column(SealedText("action_evidence.text"))
    name: Mapped[str | None] = mapped_column(SealedText("action_evidence.name"))
    """Of the file, as the browser sent it; this and what follows are None for words alone."""
    media_type: Mapped[str | None]
    size: Mapped[int | None]
    sha256: Mapped[str | None]
    added_by: Mapped[UUID]
    added_at: Mapped[datetime]


class LateChase(Base):
    """When somebody was last asked for something that is late, and how often by now."""

    __tablename__ = "late_chase"
    __table_args__ = (UniqueConstraint("kind", "about_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    """minutes of a meeting, or telling the victim of a case."""
    about_id: Mapped[UUID]
    times: Mapped[int]
    last_at: Mapped[datetime]


class DiscussionLetter(Base):
    """That somebody was given a letter which says when a victim's case was heard, and no more."""

    __tablename__ = "discussion_letter"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("item.id"), index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("party.id"), index=True)
    """The victim whom it names."""
    asked_as: Mapped[str]
    """victim, solicitor or supporter: never anybody of the alleged side."""
    asked_by: Mapped[str] = mapped_column(SealedText("discussion_letter.asked_by"))
    """The name of whoever asked."""
    checked_by: Mapped[str]
    """How it was made sure who asked: document, known or called_back."""
    phone: Mapped[str] = mapped_column(SealedText("discussion_letter.phone"))
    """Of the giver's agency, for questions."""
    heard_on: Mapped[date]
    given_by: Mapped[UUID]
    given_at: Mapped[datetime]


class ReviewPack(Base):
    """Everything of a case for the review of a death: asked for by one, released by another."""

    __tablename__ = "review_pack"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    concern_id: Mapped[UUID] = mapped_column(ForeignKey("concern.id"), index=True)
    died_on: Mapped[date] = mapped_column(SealedDate("review_pack.died_on"))
    why: Mapped[str] = mapped_column(SealedText("review_pack.why"))
    """Which review asks for it, in words."""
    asked_by: Mapped[UUID]
    asked_at: Mapped[datetime]
    released_by: Mapped[UUID | None]
    released_at: Mapped[datetime | None]
    contents: Mapped[str | None] = mapped_column(SealedText("review_pack.contents"))
    """JSON of the entries as they stood when it was released; it never changes afterwards."""
