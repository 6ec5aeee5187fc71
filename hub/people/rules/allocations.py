"""Who may be whose worker and when: no two at once in one role, and an alarm for every gap.

Days are half-open: the first day counts, the day of ``until_on`` does not.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from hub.agencies.rules.cover import Refusal
from hub.kernel.days import age_on
from hub.people.rules.stages import (
    END_AGE,
    HAND_OVER_AGE,
    hand_over_on,
    is_minor_with_social_worker,
    turns_within,
)
from hub.people.states import SupportStatus, WorkerRole

DUTY_DESK = "duty_desk"
SOCIAL_WORKER = "social_worker"
SOON = timedelta(weeks=12)
"""How long before a hand-over or a gap people are told of it."""


@dataclass(frozen=True)
class Span:
    """One allocation: a worker in a role from a day until (not including) another; None: open."""

    id: UUID
    worker_id: UUID
    role: WorkerRole
    from_on: date
    until_on: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether the worker has the role on the day."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)

    def meets(self, other: "Span") -> bool:
        """Tell whether both count on some same day."""
        ends_first = self.until_on is not None and self.until_on <= other.from_on
        begins_last = other.until_on is not None and other.until_on <= self.from_on
        return not ends_first and not begins_last


@dataclass(frozen=True)
class WorkerFacts:
    """What the rules know of somebody in the directory who may be allocated."""

    id: UUID
    role: str
    service_id: UUID | None
    works_from: date | None = None
    works_until: date | None = None
    is_leaving_care: bool = False
    """Whether their service is one of leaving care; not asked where it does not matter."""

    def has_left(self, day: date) -> bool:
        """Tell whether the worker no longer works there on the day."""
        return self.works_until is not None and self.works_until <= day


@dataclass(frozen=True)
class AllocationPlan:
    """What an allocation means for those already there: which of them end, and on which day."""

    shortened: tuple[tuple[UUID, date], ...] = ()
    refusal: Refusal | None = None


def worker_refusal(worker: WorkerFacts | None, role: WorkerRole, from_on: date) -> Refusal | None:
    """Say why somebody cannot be allocated in the role from the day, or None.

    An invitation and what it discloses go to whoever is named, so nobody of another kind of agency
    can be. Source: the hub's public interface, section 6: the named worker is a person of a
    service, and a duty desk is a rung of its own.
    """
    if worker is None:
        return Refusal("worker", "This choice is no longer there. Choose again")
    if why := _unfit(worker, role):
        return Refusal("worker", why)
    if worker.has_left(from_on):
        return Refusal("worker", "This person no longer works there on the first day. Choose again")
    if worker.works_from is not None and worker.works_from > from_on:
        return Refusal("from_on", "First day must not be before this person begins to work there")
    return None


def _unfit(worker: WorkerFacts, role: WorkerRole) -> str | None:
    """Say what in the directory keeps somebody from the role, on whatever day."""
    if worker.role == DUTY_DESK:
        return "Choose a named person, not a duty desk"
    if worker.service_id is None:
        return "This person belongs to no service. Mend their directory entry"
    if role is WorkerRole.LEAVING_CARE_WORKER and not worker.is_leaving_care:
        return "Choose somebody who works for a leaving care service"
    if role is WorkerRole.SOCIAL_WORKER and worker.role != SOCIAL_WORKER:
        return "Choose somebody whom the directory has as a social worker"
    return None


def plan_allocation(
    wanted: Span, present: Iterable[Span], *, end_previous: bool = False
) -> AllocationPlan:
    """Say whether the allocation can be made beside those of the person that are there.

    With ``end_previous`` one of the same role that began earlier ends where the new one begins;
    one that began on the same day or later always stands in the way.
    """
    if wanted.until_on is not None and wanted.until_on <= wanted.from_on:
        return AllocationPlan(refusal=Refusal("until_on", "Last day must be after the first day"))
    shortened = []
    for other in present:
        if other.id == wanted.id or other.role is not wanted.role or not other.meets(wanted):
            continue
        if not end_previous or other.from_on >= wanted.from_on:
            return AllocationPlan(refusal=Refusal("from_on", _taken(other)))
        shortened.append((other.id, wanted.from_on))
    return AllocationPlan(shortened=tuple(shortened))


def _taken(other: Span) -> str:
    until = f" to {_day(other.until_on)}" if other.until_on else ""
    return (
        f"Somebody already has this role from {_day(other.from_on)}{until}. Choose another first"
        " day, or end that allocation"
    )


def end_refusal(span: Span, until_on: date) -> Refusal | None:
    """Say why an allocation cannot end on the day, or None."""
    if until_on <= span.from_on:
        return Refusal("until_on", f"This must be after {_day(span.from_on)}, the first day")
    if span.until_on is not None and until_on > span.until_on:
        return Refusal("until_on", f"It ends on {_day(span.until_on)} already. Allocate anew")
    return None


def current(spans: Iterable[Span], role: WorkerRole, day: date) -> Span | None:
    """Return the allocation in the role that counts on the day; there is never more than one."""
    return next((span for span in spans if span.role is role and span.covers(day)), None)


@dataclass(frozen=True)
class Alarm:
    """Something about a person's workers that somebody must put right."""

    code: str
    words: str


