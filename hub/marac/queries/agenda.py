"""What pages read of series, and of the times that an agenda has."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from hub.agencies.models import Area
from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.marac.access import open_series
from hub.marac.agenda import LONGEST_OPENING
from hub.marac.models import AreaSetting, Series
from hub.marac.rules.areas import Shape
from hub.meetings.access import in_own_area
from hub.meetings.models import Item, Meeting
from hub.meetings.states import MeetingState

AnySelect = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class SeriesRow:
    """A series; ``starts`` is the usual London wall time, such as 09:30."""

    id: UUID
    area_id: UUID
    area: str
    name: str
    place: str | None
    video_link: str | None
    starts: str
    minutes: int
    slot_minutes: int
    version: int
    shape: str
    """How its area deals with cases."""

    @property
    def closes(self) -> bool:
        """Whether its area works by closing date: ``starts`` is when it closes, nobody meets."""
        return self.shape == Shape.CLOSING


@dataclass(frozen=True, slots=True)
class Times:
    """Minutes for each case, and before the first one."""

    slot_minutes: int
    opening_minutes: int


def all_series(uow: UnitOfWork) -> tuple[SeriesRow, ...]:
    """Return the series of the actor's areas by name."""
    own = in_own_area(uow, Series.area_id)
    rows = uow.session.execute(_series().where(own).order_by(Series.name, Series.id))
    return tuple(SeriesRow(*row) for row in rows)


def series_row(uow: UnitOfWork, series_id: UUID) -> SeriesRow:
    """Return a series of the actor's areas. Raises NotFoundError."""
    open_series(uow, series_id)
    return SeriesRow(*uow.session.execute(_series().where(Series.id == series_id)).one())


def days_of_series(uow: UnitOfWork, series_id: UUID) -> frozenset[date]:
    """Return the days in London on which a series of the actor's areas meets. Raises NotFoundError.

    Meetings that were called off do not count.
    """
    series = open_series(uow, series_id)
    starts = uow.session.scalars(
        select(Meeting.starts_at).where(
            Meeting.series_id == series.id, Meeting.state != MeetingState.CANCELLED
        )
    )
    return frozenset(map(london_day, starts))


def times_in_use(uow: UnitOfWork, meeting_id: UUID, *, usual_minutes: int) -> Times:
    """Return how long each case has and how long the opening is; open the meeting first.

    The agenda's first slot says so; before there is one, its series does, or else the usual
    minutes, with no opening.
    """
    first = (
        select(Item.starts_at)
        .where(Item.meeting_id == meeting_id, Item.state == "listed", Item.starts_at.is_not(None))
        .order_by(Item.starts_at)
        .limit(1)
    )
    ends = first.with_only_columns(Item.ends_at)
    row = uow.session.execute(
        select(
            Meeting.starts_at.label("meeting"),
            Series.slot_minutes,
            first.scalar_subquery().label("starts_at"),
            ends.scalar_subquery().label("ends_at"),
        )
        .outerjoin(Series, Series.id == Meeting.series_id)
        .where(Meeting.id == meeting_id)
    ).one()
    if row.starts_at is None:
        return Times(row.slot_minutes or usual_minutes, 0)
    return times_of(row.meeting, row.starts_at, row.ends_at)


def times_of(meeting: datetime, starts_at: datetime, ends_at: datetime) -> Times:
    """Return the times that the first slot of a meeting speaks of."""
    opening = _minutes(starts_at - meeting)
    is_opening = 0 <= opening <= LONGEST_OPENING
    return Times(_minutes(ends_at - starts_at), opening if is_opening else 0)


def _minutes(time: timedelta) -> int:
    return int(time.total_seconds()) // 60


def _series() -> AnySelect:
    return (
        select(
            Series.id,
            Series.area_id,
            Area.name,
            Series.name,
            Series.place,
            Series.video_link,
            Series.starts,
            Series.minutes,
            Series.slot_minutes,
            Series.version,
            func.coalesce(AreaSetting.shape, Shape.MEETING.value),
        )
        .join(Area, Area.id == Series.area_id)
        .outerjoin(AreaSetting, AreaSetting.area_id == Series.area_id)
    )
