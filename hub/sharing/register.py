"""The rules of the register: what can be done to an agreement, and when it may come into force.

The coded lists are those of the hub's public interface, section 3; what an agreement must hold is
that of the sharing notes, section 3.1 (ICO data sharing code; police agreements).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hub.kernel.machine import Machine
from hub.sharing.states import AgreementStatus

PURPOSES = {
    "marac_risk": "MARAC: risk of serious harm",
    "safety_planning": "Safety planning",
    "child_safeguarding": "Keeping children safe",
    "adult_safeguarding": "Keeping adults safe",
    "keep_in_touch": "Keeping in touch with the person",
    "meeting_invite": "Inviting professionals to a meeting",
    "crime_prevention": "Preventing and detecting crime",
    "statutory_review": "Statutory reviews",
    "support": "Support for the person",
}
CATEGORIES = {
    "existence": "That the service knows the person",
    "worker_contact": "Who the worker is and how to reach them",
    "core_identity": "Names and date of birth",
    "safe_contact": "How to contact the person safely",
    "address": "Address",
    "safe_address": "An address kept secret for safety",
    "accommodation": "Kind of accommodation",
    "eet": "Education, employment and training",
    "health": "Health",
    "criminal": "Offences and allegations",
    "immigration": "Immigration status",
    "sexual_life": "Sexual life and orientation",
    "ethnicity_religion": "Ethnicity and religion",
    "finance": "Money",
    "pathway_plan_extract": "Part of the pathway plan",
    "full_file": "The whole file",
    "counselling": "Counselling notes",
}
PARTY_ROLES = {
    "controller": "Controller",
    "joint_controller": "Joint controller",
    "processor": "Processor",
}
GATEWAY_KINDS = {"power": "Power", "duty": "Duty"}
PERMITTED, APPROVAL, EXCLUDED = "permitted", "approval", "excluded"
LEAST_PARTIES = 2
WARN_DAYS = (7, 30, 60)
"""Days before a review from which the register warns, each more loudly than the next."""


class AgreementAction(StrEnum):
    """What can be done to an agreement."""

    EDIT = "edit"
    BRING_INTO_FORCE = "bring_into_force"
    REVIEW = "review"
    WITHDRAW_PARTY = "withdraw_party"
    SUSPEND = "suspend"
    END = "end"


_S, _A = AgreementStatus, AgreementAction

AGREEMENT = Machine(
    "agreement",
    {
        (_S.DRAFT, _A.EDIT): _S.DRAFT,
        (_S.DRAFT, _A.BRING_INTO_FORCE): _S.IN_FORCE,
        (_S.DRAFT, _A.END): _S.WITHDRAWN,
        (_S.IN_FORCE, _A.REVIEW): _S.IN_FORCE,
        (_S.IN_FORCE, _A.WITHDRAW_PARTY): _S.IN_FORCE,
        (_S.IN_FORCE, _A.SUSPEND): _S.SUSPENDED,
        (_S.IN_FORCE, _A.END): _S.WITHDRAWN,
        # Nothing is shared under one that is suspended, so its terms can be put right there.
        (_S.SUSPENDED, _A.EDIT): _S.SUSPENDED,
        (_S.SUSPENDED, _A.BRING_INTO_FORCE): _S.IN_FORCE,
        (_S.SUSPENDED, _A.WITHDRAW_PARTY): _S.SUSPENDED,
        (_S.SUSPENDED, _A.END): _S.WITHDRAWN,
    },
)
"""The life of an agreement; expiry and late review are read from its dates and need no move."""


@dataclass(frozen=True, kw_only=True)
class Party:
    """A party as the rule sees it: when it signed and left, days in London."""

    signed_on: date | None
    withdrawn_on: date | None


@dataclass(frozen=True, kw_only=True)
class Contents:
    """An agreement as it would come into force; ``gateways`` are the days of their commencement."""

    starts_on: date
    ends_on: date | None
    review_on: date
    parties: tuple[Party, ...]
    purposes: int
    shared_categories: int
    gateways: tuple[date | None, ...]


def obstacles(contents: Contents, today: date) -> tuple[str, ...]:
    """Return why an agreement cannot come into force today; empty when it can."""
    staying = [
        party
        for party in contents.parties
        if party.withdrawn_on is None or party.withdrawn_on > today
    ]
    unsigned = [one for one in staying if one.signed_on is None or one.signed_on > today]
    commenced = [day for day in contents.gateways if day is not None and day <= today]
    checks = (
        (len(staying) < LEAST_PARTIES, "Add at least two parties."),
        (bool(unsigned), "Every party must have signed. Enter who signed and when."),
        (not contents.purposes, "Select at least one purpose."),
        (not contents.shared_categories, "Select at least one category that may be shared."),
        (
            not commenced,
            "Add a gateway in law that is in force, with the day on which it commenced.",
        ),
        (
            contents.ends_on is not None and contents.ends_on <= max(today, contents.starts_on),
            "The end must be after today and after the start.",
        ),
        (contents.review_on <= today, "The next review must be after today."),
    )
    return tuple(why for is_so, why in checks if is_so)


def review_warning(review_on: date, today: date) -> int | None:
    """Return the narrowest of 7, 30 or 60 days within which a review is due, 0 once it is overdue.

    None when it is further off.
    """
    left = (review_on - today).days
    if left < 0:
        return 0
    return next((days for days in WARN_DAYS if left <= days), None)
