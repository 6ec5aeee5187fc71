"""May the leaving care service be told that one of its people is in a concern? The first direction.

This room's rules carry the numbers of the hub's published decision table (public interfaces,
section 3). Those that can fire when a case is listed are here; the whole table replaces this file.
"""

from dataclasses import dataclass
from enum import StrEnum

from hub.sharing.states import ROUTES, AgreementState


class Outcome(StrEnum):
    """What follows from a decision."""

    HIT = "HIT"
    HOLD = "HOLD"
    REFUSE = "REFUSE"


class Consent(StrEnum):
    """What the person said about telling the leaving care service, as the referrer recorded it."""

    GIVEN = "given_explicit"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"
    NOT_SAFE_TO_ASK = "not_sought_unsafe"


class Purpose(StrEnum):
    """What the sharing is for."""

    MARAC_RISK = "marac_risk"
    SAFETY_PLANNING = "safety_planning"
    CHILD_SAFEGUARDING = "child_safeguarding"
    MEETING_INVITE = "meeting_invite"


SAFETY = frozenset({Purpose.MARAC_RISK, Purpose.SAFETY_PLANNING, Purpose.CHILD_SAFEGUARDING})


@dataclass(frozen=True, kw_only=True)
class Question:
    """The coded facts of one possible disclosure to the leaving care service."""

    agreement: AgreementState
    purpose: Purpose
    purpose_permitted: bool
    existence_excluded: bool
    consent: Consent
    is_under_18: bool


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What may be done, by which rule, and why in plain words."""

    outcome: Outcome
    rule: int
    reasons: tuple[str, ...]

    @property
    def allowed(self) -> bool:
        """Whether the service may be told."""
        return self.outcome is Outcome.HIT


def may_tell_service(question: Question) -> Decision:
    """Return whether the fact of a concern may be told to the leaving care service.

    Default is no. The order is that of the decision table: exclusion, no agreement, agreement not
    running, purpose, safety purpose, consent.
    """
    if question.agreement is AgreementState.NOT_PARTY:
        return _no(
            Outcome.HOLD,
            12,
            "The leaving care service is not a party to an agreement that "
            "allows this, and cases come up again and again: an agreement comes first.",
        )
    if question.existence_excluded:
        return _no(Outcome.REFUSE, 10, "The agreement excludes saying that somebody is involved.")
    if question.agreement not in ROUTES:
        return _no(
            Outcome.HOLD,
            16,
            "The agreement has expired, is suspended or its review is "
            "late: renew it, or treat this as a single request.",
        )
    if not question.purpose_permitted:
        return _no(Outcome.HOLD, 17, "The agreement does not name this purpose.")
    if question.purpose in SAFETY and question.consent is not Consent.REFUSED:
        reasons = ["The agreement is in force and names this purpose, and the purpose is safety."]
        if question.agreement is AgreementState.REVIEW_OVERDUE:
            reasons.append("Its review is overdue; sharing goes on for a short time only.")
        return Decision(outcome=Outcome.HIT, rule=21, reasons=tuple(reasons))
    if question.consent is Consent.REFUSED and question.is_under_18 and question.purpose in SAFETY:
        return Decision(
            outcome=Outcome.HIT,
            rule=26,
            reasons=(
                "The person is under 18 and consent is not what the sharing rests on; explain it to "
                "them unless that would be unsafe.",
            ),
        )
    if question.consent is Consent.REFUSED:
        return _no(
            Outcome.REFUSE,
            31,
            "The person refused. A manager can look at whether there is "
            "a basis that overrides the refusal.",
        )
    if question.consent is Consent.GIVEN:
        return Decision(
            outcome=Outcome.HIT,
            rule=22,
            reasons=("The agreement is in force, names this purpose, and the person agreed.",),
        )
    return _no(Outcome.HOLD, 30, "Nobody has asked the person yet.")


def _no(outcome: Outcome, rule: int, why: str) -> Decision:
    return Decision(outcome=outcome, rule=rule, reasons=(why,))
