"""The days by which things must be done before and after a MARAC."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.kernel.working_days import working_days_after, working_days_before
from hub.meetings.situation import MeetingKind
from hub.meetings.states import MeetingShape

CUTOFF_DAYS, AGENDA_DAYS, RESEARCH_DAYS, MINUTES_DAYS = 8, 5, 3, 3
"""Working days, the national defaults. Source: the hub's public interface, section 5."""


@dataclass(frozen=True, kw_only=True)
class DeadlineDays:
    """What an area has set: working days, and the days that are not worked there."""

    cutoff_days: int = CUTOFF_DAYS
    cutoff_time: str = "12:00"
    """London wall time."""
    agenda_days: int = AGENDA_DAYS
    research_days: int = RESEARCH_DAYS
    minutes_days: int = MINUTES_DAYS
    extra_closed: frozenset[date] = frozenset()


DaysOf = Callable[[UnitOfWork, UUID], DeadlineDays]
"""Returns what an area has set; the room that keeps the settings stands above this one."""


@dataclass(frozen=True)
class Deadlines:
    """The last day for referrals, and when agenda, research and minutes are due: London days."""

    cutoff_on: date
    cutoff_time: str
    agenda_on: date
    research_on: date
    minutes_on: date


def deadlines_of(
    kind: str,
    starts_at: datetime,
    days: DeadlineDays = DeadlineDays(),
    shape: str = MeetingShape.MEETING,
) -> Deadlines | None:
    """Return the deadlines of a MARAC; other meetings, and one called within hours, have none."""
    if kind != MeetingKind.MARAC or shape == MeetingShape.EMERGENCY:
        return None
    day = london_day(starts_at)
    return Deadlines(
        cutoff_on=working_days_before(day, days.cutoff_days, days.extra_closed),
        cutoff_time=days.cutoff_time,
        agenda_on=working_days_before(day, days.agenda_days, days.extra_closed),
        research_on=working_days_before(day, days.research_days, days.extra_closed),
        minutes_on=working_days_after(day, days.minutes_days, days.extra_closed),
    )
