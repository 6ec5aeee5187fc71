"""What a co-ordinator and a chair do to meetings and to what is on them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from hub.db.turns import INVITATIONS
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.errors import ConflictError, NotAllowedError, RefusedError
from hub.meetings.access import demand_area, may_chair, open_item, open_meeting, open_own_task
from hub.meetings.bookings import Despite, keep_free
from hub.meetings.events import (
    CaseListed,
    CaseUnlisted,
    GapExcused,
    MeetingCancelled,
    MeetingHeld,
    MeetingMoved,
    MeetingPlaceChanged,
    MeetingPlanned,
    RecipientBarred,
    TaskDone,
)
from hub.meetings.item_people import put_people
from hub.meetings.models import Bar, Excuse, Item, Meeting, Task
from hub.meetings.rules import SHORTEST_REASON
from hub.meetings.situation import MeetingKind
from hub.meetings.states import MEETING, MeetingAction, MeetingShape, MeetingState
from hub.referrals.queries import is_accepted

FURTHEST, LONGEST = timedelta(days=731), timedelta(hours=12)
"""How far ahead a meeting is planned, and how long it is at most: product choices against slips."""


@dataclass(frozen=True, kw_only=True)
class PlanMeeting:
    """A meeting to be; instants in UTC."""

    kind: MeetingKind
    area_id: UUID
    starts_at: datetime
    ends_at: datetime
    place: str | None = None
    video_link: str | None = None
    series_id: UUID | None = None
    chair_id: UUID | None = None
    shape: MeetingShape = MeetingShape.MEETING
    ladder_hours: int | None = None
    despite: Despite | None = None


@dataclass(frozen=True, kw_only=True)
class MoveMeeting:
    """Another time, place or chair; ``version`` is the one that was read."""

    meeting_id: UUID
    version: int
    starts_at: datetime
    ends_at: datetime
    place: str | None
    video_link: str | None
    chair_id: UUID | None
    despite: Despite | None = None


@dataclass(frozen=True, kw_only=True)
class ExcuseGap:
    """A named person's reason for a gap."""

    item_id: UUID
    subject_id: UUID | None
    problem: str
    recipient_id: UUID | None
    reason: str


def plan_meeting(cmd: PlanMeeting, *, uow: UnitOfWork) -> UUID:
    """Plan a meeting and return its id.

    Raises NotAllowedError unless a co-ordinator acts, NotFoundError for an area not theirs,
    RefusedError for impossible times or a chair who cannot chair there, and DoubleBookedError.
    """
    _demand(uow, Role.COORDINATOR)
    demand_area(uow, cmd.area_id)
    return add_meeting(cmd, uow=uow)


def add_meeting(cmd: PlanMeeting, *, uow: UnitOfWork) -> UUID:
    """Plan a meeting for somebody whom a room above has let in by a door of its own.

    Raises RefusedError for impossible times or a chair who cannot chair there, DoubleBookedError.
    """
    _check_times(uow, cmd.starts_at, cmd.ends_at)
    _check_chair(uow, cmd.chair_id, cmd.area_id)
    meeting = Meeting(
        id=uow.new_id(),
        reference=uow.ids.reference(),
        kind=cmd.kind.value,
        shape=cmd.shape.value,
        state=MeetingState.PLANNED.value,
        area_id=cmd.area_id,
        series_id=cmd.series_id,
        starts_at=cmd.starts_at,
        ends_at=cmd.ends_at,
        place=cmd.place,
        video_link=cmd.video_link,
        chair_id=cmd.chair_id,
        ladder_hours=cmd.ladder_hours,
        coordinator_id=uow.actor.account_id,
    )
    uow.session.add(meeting)
    if cmd.shape is not MeetingShape.CLOSING:
        keep_free(uow, meeting, cmd.despite)
    uow.emit(MeetingPlanned(meeting_id=meeting.id))
    return meeting.id


