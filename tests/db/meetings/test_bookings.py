"""One chair, one place, one video link: one meeting at a time, or a named person's reason."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from hub.access.models import Account, AccountRole
from hub.agencies.models import Agency, Area
from hub.kernel.actor import Actor, Role
from hub.kernel.errors import RefusedError
from hub.meetings.bookings import Despite, DoubleBookedError, Resource, allowed_of
from hub.meetings.commands import (
    MoveMeeting,
    PlanMeeting,
    cancel_meeting,
    move_meeting,
    plan_meeting,
)
from hub.meetings.models import DoubleBooking, Meeting
from hub.meetings.situation import MeetingKind
from kit.world import COORDINATOR, HUB, World

WHY = "The chair has agreed to join both by turns."


@pytest.fixture
def world(units):
    return World(units).settle()


def account(world, *, roles=(Role.CHAIR,), agency=None, active=True):
    account_id = uuid4()
    with world.write() as uow:
        uow.session.add(
            Account(
                id=account_id,
                email=f"{account_id.hex}@example.org",
                name="Charlie Person",
                agency_id=agency or world.agency,
                is_active=active,
                created_at=uow.now,
            )
        )
        uow.session.flush()
        for role in roles:
            uow.session.add(AccountRole(account_id=account_id, role=role.value))
    return account_id


def said(world, *, hours=0.0, **changes):
    """Return a meeting on the morning of the tenth day from now, two hours long."""
    with world.units.read(HUB) as uow:
        starts = uow.now + timedelta(days=10, hours=hours)
    return replace(
        PlanMeeting(
            kind=MeetingKind.SAFETY_PLANNING,
            area_id=world.area,
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
        ),
        **changes,
    )


def plan(world, cmd, actor=COORDINATOR):
    with world.write(actor) as uow:
        return plan_meeting(cmd, uow=uow)


def meetings(world):
    with world.units.read(HUB) as uow:
        return {row.id: row for row in uow.session.scalars(select(Meeting))}


def move(world, meeting, *, hours=0.0, **changes):
    with world.write(COORDINATOR) as uow:
        row = uow.session.get_one(Meeting, meeting)
        cmd = MoveMeeting(
            meeting_id=meeting,
            version=row.version,
            starts_at=row.starts_at + timedelta(hours=hours),
            ends_at=row.ends_at + timedelta(hours=hours),
            place=row.place,
            video_link=row.video_link,
            chair_id=row.chair_id,
        )
        move_meeting(replace(cmd, **changes), uow=uow)


def test_what_is_taken_is_named_and_nothing_is_planned(world):
    chair = account(world)
    has = {"chair_id": chair, "place": "Room 1, Example House", "video_link": "https://v.example"}
    first = plan(world, said(world, **has))

    for resource, value in (
        (Resource.CHAIR, chair),
        (Resource.PLACE, " room 1,  example HOUSE"),
        (Resource.VIDEO_LINK, "https://v.example"),
    ):
        with pytest.raises(DoubleBookedError) as taken:
            plan(world, said(world, hours=1, **{resource.value: value}))
        (clash,) = taken.value.clashes
        assert (clash.resource, clash.meeting_id, clash.is_open) == (resource, first, True)
    assert set(meetings(world)) == {first}


@pytest.mark.parametrize("hours", [-2, 2])
def test_a_meeting_may_begin_as_another_ends(world, hours):
    chair = account(world)
    plan(world, said(world, chair_id=chair, place="Room 1"))

    plan(world, said(world, hours=hours, chair_id=chair, place="Room 1"))

    assert len(meetings(world)) == 2


def test_what_was_called_off_takes_up_nothing_and_no_place_is_no_place(world):
    first = plan(world, said(world, place="Room 1"))
    with world.write(COORDINATOR) as uow:
        cancel_meeting(first, uow=uow)

    plan(world, said(world, place="Room 1"))
    plan(world, said(world))
    plan(world, said(world, place="  "))

    assert len(meetings(world)) == 4


def test_a_reason_lets_it_go_ahead_and_is_kept_with_its_name(world):
    chair = account(world)
    first = plan(world, said(world, chair_id=chair))
    cmd = said(world, hours=1, chair_id=chair)
    with pytest.raises(DoubleBookedError) as taken:
        plan(world, cmd)

    with pytest.raises(RefusedError) as short:
        plan(world, replace(cmd, despite=Despite(seen=taken.value.mark, reason="ok")))
    assert short.value.field == "clash_reason"
    second = plan(world, replace(cmd, despite=Despite(seen=taken.value.mark, reason=WHY)))

    with world.units.read(HUB) as uow:
        (row,) = uow.session.scalars(select(DoubleBooking))
        assert (row.meeting_id, row.other_id, row.resource) == (second, first, "chair_id")
        assert (row.reason, row.recorded_by) == (WHY, COORDINATOR.account_id)
        for mine, other in ((first, second), (second, first)):
            (shown,) = allowed_of(uow, mine)
            assert (shown.other_id, shown.reason, shown.is_open) == (other, WHY, True)


def test_a_reason_for_one_clash_is_none_for_another_that_came_up_since(world):
    plan(world, said(world, place="Room 1"))
    cmd = said(world, hours=1, place="Room 1")
    with pytest.raises(DoubleBookedError) as taken:
        plan(world, cmd)
    plan(world, said(world, hours=2, place="Room 1"))

    with pytest.raises(DoubleBookedError) as again:
        plan(world, replace(cmd, despite=Despite(seen=taken.value.mark, reason=WHY)))

    assert len(again.value.clashes) == 2


def test_a_move_into_a_taken_time_changes_nothing(world):
    chair = account(world)
    plan(world, said(world, chair_id=chair))
    second = plan(world, said(world, hours=5, chair_id=chair))
    before = meetings(world)[second]

    with pytest.raises(DoubleBookedError):
        move(world, second, hours=-4)
    after = meetings(world)[second]
    assert (after.starts_at, after.version) == (before.starts_at, before.version)

    move(world, second, hours=-4, chair_id=None)  # without a chair there is nothing to share
    with world.units.read(HUB) as uow:
        assert allowed_of(uow, second) == ()


def test_what_was_allowed_is_not_asked_again_until_a_time_changes(world):
    chair = account(world)
    plan(world, said(world, chair_id=chair))
    second = plan(world, said(world, hours=5, chair_id=chair))
    with pytest.raises(DoubleBookedError) as taken:
        move(world, second, hours=-4)
    move(world, second, hours=-4, despite=Despite(seen=taken.value.mark, reason=WHY))

    move(world, second, place="Another room")
    with pytest.raises(DoubleBookedError):
        move(world, second, hours=0.5)


def test_of_another_area_nothing_is_told_but_that_something_is_taken(world):
    elsewhere, agency = uuid4(), uuid4()
    with world.write() as uow:
        uow.session.add(Area(id=elsewhere, name="Othershire"))
        uow.session.add(Agency(id=agency, name="Other Council", kind="council"))
    plan(world, said(world, area_id=elsewhere, place="Town hall"))
    local = Actor(
        account_id=uuid4(), agency_id=world.agency, roles=frozenset({Role.COORDINATOR}), label="co"
    )

    with pytest.raises(DoubleBookedError) as taken:
        plan(world, said(world, place="Town hall"), local)

    assert [one.is_open for one in taken.value.clashes] == [False]


def test_only_a_chair_of_the_area_can_be_its_chair(world):
    agency = uuid4()
    with world.write() as uow:
        uow.session.add(Agency(id=agency, name="Far Police", kind="police"))
    for nobody in (
        uuid4(),
        account(world, roles=(Role.COORDINATOR,)),
        account(world, active=False),
        account(world, agency=agency),
    ):
        with pytest.raises(RefusedError) as refused:
            plan(world, said(world, chair_id=nobody))
        assert refused.value.field == "chair_id"


@pytest.mark.parametrize("resource", ["chair_id", "place"])
def test_of_many_at_once_one_gets_it(world, resource):
    """Threat T77: each tries the same, and exactly one wins in every round."""
    taken: UUID | str = account(world) if resource == "chair_id" else "Room 1"
    crowd, rounds = 6, 4

    def attempt(cmd):
        try:
            return plan(world, cmd)
        except DoubleBookedError:
            return None

    with ThreadPoolExecutor(crowd) as pool:
        for turn in range(rounds):
            cmd = said(world, hours=24 * turn, **{resource: taken})
            won = [one for one in pool.map(attempt, [cmd] * crowd) if one]
            assert len(won) == 1
    assert len(meetings(world)) == rounds
