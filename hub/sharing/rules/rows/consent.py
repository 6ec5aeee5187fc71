"""Rules 19 to 25: what consent carries, and what safety carries before anybody was asked."""

from hub.sharing.rules.case import Question
from hub.sharing.rules.coded import (
    Category,
    CategoryRule,
    OverrideBasis,
    Purpose,
)
from hub.sharing.rules.consent_state import ConsentUsed, consent_used
from hub.sharing.rules.decision import Approver, Outcome, Scope
from hub.sharing.rules.row import HOLD, Condition, Effect, Row
from hub.sharing.rules.rows.conditions import (
    GIVEN,
    LIMITED,
    MANAGER_ON_APPROVAL,
    MIDDLE_TEENS,
    SAFETY_PURPOSE,
    WORKER_CONTACT,
    on_approval,
)

SAID_NO = frozenset({ConsentUsed.REFUSED, ConsentUsed.WITHDRAWN})
PLANNING = frozenset({Purpose.MARAC_RISK, Purpose.SAFETY_PLANNING})
UNASKED = frozenset(
    {ConsentUsed.NOT_ASKED, ConsentUsed.NOT_SOUGHT_UNSAFE, ConsentUsed.UNABLE_TO_REACH}
)
INVITING = (OverrideBasis.S115, OverrideBasis.SAFEGUARDING)


def _coerced(question: Question) -> bool:
    return consent_used(question) is ConsentUsed.COERCED_SUSPECTED


def _lacks_capacity(question: Question) -> bool:
    return consent_used(question) is ConsentUsed.LACKS_CAPACITY


def _sixteen_or_over(question: Question) -> bool:
    return question.subject_age is not None and question.subject_age >= MIDDLE_TEENS


def _best_interests(question: Question) -> bool:
    return OverrideBasis.BEST_INTERESTS in question.override_basis


def _existence(question: Question) -> bool:
    return question.category is Category.EXISTENCE


def _not_said_no(question: Question) -> bool:
    return consent_used(question) not in SAID_NO


def _permitted(question: Question) -> bool:
    return question.category_rule is CategoryRule.PERMITTED


def _planning(question: Question) -> bool:
    return question.purpose in PLANNING


def _unasked(question: Question) -> bool:
    return consent_used(question) in UNASKED


def _inviting_basis(question: Question) -> bool:
    return any(basis in question.override_basis for basis in INVITING)


COERCED = Condition(
    _coerced,
    "the person may have been put under pressure about consent",
    "nothing says that the person was put under pressure about consent",
)
LACKS_CAPACITY = Condition(
    _lacks_capacity,
    "the person lacks capacity for this decision",
    "it is not recorded that the person lacks capacity for this decision",
)
SIXTEEN_OR_OVER = Condition(
    _sixteen_or_over, "the person is 16 or over", "the person is not known to be 16 or over"
)
BEST_INTERESTS = Condition(
    _best_interests,
    "the person's best interests are stated as the basis",
    "the person's best interests are not stated as the basis",
)
EXISTENCE = Condition(
    _existence,
    "it is only whether the service knows the person",
    "it is more than whether the service knows the person",
)
NOT_SAID_NO = Condition(
    _not_said_no,
    "the person has neither refused nor taken consent back",
    "the person has refused or taken consent back",
)
PERMITTED = Condition(
    _permitted,
    "the agreement permits this category",
    "the agreement does not permit this category without approval",
)
ON_APPROVAL = Condition(
    on_approval,
    "the agreement shares this category on approval",
    "the agreement does not ask for approval of this category",
)
PLANNING_PURPOSE = Condition(
    _planning,
    "the purpose is MARAC or safety planning",
    "the purpose is neither MARAC nor safety planning",
)
NOT_ASKED_YET = Condition(
    _unasked,
    "the person was not asked, could not be asked safely or could not be reached",
    "the person was asked, or what is recorded is something else than that they were not",
)
INVITING_BASIS = Condition(
    _inviting_basis,
    "section 115 of the Crime and Disorder Act or safeguarding is stated as the basis",
    "neither section 115 of the Crime and Disorder Act nor safeguarding is stated as the basis",
)

