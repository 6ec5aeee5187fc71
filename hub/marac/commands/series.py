"""What a co-ordinator does to series: how an area usually meets, and its next meeting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from hub.db.units import UnitOfWork
from hub.kernel.days import NoSuchWallTimeError, WallTimeTwiceError, london_instant
from hub.kernel.errors import ConflictError, RefusedError
from hub.marac.access import open_series
from hub.marac.commands.refusals import check_slot, demand_coordinator
from hub.marac.events import SeriesSaved
from hub.marac.models import Series
from hub.marac.queries.agenda import days_of_series
from hub.marac.queries.areas import area_rules
from hub.marac.rules.areas import Shape
from hub.marac.rules.dates import MOST_DATES
from hub.meetings.access import demand_area
from hub.meetings.bookings import Despite
from hub.meetings.commands import PlanMeeting, plan_meeting
from hub.meetings.situation import MeetingKind
from hub.meetings.states import CLOSING_ENTRY, MeetingShape

BY_ITSELF = "Leave that day out and plan it by itself."


@dataclass(frozen=True, kw_only=True)
class SaveSeries:
    """The MARAC of an area as it usually meets; ``starts`` is a London wall time."""

    area_id: UUID
    name: str
    starts: time
    minutes: int
    slot_minutes: int
    place: str | None = None
    video_link: str | None = None
    series_id: UUID | None = None
    version: int = 0
    """The version that was read, where a series is changed."""


def save_series(cmd: SaveSeries, *, uow: UnitOfWork) -> UUID:
    """Add or change a series and return its id; meetings planned before are not touched.

    Raises NotAllowedError unless a co-ordinator acts, NotFoundError for a series or an area that is
    not the actor's, ConflictError when somebody else changed it since it was read, and RefusedError
    for a meeting or a slot of an impossible length.
    """
    demand_coordinator(uow)
    series = open_series(uow, cmd.series_id) if cmd.series_id else Series(id=uow.new_id())
    if cmd.series_id and series.version != cmd.version:
        raise ConflictError("series", theirs(series))
    demand_area(uow, cmd.area_id)
    check_slot(cmd.slot_minutes)
    if not cmd.slot_minutes <= cmd.minutes <= 12 * 60:
        raise RefusedError(
            "The meeting must have room for one case and end within 12 hours.", field="minutes"
        )
    series.area_id, series.name = cmd.area_id, cmd.name
    series.place, series.video_link = cmd.place, cmd.video_link
    series.starts, series.minutes = f"{cmd.starts:%H:%M}", cmd.minutes
    series.slot_minutes = cmd.slot_minutes
    uow.session.add(series)
    uow.emit(SeriesSaved(series_id=series.id))
    return series.id


def plan_in_series(
    series_id: UUID,
    day: date,
    *,
    chair_id: UUID | None = None,
    despite: Despite | None = None,
    uow: UnitOfWork,
) -> UUID:
    """Plan the series' meeting on a day at its usual London time and return the meeting's id.

    In an area that works by closing date it is one: it closes at that time, and nobody meets.
    Raises NotFoundError, NotAllowedError, DoubleBookedError, and RefusedError for a day in the past
    or one on which the clocks skip or repeat the usual time.
    """
    demand_coordinator(uow)
    series = open_series(uow, series_id)
    try:
        starts_at = london_instant(day, time.fromisoformat(series.starts))
    except (NoSuchWallTimeError, WallTimeTwiceError) as error:
        raise RefusedError(
            f"The clocks change on that day at {series.starts}. Plan this meeting by itself and"
            " give its times in full.",
            field="day",
        ) from error
    if starts_at <= uow.now:
        raise RefusedError("The meeting must start in the future.", field="day")
    closes = area_rules(uow, series.area_id).shape is Shape.CLOSING
    length = CLOSING_ENTRY if closes else timedelta(minutes=series.minutes)
    return plan_meeting(
        PlanMeeting(
            kind=MeetingKind.MARAC,
            shape=MeetingShape.CLOSING if closes else MeetingShape.MEETING,
            area_id=series.area_id,
            series_id=series.id,
            starts_at=starts_at,
            ends_at=starts_at + length,
            place=None if closes else series.place,
            video_link=None if closes else series.video_link,
            chair_id=chair_id,
            despite=despite,
        ),
        uow=uow,
    )


def plan_dates(
    series_id: UUID, days: Iterable[date], *, chair_id: UUID | None = None, uow: UnitOfWork
) -> int:
    """Plan the series' meetings on many days and return how many; all of them or none.

    A day on which the series meets already is left as it is. Raises NotFoundError,
    NotAllowedError, and RefusedError that names the day on which a meeting cannot be, or when
    no day is left.
    """
    taken = days_of_series(uow, series_id)
    wanted = sorted(set(days) - taken)
    if not 1 <= len(wanted) <= MOST_DATES:
        raise RefusedError(f"Select at least one day, and at most {MOST_DATES}", field="days")
    for day in wanted:
        try:
            plan_in_series(series_id, day, chair_id=chair_id, uow=uow)
        except RefusedError as no:
            named = f"{day:%A} {day.day} {day:%B %Y}"
            raise RefusedError(f"{named}: {no.why} {BY_ITSELF}", field="days") from no
    return len(wanted)


def theirs(series: Series) -> dict[str, str]:
    """Return a series as it is saved now, by field of its form."""
    return {
        "name": series.name,
        "area_id": str(series.area_id),
        "starts": series.starts,
        "minutes": str(series.minutes),
        "slot_minutes": str(series.slot_minutes),
        "place": series.place or "",
        "video_link": series.video_link or "",
    }
