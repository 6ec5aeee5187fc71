"""Is this person asked, or told? Nobody is asked where the answer would not be respected.

Source: sharing notes, section 3.4 (if sharing would go ahead anyway, engage and inform instead);
statutory guidance that consent is never required to keep a child safe.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from hub.sharing.rules.case import CareActLimbs, Question
from hub.sharing.rules.coded import (
    Category,
    CategoryRule,
    ConsentState,
    OverrideBasis,
    Purpose,
)
from hub.sharing.rules.decision import Decision, Outcome
from hub.sharing.rules.table import decide
from hub.sharing.states import AgreementState


class Approach(StrEnum):
    """What to do before sharing."""

    ASK = "ask"
    ASK_AND_WARN = "ask_and_warn"
    """Ask, and say that a no may be outweighed by people who write both risks down."""
    INFORM = "inform"
    """Do not ask: tell them, unless that would cause harm."""


class Ground(StrEnum):
    """What can be so that makes sharing go ahead whatever the person says."""

    IMMEDIATE_DANGER = "immediate_danger"
    COURT_ORDER = "court_order"
    BOARD_DEMAND = "sab_s45"
    """A safeguarding adults board asks. Source: Care Act 2014 section 45."""
    CHILD_AT_RISK = "child_at_risk"
    """The person is under 18. Source: Children Act 1989 sections 17 and 47."""
    OTHERS_AT_RISK = "others_at_risk"
    ADULT_AT_RISK = "adult_at_risk"
    """All three limbs. Source: Care Act 2014 section 42."""
    HIGH_RISK = "high_risk"
    """At high risk of serious harm, so that a MARAC may share against a no."""


@dataclass(frozen=True, slots=True)
class AskOrInform:
    """What to do, and what the decision table would answer to a no."""

    approach: Approach
    if_refused: Decision


def ask_or_inform(question: Question) -> AskOrInform:
    """Return whether to ask or to inform, by what the decision table would do after a refusal.

    Whatever is recorded of consent in the question is not looked at.
    """
    after_no = decide(replace(question, consent_state=ConsentState.REFUSED))
    if after_no.tells:
        approach = Approach.INFORM
    elif after_no.outcome is Outcome.DECIDE:
        approach = Approach.ASK_AND_WARN
    else:
        approach = Approach.ASK
    return AskOrInform(approach, after_no)


def approaches(
    purposes: Collection[Purpose],
    categories: Collection[Category],
    grounds: Collection[Ground],
    age: int | None,
) -> dict[tuple[Purpose, Category], Approach]:
    """Return what to do about each pair before anybody in particular has asked for it.

    It is taken that the recipient has signed an agreement that permits all this: whether one may
    ask must not hang on a paper that can be signed tomorrow.
    """
    return {
        (purpose, category): ask_or_inform(_question(purpose, category, grounds, age)).approach
        for purpose in purposes
        for category in categories
    }


def _question(
    purpose: Purpose, category: Category, grounds: Collection[Ground], age: int | None
) -> Question:
    limbs = Ground.ADULT_AT_RISK in grounds
    is_high = Ground.HIGH_RISK in grounds
    bases = (OverrideBasis.S115, OverrideBasis.SCH1_PARA_6, OverrideBasis.SCH1_PARA_10)
    return Question(
        purpose=purpose,
        category=category,
        requester_identity_verified=True,
        agreement_state=AgreementState.IN_FORCE,
        purpose_permitted=True,
        category_rule=CategoryRule.PERMITTED,
        subject_age=age,
        immediate_danger=Ground.IMMEDIATE_DANGER in grounds,
        court_order=Ground.COURT_ORDER in grounds,
        sab_s45=Ground.BOARD_DEMAND in grounds,
        risk_of_harm=Ground.CHILD_AT_RISK in grounds,
        harm_to_other=Ground.OTHERS_AT_RISK in grounds,
        s42=CareActLimbs(
            care_and_support_needs=limbs, abuse_or_neglect=limbs, cannot_protect_self=limbs
        ),
        marac_high_risk=is_high,
        serious_harm_likely=is_high,
        override_basis=frozenset(bases if is_high else ()),
    )
