"""The return of an area with its 12 months: whole for its co-ordinator, or to be passed on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import TypeVar

from hub.reporting.rules.agencies import (
    ON_TIME,
    ActionFacts,
    AgencyRow,
    Care,
    CareFacts,
    ResearchFacts,
    action_counts,
    all_agencies,
    care_counts,
    research_counts,
)
from hub.reporting.rules.counting import (
    SOURCES,
    Counts,
    HeldMeeting,
    QuarterlyReturn,
    Split,
    quarterly_return,
    together,
)
from hub.reporting.rules.quarters import Quarter
from hub.reporting.rules.suppression import (
    Shared,
    everything,
    half_within,
    nothing,
    shared_kinds,
    shared_sheet,
    shared_year,
)

PER = 10_000
OTHERS = "Other agencies"
"""What stands for all agencies of which the count is withheld."""
CARE_PARTS = tuple(each.value for each in Care)


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaFacts:
    """All that a return is made of: everything of the 12 months that end with its quarter.

    ``not_known`` has a day for each person on a case of whom nobody knows whether they are
    care-experienced; days are those of the meetings, in London.
    """

    area: str
    meetings: tuple[HeldMeeting, ...]
    research: tuple[ResearchFacts, ...] = ()
    actions: tuple[ActionFacts, ...] = ()
    care: tuple[CareFacts, ...] = ()
    not_known: tuple[date, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CountedQuarter:
    """All that is counted of a quarter, and the threshold by which it is passed on.

    ``below`` is None where nothing leaves, and nothing is withheld.
    """

    made: QuarterlyReturn
    research: tuple[AgencyRow, ...]
    actions: tuple[AgencyRow, ...]
    care: tuple[AgencyRow, ...]
    not_known: int
    """People on its cases of whom nobody knows whether they are care-experienced."""
    below: int | None = None

    @property
    def quarter(self) -> Quarter:
        """The quarter."""
        return self.made.quarter


@dataclass(frozen=True, slots=True)
class Waits:
    """Days from referral to meeting.

    A single case's days never leave: what is passed on instead of the middle one is by the end of
    which week half of the cases had been heard (``within``).
    """

    middle: float | None = None
    shortest: int | None = None
    longest: int | None = None
    within: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingRow:
    """A meeting by its day; ``sources`` are withheld of each single meeting."""

    on: date
    shared: Shared
    sources: Mapping[str, int | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class AgencyTable:
    """Counts by agency for a quarter, together, and for each quarter of the 12 months."""

    rows: tuple[tuple[str, Shared], ...]
    total: Shared
    year: Shared


@dataclass(frozen=True, kw_only=True, slots=True)
class QuarterRow:
    """One of the four quarters of the 12 months."""

    quarter: Quarter
    cases: Shared
    waits: Waits
    research: Shared
    actions: Shared
    care: Shared


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """A return, ready to be shown. None is withheld, or where nothing can be said."""

    quarter: Quarter
    meetings: tuple[MeetingRow, ...]
    total: Shared
    sources: Mapping[str, int | None]
    waits: Waits
    quarters: tuple[QuarterRow, ...]
    year: Shared
    year_sources: Mapping[str, int | None]
    year_waits: Waits
    per_10_000: float | None
    research: AgencyTable
    actions: AgencyTable
    care: AgencyTable
    not_known: int | None
    """People of whom nobody knows whether they are care-experienced, on the quarter's cases."""


def counted_year(
    facts: AreaFacts, quarter: Quarter, now: datetime, today: date
) -> tuple[CountedQuarter, ...]:
    """Count the four quarters of the 12 months that end with a quarter, as they stand now."""
    return tuple(
        CountedQuarter(
            made=quarterly_return(facts.meetings, facts.area, one),
            research=research_counts(_of(facts.research, one), now),
            actions=action_counts(_of(facts.actions, one), today),
            care=care_counts(_of(facts.care, one)),
            not_known=sum(one.has(day) for day in facts.not_known),
        )
        for one in quarter.year_to_it()
    )


def report(four: Sequence[CountedQuarter], adult_females: int | None) -> Report:
    """Return the return of the last of four quarters, with the 12 months that they make up.

    What agencies did is passed on only where the number of cases is: each of them is asked about
    each case, so their counts would tell it.
    """
    last = four[-1]
    below = _strictest(four)
    returns = [one.made for one in four]
    sheets = [
        _sheet([row.counts for row in one.made.meetings], one.made.counts, one.below)
        for one in four
    ]
    kinds = [_kinds(one, shared) for one, (_, shared) in zip(four, sheets, strict=True)]
    year = _year([one.counts for one in returns], [shared for _, shared in sheets], below, last)
    cases = [shared for _, shared in sheets]
    research = _tables([one.research for one in four], (ON_TIME,), four, cases, year)
    actions = _tables([one.actions for one in four], (ON_TIME,), four, cases, year)
    care = _tables([one.care for one in four], CARE_PARTS, four, cases, year)
    rows, total = sheets[-1]
    return Report(
        quarter=last.quarter,
        meetings=tuple(
            MeetingRow(on=made.on, shared=shared, sources=_own_only(made.sources, below))
            for made, shared in zip(last.made.meetings, rows, strict=True)
        ),
        total=total,
        sources=kinds[-1],
        waits=_waits(returns[-1:], total, last.below),
        quarters=tuple(
            QuarterRow(
                quarter=one.quarter,
                cases=cases[at],
                waits=_waits([one.made], cases[at], one.below),
                research=research.totals[at],
                actions=actions.totals[at],
                care=care.totals[at],
            )
            for at, one in enumerate(four)
        ),
        year=year,
        year_sources={name: _sum(one[name] for one in kinds) for name in SOURCES},
        year_waits=_waits(returns, year, below),
        per_10_000=_per_10_000(year, adult_females),
        research=research.table,
        actions=actions.table,
        care=care.table,
        not_known=_people(last, total),
    )


