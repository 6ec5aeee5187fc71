"""A case that another area sent is late like any other, unless the new chair accepts it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from hub.kernel.actor import Role
from hub.kernel.errors import RefusedError
from hub.marac.commands.late import DecideLate, decide_late, list_in_time
from hub.marac.commands.transfers import SendTransfer, acknowledge_transfer, send_transfer
from hub.meetings.commands import PlanMeeting, list_case, plan_meeting
from hub.meetings.models import Item
from hub.meetings.situation import MeetingKind
from hub.referrals.commands import ScreenConcern, screen_concern
from hub.referrals.models import Concern
from hub.referrals.states import Move
from kit.concerns import County
from kit.world import HUB
from parts.over_time import years

FIRST = date(2026, 6, 1)


@pytest.fixture
def story(units, clock, as_role):
    return years(County(units).settle(), clock, as_role)


@pytest.fixture
def there(story, as_role):
    return as_role(Role.COORDINATOR, agency_id=story.county.other_council)


@pytest.fixture
def received(story, there, clock):
    """Return a concern of 1 June that the other area took over on the twentieth."""
    concern_id = story.refer(FIRST)
    story.screened(concern_id, "accepted")
    clock.advance(days=19)
    cmd = SendTransfer(
        concern_id=concern_id,
        to_area_id=story.county.other_area,
        told_on=FIRST,
        is_temporary=False,
        note="She has moved.",
    )
    with story.county.units.write(story.coordinator) as uow:
        sent = send_transfer(cmd, uow=uow)
    with story.county.units.write(there) as uow:
        new = acknowledge_transfer(sent, uow=uow)
    with story.county.units.write(there) as uow:
        version = uow.session.get_one(Concern, new).version
        said = ScreenConcern(concern_id=new, outcome=Move.ACCEPT, reason="", version=version)
        screen_concern(said, uow=uow)
    return new


def planned(story, by, days):
    with story.county.units.write(by) as uow:
        starts = uow.now + timedelta(days=days)
        cmd = PlanMeeting(
            kind=MeetingKind.MARAC,
            area_id=story.county.other_area,
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
        )
        return plan_meeting(cmd, uow=uow)


def listed(story, concern_id):
    with story.county.units.read(HUB) as uow:
        of_it = select(Item.meeting_id).where(Item.concern_id == concern_id, Item.state == "listed")
        return uow.session.scalars(of_it).all()


def test_it_came_when_it_was_taken_over_and_has_no_door_of_its_own(story, there, received, as_role):
    soon, following = planned(story, there, 4), planned(story, there, 32)
    with pytest.raises(RefusedError, match="cut-off"), story.county.units.write(there) as uow:
        list_case(soon, received, uow=uow)
    with story.county.units.write(there) as uow:
        assert list_in_time(soon, received, uow=uow) == following

    chair = as_role(Role.CHAIR, agency_id=story.county.other_council)
    with story.county.units.write(chair) as uow:
        cmd = DecideLate(
            concern_id=received, meeting_id=soon, is_accepted=True, reason="Risk rises on moving"
        )
        decide_late(cmd, uow=uow)
    assert listed(story, received) == [soon]
