"""The directory as a file sees it: every entry of some agencies by what it is known by."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, select

from hub.agencies.models import Agency, Contact, Service
from hub.agencies.queries.contacts import (
    ContactRow,
    TeamRow,
    contacts_select,
    contacts_where,
    teams,
)
from hub.agencies.queries.services import (
    OfficeRow,
    ServiceRow,
    areas_of,
    offices_of,
    services_select,
    services_where,
)
from hub.agencies.rules.sheet import Key, folded
from hub.db.units import UnitOfWork

ItemType = TypeVar("ItemType")
BATCH = 500


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency and the names of its areas."""

    id: UUID
    name: str
    kind: str
    version: int
    areas: tuple[str, ...] = ()


@dataclass
class Present:
    """Entries by what they are known by, each part folded; see ``rules.sheet.line_key``."""

    agencies: dict[Key, AgencyRow] = field(default_factory=dict)
    services: dict[Key, ServiceRow] = field(default_factory=dict)
    offices: dict[Key, OfficeRow] = field(default_factory=dict)
    teams: dict[Key, TeamRow] = field(default_factory=dict)
    contacts: dict[Key, ContactRow] = field(default_factory=dict)


def present(uow: UnitOfWork, agency_names: Iterable[str] | None = None) -> Present:
    """Return the entries of the agencies of these names, or of all; a few queries per 500."""
    rows = list(_agencies(uow, agency_names))
    found = Present()
    for some in _batches([row.id for row in rows]):
        areas = areas_of(uow, some)
        own = [row for row in rows if row.id in set(some)]
        keys = {row.id: folded(row.name) for row in own}
        for row in own:
            found.agencies[(keys[row.id],)] = AgencyRow(
                row.id, row.name, row.kind, row.version, areas.get(row.id, ())
            )
        _fill(uow, found, some, keys)
    return found


def _fill(uow: UnitOfWork, found: Present, some: Collection[UUID], keys: dict[UUID, str]) -> None:
    services = services_where(uow, services_select().where(Service.agency_id.in_(some)))
    by_id = {row.id: row for row in services}
    for service in services:
        found.services[(keys[service.agency_id], folded(service.name))] = service
    for office in offices_of(uow, some):
        found.offices[(keys[office.agency_id], folded(office.name))] = office
    for team in teams(uow, by_id):
        service = by_id[team.service_id]
        found.teams[(keys[service.agency_id], folded(service.name), folded(team.name))] = team
    query = contacts_select().where(Contact.agency_id.in_(some))
    for contact in contacts_where(uow, query):
        found.contacts[(keys[contact.agency_id], contact.role, folded(contact.name))] = contact


def _agencies(uow: UnitOfWork, names: Iterable[str] | None) -> Iterator[AgencyRow]:
    query = select(Agency.id, Agency.name, Agency.kind, Agency.version).order_by(Agency.name)
    if names is None:
        yield from (AgencyRow(*row) for row in uow.session.execute(query))
        return
    for some in _batches(sorted(set(names))):
        lowered = [name.lower() for name in some]
        named = query.where(func.lower(Agency.name).in_(lowered) | Agency.name.in_(some))
        yield from (AgencyRow(*row) for row in uow.session.execute(named))


def _batches(items: list[ItemType]) -> Iterator[list[ItemType]]:
    for at in range(0, len(items), BATCH):
        yield items[at : at + BATCH]
