"""Contacts, teams and absences as frozen rows, for this room and for those above it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from hub.agencies.models import Absence, Agency, Contact, Office, Service, Team
from hub.agencies.rules.cover import Away, Worker
from hub.agencies.rules.kinds import ContactRole
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError

AnySelect = Select[*tuple[Any, ...]]
"""A query whose columns are those of a row class; the type checker cannot count so many."""


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact with the names of what it belongs to; ``works_until`` is the first day gone."""

    id: UUID
    agency_id: UUID
    agency: str
    service_id: UUID | None
    service: str | None
    team_id: UUID | None
    team: str | None
    office_id: UUID | None
    office: str | None
    role: str
    name: str
    email: str | None
    phone: str | None
    is_work_mobile: bool
    hours: str | None
    out_of_hours: str | None
    is_public: bool
    preference: int
    deputy_id: UUID | None
    works_from: date | None
    works_until: date | None
    checked_on: date | None
    address_doubted_at: datetime | None
    version: int

    @property
    def worker(self) -> Worker:
        """The contact as the rules of cover see it."""
        return Worker(self.id, self.service_id, self.works_from, self.works_until, self.deputy_id)

    @property
    def verified_on(self) -> date | None:
        """The day of the last check, or None while the address is in doubt."""
        return None if self.address_doubted_at else self.checked_on


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team and the contact who manages it."""

    id: UUID
    service_id: UUID
    office_id: UUID | None
    name: str
    manager_id: UUID | None
    version: int


def contacts_select() -> AnySelect:
    """Return the columns of ContactRow, for queries that add their own conditions."""
    return (
        select(
            Contact.id,
            Contact.agency_id,
            Agency.name.label("agency"),
            Contact.service_id,
            Service.name.label("service"),
            Contact.team_id,
            Team.name.label("team"),
            Contact.office_id,
            Office.name.label("office"),
            Contact.role,
            Contact.name,
            Contact.email,
            Contact.phone,
            Contact.is_work_mobile,
            Contact.hours,
            Contact.out_of_hours,
            Contact.is_public,
            Contact.preference,
            Contact.deputy_id,
            Contact.works_from,
            Contact.works_until,
            Contact.checked_on,
            Contact.address_doubted_at,
            Contact.version,
        )
        .join(Agency, Agency.id == Contact.agency_id)
        .outerjoin(Service, Service.id == Contact.service_id)
        .outerjoin(Team, Team.id == Contact.team_id)
        .outerjoin(Office, Office.id == Contact.office_id)
    )


def contacts_where(uow: UnitOfWork, query: AnySelect) -> tuple[ContactRow, ...]:
    """Return the rows of a query made from ``contacts_select``."""
    return tuple(ContactRow(*row) for row in uow.session.execute(query))


def contact(uow: UnitOfWork, contact_id: UUID) -> ContactRow:
    """Return one contact, whoever asks: rooms above use it. Raises NotFoundError."""
    found = contacts_by_id(uow, [contact_id])
    if contact_id not in found:
        raise NotFoundError("no such contact")
    return found[contact_id]


def contacts_by_id(uow: UnitOfWork, contact_ids: Iterable[UUID]) -> dict[UUID, ContactRow]:
    """Return the contacts that there are, by id, in one query."""
    wanted = set(contact_ids)
    if not wanted:
        return {}
    rows = contacts_where(uow, contacts_select().where(Contact.id.in_(wanted)))
    return {row.id: row for row in rows}


def desks_of(uow: UnitOfWork, service_ids: Iterable[UUID]) -> tuple[ContactRow, ...]:
    """Return the duty desks of the services that are at work today, the preferred first."""
    wanted = set(service_ids)
    if not wanted:
        return ()
    query = (
        contacts_select()
        .where(Contact.service_id.in_(wanted), Contact.role == ContactRole.DUTY_DESK)
        .order_by(Contact.service_id, Contact.preference, Contact.name, Contact.id)
    )
    return tuple(row for row in contacts_where(uow, query) if row.worker.works_on(uow.today))


def managers_of(uow: UnitOfWork, service_id: UUID | None) -> tuple[ContactRow, ...]:
    """Return who at work today manages a team of the service, or is its team manager, by name."""
    managing = select(Team.manager_id).where(
        Team.service_id == service_id, Team.manager_id.is_not(None)
    )
    query = (
        contacts_select()
        .where(
            Contact.service_id == service_id,
            (Contact.role == ContactRole.TEAM_MANAGER) | Contact.id.in_(managing),
        )
        .order_by(Contact.name, Contact.id)
    )
    return tuple(row for row in contacts_where(uow, query) if row.worker.works_on(uow.today))


def teams(uow: UnitOfWork, service_ids: Iterable[UUID]) -> tuple[TeamRow, ...]:
    """Return the teams of the services, by name."""
    wanted = set(service_ids)
    if not wanted:
        return ()
    query = (
        select(Team.id, Team.service_id, Team.office_id, Team.name, Team.manager_id, Team.version)
        .where(Team.service_id.in_(wanted))
        .order_by(Team.name, Team.id)
    )
    return tuple(TeamRow(*row) for row in uow.session.execute(query))


def absences_of(uow: UnitOfWork, contact_ids: Iterable[UUID]) -> dict[UUID, tuple[Away, ...]]:
    """Return the absences of each contact that has any, the earliest first."""
    wanted = set(contact_ids)
    found: dict[UUID, list[Away]] = {}
    if wanted:
        query = (
            select(
                Absence.id,
                Absence.contact_id,
                Absence.from_on,
                Absence.until_on,
                Absence.cover_id,
            )
            .where(Absence.contact_id.in_(wanted))
            .order_by(Absence.from_on, Absence.id)
        )
        for row in uow.session.execute(query):
            away = Away(*row)
            found.setdefault(away.contact_id, []).append(away)
    return {contact_id: tuple(absences) for contact_id, absences in found.items()}
