"""What a named person can state who weighs both risks, and whether the table then lets it go."""

from dataclasses import replace
from enum import StrEnum

from hub.sharing.rules.case import Question
from hub.sharing.rules.coded import OverrideBasis, Weighing
from hub.sharing.rules.table import decide


class Ground(StrEnum):
    """What sharing rests on once both risks are weighed."""

    AS_RECORDED = "as_recorded"
    """What is recorded already: only somebody's yes is wanting."""
    SERIOUS_HARM = "serious_harm"
    """Serious harm to the person is likely, and sharing helps to prevent a crime."""
    SOMEBODY_ELSE = "somebody_else"
    """A child or another adult is at risk."""


PREVENTING_CRIME = frozenset(
    {OverrideBasis.SAFEGUARDING, OverrideBasis.S115, OverrideBasis.SCH1_PARA_10}
)
"""What serious harm that is likely rests on. Sources: Crime and Disorder Act 1998 section 115; Data
Protection Act 2018 Schedule 1 paragraph 10."""


def weighed(question: Question, ground: Ground) -> Question:
    """Return the question with both risks weighed for sharing and what the ground states."""
    shared = replace(question, weighing=Weighing.SHARE)
    if ground is Ground.SERIOUS_HARM:
        return replace(
            shared,
            serious_harm_likely=True,
            risk_of_harm=True,
            override_basis=question.override_basis | PREVENTING_CRIME,
        )
    if ground is Ground.SOMEBODY_ELSE:
        return replace(shared, harm_to_other=True)
    return shared


def open_grounds(question: Question) -> tuple[Ground, ...]:
    """Return the grounds on which the table lets it go; empty where nobody's weighing helps.

    Where what is recorded suffices, nothing more need be stated.
    """
    if decide(weighed(question, Ground.AS_RECORDED)).tells:
        return (Ground.AS_RECORDED,)
    others = (Ground.SERIOUS_HARM, Ground.SOMEBODY_ELSE)
    return tuple(one for one in others if decide(weighed(question, one)).tells)


def weighed_likewise(question: Question, before: Question) -> Question:
    """Return the question with all that was stated when ``before`` was weighed."""
    return replace(
        question,
        weighing=before.weighing,
        override_basis=question.override_basis | before.override_basis,
        serious_harm_likely=question.serious_harm_likely or before.serious_harm_likely,
        risk_of_harm=question.risk_of_harm or before.risk_of_harm,
        harm_to_other=question.harm_to_other or before.harm_to_other,
    )
