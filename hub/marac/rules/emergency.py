"""When an emergency MARAC starts, and who is rung for it besides the workers who are invited."""

from datetime import datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from hub.kernel.days import london_day, london_instant

LENGTH = timedelta(minutes=60)
"""How long it is planned for; it has one case, which has all of it."""
LATEST = timedelta(hours=26)
"""How far ahead it can start: what can wait for longer goes on an agenda. A product choice; it is
the longest way from a morning to nine on the next, when the clocks go back in between."""
STEP = timedelta(minutes=5)
MORNING = time(9)


class Start(StrEnum):
    """When it starts; the numbers are hours from now."""

    ONE = "1"
    TWO = "2"
    FOUR = "4"
    MORNING = "morning"


class Who(StrEnum):
    """Who is always rung, in the order of the page (domain notes 1.8; the issue, item 1)."""

    POLICE = "police"
    IDVA = "idva"
    CHILDREN = "childrens_services"
    REFERRER = "referrer"


DESK = "desk"
"""The end of the cause of a call to the duty desk behind a worker who is invited."""


def is_to_desk(cause: str) -> bool:
    """Tell whether a call, by its cause, is the one to a worker's duty desk."""
    return cause.rpartition(":")[2] == DESK


def whose_call(cause: str, recipient_id: UUID | None) -> tuple[UUID | None, str]:
    """Return who a call is to, the same for each time that they are rung; by its cause and contact.

    A worker is one whatever invitation it is about; everybody else is named at the cause's end.
    """
    is_worker = recipient_id is not None and not is_to_desk(cause)
    return recipient_id, "" if is_worker else cause.rpartition(":")[2]


class Said(StrEnum):
    """What somebody who was rung says."""

    COMING = "coming"
    NOT_COMING = "not_coming"
    NO_ANSWER = "no_answer"


OUTCOMES = {
    Said.COMING: "They are coming.",
    Said.NOT_COMING: "They cannot come.",
    Said.NO_ANSWER: "Nobody answered.",
}
"""What stands in the record of a call."""


def starts_at(start: Start, now: datetime) -> datetime:
    """Return the instant (UTC) of the start: a round five minutes, no sooner than was chosen.

    In the morning is nine o'clock in London, today if that is still an hour away, else tomorrow.
    """
    if start is not Start.MORNING:
        wanted = now + timedelta(hours=int(start))
        over = timedelta(
            minutes=wanted.minute % 5, seconds=wanted.second, microseconds=wanted.microsecond
        )
        return wanted - over + (STEP if over else timedelta())
    today = london_day(now)
    first = london_instant(today, MORNING)
    if first >= now + timedelta(hours=1):
        return first
    return london_instant(today + timedelta(days=1), MORNING)


def is_soon(starts: datetime, now: datetime) -> bool:
    """Tell whether an instant is one at which an emergency MARAC can start."""
    return now < starts <= now + LATEST
