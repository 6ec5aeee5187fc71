"""Agendas that wait to be issued, each by what its own area has set."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true

from hub.agencies.models import AgencyArea
from hub.db.units import UnitOfWork
from hub.marac.models import AreaSetting
from hub.marac.queries.areas import days_of
from hub.meetings.access import may_be_shown
from hub.meetings.deadlines import AGENDA_DAYS
from hub.meetings.models import Item, Meeting
from hub.meetings.situation import MeetingKind
from hub.reporting.deadlines import agenda_by

WORKING_WEEK = 5
WEEKS_AHEAD = 12
"""The longest lead that an area can set for its agenda, 60 working days, as weeks."""


def to_issue(uow: UnitOfWork, _: object) -> Select[*tuple[Any, ...]]:
    """Count the MARACs of the next weeks that have cases and whose agenda was never issued."""
    return select(func.count(), func.min(Meeting.starts_at)).where(_is_unissued(uow))


def first_due(uow: UnitOfWork) -> datetime | None:
    """Return the soonest of what the areas of the agendas that wait have set.

    The soonest meeting need not be it, where areas differ in their days.
    """
    rows = uow.session.execute(
        select(Meeting.area_id, func.min(Meeting.starts_at))
        .where(_is_unissued(uow))
        .group_by(Meeting.area_id)
    )
    due = [agenda_by(starts_at, days_of(uow, area_id)) for area_id, starts_at in rows.all()]
    return min(due, default=None)


def _is_unissued(uow: UnitOfWork) -> ColumnElement[bool]:
    own = AgencyArea.agency_id == uow.actor.agency_id
    own_areas = select(AgencyArea.area_id).where(own)
    listed = select(Item.meeting_id).where(Item.state == "listed", may_be_shown(uow))
    return and_(
        Meeting.kind == MeetingKind.MARAC.value,
        Meeting.state == "planned",
        Meeting.starts_at > uow.now,
        _is_soon_for_its_area(uow),
        Meeting.id.in_(listed),
        Meeting.area_id.in_(own_areas),
    )


def _is_soon_for_its_area(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that an agenda is due within a week or so, by what its area has set."""
    own = select(AreaSetting.agenda_days).where(AreaSetting.area_id == Meeting.area_id)
    days = func.coalesce(own.scalar_subquery(), AGENDA_DAYS)
    return or_(
        *(
            and_(
                days > WORKING_WEEK * (weeks - 1) if weeks > 1 else true(),
                days <= WORKING_WEEK * weeks,
                Meeting.starts_at <= uow.now + timedelta(weeks=weeks + 1),
            )
            for weeks in range(1, WEEKS_AHEAD + 1)
        )
    )
