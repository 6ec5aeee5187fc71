"""What changes between a request and its answer stops it; its clock runs and stands."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from hub.access.models import Account
from hub.agencies.models import Agency
from hub.kernel.actor import Role
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.people.commands.deciding import (
    AnswerCheck,
    undo,
)
from hub.people.models import IdentityCheck
from hub.sharing.access import open_held
from hub.sharing.commands.approving import decline_to_approve
from hub.sharing.commands.clocking import run_clocks, settle_open
from hub.sharing.commands.holding import (
    AskBack,
    acknowledge_request,
    ask_back,
)
from hub.sharing.commands.sending import (
    ReplyToHolder,
    reply_to_holder,
)
from hub.sharing.models import (
    Agreement,
)
from hub.sharing.states import LineState, RequestState
from kit.asking import POLICY
from parts.asked import approvals, confirm, decision, read, ready, share, steps

# --- What changes between the request and the answer ---


def test_an_agreement_that_ends_between_request_and_release_stops_it(asking):
    request_id, line = ready(asking)
    with asking.world.write() as uow:
        uow.session.get_one(Agreement, asking.world.agreement).ends_on = date(2026, 6, 1)

    with pytest.raises(RefusedError, match="may not leave now"):
        share(asking, line)

    with asking.world.write() as uow:
        settle_open(uow, POLICY, after=None, limit=50)
    assert decision(asking, line.id).rule == 16
    assert asking.line(request_id).state == LineState.HELD


def test_when_the_agreement_is_back_the_approvals_are_asked_anew(asking):
    request_id, line = ready(asking)
    for ends_on in (date(2026, 6, 1), date(2027, 1, 1)):
        with asking.world.write() as uow:
            uow.session.get_one(Agreement, asking.world.agreement).ends_on = ends_on
            uow.session.flush()
            settle_open(uow, POLICY, after=None, limit=50)

    assert asking.line(request_id).state == LineState.WAITING
    assert [one.letter for one in approvals(asking, line.id)] == ["W"]


def test_an_approver_who_is_gone_leaves_the_question_to_the_others(asking):
    request_id = asking.send()
    confirm(asking, request_id, asking.world.person())
    line = asking.line(request_id)
    with asking.world.write() as uow:
        gone = asking.people[Role.DUTY_DESK].account_id
        uow.session.execute(update(Account).where(Account.id == gone).values(is_active=False))

    asking.approve(approvals(asking, line.id)[0], asking.people[Role.AGENCY_REPRESENTATIVE])

    assert asking.line(request_id).state == LineState.READY


def test_what_an_approver_gave_before_they_left_still_counts(asking):
    request_id, line = ready(asking)
    with asking.world.write() as uow:
        gone = asking.people[Role.DUTY_DESK].account_id
        uow.session.execute(update(Account).where(Account.id == gone).values(is_active=False))
        settle_open(uow, POLICY, after=None, limit=50)

    share(asking, line)

    assert asking.line(request_id).state == LineState.SHARED


def test_an_approver_who_knows_somebody_sees_nothing_more_and_another_is_asked(asking):
    request_id = asking.send()
    confirm(asking, request_id, asking.world.person())
    line = asking.line(request_id)
    (asked,) = approvals(asking, line.id)
    desk = asking.people[Role.DUTY_DESK]

    with asking.world.write(desk) as uow:
        decline_to_approve(asked.id, uow=uow, policy=POLICY)

    with pytest.raises(NotFoundError):
        asking.approve(asked, desk)
    with pytest.raises(NotFoundError), asking.world.units.read(desk) as uow:
        open_held(uow, request_id)
    asking.approve(asked, asking.people[Role.AGENCY_REPRESENTATIVE])
    assert asking.line(request_id).state == LineState.READY


def test_two_people_answering_at_once_are_told_of_one_another(asking):
    request_id = asking.send()
    confirm(asking, request_id, asking.world.person())
    (asked,) = approvals(asking, asking.line(request_id).id)
    asking.approve(asked, asking.people[Role.DUTY_DESK])

    with pytest.raises(ConflictError):
        asking.approve(asked, asking.people[Role.AGENCY_REPRESENTATIVE])


@pytest.mark.parametrize("side", ["holder", "asker"])
def test_nothing_leaves_while_an_agency_is_suspended(asking, side):
    request_id, line = ready(asking)
    agency_id = asking.world.agency if side == "holder" else asking.force
    with asking.world.write() as uow:
        uow.session.get_one(Agency, agency_id).suspended_at = uow.now

    with pytest.raises(RefusedError):
        share(asking, line)

    assert asking.line(request_id).state != LineState.SHARED


def test_an_asker_whose_account_is_gone_is_not_who_they_say(asking):
    request_id, line = ready(asking)
    with asking.world.write() as uow:
        gone = asking.officer.account_id
        uow.session.execute(update(Account).where(Account.id == gone).values(is_active=False))
        settle_open(uow, POLICY, after=None, limit=50)

    assert decision(asking, line.id).rule == 1
    assert asking.line(request_id).state == LineState.HELD


def test_an_identity_that_is_undone_takes_every_decision_back(asking):
    request_id, line = ready(asking)
    with asking.world.write(asking.people[Role.DUTY_DESK]) as uow:
        check = uow.session.scalars(select(IdentityCheck)).one()
        undo(AnswerCheck(check_id=check.id, version=check.version, note="It was the twin"), uow=uow)

    assert asking.line(request_id).state == LineState.UNDECIDED
    assert approvals(asking, line.id) == []


# --- The clock ---


def test_in_danger_nobody_is_waited_for_and_the_record_is_chased(asking, clock):
    answers = asking.answers(risk={"immediate_danger": "yes"}, handling={"security": ""})
    request_id = asking.send(answers)
    line = asking.line(request_id)
    assert (decision(asking, line.id).rule, line.state) == (4, LineState.READY)

    clock.advance(minutes=16)
    with asking.world.write() as uow:
        run_clocks(uow, POLICY, limit=50)
    assert steps(asking, request_id)[-1] == "escalated"

    told = read(asking, request_id).sent_at
    share(asking, line, method="phone", shared_at=told)
    assert read(asking, request_id).state == RequestState.ANSWERED


def test_the_clock_stands_while_the_holder_waits_for_the_asker(asking, clock):
    request_id = asking.send()
    desk = asking.people[Role.DUTY_DESK]
    due = read(asking, request_id).due_at
    with asking.world.write(desk) as uow:
        acknowledge_request(request_id, uow=uow)
        ask_back(AskBack(request_id=request_id, text="Which worker?"), uow=uow, policy=POLICY)
    clock.advance(days=7)
    with asking.world.write() as uow:
        assert run_clocks(uow, POLICY, limit=50) == 0

    with asking.world.write(asking.officer) as uow:
        cmd = ReplyToHolder(request_id=request_id, text="The last one")
        reply_to_holder(cmd, uow=uow, policy=POLICY)

    assert read(asking, request_id).due_at == due + timedelta(days=7)


def test_what_nobody_answers_is_chased_and_goes_up_once_each(asking, clock):
    request_id = asking.send()
    for _ in range(12):
        clock.advance(days=1)
        with asking.world.write() as uow:
            run_clocks(uow, POLICY, limit=50)

    assert steps(asking, request_id)[-2:] == ["reminded", "escalated"]


def test_a_request_that_lacks_something_lapses_in_the_end(asking, clock):
    request_id = asking.send(asking.answers(handling={"security": ""}))
    clock.advance(days=29)
    with asking.world.write() as uow:
        run_clocks(uow, POLICY, limit=50)

    assert read(asking, request_id).state == RequestState.LAPSED
