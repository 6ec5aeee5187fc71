"""What people said about being shared. A record is never changed: a new one is set behind it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base
from hub.db.types import SealedText


class Consent(Base):
    """One record: who said what about sharing which information for what with whom.

    No row is ever changed (a trigger refuses it), and which of a person's records counts is told by
    ``rules.consents``. Source of what is kept: sharing notes, section 3.4.
    """

    __tablename__ = "consent"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    number: Mapped[int]
    """The how-manieth record of the person."""
    state: Mapped[str]
    """One of the thirteen states but not_asked and expired, which follow from rows and dates."""
    reason: Mapped[str | None]
    """Why it was not safe to ask, or why no answer would be respected: codes parted by a blank."""
    purposes: Mapped[str]
    """JSON list of codes, as in the decision table."""
    categories: Mapped[str]
    """The same."""
    agencies: Mapped[str | None]
    """JSON list of ids; None: any agency that has signed, or for a no everybody."""
    about: Mapped[UUID | None]
    """The one request that it is for: an opaque id."""
    left_out: Mapped[str | None]
    """JSON of the purposes, categories and agencies that a limited yes leaves out."""
    left_out_words: Mapped[str | None] = mapped_column(SealedText("consent.left_out_words"))
    """What else it leaves out, in the person's words."""
    giver: Mapped[str | None]
    """self, parental_responsibility or deputy; None where nobody answered."""
    giver_name: Mapped[str | None] = mapped_column(SealedText("consent.giver_name"))
    giver_is_alleged_perpetrator: Mapped[bool] = mapped_column(default=False)
    authority_seen: Mapped[bool] = mapped_column(default=False)
    """Whether the worker saw the paper by which somebody answers for the person."""
    age_band: Mapped[str]
    """under_12, 12_to_15, 16_to_17, adult or unknown, on the day of the answer."""
    competence: Mapped[str] = mapped_column(default="not_assessed")
    competence_reason: Mapped[str | None] = mapped_column(SealedText("consent.competence_reason"))
    words_read: Mapped[str | None] = mapped_column(SealedText("consent.words_read"))
    """The exact words that were read to them."""
    is_understood: Mapped[bool] = mapped_column(default=False)
    own_words: Mapped[str | None] = mapped_column(SealedText("consent.own_words"))
    """What they said, in their own words."""
    method: Mapped[str | None]
    alone: Mapped[str | None]
    phone: Mapped[str | None]
    interpreter: Mapped[str | None]
    details: Mapped[str | None] = mapped_column(SealedText("consent.details"))
    """JSON of what a state needs besides: the assessment of capacity, the attempts, the signs of
    pressure and the plan, who was consulted."""
    revisit_on: Mapped[date | None]
    """When to ask again, or to look again at telling them."""
    was_told: Mapped[bool | None]
    """Whether they were told, where they are told and not asked."""
    why_not_told: Mapped[str | None] = mapped_column(SealedText("consent.why_not_told"))
    others_told: Mapped[str | None] = mapped_column(SealedText("consent.others_told"))
    """Who else was told of the answer."""
    withdrawal_route: Mapped[str | None] = mapped_column(SealedText("consent.withdrawal_route"))
    """How they were told that they can take it back."""
    withdraws_id: Mapped[UUID | None] = mapped_column(ForeignKey("consent.id"))
    """The record that is taken back; None with the state withdrawn: all of them."""
    said_on: Mapped[date]
    """The day in London on which it was said or was so."""
    expires_on: Mapped[date | None]
    """The first day on which a yes no longer counts."""
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None]

    __table_args__ = (UniqueConstraint("person_id", "number"),)


class ConsentDraft(Base):
    """A record as far as it was typed; only who began it can see it."""

    __tablename__ = "consent_draft"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    account_id: Mapped[UUID] = mapped_column(index=True)
    about: Mapped[UUID | None]
    """The one request that it is for: an opaque id."""
    typed: Mapped[str] = mapped_column(SealedText("consent_draft.typed"))
    """JSON of what was typed, by step; the order of the steps follows from it."""
    saved_at: Mapped[datetime] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class WithdrawalNotice(Base):
    """An account that had received something and was told that consent was taken back."""

    __tablename__ = "withdrawal_notice"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    consent_id: Mapped[UUID] = mapped_column(ForeignKey("consent.id"))
    account_id: Mapped[UUID] = mapped_column(index=True)
    received: Mapped[str] = mapped_column(server_default="")
    """What they had received within the scope: ``purpose:category`` parted by blanks."""
    told_at: Mapped[datetime]
    understood_at: Mapped[datetime | None]
    """When they said that they use and pass on nothing of it any more."""

    __table_args__ = (UniqueConstraint("consent_id", "account_id"),)
