"""Rules 26 to 33: what may be told without consent, what is held, and no for everything else."""

from hub.sharing.rules.case import Question
from hub.sharing.rules.coded import OverrideBasis, Purpose
from hub.sharing.rules.consent_state import ConsentUsed, consent_used
from hub.sharing.rules.decision import Approver, Outcome, Scope
from hub.sharing.rules.row import HOLD, REFUSE, WEIGH, Condition, Effect, Row
from hub.sharing.rules.rows.conditions import (
    ADULT,
    ADULT_SUBJECT,
    MARAC,
    MIDDLE_TEENS,
    NOT_AGREED,
)

TO_BE_ASKED = frozenset(
    {
        ConsentUsed.NOT_ASKED,
        ConsentUsed.EXPIRED,
        ConsentUsed.UNABLE_TO_REACH,
        ConsentUsed.FLUCTUATING,
    }
)
STATUTORY = (OverrideBasis.SCH1_PARA_6, OverrideBasis.SCH1_PARA_10)


def _minor(question: Question) -> bool:
    return question.subject_age is not None and question.subject_age < ADULT


def _minor_at_risk(question: Question) -> bool:
    age = question.subject_age
    is_older = age is not None and age >= MIDDLE_TEENS
    at_marac = is_older and question.purpose is Purpose.MARAC_RISK
    return question.risk_of_harm or question.marac_high_risk or at_marac


def _adult_safeguarding(question: Question) -> bool:
    return question.purpose is Purpose.ADULT_SAFEGUARDING


def _all_limbs(question: Question) -> bool:
    return question.s42.all_met


def _no_care_needs(question: Question) -> bool:
    return not question.s42.care_and_support_needs


def _crime_and_disorder(question: Question) -> bool:
    return OverrideBasis.S115 in question.override_basis


def _schedule_1(question: Question) -> bool:
    return any(basis in question.override_basis for basis in STATUTORY)


def _serious_harm(question: Question) -> bool:
    return question.serious_harm_likely


def _harm_to_other(question: Question) -> bool:
    return question.harm_to_other


def _to_be_asked(question: Question) -> bool:
    return consent_used(question) in TO_BE_ASKED


def _said_no(question: Question) -> bool:
    return consent_used(question) in {ConsentUsed.REFUSED, ConsentUsed.WITHDRAWN}


def _unsafe_to_ask(question: Question) -> bool:
    return consent_used(question) is ConsentUsed.NOT_SOUGHT_UNSAFE


MINOR = Condition(_minor, "the person is under 18", "the person is not known to be under 18")
MINOR_AT_RISK = Condition(
    _minor_at_risk,
    "there is a risk of harm, or MARAC high risk, or the person is 16 or 17 and the purpose is "
    "MARAC",
    "neither a risk of harm nor MARAC high risk is recorded, and it is not a MARAC about somebody "
    "of 16 or 17",
)
ADULT_SAFEGUARDING = Condition(
    _adult_safeguarding,
    "the purpose is keeping adults safe",
    "the purpose is not keeping adults safe",
)
ALL_LIMBS = Condition(
    _all_limbs,
    "the person needs care and support, is at risk of abuse or neglect, and cannot protect "
    "themselves because of those needs",
    "not all three are recorded: needs for care and support, a risk of abuse or neglect, and being "
    "unable to protect themselves",
)
NO_CARE_NEEDS = Condition(
    _no_care_needs,
    "no needs for care and support are recorded",
    "the person has needs for care and support",
)
CRIME_AND_DISORDER = Condition(
    _crime_and_disorder,
    "section 115 of the Crime and Disorder Act is stated as the basis",
    "section 115 of the Crime and Disorder Act is not stated as the basis",
)
SCHEDULE_1 = Condition(
    _schedule_1,
    "paragraph 6 or 10 of Schedule 1 to the Data Protection Act is stated as well",
    "neither paragraph 6 nor 10 of Schedule 1 to the Data Protection Act is stated",
)
SERIOUS_HARM = Condition(
    _serious_harm, "serious harm is likely", "it is not recorded that serious harm is likely"
)
HARM_TO_OTHER = Condition(
    _harm_to_other,
    "a child or another adult is at risk",
    "no child and no other adult is recorded as being at risk",
)
TO_ASK = Condition(
    _to_be_asked,
    "the person can still be asked",
    "what is recorded is not that the person can still be asked",
)
SAID_NO = Condition(
    _said_no,
    "the person refused or took consent back",
    "the person neither refused nor took consent back",
)
UNSAFE_TO_ASK = Condition(
    _unsafe_to_ask,
    "asking was not safe",
    "it is not recorded that asking was not safe",
)

