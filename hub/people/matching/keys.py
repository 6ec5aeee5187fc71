"""Short texts that two records of one person are likely to share, for an indexed look-up.

Every key joins two facts or more, so that what it finds grows little with the register: a family
name alone would find thousands. A record keeps about twenty; the caller stores them under a keyed
hash and asks for the records that share any, those that share most first.
"""

from collections.abc import Iterator
from itertools import product

from hub.people.matching.names import spellings, stems
from hub.people.matching.normalise import core_words, sound
from hub.people.matching.subjects import Entry, Prepared, Query, Source, prepare

_PREFIX = 3
_MOST_STEMS = 4


def blocking_keys(subject: Entry | Query) -> frozenset[str]:
    """Return the subject's keys; a subject without two usable facts has none."""
    return keys_of(prepare(subject))


def keys_of(person: Prepared) -> frozenset[str]:
    """Return the keys of a record that has been made ready."""
    given = [name for name, _ in person.given]
    family = [name for name, source in person.family if source is not Source.MIDDLE]
    keys = set(_name_keys(given, family))
    words = {word for name in (*given, *family) for word in core_words(name)}
    keys.update(_birth_keys(person, words))
    for postcode in person.postcodes:
        keys.update(f"pi:{postcode}:{word[0]}" for word in words)
        if person.born:
            low, high = sorted((person.born.day, person.born.month))
            keys.add(f"pd:{postcode[:_PREFIX]}:{person.born.year}-{low}-{high}")
    if person.nhs_number:
        keys.add(f"nhs:{person.nhs_number}")
    keys.update(f"tel:{phone}" for phone in person.phones)
    return frozenset(keys)


def _pair(kind: str, one: str, other: str) -> str:
    """Return a key of two parts that is the same in either order."""
    first, second = sorted((one, other))
    return f"{kind}:{first}:{second}"


def _name_keys(given: list[str], family: list[str]) -> Iterator[str]:
    """Yield keys of given with family name, in either order, for records without a birth date."""
    for first, last in product(given, family):
        for one, two in product(core_words(first), core_words(last)):
            heard = sound(two)
            for stem in sorted(stems(one))[:_MOST_STEMS]:
                yield _pair("nn", sound(stem), heard)
            for whole, part in ((one, two), (two, one)):
                name = min(spellings(whole))
                yield f"nb:{name}:{part[:_PREFIX]}"
                yield f"ne:{name}:{part[-_PREFIX:]}"


def _birth_keys(person: Prepared, words: set[str]) -> Iterator[str]:
    """Yield keys of a whole or partly wrong date of birth with a name."""
    born = person.born
    if born is None:
        return
    low, high = sorted((born.day, born.month))
    is_default = (born.day, born.month) == (1, 1)
    for word in words:
        heard = sound(word)
        start = heard if is_default else word[0]
        yield f"di:{born.year}-{low}-{high}:{start}"
        yield f"de:{born.year}-{low}-{high}:{heard if is_default else word[-2:]}"
        yield f"ym:{born.year}-{born.month}:{heard}"
        yield f"yd:{born.year}/{born.day}:{heard}"
        yield f"dm:{low}.{high}:{heard}"
