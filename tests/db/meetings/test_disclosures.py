"""What no rule lets go is held, in sight, until a named person has weighed both risks."""

import json
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update

from hub.cli.case_files import read_cases
from hub.kernel.actor import Actor, Role
from hub.kernel.errors import NotAllowedError, RefusedError
from hub.meetings.gaps import gaps_of
from hub.meetings.models import Invitation, Task
from hub.meetings.situation import MeetingKind
from hub.meetings.weighing import WeighRisks, held_telling, weigh_risks
from hub.people.models import Person
from hub.referrals.models import Concern
from hub.sharing.models import Agreement, AgreementCategory, AgreementPurpose, DisclosureDecision
from hub.sharing.rules import Ground, coded, decide, question_of
from hub.wiring.reactions import invitation_policy, reconciler_of
from kit.world import COORDINATOR, HUB, TODAY, World

GOVERNANCE = Actor(account_id=UUID(int=5), roles=frozenset({Role.GOVERNANCE_LEAD}))
SEVENTEEN = date(2009, 3, 9)
AS_RECORDED, SERIOUS, SOMEBODY = Ground.AS_RECORDED, Ground.SERIOUS_HARM, Ground.SOMEBODY_ELSE


class Case:
    """A young person on an item, what was said about them, and what became of it."""

    def __init__(self, units, *, said, kind=MeetingKind.MARAC, born=date(2006, 3, 9), **more):
        self.units = units
        self.world = World(units).settle()
        self.person, self.meeting = self.world.person(born=born), self.world.meeting(kind=kind)
        self.concern = self.world.concern(self.person, role=more.pop("role", "victim"))
        self.say(said, has_children=more.pop("has_children", False))
        with self.world.write() as uow:
            for change in more.pop("agreement", ()):
                uow.session.execute(change)
        self.item = self.world.list(self.meeting, self.concern)

    def say(self, said, *, has_children=False):
        """Make the concern say this of consent and of the lawful basis, as no page can later."""
        consent, *bases = said.split()
        answers = {"consent": {"consent": consent}} if consent != "nothing" else {}
        answers["lawful_basis"] = {"bases": bases}
        changes = {"answers": json.dumps(answers), "has_children": has_children}
        with self.world.write() as uow:
            uow.session.execute(update(Concern).where(Concern.id == self.concern).values(**changes))

    def reconcile(self, settings):
        with self.units.write(HUB) as uow:
            reconciler_of(settings).run(uow, [self.meeting])

    def weigh(self, ground=SERIOUS, **changes):
        words = {
            "risk_of_sharing": "She may trust the service less for a while.",
            "risk_of_not_sharing": "Nobody whom she trusts would be there to plan with her.",
        }
        with self.units.write(GOVERNANCE) as uow:
            weigh_risks(
                WeighRisks(
                    item_id=self.item, person_id=self.person, ground=ground, **(words | changes)
                ),
                uow=uow,
            )

    @property
    def decisions(self):
        with self.units.read(HUB) as uow:
            return list(
                uow.session.scalars(select(DisclosureDecision).order_by(DisclosureDecision.number))
            )

    @property
    def answers(self):
        return [(one.rule, one.outcome) for one in self.decisions]

    @property
    def invitation(self):
        with self.units.read(HUB) as uow:
            return uow.session.scalar(select(Invitation.state))

    @property
    def tasks(self):
        with self.units.read(HUB) as uow:
            rows = uow.session.execute(select(Task.kind, Task.owner_role, Task.state))
            return {(row.kind, row.owner_role) for row in rows if row.state == "open"}

    @property
    def grounds(self):
        with self.units.read(HUB) as uow:
            held = held_telling(uow, self.item, self.person)
            return held and held.grounds


@pytest.fixture
def refused(units):
    """Return a case whose victim refused."""
    return Case(units, said="not_given")


HELD = {("sharing_held", Role.GOVERNANCE_LEAD)}

