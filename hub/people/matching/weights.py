"""How many bits each agreement or disagreement is worth (Fellegi and Sunter's log2 ratios).

A bit doubles or halves the odds that two records mean one person. Agreement on a rare name is
worth more than on a common one: where the register is at hand its own frequencies say how rare,
else a middling rarity is taken. The figures for slips and disagreements were set on invented
registers; the benchmark in the repository shows what they reach.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from hub.people.matching.dates import Birth, is_default
from hub.people.matching.names import Likeness
from hub.people.matching.normalise import core_words
from hub.people.matching.places import Place
from hub.people.matching.subjects import Entry, Prepared, Source, prepare

_GIVEN_BITS = 8.0
_FAMILY_BITS = 9.0
_BIRTH_BITS = 11.5
_DEFAULT_BIRTH_BITS = 5.0
_POSTCODE_BITS = 9.0
_LEAST_NAME_BITS = 3.0
_MOST_NAME_BITS = 11.5
_LEAST_BIRTH_BITS = 4.0
_MOST_BIRTH_BITS = 11.5
_MOST_POSTCODE_BITS = 9.0
_PRIOR_PEOPLE = 400
"""The middling rarities count as much as this many people's records."""

NAME_COST = {
    Likeness.SAME: 0.0,
    Likeness.VARIANT: 1.5,
    Likeness.ONE_LETTER: 1.5,
    Likeness.SOUND: 2.5,
    Likeness.PART: 2.5,
    Likeness.SHORTENED: 3.0,
    Likeness.SIMILAR: 5.0,
    Likeness.REMOTE: 10.0,
}
"""Bits off full agreement for a name that agrees less than letter by letter."""

MOST_FOR_REMOTE = -1.0
"""A name that hardly agrees never speaks for anybody, however rare it is."""

INITIAL_BITS = 2.0
SOURCE_COST = {Source.MAIN: 0.0, Source.KNOWN_AS: 0.5, Source.ALIAS: 0.5, Source.MIDDLE: 2.5}
"""Bits off when the form compared was not the main name."""

GIVEN_DIFFERS = -4.0
CONTRADICTION = -10.0
"""More off where no given name agrees but a family name does: sisters, brothers and twins."""

MOST_FOR_RELATIVES = {Likeness.DIFFERENT: 8.0, Likeness.REMOTE: 13.0}
"""However much else agrees, a twin explains it as well: the score goes no higher."""

CONTRADICTION_ALONE = -4.0
"""The same where there is no family name to compare."""

FAMILY_DIFFERS = -4.5
NAMES_SWAPPED = -2.5
MIDDLE_AGREES = 3.0
MIDDLE_INITIAL = 1.0
MIDDLE_DIFFERS = -1.5
NHS_AGREES = 20.0
NHS_DIFFERS = -14.0
PHONE_AGREES = 8.0

BIRTH_BITS = {
    Birth.DIFFERENT: -11.0,
    Birth.DEFAULT_OTHER_YEAR: -5.0,
    Birth.YEAR_FAR: -7.0,
    Birth.YEAR_ONLY: -7.0,
    Birth.YEAR_POSSIBLE: -2.5,
    Birth.YEAR_NEAR: 0.5,
    Birth.TWO_PARTS: 1.5,
    Birth.ONE_DIGIT: 4.0,
    Birth.SWAPPED: 8.0,
}
PLACE_BITS = {Place.DIFFERENT: -1.2, Place.DISTRICT: 1.5, Place.ONE_CHARACTER: 6.0}


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How often each name, date and postcode stands on a register of so many people."""

    people: int = 0
    given: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    family: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    born: Mapping[date, int] = field(default_factory=lambda: MappingProxyType({}))
    postcodes: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def given_bits(self, name: str) -> float:
        """Return the bits that full agreement on this folded given name is worth."""
        bits = self._bits(self.given.get(name, 0), _GIVEN_BITS)
        return min(max(bits, _LEAST_NAME_BITS), _MOST_NAME_BITS)

    def family_bits(self, name: str) -> float:
        """Return the bits that full agreement on this folded family name is worth."""
        bits = self._bits(self.family.get(name, 0), _FAMILY_BITS)
        return min(max(bits, _LEAST_NAME_BITS), _MOST_NAME_BITS)

    def birth_bits(self, born: date) -> float:
        """Return the bits that this very date is worth; little for a 1 January."""
        usual = _DEFAULT_BIRTH_BITS if is_default(born) else _BIRTH_BITS
        bits = self._bits(self.born.get(born, 0), usual)
        return min(max(bits, _LEAST_BIRTH_BITS), _MOST_BIRTH_BITS)

    def postcode_bits(self, postcode: str) -> float:
        """Return the bits that this folded postcode is worth."""
        return min(self._bits(self.postcodes.get(postcode, 0), _POSTCODE_BITS), _MOST_POSTCODE_BITS)

    def _bits(self, count: int, usual: float) -> float:
        """Return the rarity of something seen this often, drawn towards the usual one."""
        share = (count + _PRIOR_PEOPLE * 2.0**-usual) / (self.people + _PRIOR_PEOPLE)
        return -math.log2(share)


UNKNOWN_FREQUENCIES = Frequencies()
"""Middling rarities, for a comparison without a register at hand."""


class Tally:
    """Counts a register as it is read, one record at a time."""

    def __init__(self) -> None:
        self._people = 0
        self._given: Counter[str] = Counter()
        self._family: Counter[str] = Counter()
        self._born: Counter[date] = Counter()
        self._postcodes: Counter[str] = Counter()

    def add(self, person: Prepared) -> None:
        """Count one record's forms, each once."""
        self._people += 1
        self._given.update({word for name, _ in person.given for word in _with_parts(name)})
        family = (name for name, source in person.family if source is not Source.MIDDLE)
        self._family.update({word for name in family for word in _with_parts(name)})
        if person.born is not None:
            self._born[person.born] += 1
        self._postcodes.update(person.postcodes)

    def frequencies(self) -> Frequencies:
        """Return what has been counted so far."""
        return Frequencies(self._people, self._given, self._family, self._born, self._postcodes)


def _with_parts(name: str) -> tuple[str, ...]:
    """Return a folded name and, where it is double, its parts."""
    return (name, *core_words(name))


def count(entries: Iterable[Entry]) -> Frequencies:
    """Return the frequencies of a register."""
    tally = Tally()
    for entry in entries:
        tally.add(prepare(entry))
    return tally.frequencies()
