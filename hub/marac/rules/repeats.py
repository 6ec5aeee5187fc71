"""From rows to the clocks: what a concern's own words are in those of the clocks.

The clocks themselves are ``hub.marac.clocks``; here stands only how they are fed and what overrides
them.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hub.marac.clocks import IncidentKind, Label, ReferralOutcome
from hub.referrals.states import Screening

OUTCOMES = {
    Screening.SUBMITTED: ReferralOutcome.PENDING,
    Screening.ACCEPTED: ReferralOutcome.ACCEPTED,
    Screening.ACCEPTED_ALERT_ONLY: ReferralOutcome.ALERT_ONLY,
    Screening.URGENT: ReferralOutcome.EMERGENCY,
    Screening.TRANSFERRED: ReferralOutcome.TRANSFERRED,
    Screening.RETURNED: ReferralOutcome.RETURNED,
    Screening.NOT_MET: ReferralOutcome.NOT_MET,
    Screening.DUPLICATE: ReferralOutcome.DUPLICATE,
    Screening.WITHDRAWN: ReferralOutcome.WITHDRAWN,
}

UNSAID_KIND = IncidentKind.VIOLENCE_OR_THREATS
"""What an incident counts as whose kind nobody said: as a crime, so that no repeat is missed."""


class Ruling(StrEnum):
    """What a co-ordinator can hold a referral to be."""

    CLOCK = "clock"
    """As the area's rule counts."""
    REPEAT = "repeat"
    CHECK = "check"
    NEW = "new"
    NEW_CASE = "new_case"


@dataclass(frozen=True, kw_only=True, slots=True)
class Incident:
    """The latest incident of a referral, as far as it is known."""

    on: date | None = None
    kind: str = ""
    """Empty where nobody said it."""


def label_after(counted: Label, ruling: Ruling | None) -> Label:
    """Return what a referral is: as a co-ordinator ruled, else as the clock counted."""
    return counted if ruling in (None, Ruling.CLOCK) else Label(ruling.value)


def kind_of(said: str) -> IncidentKind:
    """Return the kind of an incident for the clocks."""
    return IncidentKind(said) if said else UNSAID_KIND
