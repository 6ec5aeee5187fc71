"""A refusal holds the invitation, in sight, until a named person has weighed both risks."""

import json
from uuid import UUID

import pytest
from sqlalchemy import select, update

from hub.kernel.actor import Actor, Role
from hub.kernel.errors import NotAllowedError, RefusedError
from hub.meetings.disclosures import OutweighRefusal, outweigh_refusal
from hub.meetings.gaps import gaps_of
from hub.meetings.models import Invitation, Task
from hub.referrals.models import Concern
from hub.sharing.models import DisclosureDecision
from hub.wiring import invitation_policy, reconciler_of
from kit.world import COORDINATOR, HUB, World

GOVERNANCE = Actor(account_id=UUID(int=5), roles=frozenset({Role.GOVERNANCE_LEAD}))


@pytest.fixture
def refused(units):
    """Return a world, a meeting, an item and the person on it: a victim who refused."""
    world = World(units).settle()
    person, meeting = world.person(), world.meeting()
    concern = world.concern(person)
    said = json.dumps({"consent": {"consent": "not_given"}})
    with world.write() as uow:
        uow.session.execute(update(Concern).where(Concern.id == concern).values(answers=said))
    return world, meeting, world.list(meeting, concern), person


def _weigh(refused, **changes) -> OutweighRefusal:
    _, _, item, person = refused
    words = {
        "risk_of_sharing": "She may trust the service less for a while.",
        "risk_of_not_sharing": "Nobody whom she trusts would be there to plan with her.",
    }
    return OutweighRefusal(item_id=item, person_id=person, **(words | changes))


def test_a_refusal_holds_the_invitation_and_says_whose_job_it_is(refused, units, settings) -> None:
    _, meeting, _, _ = refused
    with units.read(HUB) as uow:
        assert uow.session.scalar(select(Invitation)) is None
        task = uow.session.scalar(select(Task).where(Task.kind == "sharing_held"))
        assert task.owner_role == Role.GOVERNANCE_LEAD
        gaps = gaps_of(uow, meeting, invitation_policy(settings))
        assert [gap.problem for gap in gaps] == ["no_current_invitation"]
        decision = uow.session.scalar(select(DisclosureDecision))
        assert (decision.rule, decision.outcome) == (31, "REFUSE")


def test_weighing_both_risks_writes_the_invitation_at_once(refused, units, settings) -> None:
    _, meeting, _, _ = refused
    with units.write(GOVERNANCE) as uow:
        outweigh_refusal(_weigh(refused), uow=uow)
    with units.read(HUB) as uow:
        assert uow.session.scalar(select(Invitation)).state == "held"
        assert gaps_of(uow, meeting, invitation_policy(settings)) == []
        rules = uow.session.scalars(
            select(DisclosureDecision.rule).order_by(DisclosureDecision.number)
        )
        assert list(rules) == [31, 28]
        assert uow.session.scalar(select(Task.state).where(Task.kind == "sharing_held")) == "lapsed"


def test_the_decision_lasts_when_everything_is_looked_at_again(refused, units, settings) -> None:
    _, meeting, _, _ = refused
    with units.write(GOVERNANCE) as uow:
        outweigh_refusal(_weigh(refused), uow=uow)
    with units.write(HUB) as uow:
        reconciler_of(settings).run(uow, [meeting])
    with units.read(HUB) as uow:
        assert uow.session.scalar(select(Invitation)).state == "held"
        assert len(list(uow.session.scalars(select(DisclosureDecision)))) == 2


def test_only_an_information_governance_lead_decides(refused, units) -> None:
    with pytest.raises(NotAllowedError), units.write(COORDINATOR) as uow:
        outweigh_refusal(_weigh(refused), uow=uow)


@pytest.mark.parametrize("field", ["risk_of_sharing", "risk_of_not_sharing"])
def test_both_risks_must_be_written(refused, units, field) -> None:
    with pytest.raises(RefusedError), units.write(GOVERNANCE) as uow:
        outweigh_refusal(_weigh(refused, **{field: "short"}), uow=uow)


def test_nothing_is_outweighed_twice(refused, units) -> None:
    with units.write(GOVERNANCE) as uow:
        outweigh_refusal(_weigh(refused), uow=uow)
    with pytest.raises(RefusedError), units.write(GOVERNANCE) as uow:
        outweigh_refusal(_weigh(refused), uow=uow)
