"""The directory as a file, with the columns that are taken in again."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from hub.access.permissions import Permission, permit
from hub.agencies.queries.contacts import ContactRow
from hub.agencies.queries.present import Present, present
from hub.agencies.queries.services import OfficeRow, ServiceRow
from hub.agencies.rules.sheet import folded, write_sheet
from hub.db.units import UnitOfWork

Cells = Mapping[str, str]


def export_directory(uow: UnitOfWork) -> str:
    """Return every agency with all that belongs to it, as CSV. Raises NotAllowedError.

    Absences are not in it: they belong to days, and a file is kept for longer.
    """
    permit(uow.actor, Permission.DIRECTORY_IMPORT)
    return write_sheet(_lines(present(uow)))


def _lines(here: Present) -> Iterator[Cells]:
    agency_of = {row.id: row.name for row in here.agencies.values()}
    service_of = {row.id: row for row in here.services.values()}
    office_of = {row.id: row.name for row in here.offices.values()}
    people = _names(here)
    for _, agency in sorted(here.agencies.items()):
        yield {
            "entry": "agency",
            "agency": agency.name,
            "kind": agency.kind,
            "areas": "; ".join(agency.areas),
        }
    for _, service in sorted(here.services.items()):
        yield _service(service)
    for _, office in sorted(here.offices.items()):
        own = service_of[office.service_id].name if office.service_id else ""
        yield _office(office) | {"agency": agency_of[office.agency_id], "service": own}
    for _, team in sorted(here.teams.items()):
        of = service_of[team.service_id]
        yield {
            "entry": "team",
            "agency": of.agency,
            "service": of.name,
            "name": team.name,
            "office": office_of.get(team.office_id, "") if team.office_id else "",
            "manager": people.get(team.manager_id, "") if team.manager_id else "",
        }
    for _, contact in sorted(here.contacts.items()):
        yield _contact(contact, people)


def _names(here: Present) -> dict[UUID, str]:
    """Return what each contact is called where a cell names one: with the role if need be."""
    rows = tuple(here.contacts.values())
    times = Counter((row.agency_id, folded(row.name)) for row in rows)
    return {
        row.id: row.name
        if times[(row.agency_id, folded(row.name))] == 1
        else f"{row.name} [{row.role}]"
        for row in rows
    }


def _service(row: ServiceRow) -> Cells:
    return {
        "entry": "service",
        "agency": row.agency,
        "name": row.name,
        "kind": row.kind,
        "authority": row.authority or "",
        "phone": row.phone or "",
        "email": row.email or "",
        "hours": row.hours or "",
        "out_of_hours": row.out_of_hours or "",
        "description": row.description or "",
        "public": _tick(row.is_public),
        "checked_on": _day(row.checked_on),
    }


def _office(row: OfficeRow) -> dict[str, str]:
    return {
        "entry": "office",
        "name": row.name,
        "address": row.address or "",
        "postcode": row.postcode or "",
        "serves": "; ".join(row.serves),
        "phone": row.phone or "",
        "public": _tick(row.is_public),
    }


def _contact(row: ContactRow, people: Mapping[UUID, str]) -> Cells:
    return {
        "entry": "contact",
        "agency": row.agency,
        "service": row.service or "",
        "team": row.team or "",
        "office": row.office or "",
        "name": row.name,
        "role": row.role,
        "phone": row.phone or "",
        "work_mobile": _tick(row.is_work_mobile),
        "email": row.email or "",
        "hours": row.hours or "",
        "out_of_hours": row.out_of_hours or "",
        "public": _tick(row.is_public),
        "preference": str(row.preference),
        "deputy": people.get(row.deputy_id, "") if row.deputy_id else "",
        "works_from": _day(row.works_from),
        "works_until": _day(row.works_until),
        "checked_on": _day(row.checked_on),
    }


def _tick(flag: bool) -> str:
    return "yes" if flag else "no"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