@dataclass(frozen=True, slots=True)
class _Tables:
    table: AgencyTable
    totals: tuple[Shared, ...]


Facts = TypeVar("Facts", ResearchFacts, ActionFacts, CareFacts)


def _of(facts: Iterable[Facts], quarter: Quarter) -> list[Facts]:
    return [one for one in facts if quarter.has(one.on)]


def _strictest(four: Sequence[CountedQuarter]) -> int | None:
    """Return the highest threshold of several quarters; None where nothing is withheld of any."""
    return max((one.below for one in four if one.below is not None), default=None)


def _sheet(
    rows: Sequence[Counts], total: Counts, below: int | None
) -> tuple[tuple[Shared, ...], Shared]:
    if below is None:
        return tuple(everything(one) for one in rows), everything(total)
    found = shared_sheet(rows, total, below)
    return found.rows, found.total


def _year(
    quarters: Sequence[Counts], shared: Sequence[Shared], below: int | None, last: CountedQuarter
) -> Shared:
    if below is None:
        return everything(together(quarters, quarters[0].parts, quarters[0].beside))
    return shared_year(quarters, shared, below, is_accounts=last.quarter.ends_the_year)


def _tables(
    of_quarters: Sequence[tuple[AgencyRow, ...]],
    parts: tuple[str, ...],
    four: Sequence[CountedQuarter],
    cases: Sequence[Shared],
    year: Shared,
) -> _Tables:
    totals = [all_agencies(rows, parts) for rows in of_quarters]
    sheets = [
        _sheet([row.counts for row in rows], total, one.below)
        if one.below is None or of_them.whole is not None
        else (tuple(nothing(row.counts) for row in rows), nothing(total))
        for rows, total, one, of_them in zip(of_quarters, totals, four, cases, strict=True)
    ]
    shared = tuple(each for _, each in sheets)
    below = _strictest(four)
    rows = zip((row.agency for row in of_quarters[-1]), sheets[-1][0], strict=True)
    table = AgencyTable(
        rows=tuple(rows) if below is None else _named(tuple(rows), shared[-1]),
        total=shared[-1],
        year=_year(totals, shared, below, four[-1])
        if year.whole is not None
        else nothing(together(totals, parts)),
    )
    return _Tables(table, shared)


def _named(rows: Sequence[tuple[str, Shared]], total: Shared) -> tuple[tuple[str, Shared], ...]:
    """Return the rows that may be passed on, and all others in one without a name.

    An agency that is named has one at least: of five that are named and five in all, each has one.
    """
    if total.whole is None:
        return ()
    shown = tuple((name, each) for name, each in rows if each.whole is not None)
    if len(shown) == len(rows):
        return shown
    return (*shown, (OTHERS, Shared(parts=dict.fromkeys(total.parts))))


def _kinds(one: CountedQuarter, shared: Shared) -> dict[str, int | None]:
    """Return where a quarter's referrals came from; the partners' only where police are shown."""
    if one.below is None:
        return dict(one.made.sources)
    police = shared.parts[Split.POLICE]
    partners = {name: count for name, count in one.made.sources.items() if name != Split.POLICE}
    shown = shared_kinds(partners, one.below, with_total=police is not None)
    return {Split.POLICE.value: police, **shown}


def _own_only(sources: Mapping[str, int], below: int | None) -> dict[str, int | None]:
    return {name: count if below is None else None for name, count in sources.items()}


def _people(one: CountedQuarter, total: Shared) -> int | None:
    if one.below is None:
        return one.not_known
    return None if total.whole is None or one.not_known < one.below else one.not_known


def _sum(counts: Iterable[int | None]) -> int | None:
    """Return a sum that tells nothing new: of counts of which none is withheld."""
    total = 0
    for one in counts:
        if one is None:
            return None
        total += one
    return total


def _waits(made: Sequence[QuarterlyReturn], shared: Shared, below: int | None) -> Waits:
    days = sorted(each for one in made for each in one.waits)
    if not days or shared.whole is None:
        return Waits()
    if below is None:
        return Waits(median(days), days[0], days[-1])
    return Waits(within=half_within(days, below))


def _per_10_000(year: Shared, adult_females: int | None) -> float | None:
    if year.whole is None or not adult_females:
        return None
    return round(year.whole * PER / adult_females, 1)


def percent(part: int | None, whole: int | None) -> float | None:
    """Return a part in per cent of the whole; those of whom nothing is known stay in the whole."""
    return None if part is None or not whole else round(100 * part / whole, 1)
