"""What speaks for and against two records meaning one person, each with its weight in bits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from hub.people.matching.dates import Birth, birth_likeness
from hub.people.matching.names import Likeness, is_known, likeness
from hub.people.matching.normalise import core_words
from hub.people.matching.places import Place, place_likeness
from hub.people.matching.subjects import Forms, Prepared, Source
from hub.people.matching.weights import (
    BIRTH_BITS,
    CONTRADICTION,
    CONTRADICTION_ALONE,
    FAMILY_DIFFERS,
    GIVEN_DIFFERS,
    INITIAL_BITS,
    MIDDLE_AGREES,
    MIDDLE_DIFFERS,
    MIDDLE_INITIAL,
    MOST_FOR_RELATIVES,
    MOST_FOR_REMOTE,
    NAME_COST,
    NAMES_SWAPPED,
    NHS_AGREES,
    NHS_DIFFERS,
    PHONE_AGREES,
    PLACE_BITS,
    SOURCE_COST,
    Frequencies,
)


@dataclass(frozen=True, slots=True)
class NameMatch:
    """The best that two sets of forms of a name have in common."""

    bits: float
    likeness: Likeness
    said: Source = Source.MAIN
    held: Source = Source.MAIN
    two_names: bool = False
    """They differ a little, but each is a name that people bear: Amina and Amira, not a slip."""

    @property
    def agrees(self) -> bool:
        """Say whether this is one name, allowing short forms, other spellings and one slip."""
        return self.likeness >= Likeness.PART


@dataclass(frozen=True, slots=True)
class Names:
    """Given and family name matched in the order that fits better; None where one is missing."""

    given: NameMatch | None
    family: NameMatch | None
    swapped: bool = False

    @property
    def bits(self) -> float:
        """Return what the names weigh together."""
        both = sum(match.bits for match in (self.given, self.family) if match)
        return both + (NAMES_SWAPPED if self.swapped else 0.0)


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was compared; None where either side says nothing."""

    names: Names
    middle: Likeness | None
    birth: Birth | None
    born_on: date | None
    """The date that both sides state, where they state the same."""
    place: Place | None
    phone: bool | None
    nhs: bool | None
    birth_bits: float = 0.0
    place_bits: float = 0.0

    @property
    def score(self) -> float:
        """Return all the bits together: more is likelier, comparable between any two pairs."""
        bits = (
            self.names.bits
            + middle_bits(self.middle)
            + self.birth_bits
            + self.place_bits
            + (PHONE_AGREES if self.phone else 0.0)
            + nhs_bits(self.nhs)
        )
        given, family = self.names.given, self.names.family
        if given is None or given.likeness > Likeness.REMOTE:
            return bits
        if family is None:
            return bits + CONTRADICTION_ALONE
        if family.likeness is Likeness.DIFFERENT:
            return bits
        if given.likeness is Likeness.DIFFERENT:
            bits += CONTRADICTION
        return min(bits, MOST_FOR_RELATIVES[given.likeness])


def gather(query: Prepared, entry: Prepared, frequencies: Frequencies) -> Evidence:
    """Return everything that the two records have to say about each other."""
    names = _names(query, entry, frequencies)
    birth = birth_likeness(query.born, query.year, entry.born, entry.year)
    place = place_likeness(query.postcodes, entry.postcodes)
    phones = query.phones and entry.phones
    numbers = query.nhs_number and entry.nhs_number
    return Evidence(
        names=names,
        middle=_middle(query, entry, names),
        birth=birth,
        born_on=query.born if birth is Birth.SAME else None,
        place=place,
        phone=not query.phones.isdisjoint(entry.phones) if phones else None,
        nhs=query.nhs_number == entry.nhs_number if numbers else None,
        birth_bits=_birth_bits(query.born, birth, frequencies),
        place_bits=_place_bits(query, entry, place, frequencies),
    )


def middle_bits(middle: Likeness | None) -> float:
    """Return what the middle names weigh."""
    if middle is None:
        return 0.0
    if middle is Likeness.INITIAL:
        return MIDDLE_INITIAL
    return MIDDLE_AGREES if middle >= Likeness.PART else MIDDLE_DIFFERS


