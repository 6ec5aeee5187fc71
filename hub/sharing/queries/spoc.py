"""Whom a request to an agency reaches, read from the directory and the agreement."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from hub.access.queries import accounts_with_role
from hub.agencies.models import Agency, Contact, Service, Team
from hub.agencies.queries import ContactRow, absences_of, contacts_by_id, offices_of
from hub.agencies.rules.kinds import ContactRole
from hub.agencies.rules.terms import postcode_pieces
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.sharing.models import AgreementParty
from hub.sharing.register.spoc import Candidate, Ladder, Route, spoc_route

SPOC = ContactRole.SINGLE_POINT_OF_CONTACT
PARTS = (SPOC, ContactRole.DUTY_DESK, ContactRole.TEAM_MANAGER)


@dataclass(frozen=True, kw_only=True)
class Call:
    """A request on its way to an agency.

    Under which version of an agreement, if any; to which of the agency's services, if one is
    meant; and for which postcode or part of one, where the person's place is known.
    """

    agency_id: UUID
    agreement_id: UUID | None = None
    service_id: UUID | None = None
    postcode: str | None = None


def route_to(uow: UnitOfWork, call: Call, at: datetime, *, stale_after_days: int) -> Route:
    """Return who is asked at the instant, and why everybody before them is passed over.

    It never ends with nobody: the last step stands for whoever is an information governance lead
    of the hub.
    """
    return spoc_route(ladder_of(uow, call), at, stale_after_days=stale_after_days)


def ladder_of(uow: UnitOfWork, call: Call) -> Ladder:
    """Return everybody who could be asked on behalf of the agency."""
    managing = _managing(uow, call.agency_id)
    contact_id, deputy_id = _named(uow, call)
    wanted = {contact_id, deputy_id, *_with_a_part(uow, call.agency_id), *managing} - {None}
    found = contacts_by_id(uow, [one for one in wanted if one is not None])
    near = _Near(uow, call)
    own = sorted(
        found.values(), key=lambda one: (near.rank(one), one.preference, one.name, str(one.id))
    )
    points = [one for one in own if one.role == SPOC]
    if contact_id is None and points:
        contact_id = points[0].id
    first = absences_of(uow, [contact_id] if contact_id else ())
    stand_ins = {away.cover_id for each in first.values() for away in each}
    stand_ins |= {found[contact_id].deputy_id} if contact_id in found else set()
    found |= contacts_by_id(uow, [one for one in stand_ins if one is not None])
    absences = absences_of(uow, found)
    suspended = select(Agency.suspended_at).where(Agency.id == call.agency_id)
    return Ladder(
        contact_id=contact_id,
        deputy_id=deputy_id,
        people=tuple(map(_candidate, found.values())),
        points=tuple(map(_candidate, points)),
        desks=tuple(_candidate(one) for one in own if one.role == ContactRole.DUTY_DESK),
        managers=tuple(
            _candidate(one)
            for one in own
            if one.id in managing or one.role == ContactRole.TEAM_MANAGER
        ),
        accounts=tuple(
            (row.id, row.name)
            for row in accounts_with_role(uow, Role.GOVERNANCE_LEAD, agency_ids=[call.agency_id])
        ),
        absences=tuple(away for each in absences.values() for away in each),
        is_suspended=uow.session.scalar(suspended) is not None,
    )


def _named(uow: UnitOfWork, call: Call) -> tuple[UUID | None, UUID | None]:
    """Return the contact and the deputy that the agreement names for the agency."""
    if call.agreement_id is None:
        return None, None
    row = uow.session.execute(
        select(AgreementParty.contact_id, AgreementParty.deputy_id).where(
            AgreementParty.agreement_id == call.agreement_id,
            AgreementParty.agency_id == call.agency_id,
        )
    ).one_or_none()
    return (row.contact_id, row.deputy_id) if row else (None, None)


def _with_a_part(uow: UnitOfWork, agency_id: UUID) -> set[UUID]:
    """Return the agency's single points of contact, duty desks and team managers."""
    wanted = select(Contact.id).where(Contact.agency_id == agency_id, Contact.role.in_(PARTS))
    return set(uow.session.scalars(wanted))


def _managing(uow: UnitOfWork, agency_id: UUID) -> set[UUID]:
    """Return who manages a team of the agency's services."""
    wanted = (
        select(Team.manager_id)
        .join(Service, Service.id == Team.service_id)
        .where(Service.agency_id == agency_id, Team.manager_id.is_not(None))
    )
    return {one for one in uow.session.scalars(wanted) if one is not None}


class _Near:
    """How near somebody is to the service and the place that are asked about."""

    def __init__(self, uow: UnitOfWork, call: Call) -> None:
        self.service_id = call.service_id
        pieces = set(postcode_pieces(call.postcode or ""))
        offices = offices_of(uow, [call.agency_id]) if pieces else ()
        self.serving = {office.id for office in offices if pieces & set(office.serves)}

    def rank(self, one: ContactRow) -> int:
        """Return a smaller number for who is nearer: first the service decides, then the place."""
        of_service = self.service_id is not None and one.service_id == self.service_id
        return 2 * (not of_service) + (one.office_id not in self.serving)


def _candidate(row: ContactRow) -> Candidate:
    return Candidate(
        contact_id=row.id,
        name=row.name,
        hours=row.hours,
        works_from=row.works_from,
        works_until=row.works_until,
        verified_on=row.verified_on,
        deputy_id=row.deputy_id,
    )
