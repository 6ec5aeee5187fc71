"""Who is who over several referrals, from what co-ordinators said of pairs of people.

Everybody named in a referral is somebody of their own until a co-ordinator says otherwise. Nothing
is merged for good: take back what was said of a pair, and the people stand apart as before.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from hub.people.matching.evidence import Evidence

Pair = frozenset[UUID]
"""Two people of two referrals, in no order."""


class Verdict(StrEnum):
    """What a co-ordinator says of two people."""

    SAME = "same"
    OTHER = "other"
    OPEN = "open"
    """What was said before is taken back."""


class Basis(StrEnum):
    """What tells that two are one person; a name alone never does."""

    BORN = "born"
    ADDRESS = "address"
    PHONE = "phone"
    NUMBER = "number"
    """A number of the NHS, the police or an agency."""
    KNOWN_TO_BOTH = "known_to_both"
    """An agency that knows them said so."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """Somebody named in a referral."""

    party_id: UUID
    concern_id: UUID


def joined(start: Iterable[UUID], same: Iterable[Pair]) -> set[UUID]:
    """Return everybody whom the pairs join to those at the start, these included."""
    found = set(start)
    left = [pair for pair in same if len(pair) > 1]
    while touching := [pair for pair in left if pair & found]:
        found.update(*touching)
        left = [pair for pair in left if not pair <= found]
    return found


def subjects(in_time: Sequence[UUID], same: AbstractSet[Pair]) -> dict[UUID, UUID]:
    """Return whose subject each is: that of the earliest of those who are one person with them.

    ``in_time`` has the people in the order in which their referrals came.
    """
    found: dict[UUID, UUID] = {}
    for one in in_time:
        if one not in found:
            found |= dict.fromkeys(joined([one], same) & set(in_time) - found.keys(), one)
    return found


def refusal(
    people: Mapping[UUID, Named], same: AbstractSet[Pair], other: AbstractSet[Pair], new: Pair
) -> str | None:
    """Return why two cannot be said to be one person, or None.

    ``same`` and ``other`` are the pairs of which that stands already.
    """
    group = joined(new, {*same, new})
    if any(pair <= group for pair in other):
        return (
            "They cannot be the same person: somebody said of one of them that they are not. "
            "Take that back first if it was wrong."
        )
    concerns = [people[one].concern_id for one in group]
    if len(set(concerns)) < len(concerns):
        return "They cannot be the same person: both would be named twice in one referral."
    return None


def is_by_name_alone(evidence: Evidence) -> bool:
    """Tell whether nothing but names speaks for two being one person."""
    speaks = evidence.birth_bits > 0 or evidence.place_bits > 0
    return not (speaks or evidence.nhs or evidence.phone)
