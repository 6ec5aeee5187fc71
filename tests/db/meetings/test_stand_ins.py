"""A colleague who is sent instead: nobody is forgotten when the colleague does not come either."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from hub.agencies.models import Absence, Contact
from hub.kernel.actor import Actor
from hub.kernel.errors import RefusedError
from hub.meetings.answers import Answer, AnswerInvitation, answer_invitation, climb_silent
from hub.meetings.commands import bar_recipient
from hub.meetings.invitation_queries import colleagues, invitation_sheet
from hub.meetings.models import Invitation
from hub.people.events import AllocationChanged
from hub.people.models import Allocation, Conflict
from hub.wiring.reactions import invitation_policy, reconciler_of
from kit.world import CHAIR, HUB, World


@pytest.fixture
def world(units) -> World:
    return World(units).settle()


@pytest.fixture
def policy(settings):
    return invitation_policy(settings)


@pytest.fixture
def colleague(world):
    with world.write() as uow:
        return world.contact(uow, uuid4(), "Col League")


@pytest.fixture
def answers(world, policy):
    """Return the function by which somebody answers the invitation that they hold."""

    def answer(who, said, **more):
        with world.units.read(HUB) as uow:
            mine = select(Invitation.id).where(
                Invitation.recipient_id == who, Invitation.state == "held"
            )
            invitation_id = uow.session.scalars(mine).one()
        words = {"note": "In court all that day"} | more
        cmd = AnswerInvitation(invitation_id=invitation_id, answer=said, **words)
        with world.units.write(Actor(account_id=uuid4(), contact_id=who)) as uow:
            answer_invitation(cmd, uow=uow, policy=policy)

    return answer


def asked(world):
    with world.units.read(HUB) as uow:
        rows = uow.session.execute(
            select(Invitation.recipient_id, Invitation.because).where(Invitation.state == "held")
        )
        return {row[0]: row[1] for row in rows}


def offered(world, policy):
    """Return whom the worker's page offers to send."""
    with world.units.read(Actor(account_id=uuid4(), contact_id=world.worker)) as uow:
        mine = select(Invitation.id).where(Invitation.recipient_id == world.worker)
        sheet = invitation_sheet(uow, uow.session.scalars(mine).one(), policy)
        return {contact_id for contact_id, _ in colleagues(uow, sheet)}


def test_when_the_colleague_says_no_the_ladder_goes_on(world, colleague, answers):
    world.list(world.meeting(), world.concern(world.person()))
    answers(world.worker, Answer.STAND_IN, stand_in_id=colleague)
    assert asked(world) == {world.worker: "required", colleague: "chosen"}

    answers(colleague, Answer.DECLINED)

    assert asked(world)[world.deputy] == "escalated"


def test_when_the_colleague_stays_silent_the_ladder_goes_on(world, colleague, answers):
    world.list(world.meeting(), world.concern(world.person()))
    answers(world.worker, Answer.STAND_IN, stand_in_id=colleague)
    with world.write() as uow:
        late = uow.now - timedelta(minutes=1)
        uow.session.execute(
            update(Invitation).where(Invitation.recipient_id == colleague).values(climb_at=late)
        )
    with world.write() as uow:
        assert climb_silent(uow) == 1

    assert asked(world)[world.deputy] == "escalated"


def test_when_the_colleague_is_ruled_out_the_ladder_goes_on(world, colleague, answers):
    item = world.list(world.meeting(), world.concern(world.person()))
    answers(world.worker, Answer.STAND_IN, stand_in_id=colleague)

    with world.write(CHAIR) as uow:
        bar_recipient(colleague, item, uow=uow)

    assert asked(world) == {world.worker: "required", world.deputy: "escalated"}


def test_who_comes_after_all_needs_no_colleague(world, colleague, answers):
    world.list(world.meeting(), world.concern(world.person()))
    answers(world.worker, Answer.STAND_IN, stand_in_id=colleague)

    answers(world.worker, Answer.ACCEPTED)

    assert asked(world) == {world.worker: "required"}


