"""What happens to meetings, invitations and the tasks that come of them."""

from dataclasses import dataclass
from uuid import UUID

from hub.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class MeetingPlanned(Event):
    """A meeting was planned."""

    meeting_id: UUID


@dataclass(frozen=True, kw_only=True)
class MeetingMoved(Event):
    """A meeting's time, place, video link or chair changed."""

    meeting_id: UUID
    is_told: bool = True
    """Whether it is when or how people take part that changed, and not the chair alone."""


@dataclass(frozen=True, kw_only=True)
class MeetingPlaceChanged(Event):
    """A meeting is somewhere else, or on another video link, at the same time as before.

    No calendar entry says where it is, so that none changes and whoever is invited must be told.
    """

    meeting_id: UUID


@dataclass(frozen=True, kw_only=True)
class DoubleBookingAllowed(Event):
    """Somebody let two meetings share a chair, a place or a video link, with a reason."""

    meeting_id: UUID
    other_id: UUID
    resource: str


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(Event):
    """A meeting was called off."""

    meeting_id: UUID


@dataclass(frozen=True, kw_only=True)
class MeetingHeld(Event):
    """A meeting took place."""

    meeting_id: UUID


@dataclass(frozen=True, kw_only=True)
class CaseListed(Event):
    """A case became an item of a meeting."""

    item_id: UUID
    meeting_id: UUID
    concern_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class CaseUnlisted(Event):
    """An item was taken off a meeting."""

    item_id: UUID
    meeting_id: UUID


@dataclass(frozen=True, kw_only=True)
class SlotsChanged(Event):
    """The items of a meeting got other slots."""

    meeting_id: UUID


@dataclass(frozen=True, kw_only=True)
class ItemPeopleChanged(Event):
    """What is known of the people on an item changed."""

    item_id: UUID
    meeting_id: UUID


@dataclass(frozen=True, kw_only=True)
class InvitationIssued(Event):
    """Somebody is asked to an item, for the first time or again after a cancellation."""

    invitation_id: UUID
    sequence: int


@dataclass(frozen=True, kw_only=True)
class InvitationChanged(Event):
    """What an invited person was told has changed: slot, place or address."""

    invitation_id: UUID
    sequence: int


@dataclass(frozen=True, kw_only=True)
class InvitationCancelled(Event):
    """Somebody is no longer asked."""

    invitation_id: UUID
    sequence: int


@dataclass(frozen=True, kw_only=True)
class InvitationAnswered(Event):
    """An invited person answered."""

    invitation_id: UUID
    answer: str


@dataclass(frozen=True, kw_only=True)
class InvitationClimbed(Event):
    """Silence, a decline or a refused message sent the question one step up the ladder."""

    invitation_id: UUID
    why: str


@dataclass(frozen=True, kw_only=True)
class GapExcused(Event):
    """A named person recorded why a gap stands."""

    excuse_id: UUID
    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class RecipientBarred(Event):
    """The chair ruled somebody out for one item."""

    recipient_id: UUID
    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class TaskOpened(Event):
    """Something became somebody's task."""

    task_id: UUID
    owner_role: str


@dataclass(frozen=True, kw_only=True)
class TaskDone(Event):
    """A task was done and its outcome written down."""

    task_id: UUID


@dataclass(frozen=True, kw_only=True)
class TaskReminded(Event):
    """What a task is for still waits, and so whose it is hear of it again."""

    task_id: UUID


@dataclass(frozen=True, kw_only=True)
class TaskLapsed(Event):
    """What a task was for is no longer so."""

    task_id: UUID


@dataclass(frozen=True, kw_only=True)
class AttendanceRecorded(Event):
    """It was written down who came to an item."""

    item_id: UUID
    contact_id: UUID
    status: str
