"""What a quarterly return counts, meeting by meeting; what nobody knows is counted as not known.

Source of the counts: SafeLives' return at the level of meetings, as the domain notes give it (2.1).
An answer that is missing is never taken for a no. A case is counted at the meeting that heard it,
by the day of that meeting in London; one that was listed as alert only was not discussed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from hub.agencies.rules.kinds import AgencyKind
from hub.kernel.days import age_on, london_day
from hub.marac.clocks import Label
from hub.reporting.rules.quarters import Quarter

ADULT = 18
VICTIM_AGES = range(16, 18)
GUESS_IS_OFF_BY = 2
"""Years by which a guessed age may be wrong: a product choice."""


class Known(StrEnum):
    """An answer as it is counted."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


class Split(StrEnum):
    """What part of the cases is counted for."""

    REPEAT = "repeat"
    POLICE = "police"
    MINORITISED = "minoritised"
    LGBT = "lgbt"
    DISABLED = "disabled"
    MALE = "male"
    AGED_16_17 = "aged_16_17"
    HARM_BY_UNDER_18 = "harm_by_under_18"


TRANSFER = "transfer"
"""A case that another area's MARAC passed on, whoever referred it there."""

SOURCES = (AgencyKind.POLICE.value, *(k.value for k in AgencyKind if k != "police"), TRANSFER)
"""Where a referral can come from: the kind of the referrer's agency, or another MARAC."""

