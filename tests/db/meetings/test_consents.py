"""What somebody said on their register counts at a meeting, if it is later than the concern."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from hub.agencies.models import Agency
from hub.kernel.actor import Actor, Role
from hub.meetings.models import Invitation
from hub.notify.models import Message
from hub.referrals.models import Concern
from hub.sharing.models import DisclosureDecision, WithdrawalNotice
from hub.sharing.rules import Category, ConsentState
from hub.sharing.rules.consent_reasons import Unsafe
from hub.sharing.rules.consents import ConsentScope, LeftOut
from kit.world import HUB, TODAY, World
from parts.consenting import MARAC, SAFETY, SUPPORT, answer, no_answer, withdraw, yes

S = ConsentState


class Listed:
    """A young person who is the victim of a concern that is listed at a MARAC."""

    def __init__(self, units, clock):
        self.units, self.clock = units, clock
        self.world = World(units).settle()
        self.person, self.meeting = self.world.person(), self.world.meeting()
        self.concern = self.world.concern(self.person)
        self.item = None

    def list(self, said, **changes):
        """Let the concern say this of consent, and list it."""
        answers = json.dumps({"consent": {"consent": said}} if said else {})
        with self.world.write() as uow:
            wanted = update(Concern).where(Concern.id == self.concern)
            uow.session.execute(wanted.values(answers=answers, **changes))
        self.item = self.world.list(self.meeting, self.concern)
        return self

    def scope(self, **changes):
        whole = ConsentScope(
            purposes=frozenset({MARAC}),
            categories=frozenset({Category.EXISTENCE}),
            agencies=frozenset({self.world.agency}),
        )
        return replace(whole, **changes)

    def says(self, *, is_yes=True, **changes):
        said = {"scope": self.scope()} | changes
        return answer(self.world, yes(self.world, self.person, is_yes=is_yes, **said))

    @property
    def decision(self):
        with self.units.read(HUB) as uow:
            return uow.session.scalars(
                select(DisclosureDecision).order_by(DisclosureDecision.number.desc())
            ).first()

    @property
    def state(self):
        return ConsentState(json.loads(self.decision.inputs)["consent_state"])

    @property
    def invitation(self):
        with self.units.read(HUB) as uow:
            return uow.session.scalar(select(Invitation.state))


@pytest.fixture
def listed(units, clock):
    return Listed(units, clock)


def test_a_yes_after_a_refusal_in_the_concern_writes_the_invitation_at_once(listed):
    listed.list("not_given")
    assert (listed.state, listed.invitation) == (S.REFUSED, None)
    listed.clock.advance(hours=1)

    given = listed.says()

    assert (listed.state, listed.invitation) == (S.GIVEN_EXPLICIT, "held")
    assert listed.decision.consent_id == given


def test_taking_it_back_takes_the_invitation_back_in_the_same_transaction(listed):
    listed.list("given")
    assert listed.invitation == "held"
    assert listed.decision.consent_id is None
    listed.clock.advance(hours=1)

    taken = withdraw(listed.world, listed.person)

    assert (listed.state, listed.invitation) == (S.WITHDRAWN, "cancelled")
    assert listed.decision.consent_id == taken


def test_what_was_said_before_the_concern_does_not_count_against_it(listed):
    listed.says(is_yes=False)
    listed.clock.advance(days=1)

    listed.list("given", submitted_at=listed.clock.now())

    assert (listed.state, listed.invitation) == (S.GIVEN_EXPLICIT, "held")


def test_a_refusal_on_the_register_outlives_a_referrer_who_could_not_ask(listed):
    refused = listed.says(is_yes=False)
    listed.clock.advance(days=1)

    listed.list("not_asked", submitted_at=listed.clock.now())

    assert (listed.state, listed.invitation) == (S.REFUSED, None)
    assert listed.decision.consent_id == refused


def test_on_one_day_what_was_recorded_later_counts(listed):
    listed.says(is_yes=False)
    listed.clock.advance(hours=1)
    listed.list("given", submitted_at=listed.clock.now())
    assert listed.state is S.GIVEN_EXPLICIT
    listed.clock.advance(hours=1)

    listed.says(is_yes=False)

    assert listed.state is S.REFUSED


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"purposes": frozenset({SUPPORT})},
        {"categories": frozenset({Category.HEALTH})},
        {"agencies": frozenset()},
    ],
)
def test_what_is_about_something_else_changes_nothing(listed, elsewhere):
    listed.list("given")
    listed.clock.advance(hours=1)
    scope = listed.scope(**elsewhere)
    if not scope.agencies:
        scope = replace(scope, agencies=frozenset({other_agency(listed.world)}))

    listed.says(is_yes=False, scope=scope)

    assert (listed.state, listed.invitation) == (S.GIVEN_EXPLICIT, "held")


def other_agency(world):
    with world.write() as uow:
        uow.session.add(Agency(id=world.area, name="Testshire Homes", kind="housing"))
    return world.area


def test_a_limited_yes_that_leaves_the_meeting_out_is_a_no(listed):
    listed.list("given")
    listed.clock.advance(hours=1)

    scope = listed.scope(purposes=frozenset({MARAC, SAFETY}))
    listed.says(scope=scope, left_out=LeftOut(purposes=frozenset({MARAC})))

    assert (listed.state, listed.invitation) == (S.GIVEN_LIMITED, "cancelled")
    assert listed.decision.rule == 31


def test_suspected_pressure_holds_the_invitation(listed):
    listed.list("given")
    listed.clock.advance(hours=1)
    no_answer(
        listed.world,
        listed.person,
        scope=listed.scope(),
        state=S.COERCED_SUSPECTED,
        indicators="Looked at the door",
        plan="At college",
        revisit_on=TODAY + timedelta(days=7),
    )

    assert (listed.decision.rule, listed.invitation) == (19, "cancelled")


def test_that_asking_is_not_safe_is_cited_where_the_concern_says_nothing(listed):
    listed.list("")
    unsafe = no_answer(
        listed.world,
        listed.person,
        scope=listed.scope(),
        state=S.NOT_SOUGHT_UNSAFE,
        unsafe=Unsafe.WARNS,
    )

    assert (listed.state, listed.invitation) == (S.NOT_SOUGHT_UNSAFE, "held")
    assert listed.decision.consent_id == unsafe


def test_people_on_the_item_who_are_no_victim_are_heard_too(units, clock):
    listed = Listed(units, clock)
    listed.concern = listed.world.concern(listed.person, role="other_adult")
    listed.list("given")
    assert listed.state is S.NOT_ASKED

    listed.says(is_yes=False)

    assert (listed.state, listed.invitation) == (S.REFUSED, "cancelled")


def test_whoever_was_invited_is_told_once_and_a_desk_through_its_people(listed, as_role):
    world = listed.world
    invited = as_role(Role.LEAVING_CARE_WORKER, agency_id=world.agency, contact_id=world.worker)
    bystander = as_role(Role.LEAVING_CARE_WORKER, agency_id=world.agency, contact_id=world.deputy)
    desk = Actor(
        account_id=as_role(Role.DUTY_DESK, agency_id=world.agency).account_id,
        agency_id=world.agency,
        roles=frozenset({Role.DUTY_DESK}),
    )
    listed.list("given")

    taken = withdraw(world, listed.person, actor=desk)

    with listed.units.read(HUB) as uow:
        notices = uow.session.scalars(select(WithdrawalNotice)).all()
        messages = uow.session.scalars(select(Message).where(Message.kind == "notice")).all()
    assert [(one.consent_id, one.account_id) for one in notices] == [(taken, invited.account_id)]
    assert notices[0].received == "marac_risk:existence marac_risk:worker_contact"
    assert bystander.account_id not in {one.account_id for one in notices}
    assert [f"/withdrawals/{notices[0].id}" in one.facts for one in messages].count(True) == 1


def test_nobody_is_told_of_what_was_about_another_purpose(listed, as_role):
    as_role(Role.LEAVING_CARE_WORKER, agency_id=listed.world.agency, contact_id=listed.world.worker)
    listed.list("given")
    given = listed.says(scope=listed.scope(purposes=frozenset({SUPPORT})))

    withdraw(listed.world, listed.person, given)

    with listed.units.read(HUB) as uow:
        assert uow.session.scalars(select(WithdrawalNotice)).all() == []
