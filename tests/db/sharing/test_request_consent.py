"""Requests hear what a person said: a yes opens, taking it back shuts, and who received is told."""

from dataclasses import replace

from sqlalchemy import select

from hub.kernel.actor import Role
from hub.notify.models import Message
from hub.sharing.models import WithdrawalNotice
from hub.sharing.rules import Category
from hub.sharing.rules.consent_terms import Ends
from hub.sharing.rules.consents import ConsentScope
from hub.sharing.states import LineState
from kit.world import HUB
from parts.asked import approvals, confirm, decision, share
from parts.consenting import SAFETY, answer, withdraw, worker, yes

CATEGORY = "accommodation"
WHAT = {"categories": [CATEGORY], "wanted_accommodation": "Where she stays, roughly"}


def scope(asking, **changes):
    whole = ConsentScope(
        purposes=frozenset({SAFETY}),
        categories=frozenset({Category.ACCOMMODATION}),
        agencies=frozenset({asking.force}),
    )
    return replace(whole, **changes)


def known(asking):
    """Send a request about somebody, and let the desk say who is meant."""
    person = asking.world.person()
    request_id = asking.send(asking.answers(what=WHAT))
    confirm(asking, request_id, person)
    return person, request_id


def rule(asking, request_id):
    return decision(asking, asking.line(request_id, CATEGORY).id).rule


def test_without_a_record_it_waits_for_somebody_to_ask(asking):
    _, request_id = known(asking)

    assert rule(asking, request_id) == 30


def test_a_yes_lets_the_line_go_to_its_approver_and_is_cited(asking):
    person, request_id = known(asking)

    given = answer(asking.world, yes(asking.world, person, scope=scope(asking)))

    line = asking.line(request_id, CATEGORY)
    assert (rule(asking, request_id), line.state) == (22, LineState.WAITING)
    assert decision(asking, line.id).consent_id == given


def test_a_yes_to_another_agency_opens_nothing_here(asking):
    person, request_id = known(asking)

    elsewhere = scope(asking, agencies=frozenset({asking.world.agency}))
    answer(asking.world, yes(asking.world, person, scope=elsewhere))

    assert rule(asking, request_id) == 30


def test_a_yes_for_one_request_opens_that_one_alone(asking):
    person, first = known(asking)
    second = asking.send(asking.answers(what=WHAT))
    confirm(asking, second, person)

    only = scope(asking, about=second)
    answer(asking.world, yes(asking.world, person, scope=only, ends=Ends.ONCE))

    assert (rule(asking, first), rule(asking, second)) == (30, 22)


def test_consent_that_is_taken_back_while_an_approval_is_asked_shuts_it_at_once(asking):
    person, request_id = known(asking)
    given = answer(asking.world, yes(asking.world, person, scope=scope(asking)))
    line = asking.line(request_id, CATEGORY)
    assert len(approvals(asking, line.id)) == 1

    withdraw(asking.world, person, given)

    line = asking.line(request_id, CATEGORY)
    assert (rule(asking, request_id), line.state) == (31, LineState.REFUSING)
    assert approvals(asking, line.id) == []


def test_whoever_received_something_hears_that_it_was_taken_back(asking):
    person, request_id = known(asking)
    given = answer(asking.world, yes(asking.world, person, scope=scope(asking)))
    line = asking.line(request_id, CATEGORY)
    asking.approve(approvals(asking, line.id)[0], asking.people[Role.DUTY_DESK])
    share(asking, line)

    withdraw(asking.world, person, given)

    with asking.world.units.read(HUB) as uow:
        (notice,) = uow.session.scalars(select(WithdrawalNotice)).all()
        waits = uow.session.scalars(select(Message.recipient_id).where(Message.kind == "notice"))
        assert asking.officer.account_id in waits.all()
    assert notice.account_id == asking.officer.account_id
    assert notice.received == "safety_planning:accommodation"


def test_who_received_something_else_hears_nothing(asking):
    person, request_id = known(asking)
    answer(asking.world, yes(asking.world, person, scope=scope(asking)))
    line = asking.line(request_id, CATEGORY)
    asking.approve(approvals(asking, line.id)[0], asking.people[Role.DUTY_DESK])
    share(asking, line)
    health = scope(asking, categories=frozenset({Category.HEALTH}))

    withdraw(asking.world, person, answer(asking.world, yes(asking.world, person, scope=health)))

    with asking.world.units.read(worker(asking.world)) as uow:
        assert uow.session.scalars(select(WithdrawalNotice)).all() == []
