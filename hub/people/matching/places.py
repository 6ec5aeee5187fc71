"""How near two sets of postcodes are, present and former ones alike."""

from collections.abc import Set as AbstractSet
from enum import IntEnum
from itertools import product

from rapidfuzz.distance import OSA

from hub.people.matching.normalise import district


class Place(IntEnum):
    """The best that any postcode of one side has in common with any of the other."""

    DIFFERENT = 0
    DISTRICT = 1
    """Same outward half."""
    ONE_CHARACTER = 2
    """One character added, left out, changed or swapped with its neighbour."""
    SAME = 3


def place_likeness(one: AbstractSet[str], other: AbstractSet[str]) -> Place | None:
    """Return how near two sets of folded postcodes are, None when either is empty."""
    if not one or not other:
        return None
    if not one.isdisjoint(other):
        return Place.SAME
    return max(_pair(left, right) for left, right in product(one, other))


def _pair(one: str, other: str) -> Place:
    """Return how near two different postcodes are."""
    if OSA.distance(one, other, score_cutoff=1) == 1:
        return Place.ONE_CHARACTER
    left = district(one)
    return Place.DISTRICT if left and left == district(other) else Place.DIFFERENT
