"""The dates on which a series meets: every so often, on working days of its area."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hub.kernel.working_days import is_working_day

MOST_DATES = 262
"""Working days of a year: no more are planned at once."""

WEEK, DECEMBER = 7, 12


class Every(StrEnum):
    """How often a series meets."""

    DAY = "day"
    WEEK = "week"
    TWO_WEEKS = "two_weeks"
    THREE_WEEKS = "three_weeks"
    FOUR_WEEKS = "four_weeks"
    MONTH = "month"
    """On the same weekday of each month, such as its second Tuesday."""


_WEEKS = {Every.WEEK: 1, Every.TWO_WEEKS: 2, Every.THREE_WEEKS: 3, Every.FOUR_WEEKS: 4}


@dataclass(frozen=True)
class Planned:
    """A day on which a series meets, and the day that is not worked instead of which it is."""

    day: date
    instead_of: date | None = None


def dates_of(
    first: date, last: date, every: Every, extra_closed: AbstractSet[date] = frozenset()
) -> tuple[Planned, ...]:
    """Return the days on which a series meets from the first up to and with the last.

    A day that is not worked gives way to the next one that is; with daily meetings it falls out.
    """
    found: dict[date, Planned] = {}
    for day in _regular(first, last, every):
        moved = day
        while not is_working_day(moved, extra_closed):
            moved += timedelta(days=1)
        if moved == day:
            found[day] = Planned(day)
        elif every is not Every.DAY and moved not in found and moved <= last:
            found[moved] = Planned(moved, day)
        if len(found) >= MOST_DATES:
            break
    return tuple(found[day] for day in sorted(found))


def _regular(first: date, last: date, every: Every) -> Iterator[date]:
    if every is Every.MONTH:
        yield from _monthly(first, last)
        return
    step = timedelta(days=WEEK * _WEEKS.get(every, 0) or 1)
    day = first
    while day <= last:
        yield day
        day += step


def _monthly(first: date, last: date) -> Iterator[date]:
    """Yield the same weekday of each month; the fifth is the last one where there are but four."""
    which, year, month = (first.day - 1) // WEEK, first.year, first.month
    while (start := date(year, month, 1)) <= last:
        day = start + timedelta(days=(first.weekday() - start.weekday()) % WEEK + WEEK * which)
        if day.month != month:
            day -= timedelta(days=WEEK)
        if day <= last:
            yield day
        year, month = (year + 1, 1) if month == DECEMBER else (year, month + 1)
