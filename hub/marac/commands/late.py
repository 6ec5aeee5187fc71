"""A concern that came after a meeting's cut-off goes to the next one, unless the chair accepts it.

Source: domain notes 1.1 and section 6, item 28. The rule is ``hub.marac.rules.late``. It stands at
the one door through which every case comes on an agenda: ``keep_late_out`` hears of each listing,
whoever made it, and undoes it with all else where it must wait.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select

from hub.access.permissions import Permission
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError, RefusedError
from hub.marac.events import LateDecided
from hub.marac.models import LateDecision
from hub.marac.queries.areas import area_rules
from hub.marac.queries.late import first_in_time, is_accepted_late, is_carried_over
from hub.marac.rules.areas import is_late
from hub.marac.rules.late import Listing, may_be_listed
from hub.meetings.access import open_meeting
from hub.meetings.commands import add_case, drop_case, list_case
from hub.meetings.events import CaseListed
from hub.meetings.models import Item, Meeting
from hub.meetings.rules import SHORTEST_REASON
from hub.meetings.situation import MeetingKind
from hub.meetings.states import MeetingShape
from hub.referrals.access import open_concern
from hub.referrals.models import Concern
from hub.referrals.queries import is_accepted
from hub.referrals.states import LISTABLE, Screening

NO_LATER = (
    "It came after the cut-off, and no later meeting is planned that it is in time for. Plan one,"
    " or ask the chair to accept it as late."
)


@dataclass(frozen=True, kw_only=True)
class DecideLate:
    """A chair's decision whether a late concern is heard at a meeting all the same."""

    concern_id: UUID
    meeting_id: UUID
    is_accepted: bool
    reason: str


def list_in_time(meeting_id: UUID, concern_id: UUID, *, uow: UnitOfWork) -> UUID:
    """List a concern at a meeting, or at the next one that it came in time for; return which.

    Raises as ``list_case``, and RefusedError where it is late and no later meeting is planned.
    """
    meeting = open_meeting(uow, meeting_id)
    concern = uow.session.get(Concern, concern_id)
    is_theirs = concern is not None and is_accepted(uow, concern_id, meeting.area_id)
    if concern is not None and is_theirs and _is_held_back(uow, concern, meeting):
        following = first_in_time(uow, concern, meeting)
        if following is None:
            raise RefusedError(NO_LATER, field="concern_id")
        meeting_id = following.id
    list_case(meeting_id, concern_id, uow=uow)
    return meeting_id


def keep_late_out(uow: UnitOfWork, happened: CaseListed) -> None:
    """React to a case on an agenda. Raises RefusedError where it must wait for the next meeting."""
    uow.session.flush()
    concern = uow.session.get(Concern, happened.concern_id) if happened.concern_id else None
    meeting = uow.session.get_one(Meeting, happened.meeting_id)
    if concern is not None and _is_held_back(uow, concern, meeting):
        raise RefusedError(NO_LATER, field="concern_id")


def decide_late(cmd: DecideLate, *, uow: UnitOfWork) -> UUID:
    """Record the chair's decision and return its id; the agenda follows it at once.

    An accepted concern comes on this meeting's agenda and off that of a later one; another goes the
    other way. Raises NotFoundError unless a chair of the area acts, RefusedError for a meeting that
    it is not late for, without a reason, or where no later meeting is planned.
    """
    concern = open_concern(uow, cmd.concern_id, Permission.LATE_DECIDE)
    meeting = open_meeting(uow, cmd.meeting_id)
    if uow.actor.account_id is None or meeting.area_id != concern.area_id:
        raise NotFoundError("There is no such meeting.")
    if not is_ahead(uow, meeting) or not _came_late(uow, concern, meeting):
        raise RefusedError("It is not late for this meeting.", field="meeting_id")
    if len(cmd.reason.strip()) < SHORTEST_REASON:
        raise RefusedError("Say in a sentence why", field="reason")
    decision = LateDecision(
        id=uow.new_id(),
        concern_id=concern.id,
        meeting_id=meeting.id,
        is_accepted=cmd.is_accepted,
        reason=cmd.reason.strip(),
        decided_by=uow.actor.account_id,
        decided_at=uow.now,
    )
    uow.session.add(decision)
    if Screening(concern.state) in LISTABLE:
        _follow(uow, concern, meeting, is_accepted=cmd.is_accepted)
    uow.emit(LateDecided(decision_id=decision.id, is_accepted=cmd.is_accepted))
    return decision.id


def is_ahead(uow: UnitOfWork, meeting: Meeting) -> bool:
    """Tell whether a meeting is one that concerns can be late for and that is still to come."""
    return (
        meeting.kind == MeetingKind.MARAC
        and meeting.shape != MeetingShape.EMERGENCY
        and meeting.state in {"planned", "issued"}
        and meeting.starts_at > uow.now
    )


def _came_late(uow: UnitOfWork, concern: Concern, meeting: Meeting) -> bool:
    rules = area_rules(uow, meeting.area_id)
    return is_late(rules, concern.submitted_at, meeting.starts_at)


def _is_held_back(uow: UnitOfWork, concern: Concern, meeting: Meeting) -> bool:
    """Tell whether it waits for the next meeting; what was decided is asked only if it is late."""
    listing = Listing(
        has_cutoff=is_ahead(uow, meeting),
        came_late=_came_late(uow, concern, meeting),
        is_urgent=concern.state == Screening.URGENT,
    )
    if may_be_listed(listing) is not None:
        return False
    decided = replace(
        listing,
        is_carried_over=is_carried_over(uow, concern.id, meeting),
        is_accepted=is_accepted_late(uow, concern.id, meeting.id),
    )
    return may_be_listed(decided) is None


def _follow(uow: UnitOfWork, concern: Concern, meeting: Meeting, *, is_accepted: bool) -> None:
    """Bring the agendas into line with what was decided."""
    listed = list(
        uow.session.scalars(
            select(Item)
            .join(Meeting, Meeting.id == Item.meeting_id)
            .where(
                Item.concern_id == concern.id,
                Item.state == "listed",
                Meeting.kind == MeetingKind.MARAC.value,
                Meeting.shape != MeetingShape.EMERGENCY.value,
                Meeting.state.in_(("planned", "issued")),
                Meeting.starts_at > uow.now,
            )
        )
    )
    here = any(item.meeting_id == meeting.id for item in listed)
    if here is is_accepted:
        return
    target = meeting if is_accepted else first_in_time(uow, concern, meeting)
    if target is None:
        raise RefusedError(NO_LATER, field="meeting_id")
    for item in listed:
        drop_case(item, uow=uow)
    uow.session.flush()  # the case is on no agenda now, so it can be put on another
    add_case(target, concern.id, uow=uow)
