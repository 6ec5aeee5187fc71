"""Minutes: drafted from the record, approved by the chair, then put right by addendum only."""

import json
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.access.permissions import Fact, Permission, permit
from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, NotAllowedError, NotFoundError, RefusedError
from hub.marac.access import demand_signature
from hub.marac.events import MinutesApproved, MinutesCorrected, MinutesDrafted
from hub.marac.models import Addendum, Minutes
from hub.marac.queries.minutes import case_ids_shown, record_now
from hub.marac.rules.minutes import LONGEST_ADDENDUM, may_approve
from hub.marac.states import MinutesState
from hub.meetings.access import open_item, open_meeting


@dataclass(frozen=True, kw_only=True)
class ApproveMinutes:
    """A draft is approved in the version that was read."""

    meeting_id: UUID
    minutes_id: UUID
    version: int


@dataclass(frozen=True, kw_only=True)
class AddAddendum:
    """What is put right behind approved minutes: of a case, or of the meeting."""

    meeting_id: UUID
    minutes_id: UUID
    text: str
    item_id: UUID | None = None


def draft_minutes(meeting_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Draft a meeting's minutes from its record as it stands and return their id.

    An earlier draft is replaced. Raises NotFoundError, NotSignedError, NotAllowedError, and
    RefusedError where the minutes are approved.
    """
    _open(uow, meeting_id)
    latest = _latest(uow, meeting_id)
    if latest is not None and latest.state == MinutesState.APPROVED:
        raise RefusedError("These minutes are approved. Put them right with an addendum.")
    if latest is not None:
        latest.state = MinutesState.REPLACED

    minutes = Minutes(
        id=uow.new_id(),
        meeting_id=meeting_id,
        number=latest.number + 1 if latest else 1,
        contents=json.dumps(record_now(uow, meeting_id)),
        drafted_by=_account(uow),
        drafted_at=uow.now,
    )
    uow.session.add(minutes)
    uow.emit(MinutesDrafted(meeting_id=meeting_id, number=minutes.number))
    return minutes.id


def approve_minutes(cmd: ApproveMinutes, *, uow: UnitOfWork) -> UUID:
    """Approve a draft, which from then on is never changed, and return its id; the chair does this.

    Raises NotFoundError, NotSignedError, NotAllowedError to anybody but a chair, ConflictError for
    a draft that was replaced or approved meanwhile, RefusedError where the record was changed since
    it was drafted, or a case is not dealt with.
    """
    _open(uow, cmd.meeting_id)
    permit(uow.actor, Permission.CHAIR_DECIDE, {Fact.SAME_AREA})
    minutes = _of_meeting(uow, cmd.meeting_id, cmd.minutes_id)
    if (minutes.state, minutes.version) != (MinutesState.DRAFT, cmd.version):
        raise ConflictError("the minutes", {"state": minutes.state})
    decision = may_approve(
        json.loads(minutes.contents),
        record_now(uow, cmd.meeting_id),
        case_ids_shown(uow, cmd.meeting_id),
    )
    if not decision.allowed:
        raise RefusedError(" ".join(decision.reasons))

    minutes.state = MinutesState.APPROVED
    minutes.approved_by, minutes.approved_at = _account(uow), uow.now
    uow.emit(MinutesApproved(meeting_id=cmd.meeting_id, minutes_id=minutes.id))
    return minutes.id


def add_addendum(cmd: AddAddendum, *, uow: UnitOfWork) -> UUID:
    """Put approved minutes right behind them and return the addendum's id.

    Raises NotFoundError, also for a case of another meeting, NotSignedError, NotAllowedError, and
    RefusedError for minutes that are not approved, no text, or too long a one.
    """
    _open(uow, cmd.meeting_id)
    minutes = _of_meeting(uow, cmd.meeting_id, cmd.minutes_id)
    if minutes.state != MinutesState.APPROVED:
        raise RefusedError("Only approved minutes have an addendum. Change the record instead.")
    if cmd.item_id is not None and open_item(uow, cmd.item_id).meeting_id != cmd.meeting_id:
        raise NotFoundError("There is no such case.")
    text = cmd.text.strip()
    if not text:
        raise RefusedError("Write what is put right", field="text")
    if len(text) > LONGEST_ADDENDUM:
        raise RefusedError(f"This must be {LONGEST_ADDENDUM:,} letters or fewer", field="text")

    addendum = Addendum(
        id=uow.new_id(),
        minutes_id=minutes.id,
        item_id=cmd.item_id,
        text=text,
        added_by=_account(uow),
        added_at=uow.now,
    )
    uow.session.add(addendum)
    uow.emit(MinutesCorrected(meeting_id=cmd.meeting_id, minutes_id=minutes.id))
    return addendum.id


def _open(uow: UnitOfWork, meeting_id: UUID) -> None:
    """Pass the gate of a meeting's record, one at a time."""
    open_meeting(uow, meeting_id)
    permit(uow.actor, Permission.HEARING_RECORD, {Fact.SAME_AREA})
    demand_signature(uow, meeting_id)
    uow.alone(f"minutes {meeting_id}")


def _latest(uow: UnitOfWork, meeting_id: UUID) -> Minutes | None:
    wanted = select(Minutes).where(Minutes.meeting_id == meeting_id)
    return uow.session.scalar(wanted.order_by(Minutes.number.desc()).limit(1))


def _of_meeting(uow: UnitOfWork, meeting_id: UUID, minutes_id: UUID) -> Minutes:
    wanted = select(Minutes).where(Minutes.id == minutes_id, Minutes.meeting_id == meeting_id)
    minutes = uow.session.scalar(wanted)
    if minutes is None:
        raise NotFoundError("There are no such minutes.")
    return minutes


def _account(uow: UnitOfWork) -> UUID:
    if uow.actor.account_id is None:
        raise NotAllowedError("a person does this")
    return uow.actor.account_id
