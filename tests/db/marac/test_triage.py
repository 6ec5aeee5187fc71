"""What follows an accepted concern: the Idva has it at once, and a late one waits for the next."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.agencies.models import Agency, AgencyArea
from hub.kernel.actor import Role
from hub.kernel.errors import NotFoundError, RefusedError
from hub.marac.commands.idva import take_on
from hub.marac.commands.late import DecideLate, decide_late, list_in_time
from hub.marac.models import IdvaNotice, LateDecision
from hub.marac.queries.idva import idva_list
from hub.marac.queries.marks import mark_facts
from hub.marac.rules.areas import AreaRules
from hub.meetings.commands import add_case, list_case
from hub.meetings.models import Item, Meeting
from hub.meetings.situation import MeetingKind
from hub.notify.models import Message
from hub.people.commands.linking import Link, link_to_case
from hub.people.states import LinkKind
from hub.referrals.commands import ScreenConcern, screen_concern
from hub.referrals.models import Concern
from hub.referrals.states import Move
from kit.world import COORDINATOR, HUB, World

WHY = "It cannot wait for a month"


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def helpline(world):
    agency_id = uuid4()
    with world.write() as uow:
        uow.session.add(
            Agency(id=agency_id, name="Example Helpline", kind="domestic_abuse_service")
        )
        uow.session.flush()
        uow.session.add(AgencyArea(agency_id=agency_id, area_id=world.area))
    return agency_id


@pytest.fixture
def chair(as_role, world):
    return as_role(Role.CHAIR, agency_id=world.agency)


@pytest.fixture
def screener(as_role, world):
    return as_role(Role.COORDINATOR, agency_id=world.agency)


def waiting(world, raised_by):
    concern_id = world.concern()
    with world.write() as uow:
        concern = uow.session.get_one(Concern, concern_id)
        concern.state, concern.referrer_id = "submitted", raised_by.account_id
    return concern_id


def screen(world, screener, concern_id, outcome, reason="Because of this"):
    with world.write(screener) as uow:
        version = uow.session.get_one(Concern, concern_id).version
        cmd = ScreenConcern(concern_id=concern_id, outcome=outcome, reason=reason, version=version)
        screen_concern(cmd, uow=uow)


def rows(world, wanted):
    with world.units.read(HUB) as uow:
        return uow.session.scalars(wanted).all()


def seen(world, actor):
    with world.units.read(actor) as uow:
        return idva_list(uow)


def test_the_idva_service_has_it_at_once_and_nobody_else(world, helpline, screener, as_role):
    idva, other = (
        as_role(Role.AGENCY_REPRESENTATIVE, agency_id=agency) for agency in (helpline, world.agency)
    )
    kept = as_role(Role.AGENCY_REPRESENTATIVE, agency_id=helpline)
    concern = waiting(world, screener)
    with world.write() as uow:
        link = Link(case_id=concern, kind=LinkKind.ELSEWHERE, account_id=kept.account_id)
        link_to_case(link, uow=uow)

    screen(world, screener, concern, Move.ACCEPT)

    (row,) = seen(world, idva)
    assert (row.concern_id, row.taken_at) == (concern, None)
    assert seen(world, other) == seen(world, kept) == ()
    told = rows(world, select(Message).where(Message.facts.contains("/idva/")))
    assert [message.recipient_id for message in told] == [idva.account_id]
    for stranger in (other, kept, screener):
        with pytest.raises(NotFoundError), world.write(stranger) as uow:
            take_on(row.id, uow=uow)
    with world.write(idva) as uow:
        take_on(row.id, uow=uow)
    with pytest.raises(RefusedError, match="already"), world.write(idva) as uow:
        take_on(row.id, uow=uow)


@pytest.mark.parametrize(
    ("outcome", "count"),
    [
        (Move.ACCEPT_ALERT_ONLY, 1),
        (Move.MAKE_URGENT, 1),
        (Move.RETURN, 0),
        (Move.REFUSE, 0),
        (Move.TRANSFER, 0),
        (Move.MARK_DUPLICATE, 0),
    ],
)
def test_only_what_is_accepted_reaches_them_once(world, helpline, screener, outcome, count):
    concern = waiting(world, screener)
    screen(world, screener, concern, outcome)
    assert len(rows(world, select(IdvaNotice))) == count
    if count:
        screen(world, screener, concern, Move.ACCEPT)
        assert len(rows(world, select(IdvaNotice))) == 1


def test_what_is_passed_to_another_area_is_not_theirs_any_more(world, helpline, screener, as_role):
    idva = as_role(Role.AGENCY_REPRESENTATIVE, agency_id=helpline)
    concern = waiting(world, screener)
    screen(world, screener, concern, Move.ACCEPT)
    screen(world, screener, concern, Move.TRANSFER)
    assert seen(world, idva) == ()


def at(world, concern_id):
    return rows(
        world,
        select(Item.meeting_id).where(Item.concern_id == concern_id, Item.state == "listed"),
    )


def test_a_late_concern_goes_to_the_next_meeting(world):
    soon, following = world.meeting(days=3), world.meeting(days=31)
    concern = world.concern()
    with world.write(COORDINATOR) as uow:
        assert list_in_time(soon, concern, uow=uow) == following
    assert at(world, concern) == [following]


def test_without_a_next_meeting_it_says_what_to_do(world):
    soon, concern = world.meeting(days=3), world.concern()
    with pytest.raises(RefusedError, match="ask the chair"), world.write(COORDINATOR) as uow:
        list_in_time(soon, concern, uow=uow)
    assert at(world, concern) == []


@pytest.mark.parametrize("state", ["urgent", "early"])
def test_what_is_urgent_or_came_in_time_is_not_held_back(world, state):
    soon, concern = world.meeting(days=3), world.concern()
    world.meeting(days=31)
    with world.write() as uow:
        row = uow.session.get_one(Concern, concern)
        if state == "urgent":
            row.state = "urgent"
        else:
            row.submitted_at -= timedelta(days=20)
    with world.write(COORDINATOR) as uow:
        assert list_in_time(soon, concern, uow=uow) == soon


def decide(world, chair, concern, meeting, *, is_accepted=True, reason=WHY):
    with world.write(chair) as uow:
        cmd = DecideLate(
            concern_id=concern, meeting_id=meeting, is_accepted=is_accepted, reason=reason
        )
        decide_late(cmd, uow=uow)


def test_the_chair_accepts_it_and_the_agenda_follows_and_says_so(world, chair):
    soon, following = world.meeting(days=3), world.meeting(days=31)
    concern = world.concern()
    with world.write(COORDINATOR) as uow:
        list_in_time(soon, concern, uow=uow)

    decide(world, chair, concern, soon)

    assert at(world, concern) == [soon]
    with world.units.read(HUB) as uow:
        (facts,) = mark_facts(uow, uow.session.get_one(Meeting, soon), AreaRules()).values()
    assert facts.is_late
    assert facts.is_accepted_late
    (decision,) = rows(world, select(LateDecision))
    assert (decision.reason, decision.decided_by) == (WHY, chair.account_id)

    decide(world, chair, concern, soon, is_accepted=False)
    assert at(world, concern) == [following]


def test_only_a_chair_of_the_area_decides_with_a_reason_of_what_is_late(
    world, chair, screener, as_role
):
    soon, following, concern = world.meeting(days=3), world.meeting(days=31), world.concern()
    elsewhere = as_role(Role.CHAIR, agency_id=uuid4())
    for stranger in (screener, elsewhere):
        with pytest.raises(NotFoundError):
            decide(world, stranger, concern, soon)
    for changes, field in (({"reason": "no"}, "reason"), ({"meeting": following}, "meeting_id")):
        with pytest.raises(RefusedError) as refused:
            decide(world, chair, concern, **({"meeting": soon} | changes))
        assert refused.value.field == field


def list_by_command(world, meeting, concern):
    with world.write(COORDINATOR) as uow:
        return list_case(meeting, concern, uow=uow)


def test_who_lists_it_by_another_way_than_the_page_is_held_to_the_same(world, chair):
    soon, following = world.meeting(days=3), world.meeting(days=31)
    concern = world.concern()
    with pytest.raises(RefusedError, match="after the cut-off") as no:
        list_by_command(world, soon, concern)
    assert no.value.field == "concern_id"
    with pytest.raises(RefusedError, match="after the cut-off"), world.write(COORDINATOR) as uow:
        add_case(uow.session.get_one(Meeting, soon), concern, uow=uow)
    assert at(world, concern) == []
    list_by_command(world, following, concern)

    decide(world, chair, concern, soon)  # which goes by the same door
    assert at(world, concern) == [soon]


def test_what_was_on_an_agenda_and_is_put_back_is_carried_over(world, clock):
    first, second, far = (world.meeting(days=days) for days in (28, 31, 60))
    concern = world.concern()
    list_by_command(world, first, concern)
    clock.advance(days=26)
    fresh = world.concern()
    with pytest.raises(RefusedError, match="after the cut-off"):
        list_by_command(world, second, fresh)
    list_by_command(world, far, fresh)  # a later agenda does not make it one that is put back
    clock.advance(days=2, hours=4)
    list_by_command(world, second, concern)
    assert set(at(world, concern)) == {first, second}


def test_a_meeting_without_a_cut_off_takes_it(world):
    soon = world.meeting(days=3, kind=MeetingKind.SAFETY_PLANNING)
    concern = world.concern()
    list_by_command(world, soon, concern)
    assert at(world, concern) == [soon]
