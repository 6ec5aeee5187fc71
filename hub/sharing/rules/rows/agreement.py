"""Rules 12 to 18: no agreement, one that does not carry now, and what it does not cover."""

from hub.sharing.rules.case import Question
from hub.sharing.rules.coded import SAFETY, RequesterKind, RequestPattern
from hub.sharing.rules.consent_state import AGREED, consent_used
from hub.sharing.rules.decision import Approver, Outcome, Scope
from hub.sharing.rules.row import HOLD, REFUSE, WEIGH, Condition, Effect, Further, Row
from hub.sharing.rules.rows.conditions import (
    MANAGER_ON_APPROVAL,
    NOT_PARTY,
    SAFEGUARDING_BASIS,
    is_given,
    is_limited,
    on_approval,
)
from hub.sharing.states import AgreementState

LAPSED = frozenset({AgreementState.EXPIRED, AgreementState.SUSPENDED, AgreementState.REVIEW_LATE})

CONSENT_ONLY = frozenset(
    {RequesterKind.JOBCENTRE, RequesterKind.EMPLOYER, RequesterKind.HOUSING_ALLOCATION}
)
"""Agencies that help and do not protect: they are told what the person agrees to."""


def _repeated(question: Question) -> bool:
    return question.request_pattern is RequestPattern.REPEAT


def _agreed(question: Question) -> bool:
    return consent_used(question) in AGREED


def _lapsed(question: Question) -> bool:
    return question.agreement_state in LAPSED


def _other_purpose(question: Question) -> bool:
    return not question.purpose_permitted


def _consent_only_asker(question: Question) -> bool:
    return question.requester_kind in CONSENT_ONLY


def _no_safety_purpose(question: Question) -> bool:
    return question.purpose not in SAFETY


def _given_on_approval(question: Question) -> bool:
    return is_given(question) and on_approval(question)


REPEATED = Condition(_repeated, "this is asked over and over", "this is asked once")
AGREED_TO_SOME = Condition(
    _agreed, "the person agreed to it or to part of it", "no consent that counts is there"
)
AGREEMENT_LAPSED = Condition(
    _lapsed,
    "the agreement has expired, is suspended or its review is late",
    "the agreement has not expired, is not suspended and its review is not late",
)
OTHER_PURPOSE = Condition(
    _other_purpose,
    "the agreement does not name this purpose",
    "the agreement names this purpose",
)
CONSENT_ONLY_ASKER = Condition(
    _consent_only_asker,
    "a jobcentre, an employer or a housing allocation team asks",
    "it is neither a jobcentre nor an employer nor a housing allocation team that asks",
)
NO_SAFETY_PURPOSE = Condition(
    _no_safety_purpose, "the purpose is not safety", "the purpose is safety"
)

ROWS = (
    Row(
        rule=12,
        title="No agreement, and it is asked over and over",
        when=(NOT_PARTY, REPEATED),
        effects=HOLD,
        approvers=(Approver.ASSET_OWNER, Approver.SIRO),
        record=("need_for_agreement",),
        why="No agreement binds whoever would receive it, and this comes up again and again. "
        "An agreement comes first.",
        source="ICO data sharing code and accountability framework",
    ),
    Row(
        rule=13,
        title="No agreement, and the person agreed",
        when=(NOT_PARTY, AGREED_TO_SOME),
        effects=(
            Effect(
                outcome=Outcome.ROUTE,
                scope=Scope.OVERLAP,
                only_if=is_limited,
                why="Only what lies within the person's limits may go.",
            ),
            Effect(outcome=Outcome.ROUTE, scope=Scope.AS_ASKED),
        ),
        approvers=(Approver.ASSET_OWNER,),
        record=("ico_form_set", "consent_id"),
        why="No agreement binds whoever would receive it, but the person agreed. It goes out "
        "once, and must not be passed on.",
        source="Common law of confidence; the ICO's form for a single request",
    ),
    Row(
        rule=14,
        title="No agreement, and a safeguarding basis is stated",
        when=(NOT_PARTY, SAFEGUARDING_BASIS),
        effects=WEIGH,
        approvers=(Approver.ASSET_OWNER, Approver.SAFEGUARDING_LEAD),
        record=("why_no_agreement", "weighing"),
        why="No agreement binds whoever would receive it and the person has not agreed, but "
        "somebody's safety is stated as the basis: the least that is needed may go, once.",
        source="UK GDPR Article 6(1)(ea) and Annex 1; information sharing guidance for "
        "safeguarding: the law is no barrier",
    ),
    Row(
        rule=15,
        title="No agreement, no consent and no basis",
        when=(NOT_PARTY,),
        effects=REFUSE,
        approvers=(Approver.DUTY_WORKER,),
        record=("rule_id",),
        why="No agreement binds whoever would receive it, the person has not agreed, and no "
        "basis is stated that could stand instead.",
        source="UK GDPR Article 6: nothing is shared without a lawful basis",
    ),
    Row(
        rule=16,
        title="The agreement does not carry at present",
        when=(AGREEMENT_LAPSED,),
        effects=HOLD,
        approvers=(Approver.ASSET_OWNER,),
        record=("flag_to_both_owners",),
        why="The agreement has expired, is suspended or its review is late. Renew it, or treat "
        "this as a single request.",
        source="ICO data sharing code: an agreement is reviewed regularly",
    ),
    Row(
        rule=17,
        title="The agreement does not name the purpose",
        when=(OTHER_PURPOSE,),
        effects=HOLD,
        approvers=(Approver.ASSET_OWNER,),
        advice=(Approver.DATA_PROTECTION_OFFICER,),
        record=("compatibility_note",),
        why="The agreement does not name this purpose. A new purpose needs a basis of its own; the "
        "data protection officer advises.",
        source="UK GDPR Article 5(1)(b), purpose limitation",
    ),
    Row(
        rule=18,
        title="An agency that is told only what the person agrees to",
        when=(CONSENT_ONLY_ASKER, NO_SAFETY_PURPOSE),
        effects=(
            Effect(
                outcome=Outcome.ROUTE,
                scope=Scope.AS_ASKED,
                only_if=is_given,
                why="The person agreed without limits.",
            ),
            Effect(outcome=Outcome.REFUSE, why="The person has not agreed without limits, so no."),
        ),
        approvers=(Approver.DUTY_WORKER,),
        further=(
            Further(
                approver=Approver.MANAGER,
                only_if=_given_on_approval,
                why=MANAGER_ON_APPROVAL.why,
            ),
        ),
        record=("consent_id",),
        why="A jobcentre, an employer and a housing allocation team are told what the person "
        "agrees to, and nothing else.",
        source="UK GDPR Article 6(1)(a), consent; common law of confidence",
    ),
)
