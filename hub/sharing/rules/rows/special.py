"""Rules 7 to 11: the police, the most sensitive categories, and what an agreement excludes."""

from hub.sharing.rules.case import Question, VictimRequest
from hub.sharing.rules.coded import (
    Category,
    CategoryRule,
    PoliceForm,
    Purpose,
    SubjectRole,
    VictimNotice,
)
from hub.sharing.rules.decision import Approver
from hub.sharing.rules.row import HOLD, REFUSE, WEIGH, Condition, Further, Row
from hub.sharing.rules.rows.conditions import POLICE, not_party
from hub.sharing.states import ROUTES

HIGH = frozenset(
    {Category.SAFE_ADDRESS, Category.FULL_FILE, Category.IMMIGRATION, Category.SEXUAL_LIFE}
)
"""Categories that are looked at item by item, whatever is agreed."""

TESTS = ("reason_to_believe_held", "reasonable_line_of_enquiry", "necessary_and_proportionate")
NOTICE = "notice"


def gaps(question: Question) -> tuple[str, ...]:
    """Return what a police request for a victim's records lacks: tests not met, and the notice."""
    request = question.police_victim_request or VictimRequest()
    unmet = tuple(test for test in TESTS if not getattr(request, test))
    return (*unmet, NOTICE) if request.notice is VictimNotice.MISSING else unmet


def _about_victim(question: Question) -> bool:
    return question.subject_role is SubjectRole.VICTIM


def _incomplete(question: Question) -> bool:
    return bool(gaps(question))


def _counselling(question: Question) -> bool:
    return question.category is Category.COUNSELLING


def _high(question: Question) -> bool:
    return question.category in HIGH


def _under_agreement(question: Question) -> bool:
    return not not_party(question)


def _excluded(question: Question) -> bool:
    return question.category_rule is CategoryRule.EXCLUDED


def _about_crime(question: Question) -> bool:
    return question.purpose is Purpose.CRIME_PREVENTION


def _form_complete(question: Question) -> bool:
    return question.police_form is PoliceForm.COMPLETE


def _agreement_does_not_carry(question: Question) -> bool:
    return question.agreement_state not in ROUTES


ABOUT_VICTIM = Condition(
    _about_victim, "the person is a victim in the case", "the person is not a victim in the case"
)
INCOMPLETE = Condition(
    _incomplete,
    "the request does not meet the three tests, or the notice to the victim is missing",
    "the request meets the three tests and the victim was given notice, or it is delayed for a "
    "reason",
)
COUNSELLING = Condition(_counselling, "it is counselling notes", "it is not counselling notes")
HIGH_CATEGORY = Condition(
    _high,
    "it is a safe address, the whole file, immigration status or sexual life",
    "it is neither a safe address nor the whole file, immigration status or sexual life",
)
UNDER_AGREEMENT = Condition(
    _under_agreement,
    "whoever would receive it is party to an agreement",
    "no agreement binds whoever would receive it",
)
EXCLUDED = Condition(
    _excluded,
    "the agreement excludes this category",
    "the agreement does not exclude this category",
)
ABOUT_CRIME = Condition(
    _about_crime,
    "the purpose is preventing and detecting crime",
    "the purpose is not preventing and detecting crime",
)
FORM_COMPLETE = Condition(
    _form_complete,
    "the police form is complete and counter-signed",
    "the police form is not complete and counter-signed",
)

ROWS = (
    Row(
        rule=7,
        title="The police ask about a victim and something is missing",
        when=(POLICE, ABOUT_VICTIM, INCOMPLETE),
        effects=HOLD,
        gaps=gaps,
        record=("gaps", "chase_date"),
        why="A request of the police for a victim's records must meet three tests, and the victim "
        "must be told in writing. Ask the police for what is missing.",
        source="Police, Crime, Sentencing and Courts Act 2022 sections 44A to 44F",
    ),
    Row(
        rule=8,
        title="The police ask for a victim's counselling notes",
        when=(POLICE, ABOUT_VICTIM, COUNSELLING),
        effects=HOLD,
        approvers=(Approver.CALDICOTT_GUARDIAN, Approver.LEGAL),
        record=("senior_sign_off_seen",),
        why="Counselling notes need substantial probative value and the approval of a senior "
        "police officer. The Caldicott Guardian and the lawyers look at it first.",
        source="Police, Crime, Sentencing and Courts Act 2022 sections 44A to 44F, counselling",
    ),
    Row(
        rule=9,
        title="The category is one of the most sensitive",
        when=(HIGH_CATEGORY,),
        effects=HOLD,
        approvers=(Approver.ASSET_OWNER, Approver.CALDICOTT_GUARDIAN),
        record=("reason_per_item",),
        why="A safe address, the whole file, immigration status and sexual life are approved item "
        "by item, by two people, whatever has been agreed.",
        source="UK GDPR Article 9; the ICO's reprimands for giving safe addresses to alleged "
        "abusers",
    ),
    Row(
        rule=10,
        title="The agreement excludes the category",
        when=(UNDER_AGREEMENT, EXCLUDED),
        effects=REFUSE,
        approvers=(Approver.ASSET_OWNER,),
        record=("exclusion_clause",),
        why="The agreement does not let this category be shared. The information asset owner may "
        "start a single request outside it.",
        source="ICO data sharing code: what the agreement excludes comes before what it permits",
    ),
    Row(
        rule=11,
        title="The police ask about a crime, with a complete form",
        when=(POLICE, ABOUT_CRIME, FORM_COMPLETE),
        effects=WEIGH,
        approvers=(Approver.MANAGER,),
        further=(
            Further(
                approver=Approver.ASSET_OWNER,
                only_if=_agreement_does_not_carry,
                why="No agreement in force carries it, so the information asset owner must agree.",
            ),
        ),
        record=("form", "counter_signature"),
        why="The law lets the holder answer the police about a crime and never obliges it to: the "
        "holder needs a basis of its own.",
        source="Data Protection Act 2018 Schedule 2 Part 1 paragraph 2",
    ),
)
