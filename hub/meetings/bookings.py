"""One chair, one place and one video link serve one meeting at a time.

Whoever plans or moves a meeting is told what stands in the way and may go ahead with a reason,
which is recorded. The check is made alone in the writing transaction, so that of two people at once
the later one sees the earlier's meeting. Source: the project's security note, invariant I9.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from sqlalchemy import Uuid, bindparam, or_, select
from sqlalchemy.orm import aliased

from hub.access.models import Account
from hub.db.units import UnitOfWork
from hub.kernel.errors import RefusedError
from hub.meetings.access import is_open_meeting
from hub.meetings.events import DoubleBookingAllowed
from hub.meetings.models import DoubleBooking, Meeting
from hub.meetings.rules import SHORTEST_REASON
from hub.meetings.states import MeetingShape, MeetingState

REASON_FIELD = "clash_reason"


class Resource(StrEnum):
    """What one meeting has to itself; the value is also the name of its field on a form."""

    CHAIR = "chair_id"
    PLACE = "place"
    VIDEO_LINK = "video_link"


class Booked(Protocol):
    """What of a meeting takes up a chair, a place and a video link."""

    @property
    def chair_id(self) -> UUID | None:
        """The account of the chair."""

    @property
    def place(self) -> str | None:
        """The place as it was typed."""

    @property
    def video_link(self) -> str | None:
        """The address of the video call."""


@dataclass(frozen=True, kw_only=True)
class Clash:
    """Another meeting at the same time that has the same chair, place or video link.

    ``is_open`` says whether whoever asks may see that meeting: else no more than that there is one.
    """

    resource: Resource
    meeting_id: UUID
    kind: str
    starts_at: datetime
    ends_at: datetime
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class Despite:
    """A named person's reason to go ahead, and the mark of the clashes that were on the page."""

    seen: str
    reason: str


class DoubleBookedError(RefusedError):
    """Something is taken at that time; ``mark`` is what ``Despite`` gives back to go ahead."""

    def __init__(self, clashes: tuple[Clash, ...]) -> None:
        super().__init__("Something is taken by another meeting at that time.", field="starts_at")
        self.clashes = clashes
        self.mark = mark_of(clashes)


def shared(one: Booked, other: Booked) -> tuple[Resource, ...]:
    """Return what two meetings have in common; places are compared without case and spacing."""
    found = []
    if one.chair_id is not None and one.chair_id == other.chair_id:
        found.append(Resource.CHAIR)
    if _plain(one.place) and _plain(one.place) == _plain(other.place):
        found.append(Resource.PLACE)
    if one.video_link and one.video_link == other.video_link:
        found.append(Resource.VIDEO_LINK)
    return tuple(found)


def mark_of(clashes: Iterable[Clash]) -> str:
    """Return a mark that is the same for the same clashes and tells nobody which they are."""
    keys = sorted(f"{one.resource}:{one.meeting_id}:{one.starts_at}" for one in clashes)
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:16]


def keep_free(
    uow: UnitOfWork, meeting: Meeting, despite: Despite | None, *, is_moved: bool = True
) -> None:
    """Go on only if nothing of the meeting is taken, or a named person says why it goes ahead.

    While its times stay as they are, what was allowed before is not asked again.
    Raises DoubleBookedError with every clash, also when others came up since the page was read, and
    RefusedError for a missing reason.
    """
    uow.alone("bookings")
    before = set() if is_moved else _allowed(uow, meeting)
    clashes = tuple(
        one
        for one in clashes_of(uow, meeting)
        if (one.meeting_id, one.resource.value) not in before
    )
    if not clashes:
        return
    if despite is None or despite.seen != mark_of(clashes):
        raise DoubleBookedError(clashes)
    if len(despite.reason.strip()) < SHORTEST_REASON:
        raise RefusedError(
            "Say in a sentence why it goes ahead, or choose another time.", field=REASON_FIELD
        )
    for clash in clashes:
        row = DoubleBooking(
            id=uow.new_id(),
            meeting_id=meeting.id,
            other_id=clash.meeting_id,
            resource=clash.resource.value,
            reason=despite.reason.strip(),
            recorded_by=uow.actor.account_id,
            recorded_at=uow.now,
        )
        uow.session.add(row)
        uow.emit(
            DoubleBookingAllowed(
                meeting_id=meeting.id, other_id=clash.meeting_id, resource=row.resource
            )
        )