LISTED = [
    # kind, what was said, born, what else, rule, outcome, who is told at once, open grounds
    ("marac", "given", None, {}, 21, "HIT", True, None),
    ("marac", "nothing", None, {}, 21, "HIT", True, None),
    ("marac", "not_asked at_risk", None, {}, 21, "HIT", True, None),
    ("safety_planning", "not_asked crime", None, {}, 21, "HIT", True, None),
    ("strategy", "not_asked crime", None, {}, 21, "HIT", True, None),
    ("marac", "not_given", None, {}, 31, "REFUSE", False, (SERIOUS, SOMEBODY)),
    ("marac", "not_given court_order", None, {}, 31, "REFUSE", False, (SERIOUS, SOMEBODY)),
    ("marac", "not_given serious_harm", None, {}, 31, "REFUSE", False, (SERIOUS, SOMEBODY)),
    ("marac", "not_given crime", None, {}, 31, "REFUSE", False, (SERIOUS, SOMEBODY)),
    ("marac", "not_given crime serious_harm", None, {}, 28, "DECIDE", False, (AS_RECORDED,)),
    ("safety_planning", "not_given serious_harm", None, {}, 31, "REFUSE", False, (SOMEBODY,)),
    (
        "marac",
        "not_given at_risk",
        None,
        {"has_children": True},
        29,
        "ROUTE",
        False,
        (AS_RECORDED,),
    ),
    ("marac", "not_given at_risk", SEVENTEEN, {}, 26, "ROUTE", False, (AS_RECORDED,)),
    ("marac", "not_given", SEVENTEEN, {}, 26, "ROUTE", False, (AS_RECORDED,)),
    ("safety_planning", "not_given at_risk", SEVENTEEN, {}, 26, "ROUTE", False, (AS_RECORDED,)),
    ("safety_planning", "not_given", SEVENTEEN, {}, 31, "REFUSE", False, (SERIOUS, SOMEBODY)),
    ("professionals", "given", None, {}, 22, "ROUTE", True, None),
    ("support", "given", None, {}, 22, "ROUTE", True, None),
    ("professionals", "nothing", None, {}, 30, "HOLD", False, (SOMEBODY,)),
    ("professionals", "not_asked", None, {}, 32, "HOLD", False, (SOMEBODY,)),
    ("professionals", "not_given", None, {}, 31, "REFUSE", False, (SOMEBODY,)),
    ("marac", "not_given", None, {"role": "alleged_perpetrator"}, 21, "HIT", True, None),
]


@pytest.mark.parametrize(
    ("kind", "said", "born", "more", "rule", "outcome", "is_told", "grounds"), LISTED
)
def test_which_rule_fires_when_a_case_is_listed(
    units, kind, said, born, more, rule, outcome, is_told, grounds
) -> None:
    born = born or date(2006, 3, 9)
    case = Case(units, said=said, kind=MeetingKind(kind), born=born, **more)
    assert case.answers == [(rule, outcome)]
    assert case.invitation == ("held" if is_told else None)
    assert (case.tasks >= HELD) is not is_told
    assert case.grounds == grounds


PURPOSE = delete(AgreementPurpose)
AGREEMENTS = [
    # what was done to the agreement, rule, outcome, whose job it is
    ([update(AgreementCategory).values(to_service="excluded")], 10, "REFUSE", "sharing_held"),
    ([delete(AgreementCategory)], 10, "REFUSE", "sharing_held"),
    ([PURPOSE], 12, "HOLD", "agreement_not_in_force"),
    ([update(Agreement).values(status="suspended")], 16, "HOLD", "agreement_not_in_force"),
    ([update(Agreement).values(ends_on=TODAY)], 16, "HOLD", "agreement_not_in_force"),
    (
        [update(Agreement).values(review_on=TODAY - timedelta(days=31))],
        16,
        "HOLD",
        "agreement_not_in_force",
    ),
]


