"""What happens elsewhere to a concern and its people is followed on the meeting."""

from sqlalchemy import select

from hub.meetings.models import Invitation, Item, ItemPerson
from hub.people.events import IdentityReopened, IdentityRuledOut
from hub.people.models import IdentityCheck
from hub.referrals.events import ConcernScreened
from kit.world import HUB, World


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


def test_a_question_that_is_open_again_makes_the_care_status_unconfirmed(units) -> None:
    world = World(units).settle()
    concern = world.concern()
    item = world.list(world.meeting(), concern)
    with units.write(HUB) as uow:
        check = uow.session.scalar(select(IdentityCheck))
        ids = {"check_id": check.id, "concern_id": concern, "party_id": check.party_id}
        uow.emit(IdentityRuledOut(**ids))
    with units.read(HUB) as uow:
        on_item = select(ItemPerson.care_status).where(ItemPerson.item_id == item)
        assert uow.session.scalar(on_item) == "not_care_experienced"
    with units.write(HUB) as uow:
        uow.emit(IdentityReopened(**ids))
    with units.read(HUB) as uow:
        assert uow.session.scalar(on_item) == "not_known"
