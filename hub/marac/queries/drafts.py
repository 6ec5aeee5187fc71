"""What an agenda shows beside its cases as it stands now: marks, and what comes before them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from hub.db.units import UnitOfWork
from hub.marac.queries.areas import deadline_days, rules_and_last
from hub.marac.queries.marks import mark_facts
from hub.marac.queries.openings import Lapsing, Overdue, lapsing_at, overdue_at
from hub.marac.rules.marks import in_words, marks_of
from hub.meetings.deadlines import DeadlineDays
from hub.meetings.models import Meeting


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Marks by item, in words that may hold those of the label pack; actions; flags that end."""

    marks: Mapping[UUID, tuple[str, ...]]
    days: DeadlineDays
    """What the area has set about deadlines."""
    overdue: tuple[Overdue, ...]
    lapsing: tuple[Lapsing, ...]


def draft_of(uow: UnitOfWork, meeting: Meeting) -> Draft:
    """Return what stands beside the cases of a meeting that was opened."""
    rules, last = rules_and_last(uow, meeting)
    return Draft(
        marks={
            item: tuple(in_words(mark, facts.from_area) for mark in marks_of(facts))
            for item, facts in mark_facts(uow, meeting, rules).items()
        },
        days=deadline_days(rules),
        overdue=overdue_at(uow, meeting.area_id, uow.today),
        lapsing=lapsing_at(uow, meeting, rules, last),
    )