ROWS = (
    Row(
        rule=26,
        title="Somebody under 18 at risk",
        when=(NOT_AGREED, MINOR, MINOR_AT_RISK),
        effects=(Effect(outcome=Outcome.ROUTE, scope=Scope.MINIMUM),),
        approvers=(Approver.LEAD_OR_MANAGER,),
        record=("why_not_told", "revisit_date"),
        why="The person is under 18 and at risk, so sharing does not rest on consent. Explain it "
        "to them unless that would be unsafe.",
        source="Children Act 1989 section 47; Children Act 2004 sections 10 and 11; information "
        "sharing guidance for safeguarding (DfE 2024)",
    ),
    Row(
        rule=27,
        title="An adult at risk who needs care and support",
        when=(NOT_AGREED, ADULT_SUBJECT, ADULT_SAFEGUARDING, ALL_LIMBS),
        effects=(Effect(outcome=Outcome.ROUTE, scope=Scope.MINIMUM),),
        approvers=(Approver.MANAGER, Approver.CALDICOTT_GUARDIAN),
        record=("limbs", "capacity", "views"),
        why="The person has needs for care and support, is at risk of abuse or neglect and cannot "
        "protect themselves. The least that is needed may go.",
        source="Care Act 2014 section 42; Data Protection Act 2018 Schedule 1 paragraph 18",
    ),
    Row(
        rule=28,
        title="An adult at MARAC of whom serious harm is feared",
        when=(
            NOT_AGREED,
            ADULT_SUBJECT,
            MARAC,
            NO_CARE_NEEDS,
            CRIME_AND_DISORDER,
            SCHEDULE_1,
            SERIOUS_HARM,
        ),
        effects=WEIGH,
        approvers=(Approver.MANAGER, Approver.CALDICOTT_GUARDIAN),
        record=("weighing_both_ways",),
        why="The person has not agreed, and serious harm is likely. The law allows sharing if the "
        "harm outweighs that.",
        source="Crime and Disorder Act 1998 section 115; Data Protection Act 2018 Schedule 1 "
        "paragraphs 6 and 10; Human Rights Act 1998 Articles 2, 3 and 8",
    ),
    Row(
        rule=29,
        title="A child or another adult is at risk",
        when=(NOT_AGREED, HARM_TO_OTHER),
        effects=(Effect(outcome=Outcome.ROUTE, scope=Scope.MINIMUM),),
        approvers=(Approver.MANAGER, Approver.SAFEGUARDING_LEAD),
        record=("who_is_protected",),
        why="A child or another adult is at risk. The least that protects them may go.",
        source="Information sharing guidance for safeguarding: the public interest in protecting "
        "others; Children Act 1989 section 47",
    ),
    Row(
        rule=30,
        title="The person can still be asked",
        when=(TO_ASK,),
        effects=HOLD,
        approvers=(Approver.DUTY_WORKER,),
        record=("attempts",),
        why="Nobody has a consent that counts, and nothing stated stands instead. Ask the person, "
        "within five working days or by the day of the case.",
        source="Consent is sought where the answer will be respected: information sharing guidance",
    ),
    Row(
        rule=31,
        title="The person said no",
        when=(SAID_NO,),
        effects=REFUSE,
        approvers=(Approver.MANAGER,),
        record=("reason_not_shown_to_asker",),
        why="The person said no, and nothing that is stated overrides it. Whoever asks can be "
        "offered a message to the worker instead, and does not hear the reason.",
        source="Common law of confidence; Human Rights Act 1998 Article 8",
    ),
    Row(
        rule=32,
        title="Asking was not safe, and no basis is stated",
        when=(UNSAFE_TO_ASK,),
        effects=HOLD,
        approvers=(Approver.SAFEGUARDING_LEAD,),
        record=("plan",),
        why="Asking the person was not safe, and no basis is stated that could stand instead. The "
        "safeguarding lead names a basis or a plan.",
        source="Information sharing guidance for safeguarding: seek advice; record the reason",
    ),
    Row(
        rule=33,
        title="Everything else",
        when=(),
        effects=REFUSE,
        approvers=(Approver.MANAGER,),
        record=("inputs", "rule_version"),
        why="No rule allows it, so the answer is no. It can be taken to the safeguarding leads, "
        "then to the data protection officer, then to the lawyers.",
        source="UK GDPR Article 6: nothing is shared without a lawful basis",
    ),
)
