"""An agency that does not take part: nothing is shared with it, and what is open waits."""

import pytest
from sqlalchemy import select

from hub.agencies.commands.suspending import (
    ResumeAgency,
    SuspendAgency,
    resume_agency,
    suspend_agency,
)
from hub.agencies.models import Agency
from hub.kernel.actor import Role
from hub.kernel.errors import ConflictError, NotAllowedError, RefusedError
from hub.notify.models import Message
from hub.sharing.commands.reading import read_answer
from hub.sharing.commands.telling import TellLine, tell_line
from hub.sharing.queries.standings import standings
from hub.sharing.queries.stuck import Stuck, stuck
from hub.sharing.states import AgreementState, LineState, RequestState
from kit.asking import POLICY
from kit.world import HUB, TODAY
from parts.asked import approvals, decision, read, ready, share, steps


@pytest.fixture
def administrator(asking):
    return asking.account(asking.force, Role.ADMINISTRATOR)


def version(asking, agency_id):
    with asking.world.units.read(HUB) as uow:
        return uow.session.get_one(Agency, agency_id).version


def suspend(asking, by, agency_id, **changes):
    values = {"version": version(asking, agency_id), "why": "Their contract ended"} | changes
    with asking.world.write(by) as uow:
        suspend_agency(SuspendAgency(agency_id=agency_id, **values), uow=uow)


def resume(asking, by, agency_id):
    with asking.world.write(by) as uow:
        cmd = ResumeAgency(agency_id=agency_id, version=version(asking, agency_id))
        resume_agency(cmd, uow=uow)


# --- Who and how ---


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_only_an_administrator_does_it(asking, role):
    actor = asking.account(asking.force, role)
    with pytest.raises(NotAllowedError):
        suspend(asking, actor, asking.world.agency)


def test_it_takes_a_reason_and_the_version_that_was_read(asking, administrator):
    with pytest.raises(RefusedError, match="Enter why"):
        suspend(asking, administrator, asking.world.agency, why=" ")
    with pytest.raises(ConflictError):
        suspend(asking, administrator, asking.world.agency, version=99)
    suspend(asking, administrator, asking.world.agency)
    with pytest.raises(RefusedError, match="already"):
        suspend(asking, administrator, asking.world.agency)
    resume(asking, administrator, asking.world.agency)
    with pytest.raises(RefusedError, match="already"):
        resume(asking, administrator, asking.world.agency)
    with asking.world.units.read(HUB) as uow:
        row = uow.session.get_one(Agency, asking.world.agency)
        assert (row.suspended_at, row.suspended_why) == (None, None)


# --- Requests ---


@pytest.mark.parametrize("side", ["asker", "holder"])
def test_open_requests_wait_and_go_on_when_it_takes_part_again(asking, administrator, side):
    request_id, line = ready(asking)
    agency_id = asking.force if side == "asker" else asking.world.agency
    suspend(asking, administrator, agency_id)

    assert asking.line(request_id).state == LineState.HELD
    assert decision(asking, line.id).rule == (1 if side == "asker" else 16)
    assert steps(asking, request_id)[-1] == "suspended"
    with pytest.raises(RefusedError):
        share(asking, line)

    resume(asking, administrator, agency_id)
    assert steps(asking, request_id)[-1] == "resumed"
    asking.approve(approvals(asking, line.id)[0], asking.people[Role.DUTY_DESK])
    share(asking, line)
    assert read(asking, request_id).state == RequestState.ANSWERED


def test_not_even_a_danger_lets_something_go_to_an_agency_that_is_out(asking, administrator):
    request_id = asking.send(asking.answers(risk={"immediate_danger": "yes"}))
    suspend(asking, administrator, asking.force)
    with (
        pytest.raises(RefusedError),
        asking.world.write(asking.people[Role.DUTY_DESK]) as uow,
    ):
        tell_line(TellLine(line_id=asking.line(request_id).id), uow=uow, policy=POLICY)


def test_its_people_ask_nothing_and_open_nothing(asking, administrator):
    request_id, line = ready(asking)
    share(asking, line)
    suspend(asking, administrator, asking.force)

    with pytest.raises(RefusedError, match="does not take part at present"):
        asking.send()
    with (
        pytest.raises(RefusedError, match="does not take part at present"),
        asking.world.write(asking.officer) as uow,
    ):
        read_answer(request_id, uow=uow)

    resume(asking, administrator, asking.force)
    with asking.world.write(asking.officer) as uow:
        read_answer(request_id, uow=uow)


def test_the_governance_leads_of_both_sides_are_told_and_see_what_waits(asking, administrator):
    request_id = asking.send()
    lead = asking.account(asking.world.agency, Role.GOVERNANCE_LEAD)
    other = asking.account(asking.force, Role.GOVERNANCE_LEAD)
    suspend(asking, administrator, asking.force)

    with asking.world.units.read(lead) as uow:
        told = set(uow.session.scalars(select(Message.recipient_id)))
        assert {lead.account_id, other.account_id} <= told
        (row,) = stuck(uow)
    assert (row.why, row.reference) == (Stuck.SUSPENDED, read(asking, request_id).reference)


# --- Agreements ---


def test_under_no_agreement_is_its_service_told_of_a_case(asking, administrator):
    service = asking.world.service

    def state():
        with asking.world.units.read(HUB) as uow:
            found = standings(uow, [service], "marac_risk", day=TODAY, grace_days=30)
            return found[service].state

    assert state() is AgreementState.IN_FORCE
    suspend(asking, administrator, asking.world.agency)
    assert state() is AgreementState.SUSPENDED
    resume(asking, administrator, asking.world.agency)
    assert state() is AgreementState.IN_FORCE
