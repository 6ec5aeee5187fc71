"""By which number an asker's agency is called back: the directory's, never one on a form."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.agencies.models import Agency, Contact, Office, Service
from hub.agencies.rules.kinds import ContactRole
from hub.db.units import UnitOfWork
from hub.sharing.models import InformationRequest

DESKS = (ContactRole.SINGLE_POINT_OF_CONTACT, ContactRole.DUTY_DESK)
MOST = 3


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number of an agency, and whose it is."""

    whose: str
    phone: str


def numbers_of(uow: UnitOfWork, agency_id: UUID) -> tuple[Number, ...]:
    """Return an agency's own numbers: offices first, then services, then desks; three at most.

    They are entries for a place or a desk, so that whoever rings reaches the agency and not just
    the person who claims to be of it. Source: councils' practice on police requests (call back
    through the switchboard).
    """
    offices = select(Office.name, Office.phone).where(
        Office.agency_id == agency_id, Office.phone.is_not(None)
    )
    services = select(Service.name, Service.phone).where(
        Service.agency_id == agency_id, Service.phone.is_not(None)
    )
    desks = select(Contact.name, Contact.phone).where(
        Contact.agency_id == agency_id,
        Contact.role.in_(DESKS),
        Contact.phone.is_not(None),
        Contact.is_work_mobile.is_(False),
    )
    found: list[Number] = []
    for query in (
        offices.order_by(Office.name, Office.id),
        services.order_by(Service.name, Service.id),
        desks.order_by(Contact.preference, Contact.name, Contact.id),
    ):
        if len(found) < MOST:
            rows = uow.session.execute(query.limit(MOST - len(found)))
            found += [Number(whose, phone) for whose, phone in rows if phone]
    return tuple(found)


def way_to_service(uow: UnitOfWork, request: InformationRequest) -> str:
    """Return how to reach the service or agency that is asked, in words for its asker.

    Nothing in it is about a person; it stands in the directory for everybody who signs in.
    """
    found = numbers_of(uow, request.holder_agency_id)
    phone, name = (found[0].phone if found else None), None
    if request.holder_service_id is not None:
        service = uow.session.get_one(Service, request.holder_service_id)
        name, phone = service.name, service.phone or phone
    name = name or uow.session.get_one(Agency, request.holder_agency_id).name
    return f"{name}: ring {phone}." if phone else f"Turn to {name}."
