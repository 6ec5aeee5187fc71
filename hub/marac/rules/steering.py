"""What the steering group is shown of actions that were not done: agencies, ages and references.

Persistent non-completion goes to the steering group (domain notes 1.11, line 41 of section 6).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.kernel.days import months_after
from hub.marac.rules.actions import ESCALATE_AFTER, is_overdue
from hub.marac.states import ActionState

OLD = 28
"""Days overdue from which an action is in the oldest band."""

REPEATED, MEETINGS = 3, 2
"""So many actions, of so many meetings, within a year make it repeated: a product choice."""

YEAR = 12


@dataclass(frozen=True, kw_only=True)
class Undone:
    """An action that was not done, without anybody's name and without its words."""

    id: UUID
    reference: str
    case: str
    agency_id: UUID
    agency: str
    meeting_id: UUID
    due_on: date
    state: ActionState

    def days_overdue(self, today: date) -> int:
        """Return by how many days it is overdue; 0 for one that is settled or not due."""
        return (today - self.due_on).days if is_overdue(self.state, self.due_on, today) else 0


@dataclass(frozen=True, kw_only=True)
class AgencyUndone:
    """How one agency stands: overdue by age, said not to be done in a year, and whether again."""

    agency: str
    under_two_weeks: int
    under_four_weeks: int
    older: int
    not_done: int
    is_repeated: bool


@dataclass(frozen=True, kw_only=True)
class AgencyTotals:
    """What became of the actions that one agency had, or all of them together, in a year.

    What was superseded, given to somebody else or declined is nobody's any more and not counted.
    """

    agency: str
    done: int = 0
    not_possible: int = 0
    not_done: int = 0
    waiting: int = 0

    @property
    def all(self) -> int:
        """How many actions the agency had."""
        return self.done + self.not_possible + self.not_done + self.waiting


TOTAL_OF = {
    ActionState.DONE: "done",
    ActionState.NOT_POSSIBLE: "not_possible",
    ActionState.NOT_DONE: "not_done",
    ActionState.PROPOSED: "waiting",
    ActionState.OPEN: "waiting",
}


def totals(counts: Iterable[tuple[str, ActionState, int]], whole: str) -> tuple[AgencyTotals, ...]:
    """Return the totals by agency in order of name, and last of all of them under ``whole``.

    ``counts`` are how many actions of an agency are in a state. Without any action: nothing.
    """
    of: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for agency, state, number in counts:
        if state in TOTAL_OF:
            of[agency][TOTAL_OF[state]] += number
    rows = [AgencyTotals(agency=agency, **of[agency]) for agency in sorted(of)]
    kinds = set(TOTAL_OF.values())
    together = {kind: sum(getattr(row, kind) for row in rows) for kind in kinds}
    return (*rows, AgencyTotals(agency=whole, **together)) if rows else ()


def by_agency(actions: Iterable[Undone], today: date) -> tuple[AgencyUndone, ...]:
    """Return how the agencies stand, those that have most that is old first."""
    of: dict[UUID, list[Undone]] = defaultdict(list)
    for one in actions:
        of[one.agency_id].append(one)
    found = [_standing(rows, today) for rows in of.values()]
    shown = [one for one in found if one is not None]
    return tuple(sorted(shown, key=lambda one: (-one.older, -one.under_four_weeks, one.agency)))


def gone_up(actions: Iterable[Undone], today: date) -> tuple[Undone, ...]:
    """Return what is long overdue, the longest first."""
    long = [one for one in actions if one.days_overdue(today) >= ESCALATE_AFTER.days]
    return tuple(sorted(long, key=lambda one: (one.due_on, one.reference)))


def _standing(rows: list[Undone], today: date) -> AgencyUndone | None:
    ages = [age for one in rows if (age := one.days_overdue(today))]
    since = months_after(today, -YEAR)
    not_done = [
        one for one in rows if one.state is ActionState.NOT_DONE and since <= one.due_on <= today
    ]
    if not ages and not not_done:
        return None
    two = ESCALATE_AFTER.days
    counted = [*not_done, *gone_up(rows, today)]
    meetings = {one.meeting_id for one in counted}
    return AgencyUndone(
        agency=rows[0].agency,
        under_two_weeks=sum(age < two for age in ages),
        under_four_weeks=sum(two <= age < OLD for age in ages),
        older=sum(age >= OLD for age in ages),
        not_done=len(not_done),
        is_repeated=len(counted) >= REPEATED and len(meetings) >= MEETINGS,
    )
