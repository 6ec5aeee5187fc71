"""The cases of a meeting as one reader may see them, numbered without holes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from hub.agencies.models import Contact
from hub.db.units import UnitOfWork
from hub.marac.access import KEEP, is_own_case
from hub.marac.models import Hearing
from hub.marac.states import HearingState
from hub.meetings.models import Attendance, Invitation, Item, ItemPerson, Meeting
from hub.referrals.models import Concern


@dataclass(frozen=True)
class ScreenCase:
    """One case, without a name; ``number`` is its place among those that the reader may see."""

    id: UUID
    number: int
    reference: str
    starts_at: datetime | None
    is_urgent: bool
    has_children: bool
    state: str


def cases_on_screen(
    uow: UnitOfWork, meeting_id: UUID, *, keep: timedelta = KEEP
) -> tuple[ScreenCase, ...]:
    """Return the listed cases that the actor may read, in the order of the agenda.

    ``keep`` is how long after the meeting they are there for who was invited.
    """
    rows = uow.session.execute(
        select(
            Item.id,
            Concern.reference,
            Item.starts_at,
            Concern.is_urgent,
            Concern.has_children,
            Hearing.state,
        )
        .join(Meeting, Meeting.id == Item.meeting_id)
        .outerjoin(Concern, Concern.id == Item.concern_id)
        .outerjoin(Hearing, Hearing.item_id == Item.id)
        .where(Item.meeting_id == meeting_id, Item.state == "listed", is_own_case(uow, keep))
        .order_by(Item.starts_at.is_(None), Item.starts_at, Item.position, Item.listed_at, Item.id)
    )
    return tuple(
        ScreenCase(
            id=row[0],
            number=number,
            reference=row[1] or "",
            starts_at=row[2],
            is_urgent=bool(row[3]),
            has_children=bool(row[4]),
            state=row[5] or HearingState.WAITING.value,
        )
        for number, row in enumerate(rows, start=1)
    )


@dataclass(frozen=True)
class InvitedWorker:
    """A worker who is invited to a case, what they answered, and whether they came."""

    name: str
    role: str
    answer: str
    came: str


def invited_to(uow: UnitOfWork, item_id: UUID) -> tuple[InvitedWorker, ...]:
    """Return who holds an invitation to a case, by name."""
    rows = uow.session.execute(
        select(Contact.name, Contact.role, Invitation.answer, Attendance.status)
        .join(Contact, Contact.id == Invitation.recipient_id)
        .outerjoin(
            Attendance,
            (Attendance.item_id == Invitation.item_id)
            & (Attendance.contact_id == Invitation.recipient_id),
        )
        .where(Invitation.item_id == item_id, Invitation.state == "held")
        .order_by(Contact.name, Invitation.id)
    )
    return tuple(InvitedWorker(row[0], row[1], row[2] or "", row[3] or "") for row in rows)


def care_on(uow: UnitOfWork, item_id: UUID) -> dict[UUID, str]:
    """Return by party what is known today of whether they are care-experienced."""
    rows = uow.session.execute(
        select(ItemPerson.party_id, ItemPerson.care_status).where(ItemPerson.item_id == item_id)
    )
    return {row.party_id: row.care_status for row in rows if row.party_id is not None}


def reference_of(uow: UnitOfWork, item_id: UUID) -> str:
    """Return the reference of the concern of a case that was opened already."""
    wanted = select(Concern.reference).join(Item, Item.concern_id == Concern.id)
    return uow.session.scalar(wanted.where(Item.id == item_id)) or ""


def meeting_of_item(uow: UnitOfWork, item_id: UUID) -> UUID:
    """Return the meeting of a case that was opened already."""
    return uow.session.get_one(Item, item_id).meeting_id
