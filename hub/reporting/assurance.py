"""Is everybody invited who must be? Asked of the data: what is due against what was written.

It reads the messages in the outbox and not the invitations' own rows, so that a fault in the
reconciler shows here instead of hiding itself.
"""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from hub.db.units import UnitOfWork
from hub.meetings.gaps import Gap, gaps, recorded_for
from hub.meetings.models import Invitation
from hub.meetings.required import required
from hub.meetings.rules import InvitationPolicy
from hub.meetings.situations import situations_of, upcoming_ids
from hub.notify.models import Message

LIVE = frozenset({"queued", "claimed", "deferred", "relayed"})
BATCH = 50


@dataclass(frozen=True, kw_only=True)
class MeetingGap:
    """A gap and the reference of its meeting."""

    meeting: str
    gap: Gap

    def line(self) -> str:
        """Return the gap as tab-separated words: meeting, item, person, problem, owner's role."""
        gap = self.gap
        return "\t".join(
            (self.meeting, gap.item or "-", gap.person or "-", gap.problem, gap.owner_role)
        )


def all_gaps(uow: UnitOfWork, policy: InvitationPolicy) -> list[MeetingGap]:
    """Return every gap of every meeting still to come, soonest meeting first."""
    meetings = upcoming_ids(uow)
    found: list[MeetingGap] = []
    for at in range(0, len(meetings), BATCH):
        batch = meetings[at : at + BATCH]
        standing = _standing(uow, batch)
        for meeting_id, situation in situations_of(uow, batch, policy).items():
            current = standing[meeting_id]
            as_required = {key for key, because in current.items() if because == "required"}
            reasons = recorded_for(uow, situation)
            found += [
                MeetingGap(meeting=situation.id, gap=gap)
                for gap in gaps(required(situation), current, as_required, reasons)
            ]
    return found


def _standing(
    uow: UnitOfWork, meeting_ids: list[UUID]
) -> dict[UUID, dict[tuple[str, str, str], str]]:
    """Return by meeting the keys whose latest message is a REQUEST queued or sent, and why."""
    latest = (
        select(func.max(Message.number).label("number"))
        .join(Invitation, Invitation.id == Message.invitation_id)
        .where(Invitation.meeting_id.in_(meeting_ids))
        .group_by(Message.uid)
        .subquery()
    )
    rows = uow.session.execute(
        select(
            Invitation.meeting_id,
            Invitation.item_id,
            Invitation.subject_id,
            Invitation.recipient_id,
            Invitation.because,
        )
        .join(Message, Message.invitation_id == Invitation.id)
        .join(latest, latest.c.number == Message.number)
        .where(Message.method == "REQUEST", Message.state.in_(LIVE))
    )
    found: dict[UUID, dict[tuple[str, str, str], str]] = defaultdict(dict)
    for row in rows:
        key = (str(row.item_id), str(row.subject_id), str(row.recipient_id))
        found[row.meeting_id][key] = row.because
    return found
