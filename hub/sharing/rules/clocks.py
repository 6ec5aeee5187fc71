"""By when a request must be acknowledged and answered, and who hears of it when it is not.

The times are product choices from published practice (sharing notes, section 3.8: Surrey Police,
Merton, Lincolnshire Police) and settings of the hub. A red request runs past office hours; all
others count working time only. The clock counts from the instant at which the request was whole,
and stands while the holder waits for the asker.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from hub.kernel.days import london_day, london_instant
from hub.kernel.working_days import is_working_day, working_days_after, working_days_before
from hub.kernel.working_time import USUAL, OfficeDay, after_working_time, working_time_between
from hub.sharing.rules.decision import Approver

_NONE_CLOSED: frozenset[date] = frozenset()
WARN_AT = 0.75
"""The part of the time after which the holder is reminded."""


class Priority(StrEnum):
    """How soon an answer is needed."""

    IMMEDIATE = "immediate"
    """Somebody is in danger now: it is shared by telephone and written down afterwards."""
    RED = "red"
    AMBER = "amber"
    RESEARCH = "marac_research"
    ROUTINE = "routine"


@dataclass(frozen=True, kw_only=True)
class Times:
    """The settings of the clocks, with their defaults."""

    office: OfficeDay = USUAL
    extra_closed: AbstractSet[date] = _NONE_CLOSED
    immediate_minutes: int = 15
    """Until the on-call manager is rung."""
    record_days: int = 1
    """Working days until what was shared in danger is written down."""
    red_acknowledge_minutes: int = 30
    red_answer_hours: int = 4
    amber_acknowledge_hours: int = 4
    amber_answer_hours: int = 24
    routine_acknowledge_days: int = 1
    routine_answer_days: int = 5
    routine_second_days: int = 8
    routine_ceiling_days: int = 10
    research_days_before: int = 3


class Said(StrEnum):
    """What is done when a clock's stage is reached."""

    REMIND = "remind"
    """The holder's desk is reminded."""
    ESCALATE = "escalate"


@dataclass(frozen=True, kw_only=True)
class Stage:
    """At an instant (UTC) somebody hears that the request waits; ``to`` is None for a reminder."""

    at: datetime
    said: Said
    to: Approver | None = None


@dataclass(frozen=True, kw_only=True)
class Deadlines:
    """When a request must be acknowledged and answered (UTC), and the stages on the way."""

    acknowledge_by: datetime
    answer_by: datetime
    stages: tuple[Stage, ...]


def deadlines(
    priority: Priority, received_at: datetime, times: Times, meeting_at: datetime | None = None
) -> Deadlines:
    """Return the deadlines of a request that was whole at ``received_at`` (UTC).

    Research for a meeting is due some working days before it, and never before now; without a
    meeting it is routine. Stages come in the order of their instants.
    """
    count = _Counting(received_at, times)
    match priority:
        case Priority.IMMEDIATE:
            return _immediate(count)
        case Priority.RED:
            return _red(count)
        case Priority.AMBER:
            acknowledge = count.working_hours(times.amber_acknowledge_hours)
            answer = count.working_hours(times.amber_answer_hours)
            return _usual(count, acknowledge, answer, (Approver.MANAGER,))
        case Priority.RESEARCH if meeting_at is not None:
            acknowledge = count.working_days(times.routine_acknowledge_days)
            answer = max(received_at, _days_before(meeting_at, times))
            return _usual(count, min(acknowledge, answer), answer, (Approver.MANAGER,))
        case _:
            return _routine(count)


@dataclass(frozen=True)
class _Counting:
    """Counts from one instant."""

    start: datetime
    times: Times

    def working_hours(self, hours: float) -> datetime:
        return self.working(timedelta(hours=hours))

    def working(self, span: timedelta) -> datetime:
        return after_working_time(self.start, span, self.times.office, self.times.extra_closed)

    def working_days(self, days: int) -> datetime:
        """Return the close of the n-th working day after the day of receipt."""
        day = working_days_after(london_day(self.start), days, self.times.extra_closed)
        return london_instant(day, self.times.office.closes)

    def part_of(self, end: datetime) -> datetime:
        """Return when three quarters of the working time until the end have passed."""
        whole = working_time_between(self.start, end, self.times.office, self.times.extra_closed)
        return min(self.working(whole * WARN_AT), end)


