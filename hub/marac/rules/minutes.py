"""When minutes can be approved, and what an approval settles.

Minutes are the record as it stood; approved, they are never changed, only added to (issue 4, item
7; domain notes 1.10).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from hub.kernel.days import london_instant
from hub.marac.states import HearingState

ENDED = frozenset({HearingState.HEARD, HearingState.NOTED, HearingState.PUT_BACK})
LONGEST_ADDENDUM = 4000
MORNING = time(9)
CHASE_EVERY = timedelta(days=1)
APPROVE_WITHIN = timedelta(days=1)
"""How long a draft lies before its chair is asked for it, if the deadline does not come first."""

MINUTES_WANTED = timedelta(days=28)
"""For how long after a MARAC its minutes are asked for: a product choice."""


@dataclass(frozen=True)
class Approval:
    """Whether minutes can be approved, by which rule, and what stands in the way."""

    allowed: bool
    rule: str
    reasons: tuple[str, ...] = ()


def may_approve(
    drafted: Mapping[str, Any], now: Mapping[str, Any], shown: Collection[str]
) -> Approval:
    """Decide whether a draft can be approved: it says what the record says, and all is dealt with.

    ``shown`` are the ids of the cases that the approver may see: no other is spoken of.
    """
    if drafted != now:
        reason = "The record was changed since this draft. Draft the minutes again and read them."
        return Approval(allowed=False, rule="changed_since", reasons=(reason,))
    waiting = [case["reference"] for case in unended(drafted["cases"]) if case["item"] in shown]
    if waiting:
        reason = f"End, note or put back these cases first: {', '.join(waiting)}."
        return Approval(allowed=False, rule="not_dealt_with", reasons=(reason,))
    return Approval(allowed=True, rule="approved")


def unended(cases: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Return the cases that the meeting has not dealt with."""
    return tuple(case for case in cases if case["state"] not in ENDED)


def is_settled(contents: Mapping[str, Any], item_id: str) -> bool:
    """Tell whether approved minutes hold a case as dealt with: its record stands as it is."""
    cases = [case for case in contents["cases"] if case["item"] == item_id]
    return bool(cases) and not unended(cases)


def minutes_chase_at(
    due_on: date, drafted_at: datetime | None, last_at: datetime | None
) -> datetime:
    """Return when minutes that are not approved are asked for (UTC).

    ``due_on`` is the area's own deadline, a London day: whoever they wait for is asked the morning
    after it, a chair with a draft a day after it was written if that is sooner, then every day.
    """
    first = london_instant(due_on + timedelta(days=1), MORNING)
    if drafted_at is not None:
        first = min(first, drafted_at + APPROVE_WITHIN)
    return first if last_at is None else max(first, last_at + CHASE_EVERY)
