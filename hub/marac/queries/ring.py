"""Whom to ring for an emergency MARAC, with the work numbers of the directory.

Open the meeting through ``access`` first.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, or_, select

from hub.agencies.models import Agency, AgencyArea, Contact, Service
from hub.agencies.queries import contacts_by_id, desks_of
from hub.agencies.rules.hours import hours_in_words
from hub.agencies.rules.kinds import AgencyKind, ContactRole, ServiceKind
from hub.db.units import UnitOfWork
from hub.marac.rules.emergency import DESK, Who, is_to_desk, whose_call
from hub.meetings.access import may_be_shown
from hub.meetings.ladder import rungs
from hub.meetings.models import Invitation, Item, Meeting, Task
from hub.meetings.required import required
from hub.meetings.requirement import Step
from hub.meetings.rules import InvitationPolicy
from hub.meetings.situations import situations_of
from hub.meetings.states import MeetingShape
from hub.meetings.task_queries import Number
from hub.meetings.task_wording import EMERGENCY_CALL
from hub.meetings.wording import Held, Said, state_in_words
from hub.people.models import IdentityCheck
from hub.referrals.queries import concern_row, referrer_of

MOST = 5
"""Numbers of one agency's sort that are shown; more are in the directory."""

KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Who.POLICE: ((AgencyKind.POLICE,), (ServiceKind.POLICE,)),
    Who.IDVA: ((AgencyKind.DOMESTIC_ABUSE,), (ServiceKind.DOMESTIC_ABUSE,)),
    Who.CHILDREN: ((), (ServiceKind.SOCIAL_WORK,)),
}
"""In which agencies and services somebody is looked for."""

RINGABLE = (
    ContactRole.DUTY_DESK,
    ContactRole.IDVA,
    ContactRole.MARAC_REPRESENTATIVE,
    ContactRole.DEPUTY_REPRESENTATIVE,
    ContactRole.SINGLE_POINT_OF_CONTACT,
    ContactRole.POLICE_OFFICER,
    ContactRole.TEAM_MANAGER,
)
"""Who of them answers for their agency, the first to ring first."""


DESKS = (Step.DUTY_DESK, Step.OTHER_DESK)
ORDER = ("worker", DESK, "question", *(who.value for who in Who))


