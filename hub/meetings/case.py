"""One person on one item on the day on which it starts, and what can be looked up about them.

The rule of who must be invited asks a handful of questions of a situation, for every person on
every item; here each of them is one look-up, however many workers the service has.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from hub.kernel.days import age_on, london_day
from hub.meetings.situation import (
    Absence,
    Allocation,
    AllocationRole,
    Desk,
    Item,
    ItemRole,
    Person,
    Situation,
    Worker,
)


class Facts:
    """A situation, arranged so that each question of the rule is one look-up."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.persons = {person.id: person for person in situation.persons}
        self.agreements = {service.id: service.agreement for service in situation.services}
        self.managers = {team.id: team.manager for team in situation.teams}
        self.workers = {worker.id: worker for worker in situation.workers}
        self.verified: dict[str, date | None] = {
            **{worker.id: worker.verified_on for worker in situation.workers},
            **{desk.id: desk.verified_on for desk in situation.desks},
        }
        self.conflicts = {(one.recipient, one.person) for one in situation.conflicts}
        self.bars = {(one.recipient, one.item) for one in situation.bars}
        self.desks: dict[str, list[Desk]] = defaultdict(list)
        for desk in situation.desks:
            self.desks[desk.service].append(desk)
        self._absences: dict[str, list[Absence]] = defaultdict(list)
        for absence in situation.absences:
            self._absences[absence.worker].append(absence)
        self._allocations: dict[tuple[str, AllocationRole], list[Allocation]] = defaultdict(list)
        for allocation in situation.allocations:
            self._allocations[allocation.person, allocation.role].append(allocation)

    def absence(self, recipient: str, day: date) -> Absence | None:
        """Return the recipient's absence that covers the day."""
        return next(
            (
                absence
                for absence in self._absences.get(recipient, ())
                if covers(absence.from_on, absence.until_on, day)
            ),
            None,
        )

    def named(self, person: str, role: AllocationRole, day: date) -> Worker | None:
        """Return the worker of the person's allocation in the role that is current on the day."""
        return next(
            (
                self.workers[allocation.worker]
                for allocation in self._allocations.get((person, role), ())
                if covers(allocation.from_on, allocation.until_on, day)
            ),
            None,
        )


@dataclass(frozen=True, kw_only=True)
class Case:
    """One person on one item, on the London day on which the item starts.

    ``with_victim`` and ``with_alleged`` are the workers who have a current allocation, in any
    role, to a victim and to an alleged perpetrator of the item.
    """

    facts: Facts
    item: Item
    day: date
    person: Person
    role: ItemRole
    with_victim: frozenset[str]
    with_alleged: frozenset[str]

    @property
    def age(self) -> int | None:
        """The person's age on the day, None if the date of birth is not known."""
        born = self.person.date_of_birth
        return None if born is None else age_on(born, self.day)

    def named(self, role: AllocationRole) -> Worker | None:
        """Return the person's current worker in the role."""
        return self.facts.named(self.person.id, role, self.day)


def covers(from_on: date | None, until_on: date | None, day: date) -> bool:
    """Tell whether from <= day < until; None leaves that end open."""
    return (from_on is None or from_on <= day) and (until_on is None or day < until_on)


def cases_of(facts: Facts, item: Item) -> Iterator[Case]:
    """Yield a case per person on the item, all on the London day on which it starts."""
    day = london_day(item.starts_at or facts.situation.meeting.starts_at)
    with_victim = _workers_of(facts, item, ItemRole.VICTIM, day)
    with_alleged = _workers_of(facts, item, ItemRole.ALLEGED_PERPETRATOR, day)
    for place in item.people:
        yield Case(
            facts=facts,
            item=item,
            day=day,
            person=facts.persons[place.person],
            role=place.role,
            with_victim=with_victim,
            with_alleged=with_alleged,
        )


def _workers_of(facts: Facts, item: Item, side: ItemRole, day: date) -> frozenset[str]:
    """Return who has a current allocation, in any role, to somebody on this side of the item."""
    named = (
        facts.named(place.person, role, day)
        for place in item.people
        if place.role is side
        for role in AllocationRole
    )
    return frozenset(worker.id for worker in named if worker is not None)