@dataclass(frozen=True)
class Standing:
    """What the alarms look at besides the allocations."""

    born: date | None
    support_status: SupportStatus
    has_service: bool


def alarms(
    standing: Standing,
    spans: Sequence[Span],
    workers: Mapping[UUID, WorkerFacts],
    day: date,
) -> tuple[Alarm, ...]:
    """Return what is wrong, or soon will be, with who works with the person; worst first.

    Nobody who has died has alarms. Sources: domain notes, section 2 rows 4, 11, 20 and 21.
    """
    if standing.support_status is SupportStatus.DIED:
        return ()
    return (
        *_named_worker_alarms(standing, spans, workers, day),
        *_social_worker_alarms(standing, spans, workers, day),
        *_record_alarms(standing, day),
    )


def _named_worker_alarms(
    standing: Standing, spans: Sequence[Span], workers: Mapping[UUID, WorkerFacts], day: date
) -> Iterable[Alarm]:
    named = current(spans, WorkerRole.LEAVING_CARE_WORKER, day)
    if named is None:
        if standing.support_status is SupportStatus.ALLOCATED:
            yield Alarm("no_named_worker", "Nobody is named as {w.worker} today")
        return
    worker = workers.get(named.worker_id)
    if worker is not None and worker.has_left(day):
        yield Alarm("worker_left", "The {w.worker} no longer works there")
    gap = _gap_after(named, spans, worker)
    is_ours = standing.support_status is SupportStatus.ALLOCATED
    if gap is not None and day < gap <= day + SOON and is_ours:
        yield Alarm("gap_ahead", f"From {_day(gap)} nobody is named as {{w.worker}}")


def _gap_after(named: Span, spans: Sequence[Span], worker: WorkerFacts | None) -> date | None:
    """Return the first day after the named worker's on which nobody has the role."""
    leaves = worker.works_until if worker else None
    ends = min((day for day in (named.until_on, leaves) if day), default=None)
    if ends is None or current(spans, named.role, ends) not in (None, named):
        return None
    return ends


def _social_worker_alarms(
    standing: Standing, spans: Sequence[Span], workers: Mapping[UUID, WorkerFacts], day: date
) -> Iterable[Alarm]:
    social = current(spans, WorkerRole.SOCIAL_WORKER, day)
    born, adult_on = standing.born, hand_over_on(standing.born)
    if is_minor_with_social_worker(born, day) and social is None:
        yield Alarm("no_social_worker", "Under 18 without a social worker")
    if social is None:
        return
    worker = workers.get(social.worker_id)
    if worker is not None and worker.has_left(day):
        yield Alarm("social_worker_left", "The social worker no longer works there")
    if born is None or adult_on is None or (social.until_on and social.until_on <= adult_on):
        return
    if day >= adult_on:
        yield Alarm("hand_over_late", "Over 18, and the social worker's allocation still runs")
    elif turns_within(born, HAND_OVER_AGE, day, SOON):
        words = f"Hand-over at 18 on {_day(adult_on)}: the social worker's allocation runs past it"
        yield Alarm("hand_over_due", words)


def _record_alarms(standing: Standing, day: date) -> Iterable[Alarm]:
    if not standing.has_service:
        yield Alarm("no_responsible_service", "No {w.service} is responsible")
    if standing.born is None:
        yield Alarm("date_of_birth_unknown", "The date of birth is not known")
    elif (
        standing.support_status is SupportStatus.ALLOCATED and age_on(standing.born, day) >= END_AGE
    ):
        yield Alarm("ended_at_25", "25 or over, and support still runs")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