@dataclass(frozen=True)
class Called:
    """An emergency MARAC about a concern, and when it starts (UTC)."""

    id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call to make: ``who`` is a value of ``Who``, ``worker``, ``desk`` or ``question``."""

    task_id: UUID
    who: str
    state: str
    numbers: tuple[Number, ...]
    further: tuple[Number, ...] = ()
    """Who is asked next if nobody comes of these."""
    said: Said | None = None
    """Where the invitation stands, where there is one."""
    step: str = ""
    behind: str = ""
    """The worker behind whom a duty desk stands."""
    question: str = ""
    """The number of the question who is meant."""
    done_at: datetime | None = None
    outcome: str = ""


def calls_of(uow: UnitOfWork, meeting: Meeting, policy: InvitationPolicy) -> tuple[Call, ...]:
    """Return the calls of an emergency MARAC: the workers who are invited first, then the rest.

    Of somebody who is to be rung again it is the last one.

    Of a case from which a conflict of interest keeps the actor there is none.
    """
    tasks = uow.session.scalars(
        select(Task)
        .join(Item, Item.id == Task.item_id)
        .where(
            Task.meeting_id == meeting.id,
            Task.kind == EMERGENCY_CALL,
            Task.state.in_(("open", "done")),
            Item.state == "listed",
            may_be_shown(uow),
        )
        .order_by(Task.opened_at, Task.state, Task.id)
    ).all()
    last = {whose_call(task.cause, task.recipient_id): task for task in tasks}
    further = _further(uow, meeting, policy)
    calls = [_call(uow, meeting, task, further) for task in last.values()]
    return tuple(sorted(calls, key=lambda call: ORDER.index(call.who)))


def desk_behind(
    uow: UnitOfWork, meeting: Meeting, asked: Invitation, policy: InvitationPolicy
) -> UUID | None:
    """Return the first duty desk on the ladder above whoever is asked; None where there is none."""
    for situation in situations_of(uow, [meeting.id], policy).values():
        for first in required(situation).invitations:
            own = (str(asked.item_id), str(asked.subject_id), str(asked.recipient_id), asked.route)
            if (first.item, first.person, first.recipient, first.route) == own:
                above = rungs(situation, first) if first.step not in DESKS else ()
                desks = (UUID(one.recipient) for one in above if one.step in DESKS)
                return next(desks, None)
    return None


def called_about(uow: UnitOfWork, concern_id: UUID) -> Called | None:
    """Return the emergency MARAC about a concern that is not over yet; open the concern first."""
    row = uow.session.execute(
        select(Meeting.id, Meeting.starts_at)
        .join(Item, Item.meeting_id == Meeting.id)
        .where(
            Item.concern_id == concern_id,
            Item.state == "listed",
            Meeting.shape == MeetingShape.EMERGENCY.value,
            Meeting.state.in_(("planned", "issued")),
            Meeting.ends_at > uow.now,
        )
        .order_by(Meeting.starts_at)
        .limit(1)
    ).one_or_none()
    return None if row is None else Called(row.id, row.starts_at)


def _call(
    uow: UnitOfWork, meeting: Meeting, task: Task, further: dict[tuple[UUID, UUID], list[UUID]]
) -> Call:
    done: dict[str, Any] = {
        "task_id": task.id,
        "state": task.state,
        "done_at": task.done_at,
        "outcome": task.outcome or "",
    }
    if is_to_desk(task.cause):
        return _desk(uow, task, done)
    if task.recipient_id is not None and task.item_id and task.subject_id:
        return _worker(uow, task, further.get((task.item_id, task.subject_id), []), done)
    if task.check_id is not None:
        check = uow.session.get_one(IdentityCheck, task.check_id)
        numbers = _of_service(uow, check.service_id)
        return Call(who="question", numbers=numbers, question=check.reference, **done)
    who = task.cause.rpartition(":")[2]
    if who == Who.REFERRER:
        return Call(who=who, numbers=_referrer(uow, task.item_id), **done)
    return Call(who=who, numbers=_of_area(uow, meeting.area_id, who), **done)


def _desk(uow: UnitOfWork, task: Task, done: dict[str, Any]) -> Call:
    worker_id = uow.session.get_one(Invitation, UUID(task.cause.split(":")[1])).recipient_id
    known = contacts_by_id(uow, [one for one in (task.recipient_id, worker_id) if one])
    numbers = [_number(known[task.recipient_id])] if task.recipient_id in known else []
    return Call(who=DESK, numbers=tuple(numbers), behind=known[worker_id].name, **done)


def _worker(uow: UnitOfWork, task: Task, ladder: list[UUID], done: dict[str, Any]) -> Call:
    row = uow.session.execute(
        select(Invitation).where(
            Invitation.item_id == task.item_id,
            Invitation.subject_id == task.subject_id,
            Invitation.recipient_id == task.recipient_id,
        )
    ).scalar_one()
    held = Held(
        is_current=row.state == "held",
        answer=row.answer,
        was_opened=row.opened_at is not None,
        has_climbed=row.climbed_at is not None,
    )
    known = contacts_by_id(uow, [row.recipient_id, *ladder])
    after = ladder[ladder.index(row.recipient_id) + 1 :] if row.recipient_id in ladder else ladder
    next_ones = [_number(known[one]) for one in after if one in known]
    return Call(
        who="worker",
        numbers=(_number(known[row.recipient_id]),),
        further=tuple(next_ones),
        said=state_in_words(held, has_begun=row.starts_at <= uow.now),
        step=row.step,
        **done,
    )


def _further(
    uow: UnitOfWork, meeting: Meeting, policy: InvitationPolicy
) -> dict[tuple[UUID, UUID], list[UUID]]:
    """Return the ladder of each person on the case, from whom the rule asks first to its end."""
    found: dict[tuple[UUID, UUID], list[UUID]] = {}
    for situation in situations_of(uow, [meeting.id], policy).values():
        for first in required(situation).invitations:
            chain = (first, *rungs(situation, first))
            key = (UUID(first.item), UUID(first.person))
            found.setdefault(key, []).extend(UUID(one.recipient) for one in chain)
    return found


def _of_area(uow: UnitOfWork, area_id: UUID, who: str) -> tuple[Number, ...]:
    """Return the numbers of the area's agencies of a sort, each once: people, then services."""
    agency_kinds, service_kinds = KINDS[who]
    here = select(AgencyArea.agency_id).where(AgencyArea.area_id == area_id)
    active = select(Agency.id).where(Agency.id.in_(here), Agency.suspended_at.is_(None))
    lines = uow.session.execute(
        select(Service.name, Service.phone, Service.hours)
        .where(
            Service.agency_id.in_(active),
            Service.kind.in_(service_kinds),
            Service.phone.is_not(None),
        )
        .order_by(Service.name, Service.id)
        .limit(MOST)
    ).all()
    first = case({role: at for at, role in enumerate(RINGABLE)}, value=Contact.role)
    people = uow.session.scalars(
        select(Contact.id)
        .join(Agency, Agency.id == Contact.agency_id)
        .outerjoin(Service, Service.id == Contact.service_id)
        .where(
            Contact.agency_id.in_(active),
            or_(Agency.kind.in_(agency_kinds), Service.kind.in_(service_kinds)),
            Contact.role.in_(RINGABLE),
            Contact.phone.is_not(None),
            or_(Contact.works_until.is_(None), Contact.works_until > uow.today),
        )
        .order_by(first, Contact.preference, Contact.name, Contact.id)
        .limit(MOST)
    ).all()
    known = contacts_by_id(uow, people)
    found = [_number(known[one]) for one in people]
    found += [_line(row.name, row.phone, row.hours) for row in lines]
    return tuple({one.phone: one for one in reversed(found)}.values())[::-1]