NEEDS = MappingProxyType(
    {
        Split.MINORITISED: "is_minoritised",
        Split.LGBT: "is_lgbt",
        Split.DISABLED: "is_disabled",
    }
)
"""By which answer of the referral's page of needs each is counted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Somebody:
    """What a referral says of a person, as far as the return asks."""

    gender: str | None = None
    born_on: date | None = None
    about_age: int | None = None
    """The referrer's guess on the day of the referral."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HeardCase:
    """One victim with the same alleged perpetrator(s), as it came before a meeting."""

    referred_at: datetime
    """When the referral was submitted (UTC)."""
    is_discussed: bool = True
    """False for alert only: listed and flagged, not discussed."""
    label: Label = Label.NEW
    source: str = AgencyKind.POLICE.value
    children: int = 0
    victim: Somebody = Somebody()
    alleged: tuple[Somebody, ...] = ()
    needs: Mapping[str, str | None] = field(default_factory=dict)
    """What the page of needs says: yes, no or not_known, by the name of the answer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldMeeting:
    """A meeting of an area and the cases that came before it; ``starts_at`` is an instant."""

    area: str
    starts_at: datetime
    cases: tuple[HeardCase, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """How many of some whole are so, and of how many nobody knows; the others are not."""

    yes: int = 0
    not_known: int = 0

    def __add__(self, other: "Part") -> "Part":
        return Part(self.yes + other.yes, self.not_known + other.not_known)


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """A whole, its parts, and what is counted beside it."""

    whole: int = 0
    parts: Mapping[str, Part] = field(default_factory=dict)
    beside: Mapping[str, int] = field(default_factory=dict)

    def known(self, part: str) -> int:
        """Return of how many of the whole it is known whether they are so."""
        return self.whole - self.parts[part].not_known


CHILDREN = "children"


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingCounts:
    """One row of the return: a meeting by its day in London."""

    on: date
    counts: Counts
    sources: Mapping[str, int]
    waits: tuple[int, ...]
    """Days from referral to the meeting, one for each case, in London days."""


@dataclass(frozen=True, kw_only=True, slots=True)
class QuarterlyReturn:
    """The return of one area for one quarter: a row for each meeting, and all of them together."""

    quarter: Quarter
    meetings: tuple[MeetingCounts, ...]
    counts: Counts
    sources: Mapping[str, int]
    waits: tuple[int, ...]


def quarterly_return(
    meetings: Iterable[HeldMeeting], area: str, quarter: Quarter
) -> QuarterlyReturn:
    """Return an area's return for a quarter, its meetings in the order of their days.

    A meeting belongs to the quarter of its day in London. One that heard nothing has a row of 0.
    """
    own = [one for one in meetings if one.area == area and quarter.has(london_day(one.starts_at))]
    rows = tuple(_row(one) for one in sorted(own, key=lambda one: one.starts_at))
    return QuarterlyReturn(
        quarter=quarter,
        meetings=rows,
        counts=together((row.counts for row in rows), tuple(Split), (CHILDREN,)),
        sources={one: sum(row.sources[one] for row in rows) for one in SOURCES},
        waits=tuple(sorted(days for row in rows for days in row.waits)),
    )


def _row(meeting: HeldMeeting) -> MeetingCounts:
    on = london_day(meeting.starts_at)
    cases = [one for one in meeting.cases if one.is_discussed]
    said = [answers_of(one, on) for one in cases]
    return MeetingCounts(
        on=on,
        counts=Counts(
            whole=len(cases),
            parts={split: part_of(one[split] for one in said) for split in Split},
            beside={CHILDREN: sum(one.children for one in cases)},
        ),
        sources={one: sum(case.source == one for case in cases) for one in SOURCES},
        waits=tuple(sorted((on - london_day(one.referred_at)).days for one in cases)),
    )


def part_of(answers: Iterable[Known]) -> Part:
    """Return how many answers are yes and how many nobody knows."""
    said = tuple(answers)
    return Part(said.count(Known.YES), said.count(Known.NOT_KNOWN))


def together(counts: Iterable[Counts], parts: Iterable[str], beside: Iterable[str] = ()) -> Counts:
    """Return the sum of counts that have these parts; of none, noughts."""
    every = tuple(counts)
    return Counts(
        whole=sum(one.whole for one in every),
        parts={name: sum((one.parts[name] for one in every), Part()) for name in parts},
        beside={name: sum(one.beside[name] for one in every) for name in beside},
    )


def answers_of(case: HeardCase, on: date) -> dict[Split, Known]:
    """Return what is counted of a case that was heard on a day in London."""
    referred_on = london_day(case.referred_at)
    return {
        Split.REPEAT: _repeat(case.label),
        Split.POLICE: _is(case.source == AgencyKind.POLICE),
        **{split: _said(case.needs.get(name)) for split, name in NEEDS.items()},
        Split.MALE: _male(case.victim),
        Split.AGED_16_17: _aged(case.victim, VICTIM_AGES, on, referred_on),
        Split.HARM_BY_UNDER_18: _any(
            _aged(one, range(ADULT), on, referred_on) for one in case.alleged
        ),
    }


def _is(holds: bool) -> Known:
    return Known.YES if holds else Known.NO


def _said(answer: str | None) -> Known:
    return Known(answer) if answer in set(Known) else Known.NOT_KNOWN


def _repeat(label: Label) -> Known:
    """Return whether it is a repeat; while somebody has to look, nobody knows."""
    return Known.NOT_KNOWN if label is Label.CHECK else _is(label is Label.REPEAT)


def _male(victim: Somebody) -> Known:
    if victim.gender in {None, "", "not_known"}:
        return Known.NOT_KNOWN
    return _is(victim.gender == "male")


def _aged(person: Somebody, ages: range, on: date, referred_on: date) -> Known:
    """Return whether somebody is of these ages on a day.

    A guessed age counts where it cannot be wrong by so much that the answer would be another.
    """
    if person.born_on is not None:
        return _is(age_on(person.born_on, on) in ages)
    if person.about_age is None:
        return Known.NOT_KNOWN
    guess = person.about_age + on.year - referred_on.year
    could = {age in ages for age in range(guess - GUESS_IS_OFF_BY, guess + GUESS_IS_OFF_BY + 1)}
    return _is(could.pop()) if len(could) == 1 else Known.NOT_KNOWN


def _any(answers: Iterable[Known]) -> Known:
    """Return whether one of several is so; nobody knows where no one is named, or one is open."""
    said = set(answers)
    if Known.YES in said:
        return Known.YES
    return Known.NO if said == {Known.NO} else Known.NOT_KNOWN
