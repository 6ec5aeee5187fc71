"""How alike two names are: equal, a known short form or spelling, one letter off, or another name.

English short forms come from the `nicknames` table, the rest from ``variants.txt`` beside this.
"""

from collections.abc import Iterator
from enum import IntEnum
from functools import cache, lru_cache
from importlib.resources import files

from nicknames import NickNamer
from rapidfuzz.distance import OSA, JaroWinkler

from hub.people.matching.normalise import core_words, fold, sound

_SHORTEST_FOR_ONE_LETTER = 4
_SHORTEST_FOR_TWO_LETTERS = 6
_MOST_SLIPS = 2
_SHORTEST_SHARED_START = 3
_SHORTEST_WITHOUT_PREFIX = 4
_SOUND_ALIKE = 0.65
_SOUND_LETTERS = 2
_LOOK_ALIKE = 0.88
_FAINTLY_ALIKE = 0.76
_WORTH_A_LOOK = 0.5
"""Jaro-Winkler below which no slip or spelling can explain the difference."""


class Likeness(IntEnum):
    """How one written name stands to another, from nothing in common to the same."""

    DIFFERENT = 0
    REMOTE = 1
    """Enough in common to keep from speaking of another name, not to speak of the same."""
    SIMILAR = 2
    """Two letters off, or alike to the eye."""
    INITIAL = 3
    """One of the two is only the other's first letter."""
    SHORTENED = 4
    """One begins with the other, or both are short for the same third name."""
    PART = 5
    """They share one whole word of a double name."""
    SOUND = 6
    """Spelt differently with the same consonants: a transliteration, perhaps."""
    ONE_LETTER = 7
    """One letter added, left out, changed or swapped with its neighbour."""
    VARIANT = 8
    """A known short form or spelling of the other."""
    SAME = 9


@cache
def _english() -> NickNamer:
    """Return the table of English short forms, read once."""
    return NickNamer()


def _lines() -> Iterator[str]:
    """Yield the lines of our own table, comments left out."""
    text = files(__package__).joinpath("variants.txt").read_text("utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def _own_table() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Return spellings by name, and long forms by short form, from our own table."""
    spellings: dict[str, set[str]] = {}
    long_forms: dict[str, set[str]] = {}
    for line in _lines():
        head, arrow, shorts = line.partition(">")
        if arrow:
            for short in shorts.split():
                long_forms.setdefault(short, set()).add(head.strip())
            continue
        names = {name.strip() for name in line.split("=")}
        for name in names:
            spellings.setdefault(name, set()).update(names)
    return (
        {name: frozenset(others) for name, others in spellings.items()},
        {name: frozenset(others) for name, others in long_forms.items()},
    )


@lru_cache(maxsize=65_536)
def spellings(word: str) -> frozenset[str]:
    """Return the folded word and every equal spelling of it in the tables."""
    return _own_table()[0].get(word, frozenset()) | {word}


@lru_cache(maxsize=65_536)
def long_forms(word: str) -> frozenset[str]:
    """Return the folded word and every name that it may be short for."""
    own = _own_table()[1].get(word, frozenset())
    english = frozenset(fold(name) for name in _english().canonicals_of(word))
    return own | english | {word}


@lru_cache(maxsize=65_536)
def stems(word: str) -> frozenset[str]:
    """Return one stable name for each family of forms that the folded word belongs to.

    Two words that are each other's short form or spelling share a stem.
    """
    return frozenset(min(spellings(name)) for name in long_forms(word))


@lru_cache(maxsize=65_536)
def is_known(word: str) -> bool:
    """Say whether the tables hold the folded word as a name in its own right."""
    variants, shorts = _own_table()
    return (
        word in variants
        or word in shorts
        or bool(_english().canonicals_of(word))
        or bool(_english().nicknames_of(word))
    )


@lru_cache(maxsize=262_144)
def likeness(one: str, other: str) -> Likeness:
    """Return how alike two folded names are, whichever comes first; neither may be empty."""
    if one > other:
        return likeness(other, one)
    left, right = core_words(one), core_words(other)
    one_run, other_run = "".join(left), "".join(right)
    if one_run == other_run or one.replace(" ", "") == other.replace(" ", ""):
        return Likeness.SAME
    if sorted(left) == sorted(right):
        return Likeness.SAME
    whole = _run_likeness(one_run, other_run)
    if whole >= Likeness.SOUND or (len(left) == 1 and len(right) == 1):
        return whole
    return max(whole, _word_by_word(left, right))


def _word_by_word(left: tuple[str, ...], right: tuple[str, ...]) -> Likeness:
    """Return PART or less for double names that share a word, one slip in it allowed."""
    best = max(_run_likeness(a, b) for a in left for b in right)
    if best >= Likeness.SOUND:
        return Likeness.PART
    return min(best, Likeness.SIMILAR)


@lru_cache(maxsize=262_144)
def _run_likeness(one: str, other: str) -> Likeness:
    """Return how alike two names are, each written as one word."""
    if one == other:
        return Likeness.SAME
    shorter, longer = (one, other) if len(one) < len(other) else (other, one)
    if len(shorter) == 1:
        return Likeness.INITIAL if longer.startswith(shorter) else Likeness.DIFFERENT
    if _are_variants(one, other):
        return Likeness.VARIANT
    alike = JaroWinkler.similarity(one, other)
    if alike >= _WORTH_A_LOOK and (written := _writing(shorter, longer, alike)):
        return written
    if not stems(one).isdisjoint(stems(other)):
        return Likeness.SHORTENED
    return Likeness.REMOTE if alike >= _FAINTLY_ALIKE else Likeness.DIFFERENT


def _writing(shorter: str, longer: str, alike: float) -> Likeness | None:
    """Return how the letters of two words agree, None where they hardly do."""
    edits = OSA.distance(shorter, longer, score_cutoff=_MOST_SLIPS)
    if edits == 1 and len(longer) >= _SHORTEST_FOR_ONE_LETTER:
        return Likeness.ONE_LETTER
    heard = sound(shorter)
    if heard == sound(longer) and len(heard) >= _SOUND_LETTERS and alike >= _SOUND_ALIKE:
        return Likeness.SOUND
    if longer.startswith(shorter) and len(shorter) >= _SHORTEST_SHARED_START:
        return Likeness.SHORTENED
    few_slips = edits <= _MOST_SLIPS and len(shorter) >= _SHORTEST_FOR_TWO_LETTERS
    one_slip = edits == 1 and len(longer) >= _SHORTEST_SHARED_START
    return Likeness.SIMILAR if alike >= _LOOK_ALIKE or few_slips or one_slip else None


@lru_cache(maxsize=65_536)
def _usual_forms(word: str) -> frozenset[str]:
    """Return every spelling of the word and of the names that it is short for."""
    return frozenset(form for name in long_forms(word) for form in spellings(name))


def _are_variants(one: str, other: str) -> bool:
    """Say whether one is a table spelling or short form of the other, or only lacks Mc or O."""
    if other in _usual_forms(one) or one in _usual_forms(other):
        return True
    shorter, longer = (one, other) if len(one) < len(other) else (other, one)
    return len(shorter) >= _SHORTEST_WITHOUT_PREFIX and longer in {f"o{shorter}", f"mc{shorter}"}
