"""Who an item is about.

Copied from the concern when the case is listed, and kept up with the duty desks' answers on who is
meant.
"""

from uuid import UUID

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.kernel.days import age_on
from hub.kernel.events import Event
from hub.meetings.events import CaseUnlisted, ItemPeopleChanged
from hub.meetings.models import Item, ItemPerson, Meeting
from hub.people.events import (
    IdentityConfirmed,
    IdentityReopened,
    IdentityRuledOut,
    IdentityUndone,
)
from hub.people.models import IdentityCheck
from hub.referrals.events import ConcernScreened
from hub.referrals.models import Party
from hub.referrals.states import LISTABLE

FIRST_AGE, LAST_AGE = 16, 25
CONFIRMED, RULED_OUT, OPEN = "confirmed", "ruled_out", "open"
ANSWERS = (IdentityConfirmed, IdentityUndone, IdentityRuledOut, IdentityReopened)
STATE_AFTER: dict[type[Event], str] = {IdentityConfirmed: CONFIRMED, IdentityRuledOut: RULED_OUT}


def put_people(uow: UnitOfWork, item: Item) -> bool:
    """Copy the concern's people on to the item; return whether there is a child among them."""
    parties = list(
        uow.session.scalars(
            select(Party)
            .where(Party.concern_id == item.concern_id)
            .order_by(Party.position, Party.id)
        )
    )
    checks = {
        check.party_id: check
        for check in uow.session.scalars(
            select(IdentityCheck).where(IdentityCheck.party_id.in_([one.id for one in parties]))
        )
    }
    taken: set[UUID] = set()
    for party in parties:
        check = checks.get(party.id)
        person_id = check.person_id if check and check.state == CONFIRMED else None
        if person_id in taken:
            person_id = None  # the same person twice in one concern stands on the item once
        if person_id is not None:
            taken.add(person_id)
        uow.session.add(
            ItemPerson(
                id=uow.new_id(),
                item_id=item.id,
                party_id=party.id,
                role=party.role,
                care_status=_care_status(uow, party, check),
                person_id=person_id,
                date_of_birth=party.date_of_birth,
            )
        )
    return any(party.role == "child" for party in parties)


def _care_status(uow: UnitOfWork, party: Party, check: IdentityCheck | None) -> str:
    """Return what is known: a desk's answer counts most, then the age, then the referrer's word."""
    if check is not None:
        return care_status_of(check.state)
    born = party.date_of_birth
    is_out_of_range = born is not None and not FIRST_AGE - 1 <= age_on(born, uow.today) <= LAST_AGE
    if is_out_of_range or party.care_answer == "no":
        return "not_care_experienced"
    return "not_known"


def care_status_of(check_state: str) -> str:
    """Return the care status that the state of an identity check amounts to."""
    known = {CONFIRMED: "care_experienced", RULED_OUT: "not_care_experienced"}
    return known.get(check_state, "not_known")


def follow_screening(uow: UnitOfWork, happened: ConcernScreened) -> None:
    """React to a concern that is not to be heard after all: take it off meetings still to come."""
    if happened.outcome in {outcome.value for outcome in LISTABLE}:
        return
    items = uow.session.scalars(
        select(Item)
        .join(Meeting, Meeting.id == Item.meeting_id)
        .where(
            Item.concern_id == happened.concern_id,
            Item.state == "listed",
            Meeting.starts_at > uow.now,
        )
    )
    for item in items.all():
        item.state = "withdrawn"
        uow.emit(CaseUnlisted(item_id=item.id, meeting_id=item.meeting_id))


def follow_identity(uow: UnitOfWork, happened: Event) -> None:
    """React to a duty desk's answer: bring every item of that person in the concern up to date."""
    if not isinstance(happened, ANSWERS):
        return
    person_id = happened.person_id if isinstance(happened, IdentityConfirmed) else None
    rows = uow.session.execute(
        select(ItemPerson, Item.meeting_id)
        .join(Item, Item.id == ItemPerson.item_id)
        .where(ItemPerson.party_id == happened.party_id)
    ).all()
    for row, meeting_id in rows:
        row.person_id = person_id
        row.care_status = care_status_of(STATE_AFTER.get(type(happened), OPEN))
        uow.emit(ItemPeopleChanged(item_id=row.item_id, meeting_id=meeting_id))
