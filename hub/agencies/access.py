"""The one door to each row of the directory: not there and not yours to see are the same answer."""

from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from hub.access.permissions import Fact, Permission, is_the_hub, may, permit
from hub.agencies.models import Absence, Agency, Contact, Office, Service, Team
from hub.db.base import Base
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError

RowType = TypeVar("RowType", bound=Base)


def sees_staff(uow: UnitOfWork) -> bool:
    """Tell whether the actor may see named staff, refuges and MARAC contacts: anybody signed in."""
    return may(uow.actor, Permission.DIRECTORY_READ)


def open_agency(uow: UnitOfWork, agency_id: UUID) -> Agency:
    """Return an agency to somebody signed in. Raises NotFoundError."""
    return _open(uow, Agency, agency_id)


def open_office(uow: UnitOfWork, office_id: UUID) -> Office:
    """Return an office to somebody signed in. Raises NotFoundError."""
    return _open(uow, Office, office_id)


def open_team(uow: UnitOfWork, team_id: UUID) -> Team:
    """Return a team to somebody signed in. Raises NotFoundError."""
    return _open(uow, Team, team_id)


def open_contact(uow: UnitOfWork, contact_id: UUID) -> Contact:
    """Return a contact to somebody signed in. Raises NotFoundError."""
    return _open(uow, Contact, contact_id)


def open_absence(uow: UnitOfWork, absence_id: UUID) -> Absence:
    """Return an absence to somebody signed in. Raises NotFoundError."""
    return _open(uow, Absence, absence_id)


def open_service(uow: UnitOfWork, service_id: UUID) -> Service:
    """Return a service: to the public only one that is public and whose agency takes part.

    Raises NotFoundError.
    """
    if sees_staff(uow):
        return _open(uow, Service, service_id)
    service = uow.session.scalar(
        select(Service)
        .join(Agency, Agency.id == Service.agency_id)
        .where(Service.id == service_id, Service.is_public, Agency.suspended_at.is_(None))
    )
    if service is None:
        raise NotFoundError("no such service")
    return service


def may_edit(uow: UnitOfWork, agency_id: UUID | None) -> bool:
    """Tell whether the actor may change entries of the agency; None: an agency yet to be made."""
    return may(uow.actor, Permission.DIRECTORY_EDIT, _agency_facts(uow, agency_id))


def permit_edit(uow: UnitOfWork, agency_id: UUID | None) -> None:
    """Go on only if the actor may change entries of the agency. Raises NotAllowedError."""
    permit(uow.actor, Permission.DIRECTORY_EDIT, _agency_facts(uow, agency_id))


def may_check(uow: UnitOfWork, contact: Contact) -> bool:
    """Tell whether the actor may confirm the contact's entry."""
    return may(uow.actor, Permission.CONTACT_CHECK, contact_facts(uow, contact))


def may_record_absence(uow: UnitOfWork, contact: Contact) -> bool:
    """Tell whether the actor may record when the contact is away."""
    return may(uow.actor, Permission.ABSENCE_RECORD, contact_facts(uow, contact))


def contact_facts(uow: UnitOfWork, contact: Contact) -> frozenset[Fact]:
    """Return what is true between the actor and a contact."""
    own = {Fact.OWN} if uow.actor.contact_id == contact.id else set()
    return _agency_facts(uow, contact.agency_id) | own


def _agency_facts(uow: UnitOfWork, agency_id: UUID | None) -> frozenset[Fact]:
    same = agency_id is not None and uow.actor.agency_id == agency_id
    return frozenset({Fact.SAME_AGENCY} if same else ())


def _open(uow: UnitOfWork, kind: type[RowType], row_id: UUID) -> RowType:
    row = uow.session.get(kind, row_id) if sees_staff(uow) or is_the_hub(uow.actor) else None
    if row is None:
        raise NotFoundError("no such entry")
    return row
