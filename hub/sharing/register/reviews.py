"""When an agreement is reviewed next, and when somebody is told that a date comes near.

The first review is due six months after the start and the later ones yearly, unless the agreement
says otherwise (sharing notes 3.1; agreement form of a police force). Months are those of the hub's
public interface: always counted from the start, clipped to the end of the month.
"""

from datetime import date
from itertools import count

from hub.kernel.days import months_after

WARN_DAYS = (7, 30, 60)
"""Days before a review or an end from which it is said, each more loudly than the next."""


def first_review(starts_on: date, first_months: int) -> date:
    """Return the day of the first review."""
    return months_after(starts_on, first_months)


def next_review(
    starts_on: date, first_months: int, later_months: int, *, due_on: date, today: date
) -> date:
    """Return the day of the review that follows the one due on ``due_on`` and held today.

    It is the first day of the agreement's own rhythm after both, so that a review held early or
    late moves none of the later ones.
    """
    after = max(due_on, today)
    rhythm = (months_after(starts_on, first_months + later_months * at) for at in count())
    return next(day for day in rhythm if day > after)


def warning(on: date | None, today: date) -> int | None:
    """Return the narrowest of 7, 30 or 60 days within which a day comes, 0 once it has passed.

    None when it is further off, or when there is no such day.
    """
    if on is None:
        return None
    left = (on - today).days
    if left < 0:
        return 0
    return next((days for days in WARN_DAYS if left <= days), None)
