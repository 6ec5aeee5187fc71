"""When a letter can say that a case was heard, and to whom.

A victim can ask a member of the MARAC for proof that her case was heard, for legal aid or to be
spared mediation (domain notes 1.12 and section 6, line 57). It opens nothing else of the meeting.
"""

from dataclasses import dataclass
from datetime import date

from hub.marac.states import HearingState
from hub.referrals.states import PartyRole

ASKED_AS = ("victim", "solicitor", "supporter")
"""Who can ask: the victim, her solicitor, a professional who supports her. Nobody else."""

CHECKED_BY = ("document", "known", "called_back")
"""How it is made sure who asks: papers seen, known to the giver, rung back on a safe number."""


@dataclass(frozen=True)
class Giving:
    """Whether a letter can be given, by which rule, which field is in the way, and the cure."""

    allowed: bool
    rule: str
    field: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Who asks for a letter about whom, and what was made sure."""

    role: PartyRole
    asked_as: str
    asked_by: str
    checked_by: str
    is_not_for_alleged: bool


def may_give(state: HearingState, heard_on: date | None, today: date, asking: Asking) -> Giving:
    """Decide whether a letter is given; the first thing that is in the way is said."""
    was_heard = state is HearingState.HEARD and heard_on is not None and heard_on <= today
    needed = (
        (was_heard, "not_heard", "", "This case has not been heard at this meeting."),
        (
            asking.role is PartyRole.VICTIM,
            "not_a_victim",
            "party_id",
            "A letter is about a victim only.",
        ),
        (asking.asked_as in ASKED_AS, "stranger", "asked_as", "Select who asks for the letter"),
        (asking.asked_by.strip(), "unnamed", "asked_by", "Enter the name of whoever asks"),
        (
            asking.checked_by in CHECKED_BY,
            "unchecked",
            "checked_by",
            "Select how you made sure who asks",
        ),
        (
            asking.is_not_for_alleged,
            "alleged_side",
            "is_not_for_alleged",
            "Say that nobody of the alleged side asks for it or passes it on",
        ),
    )
    for is_so, rule, field, reason in needed:
        if not is_so:
            return Giving(allowed=False, rule=rule, field=field, reason=reason)
    return Giving(allowed=True, rule="given")
