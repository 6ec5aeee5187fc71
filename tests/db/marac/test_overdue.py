"""Overdue actions of an area: only what should have been done, only for who runs its meetings."""

from datetime import date
from uuid import uuid4

import pytest

from hub.access.models import Account
from hub.agencies.models import Area
from hub.kernel.actor import Actor, Role
from hub.kernel.errors import NotFoundError
from hub.marac.models import Action
from hub.marac.queries.overdue import overdue_actions
from hub.people.models import Conflict
from kit.world import COORDINATOR, TODAY, World

YESTERDAY = date(2026, 5, 31)


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def person(world):
    return world.person()


@pytest.fixture
def item(world, person):
    return world.list(world.meeting(), world.concern(person))


def actor(world, *roles, agency_id=None, contact_id=None):
    return Actor(
        account_id=uuid4(),
        agency_id=agency_id or world.agency,
        contact_id=contact_id,
        roles=frozenset(roles),
        label="somebody",
    )


def put(world, item_id, due_on, state="open"):
    action_id, owner = uuid4(), uuid4()
    with world.write() as uow:
        uow.session.add(
            Account(
                id=owner,
                email=f"{owner}@example.org",
                name="Own Er",
                agency_id=world.agency,
                created_at=uow.now,
            )
        )
        uow.session.add(
            Action(
                id=action_id,
                reference=action_id.hex[:8],
                item_id=item_id,
                text="Fit new locks",
                risk="He has a key",
                agency_id=world.agency,
                owner_id=owner,
                due_on=due_on,
                may_tell_victim=True,
                state=state,
                proposed_by=uuid4(),
                proposed_at=uow.now,
            )
        )
    return action_id


def overdue(world, by=COORDINATOR, area=None):
    with world.units.read(by) as uow:
        return overdue_actions(uow, area or world.area)


def test_what_should_have_been_done_stands_in_the_order_of_its_day(world, item):
    later = put(world, item, YESTERDAY, "proposed")
    longest = put(world, item, date(2026, 5, 1))
    put(world, item, TODAY)
    found = overdue(world)
    assert [one.id for one in found] == [longest, later]
    assert [one.is_accepted for one in found] == [True, False]
    assert (found[0].owner, found[0].agency) == ("Own Er", "Example Leaving Care")


@pytest.mark.parametrize(
    "state", ["done", "not_possible", "not_done", "superseded", "transferred", "declined"]
)
def test_what_is_settled_or_was_declined_is_not_overdue(world, item, state):
    put(world, item, YESTERDAY, state)
    assert overdue(world) == ()


def test_another_area_has_none_of_them(world, item):
    put(world, item, YESTERDAY)
    other = uuid4()
    with world.write() as uow:
        uow.session.add(Area(id=other, name="Elsewhere"))
    assert overdue(world, area=other) == ()


def test_they_are_there_for_who_runs_the_areas_meetings_only(world, item):
    put(world, item, YESTERDAY)
    assert overdue(world, actor(world, Role.CHAIR))
    for nobody in (
        actor(world, Role.AGENCY_REPRESENTATIVE),
        actor(world, Role.REFERRER),
        actor(world, Role.COORDINATOR, agency_id=uuid4()),
    ):
        with pytest.raises(NotFoundError):
            overdue(world, nobody)


def test_those_of_a_case_of_a_conflict_are_left_out(world, item, person):
    put(world, item, YESTERDAY)
    kept = actor(world, Role.CHAIR, contact_id=world.deputy)
    assert overdue(world, kept)
    with world.write() as uow:
        uow.session.add(Conflict(contact_id=world.deputy, person_id=person, declared_at=uow.now))
    assert overdue(world, kept) == ()
