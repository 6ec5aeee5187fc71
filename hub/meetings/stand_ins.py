"""Colleagues who are sent instead: who may not be, and who was sent in vain.

Whoever sends a colleague is answered for only as long as that colleague is still asked and has not
said no: otherwise the question goes up the ladder as if the sender had declined.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from hub.agencies.models import Absence, Contact
from hub.db.units import UnitOfWork
from hub.meetings.models import Bar, Invitation, Item, ItemPerson
from hub.people.conflicts import contacts_kept_from
from hub.people.models import Allocation

STAND_IN = "stand_in"
OTHER_SIDE = {"victim": "alleged_perpetrator", "alleged_perpetrator": "victim"}

Place = tuple[UUID, UUID, UUID]
"""Item, person, recipient."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An invitation that is held, and what came of it."""

    place: Place
    has_climbed: bool
    sends: UUID | None


def not_to_be_sent(uow: UnitOfWork, item_id: UUID, subject_id: UUID) -> set[UUID]:
    """Return the contacts who must not stand in for a person on an item, however willing.

    They are those barred from the item, those with a conflict with anybody on it, and those who
    work with the other side of it, or with both. Source: the hub's public interface, section 6,
    paragraph 5.
    """
    people = uow.session.execute(
        select(ItemPerson.person_id, ItemPerson.role).where(
            ItemPerson.item_id == item_id, ItemPerson.person_id.is_not(None)
        )
    ).all()
    ids = [row.person_id for row in people]
    barred = select(Bar.recipient_id).where(Bar.item_id == item_id)
    kept = {contact_id for contact_id, _ in contacts_kept_from(uow, ids)}
    unwelcome = {*uow.session.scalars(barred), *kept}
    own = next((row.role for row in people if row.person_id == subject_id), None)
    sides = {role: set[UUID]() for role in OTHER_SIDE}
    roles = {row.person_id: row.role for row in people}
    for person_id, worker_id in _workers(uow, ids):
        if roles[person_id] in sides:
            sides[roles[person_id]].add(worker_id)
    other = OTHER_SIDE.get(own or "")
    opposed = sides[other] if other else set[UUID]()
    return unwelcome | opposed | (sides["victim"] & sides["alleged_perpetrator"])


def is_at_work(uow: UnitOfWork, contact: Contact, day: date) -> bool:
    """Tell whether the contact works on a London day, and is not absent."""
    has_begun = contact.works_from is None or contact.works_from <= day
    has_left = contact.works_until is not None and contact.works_until <= day
    away = select(Absence.id).where(
        Absence.contact_id == contact.id, Absence.from_on <= day, Absence.until_on > day
    )
    return has_begun and not has_left and uow.session.scalar(away.limit(1)) is None


def unwelcome_of(uow: UnitOfWork, meeting_id: UUID) -> set[tuple[UUID, UUID]]:
    """Return the (item, recipient) pairs of a bar, or of a conflict with anybody on the item."""
    bars = select(Bar.item_id, Bar.recipient_id).join(Item, Item.id == Bar.item_id)
    here = Item.meeting_id == meeting_id
    rows = [(row[0], row[1]) for row in uow.session.execute(bars.where(here))]
    on_items = uow.session.execute(
        select(ItemPerson.item_id, ItemPerson.person_id)
        .join(Item, Item.id == ItemPerson.item_id)
        .where(here, ItemPerson.person_id.is_not(None))
    ).all()
    items_of: dict[UUID | None, list[UUID]] = defaultdict(list)
    for item_id, person_id in on_items:
        items_of[person_id].append(item_id)
    kept = contacts_kept_from(uow, [one for one in items_of if one is not None])
    return {*rows, *((item, who) for who, person in kept for item in items_of[person])}


def sent_in_vain(uow: UnitOfWork, meeting_id: UUID) -> set[Place]:
    """Return the invitations answered with a colleague who does not come either."""
    rows = uow.session.execute(
        select(
            Invitation.item_id,
            Invitation.subject_id,
            Invitation.recipient_id,
            Invitation.climbed_at,
            Invitation.answer,
            Invitation.stand_in_id,
        ).where(Invitation.meeting_id == meeting_id, Invitation.state == "held")
    )
    held = [
        Standing(
            place=(row[0], row[1], row[2]),
            has_climbed=row.climbed_at is not None,
            sends=row.stand_in_id if row.answer == STAND_IN else None,
        )
        for row in rows
    ]
    if all(one.sends is None for one in held):
        return set()
    unwelcome = unwelcome_of(uow, meeting_id)  # whose invitation is about to be taken back
    return in_vain(one for one in held if (one.place[0], one.place[2]) not in unwelcome)


def in_vain(held: Iterable[Standing]) -> set[Place]:
    """Return where a colleague was sent who is not asked any more, said no, or sent one in vain.

    Colleagues who send each other in a circle all do so in vain: none of them comes.
    """
    standing = {one.place: one for one in held}
    sent = {
        place: (place[0], place[1], one.sends)
        for place, one in standing.items()
        if one.sends is not None
    }
    answered_for: set[Place] = set()
    while True:
        more = {
            place
            for place, to in sent.items()
            if to in standing
            and not standing[to].has_climbed
            and (to not in sent or to in answered_for)
        }
        if more == answered_for:
            return set(sent) - answered_for
        answered_for = more


def sent_by(senders: Iterable[Place], sends: Mapping[Place, Place]) -> set[Place]:
    """Return who comes for one of the senders: whom they send, whom these send, and so on."""
    found: set[Place] = set()
    waiting = list(senders)
    while waiting:
        to = sends.get(waiting.pop())
        if to is not None and to not in found:
            found.add(to)
            waiting.append(to)
    return found


def _workers(uow: UnitOfWork, person_ids: list[UUID]) -> list[tuple[UUID, UUID]]:
    """Return each person with each of their workers of today, in any role."""
    rows = uow.session.execute(
        select(Allocation.person_id, Allocation.worker_id).where(
            Allocation.person_id.in_(person_ids),
            Allocation.from_on <= uow.today,
            or_(Allocation.until_on.is_(None), Allocation.until_on > uow.today),
        )
    )
    return [(row[0], row[1]) for row in rows]
