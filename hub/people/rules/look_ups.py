"""What makes a look-up of a person worth a second look, and how many are too many.

Everything here is judged from what was typed and who typed it, never from whether anybody was
found: a flag, a limit or a line of the log must not tell that somebody is known. Source: sharing
notes, 5.2, item 6; security notes, T05, T07 and T08.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from hub.config import Settings
from hub.people.matching.names import stems
from hub.people.matching.normalise import (
    core_words,
    fold,
    fold_nhs_number,
    fold_phone,
    fold_postcode,
)

PER_CENT = 100
_PARTS = re.compile(r"[\W\d_]+")


class Door(StrEnum):
    """By which way somebody was looked up."""

    REGISTER = "register"
    """The search of the register by its own desks and workers, who see whom it finds."""
    REQUEST = "request"
    CONCERN = "concern"


class Fact(StrEnum):
    """Which kinds of fact somebody was looked up by; never the fact itself."""

    NAME = "name"
    BORN = "date_of_birth"
    NHS_NUMBER = "nhs_number"
    POSTCODE = "postcode"
    PHONE = "phone"


class Hits(StrEnum):
    """How many on the register were like whoever was looked up, roughly."""

    NONE = "none"
    ONE = "one"
    FEW = "two_to_five"
    MANY = "more_than_five"


class Flag(StrEnum):
    """Why a look-up is put before somebody else."""

    OVER = "over"
    """More people than one account may look up within an hour or a day."""
    SELF = "self"
    COLLEAGUE = "colleague"
    FAMILY_NAME = "family_name"
    ADDRESS = "address"
    REPEATED = "repeated"
    """The same person again and again, and no case in which it would belong."""
    SAMPLE = "sample"
    """Picked by chance, so that everybody knows that any may be."""


ALERTS = frozenset(Flag) - {Flag.SAMPLE}
"""The flags of which the governance lead is told at once; a sample waits on their list."""


class Outcome(StrEnum):
    """What came of a second look."""

    IN_ORDER = "in_order"
    FOLLOWED_UP = "followed_up"


@dataclass(frozen=True, kw_only=True)
class LookUpPolicy:
    """What is set about look-ups; the defaults are product choices where no source is named.

    ``an_hour`` and ``a_day`` are people of whom one account may ask others (sharing notes, 5.2:
    20 an hour), ``searches_an_hour`` and ``searches_a_day`` its searches of the register (security
    notes, T05: 30 an hour). ``repeats`` is the how-manieth look-up of one person within
    ``repeat_days`` days that is flagged where there is no case; ``sample_percent`` of all are
    picked by chance (sharing notes, 5.2: 5 per cent).
    """

    an_hour: int = 20
    a_day: int = 60
    searches_an_hour: int = 30
    searches_a_day: int = 120
    repeats: int = 3
    repeat_days: int = 30
    sample_percent: int = 5


def policy_of(settings: Settings) -> LookUpPolicy:
    """Return what the hub's settings say about look-ups."""
    own = settings.look_ups
    return LookUpPolicy(
        an_hour=own.an_hour,
        a_day=own.a_day,
        searches_an_hour=own.searches_an_hour,
        searches_a_day=own.searches_a_day,
        repeats=own.repeats,
        repeat_days=own.repeat_days,
        sample_percent=own.sample_percent,
    )


@dataclass(frozen=True, kw_only=True)
class Sought:
    """Who is looked up, as it was typed. It is never kept like this."""

    given_name: str = ""
    family_name: str = ""
    date_of_birth: date | None = None
    postcodes: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    nhs_number: str = ""


