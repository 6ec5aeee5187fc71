"""An invented register like those of England, and queries about people on it and not on it.

Queries are spoilt as real ones are; half have a moved or missing postcode, and three in ten are
about people who are not on the register, many of them relatives or namesakes of somebody who is.
"""

import random
import string
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate

from nicknames import NickNamer

from benchmarks.names import Community, communities
from hub.people.matching.subjects import Entry, Query

_FIRST_BIRTH = date(2000, 3, 1)
_BIRTH_DAYS = 4000
_AREAS = ("LN", "PE", "NG", "DN", "BN", "RH", "PO", "GU", "S", "LE", "HU", "YO", "BD", "M", "B")
_OUTSIDER_SHARE = 0.3
_TRIES = 200
_HALF = 0.5
_DOUBLE = 0.05
_SECOND_MIDDLE = 0.15
_OTHER_NAME = 0.12
_BORN_KNOWN = 0.98
_POSTCODE_KNOWN = 0.95
_TWIN_SHARE = 0.3
_MOVED = 0.6
"""Of the postcodes that are not the person's own: moved rather than missing."""

_LONG_NAME = 6
_MONTHS = 12


@dataclass(frozen=True)
class Asked:
    """A query, the person it means (None: nobody on the register) and how it was spoilt."""

    query: Query
    person_id: str | None
    kind: str


@dataclass(frozen=True)
class Sample:
    """A register and the queries put to it."""

    register: tuple[Entry, ...]
    asked: tuple[Asked, ...]


