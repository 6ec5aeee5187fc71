"""Who hears for the steering group that an action is long overdue: once at each stage."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.kernel.actor import Role
from hub.marac.commands.actions import chase_actions
from hub.marac.models import Action, AreaSetting
from hub.marac.queries.steering import standing_of_areas
from hub.notify.models import Message
from hub.people.commands.linking import Link, link_to_case
from hub.people.states import LinkKind
from kit.world import HUB, World


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def concern(world):
    return world.concern(world.person())


@pytest.fixture
def late(world, concern, as_role):
    """Return an action that was due on 1 May, of somebody of the agency."""
    owner = as_role(Role.REFERRER, agency_id=world.agency)
    item, action_id = world.list(world.meeting(), concern), uuid4()
    with world.write() as uow:
        uow.session.add(
            Action(
                id=action_id,
                reference="AAAA-BBBB",
                item_id=item,
                text="Fit new locks",
                risk="He has a key",
                agency_id=world.agency,
                owner_id=owner.account_id,
                due_on=date(2026, 5, 17),
                may_tell_victim=True,
                state="open",
                proposed_by=uuid4(),
                proposed_at=uow.now,
                next_chase_at=uow.now,
            )
        )
    return action_id


def week(world, clock, days=7):
    """Let days pass and the timer look; return who was told of the page since."""
    before = {row.id for row in letters(world)}
    with world.write(HUB) as uow:
        chase_actions(uow, limit=50)
    found = [row for row in letters(world) if row.id not in before]
    with world.write(HUB) as uow:  # all that was written leaves
        for row in uow.session.scalars(select(Message)):
            row.state = "relayed"
    clock.advance(days=days)
    return {row.recipient_id: row.facts for row in found}


def letters(world):
    with world.units.read(HUB) as uow:
        wanted = select(Message).where(Message.facts.contains("/steering"))
        return uow.session.scalars(wanted).all()


def test_whom_the_area_has_set_hears_once_at_each_stage(world, late, clock, as_role):
    lead = as_role(Role.SAFEGUARDING_LEAD, agency_id=world.agency)
    as_role(Role.CHAIR, agency_id=world.agency)
    with world.write() as uow:
        uow.session.add(
            AreaSetting(area_id=world.area, steering=f'["{lead.account_id}", "{uuid4()}"]')
        )
    told = [week(world, clock) for _ in range(6)]  # 15, 22, 29, 36, 43 and 50 days overdue
    assert [set(one) for one in told] == [{lead.account_id}, set(), {lead.account_id}, *[set()] * 3]
    (said,) = told[0].values()
    for private in ("AAAA", "locks", "Quillfeather", str(late)):
        assert private not in said
    with world.units.read(lead) as uow:
        (area,) = standing_of_areas(uow)
    assert [(row.agency, row.waiting) for row in area.totals] == [
        ("Example Leaving Care", 1),
        ("All agencies", 1),
    ]


def test_where_nobody_is_set_or_can_be_told_the_chairs_hear_of_it(
    world, late, concern, clock, as_role
):
    assert late
    lead, kept, chair = (
        as_role(role, agency_id=world.agency)
        for role in (Role.SAFEGUARDING_LEAD, Role.CHAIR, Role.CHAIR)
    )
    with world.write() as uow:
        uow.session.add(AreaSetting(area_id=world.area, steering=f'["{lead.account_id}"]'))
    for away in (lead, kept):
        with world.write() as uow:
            link = Link(case_id=concern, kind=LinkKind.CLOSE, account_id=away.account_id)
            link_to_case(link, uow=uow)
    assert set(week(world, clock)) == {chair.account_id}