@pytest.mark.parametrize(("agreement", "rule", "outcome", "task"), AGREEMENTS)
def test_what_an_agreement_does_not_carry_nobody_weighs(
    units, agreement, rule, outcome, task
) -> None:
    case = Case(units, said="given", agreement=agreement)
    assert case.answers == [(rule, outcome)]
    assert case.invitation is None
    assert (task, Role.GOVERNANCE_LEAD) in case.tasks
    assert case.grounds == ()


def test_a_review_that_is_overdue_by_some_days_lets_through_and_says_so(units) -> None:
    overdue = update(Agreement).values(review_on=TODAY - timedelta(days=30))
    case = Case(units, said="given", agreement=[overdue])
    assert (case.answers, case.invitation) == ([(21, "HIT")], "held")
    assert "overdue" in case.decisions[0].reasons


def test_what_is_shared_on_approval_is_held_until_somebody_approves(units) -> None:
    on_approval = update(AgreementCategory).values(to_service="approval")
    case = Case(units, said="given", kind=MeetingKind.SUPPORT, agreement=[on_approval])
    assert case.answers == [(24, "ROUTE")]
    assert (case.invitation, case.decisions[0].approvers) == (None, "M")
    case.weigh(AS_RECORDED)
    assert (case.answers[-1], case.invitation) == ((24, "ROUTE"), "held")


def test_a_decision_is_kept_with_its_rule_its_approvers_and_its_facts(units) -> None:
    decision = Case(units, said="not_given crime serious_harm").decisions[0]
    assert (decision.direction, decision.scope, decision.approvers) == ("to_service", "none", "M C")
    assert decision.table_version == 1
    facts = json.loads(decision.inputs)
    assert facts["consent_state"] == "refused"
    assert facts["override_basis"] == ["s115", "safeguarding", "sch1_para_10"]
    assert facts["subject_age"] == 20
    assert facts["requester_kind"] == "leaving_care"


def test_the_facts_that_are_kept_give_the_same_answer_again(refused) -> None:
    refused.weigh()
    for decision in refused.decisions:
        case = {"id": "c", **json.loads(decision.inputs)}
        (read,) = read_cases(json.dumps({"version": 1, "cases": [case]}))
        again = decide(read.asked)
        assert (again.rule, again.outcome) == (decision.rule, decision.outcome)
        assert coded(question_of(json.loads(decision.inputs))) == json.loads(decision.inputs)


def test_a_refusal_holds_the_invitation_and_says_whose_job_it_is(refused, units, settings) -> None:
    assert refused.invitation is None
    assert refused.tasks == HELD
    with units.read(HUB) as uow:
        gaps = gaps_of(uow, refused.meeting, invitation_policy(settings))
        assert [gap.problem for gap in gaps] == ["no_current_invitation"]


def test_weighing_both_risks_writes_the_invitation_at_once(refused, units, settings) -> None:
    refused.weigh()
    assert refused.invitation == "held"
    assert refused.tasks == set()
    assert refused.answers == [(31, "REFUSE"), (28, "ROUTE")]
    with units.read(HUB) as uow:
        assert gaps_of(uow, refused.meeting, invitation_policy(settings)) == []


def test_the_decision_lasts_when_everything_is_looked_at_again(refused, settings) -> None:
    refused.weigh()
    refused.reconcile(settings)
    assert (refused.invitation, len(refused.decisions)) == ("held", 2)


def test_it_lasts_when_the_review_of_the_agreement_falls_due(refused, settings) -> None:
    refused.weigh()
    with refused.world.write() as uow:
        uow.session.execute(update(Agreement).values(review_on=TODAY - timedelta(days=1)))
    refused.reconcile(settings)
    assert (refused.invitation, len(refused.decisions)) == ("held", 2)


