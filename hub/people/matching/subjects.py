"""The two sides of a comparison, as the caller gives them and as the engine reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeAlias

from hub.people.matching.normalise import fold, fold_nhs_number, fold_phone, fold_postcode

Forms: TypeAlias = "tuple[tuple[str, Source], ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One person on the register; empty text, None or () stands for what is not known.

    ``postcodes`` are present and former ones; ``aliases`` are (given, family) pairs, former names
    among them, either half of which may be empty. ``sex`` is carried for the reader and never
    weighed: it is too often wrong or changed to speak for or against anybody.
    """

    person_id: str
    given_name: str = ""
    middle_names: str = ""
    family_name: str = ""
    known_as: str = ""
    date_of_birth: date | None = None
    sex: str = ""
    postcodes: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    nhs_number: str | None = None
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is said of the person meant; ``approximate_year`` where no birthday is known."""

    query_id: str
    given_name: str = ""
    middle_names: str = ""
    family_name: str = ""
    date_of_birth: date | None = None
    approximate_year: int | None = None
    postcodes: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    nhs_number: str | None = None
    phones: tuple[str, ...] = ()


class Source(Enum):
    """Which of a person's names a form was taken from, in words for a reason."""

    MAIN = "name"
    KNOWN_AS = "known name"
    ALIAS = "other name"
    MIDDLE = "middle name"


@dataclass(frozen=True, slots=True)
class Prepared:
    """One side made ready: every form of each name with its source, everything folded."""

    given: Forms
    family: Forms
    middle: tuple[str, ...]
    born: date | None
    year: int | None
    postcodes: frozenset[str]
    nhs_number: str
    phones: frozenset[str]


def prepare(subject: Entry | Query) -> Prepared:
    """Return the subject made ready for keys and comparison."""
    known_as = subject.known_as if isinstance(subject, Entry) else ""
    year = subject.approximate_year if isinstance(subject, Query) else None
    given, family = fold(subject.given_name), fold(subject.family_name)
    middle = tuple(fold(subject.middle_names).split())
    aliases = [(fold(first), fold(last)) for first, last in subject.aliases]
    return Prepared(
        given=_named(
            [given],
            [fold(known_as)],
            [first for first, _ in aliases],
            middle,
        ),
        family=_named([family], [], [last for _, last in aliases], middle),
        middle=middle,
        born=subject.date_of_birth,
        year=subject.date_of_birth.year if subject.date_of_birth else year,
        postcodes=frozenset(filter(None, map(fold_postcode, subject.postcodes))),
        nhs_number=fold_nhs_number(subject.nhs_number),
        phones=frozenset(filter(None, map(fold_phone, subject.phones))),
    )


def _named(
    main: Iterable[str], known: Iterable[str], aliases: Iterable[str], middle: Iterable[str]
) -> Forms:
    """Return each different form once, under the strongest source that it has."""
    forms: dict[str, Source] = {}
    for source, names in (
        (Source.MAIN, main),
        (Source.KNOWN_AS, known),
        (Source.ALIAS, aliases),
        (Source.MIDDLE, middle),
    ):
        for name in names:
            if name:
                forms.setdefault(name, source)
    return tuple(forms.items())
