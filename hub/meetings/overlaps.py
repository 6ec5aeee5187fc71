"""Somebody asked to be at two meetings at the same time: seen, owned, and excused only by name.

Nobody is kept from an invitation by this, for the named worker must hold it whatever else there is.
But the agenda cannot be issued over it, and it is a co-ordinator's task, until a time is changed,
the worker says to one of the two that somebody else comes, or a named person records a reason.
Source: the project's security note, invariant I9.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import aliased

from hub.agencies.models import Contact
from hub.db.units import UnitOfWork
from hub.meetings.access import is_open_meeting, may_be_shown
from hub.meetings.models import Excuse, Invitation, Item, Meeting
from hub.meetings.situation import MeetingKind
from hub.meetings.situations import DUTY_DESK, UPCOMING

DOUBLE_BOOKED = "double_booked"


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """One person asked to an item while another meeting wants them; instants in UTC.

    ``is_open`` says whether whoever asks may see that other meeting.
    """

    item_id: UUID
    subject_id: UUID
    recipient_id: UUID
    other_id: UUID
    kind: str
    starts_at: datetime
    ends_at: datetime
    is_open: bool


def open_overlaps(uow: UnitOfWork, meeting_ids: Collection[UUID]) -> tuple[Overlap, ...]:
    """Return the overlaps of the meetings for which nobody has recorded a reason.

    A MARAC case without a time of its own overlaps with nothing yet. A duty desk is no one person,
    and whoever said that they do not come themselves is free. Two items of one meeting do not
    count: the agenda parts them.
    """
    uow.session.flush()
    mine, other = aliased(Invitation), aliased(Invitation)
    own_item, other_item = aliased(Item), aliased(Item)
    own_meeting, other_meeting = aliased(Meeting), aliased(Meeting)
    excused = exists().where(
        Excuse.item_id == mine.item_id,
        Excuse.subject_id == mine.subject_id,
        Excuse.problem == DOUBLE_BOOKED,
        or_(Excuse.recipient_id.is_(None), Excuse.recipient_id == mine.recipient_id),
    )
    wanted = (
        select(
            mine.item_id,
            mine.subject_id,
            mine.recipient_id,
            other.meeting_id.label("other_id"),
            other_meeting.kind,
            other.starts_at,
            other.ends_at,
            and_(is_open_meeting(uow, other_meeting), may_be_shown(uow, other_item)).label(
                "is_open"
            ),
        )
        .select_from(mine)
        .join(
            other,
            (other.recipient_id == mine.recipient_id)
            & (other.meeting_id != mine.meeting_id)
            & (other.starts_at < mine.ends_at)
            & (other.ends_at > mine.starts_at),
        )
        .join(Contact, Contact.id == mine.recipient_id)
        .where(mine.meeting_id.in_(meeting_ids), Contact.role != DUTY_DESK, ~excused)
        .order_by(mine.item_id, mine.subject_id, mine.recipient_id, other.starts_at, other.id)
    )
    for invitation, item, meeting in (
        (mine, own_item, own_meeting),
        (other, other_item, other_meeting),
    ):
        wanted = (
            wanted.join(item, item.id == invitation.item_id)
            .join(meeting, meeting.id == invitation.meeting_id)
            .where(
                invitation.state == "held",
                or_(invitation.answer.is_(None), invitation.answer == "accepted"),
                item.state == "listed",
                meeting.state.in_(UPCOMING),
                meeting.starts_at > uow.now,
                or_(item.starts_at.is_not(None), meeting.kind != MeetingKind.MARAC.value),
            )
        )
    return tuple(
        Overlap(
            item_id=row.item_id,
            subject_id=row.subject_id,
            recipient_id=row.recipient_id,
            other_id=row.other_id,
            kind=row.kind,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            is_open=bool(row.is_open),
        )
        for row in uow.session.execute(wanted)
    )
