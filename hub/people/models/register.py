"""The register of care-experienced people. Names, days of birth and places are sealed at rest."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base
from hub.db.types import SealedDate, SealedText


class Person(Base):
    """One care-experienced person, as the responsible authority knows them."""

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    source_key: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    """Blind index of the authority's own id, by which a repeated import finds the person."""
    source_id: Mapped[str | None] = mapped_column(SealedText("person.source_id"))
    given_name: Mapped[str] = mapped_column(SealedText("person.given_name"))
    middle_names: Mapped[str | None] = mapped_column(SealedText("person.middle_names"))
    family_name: Mapped[str] = mapped_column(SealedText("person.family_name"))
    known_as: Mapped[str | None] = mapped_column(SealedText("person.known_as"))
    date_of_birth: Mapped[date | None] = mapped_column(SealedDate("person.date_of_birth"))
    sex: Mapped[str | None] = mapped_column(SealedText("person.sex"))
    nhs_number: Mapped[str | None] = mapped_column(SealedText("person.nhs_number"))
    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id"))
    """The leaving care service of the responsible authority."""
    support_status: Mapped[str] = mapped_column(default="allocated")
    safe_phone: Mapped[str | None] = mapped_column(SealedText("person.safe_phone"))
    safe_contact: Mapped[str | None] = mapped_column(SealedText("person.safe_contact"))
    """How the person may be contacted without danger, in words."""
    is_restricted: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form
    __table_args__ = (Index("ix_person_list", "service_id", "reference"),)


class PersonName(Base):
    """Another name that the person goes or went by."""

    __tablename__ = "person_name"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    """``alias`` or ``former``."""
    given_name: Mapped[str] = mapped_column(SealedText("person_name.given_name"))
    family_name: Mapped[str] = mapped_column(SealedText("person_name.family_name"))


class PersonAddress(Base):
    """Where the person lives or lived."""

    __tablename__ = "person_address"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    lines: Mapped[str | None] = mapped_column(SealedText("person_address.lines"))
    postcode: Mapped[str | None] = mapped_column(SealedText("person_address.postcode"))
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]


class MatchKey(Base):
    """A keyed hash of a combination of a person's facts; a look-up finds candidates by it."""

    __tablename__ = "match_key"

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)

    __table_args__ = (
        Index("ix_match_key_person_id", "person_id"),
        {"sqlite_with_rowid": False},  # the primary key is the whole row: one tree, not two
    )


class Allocation(Base):
    """Who is the person's worker in one role, from a day until (not including) another."""

    __tablename__ = "allocation"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    worker_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), index=True)
    role: Mapped[str]
    """``leaving_care_worker`` or ``social_worker``."""
    from_on: Mapped[date]
    until_on: Mapped[date | None]


class IdentityCheck(Base):
    """The question to a duty desk whether somebody in a concern is a person on its register.

    It keeps its own copy of what was asked, so that the concern need not be seen to answer it.
    """

    __tablename__ = "identity_check"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    party_id: Mapped[UUID] = mapped_column(unique=True)
    """The person in the concern: an opaque id of a higher room."""
    concern_id: Mapped[UUID] = mapped_column(index=True)
    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id"))
    asked: Mapped[str] = mapped_column(SealedText("identity_check.asked"))
    """JSON of the facts given: names, day of birth, postcode, what was said of care experience."""
    state: Mapped[str] = mapped_column(default="open")
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    rung: Mapped[str] = mapped_column(default="duty_desk", server_default="duty_desk")
    """Who hears of it at present: see ``states.Rung``."""
    climb_at: Mapped[datetime | None]
    """When it goes one rung up if it still waits then; what has an answer stays where it is."""
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
    facts: Mapped[str | None]
    """The codes of the two facts by which a person confirmed the identity."""
    note: Mapped[str | None] = mapped_column(SealedText("identity_check.note"))
    """What the desk wrote last: what it asks of the referrer, or why it answered as it did."""
    reply: Mapped[str | None] = mapped_column(SealedText("identity_check.reply"))
    """What the referrer answered to the desk's questions, all of it in the order it came."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form
    __table_args__ = (
        Index("ix_identity_check_queue", "service_id", "state", "due_at", "id"),
        Index("ix_identity_check_climb", "state", "climb_at"),
    )


class CheckKey(Base):
    """A keyed hash of what was asked, by which a person who joins the register later is found."""

    __tablename__ = "check_key"

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    check_id: Mapped[UUID] = mapped_column(ForeignKey("identity_check.id"), primary_key=True)

    __table_args__ = (
        Index("ix_check_key_check_id", "check_id"),
        {"sqlite_with_rowid": False},
    )


class IdentityCandidate(Base):
    """A person on the register who may be meant, with the evidence in words."""

    __tablename__ = "identity_candidate"

    check_id: Mapped[UUID] = mapped_column(ForeignKey("identity_check.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    band: Mapped[str]
    score: Mapped[float]
    reasons: Mapped[str]
    """JSON list of {agrees, text}; never a value of either record."""
    rejected_at: Mapped[datetime | None]


class RegisterUpload(Base):
    """A file of people that was read and reported on, until it is taken in or thrown away."""

    __tablename__ = "register_upload"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID | None]
    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"))
    at: Mapped[datetime] = mapped_column(index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    """The file, sealed."""
    applied_at: Mapped[datetime | None]