def _allowed(uow: UnitOfWork, meeting: Meeting) -> set[tuple[UUID, str]]:
    """Return with which meetings this one was ever allowed to share what."""
    rows = uow.session.execute(
        select(DoubleBooking.meeting_id, DoubleBooking.other_id, DoubleBooking.resource).where(
            or_(DoubleBooking.meeting_id == meeting.id, DoubleBooking.other_id == meeting.id)
        )
    )
    return {
        (row.other_id if row.meeting_id == meeting.id else row.meeting_id, row.resource)
        for row in rows
    }


def clashes_of(uow: UnitOfWork, meeting: Meeting) -> tuple[Clash, ...]:
    """Return what stands in the meeting's way, the earliest first.

    A meeting that begins as another ends does not clash with it.
    """
    uow.session.flush()
    rows = uow.session.execute(
        select(
            Meeting.id,
            Meeting.kind,
            Meeting.starts_at,
            Meeting.ends_at,
            Meeting.chair_id,
            Meeting.place,
            Meeting.video_link,
            is_open_meeting(uow).label("is_open"),
        )
        .where(
            Meeting.id != meeting.id,
            Meeting.shape != MeetingShape.CLOSING.value,
            Meeting.state != MeetingState.CANCELLED.value,
            Meeting.starts_at < meeting.ends_at,
            Meeting.ends_at > meeting.starts_at,
        )
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return tuple(
        Clash(
            resource=resource,
            meeting_id=row.id,
            kind=row.kind,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            is_open=bool(row.is_open),
        )
        for row in rows
        for resource in shared(meeting, row)
    )


@dataclass(frozen=True)
class Allowed:
    """A double booking that a named person allowed and that still stands."""

    resource: Resource
    other_id: UUID
    kind: str
    starts_at: datetime
    ends_at: datetime
    is_open: bool
    reason: str
    by: str
    at: datetime


_KEY = bindparam("key", type_=Uuid())
# Made once: every meeting asks it, and hardly one has an answer, which is dear to put together.
_ANY = (
    select(DoubleBooking.id)
    .where(or_(DoubleBooking.meeting_id == _KEY, DoubleBooking.other_id == _KEY))
    .limit(1)
)


def allowed_of(uow: UnitOfWork, meeting_id: UUID) -> tuple[Allowed, ...]:
    """Return the double bookings of a meeting that stand, whichever of the two came second.

    Open the meeting through ``access`` first.
    """
    if uow.rows(_ANY, {"key": meeting_id}).one_or_none() is None:
        return ()
    own, other = aliased(Meeting), aliased(Meeting)
    pair = or_(
        (DoubleBooking.meeting_id == own.id) & (DoubleBooking.other_id == other.id),
        (DoubleBooking.meeting_id == other.id) & (DoubleBooking.other_id == own.id),
    )
    rows = uow.session.execute(
        select(
            own,
            other,
            DoubleBooking.resource,
            DoubleBooking.reason,
            DoubleBooking.recorded_at,
            Account.name,
            is_open_meeting(uow, other).label("is_open"),
        )
        .select_from(DoubleBooking)
        .join(own, own.id == meeting_id)
        .join(other, pair)
        .outerjoin(Account, Account.id == DoubleBooking.recorded_by)
        .where(
            other.state != MeetingState.CANCELLED.value,
            other.starts_at < own.ends_at,
            other.ends_at > own.starts_at,
        )
        .order_by(DoubleBooking.recorded_at, DoubleBooking.id)
    )
    latest = {
        (row[1].id, row.resource): Allowed(
            resource=Resource(row.resource),
            other_id=row[1].id,
            kind=row[1].kind,
            starts_at=row[1].starts_at,
            ends_at=row[1].ends_at,
            is_open=bool(row.is_open),
            reason=row.reason,
            by=row.name or "somebody",
            at=row.recorded_at,
        )
        for row in rows
        if Resource(row.resource) in shared(row[0], row[1])
    }
    return tuple(latest.values())


def _plain(place: str | None) -> str:
    """Return a place in the one form in which places are compared."""
    return " ".join((place or "").casefold().split())
