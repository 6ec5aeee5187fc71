"""Which of five bands a comparison falls into: what a person may do with it, not how sure we are.

The bands are those of section 5.3 of the domain notes. Nothing below certain is acted upon without
a person's word, and no band above possible rests on names alone.
"""

from enum import StrEnum

from hub.people.matching.dates import Birth
from hub.people.matching.evidence import Evidence, NameMatch
from hub.people.matching.names import Likeness
from hub.people.matching.places import Place
from hub.people.matching.subjects import Source

LEAST_SCORE = 4.0
"""Below this nobody is likely: the pair is not shown."""

LEAST_SCORE_AT_HOME = -8.0
"""The same where a name and the whole postcode agree: if not the person, then one of the family."""

CLEARLY_BETTER = 2.0
"""So many bits apart, two who both look like the person meant are not equally likely to be it."""


class Band(StrEnum):
    """What a comparison amounts to."""

    CERTAIN = "certain"
    """NHS number and date of birth exact, and the name agrees."""
    PROBABLE = "probable"
    """Both names, the date of birth, and the postcode or telephone agree."""
    POSSIBLE = "possible"
    """Enough to ask the leaving care team."""
    CONFLICT = "conflict"
    """Two people, perhaps: twins, namesakes, or one number with two birthdays. Never merged."""
    NONE = "none"


def band_of(evidence: Evidence) -> Band:
    """Return the band that the evidence falls into."""
    if is_conflict(evidence):
        return Band.CONFLICT if is_worth_showing(evidence) else Band.NONE
    if evidence.nhs and evidence.birth is Birth.SAME and _some_name_agrees(evidence):
        return Band.CERTAIN
    if _is_probable(evidence):
        return Band.PROBABLE
    return Band.POSSIBLE if is_worth_showing(evidence) else Band.NONE


def is_outdone(score: float, band: Band, best: float) -> bool:
    """Say whether somebody else on the register fits the same query clearly better.

    One person is meant. Two who agree in names, birth and postcode are twins, or one person twice
    on the register; in neither case is the lesser one a match to act upon.
    """
    return band is Band.PROBABLE and score <= best - CLEARLY_BETTER


def is_worth_showing(evidence: Evidence) -> bool:
    """Say whether anybody should look at this pair at all."""
    if evidence.nhs or evidence.score >= LEAST_SCORE:
        return True
    at_home = evidence.place is Place.SAME and _some_name_agrees(evidence)
    return at_home and evidence.score >= LEAST_SCORE_AT_HOME


def is_conflict(evidence: Evidence) -> bool:
    """Say whether the evidence speaks strongly both for and against one person."""
    return (
        is_number_conflict(evidence) or looks_like_twins(evidence) or looks_like_namesakes(evidence)
    )


def is_number_conflict(evidence: Evidence) -> bool:
    """Say whether one NHS number comes with two dates of birth, or two numbers with one person."""
    if evidence.nhs is None:
        return False
    if evidence.nhs:
        return evidence.birth is not None and evidence.birth is not Birth.SAME
    return _both_names_agree(evidence) and evidence.birth is Birth.SAME


def looks_like_twins(evidence: Evidence) -> bool:
    """Say whether all but the given name agrees, as with twins, sisters and brothers."""
    given, family = evidence.names.given, evidence.names.family
    if given is None or family is None or not family.agrees:
        return False
    at_home = evidence.place is Place.SAME
    if given.likeness <= Likeness.REMOTE:
        return evidence.birth is Birth.SAME or at_home
    return given.two_names and evidence.birth is Birth.SAME and at_home


def looks_like_namesakes(evidence: Evidence) -> bool:
    """Say whether the names agree and the dates of birth are another day altogether."""
    far = {Birth.DIFFERENT, Birth.DEFAULT_OTHER_YEAR, Birth.YEAR_FAR, Birth.YEAR_ONLY}
    return _both_names_agree(evidence) and evidence.birth in far


def _agrees(match: NameMatch | None) -> bool:
    return match is not None and match.agrees


def _both_names_agree(evidence: Evidence) -> bool:
    return _agrees(evidence.names.given) and _agrees(evidence.names.family)


def _some_name_agrees(evidence: Evidence) -> bool:
    return _agrees(evidence.names.given) or _agrees(evidence.names.family)


def _rests_on_middle_name(given: NameMatch | None) -> bool:
    """Say whether the given name agrees by way of a middle name that is not the very same name."""
    if given is None or given.said is Source.MIDDLE:
        return True
    return given.held is Source.MIDDLE and given.likeness < Likeness.SAME


def _is_probable(evidence: Evidence) -> bool:
    """Say whether names, birth and one of postcode or telephone agree, and nothing contradicts."""
    if not _both_names_agree(evidence) or evidence.birth not in {Birth.SAME, Birth.SWAPPED}:
        return False
    if evidence.place is not Place.SAME and not evidence.phone:
        return False
    if _rests_on_middle_name(evidence.names.given):
        return False
    return evidence.middle is not Likeness.DIFFERENT and evidence.nhs is not False
