"""Where the question goes when whoever must be invited does not come."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from hub.meetings.ladder import climb
from hub.meetings.required import required
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

CHECKED = date(2026, 6, 1)


def _person(name: str) -> Person:
    return Person(
        id=name,
        care_status=CareStatus.CARE_EXPERIENCED,
        date_of_birth=date(2006, 3, 9),
        support_status=SupportStatus.ALLOCATED,
        service="s",
    )


def _worker(name: str, **more: object) -> Worker:
    return Worker(id=name, service="s", team="t", verified_on=CHECKED, **more)


def _allocated(person: str, worker: str) -> Allocation:
    return Allocation(
        person=person,
        worker=worker,
        role=AllocationRole.LEAVING_CARE_WORKER,
        from_on=date(2025, 1, 1),
    )


SITUATION = Situation(
    id="m",
    as_of=date(2026, 6, 20),
    meeting=Meeting(kind=MeetingKind.MARAC, starts_at=datetime(2026, 6, 30, 9, tzinfo=UTC)),
    services=(Service(id="s", agreement=AgreementState.IN_FORCE),),
    desks=(Desk(id="desk", service="s", verified_on=CHECKED),),
    teams=(Team(id="t", manager="manager"),),
    workers=(_worker("w", deputy="deputy"), _worker("deputy"), _worker("manager")),
    allocations=(_allocated("p", "w"),),
    persons=(_person("p"),),
    items=(Item(id="i", people=(PersonOnItem(person="p", role=ItemRole.VICTIM),)),),
)


def _asked(situation: Situation, *tried: str) -> tuple[list[str], int]:
    further = climb(situation, required(situation), {("i", "p"): set(tried)})
    return [one.recipient for one in further.invitations], len(further.stuck)


@pytest.mark.parametrize(
    ("tried", "asked", "stuck"),
    [
        ((), [], 0),  # nobody has said no: the named worker is enough
        (("w",), ["deputy"], 0),
        (("w", "deputy"), ["deputy", "manager"], 0),  # who was asked before stays asked
        (("w", "deputy", "manager"), ["deputy", "manager", "desk"], 0),
        (("w", "deputy", "manager", "desk"), ["deputy", "manager", "desk"], 1),  # telephone
        (("deputy",), [], 0),  # somebody who is not asked yet does not start the ladder
        (("stranger",), [], 0),
    ],
)
def test_the_question_climbs_as_far_as_it_must(
    tried: tuple[str, ...], asked: list[str], stuck: int
) -> None:
    assert _asked(SITUATION, *tried) == (asked, stuck)


def test_nobody_is_asked_who_stands_for_the_other_side() -> None:
    other = replace(_worker("w2"), deputy=None)
    both = replace(
        SITUATION,
        workers=(_worker("w", deputy="w2"), other, _worker("manager")),
        persons=(_person("p"), _person("q")),
        allocations=(_allocated("p", "w"), _allocated("q", "w2")),
        items=(
            Item(
                id="i",
                people=(
                    PersonOnItem(person="p", role=ItemRole.VICTIM),
                    PersonOnItem(person="q", role=ItemRole.ALLEGED_PERPETRATOR),
                ),
            ),
        ),
    )
    asked, _ = _asked(both, "w")
    assert asked == ["manager"], "the deputy is the other side's own worker"


def test_a_desk_that_stands_for_the_other_side_is_not_asked_for_this_one() -> None:
    both = replace(
        SITUATION,
        teams=(),
        workers=(Worker(id="w", service="s", verified_on=CHECKED),),
        persons=(_person("p"), _person("q")),
        items=(
            Item(
                id="i",
                people=(
                    PersonOnItem(person="p", role=ItemRole.VICTIM),
                    PersonOnItem(person="q", role=ItemRole.ALLEGED_PERPETRATOR),
                ),
            ),
        ),
    )
    assert _asked(both, "w") == ([], 1)


def test_a_decline_for_one_person_moves_nothing_for_another() -> None:
    two = replace(
        SITUATION,
        persons=(_person("p"), _person("q")),
        allocations=(_allocated("p", "w"), _allocated("q", "w")),
        items=(
            Item(
                id="i",
                people=(
                    PersonOnItem(person="p", role=ItemRole.VICTIM),
                    PersonOnItem(person="q", role=ItemRole.CHILD),
                ),
            ),
        ),
    )
    further = climb(two, required(two), {("i", "p"): {"w"}})
    assert {(one.person, one.recipient) for one in further.invitations} == {("p", "deputy")}
