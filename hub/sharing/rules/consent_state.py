"""Which consent counts: what is recorded, read as the law lets it count."""

from enum import StrEnum

from hub.sharing.rules.case import Question
from hub.sharing.rules.coded import Competence, ConsentOverlap, ConsentState

AGE_OF_PRESUMED_COMPETENCE = 16


class ConsentUsed(StrEnum):
    """The consent that the table looks at."""

    GIVEN = "given"
    LIMITED = "limited"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    NOT_ASKED = "not_asked"
    NOT_SOUGHT_UNSAFE = "not_sought_unsafe"
    LACKS_CAPACITY = "lacks_capacity"
    FLUCTUATING = "fluctuating"
    UNABLE_TO_REACH = "unable_to_reach"
    COERCED_SUSPECTED = "coerced_suspected"
    NOT_REQUIRED_STATUTORY = "not_required_statutory"


AGREED = frozenset({ConsentUsed.GIVEN, ConsentUsed.LIMITED})


def consent_used(question: Question) -> ConsentUsed:
    """Return the consent state that counts.

    A limited consent that covers nothing of what is asked is a refusal. Parents decide for a child
    under 16 who was found unable to, and never when they are the alleged perpetrator: then asking
    was not safe. From 16 on they are nobody to ask, so that nobody has been asked. Source: common
    law on competence of children; Mental Capacity Act 2005 for 16 and 17.
    """
    match question.consent_state:
        case ConsentState.GIVEN_EXPLICIT:
            return ConsentUsed.GIVEN
        case ConsentState.GIVEN_LIMITED:
            is_empty = question.consent_overlap is ConsentOverlap.NONE
            return ConsentUsed.REFUSED if is_empty else ConsentUsed.LIMITED
        case ConsentState.GIVEN_BY_PR:
            return _by_parent(question)
        case recorded:
            return ConsentUsed(recorded.value)


def _by_parent(question: Question) -> ConsentUsed:
    if question.pr_is_alleged_perpetrator:
        return ConsentUsed.NOT_SOUGHT_UNSAFE
    age = question.subject_age
    is_young = age is not None and age < AGE_OF_PRESUMED_COMPETENCE
    if is_young and question.subject_competence is Competence.NOT_COMPETENT:
        return ConsentUsed.GIVEN
    return ConsentUsed.NOT_ASKED
