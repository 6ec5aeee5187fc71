"""Adding, changing, checking and ending contacts."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import update

from hub.access.permissions import Permission, permit
from hub.agencies.access import contact_facts, open_agency, open_contact, permit_edit
from hub.agencies.commands.indexing import index_contacts
from hub.agencies.commands.refusals import (
    DIRECTORY,
    refuse_first,
    refuse_same,
    refuse_stale,
    said,
    yes_or_no,
)
from hub.agencies.events import ContactAddressDoubted, ContactChecked, ContactSaved
from hub.agencies.models import Agency, Contact, Office, Service, Team
from hub.agencies.rules.cover import Worker, deputy_refusal
from hub.agencies.rules.entries import ContactFacts, contact_refusals, usual_hours
from hub.db.base import Base
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError, RefusedError

RowType = TypeVar("RowType", bound=Base)


@dataclass(frozen=True, kw_only=True)
class SaveContact:
    """Add a contact to an agency, or change the one of the id as it was read in that version."""

    agency_id: UUID
    contact_id: UUID | None = None
    version: int = 0
    service_id: UUID | None = None
    team_id: UUID | None = None
    office_id: UUID | None = None
    deputy_id: UUID | None = None
    facts: ContactFacts


@dataclass(frozen=True, kw_only=True)
class EndWork:
    """Somebody leaves the agency; ``works_until`` is the first day no longer worked here."""

    contact_id: UUID
    version: int
    works_until: date


def save_contact(cmd: SaveContact, *, uow: UnitOfWork) -> UUID:
    """Add or change a contact. Saving it also says that the entry is right today.

    Raises NotFoundError, NotAllowedError, ConflictError, and RefusedError naming the field.
    """
    agency = open_agency(uow, cmd.agency_id)
    row = None if cmd.contact_id is None else open_contact(uow, cmd.contact_id)

    permit_edit(uow, row.agency_id if row else agency.id)

    uow.alone(DIRECTORY)
    if row is not None:
        refuse_stale("the contact", row.version, cmd.version, contact_theirs(uow, row))
    _refuse_wrong(uow, agency, cmd)

    contact_id = write_contact(uow, row, cmd, checked_on=uow.today)
    index_contacts(uow, [contact_id])
    return contact_id


def write_contact(
    uow: UnitOfWork,
    row: Contact | None,
    cmd: SaveContact,
    *,
    new_id: UUID | None = None,
    checked_on: date | None = None,
) -> UUID:
    """Write a contact that is permitted and right; whoever asks indexes it."""
    is_new = row is None
    if row is None:
        row = Contact(id=new_id or uow.new_id(), agency_id=cmd.agency_id)
        uow.session.add(row)
    facts = cmd.facts
    if row.email != facts.email:
        row.address_doubted_at = None  # the doubt was about another address
    row.service_id, row.team_id = cmd.service_id, cmd.team_id
    row.office_id, row.deputy_id = cmd.office_id, cmd.deputy_id
    row.role, row.name, row.email = facts.role, facts.name, facts.email
    row.phone, row.is_work_mobile = facts.phone, facts.is_work_mobile
    row.hours, row.out_of_hours = usual_hours(facts.hours), facts.out_of_hours
    row.is_public, row.preference = facts.is_public, facts.preference
    row.works_from, row.works_until = facts.works_from, facts.works_until
    row.checked_on = checked_on or row.checked_on
    uow.emit(ContactSaved(contact_id=row.id, is_new=is_new))
    return row.id


def end_work(cmd: EndWork, *, uow: UnitOfWork) -> UUID:
    """Record the day from which somebody no longer works for the agency.

    Raises NotFoundError, NotAllowedError, ConflictError, and RefusedError for a day on or before
    the first.
    """
    row = open_contact(uow, cmd.contact_id)

    permit_edit(uow, row.agency_id)

    refuse_stale("the contact", row.version, cmd.version, contact_theirs(uow, row))
    if row.works_from is not None and cmd.works_until <= row.works_from:
        raise RefusedError(
            "The first day no longer at work must be after the first day at work",
            field="works_until",
        )

    row.works_until = cmd.works_until
    uow.emit(ContactSaved(contact_id=row.id, is_new=False))
    return row.id


def check_contact(contact_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Say that a contact's entry is right today, which also ends a doubt about the address.

    Raises NotFoundError, NotAllowedError, and RefusedError for somebody who has left.
    """
    row = open_contact(uow, contact_id)

    permit(uow.actor, Permission.CONTACT_CHECK, contact_facts(uow, row))

    if row.works_until is not None and row.works_until <= uow.today:
        raise RefusedError("This person has left the agency, so the entry cannot be right")

    _mark(uow, row.id, checked_on=uow.today, address_doubted_at=None)
    uow.emit(ContactChecked(contact_id=row.id))
    return row.id


