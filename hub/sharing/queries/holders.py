"""Whom an asker can turn to: found in the directory by place, agency, role or name."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.agencies.models import Agency, Contact, Office
from hub.agencies.queries import services
from hub.agencies.queries.contacts import contacts_select, contacts_where
from hub.agencies.queries.search import answers_for, search
from hub.agencies.queries.services import ServiceRow
from hub.agencies.rules.hours import Openness, openness
from hub.agencies.rules.kinds import ContactRole
from hub.db.units import UnitOfWork

FIRST_ASKED = (ContactRole.SINGLE_POINT_OF_CONTACT, ContactRole.DUTY_DESK)


@dataclass(frozen=True, slots=True)
class Holder:
    """An agency as a whole, or one of its services; ``by`` is who of it was found, if anybody."""

    agency_id: UUID
    agency: str
    service_id: UUID | None = None
    service: str | None = None
    authority: str | None = None
    kind: str | None = None
    by: str = ""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.service or self.agency

    @property
    def of(self) -> str:
        """Whose service it is; empty for an agency as a whole."""
        if self.service is None:
            return ""
        return f"{self.agency} for {self.authority}" if self.authority else self.agency


@dataclass(frozen=True, slots=True)
class Ring:
    """How a holder is rung now; the number stands in the directory, whomever it is about."""

    phone: str | None
    openness: Openness
    out_of_hours: str | None


def holders_found(uow: UnitOfWork, typed: str) -> tuple[Holder, ...]:
    """Return whom the words find, each once: services first, then whoever else has somebody there.

    Never the asker's own agency, nor one that does not take part at present.
    """
    found = search(uow, typed)
    holders = [_of_service(one.service) for one in found.services]
    wanted = {contact.service_id for contact in found.contacts if contact.service_id}
    rows = {row.id: row for row in services(uow, wanted)}
    for contact in found.contacts:
        if contact.service_id in rows:
            holders.append(_of_service(rows[contact.service_id], contact.name))
        elif contact.service_id is None:
            holders.append(Holder(contact.agency_id, contact.agency, by=contact.name))
    each_once: dict[tuple[UUID, UUID | None], Holder] = {}
    for one in holders:
        each_once.setdefault((one.agency_id, one.service_id), one)
    open_to = _taking_part(uow, {one.agency_id for one in holders})
    return tuple(one for one in each_once.values() if one.agency_id in open_to)


def holder_named(uow: UnitOfWork, agency_id: UUID, service_id: UUID | None) -> Holder | None:
    """Return the agency, or the service of it; None where there is no such thing."""
    if service_id is not None:
        rows = services(uow, [service_id])
        return _of_service(rows[0]) if rows and rows[0].agency_id == agency_id else None
    name = uow.session.scalar(select(Agency.name).where(Agency.id == agency_id))
    return None if name is None else Holder(agency_id, name)


def may_be_asked(uow: UnitOfWork, agency_id: UUID) -> bool:
    """Tell whether an agency takes part and is not the asker's own."""
    return agency_id in _taking_part(uow, {agency_id})


def ring(uow: UnitOfWork, holder: Holder) -> Ring:
    """Return how the holder is rung: its service's number, or a desk's, or an office's."""
    if holder.service_id is not None:
        (answer,) = answers_for(uow, services(uow, [holder.service_id]))
        return Ring(answer.phone, answer.openness, answer.out_of_hours)
    desks = contacts_where(
        uow,
        contacts_select()
        .where(
            Contact.agency_id == holder.agency_id,
            Contact.role.in_(FIRST_ASKED),
            Contact.phone.is_not(None),
        )
        .order_by(Contact.role.desc(), Contact.preference, Contact.name, Contact.id),
    )
    desk = next((one for one in desks if one.worker.works_on(uow.today)), None)
    if desk is not None:
        return Ring(desk.phone, openness(desk.hours, uow.now), desk.out_of_hours)
    office = uow.session.scalar(
        select(Office.phone)
        .where(Office.agency_id == holder.agency_id, Office.phone.is_not(None))
        .order_by(Office.name, Office.id)
        .limit(1)
    )
    return Ring(office, openness(None, uow.now), None)


def _of_service(row: ServiceRow, by: str = "") -> Holder:
    return Holder(row.agency_id, row.agency, row.id, row.name, row.authority, row.kind, by)


def _taking_part(uow: UnitOfWork, agency_ids: Iterable[UUID]) -> set[UUID]:
    wanted = select(Agency.id).where(
        Agency.id.in_(set(agency_ids)),
        Agency.suspended_at.is_(None),
        Agency.id != uow.actor.agency_id,
    )
    return set(uow.session.scalars(wanted))
