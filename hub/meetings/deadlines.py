"""The days by which things must be done before a MARAC."""

from dataclasses import dataclass
from datetime import date, datetime

from hub.kernel.days import london_day
from hub.kernel.working_days import working_days_before
from hub.meetings.situation import MeetingKind

CUTOFF_DAYS, AGENDA_DAYS = 8, 5
"""Working days, the national defaults. Source: the hub's public interface, section 5."""


@dataclass(frozen=True)
class Deadlines:
    """The last day for referrals and the day on which the agenda is due, days in London."""

    cutoff_on: date
    agenda_on: date


def deadlines_of(kind: str, starts_at: datetime) -> Deadlines | None:
    """Return the deadlines of a MARAC; other meetings have none."""
    if kind != MeetingKind.MARAC:
        return None
    day = london_day(starts_at)
    return Deadlines(
        cutoff_on=working_days_before(day, CUTOFF_DAYS),
        agenda_on=working_days_before(day, AGENDA_DAYS),
    )
