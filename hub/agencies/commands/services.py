"""Adding and changing services and the teams of their workers."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.agencies.access import open_agency, open_service, open_team, permit_edit
from hub.agencies.commands.hiding import hide
from hub.agencies.commands.indexing import index_contacts_where, index_services
from hub.agencies.commands.refusals import (
    DIRECTORY,
    refuse_first,
    refuse_same,
    refuse_stale,
    said,
    yes_or_no,
)
from hub.agencies.events import ServiceChecked, ServiceSaved, TeamSaved
from hub.agencies.models import Agency, Contact, Office, Service, Team
from hub.agencies.rules.entries import ServiceFacts, service_refusals, usual_hours
from hub.agencies.rules.kinds import service_sight
from hub.db.units import UnitOfWork
from hub.kernel.errors import RefusedError


@dataclass(frozen=True, kw_only=True)
class SaveService:
    """Add a service to an agency, or change one; an authority only where another is responsible."""

    agency_id: UUID
    service_id: UUID | None = None
    version: int = 0
    authority_id: UUID | None = None
    facts: ServiceFacts


@dataclass(frozen=True, kw_only=True)
class SaveTeam:
    """Add a team to a service, or change one."""

    service_id: UUID
    team_id: UUID | None = None
    version: int = 0
    name: str
    office_id: UUID | None = None
    manager_id: UUID | None = None


def save_service(cmd: SaveService, *, uow: UnitOfWork) -> UUID:
    """Add or change a service. Saving it also says that it is right today.

    Raises NotFoundError, NotAllowedError, ConflictError, and RefusedError naming the field.
    """
    agency = open_agency(uow, cmd.agency_id)
    row = None if cmd.service_id is None else open_service(uow, cmd.service_id)

    permit_edit(uow, row.agency_id if row else agency.id)

    uow.alone(DIRECTORY)
    if row is not None:
        refuse_stale("the service", row.version, cmd.version, service_theirs(uow, row))
    refuse_first(service_refusals(cmd.facts, agency_kind=agency.kind))
    same_agency = Service.agency_id == agency.id
    refuse_same(uow, Service.name, cmd.facts.name, same_agency, Service.id != cmd.service_id)

    service_id = write_service(uow, row, cmd, checked_on=uow.today)
    index_services(uow, [service_id])
    index_contacts_where(uow, Contact.service_id == service_id)
    return service_id


def write_service(
    uow: UnitOfWork,
    row: Service | None,
    cmd: SaveService,
    *,
    new_id: UUID | None = None,
    checked_on: date | None = None,
) -> UUID:
    """Write a service that is permitted and right; whoever asks indexes it."""
    is_new = row is None
    if row is None:
        row = Service(id=new_id or uow.new_id(), agency_id=cmd.agency_id)
        uow.session.add(row)
    facts = cmd.facts
    row.authority_id = None if cmd.authority_id == cmd.agency_id else cmd.authority_id
    row.kind, row.name, row.description = facts.kind, facts.name, facts.description
    row.phone, row.email, row.is_public = facts.phone, facts.email, facts.is_public
    row.hours, row.out_of_hours = usual_hours(facts.hours), facts.out_of_hours
    row.checked_on = checked_on or row.checked_on
    uow.session.flush()
    if not service_sight("", row.kind).allowed:
        hide(uow, Service.id == row.id, Office.service_id == row.id)
    uow.emit(ServiceSaved(service_id=row.id, is_new=is_new))
    return row.id


def save_team(cmd: SaveTeam, *, uow: UnitOfWork) -> UUID:
    """Add or change a team.

    Raises NotFoundError, NotAllowedError, ConflictError, and RefusedError naming the field.
    """
    service = open_service(uow, cmd.service_id)
    row = None if cmd.team_id is None else open_team(uow, cmd.team_id)

    permit_edit(uow, service.agency_id)

    uow.alone(DIRECTORY)
    if row is not None:
        refuse_stale("the team", row.version, cmd.version, team_theirs(uow, row))
    manager = uow.session.get(Contact, cmd.manager_id) if cmd.manager_id else None
    if cmd.manager_id and (manager is None or manager.agency_id != service.agency_id):
        raise RefusedError("Choose a manager of the same agency", field="manager")
    office = uow.session.get(Office, cmd.office_id) if cmd.office_id else None
    if cmd.office_id and (office is None or office.agency_id != service.agency_id):
        raise RefusedError("Choose an office of the same agency", field="office")
    refuse_same(uow, Team.name, cmd.name, Team.service_id == service.id, Team.id != cmd.team_id)

    team_id = write_team(uow, row, cmd)
    index_contacts_where(uow, Contact.team_id == team_id)
    return team_id


def write_team(
    uow: UnitOfWork, row: Team | None, cmd: SaveTeam, *, new_id: UUID | None = None
) -> UUID:
    """Write a team that is permitted and right; whoever asks indexes its contacts."""
    is_new = row is None
    if row is None:
        row = Team(id=new_id or uow.new_id(), service_id=cmd.service_id)
        uow.session.add(row)
    row.name, row.office_id, row.manager_id = cmd.name, cmd.office_id, cmd.manager_id
    uow.session.flush()
    uow.emit(TeamSaved(team_id=row.id, is_new=is_new))
    return row.id


def check_service(service_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Say that a service's entry is right today. Raises NotFoundError and NotAllowedError."""
    row = open_service(uow, service_id)

    permit_edit(uow, row.agency_id)

    row.checked_on = uow.today
    uow.emit(ServiceChecked(service_id=row.id))
    return row.id


def service_theirs(uow: UnitOfWork, row: Service) -> dict[str, str]:
    """Return a service as it is saved now, by field of its form."""
    authority = uow.session.get(Agency, row.authority_id) if row.authority_id else None
    texts = ("kind", "name", "description", "phone", "email", "hours", "out_of_hours")
    return said(row, texts) | {
        "authority": authority.name if authority else "",
        "is_public": yes_or_no(row.is_public),
    }


def team_theirs(uow: UnitOfWork, row: Team) -> dict[str, str]:
    """Return a team as it is saved now, by field of its form."""
    office = uow.session.get(Office, row.office_id) if row.office_id else None
    manager = uow.session.get(Contact, row.manager_id) if row.manager_id else None
    return {
        "name": row.name,
        "office": office.name if office else "",
        "manager": manager.name if manager else "",
    }
