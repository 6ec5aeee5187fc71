"""Silence at an emergency MARAC climbs by time alone, and the duty desk is rung beside it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.kernel.actor import Role
from hub.marac.commands.emergency import CallEmergency, call_emergency, note_call
from hub.marac.models import AreaSetting
from hub.marac.queries.ring import calls_of
from hub.marac.rules.emergency import Said
from hub.meetings.answers import Answer, AnswerInvitation, answer_invitation, climb_silent
from hub.meetings.commands import MoveMeeting, move_meeting
from hub.meetings.gaps import gaps_of
from hub.meetings.models import Invitation, Meeting, Task
from hub.meetings.rules import InvitationPolicy
from hub.notify.models import Message
from hub.referrals.models import Concern
from kit.world import HUB, World

POLICY = InvitationPolicy()


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def boss(as_role, world):
    return as_role(Role.COORDINATOR, agency_id=world.agency)


@pytest.fixture
def called(world, boss):
    """Return the maker of an emergency MARAC about somebody with a worker."""

    def make(minutes):
        concern_id = world.concern(world.person())
        with world.write(boss) as uow:
            uow.session.get_one(Concern, concern_id).referrer_id = boss.account_id
            starts = uow.now + timedelta(minutes=minutes)
            cmd = CallEmergency(
                concern_id=concern_id, starts_at=starts, joining="01522 496 000", reason="Tonight"
            )
            return call_emergency(cmd, uow=uow, policy=POLICY)

    return make


def held(world):
    """Return who is invited, and when silence ends for each."""
    with world.units.read(HUB) as uow:
        rows = uow.session.execute(
            select(Invitation.recipient_id, Invitation.climb_at).where(Invitation.state == "held")
        )
        return {row.recipient_id: row.climb_at for row in rows}


def timer(world):
    """Look once, as the worker does each minute; return how many climbed."""
    with world.write(HUB) as uow:
        return climb_silent(uow)


def gaps(world, meeting_id):
    with world.units.read(HUB) as uow:
        return gaps_of(uow, meeting_id, POLICY)


def desk_call(world, by, meeting_id):
    with world.units.read(by) as uow:
        calls = calls_of(uow, uow.session.get_one(Meeting, meeting_id), POLICY)
    return [call for call in calls if call.who == "desk"], [c for c in calls if c.who == "worker"]


def test_in_thirty_minutes_everybody_is_asked_and_somebody_telephones_before_it(
    world, called, clock
):
    meeting_id = called(30)
    ladder = [world.worker, world.deputy, world.manager, world.desk]
    asked = []
    for _ in range(29):
        asked.append(len(held(world)))
        assert gaps(world, meeting_id) == []
        clock.advance(minutes=1)
        timer(world)
    assert set(held(world)) == set(ladder)
    assert asked.index(2) == 5  # minutes after the call
    assert asked.index(4) < 25
    with world.units.read(HUB) as uow:
        stuck = uow.session.scalars(select(Task).where(Task.kind == "nobody_answered")).one()
        starts_at = uow.session.get_one(Meeting, meeting_id).starts_at
        assert stuck.opened_at < stuck.due_at <= starts_at
        letters = uow.session.scalars(
            select(Message.recipient_id).where(Message.invitation_id.is_not(None))
        ).all()
    assert set(letters) == set(ladder)
    assert len(letters) == len(ladder)


def test_after_a_standstill_the_rest_is_shared_out_and_nobody_is_asked_twice(world, called, clock):
    meeting_id = called(60)
    assert held(world)[world.worker] - clock.now() == timedelta(minutes=10)
    clock.advance(minutes=52)
    assert (timer(world), timer(world)) == (1, 0)
    assert held(world)[world.deputy] - clock.now() == timedelta(minutes=2)
    clock.advance(minutes=2)
    assert (timer(world), timer(world)) == (1, 0)
    assert world.manager in held(world)
    assert gaps(world, meeting_id) == []


def test_moved_earlier_it_climbs_sooner_and_an_answer_stops_it(world, called, clock, boss):
    meeting_id = called(20 * 60)
    assert held(world)[world.worker] - clock.now() == timedelta(minutes=20)
    with world.write(boss) as uow:
        meeting = uow.session.get_one(Meeting, meeting_id)
        starts = uow.now + timedelta(minutes=30)
        cmd = MoveMeeting(
            meeting_id=meeting_id,
            version=meeting.version,
            starts_at=starts,
            ends_at=starts + timedelta(hours=1),
            place=meeting.place,
            video_link=None,
            chair_id=None,
        )
        move_meeting(cmd, uow=uow)
    (ends,) = held(world).values()
    assert ends - clock.now() == timedelta(minutes=5)
    with world.write(boss.__class__(contact_id=world.worker)) as uow:
        asked = uow.session.scalars(select(Invitation.id)).one()
        said = AnswerInvitation(invitation_id=asked, answer=Answer.ACCEPTED)
        answer_invitation(said, uow=uow, policy=POLICY)
    clock.advance(minutes=10)
    assert timer(world) == 0
    assert set(held(world)) == {world.worker}


def test_the_area_sets_within_how_many_hours(world, called, clock):
    with world.write() as uow:
        uow.session.add(AreaSetting(area_id=world.area, emergency_hours=12))
    called(20 * 60)
    assert held(world)[world.worker] - clock.now() == timedelta(hours=2)


def test_the_desk_is_rung_at_once_and_invited_when_it_sends_somebody(world, called, boss):
    meeting_id = called(60)
    (desk,), (worker,) = desk_call(world, boss, meeting_id)
    assert [one.name for one in desk.numbers] == ["Duty desk"]
    assert worker.state == "open"
    for said, state in ((Said.NO_ANSWER, "open"), (Said.COMING, "done")):
        with world.write(boss) as uow:
            note_call(desk.task_id, said, uow=uow, policy=POLICY)
        (desk,), workers = desk_call(world, boss, meeting_id)
        assert desk.state == state
    assert set(held(world)) == {world.worker, world.desk}
    assert [each.task_id for each in workers] == [worker.task_id]  # the desk is not rung again
    assert gaps(world, meeting_id) == []


def test_at_another_time_everybody_is_rung_again_and_for_a_chair_alone_nobody(world, called, boss):
    meeting_id = called(120)

    def open_calls():
        with world.units.read(boss) as uow:
            calls = calls_of(uow, uow.session.get_one(Meeting, meeting_id), POLICY)
        return sorted(call.who for call in calls if call.state == "open"), calls

    def move(minutes, **changes):
        with world.write(boss) as uow:
            meeting = uow.session.get_one(Meeting, meeting_id)
            starts = meeting.starts_at - timedelta(minutes=minutes)
            cmd = MoveMeeting(
                **{
                    "meeting_id": meeting_id,
                    "version": meeting.version,
                    "starts_at": starts,
                    "ends_at": starts + timedelta(hours=1),
                    "place": meeting.place,
                    "video_link": None,
                    "chair_id": None,
                    **changes,
                }
            )
            move_meeting(cmd, uow=uow)

    _, calls = open_calls()
    answers = {"worker": Said.COMING, "police": Said.NOT_COMING, "idva": Said.COMING}
    for call in calls:
        if call.who in answers:
            with world.write(boss) as uow:
                note_call(call.task_id, answers[call.who], uow=uow, policy=POLICY)
    assert open_calls()[0] == ["childrens_services", "desk"]
    move(0)
    assert open_calls()[0] == ["childrens_services", "desk"]

    move(60)
    assert open_calls()[0] == ["childrens_services", "desk", "idva", "police", "worker"]
    (worker,) = (call for call in open_calls()[1] if call.who == "worker")
    with world.write(boss) as uow:
        note_call(worker.task_id, Said.NOT_COMING, uow=uow, policy=POLICY)
    move(0, place="01522 496 009")
    assert open_calls()[0] == ["childrens_services", "desk", "idva", "police", "worker"]
    assert world.deputy in held(world)  # who is the worker to ring now