def test_a_colleague_who_said_yes_stays_asked(world, colleague, answers):
    world.list(world.meeting(), world.concern(world.person()))
    answers(world.worker, Answer.STAND_IN, stand_in_id=colleague)
    answers(colleague, Answer.ACCEPTED)

    answers(world.worker, Answer.ACCEPTED)

    assert asked(world) == {world.worker: "required", colleague: "chosen"}


def with_conflict(world, person, colleague):
    with world.write() as uow:
        uow.session.add(
            Conflict(contact_id=colleague, person_id=person, declared_at=uow.now, declared_by=None)
        )


def with_other_side(world, person, colleague):
    with world.write() as uow:
        uow.session.add(
            Allocation(
                id=uuid4(),
                person_id=person,
                worker_id=colleague,
                role="leaving_care_worker",
                from_on=uow.today,
            )
        )


def test_a_relative_is_neither_offered_nor_sent(world, policy, colleague, answers):
    person = world.person()
    world.list(world.meeting(), world.concern(person))
    assert colleague in offered(world, policy)
    with_conflict(world, person, colleague)

    assert colleague not in offered(world, policy)
    with pytest.raises(RefusedError, match="cannot be sent"):
        answers(world.worker, Answer.STAND_IN, stand_in_id=colleague)
    assert asked(world) == {world.worker: "required"}


def test_the_worker_of_the_other_side_is_neither_offered_nor_sent(
    world, policy, colleague, answers
):
    victim, alleged = world.person(), world.person(worker=world.desk)
    world.list(
        world.meeting(), world.concern_about([(victim, "victim"), (alleged, "alleged_perpetrator")])
    )
    with_other_side(world, alleged, colleague)

    assert colleague not in offered(world, policy)
    with pytest.raises(RefusedError, match="cannot be sent"):
        answers(world.worker, Answer.STAND_IN, stand_in_id=colleague)


def test_no_longer_mine_does_not_invite_who_must_not_come(world, colleague, answers):
    person = world.person()
    world.list(world.meeting(), world.concern(person))
    with_conflict(world, person, colleague)

    answers(world.worker, Answer.NOT_MINE, stand_in_id=colleague)

    assert asked(world) == {world.worker: "required", world.deputy: "escalated"}


@pytest.mark.parametrize("why", ["absent", "left", "not there yet"])
def test_who_is_not_at_work_that_day_is_not_sent(world, colleague, answers, why):
    world.list(world.meeting(), world.concern(world.person()))
    with world.write() as uow:
        day = uow.today + timedelta(days=28)
        contact = uow.session.get_one(Contact, colleague)
        if why == "left":
            contact.works_until = day
        elif why == "not there yet":
            contact.works_from = day + timedelta(days=1)
        else:
            away = {"from_on": day, "until_on": day + timedelta(days=1)}
            uow.session.add(Absence(id=uuid4(), contact_id=colleague, **away))

    with pytest.raises(RefusedError, match="not at work that day"):
        answers(world.worker, Answer.STAND_IN, stand_in_id=colleague)


def test_who_has_sent_somebody_is_not_sent_in_turn(world, colleague, answers):
    world.list(world.meeting(), world.concern(world.person()))
    answers(world.worker, Answer.STAND_IN, stand_in_id=colleague)

    with pytest.raises(RefusedError, match="sending somebody else"):
        answers(colleague, Answer.STAND_IN, stand_in_id=world.worker)

    assert asked(world) == {world.worker: "required", colleague: "chosen"}


def test_who_is_sent_by_the_new_worker_stays_asked(world, settings, answers):
    person = world.person()
    meeting = world.meeting()
    world.list(meeting, world.concern(person))
    answers(world.worker, Answer.DECLINED)
    answers(world.deputy, Answer.STAND_IN, stand_in_id=world.worker)
    answers(world.worker, Answer.ACCEPTED)

    with world.write() as uow:
        uow.session.execute(
            update(Allocation).where(Allocation.person_id == person).values(worker_id=world.deputy)
        )
        uow.emit(AllocationChanged(person_id=person))

    after = asked(world)
    assert after == {world.deputy: "required", world.worker: "chosen"}
    with world.write() as uow:
        reconciler_of(settings).run(uow, [meeting])
    assert asked(world) == after