def test_it_ends_with_the_agreement_and_must_be_made_again(refused, settings) -> None:
    refused.weigh()
    for status in ("suspended", "in_force"):
        with refused.world.write() as uow:
            uow.session.execute(update(Agreement).values(status=status))
        refused.reconcile(settings)
        assert refused.invitation == "cancelled"
    assert [rule for rule, _ in refused.answers] == [31, 28, 16, 31]
    assert refused.tasks == HELD


def test_what_was_weighed_before_the_person_refused_does_not_outweigh_the_refusal(
    units, settings
) -> None:
    case = Case(units, said="not_asked", kind=MeetingKind.SUPPORT)
    case.weigh(SOMEBODY)
    assert (case.answers, case.invitation) == ([(32, "HOLD"), (29, "ROUTE")], "held")
    case.say("not_given")
    case.reconcile(settings)
    assert (case.answers[-1], case.invitation) == ((31, "REFUSE"), "cancelled")
    assert case.tasks == HELD


def test_a_decision_of_a_person_is_looked_at_again_when_another_rule_would_let_it_go(
    units, settings
) -> None:
    case = Case(units, said="not_given", born=SEVENTEEN)
    case.weigh(AS_RECORDED)
    assert case.answers[-1] == (26, "ROUTE")
    with case.world.write() as uow:
        uow.session.execute(update(Person).values(date_of_birth=date(2006, 3, 9)))
    case.reconcile(settings)
    assert (case.answers[-1], case.invitation) == ((31, "REFUSE"), "cancelled")


def test_a_fact_that_changes_is_kept_and_nothing_else_is_kept_twice(refused, settings) -> None:
    refused.reconcile(settings)
    assert len(refused.decisions) == 1
    refused.say("not_given serious_harm")
    refused.reconcile(settings)
    refused.reconcile(settings)
    assert refused.answers == [(31, "REFUSE")] * 2
    assert json.loads(refused.decisions[-1].inputs)["serious_harm_likely"] is True


def test_what_an_older_table_decided_is_decided_anew(refused, settings) -> None:
    with refused.world.write() as uow:
        uow.session.execute(
            update(DisclosureDecision).values(
                table_version=0, rule=28, outcome="HIT", decided_by=UUID(int=5), inputs="{}"
            )
        )
    assert refused.grounds is None
    with pytest.raises(RefusedError):
        refused.weigh()
    refused.reconcile(settings)
    assert refused.answers[-1] == (31, "REFUSE")
    assert refused.grounds == (SERIOUS, SOMEBODY)


def test_only_an_information_governance_lead_decides(refused, units) -> None:
    cmd = WeighRisks(
        item_id=refused.item,
        person_id=refused.person,
        ground=SERIOUS,
        risk_of_sharing="x" * 20,
        risk_of_not_sharing="x" * 20,
    )
    with pytest.raises(NotAllowedError), units.write(COORDINATOR) as uow:
        weigh_risks(cmd, uow=uow)


@pytest.mark.parametrize("field", ["risk_of_sharing", "risk_of_not_sharing"])
def test_both_risks_must_be_written(refused, field) -> None:
    with pytest.raises(RefusedError) as refusal:
        refused.weigh(**{field: "nineteen characters  "})
    assert refusal.value.field == field


@pytest.mark.parametrize("ground", [AS_RECORDED, SERIOUS])
def test_a_ground_on_which_no_rule_lets_it_go_is_refused(units, ground) -> None:
    case = Case(units, said="not_given", kind=MeetingKind.SAFETY_PLANNING)
    with pytest.raises(RefusedError) as refusal:
        case.weigh(ground)
    assert refusal.value.field == "ground"
    assert case.answers == [(31, "REFUSE")]


def test_nothing_is_weighed_twice(refused) -> None:
    refused.weigh()
    with pytest.raises(RefusedError):
        refused.weigh()


def test_nothing_is_weighed_where_nothing_is_held(units) -> None:
    case = Case(units, said="given")
    with pytest.raises(RefusedError):
        case.weigh(AS_RECORDED)
