"""An area's settings as the rules take them; what an area has not set has the usual value."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from hub.kernel.days import london_day, london_instant
from hub.marac.clocks import AreaClocks, MeetingClock, RepeatDefinition, meeting_clock
from hub.meetings.rules import Waits

USUAL_STATEMENT = (
    "What is said here is confidential. It is shared so that people are kept safe, and for nothing "
    "else. It is not passed on without the agreement of whoever gave it. Papers are kept as "
    "securely as the agency's own most sensitive records. The alleged perpetrator is not told that "
    "the case was discussed. Everybody is treated with respect."
)


LOWEST_THRESHOLD = 2
"""With less nothing at all would be withheld in a copy to pass on: a product choice."""

QUORUM_WORDS = {
    "police": "Police",
    "idva": "Idva service",
    "childrens_services": "Children's services",
    "adult_services": "Adult services",
    "housing": "Housing",
    "probation": "Probation",
    "substance_misuse": "Substance misuse service",
    "health": "Health",
    "mental_health": "Mental health service",
    "education": "Education",
}
"""Who can be set as needed at a meeting. Source: domain notes 1.8, the nine core agencies."""


class Shape(StrEnum):
    """How an area deals with its cases."""

    MEETING = "meeting"
    DAILY = "daily"
    CLOSING = "closing"
    """By closing date: information is gathered and actions agreed without a meeting."""


@dataclass(frozen=True, kw_only=True)
class AreaRules:
    """What one area has set, or the usual values. Source of these: domain notes, section 1."""

    shape: Shape = Shape.MEETING
    clocks: AreaClocks = field(default_factory=lambda: AreaClocks(id=""))
    cutoff_time: time = time(12)
    action_hours: int = 24
    waits: Waits = field(default_factory=Waits)
    """How long a worker's silence lasts before the next on the ladder is asked."""
    emergency_hours: int = 2
    quorum: tuple[str, ...] = ("police", "idva", "childrens_services", "health")
    chase_days: tuple[int, ...] = (3, 1)
    not_asked: frozenset[UUID] = frozenset()
    steering: frozenset[UUID] = frozenset()
    """Accounts that hear, for the steering group, of what is long overdue."""
    retention_years: int = 7
    suppress_below: int = 5
    """Counts under this are withheld in what can be passed on: ``LOWEST_THRESHOLD`` or more."""
    adult_females: int | None = None
    own_statement: str | None = None
    """The area's own confidentiality statement; None for the usual words."""

    @property
    def statement(self) -> str:
        """The confidentiality statement that everybody accepts."""
        return self.own_statement or USUAL_STATEMENT


def days_from(text: str) -> frozenset[date]:
    """Return the closed days from their JSON."""
    return frozenset(date.fromisoformat(day) for day in json.loads(text))


def clocks_of(
    *,
    area_id: str,
    repeat_definition: str,
    extra_closed_days: str,
    repeat_across_areas: bool,
    counts: dict[str, int],
) -> AreaClocks:
    """Return an area's clocks; ``counts`` are its months and working days by name."""
    return AreaClocks(
        id=area_id,
        repeat_definition=RepeatDefinition(repeat_definition),
        repeat_across_areas=repeat_across_areas,
        extra_closed_days=days_from(extra_closed_days),
        **counts,
    )


def deadlines_of(rules: AreaRules, starts_at: datetime) -> MeetingClock:
    """Return the days on which the steps of a meeting are due in the area."""
    return meeting_clock(rules.clocks, "", starts_at)


def cutoff_at(rules: AreaRules, starts_at: datetime) -> datetime:
    """Return the instant (UTC) after which a referral is late for the meeting."""
    return london_instant(deadlines_of(rules, starts_at).cutoff_on, rules.cutoff_time)


def is_late(rules: AreaRules, submitted_at: datetime, starts_at: datetime) -> bool:
    """Tell whether a referral came after the meeting's cut-off."""
    return submitted_at > cutoff_at(rules, starts_at)


def actions_by(rules: AreaRules, ended_at: datetime) -> datetime:
    """Return by when actions are with their owners (UTC)."""
    return ended_at + timedelta(hours=rules.action_hours)


def missing_from_quorum(rules: AreaRules, present: Iterable[str]) -> tuple[str, ...]:
    """Return who should be there and is not, in the area's order. It warns and never blocks."""
    there = set(present)
    return tuple(one for one in rules.quorum if one not in there)


def heard_day(starts_at: datetime) -> date:
    """Return the day in London on which a meeting falls."""
    return london_day(starts_at)
