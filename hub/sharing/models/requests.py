"""Information requests: what was asked, line by line, and everything that was done about it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base
from hub.db.types import SealedText


class RequestDraft(Base):
    """What an asker has typed so far; only they can see it."""

    __tablename__ = "request_draft"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(index=True)
    answers: Mapped[str] = mapped_column(SealedText("request_draft.answers"))
    """JSON of the answers by page of the journey, as they were typed."""
    started_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class InformationRequest(Base):
    """One agency asks another about one person; each category of data is a line of its own.

    Who is meant is sealed in ``answers``. ``person_id`` is for the holder's eyes only: it is set
    when a worker confirmed who is meant, and nothing that the asker sees may depend on it.
    """

    __tablename__ = "information_request"
    __table_args__ = (
        Index("ix_information_request_inbox", "holder_agency_id", "state", "due_at", "id"),
        Index("ix_information_request_asker", "asker_id", "sent_at", "id"),
        Index("ix_information_request_clock", "state", "next_clock_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    """See ``states.RequestState``."""
    asker_id: Mapped[UUID]
    """The account that asked."""
    asker_agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"), index=True)
    holder_agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    holder_service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id"))
    requester_kind: Mapped[str]
    purpose: Mapped[str]
    pattern: Mapped[str]
    """one_off, repeat, or message: to the person's worker, who brings back what they choose."""
    subject_role: Mapped[str]
    priority: Mapped[str]
    case_id: Mapped[UUID | None] = mapped_column(index=True)
    """A concern or an agenda item that it belongs to: an opaque id of a higher room."""
    answers: Mapped[str] = mapped_column(SealedText("information_request.answers"))
    """JSON of everything that was asked and said: who is meant, why, on what basis, the forms."""
    asked_key: Mapped[int] = mapped_column(BigInteger, index=True)
    """Keyed hash of who is meant, by which a repeated look-up is recognised."""
    counter_signer_id: Mapped[UUID | None]
    """The account that must counter-sign, where the form needs it."""
    counter_signed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime]
    """When the asker sent it off; the same receipt for everybody."""
    received_at: Mapped[datetime | None]
    """When it was complete and went to the holder: its clock counts from here. None while held."""
    routed_to_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"), index=True)
    route_step: Mapped[str | None]
    """In which capacity whom it went to stands there: a ``Rung`` of the register."""
    acknowledge_by: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[UUID | None]
    due_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    """Since when it waits for the asker; the clock stands meanwhile."""
    stages: Mapped[str] = mapped_column(default="[]")
    """JSON of the stages of the clock still to come: instant, what is said, to which role."""
    next_clock_at: Mapped[datetime | None]
    """When the clock must next be looked at: the first of its stages."""
    check_id: Mapped[UUID | None] = mapped_column(ForeignKey("identity_check.id"))
    """The question to a leaving care desk who is meant."""
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    known: Mapped[str] = mapped_column(default="asked")
    """asked, known or not_known: what the holder found; never shown to the asker as such."""
    known_by: Mapped[UUID | None]
    consent_said: Mapped[str | None]
    """What a holder without a register here found that the person said: a state of consent."""
    settled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class RequestLine(Base):
    """One category of data that was asked for, and what became of it."""

    __tablename__ = "request_line"
    __table_args__ = (UniqueConstraint("request_id", "category"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    request_id: Mapped[UUID] = mapped_column(ForeignKey("information_request.id"), index=True)
    category: Mapped[str]
    wanted: Mapped[str] = mapped_column(SealedText("request_line.wanted"))
    """Exactly what is asked for, in the asker's words."""
    state: Mapped[str] = mapped_column(default="undecided")
    """See ``states.LineState``."""
    decision_id: Mapped[UUID | None]
    """The decision that counts for letting it out; no foreign key because it refers to the line."""
    withheld: Mapped[str | None] = mapped_column(SealedText("request_line.withheld"))
    """What is withheld and why, in the holder's words; for the holder's record."""
    record: Mapped[str | None] = mapped_column(SealedText("request_line.record"))
    """JSON of what was weighed when it was withheld, as a disclosure has it when it leaves."""
    told_at: Mapped[datetime | None]
    """When it was told by telephone in a danger, before it was written down."""
    told_by: Mapped[UUID | None]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[UUID | None]


class RequestStep(Base):
    """What was done about a request, in order; none is edited."""

    __tablename__ = "request_step"
    __table_args__ = (UniqueConstraint("request_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    request_id: Mapped[UUID] = mapped_column(ForeignKey("information_request.id"))
    number: Mapped[int]
    action: Mapped[str]
    side: Mapped[str]
    """Who may read the note: asker (both sides may) or holder (the holder alone)."""
    note: Mapped[str | None] = mapped_column(SealedText("request_step.note"))
    done_by: Mapped[UUID | None]
    """The account; None for the hub itself."""
    done_at: Mapped[datetime]


class RequestFile(Base):
    """A file of a request: evidence from the asker, or part of an answer of one line."""

    __tablename__ = "request_file"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    draft_id: Mapped[UUID | None] = mapped_column(index=True)
    request_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("information_request.id"), index=True
    )
    line_id: Mapped[UUID | None] = mapped_column(ForeignKey("request_line.id"), index=True)
    """The line that it answers; None for the asker's evidence."""
    name: Mapped[str] = mapped_column(SealedText("request_file.name"))
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    added_by: Mapped[UUID]
    added_at: Mapped[datetime]


class RequestAdvice(Base):
    """Advice of a data protection officer on a request: asked by a rule or by the holder's people.

    It is advice: nothing leaves or stays because of it alone.
    """

    __tablename__ = "request_advice"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    request_id: Mapped[UUID] = mapped_column(ForeignKey("information_request.id"), index=True)
    agency_id: Mapped[UUID] = mapped_column(index=True)
    """Whose officers are asked."""
    question: Mapped[str | None] = mapped_column(SealedText("request_advice.question"))
    """What the holder's people want to know; None where a rule of the table asks."""
    asked_by: Mapped[UUID | None]
    asked_at: Mapped[datetime]
    advice: Mapped[str | None] = mapped_column(SealedText("request_advice.advice"))
    given_by: Mapped[UUID | None]
    given_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class RequestBar(Base):
    """Somebody at the holder who knows a person in the request, and sees it no more."""

    __tablename__ = "request_bar"

    request_id: Mapped[UUID] = mapped_column(ForeignKey("information_request.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    declared_at: Mapped[datetime]
