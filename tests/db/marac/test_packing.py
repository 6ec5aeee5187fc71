"""Times given out before anybody is invited: the named workers' cases stand side by side too."""

from itertools import pairwise

import pytest
from sqlalchemy import select

from hub.marac.commands import PackAgenda, pack_agenda
from hub.meetings.commands import list_case
from hub.meetings.models import Invitation, Item
from kit.world import COORDINATOR, HUB, World


@pytest.fixture
def world(units):
    return World(units).settle()


def test_one_workers_cases_stand_side_by_side_from_the_first_moment(world):
    people = [world.person(worker=who) for who in (world.worker, world.deputy) * 3]
    concerns = [world.concern(person) for person in people]
    meeting = world.meeting()

    with world.write(COORDINATOR) as uow:  # whoever is invited is invited when this unit ends
        for concern in concerns:
            list_case(meeting, concern, uow=uow)
        pack_agenda(PackAgenda(meeting_id=meeting, slot_minutes=10), uow=uow)

    with world.units.read(HUB) as uow:
        heard = uow.session.scalars(
            select(Invitation.recipient_id)
            .join(Item, Item.id == Invitation.item_id)
            .order_by(Item.starts_at)
        ).all()
    changes = sum(one != other for one, other in pairwise(heard))
    assert (len(heard), changes) == (6, 1)
