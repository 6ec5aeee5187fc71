"""Two people act in the very same moment: one of them is first, and the other is told."""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaitsError

import pytest
from sqlalchemy import select, update

from hub.kernel.actor import Role
from hub.kernel.errors import ConflictError, IllegalMoveError, RefusedError
from hub.sharing.commands.approving import AnswerApproval, answer_approval
from hub.sharing.commands.holding import acknowledge_request
from hub.sharing.commands.releasing import WithholdLine, share_line, withhold_line
from hub.sharing.commands.request_drafts import StartAsking, start_asking
from hub.sharing.commands.sending import (
    ReplyToHolder,
    SendRequest,
    send_request,
    withdraw_request,
)
from hub.sharing.commands.telling import TellLine, tell_line
from hub.sharing.commands.withdrawals import WithdrawConsent, withdraw_consent
from hub.sharing.models import Disclosure, InformationRequest, WithdrawalNotice
from hub.sharing.rules import Category
from hub.sharing.rules.consents import ConsentScope
from hub.sharing.states import LineState, RequestState
from kit.asking import POLICY, RISK
from kit.world import HUB
from parts.asked import approvals, confirm, read, ready, steps
from parts.consenting import SAFETY, answer, worker, yes

MOMENT = 0.3
"""Seconds for which the second is kept waiting before the first has done."""

MANAGER, OTHER = Role.TEAM_MANAGER, Role.AGENCY_REPRESENTATIVE