def nhs_bits(nhs: bool | None) -> float:
    """Return what the NHS numbers weigh."""
    if nhs is None:
        return 0.0
    return NHS_AGREES if nhs else NHS_DIFFERS


def _birth_bits(born: date | None, birth: Birth | None, frequencies: Frequencies) -> float:
    """Return what the dates of birth weigh."""
    if birth is None:
        return 0.0
    if birth is Birth.SAME and born is not None:
        return frequencies.birth_bits(born)
    return BIRTH_BITS[birth]


def _place_bits(
    query: Prepared, entry: Prepared, place: Place | None, frequencies: Frequencies
) -> float:
    """Return what the postcodes weigh."""
    if place is None:
        return 0.0
    if place is Place.SAME:
        return max(map(frequencies.postcode_bits, query.postcodes & entry.postcodes))
    return PLACE_BITS[place]


def _names(query: Prepared, entry: Prepared, frequencies: Frequencies) -> Names:
    """Return the names matched straight, or crossed where only that makes them agree."""
    given = _best(query.given, entry.given, frequencies.given_bits, GIVEN_DIFFERS)
    family = _best(query.family, entry.family, frequencies.family_bits, FAMILY_DIFFERS)
    straight = Names(given, family)
    if given and family and given.agrees and family.agrees:
        return straight
    crossed_given = _best(_own(query.family), entry.given, frequencies.given_bits, GIVEN_DIFFERS)
    crossed_family = _best(query.given, _own(entry.family), frequencies.family_bits, FAMILY_DIFFERS)
    crossed = Names(crossed_given, crossed_family, swapped=True)
    if given and family and not (crossed_given and crossed_family):
        return straight
    compared = [match for match in (crossed_given, crossed_family) if match]
    if not any(match.agrees for match in compared):
        return straight
    return max(straight, crossed, key=lambda names: names.bits)


def _own(family: Forms) -> Forms:
    """Return the forms of a family name that are not borrowed from the middle names."""
    return tuple((name, source) for name, source in family if source is not Source.MIDDLE)


def _best(
    said: Forms, held: Forms, bits_of: Callable[[str], float], differs: float
) -> NameMatch | None:
    """Return the strongest match of any form with any other, None when either side has none."""
    if not said or not held:
        return None
    best = NameMatch(differs, Likeness.DIFFERENT)
    for one, said_as in said:
        for other, held_as in held:
            alike = likeness(one, other)
            if alike is Likeness.DIFFERENT or Source.MIDDLE is said_as is held_as:
                continue
            cost = SOURCE_COST[said_as] + SOURCE_COST[held_as]
            if alike is Likeness.INITIAL:
                bits = INITIAL_BITS - cost
            else:
                bits = _rarity(one, other, alike, bits_of) - NAME_COST[alike] - cost
            if alike is Likeness.REMOTE:
                bits = min(bits, MOST_FOR_REMOTE)
            if bits > best.bits:
                best = NameMatch(bits, alike, said_as, held_as, _are_two_names(one, other, alike))
    return best


def _rarity(one: str, other: str, alike: Likeness, bits_of: Callable[[str], float]) -> float:
    """Return what full agreement would be worth, of the shared word where only one is shared."""
    if alike is not Likeness.PART:
        return min(bits_of(one), bits_of(other))
    return max(
        min(bits_of(left), bits_of(right))
        for left in core_words(one)
        for right in core_words(other)
        if likeness(left, right) >= Likeness.SOUND
    )


def _are_two_names(one: str, other: str, alike: Likeness) -> bool:
    """Say whether a slight difference parts two known names rather than showing a slip."""
    slight = {Likeness.SIMILAR, Likeness.ONE_LETTER, Likeness.SOUND}
    return alike in slight and is_known(one) and is_known(other)


def _middle(query: Prepared, entry: Prepared, names: Names) -> Likeness | None:
    """Return how the middle names agree, None where one side has none or they are used up above."""
    if not query.middle or not entry.middle:
        return None
    used = {Source.MIDDLE}
    for match in (names.given, names.family):
        if match and not used.isdisjoint((match.said, match.held)):
            return None
    return max(likeness(one, other) for one in query.middle for other in entry.middle)
