"""The agenda of an emergency MARAC goes out with the call, or once nothing stands in its way."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.kernel.actor import Role
from hub.kernel.errors import NotFoundError
from hub.marac.commands.emergency import CallEmergency, call_emergency, note_call
from hub.marac.commands.issuing_emergency import issue_called
from hub.marac.models import AgendaCopy, AgendaIssue
from hub.marac.obstacles import obstacles
from hub.marac.rules.emergency import Said
from hub.meetings.commands import ExcuseGap, excuse_gap
from hub.meetings.models import Meeting, Task
from hub.meetings.rules import InvitationPolicy
from hub.notify.models import Message
from hub.wiring.jobs import JOBS
from hub.wiring.opening import Hub
from kit.world import HUB, World

POLICY = InvitationPolicy()


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def chair(as_role, world):
    return as_role(Role.CHAIR, agency_id=world.agency)


def call(world, by, person_id):
    """Call an emergency MARAC as a page does; return it and whether its agenda is out."""
    concern_id = world.concern(person_id)
    with world.write(by) as uow:
        starts = uow.now + timedelta(hours=1)
        cmd = CallEmergency(
            concern_id=concern_id, starts_at=starts, joining="01522 496 000", reason="Tonight"
        )
        meeting_id = call_emergency(cmd, uow=uow, policy=POLICY)
    with world.write(by) as uow:
        return meeting_id, issue_called(meeting_id, uow=uow, policy=POLICY)


@pytest.fixture
def sweep(world, settings, keyring):
    """Return the job that the timer runs each minute."""
    (job,) = [job for job in JOBS if job.name == "agendas of emergencies"]
    return lambda: job.run(Hub(settings, keyring, world.units))


def rows(world, wanted):
    with world.units.read(HUB) as uow:
        return uow.session.scalars(wanted).all()


def test_it_goes_out_with_the_call_once_and_its_readers_are_told(world, chair, as_role, sweep):
    rep, worker, deputy = (
        as_role(Role.AGENCY_REPRESENTATIVE, agency_id=world.agency),
        as_role(Role.LEAVING_CARE_WORKER, agency_id=world.agency, contact_id=world.worker),
        as_role(Role.LEAVING_CARE_WORKER, agency_id=world.agency, contact_id=world.deputy),
    )
    _, is_out = call(world, chair, world.person())
    assert is_out
    sweep()

    (issue,) = rows(world, select(AgendaIssue))
    assert (issue.number, issue.issued_by) == (1, chair.account_id)
    assert rows(world, select(Meeting.state)) == ["issued"]
    readers = {rep.account_id, worker.account_id, chair.account_id}
    assert set(rows(world, select(AgendaCopy.account_id))) == readers
    told = select(Message.recipient_id).where(Message.kind == "notice")
    assert sorted(rows(world, told)) == sorted(readers - {chair.account_id})  # each of them once

    ring = select(Task.id).where(Task.recipient_id == world.worker, Task.state == "open")
    (task_id,) = rows(world, ring)
    with world.write(chair) as uow:
        note_call(task_id, Said.NO_ANSWER, uow=uow, policy=POLICY)
    sweep()
    assert deputy.account_id in rows(world, select(AgendaCopy.account_id))
    assert len(rows(world, select(AgendaIssue))) == 1


def test_where_somebody_required_is_not_invited_it_waits_for_the_reason(
    world, chair, as_role, sweep
):
    meeting_id, is_out = call(world, chair, None)
    assert not is_out
    sweep()
    assert rows(world, select(AgendaIssue)) == []
    with world.units.read(chair) as uow:
        (gap,) = obstacles(uow, meeting_id, POLICY)
    assert gap.problem == "care_status_unconfirmed"
    with pytest.raises(NotFoundError), world.write(as_role(Role.REFERRER)) as uow:
        issue_called(meeting_id, uow=uow, policy=POLICY)

    with world.write(chair) as uow:
        cmd = ExcuseGap(
            item_id=gap.item_id,
            subject_id=gap.subject_id,
            problem=gap.problem,
            recipient_id=None,
            reason="The desk is being rung while we begin",
        )
        excuse_gap(cmd, uow=uow)
    sweep()
    sweep()

    (issue,) = rows(world, select(AgendaIssue))
    assert issue.issued_by == chair.account_id  # who called it
    assert rows(world, select(Meeting.state)) == ["issued"]
