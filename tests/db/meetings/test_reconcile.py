"""Each thing that can happen, one by one, and what it does to the invitations."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from hub.agencies.events import AbsenceSaved, ContactSaved
from hub.agencies.models import Absence, Contact
from hub.kernel.actor import Actor
from hub.kernel.errors import ConflictError, RefusedError
from hub.meetings.answers import Answer, AnswerInvitation, answer_invitation, climb_silent
from hub.meetings.commands import bar_recipient, cancel_meeting, unlist_case
from hub.meetings.gaps import gaps_of
from hub.meetings.models import Invitation, Task
from hub.people.events import AllocationChanged
from hub.people.models import Allocation
from hub.sharing.events import AgreementChanged
from hub.sharing.models import Agreement
from hub.wiring.reactions import invitation_policy, reconciler_of
from kit.world import CHAIR, COORDINATOR, HUB, World


@pytest.fixture
def world(units) -> World:
    return World(units).settle()


@pytest.fixture
def policy(settings):
    return invitation_policy(settings)


def _held(units) -> dict[str, str]:
    """Return who holds an invitation: step and why."""
    with units.read(HUB) as uow:
        rows = uow.session.scalars(select(Invitation).where(Invitation.state == "held"))
        return {row.step: row.because for row in rows}


def _tasks(units) -> set[str]:
    with units.read(HUB) as uow:
        return set(uow.session.scalars(select(Task.kind).where(Task.state == "open")))


def _answer(units, policy, answer: Answer, *, step: str = "named_worker", **more) -> None:
    with units.read(HUB) as uow:
        row = uow.session.scalar(select(Invitation).where(Invitation.step == step))
    actor = Actor(account_id=uuid4(), contact_id=row.recipient_id)
    words = {"note": "In court all that day"} | more
    with units.write(actor) as uow:
        answer_invitation(
            AnswerInvitation(invitation_id=row.id, answer=answer, **words), uow=uow, policy=policy
        )


def test_listing_invites_the_named_worker(world, units) -> None:
    world.list(world.meeting(), world.concern(world.person()))
    assert _held(units) == {"named_worker": "required"}


def test_unlisting_takes_the_invitation_back(world, units) -> None:
    item = world.list(world.meeting(), world.concern(world.person()))
    with units.write(COORDINATOR) as uow:
        unlist_case(item, uow=uow)
    assert _held(units) == {}


def test_a_cancelled_meeting_takes_all_back_and_leaves_no_tasks(world, units) -> None:
    meeting = world.meeting()
    world.list(meeting, world.concern(world.person(worker=world.desk)))  # a desk is nobody's worker
    assert _tasks(units) == {"no_named_worker"}
    with units.write(COORDINATOR) as uow:
        cancel_meeting(meeting, uow=uow)
    assert _held(units) == {}
    assert _tasks(units) == set()


def test_an_absence_sends_the_question_on_and_its_end_brings_it_back(world, units) -> None:
    world.list(world.meeting(), world.concern(world.person()))
    away = Absence(
        id=uuid4(),
        contact_id=world.worker,
        from_on=date(2026, 6, 20),
        until_on=date(2026, 7, 20),
        cover_id=world.manager,
    )
    with units.write(HUB) as uow:
        uow.session.add(away)
        uow.emit(AbsenceSaved(contact_id=world.worker))
    assert _held(units) == {"cover": "required"}
    with units.write(HUB) as uow:
        uow.session.get_one(Absence, away.id).until_on = date(2026, 6, 25)
        uow.emit(AbsenceSaved(contact_id=world.worker))
    assert _held(units) == {"named_worker": "required"}


def test_an_invitation_given_back_keeps_its_uid_and_its_numbers_rise(world, units) -> None:
    world.list(world.meeting(), world.concern(world.person()))
    for works_until in (date(2026, 6, 10), None):
        with units.write(HUB) as uow:
            uow.session.get_one(Contact, world.worker).works_until = works_until
            uow.emit(ContactSaved(contact_id=world.worker, is_new=False))
    with units.read(HUB) as uow:
        rows = uow.session.scalars(
            select(Invitation).where(Invitation.recipient_id == world.worker)
        )
        (row,) = rows
    assert (row.state, row.sequence) == ("held", 2)


def test_a_new_worker_is_invited_and_the_old_one_is_not_any_more(world, units) -> None:
    person = world.person()
    world.list(world.meeting(), world.concern(person))
    with units.write(HUB) as uow:
        uow.session.scalar(select(Allocation)).until_on = uow.today
        uow.session.add(
            Allocation(
                id=uuid4(),
                person_id=person,
                worker_id=world.deputy,
                role="leaving_care_worker",
                from_on=uow.today,
            )
        )
        uow.emit(AllocationChanged(person_id=person))
    with units.read(HUB) as uow:
        held = select(Invitation.recipient_id).where(Invitation.state == "held")
        assert list(uow.session.scalars(held)) == [world.deputy]


def test_without_an_agreement_the_invitation_is_held_and_somebody_owns_it(world, units) -> None:
    world.list(world.meeting(), world.concern(world.person()))
    with units.write(HUB) as uow:
        uow.session.get_one(Agreement, world.agreement).status = "suspended"
        uow.emit(AgreementChanged(agreement_id=world.agreement))
    assert _held(units) == {}
    assert _tasks(units) == {"agreement_not_in_force"}


def test_a_decline_asks_the_next_and_keeps_the_first(world, units, policy) -> None:
    world.list(world.meeting(), world.concern(world.person()))
    _answer(units, policy, Answer.DECLINED)
    assert _held(units) == {"named_worker": "required", "deputy": "escalated"}


def test_a_change_of_mind_sends_the_next_home_unless_they_are_coming(world, units, policy) -> None:
    world.list(world.meeting(), world.concern(world.person()))
    _answer(units, policy, Answer.DECLINED)
    _answer(units, policy, Answer.ACCEPTED)
    assert _held(units) == {"named_worker": "required"}
    _answer(units, policy, Answer.DECLINED)
    _answer(units, policy, Answer.ACCEPTED, step="deputy")
    _answer(units, policy, Answer.ACCEPTED)
    assert _held(units) == {"named_worker": "required", "deputy": "escalated"}


def test_a_decline_needs_a_reason(world, units, policy) -> None:
    world.list(world.meeting(), world.concern(world.person()))
    with pytest.raises(RefusedError):
        _answer(units, policy, Answer.DECLINED, note="no")


def test_silence_climbs_to_the_end_and_then_somebody_telephones(world, units, clock) -> None:
    world.list(world.meeting(), world.concern(world.person()))
    for _ in range(5):
        clock.advance(days=4)
        with units.write(HUB) as uow:
            climb_silent(uow)
    assert _held(units) == {
        "named_worker": "required",
        "deputy": "escalated",
        "team_manager": "escalated",
        "duty_desk": "escalated",
    }
    assert "nobody_answered" in _tasks(units)


def test_nobody_climbs_over_an_answer(world, units, policy, clock) -> None:
    world.list(world.meeting(), world.concern(world.person()))
    _answer(units, policy, Answer.INFORMATION_ONLY)
    clock.advance(days=10)
    with units.write(HUB) as uow:
        assert climb_silent(uow) == 0


def test_a_colleague_sent_instead_gets_an_invitation_of_their_own(world, units, policy) -> None:
    world.list(world.meeting(), world.concern(world.person()))
    _answer(units, policy, Answer.STAND_IN, stand_in_id=world.manager)
    with units.read(HUB) as uow:
        chosen = select(Invitation.recipient_id).where(Invitation.because == "chosen")
        assert list(uow.session.scalars(chosen)) == [world.manager]


def test_nobody_of_another_service_can_be_sent(world, units, policy) -> None:
    world.list(world.meeting(), world.concern(world.person()))
    with pytest.raises(RefusedError):
        _answer(units, policy, Answer.STAND_IN, stand_in_id=UUID(int=99))


def test_no_longer_mine_asks_the_manager_and_the_ladder(world, units, policy) -> None:
    world.list(world.meeting(), world.concern(world.person()))
    _answer(units, policy, Answer.NOT_MINE)
    assert _held(units) == {"named_worker": "required", "deputy": "escalated"}
    assert "worker_says_not_mine" in _tasks(units)


def test_a_worker_on_both_sides_is_nobodys_until_the_chair_decides(world, units, policy) -> None:
    meeting = world.meeting()
    both = [(world.person(), "victim"), (world.person(), "alleged_perpetrator")]
    world.list(meeting, world.concern_about(both))
    with units.read(HUB) as uow:
        recipients = set(
            uow.session.scalars(select(Invitation.recipient_id).where(Invitation.state == "held"))
        )
        problems = {gap.problem for gap in gaps_of(uow, meeting, policy)}
    assert world.worker not in recipients
    assert "both_sides" in problems


def test_the_chair_rules_somebody_out(world, units) -> None:
    item = world.list(world.meeting(), world.concern(world.person()))
    with units.write(CHAIR) as uow:
        bar_recipient(world.worker, item, uow=uow)
    assert _held(units) == {"deputy": "required"}


def test_an_answer_to_a_slot_that_has_moved_is_a_conflict(world, units, policy) -> None:
    world.list(world.meeting(), world.concern(world.person()))
    with pytest.raises(ConflictError):
        _answer(units, policy, Answer.ACCEPTED, sequence=7)


def test_an_18th_birthday_on_the_day_before_ends_the_social_work_route(world, units) -> None:
    meeting_day = date(2026, 6, 29)
    person = world.person(born=meeting_day.replace(year=2008) - timedelta(days=1))
    with units.write(HUB) as uow:
        social_worker = uuid4()
        world.contact(uow, social_worker, "So Cial", role="social_worker")
        uow.session.flush()
        uow.session.add(
            Allocation(
                id=uuid4(),
                person_id=person,
                worker_id=social_worker,
                role="social_worker",
                from_on=date(2025, 1, 1),
            )
        )
    world.list(world.meeting(), world.concern(person))
    with units.read(HUB) as uow:
        routes = set(uow.session.scalars(select(Invitation.route)))
    assert routes == {"leaving_care"}


def test_reconciling_again_changes_nothing(world, units, settings) -> None:
    meeting = world.meeting()
    world.list(meeting, world.concern(world.person()))
    with units.write(HUB) as uow:
        reconciler_of(settings).run(uow, [meeting])
        assert uow.pending == []