def move_meeting(cmd: MoveMeeting, *, uow: UnitOfWork) -> UUID:
    """Change a meeting's time, place or chair; its items' slots move by as much as its start.

    Raises NotFoundError, NotAllowedError, IllegalMoveError, RefusedError for impossible times or a
    new chair who cannot chair in the area, DoubleBookedError, and ConflictError when somebody else
    changed the meeting since it was read.
    """
    meeting = open_meeting(uow, cmd.meeting_id)
    _demand(uow, Role.COORDINATOR)
    _step(meeting, MeetingAction.MOVE)
    if meeting.version != cmd.version:
        raise ConflictError("meeting", _as_saved(meeting))
    _check_times(uow, cmd.starts_at, cmd.ends_at)
    if cmd.chair_id != meeting.chair_id:
        _check_chair(uow, cmd.chair_id, meeting.area_id)
    shift = cmd.starts_at - meeting.starts_at
    items = list(uow.session.scalars(select(Item).where(Item.meeting_id == meeting.id)))
    for item in items:
        if item.starts_at is not None and item.ends_at is not None:
            item.starts_at, item.ends_at = item.starts_at + shift, item.ends_at + shift
    is_moved = (meeting.starts_at, meeting.ends_at) != (cmd.starts_at, cmd.ends_at)
    meeting.starts_at, meeting.ends_at = cmd.starts_at, cmd.ends_at
    is_elsewhere = (meeting.place, meeting.video_link) != (cmd.place, cmd.video_link)
    meeting.place, meeting.video_link = cmd.place, cmd.video_link
    meeting.chair_id = cmd.chair_id
    if meeting.shape != MeetingShape.CLOSING:
        keep_free(uow, meeting, cmd.despite, is_moved=is_moved)
    uow.emit(MeetingMoved(meeting_id=meeting.id, is_told=is_moved or is_elsewhere))
    if is_elsewhere and not is_moved:
        uow.emit(MeetingPlaceChanged(meeting_id=meeting.id))
    return meeting.id


def cancel_meeting(meeting_id: UUID, *, uow: UnitOfWork) -> None:
    """Call a meeting off; until it is over everybody invited is told.

    Raises NotFoundError, NotAllowedError, IllegalMoveError.
    """
    meeting = open_meeting(uow, meeting_id)
    _demand(uow, Role.COORDINATOR)
    _step(meeting, MeetingAction.CANCEL)
    uow.emit(MeetingCancelled(meeting_id=meeting.id))


def hold_meeting(meeting_id: UUID, *, uow: UnitOfWork) -> None:
    """Write down that a meeting took place. Raises RefusedError before it has begun."""
    meeting = open_meeting(uow, meeting_id)
    if meeting.starts_at > uow.now:
        raise RefusedError("The meeting has not begun yet.")
    _step(meeting, MeetingAction.HOLD)
    uow.emit(MeetingHeld(meeting_id=meeting.id))


