"""Subject access requests: received, proved, prepared by one person and released by another.

While one is open nothing about the person is disposed of.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from hub.access.permissions import Permission
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotAllowedError, NotFoundError, RefusedError
from hub.sharing.models import SubjectAccess
from hub.sharing.rights_doors import find_subject
from hub.sharing.rights_events import AccessAsked, AccessMoved

PERSON, REPRESENTATIVE = "person", "representative"
PROVED, LONGER, PREPARED = "proved", "longer", "prepared"


@dataclass(frozen=True, kw_only=True)
class ReceiveAccess:
    """A request came in on a day; a representative is named with the authority that was seen."""

    person_id: UUID
    received_on: date
    asks: str
    representative: str = ""


def receive_access(cmd: ReceiveAccess, *, uow: UnitOfWork) -> UUID:
    """Write a request down; return its id.

    Raises NotFoundError, NotAllowedError, RefusedError.
    """
    find_subject(uow, cmd.person_id, Permission.ACCESS_HANDLE)
    if uow.actor.account_id is None:
        raise NotAllowedError("only people take a request in")
    if cmd.received_on > uow.today:
        raise RefusedError("The day must be today or in the past", field="received_on")
    if cmd.asks == REPRESENTATIVE and not cmd.representative.strip():
        raise RefusedError("Enter who asks and what you saw", field="representative")
    row = SubjectAccess(
        id=uow.new_id(),
        reference=uow.ids.reference(),
        person_id=cmd.person_id,
        received_on=cmd.received_on,
        asks=cmd.asks,
        representative=cmd.representative.strip() or None,
        recorded_by=uow.actor.account_id,
        recorded_at=uow.now,
    )
    uow.session.add(row)
    uow.emit(AccessAsked(access_id=row.id, person_id=row.person_id))
    return row.id


def move_access(access_id: UUID, step: str, words: str, *, uow: UnitOfWork) -> UUID:
    """Write down how it was proved who asks, why it takes longer, or what is to be given.

    ``words`` say how, why or what. Returns the id. Raises NotFoundError, NotAllowedError,
    RefusedError without words, or where it is not the time for that.
    """
    row = open_access(uow, access_id)
    if row.released_at is not None:
        raise RefusedError("This has been answered.")
    if not words.strip():
        raise RefusedError("Enter this in a few words", field="words")
    if step == PROVED:
        row.proved_how, row.proved_on = words.strip(), row.proved_on or uow.today
    elif row.proved_on is None:
        raise RefusedError("First write down how it was proved who asks.")
    elif step == LONGER:
        row.longer_why = words.strip()
    else:
        row.outcome, row.prepared_by = words.strip(), uow.actor.account_id
    uow.emit(AccessMoved(access_id=row.id, step=step))
    return row.id


def release_access(access_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Let what was prepared out, as the second person; return the id.

    Raises NotFoundError, NotAllowedError for whoever prepared it, RefusedError.
    """
    row = open_access(uow, access_id)
    if row.released_at is not None or row.prepared_by is None or row.proved_on is None:
        raise RefusedError("There is nothing to let out.")
    if row.prepared_by == uow.actor.account_id:
        raise NotAllowedError("You prepared this. A second person must let it out.")
    row.released_by, row.released_at = uow.actor.account_id, uow.now
    uow.emit(AccessMoved(access_id=row.id, step="released"))
    return row.id


def open_access(uow: UnitOfWork, access_id: UUID) -> SubjectAccess:
    """Return a request, locked, to those who handle the person's. Raises NotFoundError."""
    row = uow.session.scalar(
        select(SubjectAccess).where(SubjectAccess.id == access_id).with_for_update()
    )
    if row is None:
        raise NotFoundError("no such request")
    find_subject(uow, row.person_id, Permission.ACCESS_HANDLE)
    return row
