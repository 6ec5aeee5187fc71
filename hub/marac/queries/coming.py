"""The MARACs still to come in the actor's areas, with what their areas have set about deadlines."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from hub.agencies.models import Area
from hub.db.units import UnitOfWork
from hub.marac.models import AreaSetting
from hub.marac.queries.areas import deadline_days, rules_of
from hub.marac.rules.areas import AreaRules, cutoff_at
from hub.meetings.access import is_open_meeting
from hub.meetings.deadlines import DeadlineDays, Deadlines, deadlines_of
from hub.meetings.models import Meeting
from hub.meetings.situation import MeetingKind
from hub.meetings.states import MeetingShape

MOST = 400
"""Meetings that are looked through: more than a year of daily ones of one area."""


@dataclass(frozen=True, kw_only=True)
class Coming:
    """A MARAC still to come; instants in UTC."""

    meeting_id: UUID
    series_id: UUID | None
    area_id: UUID
    area: str
    starts_at: datetime
    cutoff_at: datetime
    days: DeadlineDays
    deadlines: Deadlines


def coming(uow: UnitOfWork) -> tuple[Coming, ...]:
    """Return them, the soonest first; one that was called within hours has no deadlines."""
    rows = uow.session.execute(
        select(
            Meeting.id,
            Meeting.series_id,
            Meeting.area_id,
            Area.name,
            Meeting.starts_at,
            AreaSetting,
        )
        .join(Area, Area.id == Meeting.area_id)
        .outerjoin(AreaSetting, AreaSetting.area_id == Meeting.area_id)
        .where(
            Meeting.kind == MeetingKind.MARAC.value,
            Meeting.shape != MeetingShape.EMERGENCY.value,
            Meeting.state.in_(("planned", "issued")),
            Meeting.starts_at > uow.now,
            is_open_meeting(uow),
        )
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(MOST)
    ).all()
    found: list[Coming] = []
    for meeting_id, series_id, area_id, area, starts_at, setting in rows:
        own: AreaSetting | None = setting  # of an area that has set nothing there is none
        rules = AreaRules() if own is None else rules_of(own)
        days = deadline_days(rules)
        deadlines = deadlines_of(MeetingKind.MARAC, starts_at, days)
        if deadlines is not None:
            found.append(
                Coming(
                    meeting_id=meeting_id,
                    series_id=series_id,
                    area_id=area_id,
                    area=area,
                    starts_at=starts_at,
                    cutoff_at=cutoff_at(rules, starts_at),
                    days=days,
                    deadlines=deadlines,
                )
            )
    return tuple(found)
