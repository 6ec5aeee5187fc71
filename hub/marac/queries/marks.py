"""What the agenda of a meeting marks about its cases: as many queries, however many there are."""

from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased

from hub.agencies.models import Area
from hub.db.units import UnitOfWork
from hub.marac.models import Hearing, LateDecision, Transfer
from hub.marac.queries.labels import labels_of
from hub.marac.rules.areas import AreaRules, is_late
from hub.marac.rules.marks import MarkFacts
from hub.marac.states import HearingState
from hub.meetings.models import Item, Meeting
from hub.meetings.states import MeetingShape
from hub.referrals.models import Concern
from hub.referrals.states import Screening


def mark_facts(uow: UnitOfWork, meeting: Meeting, rules: AreaRules) -> dict[UUID, MarkFacts]:
    """Return what is known of each listed case by its area's rules; open the meeting first.

    What a case repeats is as a co-ordinator ruled, else as the clocks count.
    """
    own = Item.concern_id == Concern.id
    from_area = (
        select(func.min(Area.name))
        .join(Transfer, Transfer.from_area_id == Area.id)
        .where(Transfer.received_id == Concern.id)
        .correlate(Concern)
        .scalar_subquery()
    )
    accepted = (
        select(LateDecision.is_accepted)
        .where(LateDecision.concern_id == Concern.id, LateDecision.meeting_id == meeting.id)
        .order_by(LateDecision.decided_at.desc(), LateDecision.id.desc())
        .limit(1)
        .correlate(Concern)
        .scalar_subquery()
    )
    rows = uow.session.execute(
        select(
            Item.id,
            Item.concern_id,
            Concern.submitted_at,
            Concern.is_urgent,
            Concern.state,
            from_area.label("from_area"),
            _was_put_back().label("put_back"),
            accepted.label("accepted"),
        )
        .join(Concern, own)
        .where(Item.meeting_id == meeting.id, Item.state == "listed")
    ).all()
    listed = select(Item.concern_id).where(
        Item.meeting_id == meeting.id, Item.state == "listed", Item.concern_id.is_not(None)
    )
    label_by = labels_of(uow, listed)
    return {
        row.id: MarkFacts(
            is_urgent=row.is_urgent,
            is_alert_only=row.state == Screening.ACCEPTED_ALERT_ONLY,
            is_late=meeting.shape != MeetingShape.EMERGENCY
            and is_late(rules, row.submitted_at, meeting.starts_at),
            is_accepted_late=bool(row.accepted),
            is_put_back=bool(row.put_back),
            label=label_by[row.concern_id],
            from_area=row.from_area or "",
        )
        for row in rows
    }


def _was_put_back() -> ColumnElement[bool]:
    """Return the condition that the case was put back at an earlier meeting than the item's."""
    before, held, here = aliased(Item), aliased(Meeting), aliased(Meeting)
    return exists(
        select(before.id)
        .join(Hearing, Hearing.item_id == before.id)
        .join(held, held.id == before.meeting_id)
        .join(here, here.id == Item.meeting_id)
        .where(
            before.concern_id == Item.concern_id,
            before.id != Item.id,
            held.starts_at < here.starts_at,
            Hearing.state == HearingState.PUT_BACK.value,
        )
        .correlate(Item)
    )
