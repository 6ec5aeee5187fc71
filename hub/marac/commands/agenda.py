"""What a co-ordinator does to an agenda before it goes out: its times and its order."""

from collections import defaultdict
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, or_, select

from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.kernel.errors import RefusedError
from hub.marac.agenda import COMING, NONE, Case, Packing, Slot, moved, pack
from hub.marac.commands.refusals import changeable_agenda, check_opening, check_slot
from hub.marac.queries.agenda import times_in_use
from hub.meetings.access import open_item, open_meeting
from hub.meetings.events import SlotsChanged
from hub.meetings.models import Invitation, Item, ItemPerson, Meeting
from hub.meetings.queries import shown_items
from hub.meetings.states import MeetingShape
from hub.people.models import Allocation
from hub.referrals.models import Concern
from hub.referrals.states import Screening


@dataclass(frozen=True, kw_only=True)
class PackAgenda:
    """Slots of so many minutes; accepted times stay unless ``keep_answered`` is false.

    ``opening_minutes`` are kept free at the start, for introductions and the actions of last time.
    """

    meeting_id: UUID
    slot_minutes: int
    keep_answered: bool = True
    opening_minutes: int = 0


def make_agenda(meeting_id: UUID, *, usual_minutes: int, uow: UnitOfWork) -> Packing:
    """Make the whole agenda in one action, with the times in use or else the usual ones.

    Those in use are the agenda's own, and before it has any the series'. Raises as ``pack_agenda``.
    """
    open_meeting(uow, meeting_id)
    times = times_in_use(uow, meeting_id, usual_minutes=usual_minutes)
    return pack_agenda(
        PackAgenda(
            meeting_id=meeting_id,
            slot_minutes=times.slot_minutes,
            opening_minutes=times.opening_minutes,
        ),
        uow=uow,
    )


def pack_agenda(cmd: PackAgenda, *, uow: UnitOfWork) -> Packing:
    """Give every listed case its slot; whoever is invited is told of their own new time.

    Raises NotFoundError, NotAllowedError, IllegalMoveError, and RefusedError for an empty agenda,
    a slot of an impossible length, a meeting that has begun, or where nobody meets.
    """
    meeting = changeable_agenda(uow, cmd.meeting_id)
    if meeting.shape == MeetingShape.CLOSING:
        raise RefusedError("Nobody meets, so no case has a time. Issue the agenda as it is.")
    check_slot(cmd.slot_minutes)
    check_opening(cmd.opening_minutes)
    items, shown = _items(uow, meeting.id), shown_items(uow, meeting.id)
    if shown.isdisjoint(items):
        raise RefusedError("No case is listed yet. List one, then give out the times.")
    packing = pack(
        _as_cases(uow, meeting, items, keep_answered=cmd.keep_answered),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        slot_minutes=cmd.slot_minutes,
        opening_minutes=cmd.opening_minutes,
    )
    order = [*packing.slots, *packing.overflow, *packing.noted]
    for position, item_id in enumerate(order, start=1):
        slot = packing.slots.get(item_id)
        item = items[item_id]
        item.position = position
        item.starts_at = slot.starts_at if slot else None
        item.ends_at = slot.ends_at if slot else None
    uow.emit(SlotsChanged(meeting_id=meeting.id))
    return packing.told(shown, cmd.slot_minutes)


def move_case(item_id: UUID, *, up: bool, uow: UnitOfWork) -> None:
    """Let a case change places with its neighbour; accepted times are stepped over.

    Raises NotFoundError, NotAllowedError, IllegalMoveError, and RefusedError when the case has no
    slot, has an accepted one, or has no neighbour to change with.
    """
    line = _line(uow, item_id)
    free = [place for place, item in enumerate(line.items) if item.id not in line.fixed]
    at = free.index(line.place) + (-1 if up else 1)
    if not 0 <= at < len(free):
        raise RefusedError(f"This case cannot be moved {'up' if up else 'down'}.")
    line.put(free[at])
    uow.emit(SlotsChanged(meeting_id=line.meeting_id))


def place_case(item_id: UUID, onto: UUID, *, uow: UnitOfWork) -> None:
    """Put a case in the place of another; those in between make room, round accepted times.

    Raises NotFoundError, NotAllowedError, IllegalMoveError, and RefusedError when either case has
    no slot, or an accepted time is moved.
    """
    line = _line(uow, item_id)
    places = {item.id: place for place, item in enumerate(line.items)}
    if onto not in places or onto not in shown_items(uow, line.meeting_id):
        raise RefusedError("The place you chose is not on the agenda any more.")
    line.put(places[onto])
    uow.emit(SlotsChanged(meeting_id=line.meeting_id))