ROWS = (
    Row(
        rule=19,
        title="The person may have been put under pressure",
        when=(COERCED,),
        effects=HOLD,
        approvers=(Approver.SAFEGUARDING_LEAD,),
        record=("indicators", "plan"),
        why="Somebody may have put the person under pressure, so neither their yes nor their no "
        "counts. Ask again in private, and plan for the risk.",
        source="Consent must be voluntary: UK GDPR Article 4(11)",
    ),
    Row(
        rule=20,
        title="The person lacks capacity, and it is in their best interests",
        when=(LACKS_CAPACITY, SIXTEEN_OR_OVER, BEST_INTERESTS),
        effects=(Effect(outcome=Outcome.ROUTE, scope=Scope.MINIMUM),),
        approvers=(Approver.MANAGER, Approver.CALDICOTT_GUARDIAN),
        record=("mca_record", "who_consulted"),
        why="The person lacks capacity for this decision and sharing is in their best interests. "
        "The least that is needed may go.",
        source="Mental Capacity Act 2005 sections 1 to 4",
    ),
    Row(
        rule=21,
        title="Whether the person is known, for safety",
        when=(SAFETY_PURPOSE, EXISTENCE, NOT_SAID_NO),
        effects=(Effect(outcome=Outcome.HIT, scope=Scope.HIT_ONLY),),
        approvers=(Approver.DUTY_WORKER,),
        record=("query_purpose",),
        why="The purpose is safety and the agreement names it. The leaving care team learns of it; "
        "an asker gets the same receipt whoever is asked about.",
        source="Crime and Disorder Act 1998 section 115, under the agreement's purpose",
    ),
    Row(
        rule=22,
        title="The agreement permits it and the person agreed",
        when=(PERMITTED, GIVEN),
        effects=(Effect(outcome=Outcome.ROUTE, scope=Scope.AS_ASKED),),
        approvers=(Approver.DUTY_WORKER,),
        record=("consent_id",),
        why="The agreement permits it and the person agreed.",
        source="Common law of confidence: consent; the agreement",
    ),
    Row(
        rule=23,
        title="The person agreed to part of it",
        when=(LIMITED,),
        effects=(Effect(outcome=Outcome.ROUTE, scope=Scope.OVERLAP),),
        approvers=(Approver.DUTY_WORKER,),
        further=(MANAGER_ON_APPROVAL,),
        record=("withheld_list",),
        why="The person agreed to part of it. Only that part may go, and what is held back is "
        "written down.",
        source="Common law of confidence: consent within its limits; the agreement",
    ),
    Row(
        rule=24,
        title="The agreement asks for approval and the person agreed",
        when=(ON_APPROVAL, GIVEN),
        effects=(Effect(outcome=Outcome.ROUTE, scope=Scope.AS_ASKED),),
        approvers=(Approver.MANAGER,),
        record=("approver", "reason"),
        why="The person agreed, and the agreement shares this category once a manager has said "
        "yes.",
        source="Common law of confidence: consent; the agreement",
    ),
    Row(
        rule=25,
        title="Inviting the worker before anybody was asked",
        when=(PLANNING_PURPOSE, WORKER_CONTACT, NOT_ASKED_YET, INVITING_BASIS),
        effects=(Effect(outcome=Outcome.ROUTE, scope=Scope.INVITATION_ONLY),),
        approvers=(Approver.DUTY_WORKER,),
        further=(MANAGER_ON_APPROVAL,),
        record=("reason_not_asked", "told_or_not"),
        why="The worker may be invited through the hub; how to reach them is told once they have "
        "accepted.",
        source="Crime and Disorder Act 1998 section 115; information sharing guidance for "
        "safeguarding",
    ),
)
