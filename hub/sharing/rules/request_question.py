"""The question that a line of a request puts to the decision table, and what it rests on."""

from dataclasses import dataclass

from hub.sharing.rules.case import CareActLimbs, Question, VictimRequest
from hub.sharing.rules.clocks import Priority
from hub.sharing.rules.coded import (
    Category,
    CategoryRule,
    Competence,
    ConsentOverlap,
    ConsentState,
    OverrideBasis,
    PoliceForm,
    RequesterKind,
    RequestPattern,
)
from hub.sharing.rules.request_answers import AskAnswers, AskPage, needs_victim_form, notice_said
from hub.sharing.rules.request_gaps import POLICE_FIELDS, VICTIM_TESTS, AskFacts
from hub.sharing.states import AgreementState


@dataclass(frozen=True, kw_only=True)
class Between:
    """What lies between two agencies for one category and direction, and what the person said."""

    agreement_state: AgreementState = AgreementState.NOT_PARTY
    purpose_permitted: bool = False
    category_rule: CategoryRule = CategoryRule.EXCLUDED
    consent_state: ConsentState = ConsentState.NOT_ASKED
    consent_overlap: ConsentOverlap = ConsentOverlap.NONE
    pr_is_alleged_perpetrator: bool = False
    competence: Competence = Competence.NOT_ASSESSED


def question_of(
    answers: AskAnswers,
    facts: AskFacts,
    category: Category,
    between: Between,
    *,
    age: int | None,
) -> Question:
    """Return the question that one line puts to the decision table, direction to the asker.

    ``age`` is the person's in whole years today, None where nobody knows it. Nothing is weighed
    yet: where the table leaves the choice to its approvers, their answers are the weighing.
    """
    risks = answers.listed(AskPage.RISK, "risks")
    limbs = answers.listed(AskPage.RISK, "s42")
    return Question(
        purpose=answers.purpose,
        category=category,
        requester_identity_verified=facts.is_verified,
        requester_kind=facts.requester_kind,
        requester_relation=answers.relation,
        immediate_danger=answers.priority is Priority.IMMEDIATE,
        court_order=answers.is_court_order,
        sab_s45=answers.is_board_demand,
        police_victim_request=_victim_request(answers, facts.requester_kind),
        police_form=police_form(answers, facts),
        agreement_state=between.agreement_state,
        request_pattern=RequestPattern(
            answers.of(AskPage.WHY, "pattern") or RequestPattern.ONE_OFF
        ),
        purpose_permitted=between.purpose_permitted,
        category_rule=between.category_rule,
        subject_role=answers.subject_role,
        subject_age=age,
        subject_competence=between.competence,
        consent_state=between.consent_state,
        consent_overlap=between.consent_overlap,
        pr_is_alleged_perpetrator=between.pr_is_alleged_perpetrator,
        override_basis=frozenset(
            OverrideBasis(one) for one in answers.listed(AskPage.BASIS, "override_basis")
        ),
        risk_of_harm="risk_of_harm" in risks,
        marac_high_risk="marac_high_risk" in risks,
        serious_harm_likely="serious_harm_likely" in risks,
        harm_to_other="harm_to_other" in risks,
        s42=CareActLimbs(**dict.fromkeys(limbs, True)),
    )


def police_form(answers: AskAnswers, facts: AskFacts) -> PoliceForm:
    """Return how far the police form is: complete only once it is counter-signed."""
    if not answers.pages.get(AskPage.POLICE):
        return PoliceForm.NONE
    lacks = any(not answers.of(AskPage.POLICE, field) for field, _ in POLICE_FIELDS)
    return PoliceForm.INCOMPLETE if lacks or not facts.is_counter_signed else PoliceForm.COMPLETE


def _victim_request(answers: AskAnswers, kind: RequesterKind) -> VictimRequest | None:
    if not needs_victim_form(answers, kind) or not answers.pages.get(AskPage.VICTIM):
        return None
    return VictimRequest(
        notice=notice_said(answers),
        **{field: bool(answers.text(AskPage.VICTIM, field)) for field, _ in VICTIM_TESTS},
    )
