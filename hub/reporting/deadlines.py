"""By when what waits is to be done, where the rows hold only when it began."""

from datetime import UTC, datetime

from hub.kernel.days import london_day, london_instant
from hub.kernel.working_days import working_days_after, working_days_before
from hub.meetings.deadlines import DeadlineDays
from hub.meetings.rules import CLOSE_OF_DAY


def screened_by(submitted_at: datetime) -> datetime:
    """Return by when a concern should be decided on (UTC): the close of the next working day.

    A product choice: areas set their own times, and one working day is the usual one.
    """
    day = working_days_after(london_day(submitted_at), 1)
    return london_instant(day, CLOSE_OF_DAY).astimezone(UTC)


def agenda_by(starts_at: datetime, days: DeadlineDays) -> datetime:
    """Return by when the agenda of a MARAC that starts then must be out (UTC): a close of day.

    ``days`` is what its area has set.
    """
    day = working_days_before(london_day(starts_at), days.agenda_days, days.extra_closed)
    return london_instant(day, CLOSE_OF_DAY).astimezone(UTC)


def minutes_by(starts_at: datetime, days: DeadlineDays) -> datetime:
    """Return by when the minutes of a MARAC that starts then must be out (UTC): a close of day.

    ``days`` is what its area has set.
    """
    day = working_days_after(london_day(starts_at), days.minutes_days, days.extra_closed)
    return london_instant(day, CLOSE_OF_DAY).astimezone(UTC)