@dataclass(frozen=True)
class _Line:
    """The cases with a slot in the order of time, those that are fixed, and the one to be moved."""

    meeting_id: UUID
    items: tuple[Item, ...]
    fixed: AbstractSet[UUID]
    place: int

    def put(self, to: int) -> None:
        """Move the case to a place; the slots stay where they are and get other cases."""
        known = {item.id: item for item in self.items}
        order = moved([*known], self.fixed, self.items[self.place].id, to)
        slots = [(item.starts_at, item.ends_at, item.position) for item in self.items]
        for case, slot in zip(order, slots, strict=True):
            known[case].starts_at, known[case].ends_at, known[case].position = slot


def _line(uow: UnitOfWork, item_id: UUID) -> _Line:
    """Return the agenda's line around a case that can be moved. Raises as the commands say."""
    item = open_item(uow, item_id)
    meeting = changeable_agenda(uow, item.meeting_id)
    fixed = _answered(uow, meeting.id)
    timed = [(one.starts_at, one) for one in _items(uow, meeting.id).values() if one.starts_at]
    items = tuple(one for _, one in sorted(timed, key=lambda pair: (pair[0], pair[1].id)))
    if item not in items:
        raise RefusedError("This case has no time yet. Give out the times first.")
    if item.id in fixed:
        raise RefusedError(
            "A worker has accepted the time of this case, so it stays. Ring the worker first, then"
            " give out all times anew."
        )
    hidden = {one.id for one in items} - shown_items(uow, meeting.id)
    return _Line(meeting.id, items, fixed | hidden, items.index(item))


def _as_cases(
    uow: UnitOfWork, meeting: Meeting, items: dict[UUID, Item], *, keep_answered: bool
) -> list[Case]:
    """Return the items as the packing sees them.

    Their workers are those invited; of a case to which nobody is invited yet the named workers.
    """
    workers: dict[UUID, set[UUID]] = defaultdict(set)
    held = select(Invitation.item_id, Invitation.recipient_id).where(
        Invitation.meeting_id == meeting.id, Invitation.state == "held"
    )
    for row in uow.session.execute(held):
        workers[row.item_id].add(row.recipient_id)
    day = london_day(meeting.starts_at)
    for row in uow.session.execute(_named_workers(items.keys() - workers.keys(), day)):
        workers[row.item_id].add(row.worker_id)
    answered = _answered(uow, meeting.id) if keep_answered else set()
    alert_only = _alert_only(uow, meeting.id)
    return [
        Case(
            id=item.id,
            has_children=item.has_children,
            listed_at=item.listed_at,
            workers=frozenset(workers.get(item.id, NONE)),
            answered=_slot(item) if item.id in answered else None,
            is_alert_only=item.id in alert_only,
        )
        for item in items.values()
    ]


def _named_workers(item_ids: AbstractSet[UUID], day: date) -> Select[UUID, UUID]:
    """Return who is the named worker of the people on these items on the day."""
    return (
        select(ItemPerson.item_id, Allocation.worker_id)
        .join(Allocation, Allocation.person_id == ItemPerson.person_id)
        .where(
            ItemPerson.item_id.in_(item_ids),
            Allocation.from_on <= day,
            or_(Allocation.until_on.is_(None), Allocation.until_on > day),
        )
    )


def _answered(uow: UnitOfWork, meeting_id: UUID) -> set[UUID]:
    """Return the items whose time somebody has accepted."""
    rows = uow.session.scalars(
        select(Invitation.item_id).where(
            Invitation.meeting_id == meeting_id,
            Invitation.state == "held",
            Invitation.answer.in_(COMING),
        )
    )
    return set(rows)


def _slot(item: Item) -> Slot | None:
    """Return the item's own slot; an answer to the whole meeting holds no time yet."""
    if item.starts_at is None or item.ends_at is None:
        return None
    return Slot(starts_at=item.starts_at, ends_at=item.ends_at)


def _items(uow: UnitOfWork, meeting_id: UUID) -> dict[UUID, Item]:
    rows = uow.session.scalars(
        select(Item).where(Item.meeting_id == meeting_id, Item.state == "listed")
    )
    return {item.id: item for item in rows}


def _alert_only(uow: UnitOfWork, meeting_id: UUID) -> set[UUID]:
    rows = uow.session.scalars(
        select(Item.id)
        .join(Concern, Concern.id == Item.concern_id)
        .where(Item.meeting_id == meeting_id, Concern.state == Screening.ACCEPTED_ALERT_ONLY)
    )
    return set(rows)
