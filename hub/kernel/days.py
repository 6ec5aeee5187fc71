"""Days in Europe/London: ages, months, and how days and instants are written and read.

Every rule that speaks of a day means the day in London; an instant is kept in UTC and turned into
a day here. Nothing here asks what day it is: today is always an argument.
"""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"(?P<local>[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2})"
    r"(?:\.(?P<fraction>[0-9]+))?"
    r"(?P<offset>[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)
_MONTHS_IN_YEAR = 12
_MICROSECOND_DIGITS = 6


class NotADayError(ValueError):
    """The text is not a day of the calendar written YYYY-MM-DD."""


class NotAnInstantError(ValueError):
    """The text is not an RFC 3339 instant with ``Z`` or an offset."""


class WallTimeError(ValueError):
    """A London wall time does not stand for one instant."""


class NoSuchWallTimeError(WallTimeError):
    """The clocks in London skip this time on this day."""


class WallTimeTwiceError(WallTimeError):
    """The clocks in London show this time twice on this day, so somebody must say which."""


def london_time(instant: datetime) -> datetime:
    """Return the instant as London's clocks show it.

    Raises ValueError for a datetime without a zone, which is no instant.
    """
    if instant.tzinfo is None:
        msg = "an instant needs a time zone"
        raise ValueError(msg)
    return instant.astimezone(LONDON)


def london_day(instant: datetime) -> date:
    """Return the day of the instant in Europe/London.

    Raises ValueError for a datetime without a zone, which is no instant.
    """
    return london_time(instant).date()


def london_instant(
    day: date, wall_time: time, *, which: Literal["first", "second"] | None = None
) -> datetime:
    """Return the instant (UTC) at which London's clocks show this time on this day.

    ``which`` chooses for a time that exists twice, when the clocks go back; for any other time it
    changes nothing. Raises NoSuchWallTimeError for a time that the clocks skip,
    WallTimeTwiceError for one that exists twice when ``which`` does not say which, and ValueError
    for a time that carries a zone of its own.
    """
    if wall_time.tzinfo is not None:
        msg = "a wall time has no time zone"
        raise ValueError(msg)
    shown = datetime.combine(day, wall_time, LONDON)
    before_change = shown.replace(fold=0).astimezone(UTC)
    after_change = shown.replace(fold=1).astimezone(UTC)

    # Read with the offset from before a change and with the one from after it, a skipped time
    # runs backwards and a doubled one forwards; at any other time the two readings are the same.
    if before_change > after_change:
        msg = f"{wall_time:%H:%M} on {day} does not exist: the clocks go forward"
        raise NoSuchWallTimeError(msg)
    if before_change < after_change and which is None:
        msg = f"{wall_time:%H:%M} on {day} exists twice: the clocks go back"
        raise WallTimeTwiceError(msg)
    return after_change if which == "second" else before_change


def age_on(date_of_birth: date, day: date) -> int:
    """Return the age in whole years on the day; below 0 before birth.

    An age is attained at 00:00 on the birthday; somebody born on 29 February attains it on
    1 March in a common year. Source: the hub's public interface, section 1.
    """
    had_birthday = (day.month, day.day) >= (date_of_birth.month, date_of_birth.day)
    return day.year - date_of_birth.year - (not had_birthday)


def birthday(date_of_birth: date, age: int) -> date:
    """Return the first day on which somebody born on this day has this age.

    Born on 29 February: 1 March in common years. Raises ValueError beyond the calendar's end.
    Source: the hub's public interface, section 1.
    """
    year = date_of_birth.year + age
    month, day = date_of_birth.month, date_of_birth.day
    if (month, day) == (2, 29) and monthrange(year, month)[1] < day:
        return date(year, 3, 1)
    return date(year, month, day)


def months_after(day: date, months: int) -> date:
    """Return the same day number that many months later, clipped to the end of its month.

    Always counted from the first date: 31 December + 2 is 28 February, and + 3 is 31 March.
    Raises ValueError beyond the calendar's end. Source: the hub's public interface, section 1.
    """
    years, month_index = divmod(day.month - 1 + months, _MONTHS_IN_YEAR)
    year, month = day.year + years, month_index + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def parse_day(text: str) -> date:
    """Return the day written ``YYYY-MM-DD``.

    Raises NotADayError for any other form and for a day that no calendar has.
    """
    if _DAY.fullmatch(text) is None:
        msg = "write a date as YYYY-MM-DD"
        raise NotADayError(msg)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        msg = "there is no such day in the calendar"
        raise NotADayError(msg) from error


def format_day(day: date) -> str:
    """Return the day as ``YYYY-MM-DD``."""
    return day.isoformat()


def parse_instant(text: str) -> datetime:
    """Return the instant (UTC) written as RFC 3339 with ``Z`` or an offset, to the microsecond.

    Raises NotAnInstantError for any other form, for a time that no clock shows (leap seconds
    included: none is announced) and for one whose day in London is outside the calendar.
    """
    found = _INSTANT.fullmatch(text)
    if found is None:
        msg = "write an instant as YYYY-MM-DDTHH:MM:SS with Z or an offset such as +01:00"
        raise NotAnInstantError(msg)
    offset = found["offset"].upper().replace("Z", "+00:00")
    fraction = (found["fraction"] or "0")[:_MICROSECOND_DIGITS].ljust(_MICROSECOND_DIGITS, "0")
    try:
        instant = datetime.fromisoformat(f"{found['local'].upper()}.{fraction}{offset}")
        instant = instant.astimezone(UTC)
        london_day(instant)
    except (ValueError, OverflowError) as error:
        msg = "there is no such instant in the calendar"
        raise NotAnInstantError(msg) from error
    return instant


def format_instant(instant: datetime) -> str:
    """Return the instant as RFC 3339 in UTC with ``Z``, with a fraction only where there is one.

    Raises ValueError for a datetime without a zone, which is no instant.
    """
    return london_time(instant).astimezone(UTC).isoformat().replace("+00:00", "Z")
