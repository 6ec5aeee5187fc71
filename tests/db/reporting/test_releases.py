"""Exact returns: one asks, another approves, whoever asked takes it out within a day."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from hub.kernel.actor import Actor, Role
from hub.kernel.errors import NotAllowedError, NotFoundError, RefusedError
from hub.reporting.edition_queries import releases_of
from hub.reporting.return_commands import AskExact, ask_exact, settle_exact
from hub.reporting.return_queries import open_exact
from hub.reporting.rules.editions import ReleaseState
from hub.reporting.rules.quarters import Quarter
from kit.world import HUB, World

AFTER = datetime(2026, 7, 1, 9, tzinfo=UTC)
Q2 = Quarter(2026, 2)


@pytest.fixture
def world(units, clock):
    clock.set(AFTER)
    return World(units).settle()


def somebody(world, role=Role.COORDINATOR, agency_id=None):
    return Actor(
        account_id=uuid4(),
        agency_id=agency_id or world.agency,
        roles=frozenset({role}),
        label="somebody",
    )


def ask(world, by, whom="The national return", quarter=Q2):
    with world.units.write(by) as uow:
        return ask_exact(AskExact(area_id=world.area, quarter=quarter, whom=whom), uow=uow)


def settle(world, release_id, by, *, is_approved=True):
    with world.units.write(by) as uow:
        settle_exact(release_id, is_approved=is_approved, uow=uow)


def taken(world, release_id, by):
    with world.units.read(by) as uow:
        return open_exact(uow, release_id).id


def state(world, by):
    with world.units.read(by) as uow:
        (row,) = releases_of(uow, [world.area], Q2)
        return row.state, row.may_settle, row.may_take


def test_two_people_let_an_exact_return_out_for_a_day(world, clock):
    asks, chair = somebody(world), somebody(world, Role.CHAIR)
    release = ask(world, asks)
    assert state(world, asks) == (ReleaseState.WAITS, False, False)
    assert state(world, chair) == (ReleaseState.WAITS, True, False)
    with pytest.raises(NotFoundError):
        taken(world, release, asks)
    with pytest.raises(RefusedError, match="second person"):
        settle(world, release, asks)
    settle(world, release, chair)
    assert taken(world, release, asks) == release
    assert state(world, asks) == (ReleaseState.OPEN, False, True)
    with pytest.raises(RefusedError, match="already"):
        settle(world, release, somebody(world, Role.SAFEGUARDING_LEAD), is_approved=False)
    for other in (chair, somebody(world), HUB):
        with pytest.raises(NotFoundError):
            taken(world, release, other)
    clock.advance(hours=24)
    with pytest.raises(NotFoundError):
        taken(world, release, asks)
    assert state(world, asks) == (ReleaseState.OVER, False, False)


def test_what_is_refused_stays_in(world):
    asks = somebody(world)
    release = ask(world, asks)
    settle(world, release, somebody(world), is_approved=False)
    with pytest.raises(NotFoundError):
        taken(world, release, asks)
    assert state(world, asks)[0] is ReleaseState.REFUSED


def test_what_lacks_is_said_and_others_find_nothing(world):
    asks = somebody(world)
    with pytest.raises(RefusedError) as no:
        ask(world, asks, whom=" ")
    assert no.value.field == "whom"
    with pytest.raises(RefusedError, match="not over"):
        ask(world, asks, quarter=Quarter(2026, 3))
    with pytest.raises(NotAllowedError):
        ask(world, HUB)
    release = ask(world, asks)
    for nobody in (
        somebody(world, Role.CHAIR, uuid4()),
        somebody(world, Role.AGENCY_REPRESENTATIVE),
    ):
        with pytest.raises(NotFoundError):
            ask(world, nobody)
        with pytest.raises(NotFoundError):
            settle(world, release, nobody)
    with pytest.raises(NotFoundError):
        settle(world, uuid4(), somebody(world, Role.CHAIR))
