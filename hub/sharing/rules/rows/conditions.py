"""Conditions that rows of more than one theme need."""

from hub.sharing.rules.case import Question
from hub.sharing.rules.coded import (
    SAFETY,
    Category,
    CategoryRule,
    OverrideBasis,
    Purpose,
    RequesterKind,
)
from hub.sharing.rules.consent_state import AGREED, ConsentUsed, consent_used
from hub.sharing.rules.decision import Approver
from hub.sharing.rules.row import Condition, Further
from hub.sharing.states import AgreementState

MIDDLE_TEENS, ADULT = 16, 18


def _police(question: Question) -> bool:
    return question.requester_kind is RequesterKind.POLICE


def not_party(question: Question) -> bool:
    """Tell whether no agreement binds whoever receives."""
    return question.agreement_state is AgreementState.NOT_PARTY


def is_given(question: Question) -> bool:
    """Tell whether the consent that counts is there and without limits."""
    return consent_used(question) is ConsentUsed.GIVEN


def is_limited(question: Question) -> bool:
    """Tell whether the consent that counts covers a part of what is asked."""
    return consent_used(question) is ConsentUsed.LIMITED


def _not_agreed(question: Question) -> bool:
    return consent_used(question) not in AGREED


def on_approval(question: Question) -> bool:
    """Tell whether the agreement shares the category only once an approver has said yes."""
    return question.category_rule is CategoryRule.APPROVAL


def _safety_purpose(question: Question) -> bool:
    return question.purpose in SAFETY


def _marac(question: Question) -> bool:
    return question.purpose is Purpose.MARAC_RISK


def _worker_contact(question: Question) -> bool:
    return question.category is Category.WORKER_CONTACT


def _safeguarding_basis(question: Question) -> bool:
    return OverrideBasis.SAFEGUARDING in question.override_basis


def _adult(question: Question) -> bool:
    return question.subject_age is not None and question.subject_age >= ADULT


POLICE = Condition(_police, "the police ask", "it is not the police who ask")
NOT_PARTY = Condition(
    not_party,
    "no agreement binds whoever would receive it",
    "whoever would receive it is party to an agreement",
)
GIVEN = Condition(
    is_given,
    "the person agreed without limits",
    "there is no agreement of the person's without limits",
)
LIMITED = Condition(
    is_limited,
    "the person agreed to part of it",
    "there is no agreement of the person's to just part of it",
)
NOT_AGREED = Condition(
    _not_agreed, "no consent that counts is there", "the person agreed to it or to part of it"
)
SAFETY_PURPOSE = Condition(
    _safety_purpose,
    "the purpose is safety",
    "the purpose is not safety (MARAC, safety planning, keeping children or adults safe)",
)
MARAC = Condition(_marac, "the purpose is MARAC", "the purpose is not MARAC")
WORKER_CONTACT = Condition(
    _worker_contact,
    "it is who the worker is and how to reach them",
    "it is not who the worker is and how to reach them",
)
SAFEGUARDING_BASIS = Condition(
    _safeguarding_basis, "a safeguarding basis is stated", "no safeguarding basis is stated"
)
ADULT_SUBJECT = Condition(
    _adult, "the person is 18 or over", "the person is not known to be 18 or over"
)

MANAGER_ON_APPROVAL = Further(
    approver=Approver.MANAGER,
    only_if=on_approval,
    why="The agreement shares this category only once a manager has said yes.",
)
