"""Working days of England: Monday to Friday, without the bank holidays of England and Wales.

Source of the days: GOV.UK's list of bank holidays for England and Wales, substitute and one-off
days included, as carried by the ``holidays`` package. It knows the days that have been announced;
for later years it has the regular ones.
"""

from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

_SATURDAY = 5
_NONE_CLOSED: frozenset[date] = frozenset()


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Return the bank holidays of England in the year.

    The package's own calendar fills itself while it is read, which two threads must not do at
    once; a finished set per year cannot be seen half filled.
    """
    return frozenset(country_holidays("GB", subdiv="ENG", years=year, expand=False))


def is_working_day(day: date, extra_closed: AbstractSet[date] = _NONE_CLOSED) -> bool:
    """Tell whether the day is worked: Monday to Friday, no bank holiday, not among extra_closed."""
    return (
        day.weekday() < _SATURDAY and day not in bank_holidays(day.year) and day not in extra_closed
    )


def working_days_after(day: date, n: int, extra_closed: AbstractSet[date] = _NONE_CLOSED) -> date:
    """Return the n-th working day after the day, which is itself never counted; n = 0 is the day.

    Raises ValueError for a negative n and OverflowError beyond the calendar's end.
    Source: the hub's public interface, section 1.
    """
    return _step(day, n, timedelta(days=1), extra_closed)


def working_days_before(day: date, n: int, extra_closed: AbstractSet[date] = _NONE_CLOSED) -> date:
    """Return the n-th working day before the day, which is itself never counted; n = 0 is the day.

    Raises ValueError for a negative n and OverflowError beyond the calendar's start.
    Source: the hub's public interface, section 1.
    """
    return _step(day, n, timedelta(days=-1), extra_closed)


def _step(day: date, n: int, one: timedelta, extra_closed: AbstractSet[date]) -> date:
    if n < 0:
        msg = "a number of working days is 0 or more"
        raise ValueError(msg)
    while n:
        day += one
        n -= is_working_day(day, extra_closed)
    return day