@dataclass(frozen=True, kw_only=True)
class Seeker:
    """What the hub knows of whoever looks somebody up, and of where they work.

    The hub holds no home address and no date of birth of anybody at work.
    """

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many look-ups of an account there were before this one."""

    within_hour: int = 0
    within_day: int = 0
    of_the_same: int = 0
    """Those of the same person that belong to no case."""


def facts_of(sought: Sought) -> tuple[Fact, ...]:
    """Return by which kinds of fact somebody is looked up, in the order of ``Fact``."""
    said = {
        Fact.NAME: sought.given_name.strip() or sought.family_name.strip(),
        Fact.BORN: sought.date_of_birth,
        Fact.NHS_NUMBER: sought.nhs_number.strip(),
        Fact.POSTCODE: any(one.strip() for one in sought.postcodes),
        Fact.PHONE: any(one.strip() for one in sought.phones),
    }
    return tuple(fact for fact in Fact if said[fact])


def who_is_meant(sought: Sought) -> str:
    """Return a text that is the same for the same person, to be hashed with a key.

    The NHS number where there is one, else both names in either order with the date of birth, else
    whatever was given. Spelling, case and blanks do not matter.
    """
    if number := fold_nhs_number(sought.nhs_number):
        return f"nhs\x00{number}"
    names = sorted(_words(sought.given_name) | _words(sought.family_name))
    born = sought.date_of_birth.isoformat() if sought.date_of_birth else ""
    if sought.given_name.strip() and sought.family_name.strip():
        return "\x00".join(("name", *names, born))
    places = sorted(fold_postcode(one) for one in sought.postcodes if one.strip())
    phones = sorted(fold_phone(one) for one in sought.phones if one.strip())
    return "\x00".join(("facts", *names, born, *places, *phones))


def bucket(found: int) -> Hits:
    """Return roughly how many were found."""
    few = 5
    if found <= 1:
        return Hits.ONE if found else Hits.NONE
    return Hits.FEW if found <= few else Hits.MANY


def is_over(counted: Counted, *, an_hour: int, a_day: int) -> bool:
    """Tell whether one more look-up is more than an account may make."""
    return counted.within_hour >= an_hour or counted.within_day >= a_day


def is_sampled(look_up_id: UUID, percent: int) -> bool:
    """Tell whether chance picks a look-up: its id is random, and nobody can choose it."""
    return look_up_id.int % PER_CENT < percent


def flags_of(
    sought: Sought, seeker: Seeker, counted: Counted, *, repeats: int, is_in_case: bool
) -> frozenset[Flag]:
    """Return what speaks for a second look, but for limits and chance."""
    flags = {flag for flag, is_so in _likenesses(sought, seeker) if is_so}
    if Flag.SELF in flags:
        flags -= {Flag.COLLEAGUE, Flag.FAMILY_NAME}  # they follow from it and say nothing more
    if not is_in_case and counted.of_the_same + 1 >= repeats:
        flags.add(Flag.REPEATED)
    return frozenset(flags)


def may_be_one_of(seeker: Seeker, people: Iterable[Sought]) -> bool:
    """Tell whether somebody at work may be one of these people, or live with one of them.

    By their name, by the name in their address, by their number or by the last name alone: a hint
    to somebody who decides, and no more.
    """
    close = {Flag.SELF, Flag.FAMILY_NAME}
    return any(
        is_so and flag in close for one in people for flag, is_so in _likenesses(one, seeker)
    )


def name_in(email: str | None) -> str:
    """Return what may be somebody's name in their address at work: ``basil.thornbury@...``."""
    return " ".join(_PARTS.split((email or "").partition("@")[0])).strip()


def in_order(flags: Collection[Flag]) -> tuple[Flag, ...]:
    """Return flags in the order of ``Flag``."""
    return tuple(flag for flag in Flag if flag in flags)


def _likenesses(sought: Sought, seeker: Seeker) -> Iterable[tuple[Flag, bool]]:
    own_phones = {fold_phone(one) for one in seeker.phones} - {""}
    is_own_phone = any(fold_phone(one) in own_phones for one in sought.phones)
    is_own_name = any(_is_named(sought, one) for one in seeker.names)
    yield Flag.SELF, is_own_name or is_own_phone
    yield Flag.COLLEAGUE, any(_is_named(sought, one) for one in seeker.colleagues)
    family = _words(sought.family_name)
    yield Flag.FAMILY_NAME, any(family and family <= _family(one) for one in seeker.names)
    places = {fold_postcode(one) for one in seeker.postcodes} - {""}
    yield Flag.ADDRESS, any(fold_postcode(one) in places for one in sought.postcodes)


def _is_named(sought: Sought, name: str) -> bool:
    """Tell whether both names that were typed are in somebody's name, or short forms of it."""
    given, family = _words(sought.given_name), _words(sought.family_name)
    theirs = _words(name)
    if not given or not family or not family <= theirs:
        return False
    rest = {stem for word in theirs - family or theirs for stem in stems(word)}
    return any(not stems(word).isdisjoint(rest) for word in given)


def _family(name: str) -> frozenset[str]:
    """Return the words of a whole name without its first, which is no family name."""
    return frozenset(core_words(fold(name))[1:])


def _words(name: str) -> frozenset[str]:
    folded = fold(name)
    return frozenset(core_words(folded)) if folded else frozenset()
