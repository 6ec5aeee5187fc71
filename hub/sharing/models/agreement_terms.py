"""The parts of a version of an agreement: parties, purposes, categories, gateways and the rest."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base


class AgreementParty(Base):
    """An agency that is bound; one that has not signed is not a party."""

    __tablename__ = "agreement_party"

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    role: Mapped[str]
    """controller, joint_controller or processor."""
    legal_name: Mapped[str] = mapped_column(default="")
    ico_number: Mapped[str] = mapped_column(default="")
    dpo: Mapped[str] = mapped_column(default="")
    """The data protection officer, by post or name at work, and how to reach them."""
    signatory: Mapped[str | None]
    signed_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"))
    """Its single point of contact; no term, so it changes without a new version."""
    deputy_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"))


class AgreementBasis(Base):
    """A lawful basis on which a party shares."""

    __tablename__ = "agreement_basis"

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)


class AgreementPurpose(Base):
    """A purpose that the agreement allows, and how consent is handled for it."""

    __tablename__ = "agreement_purpose"

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    purpose: Mapped[str] = mapped_column(primary_key=True)
    consent: Mapped[str | None]
    """required, sought_not_basis or not_sought."""


class AgreementCategory(Base):
    """A category of data and what the agreement says of it; unlisted means excluded."""

    __tablename__ = "agreement_category"

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    category: Mapped[str] = mapped_column(primary_key=True)
    to_service: Mapped[str]
    """permitted, approval or excluded, for what goes to the leaving care service."""
    to_asker: Mapped[str]
    """The same for what comes from it."""
    subjects: Mapped[str] = mapped_column(default="")
    """Codes of the people it may be shared about, parted by blanks."""
    retention: Mapped[str | None]


class AgreementGateway(Base):
    """A power or duty in law that the sharing rests on, with the day it came into force."""

    __tablename__ = "agreement_gateway"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), index=True)
    code: Mapped[str | None]
    """Of the hub's own list; None for one that somebody typed."""
    statute: Mapped[str]
    section: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    """power, duty or common_law."""
    direction: Mapped[str] = mapped_column(default="both")
    commences_on: Mapped[date | None]
    from_age: Mapped[int | None]
    until_age: Mapped[int | None]
    relies: Mapped[str] = mapped_column(default="")
    """Who may rely on it."""


class AgreementRight(Base):
    """Which agency leads on a right of the people whom the agreement is about."""

    __tablename__ = "agreement_right"

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    """access, rectification, objection or complaint."""
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