def list_case(meeting_id: UUID, concern_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Put a concern on a meeting's agenda and return the item's id.

    Raises NotFoundError, IllegalMoveError, and RefusedError when the meeting has begun, or the
    concern is not an accepted one of the area, is on this agenda already, or is on a MARAC to come
    and this is a MARAC too. Any other meeting may be about it besides.
    """
    meeting = open_meeting(uow, meeting_id)
    _demand(uow, Role.COORDINATOR)
    if meeting.shape == MeetingShape.EMERGENCY:
        raise RefusedError("An emergency MARAC is for one case. Call another one for this case.")
    return add_case(meeting, concern_id, uow=uow)


def add_case(meeting: Meeting, concern_id: UUID, *, uow: UnitOfWork) -> UUID:
    """List a concern for somebody whom a room above has let in by a door of its own.

    Raises as ``list_case``, but for the door.
    """
    _step(meeting, MeetingAction.LIST)
    if meeting.starts_at <= uow.now:
        raise RefusedError("This meeting has already begun. Choose a later one.")
    uow.alone(INVITATIONS)
    if not is_accepted(uow, concern_id, meeting.area_id):
        raise RefusedError("This concern is not accepted any more. Choose another.")
    if _is_listed(uow, concern_id, Meeting.id == meeting.id):
        raise RefusedError("This case is on this agenda already.")
    if meeting.kind == MeetingKind.MARAC and _is_listed(uow, concern_id, _IS_MARAC):
        raise RefusedError("This case is already on the agenda of a MARAC still to come.")
    last = uow.session.scalar(select(func.max(Item.position)).where(Item.meeting_id == meeting.id))
    item = Item(
        id=uow.new_id(),
        meeting_id=meeting.id,
        concern_id=concern_id,
        state="listed",
        position=(last or 0) + 1,
        listed_at=uow.now,
    )
    uow.session.add(item)
    uow.session.flush()  # the people on it refer to the item
    item.has_children = put_people(uow, item)
    uow.emit(CaseListed(item_id=item.id, meeting_id=meeting.id, concern_id=concern_id))
    return item.id


def unlist_case(item_id: UUID, *, uow: UnitOfWork) -> None:
    """Take an item off its meeting; whoever was invited to it is told.

    Raises NotFoundError, NotAllowedError, and RefusedError once the meeting has begun.
    """
    item = open_item(uow, item_id)
    _demand(uow, Role.COORDINATOR)
    if uow.session.get_one(Meeting, item.meeting_id).starts_at <= uow.now:
        raise RefusedError("This meeting has already begun, so its agenda stands.")
    if item.state != "listed":
        raise RefusedError("This case is not on the agenda any more.")
    drop_case(item, uow=uow)


def drop_case(item: Item, *, uow: UnitOfWork) -> None:
    """Take an item off for somebody whom a room above has let in by a door of its own."""
    item.state = "withdrawn"
    uow.emit(CaseUnlisted(item_id=item.id, meeting_id=item.meeting_id))


def excuse_gap(cmd: ExcuseGap, *, uow: UnitOfWork) -> UUID:
    """Write down, by name, why a gap stands. Raises NotFoundError and RefusedError."""
    item = open_item(uow, cmd.item_id)
    if uow.actor.account_id is None:
        raise NotAllowedError("Only a named person can record a reason.")
    if len(cmd.reason.strip()) < SHORTEST_REASON:
        raise RefusedError("Say in a sentence why this stands.", field="reason")
    excuse = Excuse(
        id=uow.new_id(),
        item_id=item.id,
        subject_id=cmd.subject_id,
        problem=cmd.problem,
        recipient_id=cmd.recipient_id,
        reason=cmd.reason.strip(),
        recorded_by=uow.actor.account_id,
        recorded_at=uow.now,
    )
    uow.session.add(excuse)
    uow.emit(GapExcused(excuse_id=excuse.id, item_id=item.id))
    return excuse.id


def bar_recipient(recipient_id: UUID, item_id: UUID, *, uow: UnitOfWork) -> None:
    """Rule somebody out for an item, as its chair. Raises NotFoundError, NotAllowedError."""
    item = open_item(uow, item_id)
    _demand(uow, Role.CHAIR)
    if uow.session.get(Bar, (recipient_id, item.id)) is None:
        uow.session.add(
            Bar(
                recipient_id=recipient_id,
                item_id=item.id,
                recorded_by=uow.actor.account_id,
                recorded_at=uow.now,
            )
        )
    uow.emit(RecipientBarred(recipient_id=recipient_id, item_id=item.id))


def finish_task(task_id: UUID, outcome: str, *, uow: UnitOfWork) -> None:
    """Write down what became of a task. Raises NotFoundError, RefusedError without an outcome."""
    close_task(open_own_task(uow, task_id), outcome, uow=uow)


def close_task(task: Task, outcome: str, *, uow: UnitOfWork) -> None:
    """Write down what became of a task that a room above has opened. Raises RefusedError."""
    if task.state == "done":
        raise RefusedError("Somebody has already done this.")
    if len(outcome.strip()) < SHORTEST_REASON:
        raise RefusedError("Say in a sentence what came of it.", field="outcome")
    task.state, task.outcome = "done", outcome.strip()
    task.done_at, task.done_by = uow.now, uow.actor.account_id
    uow.emit(TaskDone(task_id=task.id))


def _demand(uow: UnitOfWork, role: Role) -> None:
    if not uow.actor.has(role):
        raise NotAllowedError(f"Only a {role.value.replace('_', '-')} can do this.")


def _step(meeting: Meeting, action: MeetingAction) -> None:
    meeting.state = MEETING.step(MeetingState(meeting.state), action).value


def _check_times(uow: UnitOfWork, starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise RefusedError("The meeting must end after it starts.", field="ends_at")
    if starts_at <= uow.now:
        raise RefusedError("The meeting must start in the future.", field="starts_at")
    if starts_at > uow.now + FURTHEST:
        raise RefusedError("The meeting must start within two years.", field="starts_at")
    if ends_at - starts_at > LONGEST:
        raise RefusedError("The meeting must end within 12 hours of its start.", field="ends_at")


def _check_chair(uow: UnitOfWork, chair_id: UUID | None, area_id: UUID) -> None:
    """Go on only if the chair could open the meeting. Raises RefusedError."""
    if chair_id is not None and not may_chair(uow, chair_id, area_id):
        raise RefusedError(
            "This person cannot chair in the area. Choose another.", field="chair_id"
        )


def _as_saved(meeting: Meeting) -> dict[str, str]:
    return {
        "starts_at": meeting.starts_at.isoformat(),
        "ends_at": meeting.ends_at.isoformat(),
        "place": meeting.place or "",
        "video_link": meeting.video_link or "",
        "chair_id": str(meeting.chair_id or ""),
    }


_IS_MARAC = Meeting.kind == MeetingKind.MARAC.value


def _is_listed(uow: UnitOfWork, concern_id: UUID, where: ColumnElement[bool]) -> bool:
    """Tell whether the concern is on the agenda of such a meeting still to come."""
    return (
        uow.session.scalar(
            select(Item.id)
            .join(Meeting, Meeting.id == Item.meeting_id)
            .where(
                where,
                Item.concern_id == concern_id,
                Item.state == "listed",
                Meeting.starts_at > uow.now,
                Meeting.state.in_(("planned", "issued")),
            )
            .limit(1)
        )
        is not None
    )
