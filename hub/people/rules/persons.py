"""What a record of a person must be like before it is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from stdnum.gb import nhs

from hub.agencies.rules.cover import Refusal
from hub.people.states import NameKind

EARLIEST_BIRTH = date(1900, 1, 1)


@dataclass(frozen=True, order=True)
class OtherName:
    """Another name that the person goes or went by; either half may be empty, not both."""

    kind: NameKind
    given_name: str = ""
    family_name: str = ""


@dataclass(frozen=True)
class Address:
    """Where the person lives or lived; ``until_on`` is the first day no longer there."""

    lines: str | None = None
    postcode: str | None = None
    from_on: date | None = None
    until_on: date | None = None

    def is_current(self, day: date) -> bool:
        """Tell whether the person lives there on the day, as far as is known."""
        begun = self.from_on is None or self.from_on <= day
        return begun and (self.until_on is None or day < self.until_on)


def birth_refusal(born: date | None, today: date) -> Refusal | None:
    """Say why a date of birth cannot be right, or None."""
    if born is None:
        return None
    if born > today:
        return Refusal("date_of_birth", "Date of birth must be today or in the past")
    if born < EARLIEST_BIRTH:
        return Refusal("date_of_birth", "Date of birth must be after 1899")
    return None


def compact_nhs_number(number: str | None) -> str | None:
    """Return the ten digits of an NHS number; None for none. Raises ValueError if it is not one.

    Source of the check digit (modulus 11): domain notes, section 4.4.
    """
    digits = nhs.compact(number or "")
    if not digits:
        return None
    if not nhs.is_valid(digits):
        raise ValueError("NHS number is not valid. Check each of its 10 digits")
    return str(digits)


def address_refusal(addresses: Iterable[Address]) -> Refusal | None:
    """Say what is wrong with one of the addresses, or None."""
    for each in addresses:
        if not each.lines and not each.postcode:
            return Refusal("lines", "Enter the address or the postcode")
        if each.from_on and each.until_on and each.until_on <= each.from_on:
            return Refusal("until_on", "The day they moved out must be after the day they moved in")
    return None