class Maker:
    """Makes people and queries from one seed: the same seed gives the same sample."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - repeatable samples, no secrets
        self._register: list[Entry] = []
        self._communities = communities()
        self._shares = [community.share for community in self._communities]
        self._nicknames = NickNamer()
        pools = [pool for of in self._communities for pool in (of.given, of.family)]
        self._pools = {pool: self._random.sample(pool, len(pool)) for pool in pools}
        self._weights = {
            pool: list(accumulate((rank + 8) ** -0.9 for rank in range(len(pool))))
            for pool in pools
        }

    def sample(self, people: int, queries: int) -> Sample:
        """Return a register of so many people and so many queries."""
        register = [self._person(number) for number in range(people)]
        for number in range(0, people - 1, 20):
            register[number + 1] = self._relative(register[number], f"P{number + 1}", twin=None)
        self._register = register
        members = self._random.choices(register, k=queries)
        asked = [self._ask(number, member) for number, member in enumerate(members)]
        return Sample(tuple(register), tuple(asked))

    def _name(self, names: tuple[str, ...]) -> str:
        """Draw a name, those early in the pool's shuffled order more often."""
        return self._random.choices(self._pools[names], cum_weights=self._weights[names])[0]

    def _community(self) -> Community:
        return self._random.choices(self._communities, self._shares)[0]

    def _person(self, number: int) -> Entry:
        chance = self._random.random
        community = self._community()
        given, family = self._name(community.given), self._name(community.family)
        if chance() < _DOUBLE:
            family = f"{family}-{self._name(community.family)}"
        born = _FIRST_BIRTH + timedelta(days=self._random.randrange(_BIRTH_DAYS))
        if chance() < community.new_year:
            born = born.replace(month=1, day=1)
        middle = self._name(community.given) if chance() < _HALF else ""
        if middle and chance() < _SECOND_MIDDLE:
            middle += f" {self._name(community.given)}"
        known = ""
        if chance() < _OTHER_NAME:
            known = self._nickname(given) or self._name(community.given)
        aliases = ((given, self._name(community.family)),) if chance() < _OTHER_NAME else ()
        return Entry(
            person_id=f"P{number}",
            given_name=given,
            middle_names=middle,
            family_name=family,
            known_as=known,
            date_of_birth=born if chance() < _BORN_KNOWN else None,
            sex=self._random.choice("FMFMFMX"),
            postcodes=(self._postcode(),) if chance() < _POSTCODE_KNOWN else (),
            aliases=aliases,
        )

    def _postcode(self) -> str:
        """Return a postcode in form; the inward letters are some that no real one uses."""
        pick = self._random
        inward = f"{pick.randrange(1, 10)}{pick.choice('CIKMOV')}{pick.choice('ABDEFGHJLN')}"
        return f"{pick.choice(_AREAS)}{pick.randrange(1, 40)} {inward}"

    def _relative(self, of: Entry, person_id: str, *, twin: bool | None) -> Entry:
        """Return a brother, sister or (three in ten unless told) twin in the same home."""
        community = self._community()
        for candidate in self._communities:
            if of.given_name in candidate.given:
                community = candidate
        given = of.given_name
        while given == of.given_name:
            given = self._name(community.given)
        born = of.date_of_birth
        is_twin = self._random.random() < _TWIN_SHARE if twin is None else twin
        if born and not is_twin:
            born += timedelta(days=self._random.choice((-1, 1)) * self._random.randrange(300, 2000))
        return replace(
            of, person_id=person_id, given_name=given, known_as="", aliases=(),
            middle_names=self._name(community.given) if of.middle_names else "",
            date_of_birth=born,
        )  # fmt: skip

    def _ask(self, number: int, member: Entry) -> Asked:
        """Return a query about the member, or about an outsider made from the member."""
        if self._random.random() < _OUTSIDER_SHARE:
            return self._outsider(number, member)
        kind = self._random.choices(("clean", "one", "two", "three"), (0.12, 0.48, 0.26, 0.14))[0]
        wanted = {"clean": 0, "one": 1, "two": 2, "three": 3}[kind]
        first = self._random.choice(list(_WAYS)) if wanted else ""
        for _ in range(_TRIES):
            query = self._query(number, member)
            if not wanted or _changes(_WAYS[first](self, query, member), query):
                break
            member = self._random.choice(self._register)
        done, query = self._spoil(query, member, first, wanted)
        label = done[0] if len(done) == 1 else ("clean", "", "two", "three")[len(done)]
        return Asked(query, member.person_id, label)

    def _spoil(
        self, query: Query, member: Entry, first: str, wanted: int
    ) -> tuple[list[str], Query]:
        """Spoil the query in so many ways that leave each other something to find."""
        done: list[str] = []
        others = [way for way in _WAYS if way != first]
        self._random.shuffle(others)
        for way in [first, *others] if wanted else []:
            if len(done) == wanted or any({way, other} in _HOPELESS for other in done):
                continue
            if any(way in group and other in group for group in _GROUPS for other in done):
                continue
            spoilt = _WAYS[way](self, query, member)
            if spoilt is not None and spoilt != query:
                query = spoilt
                done.append(way)
        return done, query

    def _outsider(self, number: int, member: Entry) -> Asked:
        kind = self._random.choice(("sibling", "twin", "namesake", "stranger"))
        if kind == "stranger":
            person = self._person(-1)
        elif kind == "namesake":
            person = replace(
                self._person(-1), given_name=member.given_name, family_name=member.family_name
            )
        else:
            person = self._relative(member, "", twin=kind == "twin")
        query = self._query(number, person)
        if self._random.random() < _HALF:
            way = self._random.choice(list(_WAYS))
            query = _WAYS[way](self, query, person) or query
        return Asked(query, None, kind)

    def _query(self, number: int, person: Entry) -> Query:
        """Return what an asker without slips would say, the postcode moved or missing in half."""
        postcodes = person.postcodes
        if self._random.random() < _HALF:
            postcodes = (self._postcode(),) if self._random.random() < _MOVED else ()
        return Query(
            query_id=f"Q{number}",
            given_name=person.given_name,
            middle_names=person.middle_names if self._random.random() < _HALF else "",
            family_name=person.family_name,
            date_of_birth=person.date_of_birth,
            postcodes=postcodes,
        )

    def _nickname(self, given: str) -> str | None:
        """Return a short form of the name, None when it is too short for one."""
        known = sorted(self._nicknames.nicknames_of(given))
        if known:
            return self._random.choice(known).title()
        return given[:3] if len(given) >= _LONG_NAME else None

    # The ways in which a query is spoilt: each returns None where it does not apply.

    def nickname(self, query: Query, _: Entry) -> Query | None:
        """Give a short form for the given name."""
        short = self._nickname(query.given_name)
        return replace(query, given_name=short) if short else None

    def transliteration(self, query: Query, _: Entry) -> Query | None:
        """Spell both names by another romanisation."""
        return replace(
            query,
            given_name=self._respell(query.given_name),
            family_name=self._respell(query.family_name),
        )

    def _respell(self, name: str) -> str:
        swaps = self._random.sample(_ROMANISATIONS, len(_ROMANISATIONS))
        text, done = name.lower(), 0
        for one, other in swaps:
            if one in text[1:] and done < self._random.choice((1, 1, 2)):
                text, done = text[0] + text[1:].replace(one, other, 1), done + 1
        return text.title()

    def diacritics(self, query: Query, _: Entry) -> Query | None:
        """Write both names without accents."""
        return replace(
            query, given_name=_bare(query.given_name), family_name=_bare(query.family_name)
        )

    def double_barrelled(self, query: Query, _: Entry) -> Query | None:
        """Use one half of a double name, or part its halves by a blank."""
        halves = query.family_name.split("-")
        if len(halves) == 1:
            return None
        return replace(
            query, family_name=self._random.choice((*halves, " ".join(halves), "".join(halves)))
        )

    def swapped_names(self, query: Query, _: Entry) -> Query | None:
        """Put the names into each other's place."""
        return replace(query, given_name=query.family_name, family_name=query.given_name)

    def swapped_day_month(self, query: Query, _: Entry) -> Query | None:
        """Write the month before the day."""
        born = query.date_of_birth
        if born is None or born.day > _MONTHS or born.day == born.month:
            return None
        return replace(query, date_of_birth=date(born.year, born.day, born.month))

    def typo(self, query: Query, _: Entry) -> Query | None:
        """Slip once in one of the names."""
        if self._random.random() < _HALF:
            return replace(query, given_name=self._slip(query.given_name))
        return replace(query, family_name=self._slip(query.family_name))

    def _slip(self, name: str) -> str:
        if not name:
            return name
        at = self._random.randrange(len(name))
        letter = self._random.choice(string.ascii_lowercase)
        return self._random.choice(
            (
                name[:at] + letter + name[at:],
                name[:at] + name[at + 1 :],
                name[:at] + letter + name[at + 1 :],
                name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
            )
        )

    def birth_slip(self, query: Query, _: Entry) -> Query | None:
        """Get one of day, month or year wrong."""
        born = query.date_of_birth
        if born is None:
            return None
        part = self._random.choice(("day", "month", "year"))
        if part == "day":
            return replace(query, date_of_birth=born.replace(day=self._random.randrange(1, 29)))
        if part == "month":
            month = self._random.randrange(1, 13)
            return replace(query, date_of_birth=born.replace(day=min(born.day, 28), month=month))
        year = born.year + self._random.choice((-1, 1))
        return replace(query, date_of_birth=born.replace(day=min(born.day, 28), year=year))

    def missing_birth(self, query: Query, _: Entry) -> Query | None:
        """Leave the date of birth out."""
        return replace(query, date_of_birth=None)

    def changed_surname(self, query: Query, member: Entry) -> Query | None:
        """Give a family name that the register does not have."""
        community = self._community()
        for candidate in self._communities:
            if member.given_name in candidate.given:
                community = candidate
        return replace(query, family_name=self._name(community.family))

    def alias(self, query: Query, member: Entry) -> Query | None:
        """Give the other name on record."""
        if not member.aliases:
            return None
        given, family = member.aliases[0]
        return replace(query, given_name=given, family_name=family)

    def known_as(self, query: Query, member: Entry) -> Query | None:
        """Give the name the person goes by."""
        return replace(query, given_name=member.known_as) if member.known_as else None

    def middle_first(self, query: Query, member: Entry) -> Query | None:
        """Give a middle name for the given name."""
        if not member.middle_names:
            return None
        return replace(query, given_name=member.middle_names.split()[0], middle_names="")

    def initial(self, query: Query, _: Entry) -> Query | None:
        """Give only the first letter of the given name."""
        return replace(query, given_name=query.given_name[:1])


