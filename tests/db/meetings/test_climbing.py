"""The ladder is climbed once, rung by rung, and ends at a telephone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.kernel.actor import Actor
from hub.kernel.days import london_day
from hub.kernel.working_days import working_days_after
from hub.marac.models import AreaSetting
from hub.meetings.answers import Answer, AnswerInvitation, answer_invitation, climb_silent
from hub.meetings.commands import MoveMeeting, move_meeting
from hub.meetings.events import SlotsChanged
from hub.meetings.models import Invitation, Meeting, Task
from hub.meetings.rules import InvitationPolicy
from hub.meetings.tasks import lapse_over
from kit.world import COORDINATOR, World


@pytest.fixture
def world(units):
    made = World(units).settle()
    made.list(made.meeting(), made.concern(made.person()))
    return made


def held(world):
    with world.write() as uow:
        rows = uow.session.execute(
            select(Invitation.recipient_id).where(Invitation.state == "held")
        )
        return {row.recipient_id for row in rows}


def decline(world, contact_id):
    with world.write(Actor(contact_id=contact_id)) as uow:
        asked = uow.session.scalars(
            select(Invitation.id).where(Invitation.recipient_id == contact_id)
        ).one()
        cmd = AnswerInvitation(
            invitation_id=asked, answer=Answer.DECLINED, note="I am away on that morning"
        )
        answer_invitation(cmd, uow=uow, policy=InvitationPolicy())


def settle_again(world):
    with world.write() as uow:
        uow.emit(SlotsChanged(meeting_id=uow.session.scalars(select(Meeting.id)).one()))


def test_who_declined_on_the_ladder_is_not_asked_again(world):
    decline(world, world.worker)
    assert held(world) == {world.worker, world.deputy}

    decline(world, world.deputy)
    settle_again(world)

    assert held(world) == {world.worker, world.deputy, world.manager}
    decline(world, world.manager)
    settle_again(world)
    assert held(world) == {world.worker, world.deputy, world.manager, world.desk}
    with world.write() as uow:
        rows = uow.session.execute(select(Invitation.recipient_id, Invitation.sequence)).all()
    assert {row.sequence for row in rows} == {0}  # nobody was told twice, or told to go


def test_silence_on_every_rung_ends_with_a_task_to_telephone(world, clock):
    for _ in range(4):
        clock.advance(days=6)
        with world.write() as uow:
            assert climb_silent(uow) == 1
        settle_again(world)

    with world.write() as uow:
        kinds = uow.session.scalars(select(Task.kind).where(Task.state == "open")).all()
    assert kinds == ["nobody_answered"]
    assert held(world) == {world.worker, world.deputy, world.manager, world.desk}


def test_an_area_sets_how_long_it_waits_for_an_answer(units):
    made = World(units).settle()
    with made.write() as uow:
        uow.session.add(AreaSetting(area_id=made.area, answer_days=5, answer_hours=24))
    made.list(made.meeting(days=28), made.concern(made.person()))
    made.list(made.meeting(days=4), made.concern(made.person()))
    with made.write() as uow:
        near, far = uow.session.execute(
            select(Invitation.starts_at, Invitation.climb_at).order_by(Invitation.starts_at)
        ).all()
        now = uow.now
    day = working_days_after(london_day(now), 5)
    assert london_day(far.climb_at) == day  # the fifth working day, and not the second
    assert near.climb_at == near.starts_at - timedelta(hours=24)  # and not 72


def test_who_is_sent_instead_has_as_long_as_the_area_says(units):
    made = World(units).settle()
    with made.write() as uow:
        uow.session.add(AreaSetting(area_id=made.area, answer_days=5, answer_hours=24))
        colleague = made.contact(uow, uuid4(), "Col League")
    made.list(made.meeting(days=28), made.concern(made.person()))
    with made.write(Actor(account_id=uuid4(), contact_id=made.worker)) as uow:
        asked = uow.session.scalars(select(Invitation.id)).one()
        said = {"answer": Answer.STAND_IN, "stand_in_id": colleague}
        cmd = AnswerInvitation(invitation_id=asked, **said)
        answer_invitation(cmd, uow=uow, policy=InvitationPolicy())

    with made.write() as uow:
        sent = select(Invitation.climb_at).where(Invitation.recipient_id == colleague)
        climbs_at = uow.session.scalars(sent).one()
        assert london_day(climbs_at) == working_days_after(london_day(uow.now), 5)


def test_on_another_day_everybody_can_be_asked_anew(world):
    decline(world, world.worker)
    decline(world, world.deputy)
    with world.write(COORDINATOR) as uow:
        meeting = uow.session.scalars(select(Meeting)).one()
        later = timedelta(days=2)
        move_meeting(
            MoveMeeting(
                meeting_id=meeting.id,
                version=meeting.version,
                starts_at=meeting.starts_at + later,
                ends_at=meeting.ends_at + later,
                place=None,
                video_link=None,
                chair_id=None,
            ),
            uow=uow,
        )

    assert held(world) == {world.worker}
    decline(world, world.worker)
    assert held(world) == {world.worker, world.deputy}


def test_nobody_is_to_be_rung_for_a_meeting_that_is_over(world, clock):
    for _ in range(4):
        clock.advance(days=6)
        with world.write() as uow:
            climb_silent(uow)
        settle_again(world)
    with world.write(Actor(contact_id=world.worker)) as uow:
        asked = uow.session.scalars(
            select(Invitation.id).where(Invitation.recipient_id == world.worker)
        ).one()
        cmd = AnswerInvitation(invitation_id=asked, answer=Answer.NOT_MINE, note="Handed over")
        answer_invitation(cmd, uow=uow, policy=InvitationPolicy())
    with world.write() as uow:
        assert lapse_over(uow, limit=9) == 0
        ends_at = uow.session.scalars(select(Meeting.ends_at)).one()
    clock.advance(seconds=(ends_at - clock.now()).total_seconds())

    with world.write() as uow:
        assert lapse_over(uow, limit=9) == 1
    with world.write() as uow:
        assert lapse_over(uow, limit=9) == 0
        left = uow.session.scalars(select(Task.kind).where(Task.state == "open")).all()
    assert left == ["worker_says_not_mine"]  # the register is still to be put right
