"""What happens elsewhere to a concern and its people is followed on the meeting."""

from kit.world import HUB, World
from sqlalchemy import select

from hub.meetings.models import Invitation, Item
from hub.referrals.events import ConcernScreened


def test_a_concern_that_goes_elsewhere_comes_off_the_agenda_and_the_worker_is_told(units) -> None:
    world = World(units).settle()
    concern = world.concern(world.person())
    item = world.list(world.meeting(), concern)
    with units.write(HUB) as uow:
        uow.emit(ConcernScreened(concern_id=concern, outcome="transferred"))
    with units.read(HUB) as uow:
        assert uow.session.get_one(Item, item).state == "withdrawn"
        assert uow.session.scalar(select(Invitation)).state == "cancelled"


def test_a_concern_accepted_again_stays_where_it_is(units) -> None:
    world = World(units).settle()
    concern = world.concern(world.person())
    item = world.list(world.meeting(), concern)
    with units.write(HUB) as uow:
        uow.emit(ConcernScreened(concern_id=concern, outcome="urgent"))
    with units.read(HUB) as uow:
        assert uow.session.get_one(Item, item).state == "listed"
        assert uow.session.scalar(select(Invitation)).state == "held"
