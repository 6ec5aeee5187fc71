"""Letters that say when a case was heard: those of a case, and one with what it says."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from hub.access.models import Account
from hub.agencies.models import Agency, Area
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.marac.models import DiscussionLetter
from hub.meetings.access import is_open_item
from hub.meetings.models import Item, Meeting
from hub.referrals.queries.people import party_row


@dataclass(frozen=True)
class LetterRow:
    """A letter: who asked, how that was made sure, and who gave it."""

    id: UUID
    reference: str
    item_id: UUID
    party_id: UUID
    asked_as: str
    asked_by: str
    checked_by: str
    phone: str
    heard_on: date
    given_by: str
    agency: str
    given_at: datetime
    area: str


def letters_of(uow: UnitOfWork, item_id: UUID) -> tuple[LetterRow, ...]:
    """Return the letters of a case to whoever runs its meeting, the first first."""
    wanted = _rows(uow).where(DiscussionLetter.item_id == item_id)
    found = uow.session.execute(wanted.order_by(DiscussionLetter.given_at, DiscussionLetter.id))
    return tuple(_row(row) for row in found)


def letter_row(uow: UnitOfWork, letter_id: UUID) -> LetterRow:
    """Return one letter to whoever runs the meeting of its case. Raises NotFoundError."""
    found = uow.session.execute(_rows(uow).where(DiscussionLetter.id == letter_id)).one_or_none()
    if found is None:
        raise NotFoundError("There is no such letter.")
    return _row(found)


def name_on(uow: UnitOfWork, letter: LetterRow) -> str:
    """Return the victim's name as the concern has it; record the look first."""
    return party_row(uow, letter.party_id).name


def _rows(uow: UnitOfWork) -> Select[*tuple[Any, ...]]:
    return (
        select(DiscussionLetter, Account.name, Agency.name, Area.name)
        .join(Item, Item.id == DiscussionLetter.item_id)
        .join(Meeting, Meeting.id == Item.meeting_id)
        .join(Area, Area.id == Meeting.area_id)
        .outerjoin(Account, Account.id == DiscussionLetter.given_by)
        .outerjoin(Agency, Agency.id == Account.agency_id)
        .where(is_open_item(uow))
    )


def _row(row: Any) -> LetterRow:  # noqa: ANN401 - a row of columns
    letter: DiscussionLetter = row[0]
    return LetterRow(
        id=letter.id,
        reference=letter.reference,
        item_id=letter.item_id,
        party_id=letter.party_id,
        asked_as=letter.asked_as,
        asked_by=letter.asked_by,
        checked_by=letter.checked_by,
        phone=letter.phone,
        heard_on=letter.heard_on,
        given_by=row[1] or "",
        agency=row[2] or "",
        given_at=letter.given_at,
        area=row[3],
    )
