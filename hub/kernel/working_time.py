"""Working time: the hours in which offices are open, counted to the minute.

A clock of so many working hours stands still at night, at weekends and on bank holidays of
England. Hours are London wall time, so a day on which the clocks change is as long as any other.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from hub.kernel.days import london_day, london_instant
from hub.kernel.working_days import is_working_day

_NONE_CLOSED: frozenset[date] = frozenset()
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class OfficeDay:
    """When offices open and close, London wall time; ``closes`` is after ``opens``.

    The clocks change between 1 and 2 in the morning: neither may lie there.
    """

    opens: time = time(9)
    closes: time = time(17)

    @property
    def length(self) -> timedelta:
        """The working time of one day."""
        return timedelta(
            hours=self.closes.hour - self.opens.hour, minutes=self.closes.minute - self.opens.minute
        )


USUAL = OfficeDay()


def after_working_time(
    start: datetime,
    span: timedelta,
    office: OfficeDay = USUAL,
    extra_closed: AbstractSet[date] = _NONE_CLOSED,
) -> datetime:
    """Return the first instant (UTC) by which so much working time has passed since ``start``.

    A span of nothing ends where it starts. What ends exactly at closing time is due then, not the
    next morning. Raises ValueError for a negative span or a ``start`` without a zone.
    """
    if span < timedelta():
        msg = "working time is not negative"
        raise ValueError(msg)
    if not span:
        return start
    left = span
    for opens, closes in _stretches(start, office, extra_closed):
        begins = max(opens, start)
        if left <= closes - begins:
            return begins + left
        left -= closes - begins
    raise AssertionError("working days never end")  # pragma: no cover - the calendar is endless


def working_time_between(
    start: datetime,
    end: datetime,
    office: OfficeDay = USUAL,
    extra_closed: AbstractSet[date] = _NONE_CLOSED,
) -> timedelta:
    """Return how much working time lies between two instants; nothing when the end comes first."""
    total = timedelta()
    for opens, closes in _stretches(start, office, extra_closed):
        if opens >= end:
            break
        total += max(timedelta(), min(closes, end) - max(opens, start))
    return total


def _stretches(
    start: datetime, office: OfficeDay, extra_closed: AbstractSet[date]
) -> Iterator[tuple[datetime, datetime]]:
    """Yield opening and closing (UTC) of each working day that is not over at the start."""
    day = london_day(start)
    while True:
        if is_working_day(day, extra_closed):
            closes = london_instant(day, office.closes)
            if closes > start:
                yield london_instant(day, office.opens), closes
        day += _ONE_DAY
