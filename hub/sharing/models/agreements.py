"""Agreements as structured rows."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base


class Agreement(Base):
    """A data sharing agreement in one version."""

    __tablename__ = "agreement"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    status: Mapped[str] = mapped_column(default="draft")
    """draft, in_force, suspended or withdrawn; expiry and late review follow from the dates."""
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    """The first day on which it no longer counts."""
    review_on: Mapped[date]
    owner_id: Mapped[UUID | None]
    """The account that answers for it."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class AgreementParty(Base):
    """An agency that is bound; one that has not signed is not a party."""

    __tablename__ = "agreement_party"

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    role: Mapped[str]
    """controller, joint_controller or processor."""
    signatory: Mapped[str | None]
    signed_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]


class AgreementPurpose(Base):
    """A purpose that the agreement allows."""

    __tablename__ = "agreement_purpose"

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    purpose: Mapped[str] = mapped_column(primary_key=True)


class AgreementCategory(Base):
    """A category of data and what the agreement says of it; unlisted means excluded."""

    __tablename__ = "agreement_category"

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    category: Mapped[str] = mapped_column(primary_key=True)
    rule: Mapped[str]
    """permitted, approval or excluded."""


class AgreementGateway(Base):
    """A power or duty in law that the sharing rests on, with the day it came into force."""

    __tablename__ = "agreement_gateway"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), index=True)
    statute: Mapped[str]
    kind: Mapped[str]
    """power or duty."""
    commences_on: Mapped[date | None]
