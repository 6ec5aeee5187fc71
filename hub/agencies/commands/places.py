"""Adding and changing agencies and their offices."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm.attributes import flag_modified

from hub.agencies.access import open_agency, open_office, open_service, permit_edit
from hub.agencies.commands.hiding import hide
from hub.agencies.commands.indexing import (
    index_agency,
    index_contacts_where,
    index_services_where,
)
from hub.agencies.commands.refusals import (
    DIRECTORY,
    refuse_first,
    refuse_same,
    refuse_stale,
    said,
    yes_or_no,
)
from hub.agencies.events import AgencySaved, OfficeSaved
from hub.agencies.models import (
    Agency,
    AgencyArea,
    Area,
    Contact,
    Office,
    OfficeDistrict,
    Service,
)
from hub.agencies.rules.entries import AgencyFacts, OfficeFacts, office_refusals
from hub.agencies.rules.kinds import service_sight
from hub.db.units import UnitOfWork
from hub.kernel.errors import RefusedError


@dataclass(frozen=True, kw_only=True)
class SaveAgency:
    """Add an agency, or change the one of the id as it was read in that version."""

    agency_id: UUID | None = None
    version: int = 0
    facts: AgencyFacts


@dataclass(frozen=True, kw_only=True)
class SaveOffice:
    """Add an office to an agency, or change one."""

    agency_id: UUID
    office_id: UUID | None = None
    version: int = 0
    service_id: UUID | None = None
    facts: OfficeFacts


def save_agency(cmd: SaveAgency, *, uow: UnitOfWork) -> UUID:
    """Add or change an agency.

    Raises NotFoundError, NotAllowedError, ConflictError, and RefusedError for a name already taken.
    """
    row = None if cmd.agency_id is None else open_agency(uow, cmd.agency_id)

    permit_edit(uow, cmd.agency_id)

    uow.alone(DIRECTORY)
    if row is not None:
        refuse_stale("the agency", row.version, cmd.version, agency_theirs(uow, row))
    refuse_same(uow, Agency.name, cmd.facts.name, Agency.id != cmd.agency_id)

    agency_id = write_agency(uow, row, cmd)
    index_agency(uow, agency_id)
    return agency_id


def write_agency(
    uow: UnitOfWork, row: Agency | None, cmd: SaveAgency, *, new_id: UUID | None = None
) -> UUID:
    """Write an agency that is permitted and right; whoever asks indexes it."""
    is_new = row is None
    if row is None:
        row = Agency(id=new_id or uow.new_id())
        uow.session.add(row)
    row.name, row.kind = cmd.facts.name, cmd.facts.kind
    if not is_new:
        flag_modified(row, "name")  # the areas are rows of their own; the version is the agency's
    uow.session.flush()
    uow.session.execute(delete(AgencyArea).where(AgencyArea.agency_id == row.id))
    for area in _areas(uow, cmd.facts.areas):
        uow.session.add(AgencyArea(agency_id=row.id, area_id=area.id))
    if not service_sight(row.kind, "").allowed:
        hide(uow, Service.agency_id == row.id, Office.agency_id == row.id)
    uow.emit(AgencySaved(agency_id=row.id, is_new=is_new))
    return row.id


def save_office(cmd: SaveOffice, *, uow: UnitOfWork) -> UUID:
    """Add or change an office.

    Raises NotFoundError, NotAllowedError, ConflictError, and RefusedError naming the field.
    """
    agency = open_agency(uow, cmd.agency_id)
    row = None if cmd.office_id is None else open_office(uow, cmd.office_id)
    service = None if cmd.service_id is None else open_service(uow, cmd.service_id)

    permit_edit(uow, row.agency_id if row else agency.id)

    uow.alone(DIRECTORY)
    if row is not None:
        refuse_stale("the office", row.version, cmd.version, office_theirs(uow, row))
    if service is not None and service.agency_id != agency.id:
        raise RefusedError("Choose a service of this agency", field="service")
    service_kind = service.kind if service else None
    refuse_first(office_refusals(cmd.facts, agency_kind=agency.kind, service_kind=service_kind))
    same_agency = Office.agency_id == agency.id
    refuse_same(uow, Office.name, cmd.facts.name, same_agency, Office.id != cmd.office_id)

    office_id = write_office(uow, row, cmd)
    index_services_where(uow, Service.agency_id == agency.id)
    index_contacts_where(uow, Contact.office_id == office_id)
    return office_id


def write_office(
    uow: UnitOfWork, row: Office | None, cmd: SaveOffice, *, new_id: UUID | None = None
) -> UUID:
    """Write an office that is permitted and right; whoever asks indexes the services."""
    is_new = row is None
    if row is None:
        row = Office(id=new_id or uow.new_id(), agency_id=cmd.agency_id)
        uow.session.add(row)
    facts = cmd.facts
    row.service_id, row.name, row.is_public = cmd.service_id, facts.name, facts.is_public
    row.address, row.postcode, row.phone = facts.address, facts.postcode, facts.phone
    if not is_new:
        flag_modified(row, "name")  # so are the places it serves
    uow.session.flush()
    uow.session.execute(delete(OfficeDistrict).where(OfficeDistrict.office_id == row.id))
    for place in facts.serves:
        uow.session.add(OfficeDistrict(office_id=row.id, district=place))
    uow.session.flush()
    uow.emit(OfficeSaved(office_id=row.id, is_new=is_new))
    return row.id


def agency_theirs(uow: UnitOfWork, row: Agency) -> dict[str, str]:
    """Return an agency as it is saved now, by field of its form."""
    areas = (
        select(Area.name)
        .join(AgencyArea, AgencyArea.area_id == Area.id)
        .where(AgencyArea.agency_id == row.id)
        .order_by(Area.name)
    )
    return {"name": row.name, "kind": row.kind, "areas": "; ".join(uow.session.scalars(areas))}


def office_theirs(uow: UnitOfWork, row: Office) -> dict[str, str]:
    """Return an office as it is saved now, by field of its form."""
    places = select(OfficeDistrict.district).where(OfficeDistrict.office_id == row.id)
    service = uow.session.get(Service, row.service_id) if row.service_id else None
    return said(row, ("name", "address", "postcode", "phone")) | {
        "serves": "; ".join(sorted(uow.session.scalars(places))),
        "service": service.name if service else "",
        "is_public": yes_or_no(row.is_public),
    }


def _areas(uow: UnitOfWork, names: Iterable[str]) -> list[Area]:
    """Return the areas of these names, making those that are new."""
    found = []
    for name in dict.fromkeys(names):
        area = uow.session.scalar(select(Area).where(func.lower(Area.name) == name.lower()))
        if area is None:
            area = Area(id=uow.new_id(), name=name)
            uow.session.add(area)
            uow.session.flush()
        found.append(area)
    return found