def _of_service(uow: UnitOfWork, service_id: UUID | None) -> tuple[Number, ...]:
    """Return the numbers of a service: its duty desks, then its own line."""
    lines = uow.session.execute(
        select(Service.name, Service.phone, Service.hours).where(
            Service.id == service_id, Service.phone.is_not(None)
        )
    )
    return (
        *map(_number, desks_of(uow, [service_id] if service_id else [])),
        *(_line(row.name, row.phone, row.hours) for row in lines),
    )


def _referrer(uow: UnitOfWork, item_id: UUID | None) -> tuple[Number, ...]:
    """Return how whoever raised the concern is reached: by the directory, and as they wrote it."""
    concern_id = uow.session.scalar(select(Item.concern_id).where(Item.id == item_id))
    if concern_id is None:
        return ()
    row, told = referrer_of(uow, concern_id), concern_row(uow, concern_id)
    known: Collection[Any] = contacts_by_id(
        uow, [row.contact_id] if row.contact_id else []
    ).values()
    numbers = [_number(one) for one in known if one.phone]
    typed = str(told.answers.get("you", {}).get("phone", ""))
    if typed and typed not in {one.phone for one in numbers}:
        numbers.append(Number(None, row.name, told.agency, typed, ()))
    return tuple(numbers) or (Number(None, row.name, told.agency, "", ()),)


def _number(row: Any) -> Number:  # noqa: ANN401 - a row of the directory
    return Number(
        row.id, row.name, row.service or row.agency, row.phone or "", hours_in_words(row.hours)
    )


def _line(name: str, phone: str | None, hours: str | None) -> Number:
    return Number(None, name, name, phone or "", hours_in_words(hours))
