"""The agenda of an emergency MARAC goes out by itself: there is no time to remember it.

It goes out with the call, or as soon as nothing stands in its way any more: the same rule holds as
for every agenda, that whoever must be invited is, or that a named person has written down why not.
Source: domain notes, section 6, items 5 and 28.
"""

from uuid import UUID

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.marac.access import open_emergency
from hub.marac.commands.issuing import put_out, readers_of
from hub.marac.models import AgendaCopy, AgendaIssue
from hub.marac.obstacles import obstacles
from hub.meetings.models import Meeting
from hub.meetings.rules import InvitationPolicy
from hub.meetings.states import MeetingShape, MeetingState


def issue_called(meeting_id: UUID, *, uow: UnitOfWork, policy: InvitationPolicy) -> bool:
    """Put out the agenda of an emergency MARAC that the actor has called; tell whether it is out.

    This is a unit of its own after the call, when whoever must be invited is. Raises NotFoundError
    unless the actor runs the meeting.
    """
    return _put_out_if_clear(uow, open_emergency(uow, meeting_id), policy)


def keep_issued(meeting_id: UUID, *, uow: UnitOfWork, policy: InvitationPolicy) -> None:
    """Put out what could not go out with the call; once out, whoever is asked later has a copy."""
    meeting = uow.session.get_one(Meeting, meeting_id)
    if _put_out_if_clear(uow, meeting, policy):
        _give_copies(uow, meeting)


def emergencies_ahead(uow: UnitOfWork) -> tuple[UUID, ...]:
    """Return the emergency MARACs still to come, soonest first."""
    ahead = select(Meeting.id).where(
        Meeting.shape == MeetingShape.EMERGENCY.value,
        Meeting.state.in_((MeetingState.PLANNED, MeetingState.ISSUED)),
        Meeting.starts_at > uow.now,
    )
    return tuple(uow.session.scalars(ahead.order_by(Meeting.starts_at, Meeting.id)))


def _put_out_if_clear(uow: UnitOfWork, meeting: Meeting, policy: InvitationPolicy) -> bool:
    """Issue it where it is planned, still to come and nothing stands in its way."""
    uow.alone("invitations")
    if meeting.state != MeetingState.PLANNED or meeting.starts_at <= uow.now:
        return meeting.state == MeetingState.ISSUED
    if obstacles(uow, meeting.id, policy):
        return False
    put_out(uow, meeting)
    return True


def _give_copies(uow: UnitOfWork, meeting: Meeting) -> None:
    """Give the last issue to readers who have come since, such as the next on the ladder.

    Nobody is written to about it: their invitation has told them.
    """
    last = select(AgendaIssue.id).where(AgendaIssue.meeting_id == meeting.id)
    issue_id = uow.session.scalars(last.order_by(AgendaIssue.number.desc()).limit(1)).one()
    given = select(AgendaCopy.account_id).where(AgendaCopy.issue_id == issue_id)
    for account_id in sorted(readers_of(uow, meeting) - set(uow.session.scalars(given))):
        uow.session.add(AgendaCopy(issue_id=issue_id, account_id=account_id))
