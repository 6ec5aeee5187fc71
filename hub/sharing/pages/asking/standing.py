"""Where a request stands, and by when it is due, in the words of its asker's pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from hub.sharing.queries.asked_rows import AskedLine
from hub.sharing.rules.clocks import Priority, Times, days_counted
from hub.sharing.states import RequestState
from hub.web.phrases import counted, said_day, said_moment

_S = RequestState

STATES: Mapping[RequestState, tuple[str, str]] = MappingProxyType(
    {
        _S.HELD: ("Held: something is missing", "orange"),
        _S.WITH_HOLDER: ("Waits for an answer", "blue"),
        _S.CLARIFYING: ("You are asked", "orange"),
        _S.ANSWERED: ("Answered", "green"),
        _S.ANSWERED_IN_PART: ("Answered in part", "green"),
        _S.REFUSED: ("Not able to share", "grey"),
        _S.LAPSED: ("Ended: nothing came in time", "grey"),
        _S.WITHDRAWN: ("Withdrawn", "grey"),
    }
)
"""Where a request stands, with the colour of its tag."""

TAKEN_ON = ("Taken on", "blue")


@dataclass(frozen=True)
class Due:
    """When an answer is due, and which days count until then; ``is_late`` once it is past."""

    by: str
    counts: str
    counted_days: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    is_late: bool = False


def standing(line: AskedLine) -> tuple[str, str]:
    """Return where a request stands in words, and a colour."""
    if line.state == RequestState.WITH_HOLDER and line.acknowledged_at is not None:
        return TAKEN_ON
    return STATES[RequestState(line.state)]


def due_of(line: AskedLine, times: Times, now: datetime) -> Due | None:
    """Return when an open request is due; None while it is held, and once it has its end."""
    if line.received_at is None or line.due_at is None:
        return None
    if line.state == RequestState.CLARIFYING and line.paused_at is not None:
        return Due(
            by="Waits for you", counts=f"The clock stands since {said_moment(line.paused_at)}"
        )
    if line.state != RequestState.WITH_HOLDER:
        return None
    is_late = line.due_at < now
    if line.priority == Priority.IMMEDIATE:
        return Due(
            by=said_moment(line.due_at),
            counts="By then they write down what they shared by telephone",
            is_late=is_late,
        )
    if line.priority == Priority.RED:
        return Due(
            by=said_moment(line.due_at),
            counts="Every hour counts, nights and weekends too",
            is_late=is_late,
        )
    days = days_counted(line.received_at, line.due_at, times)
    number = counted(len(days.counted), "working day")
    return Due(
        by=said_moment(line.due_at),
        counts=f"{number} counted after {said_day(line.received_at)}",
        counted_days=tuple(said_day(day) for day in days.counted),
        passed_over=tuple(said_day(day) for day in days.passed_over),
        is_late=is_late,
    )
