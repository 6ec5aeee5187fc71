"""How a deadline is said: what, by which day, and how many working days that is from today."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

from hub.kernel.working_days import is_working_day
from hub.meetings.deadlines import DeadlineDays, Deadlines
from hub.web.phrases import said_wall_time

CUTOFF, AGENDA, RESEARCH, MINUTES = "Referrals", "Agenda", "Research", "Minutes"


@dataclass(frozen=True)
class Due:
    """One deadline in words; ``is_late`` once its day is over."""

    words: str
    is_late: bool = False


def working_days_until(
    day: date, today: date, extra_closed: AbstractSet[date] = frozenset()
) -> int:
    """Return how many working days a day is from today; before today it is a negative number.

    A day is counted when it comes: of Friday and the Monday after, one is one working day away.
    """
    first, last = sorted((today, day))
    count = 0
    while first < last:
        first += timedelta(days=1)
        count += is_working_day(first, extra_closed)
    return count if day >= today else -count


def said_due(
    what: str,
    due_on: date,
    today: date,
    extra_closed: AbstractSet[date] = frozenset(),
    at: str = "",
) -> Due:
    """Return such as "Agenda by Thursday 3 December, in 2 working days".

    ``at`` is the time of the day by which it is due, such as 12:00, where there is one; it is said
    as "midday".
    """
    by = f", {said_wall_time(at)}" if at else ""
    day = f"{due_on:%A} {due_on.day} {due_on:%B}{by}"
    words = f"{what} by {day}, {how_far(due_on, today, extra_closed)}"
    return Due(words, due_on < today)


def how_far(day: date, today: date, extra_closed: AbstractSet[date] = frozenset()) -> str:
    """Return such as "in 2 working days", "today" or "1 working day ago"."""
    if day == today:
        return "today"
    many = abs(working_days_until(day, today, extra_closed))
    said = f"{many} working day{'' if many == 1 else 's'}"
    if day > today:
        return f"in {said}" if many else "before the next working day"
    return f"{said} ago" if many else "since the last working day"


def said_deadlines(found: Deadlines, today: date, days: DeadlineDays) -> tuple[Due, ...]:
    """Return a meeting's deadlines in words, in the order of their days; those before it first."""
    closed = days.extra_closed
    return (
        said_due(CUTOFF, found.cutoff_on, today, closed, found.cutoff_time),
        said_due(AGENDA, found.agenda_on, today, closed),
        said_due(RESEARCH, found.research_on, today, closed),
        said_due(MINUTES, found.minutes_on, today, closed),
    )
