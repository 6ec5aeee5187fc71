"""What a co-ordinator does to an agenda: its times, its order, its issue."""

import json
from collections import defaultdict
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from hub.db.units import UnitOfWork
from hub.kernel.days import format_instant, london_day
from hub.kernel.errors import RefusedError
from hub.marac.agenda import NONE, Case, Packing, Slot, pack
from hub.marac.commands.refusals import check_slot, demand_coordinator
from hub.marac.events import AgendaIssued
from hub.marac.models import AgendaIssue
from hub.marac.obstacles import obstacles
from hub.meetings.access import open_item, open_meeting
from hub.meetings.events import SlotsChanged
from hub.meetings.models import Invitation, Item, ItemPerson, Meeting
from hub.meetings.queries import CaseLine, cases_of
from hub.meetings.rules import InvitationPolicy
from hub.meetings.states import MEETING, MeetingAction, MeetingState
from hub.people.models import Allocation

COMING = ("accepted", "stand_in")
"""Answers after which somebody keeps the time free."""


@dataclass(frozen=True, kw_only=True)
class PackAgenda:
    """Slots of so many minutes; accepted times stay unless ``keep_answered`` is false."""

    meeting_id: UUID
    slot_minutes: int
    keep_answered: bool = True


def pack_agenda(cmd: PackAgenda, *, uow: UnitOfWork) -> Packing:
    """Give every listed case its slot; whoever is invited is told of their own new time.

    Raises NotFoundError, NotAllowedError, IllegalMoveError, and RefusedError for an empty agenda,
    a slot of an impossible length or a meeting that has begun.
    """
    meeting = _changeable(uow, cmd.meeting_id)
    check_slot(cmd.slot_minutes)
    items = _items(uow, meeting.id)
    if not items:
        raise RefusedError("No case is listed yet. List one, then give out the times.")
    packing = pack(
        _as_cases(uow, meeting, items, keep_answered=cmd.keep_answered),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        slot_minutes=cmd.slot_minutes,
    )
    for position, item_id in enumerate([*packing.slots, *packing.overflow], start=1):
        slot = packing.slots.get(item_id)
        item = items[item_id]
        item.position = position
        item.starts_at = slot.starts_at if slot else None
        item.ends_at = slot.ends_at if slot else None
    uow.emit(SlotsChanged(meeting_id=meeting.id))
    return packing


def move_case(item_id: UUID, *, up: bool, uow: UnitOfWork) -> None:
    """Let a case change places with its neighbour; accepted times are stepped over.

    Raises NotFoundError, NotAllowedError, IllegalMoveError, and RefusedError when the case has no
    slot, has an accepted one, or has no neighbour to change with.
    """
    item = open_item(uow, item_id)
    meeting = _changeable(uow, item.meeting_id)
    items = _items(uow, meeting.id)
    fixed = set(_answered(uow, meeting.id))
    if item.id not in items or item.starts_at is None:
        raise RefusedError("This case has no time yet. Give out the times first.")
    if item.id in fixed:
        raise RefusedError(
            "A worker has accepted the time of this case, so it stays. Ring the worker first, then"
            " give out all times anew."
        )
    movable = sorted(
        (one for one in items.values() if one.starts_at is not None and one.id not in fixed),
        key=lambda one: (one.starts_at, one.id),
    )
    at = movable.index(item) + (-1 if up else 1)
    if not 0 <= at < len(movable):
        raise RefusedError(f"This case cannot be moved {'up' if up else 'down'}.")
    other = movable[at]
    item.starts_at, other.starts_at = other.starts_at, item.starts_at
    item.ends_at, other.ends_at = other.ends_at, item.ends_at
    item.position, other.position = other.position, item.position
    uow.emit(SlotsChanged(meeting_id=meeting.id))


def issue_agenda(meeting_id: UUID, *, uow: UnitOfWork, policy: InvitationPolicy) -> int:
    """Issue the agenda as it stands and return the number of the issue.

    Raises NotFoundError, NotAllowedError, IllegalMoveError, and RefusedError that names every
    obstacle: an empty agenda, a case without a time, a gap for which nobody gave a reason.
    """
    meeting = _changeable(uow, meeting_id)
    in_the_way = obstacles(uow, meeting.id, policy)
    if in_the_way:
        raise RefusedError(" ".join(f"{one.words}." for one in in_the_way))

    last = select(func.max(AgendaIssue.number)).where(AgendaIssue.meeting_id == meeting.id)
    number = (uow.session.scalar(last) or 0) + 1
    uow.session.add(
        AgendaIssue(
            id=uow.new_id(),
            meeting_id=meeting.id,
            number=number,
            issued_at=uow.now,
            issued_by=uow.actor.account_id,
            contents=json.dumps(_snapshot(meeting, cases_of(uow, meeting.id))),
        )
    )
    meeting.state = MEETING.step(MeetingState(meeting.state), MeetingAction.ISSUE).value
    meeting.issued_at = uow.now
    uow.emit(AgendaIssued(meeting_id=meeting.id, number=number))
    return number


def _snapshot(meeting: Meeting, cases: tuple[CaseLine, ...]) -> dict[str, object]:
    """Return the agenda as it stands, as JSON: ids, references, times and states in words."""
    return {
        "meeting": meeting.reference,
        "starts_at": format_instant(meeting.starts_at),
        "ends_at": format_instant(meeting.ends_at),
        "cases": [
            {
                "item": str(case.id),
                "reference": case.reference,
                "has_children": case.has_children,
                "starts_at": format_instant(case.starts_at) if case.starts_at else None,
                "ends_at": format_instant(case.ends_at) if case.ends_at else None,
                "people": [
                    {
                        "role": person.role,
                        "care_status": person.care_status,
                        "state": person.said.words if person.said else None,
                        "invited": [
                            {"name": one.name, "step": one.step, "state": one.said.words}
                            for one in person.invited
                        ],
                    }
                    for person in case.people
                ],
                "reasons": [
                    {"problem": one.problem, "reason": one.reason, "by": one.by}
                    for one in case.recorded
                ],
            }
            for case in cases
        ],
    }


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
    answered = _answered(uow, meeting.id) if keep_answered else {}
    return [
        Case(
            id=item.id,
            has_children=item.has_children,
            listed_at=item.listed_at,
            workers=frozenset(workers.get(item.id, NONE)),
            answered=_slot(item) if item.id in answered else None,
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


def _changeable(uow: UnitOfWork, meeting_id: UUID) -> Meeting:
    """Return a meeting whose agenda may still change, alone with it. Raises as the commands say."""
    uow.alone("invitations")
    meeting = open_meeting(uow, meeting_id)
    demand_coordinator(uow)
    MEETING.step(MeetingState(meeting.state), MeetingAction.ISSUE)
    if _is_over(meeting, uow.now):
        raise RefusedError("This meeting has already begun, so its agenda stands.")
    return meeting


def _is_over(meeting: Meeting, now: datetime) -> bool:
    return meeting.starts_at <= now
