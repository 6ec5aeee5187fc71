"""Words for what was compared. All of them are fixed, so none can repeat what a record says."""

from dataclasses import dataclass

from hub.people.matching.bands import is_number_conflict, looks_like_namesakes, looks_like_twins
from hub.people.matching.dates import Birth, is_default
from hub.people.matching.evidence import Evidence, NameMatch, Names, middle_bits, nhs_bits
from hub.people.matching.names import Likeness
from hub.people.matching.places import Place
from hub.people.matching.subjects import Source
from hub.people.matching.weights import NAMES_SWAPPED, PHONE_AGREES


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing compared: whether it agrees (None where that cannot be said), words, and bits."""

    agrees: bool | None
    text: str
    bits: float = 0.0


ANOTHER_FITS_BETTER = Reason(agrees=False, text="another person on the register fits better")

_SAID = {
    Source.MAIN: "{kind} name",
    Source.ALIAS: "other {kind} name that was stated",
    Source.MIDDLE: "stated middle name",
}
_HELD = {
    Source.MAIN: "agrees",
    Source.KNOWN_AS: "is the known name",
    Source.ALIAS: "is another name on record",
    Source.MIDDLE: "is a middle name on record",
}
_HOW = {
    Likeness.SAME: "",
    Likeness.VARIANT: " in another usual form",
    Likeness.ONE_LETTER: " but for one letter",
    Likeness.SOUND: " but for its spelling",
    Likeness.PART: " in part",
    Likeness.SHORTENED: " if shortened",
    Likeness.INITIAL: " in its first letter",
}
_BIRTH = {
    Birth.SAME: (True, "date of birth agrees"),
    Birth.SWAPPED: (True, "day and month of birth swapped"),
    Birth.ONE_DIGIT: (None, "date of birth one digit off"),
    Birth.TWO_PARTS: (None, "two of day, month and year of birth agree"),
    Birth.YEAR_NEAR: (None, "year of birth fits, day and month not known for sure"),
    Birth.YEAR_POSSIBLE: (None, "year of birth a little off, day and month not known for sure"),
    Birth.YEAR_ONLY: (False, "year of birth agrees, day and month differ"),
    Birth.YEAR_FAR: (False, "year of birth differs"),
    Birth.DEFAULT_OTHER_YEAR: (False, "date of birth differs, one of them perhaps assumed"),
    Birth.DIFFERENT: (False, "date of birth differs"),
}
_PLACE = {
    Place.SAME: (True, "postcode agrees"),
    Place.ONE_CHARACTER: (True, "postcode agrees but for one character"),
    Place.DISTRICT: (None, "postcode district agrees"),
    Place.DIFFERENT: (False, "postcode differs"),
}


def reasons_for(evidence: Evidence) -> tuple[Reason, ...]:
    """Return all that was compared in words, agreement and disagreement alike."""
    found = [
        *_about_names(evidence.names),
        _about_middle(evidence),
        _about_birth(evidence),
        _about_place(evidence),
        _about_phone(evidence),
        _about_nhs(evidence),
        *_about_conflict(evidence),
    ]
    return tuple(reason for reason in found if reason is not None)


def _about_names(names: Names) -> list[Reason]:
    """Return what the names say, and that they stand in each other's place where they do."""
    found = [_about_name("given", names.given), _about_name("family", names.family)]
    if names.swapped:
        found.append(Reason(None, "given and family name swapped", NAMES_SWAPPED))
    return found


def _about_name(kind: str, match: NameMatch | None) -> Reason:
    if match is None:
        return Reason(None, f"no {kind} name to compare")
    if match.likeness is Likeness.DIFFERENT:
        return Reason(agrees=False, text=f"{kind} name differs", bits=match.bits)
    if match.likeness is Likeness.REMOTE:
        return Reason(agrees=False, text=f"{kind} name hardly agrees", bits=match.bits)
    if match.likeness is Likeness.SIMILAR:
        return Reason(None, f"{kind} name comes near", match.bits)
    said, held = _SAID[match.said].format(kind=kind), _HELD[match.held]
    if match.said is Source.MIDDLE and match.held is Source.MAIN:
        held = f"is the {kind} name"
    text = f"{said} {held}{_HOW[match.likeness]}"
    return Reason(True if match.agrees else None, text, match.bits)


def _about_middle(evidence: Evidence) -> Reason | None:
    bits = middle_bits(evidence.middle)
    if evidence.middle is None:
        return None
    if bits < 0:
        return Reason(agrees=False, text="middle name differs", bits=bits)
    if evidence.middle is Likeness.INITIAL:
        return Reason(None, "middle name agrees in its first letter", bits)
    return Reason(agrees=True, text="middle name agrees", bits=bits)


def _about_birth(evidence: Evidence) -> Reason:
    if evidence.birth is None:
        return Reason(None, "no date of birth to compare")
    agrees, text = _BIRTH[evidence.birth]
    if evidence.born_on and is_default(evidence.born_on):
        text += ", a birthday many are given"
    return Reason(agrees, text, evidence.birth_bits)


def _about_place(evidence: Evidence) -> Reason:
    if evidence.place is None:
        return Reason(None, "no postcode to compare")
    agrees, text = _PLACE[evidence.place]
    return Reason(agrees, text, evidence.place_bits)


def _about_phone(evidence: Evidence) -> Reason | None:
    if not evidence.phone:
        return None
    return Reason(agrees=True, text="telephone number agrees", bits=PHONE_AGREES)


def _about_nhs(evidence: Evidence) -> Reason | None:
    if evidence.nhs is None:
        return None
    verb = "agrees" if evidence.nhs else "differs"
    return Reason(evidence.nhs, f"NHS number {verb}", nhs_bits(evidence.nhs))


def _about_conflict(evidence: Evidence) -> list[Reason]:
    """Return why this must not be taken for one person, where it must not."""
    found = []
    if is_number_conflict(evidence):
        found.append(Reason(agrees=False, text="NHS number and the rest contradict each other"))
    if looks_like_twins(evidence):
        found.append(Reason(agrees=False, text="perhaps a twin, sister or brother"))
    if looks_like_namesakes(evidence):
        found.append(Reason(agrees=False, text="perhaps two people of one name"))
    return found
