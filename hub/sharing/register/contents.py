"""One version of an agreement as a frozen value, whole, with the names of its agencies."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.sharing.register.bases import Shares
from hub.sharing.register.codes import (
    DIRECTIONS,
    EXCLUDED,
    EXCLUDES,
    OFFENCES,
    SPECIAL,
    TO_SERVICE,
)
from hub.sharing.register.gateways import Gateway


@dataclass(frozen=True, kw_only=True)
class Party:
    """An agency of the agreement. Days in London; one that has not signed is not a party yet.

    ``bases`` are codes of the lawful bases on which it shares; ``contact_id`` and ``deputy_id`` are
    entries of the directory who are asked on its behalf.
    """

    agency_id: UUID
    agency: str
    kind: str
    role: str
    legal_name: str = ""
    ico_number: str = ""
    dpo: str = ""
    signatory: str = ""
    signed_on: date | None = None
    withdrawn_on: date | None = None
    bases: tuple[str, ...] = ()
    contact_id: UUID | None = None
    deputy_id: UUID | None = None

    def has_left(self, day: date) -> bool:
        """Tell whether it has withdrawn by the day."""
        return self.withdrawn_on is not None and self.withdrawn_on <= day

    def is_bound(self, day: date) -> bool:
        """Tell whether it has signed by the day and has not withdrawn."""
        signed = self.signed_on is not None and self.signed_on <= day
        return signed and not self.has_left(day)


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """A purpose that the agreement allows, and how consent is handled for it."""

    code: str
    consent: str | None = None


@dataclass(frozen=True, kw_only=True)
class Category:
    """What the agreement says of a category: a rule a direction, about whom, and how long kept."""

    code: str
    to_service: str
    to_asker: str
    subjects: tuple[str, ...] = ()
    retention: str | None = None

    def rule(self, direction: str) -> str:
        """Return permitted, approval or excluded for one direction."""
        return self.to_service if direction == TO_SERVICE else self.to_asker


@dataclass(frozen=True, kw_only=True)
class Handling:
    """How information travels, is marked and kept safe, and what follows when that goes wrong."""

    methods: tuple[str, ...] = ()
    marking: str = ""
    encryption: str = ""
    verbal: str = ""
    onward: str = "none"
    onward_to: str = ""
    breach_hours: int = 24
    """Hours within which the holder is told of a breach; the ICO's 72 hours run beside it."""


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """The impact assessment and the appropriate policy document."""

    dpia_reference: str = ""
    dpia_on: date | None = None
    dpia_outcome: str = ""
    dpia_review_on: date | None = None
    policy_reference: str = ""
    policy_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Contents:
    """A version with all that it says. ``ends_on`` is the first day on which it does not count.

    ``subjects`` are the people it is about; ``rights`` says by code which agency leads.
    """

    reference: str
    number: int
    title: str
    tier: str
    framework: str = ""
    starts_on: date
    ends_on: date | None
    review_on: date
    first_review_months: int = 6
    review_months: int = 12
    subjects: tuple[str, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    categories: tuple[Category, ...] = ()
    gateways: tuple[Gateway, ...] = ()
    parties: tuple[Party, ...] = ()
    exclusions: tuple[str, ...] = ()
    other_exclusions: str = ""
    handling: Handling = Handling()
    assessment: Assessment = Assessment()
    rights: tuple[tuple[str, UUID], ...] = ()
    liability: str = ""
    termination: str = ""

    def shares(self, direction: str) -> tuple[Category, ...]:
        """Return the categories that may be shared in a direction, exclusions taken out."""
        shut = shut_out(self.exclusions)
        return tuple(
            one
            for one in self.categories
            if one.rule(direction) != EXCLUDED and one.code not in shut
        )

    @property
    def shared(self) -> frozenset[str]:
        """The codes of the categories that may be shared in any direction."""
        return frozenset(one.code for each in DIRECTIONS for one in self.shares(each))

    @property
    def sensitivity(self) -> Shares:
        """Whether special category data and data about offences may be shared."""
        return Shares(special=bool(self.shared & SPECIAL), offences=bool(self.shared & OFFENCES))


def shut_out(exclusions: tuple[str, ...]) -> frozenset[str]:
    """Return the categories that coded exclusions shut out whole."""
    return frozenset(EXCLUDES[one] for one in exclusions if one in EXCLUDES)


def category_rule(
    exclusions: tuple[str, ...], category: Category | None, direction: str, subject: str | None
) -> str:
    """Return what an agreement says of a category, for a direction and whom it is about.

    Exclusions come first; what is not listed, or not listed for this subject, is excluded. Without
    a subject nobody in particular is asked about.
    """
    if category is None or category.code in shut_out(exclusions):
        return EXCLUDED
    if subject is not None and subject not in category.subjects:
        return EXCLUDED
    return category.rule(direction)
