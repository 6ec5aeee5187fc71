"""Actions: proposed, accepted, done or not, chased, and in the end the steering group's."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from hub.access.models import Account
from hub.access.permissions import Fact, Permission, permit
from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.kernel.errors import ConflictError, NotAllowedError, NotFoundError, RefusedError
from hub.marac.access import open_action, open_hearing
from hub.marac.events import ActionChased, ActionEscalated, ActionMoved, ActionProposed
from hub.marac.models import Action, ActionStep
from hub.marac.queries.actions import is_away_from
from hub.marac.queries.before import tried_before
from hub.marac.queries.room import room_of
from hub.marac.rules.actions import chased_after, first_state, stage_of
from hub.marac.states import ACTION, UNSETTLED, ActionMove, ActionState
from hub.meetings.models import Meeting

NEEDS_WORDS = frozenset(
    {
        ActionMove.DECLINE,
        ActionMove.FIND_IMPOSSIBLE,
        ActionMove.LEAVE_UNDONE,
        ActionMove.TRANSFER,
        ActionMove.REOPEN,
    }
)
WORKED = {
    "yes": "It worked last time.",
    "in_part": "It worked in part last time.",
    "no": "It did not work last time.",
    "not_known": "Nobody knew whether it worked last time.",
}
OF_THE_MEETING = frozenset({ActionMove.SUPERSEDE, ActionMove.REOPEN})
"""What whoever runs the meeting does, not the owner."""


@dataclass(frozen=True, kw_only=True)
class ProposeAction:
    """An action of a case: what, against which risk, whose by name, by when, may she be told."""

    item_id: UUID
    text: str
    risk: str
    owner_id: UUID
    due_on: date
    may_tell_victim: bool
    worked: str = ""
    """Whether the same worked when it was agreed before, where it was: see ``WORKED``."""


@dataclass(frozen=True, kw_only=True)
class MoveAction:
    """What became of an action, in the version that was read, with the outcome in words."""

    action_id: UUID
    version: int
    move: ActionMove
    outcome: str = ""


def propose_action(cmd: ProposeAction, *, uow: UnitOfWork) -> UUID:
    """Write an action down and return its id; it is theirs at once who heard the case.

    Anybody else accepts it first: see ``was_there`` of ``rules.presence``.

    Raises NotFoundError, NotSignedError, NotAllowedError, RefusedError for what lacks, an owner who
    is not there or kept away, a day before the meeting, or the same as before without a word
    whether it worked.
    """
    item = open_hearing(uow, cmd.item_id)
    permit(uow.actor, Permission.HEARING_RECORD, {Fact.SAME_AREA})
    meeting = uow.session.get_one(Meeting, item.meeting_id)
    owner = _owner(uow, cmd.owner_id)
    if is_away_from(uow, item, owner):
        raise RefusedError("Choose somebody else: the case is kept from them", field="owner_id")
    _refuse_unwritten(cmd, london_day(meeting.starts_at))
    before = tried_before(uow, item.id, cmd.text)
    if before and cmd.worked not in WORKED:
        raise RefusedError("Select whether it worked last time", field="worked")
    was_there = room_of(uow, item).had(owner.id, owner.contact_id, owner.agency_id)

    state = first_state(owner_was_there=was_there)
    action = Action(
        id=uow.new_id(),
        reference=uow.ids.reference(),
        item_id=item.id,
        text=cmd.text.strip(),
        risk=cmd.risk.strip(),
        agency_id=owner.agency_id,
        owner_id=owner.id,
        due_on=cmd.due_on,
        may_tell_victim=cmd.may_tell_victim,
        state=state,
        proposed_by=_account(uow),
        proposed_at=uow.now,
        accepted_at=uow.now if was_there else None,
        next_chase_at=chased_after(state, cmd.due_on, uow.now),
    )
    uow.session.add(action)
    _step(uow, action, "proposed")
    if before:
        _step(uow, action, "worked_before", note=WORKED[cmd.worked])
    uow.emit(ActionProposed(action_id=action.id, owner_id=owner.id, is_theirs=was_there))
    return action.id


def move_action(cmd: MoveAction, *, uow: UnitOfWork) -> UUID:
    """Accept, decline, settle, supersede or reopen an action; return its id.

    Only its owner accepts or declines it; only who runs the meeting supersedes or reopens it.
    Raises NotFoundError, NotAllowedError, ConflictError, IllegalMoveError, RefusedError without the
    words that a move needs.
    """
    action = open_action(uow, cmd.action_id)
    if action.version != cmd.version:
        raise ConflictError("the action", {"state": action.state})
    if cmd.move in {ActionMove.ACCEPT, ActionMove.DECLINE} and action.owner_id != _account(uow):
        raise NotAllowedError("Only the person whose action it is can accept or decline it.")
    if cmd.move in OF_THE_MEETING:
        permit(uow.actor, Permission.HEARING_RECORD, {Fact.SAME_AREA})
    if cmd.move in NEEDS_WORDS and not cmd.outcome.strip():
        raise RefusedError("Write why", field="outcome")

    action.state = ACTION.step(ActionState(action.state), cmd.move)
    if cmd.move is ActionMove.ACCEPT:
        action.accepted_at = uow.now
    is_settled = ActionState(action.state) not in UNSETTLED
    action.settled_at = uow.now if is_settled else None
    action.settled_by = _account(uow) if is_settled else None
    action.outcome = cmd.outcome.strip() or action.outcome
    action.next_chase_at = chased_after(ActionState(action.state), action.due_on, uow.now)
    _step(uow, action, cmd.move.value, note=cmd.outcome.strip() or None)
    uow.emit(ActionMoved(action_id=action.id, state=action.state))
    return action.id


def chase_actions(uow: UnitOfWork, *, limit: int) -> int:
    """Ask the owners of actions again at their set times, escalate what is long overdue.

    Returns how many were asked; however late the timer comes, each is asked once.
    """
    due = uow.session.scalars(
        select(Action)
        .where(Action.next_chase_at <= uow.now)
        .order_by(Action.next_chase_at, Action.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for action in due:
        state = ActionState(action.state)
        action.next_chase_at = chased_after(state, action.due_on, uow.now)
        uow.emit(ActionChased(action_id=action.id, owner_id=action.owner_id))
        stage = stage_of(state, action.due_on, uow.today)
        if stage > action.stage:
            action.stage, action.escalated_at = stage, action.escalated_at or uow.now
            _step(uow, action, "escalated" if stage == 1 else "escalated_again")
            uow.emit(ActionEscalated(action_id=action.id, stage=stage))
    return len(due)


def _owner(uow: UnitOfWork, account_id: UUID) -> Account:
    owner = uow.session.get(Account, account_id)
    if owner is None or not owner.is_active:
        raise RefusedError("Choose a named person whose account is live", field="owner_id")
    return owner


def _refuse_unwritten(cmd: ProposeAction, meeting_on: date) -> None:
    needed = (
        ("text", cmd.text, "Write what is to be done"),
        ("risk", cmd.risk, "Write which risk it answers"),
    )
    for field, text, cure in needed:
        if not text.strip():
            raise RefusedError(cure, field=field)
    if cmd.due_on < meeting_on:
        raise RefusedError("The day must not be before the meeting", field="due_on")


def _step(uow: UnitOfWork, action: Action, what: str, *, note: str | None = None) -> None:
    uow.session.flush()
    last = select(func.max(ActionStep.number)).where(ActionStep.action_id == action.id)
    uow.session.add(
        ActionStep(
            id=uow.new_id(),
            action_id=action.id,
            number=(uow.session.scalar(last) or 0) + 1,
            what=what,
            note=note,
            done_by=uow.actor.account_id,
            done_at=uow.now,
        )
    )


def _account(uow: UnitOfWork) -> UUID:
    if uow.actor.account_id is None:
        raise NotFoundError("a person does this")
    return uow.actor.account_id
