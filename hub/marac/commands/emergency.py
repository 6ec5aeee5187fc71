"""Calling a MARAC for one case within hours: the meeting, its case, and whom to telephone at once.

Source: domain notes, section 6, items 2 and 28. Whoever must be invited is invited by the same rule
as to any meeting; here everybody is rung as well, because mail may be read too late, and the duty
desk behind a worker is rung at once, beside the ladder that silence climbs within hours.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from hub.access.permissions import Permission
from hub.agencies.models import Contact
from hub.db.turns import INVITATIONS
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.errors import NotFoundError, RefusedError
from hub.marac.access import open_emergency
from hub.marac.events import CallTried
from hub.marac.queries.areas import area_rules
from hub.marac.queries.ring import desk_behind
from hub.marac.rules.emergency import (
    DESK,
    LENGTH,
    OUTCOMES,
    Said,
    Who,
    is_soon,
    is_to_desk,
    whose_call,
)
from hub.meetings.answers import SILENCE, choose_recipient
from hub.meetings.bookings import DoubleBookedError, Resource
from hub.meetings.commands import PlanMeeting, add_case, add_meeting, close_task, drop_case
from hub.meetings.events import (
    CaseUnlisted,
    InvitationCancelled,
    InvitationClimbed,
    InvitationIssued,
    MeetingCancelled,
    MeetingHeld,
    MeetingMoved,
    TaskLapsed,
)
from hub.meetings.models import Invitation, Item, Meeting, Task
from hub.meetings.reconcile import REQUIRED
from hub.meetings.rules import InvitationPolicy, task_due_at
from hub.meetings.situation import MeetingKind
from hub.meetings.states import MeetingShape
from hub.meetings.task_wording import EMERGENCY_CALL
from hub.meetings.tasks import Needed, open_task
from hub.people.models import IdentityCheck
from hub.people.states import WAITING
from hub.referrals.access import open_concern
from hub.referrals.commands import make_urgent

CLIMBING = (Said.NOT_COMING, Said.NO_ANSWER)
"""What is said on the telephone after which the next on the ladder is asked."""


@dataclass(frozen=True, kw_only=True)
class CallEmergency:
    """An emergency MARAC about a concern. ``joining`` is how people take part, such as a number."""

    concern_id: UUID
    starts_at: datetime
    """In UTC."""
    joining: str
    reason: str
    chair_id: UUID | None = None


def call_emergency(cmd: CallEmergency, *, uow: UnitOfWork, policy: InvitationPolicy) -> UUID:
    """Call the meeting and return its id; the concern is accepted as urgent if it was not yet.

    The case comes off the agenda of any other MARAC still to come. Raises NotFoundError unless a
    co-ordinator or chair of the concern's area acts, IllegalMoveError, and RefusedError without a
    reason, for a start that is too far off, for what another meeting has at that time, or when
    an emergency MARAC is called about it already.
    """
    concern = open_concern(uow, cmd.concern_id, Permission.EMERGENCY_CALL)
    if not is_soon(cmd.starts_at, uow.now):
        raise RefusedError("It must start within 26 hours", field="start")
    if not cmd.joining.strip():
        raise RefusedError("Enter how people take part", field="joining")
    make_urgent(concern.id, cmd.reason, uow=uow)
    meeting = uow.session.get_one(Meeting, _plan(cmd, concern.area_id, uow=uow))
    uow.alone(INVITATIONS)
    _take_off_others(uow, concern.id)
    item = uow.session.get_one(Item, add_case(meeting, concern.id, uow=uow))
    item.starts_at, item.ends_at = meeting.starts_at, meeting.ends_at
    for who in Who:
        if who is not Who.REFERRER or concern.referrer_id != uow.actor.account_id:
            _ring(uow, item, f"emergency:{item.id}:{who}", policy)
    asked = select(IdentityCheck.id).where(
        IdentityCheck.concern_id == concern.id, IdentityCheck.state.in_(WAITING)
    )
    for check_id in uow.session.scalars(asked.order_by(IdentityCheck.id)):
        _ring(uow, item, f"emergency:{item.id}:{check_id}", policy, check_id=check_id)
    return meeting.id


def note_call(task_id: UUID, said: Said, *, uow: UnitOfWork, policy: InvitationPolicy) -> None:
    """Write down what somebody who was rung said.

    Where a worker who is invited does not come or does not answer, the next on their ladder is
    asked at once; a duty desk that sends somebody is invited; anybody else whom nobody reaches
    stays to be rung. Raises NotFoundError unless
    the actor runs the meeting, RefusedError when somebody wrote it down already.
    """
    task = uow.session.get(Task, task_id)
    if task is None or task.kind != EMERGENCY_CALL or task.meeting_id is None:
        raise NotFoundError("There is no such call.")
    open_emergency(uow, task.meeting_id)
    is_invited = task.recipient_id is not None and not is_to_desk(task.cause)
    if said is Said.NO_ANSWER and not is_invited:
        if task.state != "open":
            raise RefusedError("Somebody has already done this.")
        uow.emit(CallTried(task_id=task.id))
        return
    close_task(task, OUTCOMES[said], uow=uow)
    if said in CLIMBING and is_invited:
        _climb(uow, task)
    if said is Said.COMING and is_to_desk(task.cause):
        _invite_desk(uow, task, policy)


def ring_invited(
    policy: Callable[[], InvitationPolicy],
) -> Callable[[UnitOfWork, InvitationIssued], None]:
    """Return the reaction to an invitation to an emergency MARAC: its recipient is rung as well.

    So is the duty desk behind the worker whom the rule asks for, without waiting for the ladder.
    A desk that has just said on the telephone that it comes is not rung again.
    """

    def react(uow: UnitOfWork, happened: InvitationIssued) -> None:
        uow.session.flush()
        row = uow.session.get_one(Invitation, happened.invitation_id)
        meeting = uow.session.get_one(Meeting, row.meeting_id)
        if meeting.shape != MeetingShape.EMERGENCY or _was_just_rung(uow, row):
            return
        item, cause = uow.session.get_one(Item, row.item_id), f"emergency:{row.id}:{row.sequence}"
        whom = {"subject_id": row.subject_id, "recipient_id": row.recipient_id}
        _ring(uow, item, cause, policy(), **whom)
        desk_id = desk_behind(uow, meeting, row, policy()) if row.because == REQUIRED else None
        if desk_id is not None:
            _ring(uow, item, f"{cause}:{DESK}", policy(), **{**whom, "recipient_id": desk_id})

    return react


def stop_ringing(uow: UnitOfWork, happened: InvitationCancelled) -> None:
    """React to an invitation taken back: nobody need ring about it any more."""
    _stop(uow, Task.cause.startswith(f"emergency:{happened.invitation_id}:"))


def end_calls(uow: UnitOfWork, happened: MeetingCancelled | MeetingHeld | CaseUnlisted) -> None:
    """React to a meeting that is called off or over, or has lost its case: nobody need ring."""
    _stop(uow, Task.meeting_id == happened.meeting_id)


def ring_again(
    policy: Callable[[], InvitationPolicy],
) -> Callable[[UnitOfWork, MeetingMoved], None]:
    """Return the reaction to an emergency MARAC at another time or number: all are rung again.

    Calls that were made stay as they are written down; a worker who does not come is not rung.
    """

    def react(uow: UnitOfWork, happened: MeetingMoved) -> None:
        uow.session.flush()
        meeting = uow.session.get_one(Meeting, happened.meeting_id)
        if meeting.shape != MeetingShape.EMERGENCY or not happened.is_told:
            return
        for task, item in _to_ring_again(uow, meeting):
            head, _, tail = task.cause.rpartition(":")
            _ring(
                uow,
                item,
                f"{head}:v{meeting.version}:{tail}",
                policy(),
                subject_id=task.subject_id,
                recipient_id=task.recipient_id,
                check_id=task.check_id,
            )

    return react


def _to_ring_again(uow: UnitOfWork, meeting: Meeting) -> list[tuple[Task, Item]]:
    """Return the calls that were made, the last of each, where nobody waits to be rung anyway."""
    waiting = select(IdentityCheck.id).where(IdentityCheck.state.in_(WAITING))
    rows = uow.session.execute(
        select(Task, Item)
        .join(Item, Item.id == Task.item_id)
        .where(
            Task.meeting_id == meeting.id,
            Task.kind == EMERGENCY_CALL,
            Task.state.in_(("open", "done")),
            Item.state == "listed",
            or_(Task.check_id.is_(None), Task.check_id.in_(waiting)),
        )
        .order_by(Task.opened_at, Task.state, Task.id)
    ).all()
    last = {whose_call(task.cause, task.recipient_id): (task, item) for task, item in rows}
    return [(task, item) for task, item in last.values() if _is_to_hear_again(task)]


def _is_to_hear_again(task: Task) -> bool:
    """Tell whether a call was made, and not to a worker who does not come."""
    if task.recipient_id is not None and not is_to_desk(task.cause):
        return task.state == "done" and task.outcome == OUTCOMES[Said.COMING]
    return task.state == "done"


def _stop(uow: UnitOfWork, which: ColumnElement[bool]) -> None:
    uow.session.flush()
    open_ones = select(Task).where(which, Task.kind == EMERGENCY_CALL, Task.state == "open")
    for task in uow.session.scalars(open_ones):
        task.state = "lapsed"
        uow.emit(TaskLapsed(task_id=task.id))


def _plan(cmd: CallEmergency, area_id: UUID, *, uow: UnitOfWork) -> UUID:
    planned = PlanMeeting(
        kind=MeetingKind.MARAC,
        shape=MeetingShape.EMERGENCY,
        ladder_hours=area_rules(uow, area_id).emergency_hours,
        area_id=area_id,
        starts_at=cmd.starts_at,
        ends_at=cmd.starts_at + LENGTH,
        place=cmd.joining.strip(),
        chair_id=cmd.chair_id,
    )
    try:
        return add_meeting(planned, uow=uow)
    except DoubleBookedError as taken:
        is_chair = any(one.resource is Resource.CHAIR for one in taken.clashes)
        if is_chair:
            why = "This person chairs another meeting then. Choose another, or leave it empty"
            raise RefusedError(why, field="chair_id") from taken
        why = "Another meeting has this then. Enter another number or place"
        raise RefusedError(why, field="joining") from taken


def _take_off_others(uow: UnitOfWork, concern_id: UUID) -> None:
    """Take the case off the other MARACs still to come. Raises RefusedError for an emergency."""
    uow.session.flush()
    rows = uow.session.execute(
        select(Item, Meeting.shape)
        .join(Meeting, Meeting.id == Item.meeting_id)
        .where(
            Item.concern_id == concern_id,
            Item.state == "listed",
            Meeting.kind == MeetingKind.MARAC.value,
            Meeting.state.in_(("planned", "issued")),
            Meeting.starts_at > uow.now,
        )
    ).all()
    for item, shape in rows:
        if shape == MeetingShape.EMERGENCY:
            raise RefusedError("An emergency MARAC is called about this already.")
        drop_case(item, uow=uow)


def _ring(
    uow: UnitOfWork, item: Item, cause: str, policy: InvitationPolicy, **whom: UUID | None
) -> None:
    """Open a call; ``whom`` are ids of the task: a question, or a person and who is invited."""
    meeting = uow.session.get_one(Meeting, item.meeting_id)
    open_task(
        uow,
        Needed(
            cause=cause,
            kind=EMERGENCY_CALL,
            owner_role=Role.COORDINATOR.value,
            meeting_id=meeting.id,
            item_id=item.id,
            due_at=task_due_at(uow.now, meeting.starts_at, policy),
            **whom,
        ),
    )


def _was_just_rung(uow: UnitOfWork, row: Invitation) -> bool:
    """Tell whether the recipient said so a moment ago, and is invited for that."""
    said = select(Task.id).where(
        Task.item_id == row.item_id,
        Task.subject_id == row.subject_id,
        Task.recipient_id == row.recipient_id,
        Task.kind == EMERGENCY_CALL,
        Task.done_at == uow.now,
    )
    return uow.session.scalar(said) is not None


def _invite_desk(uow: UnitOfWork, task: Task, policy: InvitationPolicy) -> None:
    """Invite the desk that sends somebody beside the worker, who is still asked."""
    worker = uow.session.get_one(Invitation, UUID(task.cause.split(":")[1]))
    desk = uow.session.get_one(Contact, task.recipient_id)
    if worker.state == "held":
        choose_recipient(uow, worker, desk, policy)


def _climb(uow: UnitOfWork, task: Task) -> None:
    row = uow.session.scalar(
        select(Invitation).where(
            Invitation.item_id == task.item_id,
            Invitation.subject_id == task.subject_id,
            Invitation.recipient_id == task.recipient_id,
            Invitation.state == "held",
        )
    )
    if row is not None and row.answer is None and row.climbed_at is None:
        row.climb_at, row.climbed_at = None, uow.now
        uow.emit(InvitationClimbed(invitation_id=row.id, why=SILENCE))
