"""A situation to start from: one young person, her worker, and a full ladder behind the worker.

Everybody can be reached; a test takes it and changes the one thing that it is about. The meeting
is at noon in London on 1 July 2026, seen from 20 June.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from hub.meetings.situation import (
    Allocation,
    AllocationRole,
    CareStatus,
    Desk,
    Item,
    ItemRole,
    Meeting,
    MeetingKind,
    Person,
    PersonOnItem,
    Service,
    Situation,
    SupportStatus,
    Team,
    Worker,
)
from hub.sharing.states import AgreementState

_T = TypeVar("_T", Worker, Desk)

AS_OF = date(2026, 6, 20)
DAY = date(2026, 7, 1)
NOON = datetime(2026, 7, 1, 11, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)

LCW = AllocationRole.LEAVING_CARE_WORKER
SW = AllocationRole.SOCIAL_WORKER
VICTIM, ALLEGED = ItemRole.VICTIM, ItemRole.ALLEGED_PERPETRATOR

EXAMPLE: dict[str, Any] = {
    "version": 1,
    "situations": [
        {
            "id": "s1",
            "as_of": "2026-06-20",
            "meeting": {"kind": "marac", "starts_at": "2026-06-30T23:30:00Z"},
            "services": [{"id": "lc", "agreement": "in_force"}],
            "desks": [{"id": "desk", "service": "lc", "verified_on": "2026-05-01"}],
            "workers": [{"id": "w", "service": "lc", "verified_on": "2026-06-01"}],
            "allocations": [
                {
                    "person": "p",
                    "worker": "w",
                    "role": "leaving_care_worker",
                    "from": "2025-01-01",
                }
            ],
            "absences": [{"worker": "w", "from": "2026-07-01", "until": "2026-07-08"}],
            "persons": [
                {
                    "id": "p",
                    "date_of_birth": "2008-07-01",
                    "care_status": "care_experienced",
                    "support_status": "allocated",
                    "service": "lc",
                }
            ],
            "items": [{"id": "i1", "people": [{"person": "p", "role": "victim"}]}],
        }
    ],
}
"""The example of section 6 of the public interfaces."""


def worker(own: str, **changes: object) -> Worker:
    """Return a worker of the leaving care service who was checked lately."""
    start = Worker(id=own, service="lc", verified_on=AS_OF)
    return replace(start, **changes)  # type: ignore[arg-type]  # a test names real fields


def desk(own: str, **changes: object) -> Desk:
    """Return a duty desk of the leaving care service that was checked lately."""
    start = Desk(id=own, service="lc", verified_on=AS_OF)
    return replace(start, **changes)  # type: ignore[arg-type]  # a test names real fields


def person(own: str, age: int | None = 20, **changes: object) -> Person:
    """Return a care-experienced person, allocated, who attained the age some months before DAY."""
    start = Person(
        id=own,
        date_of_birth=None if age is None else date(DAY.year - age, 1, 15),
        care_status=CareStatus.CARE_EXPERIENCED,
        support_status=SupportStatus.ALLOCATED,
        service="lc",
    )
    return replace(start, **changes)  # type: ignore[arg-type]  # a test names real fields


def allocated(who: str, to: str, role: AllocationRole = LCW) -> Allocation:
    """Return an allocation of the person ``who`` to the worker ``to``, for long and open."""
    return Allocation(person=who, worker=to, role=role, from_on=LONG_AGO)


def item(own: str, *people: tuple[str, ItemRole]) -> Item:
    """Return an item with these people in these roles."""
    return Item(id=own, people=tuple(PersonOnItem(person=who, role=role) for who, role in people))


def situation(**changes: object) -> Situation:
    """Return the situation: ``p``, a victim of 20, whose named worker is ``w``.

    Behind ``w`` stand the deputy ``d``, the manager ``m`` of team ``t``, the team's desk ``near``
    and the service's desks ``first`` and ``second``; ``c`` is there to cover, ``s`` is a social
    worker of the service ``sw`` with its own desk.
    """
    start = Situation(
        id="s1",
        as_of=AS_OF,
        meeting=Meeting(kind=MeetingKind.MARAC, starts_at=NOON),
        services=(
            Service(id="lc", agreement=AgreementState.IN_FORCE),
            Service(id="sw", agreement=AgreementState.IN_FORCE),
        ),
        desks=(
            desk("first"),
            desk("sw_desk", service="sw"),
            desk("near", team="t"),
            desk("second"),
        ),
        teams=(Team(id="t", manager="m"), Team(id="empty")),
        workers=(
            worker("w", team="t", deputy="d"),
            worker("d"),
            worker("m"),
            worker("c"),
            worker("s", service="sw"),
        ),
        allocations=(allocated("p", "w"),),
        persons=(person("p"), person("q"), person("r")),
        items=(item("i1", ("p", VICTIM)),),
    )
    return replace(start, **changes)  # type: ignore[arg-type]  # a test names real fields


def with_worker(start: Situation, own: str, **changes: object) -> Situation:
    """Return the situation with this worker changed."""
    return replace(start, workers=_changed(start.workers, own, changes))


def without_contact(start: Situation, *recipients: str) -> Situation:
    """Return the situation in which nobody has ever checked these recipients' contacts."""
    for own in recipients:
        start = replace(
            start,
            workers=_changed(start.workers, own, {"verified_on": None}),
            desks=_changed(start.desks, own, {"verified_on": None}),
        )
    return start


def _changed(rows: Iterable[_T], own: str, changes: dict[str, object]) -> tuple[_T, ...]:
    return tuple(
        replace(row, **changes) if row.id == own else row  # type: ignore[arg-type]  # real fields
        for row in rows
    )