def _immediate(count: _Counting) -> Deadlines:
    record_by = count.working_days(count.times.record_days)
    rung = count.start + timedelta(minutes=count.times.immediate_minutes)
    return Deadlines(
        acknowledge_by=count.start,
        answer_by=record_by,
        stages=_in_order(
            Stage(at=rung, said=Said.ESCALATE, to=Approver.MANAGER),
            Stage(at=count.part_of(record_by), said=Said.REMIND),
            Stage(at=record_by, said=Said.ESCALATE, to=Approver.SAFEGUARDING_LEAD),
        ),
    )


def _red(count: _Counting) -> Deadlines:
    whole = timedelta(hours=count.times.red_answer_hours)
    answer_by = count.start + whole
    return Deadlines(
        acknowledge_by=count.start + timedelta(minutes=count.times.red_acknowledge_minutes),
        answer_by=answer_by,
        stages=_in_order(
            Stage(
                at=count.start + timedelta(minutes=count.times.red_acknowledge_minutes),
                said=Said.REMIND,
            ),
            Stage(at=count.start + whole * WARN_AT, said=Said.ESCALATE, to=Approver.MANAGER),
            Stage(at=answer_by, said=Said.ESCALATE, to=Approver.SAFEGUARDING_LEAD),
        ),
    )


def _usual(
    count: _Counting, acknowledge_by: datetime, answer_by: datetime, hear: tuple[Approver, ...]
) -> Deadlines:
    return Deadlines(
        acknowledge_by=acknowledge_by,
        answer_by=answer_by,
        stages=_in_order(
            Stage(at=count.part_of(answer_by), said=Said.REMIND),
            *(Stage(at=answer_by, said=Said.ESCALATE, to=who) for who in hear),
        ),
    )


def _routine(count: _Counting) -> Deadlines:
    times = count.times
    answer_by = count.working_days(times.routine_answer_days)
    usual = _usual(
        count,
        count.working_days(times.routine_acknowledge_days),
        answer_by,
        (Approver.MANAGER,),
    )
    return Deadlines(
        acknowledge_by=usual.acknowledge_by,
        answer_by=answer_by,
        stages=_in_order(
            *usual.stages,
            Stage(
                at=count.working_days(times.routine_second_days),
                said=Said.ESCALATE,
                to=Approver.ASSET_OWNER,
            ),
            Stage(
                at=count.working_days(times.routine_ceiling_days),
                said=Said.ESCALATE,
                to=Approver.SIRO,
            ),
        ),
    )


def _days_before(meeting_at: datetime, times: Times) -> datetime:
    day = working_days_before(
        london_day(meeting_at), times.research_days_before, times.extra_closed
    )
    return london_instant(day, times.office.closes)


def _in_order(*stages: Stage) -> tuple[Stage, ...]:
    return tuple(sorted(stages, key=lambda stage: stage.at))


def resumed(
    due: datetime, paused_at: datetime, now: datetime, priority: Priority, times: Times
) -> datetime:
    """Return when something is due (UTC) whose clock stood from ``paused_at`` until now.

    What was left then is left now, in the kind of time that the priority counts. What was overdue
    when it was paused stays as it was.
    """
    if due <= paused_at:
        return due
    if priority in {Priority.RED, Priority.IMMEDIATE}:
        return due + (now - paused_at)
    left = working_time_between(paused_at, due, times.office, times.extra_closed)
    return after_working_time(now, left, times.office, times.extra_closed)


@dataclass(frozen=True)
class Counted:
    """The days that a deadline counts, and those it passes over, for a page that shows them."""

    counted: tuple[date, ...]
    passed_over: tuple[date, ...]


def days_counted(received_at: datetime, due_at: datetime, times: Times) -> Counted:
    """Return the days in London from the one after receipt to the due day, counted or not."""
    day, last = london_day(received_at), london_day(due_at)
    days = [day + timedelta(days=after) for after in range(1, max(0, (last - day).days) + 1)]
    return Counted(
        counted=tuple(one for one in days if is_working_day(one, times.extra_closed)),
        passed_over=tuple(one for one in days if not is_working_day(one, times.extra_closed)),
    )


def office_day(opens: str, closes: str) -> OfficeDay:
    """Return the office day from two wall times ``HH:MM``. Raises ValueError."""
    return OfficeDay(time.fromisoformat(opens), time.fromisoformat(closes))
