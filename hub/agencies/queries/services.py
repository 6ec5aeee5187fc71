"""Services and their offices as frozen rows, and which leaving care service a place belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import aliased

from hub.agencies.models import Agency, AgencyArea, Area, Office, OfficeDistrict, Service
from hub.agencies.queries.contacts import AnySelect
from hub.agencies.rules.kinds import ServiceKind
from hub.agencies.rules.terms import postcode_pieces
from hub.db.units import UnitOfWork

Authority = aliased(Agency)


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service with the provider who delivers it and the authority responsible, if another."""

    id: UUID
    agency_id: UUID
    agency: str
    agency_kind: str
    authority_id: UUID | None
    authority: str | None
    kind: str
    name: str
    description: str | None
    is_public: bool
    phone: str | None
    email: str | None
    hours: str | None
    out_of_hours: str | None
    checked_on: date | None
    version: int


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office and the places that it serves."""

    id: UUID
    agency_id: UUID
    service_id: UUID | None
    name: str
    address: str | None
    postcode: str | None
    phone: str | None
    is_public: bool
    version: int
    serves: tuple[str, ...] = ()


def services_select() -> AnySelect:
    """Return the columns of ServiceRow, for queries that add their own conditions."""
    return (
        select(
            Service.id,
            Service.agency_id,
            Agency.name.label("agency"),
            Agency.kind.label("agency_kind"),
            Service.authority_id,
            Authority.name.label("authority"),
            Service.kind,
            Service.name,
            Service.description,
            Service.is_public,
            Service.phone,
            Service.email,
            Service.hours,
            Service.out_of_hours,
            Service.checked_on,
            Service.version,
        )
        .join(Agency, Agency.id == Service.agency_id)
        .outerjoin(Authority, Authority.id == Service.authority_id)
    )


def services_where(uow: UnitOfWork, query: AnySelect) -> tuple[ServiceRow, ...]:
    """Return the rows of a query made from ``services_select``."""
    return tuple(ServiceRow(*row) for row in uow.session.execute(query))


def services(
    uow: UnitOfWork, service_ids: Iterable[UUID] | None = None, *, kind: str | None = None
) -> tuple[ServiceRow, ...]:
    """Return services that rooms above ask for, by name: those of the ids, of the kind, or all."""
    query = services_select().order_by(Service.name, Service.id)
    if service_ids is not None:
        query = query.where(Service.id.in_(set(service_ids)))
    if kind is not None:
        query = query.where(Service.kind == kind)
    return services_where(uow, query)


def public_services(
    uow: UnitOfWork, *, after: tuple[str, UUID] | None = None, limit: int = 50
) -> tuple[ServiceRow, ...]:
    """Return one page of what everybody may see, by name; ``after`` is the last row's name and id.

    Ask for one more than is shown, to know whether there is a next page.
    """
    query = _of_active(services_select()).where(Service.is_public)
    return services_where(uow, _page(query, after, limit))


def all_services(
    uow: UnitOfWork, *, after: tuple[str, UUID] | None = None, limit: int = 50
) -> tuple[ServiceRow, ...]:
    """Return one page of services for somebody signed in, by name."""
    return services_where(uow, _page(services_select(), after, limit))


def services_of_agency(uow: UnitOfWork, agency_id: UUID) -> tuple[ServiceRow, ...]:
    """Return the services that an agency provides, by name."""
    query = services_select().where(Service.agency_id == agency_id)
    return services_where(uow, query.order_by(Service.name, Service.id))


def leaving_care_service_for(
    uow: UnitOfWork, *, postcode: str | None = None, authority_id: UUID | None = None
) -> ServiceRow | None:
    """Return the leaving care service of an authority, else of the office that serves a postcode.

    The longest piece of the postcode that an office names decides. None when the directory does
    not know, or when two services claim the same piece: then a person must choose.
    """
    active = _of_active(services_select()).where(Service.kind == ServiceKind.LEAVING_CARE)
    if authority_id is not None:
        responsible = (Service.authority_id == authority_id) | (
            Service.authority_id.is_(None) & (Service.agency_id == authority_id)
        )
        return _only(services_where(uow, active.where(responsible)))
    pieces = postcode_pieces(postcode or "")
    if not pieces:
        return None
    offices = uow.session.execute(
        select(OfficeDistrict.district, Office.agency_id, Office.service_id)
        .join(Office, Office.id == OfficeDistrict.office_id)
        .where(OfficeDistrict.district.in_(pieces))
    ).all()
    agencies = {office.agency_id for office in offices}
    rows = services_where(uow, active.where(Service.agency_id.in_(agencies))) if agencies else ()
    for piece in pieces:
        claims = {
            row.id: row
            for office in offices
            for row in rows
            if office.district == piece
            and row.agency_id == office.agency_id
            and office.service_id in (None, row.id)
        }
        if claims:
            return _only(tuple(claims.values()))
    return None


def offices_of(uow: UnitOfWork, agency_ids: Iterable[UUID]) -> tuple[OfficeRow, ...]:
    """Return the offices of the agencies with the places they serve, by name, in two queries."""
    wanted = set(agency_ids)
    if not wanted:
        return ()
    served: dict[UUID, list[str]] = {}
    places = (
        select(OfficeDistrict.office_id, OfficeDistrict.district)
        .join(Office, Office.id == OfficeDistrict.office_id)
        .where(Office.agency_id.in_(wanted))
        .order_by(OfficeDistrict.district)
    )
    for office_id, place in uow.session.execute(places):
        served.setdefault(office_id, []).append(place)
    query = (
        select(
            Office.id,
            Office.agency_id,
            Office.service_id,
            Office.name,
            Office.address,
            Office.postcode,
            Office.phone,
            Office.is_public,
            Office.version,
        )
        .where(Office.agency_id.in_(wanted))
        .order_by(Office.name, Office.id)
    )
    return tuple(
        OfficeRow(*row, serves=tuple(served.get(row.id, ()))) for row in uow.session.execute(query)
    )


def areas_of(uow: UnitOfWork, agency_ids: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Return the names of the areas of each agency that has any."""
    wanted = set(agency_ids)
    found: dict[UUID, list[str]] = {}
    if wanted:
        query = (
            select(AgencyArea.agency_id, Area.name)
            .join(Area, Area.id == AgencyArea.area_id)
            .where(AgencyArea.agency_id.in_(wanted))
            .order_by(Area.name)
        )
        for agency_id, name in uow.session.execute(query):
            found.setdefault(agency_id, []).append(name)
    return {agency_id: tuple(names) for agency_id, names in found.items()}


def _of_active(query: AnySelect) -> AnySelect:
    return query.where(Agency.suspended_at.is_(None))


def _page(query: AnySelect, after: tuple[str, UUID] | None, limit: int) -> AnySelect:
    if after is not None:
        query = query.where(tuple_(Service.name, Service.id) > after)
    return query.order_by(Service.name, Service.id).limit(limit)


def _only(rows: tuple[ServiceRow, ...]) -> ServiceRow | None:
    return rows[0] if len(rows) == 1 else None