def doubt_address(uow: UnitOfWork, contact_id: UUID) -> None:
    """Note that a message to the contact was refused or came back; called by a reaction.

    A doubt that there is already stays as old as it is. Raises NotFoundError.
    """
    row = _known(uow, contact_id)
    if row.address_doubted_at is None:
        _mark(uow, row.id, address_doubted_at=uow.now)
        uow.emit(ContactAddressDoubted(contact_id=row.id))


def contact_is_live(uow: UnitOfWork, contact_id: UUID, how: str) -> None:
    """Note that the person signed in or answered (``how``), which renews the entry's check.

    A doubt about the address stays: only a check of the directory ends it. The second time on one
    day changes nothing. Raises NotFoundError. Source: the hub's public interface, section 6.
    """
    row = _known(uow, contact_id)
    if row.checked_on is None or row.checked_on < uow.today:
        _mark(uow, row.id, checked_on=uow.today)
        uow.emit(ContactChecked(contact_id=row.id, how=how))


def contact_theirs(uow: UnitOfWork, row: Contact) -> dict[str, str]:
    """Return a contact as it is saved now, by field of its form."""
    texts = ("role", "name", "email", "phone", "hours", "out_of_hours", "preference")

    service = uow.session.get(Service, row.service_id) if row.service_id else None
    team = uow.session.get(Team, row.team_id) if row.team_id else None
    office = uow.session.get(Office, row.office_id) if row.office_id else None
    deputy = uow.session.get(Contact, row.deputy_id) if row.deputy_id else None
    return said(row, (*texts, "works_from", "works_until")) | {
        "service": service.name if service else "",
        "team": team.name if team else "",
        "office": office.name if office else "",
        "deputy": deputy.name if deputy else "",
        "is_work_mobile": yes_or_no(row.is_work_mobile),
        "is_public": yes_or_no(row.is_public),
    }


def _known(uow: UnitOfWork, contact_id: UUID) -> Contact:
    row = uow.session.get(Contact, contact_id)
    if row is None:
        raise NotFoundError("no such contact")
    return row


def _mark(uow: UnitOfWork, contact_id: UUID, **values: object) -> None:
    """Write what nobody types, without a new version: a form that is open meanwhile stays good."""
    uow.session.execute(update(Contact).where(Contact.id == contact_id).values(**values))


def _refuse_wrong(uow: UnitOfWork, agency: Agency, cmd: SaveContact) -> None:
    facts = cmd.facts
    service = _own(uow, Service, cmd.service_id, "service")
    team = _own(uow, Team, cmd.team_id, "team")
    office = _own(uow, Office, cmd.office_id, "office")
    if service is not None and service.agency_id != agency.id:
        raise RefusedError("Choose a service of this agency", field="service")
    if team is not None and team.service_id != cmd.service_id:
        raise RefusedError("Choose a team of the same service", field="team")
    if office is not None and office.agency_id != agency.id:
        raise RefusedError("Choose an office of this agency", field="office")
    service_kind = service.kind if service else None
    refuse_first(contact_refusals(facts, agency_kind=agency.kind, service_kind=service_kind))
    refuse_same(
        uow,
        Contact.name,
        facts.name,
        Contact.agency_id == agency.id,
        Contact.role == facts.role,
        Contact.id != cmd.contact_id,
    )
    _refuse_deputy(uow, cmd)


def _refuse_deputy(uow: UnitOfWork, cmd: SaveContact) -> None:
    if cmd.deputy_id is None:
        return
    deputy = _own(uow, Contact, cmd.deputy_id, "deputy")
    assert deputy is not None  # noqa: S101 - _own raises for an id that nobody has
    own_id = cmd.contact_id or uow.new_id()
    worker = Worker(own_id, cmd.service_id, cmd.facts.works_from, cmd.facts.works_until)
    other = Worker(deputy.id, deputy.service_id, deputy.works_from, deputy.works_until)
    refusal = deputy_refusal(worker, other, uow.today)
    refuse_first([refusal] if refusal else [])


def _own(uow: UnitOfWork, kind: type[RowType], row_id: UUID | None, field: str) -> RowType | None:
    row = uow.session.get(kind, row_id) if row_id else None
    if row_id is not None and row is None:
        raise RefusedError("This choice is no longer there. Choose again", field=field)
    return row
