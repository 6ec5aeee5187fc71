"""When a contact is away, and who covers."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.access.permissions import Permission, permit
from hub.agencies.access import contact_facts, open_absence, open_contact
from hub.agencies.commands.refusals import DIRECTORY, refuse_first
from hub.agencies.events import AbsenceSaved
from hub.agencies.models import Absence
from hub.agencies.queries.contacts import absences_of, contacts_by_id
from hub.agencies.rules.cover import Away, absence_refusal
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError, RefusedError


@dataclass(frozen=True, kw_only=True)
class SaveAbsence:
    """Record when somebody is away, or change it; ``until_on`` is the first day back."""

    contact_id: UUID
    absence_id: UUID | None = None
    from_on: date
    until_on: date
    cover_id: UUID | None = None


def save_absence(cmd: SaveAbsence, *, uow: UnitOfWork) -> UUID:
    """Record or change an absence.

    Raises NotFoundError, NotAllowedError, and RefusedError naming the field: an end before the
    start, days already recorded, somebody who has left, or cover that is none.
    """
    contact = open_contact(uow, cmd.contact_id)
    row = None if cmd.absence_id is None else open_absence(uow, cmd.absence_id)

    if row is not None and row.contact_id != contact.id:
        raise NotFoundError("no such absence of this contact")

    permit(uow.actor, Permission.ABSENCE_RECORD, contact_facts(uow, contact))

    uow.alone(DIRECTORY)
    ids = [contact.id, *([cmd.cover_id] if cmd.cover_id else [])]
    workers = {row_id: found.worker for row_id, found in contacts_by_id(uow, ids).items()}
    others = [away for absences in absences_of(uow, ids).values() for away in absences]
    absence_id = row.id if row else uow.new_id()
    wanted = Away(absence_id, contact.id, cmd.from_on, cmd.until_on, cmd.cover_id)
    cover = workers.get(cmd.cover_id) if cmd.cover_id else None
    if cmd.cover_id and cover is None:
        raise RefusedError("This choice is no longer there. Choose again", field="cover")
    refusal = absence_refusal(wanted, workers[contact.id], others, cover)
    refuse_first([refusal] if refusal else [])

    if row is None:
        row = Absence(id=absence_id, contact_id=contact.id)
        uow.session.add(row)
    row.from_on, row.until_on, row.cover_id = cmd.from_on, cmd.until_on, cmd.cover_id
    uow.session.flush()
    uow.emit(AbsenceSaved(contact_id=contact.id))
    return row.id


def remove_absence(absence_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Remove an absence that will not be. Raises NotFoundError and NotAllowedError."""
    row = open_absence(uow, absence_id)
    contact = open_contact(uow, row.contact_id)

    permit(uow.actor, Permission.ABSENCE_RECORD, contact_facts(uow, contact))

    uow.session.delete(row)
    uow.session.flush()
    uow.emit(AbsenceSaved(contact_id=contact.id))
    return contact.id
