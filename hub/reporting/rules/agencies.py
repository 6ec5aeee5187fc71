"""What is counted agency by agency: research and actions on time, and care-experienced people.

All of it hangs on the cases that meetings of a quarter heard. Someone who is on two of these cases
is counted on each, because the worker is to be there each time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hub.kernel.days import london_day
from hub.marac.states import ActionState
from hub.reporting.rules.counting import Counts, Part, together

ON_TIME = "on_time"


class Care(StrEnum):
    """What became of a care-experienced person's leaving care service at a case."""

    WORKER_FOUND = "worker_found"
    INVITED = "invited"
    ATTENDED = "attended"
    SENT_INFORMATION = "sent_information"
    ACTION_GIVEN = "action_given"


@dataclass(frozen=True, kw_only=True, slots=True)
class ResearchFacts:
    """What an agency was asked about a case; ``on`` is the London day of its meeting."""

    on: date
    agency: str
    due_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionFacts:
    """What an agency took on at a case; ``on`` is the London day of its meeting."""

    on: date
    agency: str
    due_on: date
    state: ActionState
    settled_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class CareFacts:
    """A care-experienced person on a case, under the agency whose service is responsible."""

    on: date
    agency: str
    became: frozenset[Care] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class AgencyRow:
    """One agency's counts."""

    agency: str
    counts: Counts


def research_counts(facts: Iterable[ResearchFacts], now: datetime) -> tuple[AgencyRow, ...]:
    """Return by agency how often it was asked, and answered by the deadline.

    What is not due yet and not answered is left out. Silence is not on time.
    """
    due = [one for one in facts if one.answered_at or one.due_at <= now]
    return _rows(
        [
            (one.agency, {ON_TIME: bool(one.answered_at and one.answered_at <= one.due_at)})
            for one in due
        ],
        (ON_TIME,),
    )


def action_counts(facts: Iterable[ActionFacts], today: date) -> tuple[AgencyRow, ...]:
    """Return by agency how many actions should be done, and were by their day in London.

    Left out: what is not due yet, what nobody has accepted, and what circumstances, another action
    or another agency have overtaken, which is nobody's delay.
    """
    found = []
    for one in facts:
        is_late = one.state is ActionState.OPEN and one.due_on < today
        if one.state is ActionState.DONE and one.settled_at is not None:
            found.append((one.agency, {ON_TIME: london_day(one.settled_at) <= one.due_on}))
        elif is_late or one.state is ActionState.NOT_DONE:
            found.append((one.agency, {ON_TIME: False}))
    return _rows(found, (ON_TIME,))


def care_counts(facts: Iterable[CareFacts]) -> tuple[AgencyRow, ...]:
    """Return by agency how many care-experienced people were on cases, and what became of each."""
    said = [(one.agency, {each.value: each in one.became for each in Care}) for one in facts]
    return _rows(said, tuple(each.value for each in Care))


def all_agencies(rows: Iterable[AgencyRow], parts: Iterable[str]) -> Counts:
    """Return the counts of all agencies together."""
    return together((row.counts for row in rows), parts)


def _rows(
    said: Sequence[tuple[str, dict[str, bool]]], parts: tuple[str, ...]
) -> tuple[AgencyRow, ...]:
    agencies = sorted({agency for agency, _ in said}, key=str.casefold)
    return tuple(
        AgencyRow(
            agency=agency,
            counts=Counts(
                whole=sum(one == agency for one, _ in said),
                parts={
                    name: Part(sum(holds[name] for one, holds in said if one == agency))
                    for name in parts
                },
            ),
        )
        for agency in agencies
    )
