"""What several commands of this room refuse."""

from uuid import UUID

from hub.db.turns import INVITATIONS
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.errors import NotAllowedError, RefusedError
from hub.marac.agenda import FEWEST_MINUTES, LONGEST_OPENING, MOST_MINUTES
from hub.meetings.access import open_meeting
from hub.meetings.models import Meeting
from hub.meetings.states import MEETING, MeetingAction, MeetingState


def check_slot(minutes: int) -> None:
    """Go on only with a slot of a possible length. Raises RefusedError."""
    if not FEWEST_MINUTES <= minutes <= MOST_MINUTES:
        raise RefusedError(
            f"Minutes for each case must be from {FEWEST_MINUTES} to {MOST_MINUTES}.",
            field="slot_minutes",
        )


def check_opening(minutes: int) -> None:
    """Go on only with a possible time before the first case. Raises RefusedError."""
    if not 0 <= minutes <= LONGEST_OPENING:
        raise RefusedError(
            f"Minutes before the first case must be from 0 to {LONGEST_OPENING}.",
            field="opening_minutes",
        )


def changeable_agenda(uow: UnitOfWork, meeting_id: UUID) -> Meeting:
    """Return a meeting whose agenda may still change, alone with it.

    Raises NotFoundError, NotAllowedError, IllegalMoveError, and RefusedError once it has begun.
    """
    uow.alone(INVITATIONS)
    meeting = open_meeting(uow, meeting_id)
    demand_coordinator(uow)
    MEETING.step(MeetingState(meeting.state), MeetingAction.ISSUE)
    if meeting.starts_at <= uow.now:
        raise RefusedError("This meeting has already begun, so its agenda stands.")
    return meeting


def demand_coordinator(uow: UnitOfWork) -> None:
    """Go on only for a co-ordinator. Raises NotAllowedError."""
    if not uow.actor.has(Role.COORDINATOR):
        raise NotAllowedError("Only a co-ordinator can do this.")
