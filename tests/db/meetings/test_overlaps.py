"""Somebody asked to two meetings at once: a co-ordinator's task, and in the way of issuing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from hub.agencies.models import Contact
from hub.kernel.actor import Actor, Role
from hub.kernel.errors import RefusedError
from hub.marac.commands import PackAgenda, issue_agenda, pack_agenda
from hub.meetings.answers import Answer, AnswerInvitation, answer_invitation
from hub.meetings.decisions import Decide, decide_gap
from hub.meetings.models import Invitation, Task
from hub.meetings.overlaps import DOUBLE_BOOKED, open_overlaps
from hub.meetings.rules import InvitationPolicy
from hub.meetings.situation import MeetingKind
from hub.meetings.situations import upcoming_ids
from hub.wiring.reactions import reconciler_of
from kit.world import COORDINATOR, HUB, TODAY, World

POLICY = InvitationPolicy()
WORKER = Role.LEAVING_CARE_WORKER


@pytest.fixture
def world(units):
    return World(units).settle()


def listed(world, kind, days=28.0, *, packed=True):
    meeting = world.meeting(days=days, kind=kind)
    item = world.list(meeting, world.concern(world.person()))
    if packed:
        with world.write(COORDINATOR) as uow:
            pack_agenda(PackAgenda(meeting_id=meeting, slot_minutes=10), uow=uow)
    return meeting, item


def sweep(world, settings):
    with world.write() as uow:
        reconciler_of(settings).run(uow, upcoming_ids(uow))


def tasks(world):
    with world.units.read(HUB) as uow:
        wanted = select(Task).where(Task.kind == DOUBLE_BOOKED).order_by(Task.opened_at)
        return {row.item_id: (row.state, row.recipient_id) for row in uow.session.scalars(wanted)}


def issue(world, meeting):
    with world.write(COORDINATOR) as uow:
        return issue_agenda(meeting, uow=uow, policy=POLICY)


def answer(world, item, said, **more):
    with world.units.read(HUB) as uow:
        row = uow.session.scalars(select(Invitation).where(Invitation.item_id == item)).first()
    worker = Actor(account_id=uuid4(), contact_id=world.worker, roles=frozenset({WORKER}))
    with world.write(worker) as uow:
        cmd = AnswerInvitation(invitation_id=row.id, answer=said, **more)
        answer_invitation(cmd, uow=uow, policy=POLICY)


def test_two_meetings_at_once_are_a_task_and_keep_both_agendas_back(world, settings):
    first, one = listed(world, MeetingKind.MARAC)
    assert tasks(world) == {}
    second, two = listed(world, MeetingKind.SAFETY_PLANNING)
    sweep(world, settings)

    assert tasks(world) == dict.fromkeys((one, two), ("open", world.worker))
    for meeting in (first, second):
        with pytest.raises(RefusedError, match="another meeting at the same time"):
            issue(world, meeting)


def test_a_case_without_a_time_of_its_own_overlaps_with_nothing_yet(world, settings):
    first, _ = listed(world, MeetingKind.MARAC, packed=False)
    listed(world, MeetingKind.MARAC)
    sweep(world, settings)

    assert tasks(world) == {}
    with world.write(COORDINATOR) as uow:
        pack_agenda(PackAgenda(meeting_id=first, slot_minutes=10), uow=uow)
    assert len(tasks(world)) == 1


def test_meetings_one_after_the_other_and_cases_of_one_meeting_do_not_overlap(world, settings):
    meeting, _ = listed(world, MeetingKind.SAFETY_PLANNING, packed=False)
    world.list(meeting, world.concern(world.person()))
    listed(world, MeetingKind.STRATEGY, days=28 + 3 / 24, packed=False)
    sweep(world, settings)

    assert tasks(world) == {}


def test_a_named_persons_reason_lets_the_agenda_go_out(world, settings):
    first, one = listed(world, MeetingKind.MARAC)
    listed(world, MeetingKind.SAFETY_PLANNING)
    sweep(world, settings)
    with world.units.read(HUB) as uow:
        (found,) = open_overlaps(uow, [first])

    reason = Decide(
        item_id=one,
        subject_id=found.subject_id,
        problem=DOUBLE_BOOKED,
        recipient_id=found.recipient_id,
        reason="The worker joins by telephone for ten minutes.",
    )
    with world.write(COORDINATOR) as uow:
        decide_gap(reason, uow=uow, policy=POLICY)

    assert tasks(world)[one][0] == "lapsed"
    assert issue(world, first) == 1


def test_it_settles_itself_when_a_time_changes_or_somebody_else_comes(world, settings):
    first, _ = listed(world, MeetingKind.MARAC)
    second, two = listed(world, MeetingKind.SAFETY_PLANNING)
    answer(world, two, Answer.INFORMATION_ONLY)
    sweep(world, settings)

    assert tasks(world)[two][0] == "lapsed"
    assert issue(world, first) == issue(world, second) == 1


def test_a_desk_is_no_one_person(world, settings):
    people = (world.worker, world.deputy, world.manager)
    with world.write() as uow:
        stale = update(Contact).where(Contact.id.in_(people))
        uow.session.execute(stale.values(checked_on=TODAY - timedelta(days=365)))
    listed(world, MeetingKind.MARAC)
    listed(world, MeetingKind.SAFETY_PLANNING)
    sweep(world, settings)

    with world.units.read(HUB) as uow:
        assert set(uow.session.scalars(select(Invitation.recipient_id))) == {world.desk}
    assert tasks(world) == {}