def at_once(asking, first, second):
    """Let two act so that the second begins before the first is done; return what each came to.

    Each is an actor and what they do with a unit; an error is returned, not raised.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        with asking.world.write(first[0]) as uow:
            mine = first[1](uow)
            uow.session.flush()
            late = pool.submit(outcome, asking, *second)
            with pytest.raises(StillWaitsError):
                late.result(timeout=MOMENT)
        return mine, late.result(timeout=30)


def outcome(asking, actor, act):
    try:
        with asking.world.write(actor) as uow:
            return act(uow)
    except (ConflictError, RefusedError) as no:
        return no


def share(asking, line):
    return lambda uow: share_line(asking.share(line.id), uow=uow, policy=POLICY)


def withhold(line):
    cmd = WithholdLine(line_id=line.id, why="She said no")
    return lambda uow: withhold_line(cmd, uow=uow, policy=POLICY)


def give(approval, *, is_approved):
    cmd = AnswerApproval(
        approval_id=approval.id,
        version=approval.version,
        is_approved=is_approved,
        risk_of_sharing=RISK,
        risk_of_not_sharing=RISK,
        reason="It is needed",
        knows_nobody=True,
    )
    return lambda uow: answer_approval(cmd, uow=uow, policy=POLICY)


def left(asking):
    with asking.world.units.read(HUB) as uow:
        return uow.session.scalars(select(Disclosure)).all()


def test_what_two_share_at_once_leaves_once(asking):
    _, line = ready(asking)
    people = asking.people
    _, late = at_once(
        asking,
        (people[MANAGER], share(asking, line)),
        (people[OTHER], share(asking, line)),
    )
    assert isinstance(late, RefusedError)
    (row,) = left(asking)
    assert row.shared_by == people[MANAGER].account_id


def test_what_is_withheld_while_another_shares_it_is_shared_and_no_more(asking):
    request_id, line = ready(asking)
    _, late = at_once(
        asking,
        (asking.people[MANAGER], share(asking, line)),
        (asking.people[OTHER], withhold(line)),
    )
    assert isinstance(late, RefusedError)
    assert asking.line(request_id).state == LineState.SHARED
    assert steps(asking, request_id).count("settled") == 1


def test_what_is_shared_while_another_withholds_it_does_not_leave(asking):
    request_id, line = ready(asking)
    _, late = at_once(
        asking,
        (asking.people[MANAGER], withhold(line)),
        (asking.people[OTHER], share(asking, line)),
    )
    assert isinstance(late, RefusedError)
    assert left(asking) == []
    assert asking.line(request_id).state == LineState.WITHHELD


def test_what_is_taken_back_while_another_shares_it_stays_with_the_asker(asking):
    request_id, line = ready(asking)
    taken = ReplyToHolder(request_id=request_id, text="Not needed any more")
    _, late = at_once(
        asking,
        (asking.people[MANAGER], share(asking, line)),
        (asking.officer, lambda uow: withdraw_request(taken, uow=uow, policy=POLICY)),
    )
    assert isinstance(late, IllegalMoveError)
    assert read(asking, request_id).state == RequestState.ANSWERED


@pytest.mark.parametrize("is_approved", [True, False])
def test_of_two_who_approve_at_once_the_first_counts(asking, is_approved):
    request_id = asking.send()
    confirm(asking, request_id, asking.world.person())
    line = asking.line(request_id)
    (asked,) = approvals(asking, line.id)
    _, late = at_once(
        asking,
        (asking.people[Role.DUTY_DESK], give(asked, is_approved=is_approved)),
        (asking.people[OTHER], give(asked, is_approved=not is_approved)),
    )
    assert isinstance(late, ConflictError)
    state = LineState.READY if is_approved else LineState.REFUSING
    assert asking.line(request_id).state == state


def test_what_two_take_on_at_once_is_taken_on(asking):
    request_id = asking.send()
    at_once(
        asking,
        (asking.people[Role.DUTY_DESK], lambda uow: acknowledge_request(request_id, uow=uow)),
        (asking.people[OTHER], lambda uow: acknowledge_request(request_id, uow=uow)),
    )
    assert steps(asking, request_id).count("acknowledged") == 1


def test_what_two_have_told_at_once_is_told_once(asking):
    request_id = asking.send(asking.answers(risk={"immediate_danger": "yes"}))
    cmd = TellLine(line_id=asking.line(request_id).id)
    told = at_once(
        asking,
        (asking.people[Role.DUTY_DESK], lambda uow: tell_line(cmd, uow=uow, policy=POLICY)),
        (asking.people[OTHER], lambda uow: tell_line(cmd, uow=uow, policy=POLICY)),
    )
    assert told == (cmd.line_id, cmd.line_id)
    assert steps(asking, request_id).count("told_by_phone") == 1
    assert asking.line(request_id).told_by == asking.people[Role.DUTY_DESK].account_id


# --- Consent that is taken back in that moment ---

CATEGORY = "accommodation"


@pytest.fixture
def agreed(asking):
    """Return a person who agreed, the consent, and the line that may leave because of it."""
    person = asking.world.person()
    what = {"categories": [CATEGORY], "wanted_accommodation": "Where she stays, roughly"}
    request_id = asking.send(asking.answers(what=what))
    confirm(asking, request_id, person)
    scope = ConsentScope(
        purposes=frozenset({SAFETY}),
        categories=frozenset({Category.ACCOMMODATION}),
        agencies=frozenset({asking.force}),
    )
    given = answer(asking.world, yes(asking.world, person, scope=scope))
    line = asking.line(request_id, CATEGORY)
    asking.approve(approvals(asking, line.id)[0], asking.people[Role.DUTY_DESK])
    return person, given, line


def take_back(person, consent_id):
    cmd = WithdrawConsent(person_id=person, consent_id=consent_id, own_words="Stop it")
    return lambda uow: withdraw_consent(cmd, uow=uow)


def test_what_is_shared_while_consent_is_taken_back_does_not_leave(asking, agreed):
    person, given, line = agreed
    _, late = at_once(
        asking,
        (worker(asking.world), take_back(person, given)),
        (asking.people[MANAGER], share(asking, line)),
    )
    assert isinstance(late, RefusedError)
    assert left(asking) == []


def test_whoever_receives_it_while_consent_is_taken_back_hears_of_it(asking, agreed):
    person, given, line = agreed
    at_once(
        asking,
        (asking.people[MANAGER], share(asking, line)),
        (worker(asking.world), take_back(person, given)),
    )
    (row,) = left(asking)
    assert row.consent_id == given
    with asking.world.units.read(HUB) as uow:
        (notice,) = uow.session.scalars(select(WithdrawalNotice)).all()
    assert notice.account_id == asking.officer.account_id


def test_nothing_leaves_about_somebody_who_was_found_to_be_another_in_that_moment(
    asking, monkeypatch
):
    request_id, line = ready(asking)
    other = asking.world.person()

    def find_out(uow, _person_id):
        changed = update(InformationRequest).where(InformationRequest.id == request_id)
        uow.session.execute(changed.values(person_id=other))

    monkeypatch.setattr("hub.sharing.access.consents_alone", find_out)
    late = outcome(asking, asking.people[MANAGER], share(asking, line))

    assert isinstance(late, RefusedError)
    assert "answered just now" in late.why
    assert left(asking) == []


def test_a_draft_that_is_sent_twice_at_once_is_one_request(asking):
    answers = asking.answers()
    with asking.world.write(asking.officer) as uow:
        draft_id = start_asking(StartAsking(), uow=uow)
    cmd = SendRequest(answers=answers, draft_id=draft_id)

    def send(uow):
        return send_request(cmd, uow=uow, policy=POLICY)

    both = at_once(asking, (asking.officer, send), (asking.officer, send))

    assert both == (draft_id, draft_id)
    with asking.world.units.read(HUB) as uow:
        assert len(uow.session.scalars(select(InformationRequest.id)).all()) == 1
