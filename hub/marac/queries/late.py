"""Concerns that came after a cut-off: for which meetings, and what the chair decided."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from hub.access.models import Account
from hub.db.units import UnitOfWork
from hub.marac.models import LateDecision
from hub.marac.queries.areas import area_rules
from hub.marac.rules.areas import cutoff_at, is_late
from hub.meetings.models import Item, Meeting
from hub.meetings.situation import MeetingKind
from hub.meetings.states import MeetingShape
from hub.referrals.models import Concern

MOST = 400


@dataclass(frozen=True)
class LateRow:
    """A chair's decision; ``starts_at`` is when the meeting is (UTC)."""

    meeting_id: UUID
    starts_at: datetime
    is_accepted: bool
    reason: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True)
class LateFor:
    """A meeting still to come whose cut-off a concern missed; instants in UTC."""

    meeting_id: UUID
    starts_at: datetime
    cutoff_at: datetime


def late_for(uow: UnitOfWork, concern: Concern) -> tuple[LateFor, ...]:
    """Return the meetings of its area that a concern is late for, soonest first."""
    rules = area_rules(uow, concern.area_id)
    return tuple(
        LateFor(one.id, one.starts_at, cutoff_at(rules, one.starts_at))
        for one in _ahead(uow, concern.area_id)
        if is_late(rules, concern.submitted_at, one.starts_at)
    )


def first_in_time(uow: UnitOfWork, concern: Concern, after: Meeting) -> Meeting | None:
    """Return the first meeting after another that a concern came in time for; None without one.

    One of the same series goes before others.
    """
    rules = area_rules(uow, concern.area_id)
    found = [
        one
        for one in _ahead(uow, concern.area_id)
        if one.starts_at > after.starts_at
        and not is_late(rules, concern.submitted_at, one.starts_at)
    ]
    own = [one for one in found if one.series_id == after.series_id]
    return next(iter(own or found), None)


def is_accepted_late(uow: UnitOfWork, concern_id: UUID, meeting_id: UUID) -> bool:
    """Tell whether the chair's latest word is that a late concern is heard at the meeting."""
    latest = (
        select(LateDecision.is_accepted)
        .where(LateDecision.concern_id == concern_id, LateDecision.meeting_id == meeting_id)
        .order_by(LateDecision.decided_at.desc(), LateDecision.id.desc())
        .limit(1)
    )
    return bool(uow.session.scalar(latest))


def is_carried_over(uow: UnitOfWork, concern_id: UUID, to: Meeting) -> bool:
    """Tell whether a concern stood on an earlier agenda here that has begun or was called off."""
    stood = (
        select(Item.id)
        .join(Meeting, Meeting.id == Item.meeting_id)
        .where(
            Item.concern_id == concern_id,
            Item.state == "listed",
            Meeting.area_id == to.area_id,
            Meeting.kind == MeetingKind.MARAC.value,
            Meeting.starts_at < to.starts_at,
            or_(Meeting.starts_at <= uow.now, Meeting.state == "cancelled"),
        )
    )
    return uow.session.scalar(stood.limit(1)) is not None


def late_decisions(uow: UnitOfWork, concern_id: UUID) -> tuple[LateRow, ...]:
    """Return what was decided of a concern, the latest first; open the concern or case first."""
    rows = uow.session.execute(
        select(
            LateDecision.meeting_id,
            Meeting.starts_at,
            LateDecision.is_accepted,
            LateDecision.reason,
            Account.name,
            LateDecision.decided_at,
        )
        .join(Meeting, Meeting.id == LateDecision.meeting_id)
        .outerjoin(Account, Account.id == LateDecision.decided_by)
        .where(LateDecision.concern_id == concern_id)
        .order_by(LateDecision.decided_at.desc(), LateDecision.id.desc())
    )
    return tuple(LateRow(*row[:4], row[4] or "a chair", row[5]) for row in rows)


def _ahead(uow: UnitOfWork, area_id: UUID) -> list[Meeting]:
    return list(
        uow.session.scalars(
            select(Meeting)
            .where(
                Meeting.area_id == area_id,
                Meeting.kind == MeetingKind.MARAC.value,
                Meeting.shape != MeetingShape.EMERGENCY.value,
                Meeting.state.in_(("planned", "issued")),
                Meeting.starts_at > uow.now,
            )
            .order_by(Meeting.starts_at, Meeting.id)
            .limit(MOST)
        )
    )
