"""What was written of a case while it was heard, and who has signed its meeting's statement.

Open the case through ``access`` first: none of these asks who reads.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from hub.access.models import Account
from hub.agencies.models import Agency
from hub.db.units import UnitOfWork
from hub.marac.models import Hearing, HearingNote, Undertaking
from hub.marac.rules.record import FIELDS
from hub.marac.states import HearingState
from hub.meetings.models import Item


@dataclass(frozen=True)
class NoteRow:
    """One field as it stands; version 0 while nobody has written in it."""

    field: str
    text: str
    version: int
    saved_by: str
    saved_at: datetime | None


@dataclass(frozen=True)
class HearingRow:
    """Where a case is at its meeting; version 0 while nothing was done yet."""

    state: str
    version: int
    put_back_why: str
    teller: str
    teller_note: str
    teller_account_id: UUID | None
    heard_on: date | None
    told_on: date | None
    told_how: str
    not_told_why: str


@dataclass(frozen=True)
class Signed:
    """Somebody who has accepted the statement."""

    name: str
    agency: str
    capacity: str
    accepted_at: datetime


NOT_BEGUN = HearingRow(HearingState.WAITING, 0, "", "", "", None, None, None, "", "")


def hearing_row(uow: UnitOfWork, item_id: UUID) -> HearingRow:
    """Return where a case is; one that nobody has begun waits."""
    row = uow.session.scalar(select(Hearing).where(Hearing.item_id == item_id))
    if row is None:
        return NOT_BEGUN
    return HearingRow(
        row.state,
        row.version,
        row.put_back_why or "",
        row.teller or "",
        row.teller_note or "",
        row.teller_account_id,
        row.heard_on,
        row.told_on,
        row.told_how or "",
        row.not_told_why or "",
    )


def states_of(uow: UnitOfWork, meeting_id: UUID) -> dict[UUID, str]:
    """Return how far each case of a meeting is; one that nobody has begun is not named."""
    rows = uow.session.execute(
        select(Hearing.item_id, Hearing.state)
        .join(Item, Item.id == Hearing.item_id)
        .where(Item.meeting_id == meeting_id)
    )
    return {row.item_id: row.state for row in rows}


def note_rows(uow: UnitOfWork, item_id: UUID) -> dict[str, NoteRow]:
    """Return every field of a case's record, also those that nobody has written in."""
    rows = uow.session.execute(
        select(
            HearingNote.field,
            HearingNote.text,
            HearingNote.version,
            Account.name,
            HearingNote.saved_at,
        )
        .outerjoin(Account, Account.id == HearingNote.saved_by)
        .where(HearingNote.item_id == item_id)
    )
    found = {row[0]: NoteRow(row[0], row[1], row[2], row[3] or "somebody", row[4]) for row in rows}
    return {name: found.get(name, NoteRow(name, "", 0, "", None)) for name in FIELDS}


def signed_of(uow: UnitOfWork, meeting_id: UUID) -> tuple[Signed, ...]:
    """Return who has accepted the statement of a meeting, by name."""
    rows = uow.session.execute(
        select(Account.name, Agency.name, Undertaking.capacity, Undertaking.accepted_at)
        .join(Account, Account.id == Undertaking.account_id)
        .outerjoin(Agency, Agency.id == Account.agency_id)
        .where(Undertaking.meeting_id == meeting_id)
        .order_by(Account.name, Account.id)
    )
    return tuple(Signed(row[0], row[1] or "", row[2], row[3]) for row in rows)
