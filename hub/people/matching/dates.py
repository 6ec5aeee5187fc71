"""How near two dates of birth are: the same, day and month swapped, one slip, or another day."""

from datetime import date
from enum import IntEnum

from rapidfuzz.distance import OSA

_NEAR_YEARS = 1
_POSSIBLE_YEARS = 3
_MISTAKEN_YEARS = 5
"""A birthday shared by two people further apart is chance, not a slip in the year."""


class Birth(IntEnum):
    """How two statements of a birth stand to each other, from worst to best."""

    DIFFERENT = 0
    DEFAULT_OTHER_YEAR = 1
    """One is 1 January, given to people without papers, and the years are not near."""
    YEAR_FAR = 2
    """An approximate year that is more than three years off."""
    YEAR_ONLY = 3
    """Same year, other day and month."""
    YEAR_POSSIBLE = 4
    """An approximate year two or three years off, or near a 1 January."""
    YEAR_NEAR = 5
    """An approximate year at most one off, or a 1 January of the same year."""
    TWO_PARTS = 6
    """Two of day, month and year are the same, and the years are near."""
    ONE_DIGIT = 7
    """A single digit changed, or two neighbours swapped."""
    SWAPPED = 8
    """Day and month changed places."""
    SAME = 9


def is_default(born: date) -> bool:
    """Say whether this is the birthday that people who do not know theirs are given."""
    return (born.month, born.day) == (1, 1)


def birth_likeness(
    one: date | None, one_year: int | None, other: date | None, other_year: int | None
) -> Birth | None:
    """Return how near two births are, None when either side says nothing.

    A year is the year of the date, or an approximate one where there is no date.
    """
    if one is not None and other is not None:
        return _dates(one, other)
    if one_year is None or other_year is None:
        return None
    return _years(abs(one_year - other_year), otherwise=Birth.YEAR_FAR)


def _years(apart: int, *, otherwise: Birth) -> Birth:
    """Return the level for years this far apart."""
    if apart <= _NEAR_YEARS:
        return Birth.YEAR_NEAR
    return Birth.YEAR_POSSIBLE if apart <= _POSSIBLE_YEARS else otherwise


def _dates(one: date, other: date) -> Birth:
    """Return how near two whole dates are."""
    if one == other:
        return Birth.SAME
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return Birth.SWAPPED
    if is_default(one) or is_default(other):
        return _against_default(abs(one.year - other.year))
    if OSA.distance(f"{one:%d%m%Y}", f"{other:%d%m%Y}", score_cutoff=1) == 1:
        return Birth.ONE_DIGIT
    same = (one.year == other.year, one.month == other.month, one.day == other.day)
    if sum(same) == len(same) - 1 and abs(one.year - other.year) <= _MISTAKEN_YEARS:
        return Birth.TWO_PARTS
    return Birth.YEAR_ONLY if one.year == other.year else Birth.DIFFERENT


def _against_default(apart: int) -> Birth:
    """Return the level for years this far apart when one date is a 1 January."""
    if apart == 0:
        return Birth.YEAR_NEAR
    return Birth.YEAR_POSSIBLE if apart <= _NEAR_YEARS else Birth.DEFAULT_OTHER_YEAR