_WAYS: dict[str, Callable[[Maker, Query, Entry], Query | None]] = {
    "nickname": Maker.nickname,
    "transliteration": Maker.transliteration,
    "diacritics": Maker.diacritics,
    "double_barrelled": Maker.double_barrelled,
    "swapped_names": Maker.swapped_names,
    "swapped_day_month": Maker.swapped_day_month,
    "typo": Maker.typo,
    "birth_slip": Maker.birth_slip,
    "missing_birth": Maker.missing_birth,
    "changed_surname": Maker.changed_surname,
    "alias": Maker.alias,
    "known_as": Maker.known_as,
    "middle_first": Maker.middle_first,
    "initial": Maker.initial,
}
_GROUPS = (
    {"nickname", "middle_first", "initial", "known_as", "alias"},
    {"changed_surname", "double_barrelled", "alias"},
    {"swapped_day_month", "birth_slip", "missing_birth"},
)
"""At most one way of each group spoils a query."""

_HOPELESS = (
    {"missing_birth", "changed_surname"}, {"missing_birth", "initial"},
    {"changed_surname", "initial"}, {"birth_slip", "initial"}, {"birth_slip", "changed_surname"},
)  # fmt: skip
"""Pairs that leave too little to tell a person by."""

_ROMANISATIONS = (
    ("ph", "f"), ("f", "ph"), ("kh", "h"), ("ou", "u"), ("u", "ou"), ("oo", "u"), ("ee", "i"),
    ("i", "ee"), ("a", "e"), ("e", "a"), ("y", "i"), ("i", "y"), ("ss", "s"), ("s", "ss"),
    ("m", "mm"), ("mm", "m"), ("w", "v"), ("sh", "sch"), ("q", "k"), ("k", "q"), ("ah", "a"),
    ("dh", "d"), ("z", "s"), ("ai", "ay"), ("ei", "ey"), ("o", "u"), ("l", "ll"), ("j", "dj"),
)  # fmt: skip


def _changes(spoilt: Query | None, query: Query) -> bool:
    """Say whether a way applied."""
    return spoilt is not None and spoilt != query


def _bare(name: str) -> str:
    """Return the name without accents, as an old computer system would print it."""
    plain = name.translate(str.maketrans("łŁđĐøØıəƏ", "lLdDoOieE"))
    return unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
