"""The directory's rows. Everything here is about work: no private channel, nobody's case."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base


class Area(Base):
    """A place that has its own MARAC and its own settings, such as a county."""

    __tablename__ = "area"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Agency(Base):
    """An organisation that takes part: an authority, a force, a charity, a landlord."""

    __tablename__ = "agency"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    suspended_at: Mapped[datetime | None]
    """Since when it does not take part; None while it does."""
    suspended_why: Mapped[str | None]
    """Why, for administrators and governance leads alone."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class AgencyArea(Base):
    """An area that an agency works in."""

    __tablename__ = "agency_area"

    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"), primary_key=True)


class Office(Base):
    """Where an agency's people sit and which postcode districts they serve."""

    __tablename__ = "office"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"), index=True)
    name: Mapped[str]
    address: Mapped[str | None]
    postcode: Mapped[str | None]
    phone: Mapped[str | None]
    is_public: Mapped[bool] = mapped_column(default=True)
    """False for a refuge or any place whose address must not be shown to the public."""
    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id"), index=True)
    """The one service that sits here; without one, any of the agency's."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class OfficeDistrict(Base):
    """A postcode, sector, district (``LN11``) or named place that an office serves."""

    __tablename__ = "office_district"

    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), primary_key=True)
    district: Mapped[str] = mapped_column(primary_key=True)

    __table_args__ = (Index("ix_office_district_district", "district"),)


class Service(Base):
    """Something an agency does for people, such as leaving care for one authority."""

    __tablename__ = "service"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"), index=True)
    """The provider: who delivers it."""
    authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("agency.id"), index=True)
    """The authority responsible, where the provider delivers for another."""
    kind: Mapped[str]
    name: Mapped[str]
    description: Mapped[str | None]
    is_public: Mapped[bool] = mapped_column(default=True)
    phone: Mapped[str | None]
    email: Mapped[str | None]
    hours: Mapped[str | None]
    out_of_hours: Mapped[str | None]
    checked_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form
    __table_args__ = (Index("ix_service_name_id", "name", "id"),)


class Team(Base):
    """Workers of a service who share a manager."""

    __tablename__ = "team"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"), index=True)
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("office.id"))
    name: Mapped[str]
    manager_id: Mapped[UUID | None]
    """A contact; no foreign key because a contact may belong to the team it manages."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class Contact(Base):
    """A person at work, or a duty desk, with the channels by which the agency may be reached."""

    __tablename__ = "contact"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"), index=True)
    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id"), index=True)
    team_id: Mapped[UUID | None] = mapped_column(ForeignKey("team.id"), index=True)
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("office.id"))
    role: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    email: Mapped[str | None] = mapped_column(index=True)
    phone: Mapped[str | None]
    is_work_mobile: Mapped[bool] = mapped_column(default=False)
    """The number is a mobile that the agency issued; any other mobile is refused."""
    hours: Mapped[str | None]
    out_of_hours: Mapped[str | None]
    is_public: Mapped[bool] = mapped_column(default=False)
    preference: Mapped[int] = mapped_column(default=0)
    """Among the desks of one service the lowest comes first."""
    deputy_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"))
    works_from: Mapped[date | None]
    works_until: Mapped[date | None]
    """The first day on which the person no longer works here."""
    checked_on: Mapped[date | None]
    """The last day somebody confirmed that this entry is right."""
    address_doubted_at: Mapped[datetime | None]
    """Set when a message was refused or came back; a check of the entry clears it."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form
    __table_args__ = (
        Index("ix_contact_name_id", "name", "id"),
        Index("ix_contact_checked_on_id", "checked_on", "id"),
    )


class Absence(Base):
    """Days on which a contact is away, and who covers."""

    __tablename__ = "absence"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date]
    """The first day back."""
    cover_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"))


class DirectoryEntry(Base):
    """A service or a contact as the search finds it; rewritten whenever what it says changes."""

    __tablename__ = "directory_entry"

    kind: Mapped[str] = mapped_column(primary_key=True)
    """``service`` or ``contact``."""
    owner_id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    """The service's kind or the contact's role."""
    words: Mapped[str]
    """The words by which it is found, folded, parted by spaces."""
    is_public: Mapped[bool]

    __table_args__ = (Index("ix_directory_entry_kind_code", "kind", "code", "owner_id"),)


class DirectoryWord(Base):
    """A word by which an entry is found."""

    __tablename__ = "directory_word"

    word: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(primary_key=True)

    __table_args__ = (Index("ix_directory_word_owner_id", "owner_id"),)


class DirectoryGram(Base):
    """Three letters of what somebody might type, and a word of the directory that has them."""

    __tablename__ = "directory_gram"

    gram: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(primary_key=True)

    __table_args__ = (Index("ix_directory_gram_word", "word"),)


class DirectoryUpload(Base):
    """A file of contacts that was read and reported on, until it is taken in or a day old."""

    __tablename__ = "directory_upload"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID | None]
    at: Mapped[datetime] = mapped_column(index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    applied_at: Mapped[datetime | None]
