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
    shared_kinds,
    shared_sheet,
    shared_year,
)

PER = 10_000
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
class Terms:
    """What a return is counted by; ``below`` is the area's threshold, None where nothing leaves."""

    now: datetime
    today: date
    below: int | None
    adult_females: int | None


@dataclass(frozen=True, slots=True)
class Waits:
    """Days from referral to meeting. Shortest and longest are one case's: never passed on."""

    middle: float | None = None
    shortest: int | None = None
    longest: int | None = None


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


def report(facts: AreaFacts, quarter: Quarter, terms: Terms) -> Report:
    """Return the return of a quarter, with the 12 months to its end."""
    four = quarter.year_to_it()
    returns = [quarterly_return(facts.meetings, facts.area, one) for one in four]
    sheets = [_sheet([row.counts for row in one.meetings], one.counts, terms) for one in returns]
    kinds = [_kinds(one, shared, terms) for one, (_, shared) in zip(returns, sheets, strict=True)]
    research = _tables(
        [research_counts(_of(facts.research, one), terms.now) for one in four],
        (ON_TIME,),
        terms,
        quarter,
    )
    actions = _tables(
        [action_counts(_of(facts.actions, one), terms.today) for one in four],
        (ON_TIME,),
        terms,
        quarter,
    )
    care = _tables([care_counts(_of(facts.care, one)) for one in four], CARE_PARTS, terms, quarter)
    whole = [one.counts for one in returns]
    year = _year(whole, [shared for _, shared in sheets], terms, quarter)
    rows, total = sheets[-1]
    unknown = sum(quarter.has(day) for day in facts.not_known)
    return Report(
        quarter=quarter,
        meetings=tuple(
            MeetingRow(on=made.on, shared=shared, sources=_own_only(made.sources, terms))
            for made, shared in zip(returns[-1].meetings, rows, strict=True)
        ),
        total=total,
        sources=kinds[-1],
        waits=_waits(returns[-1:], total, terms),
        quarters=tuple(
            QuarterRow(
                quarter=one,
                cases=sheets[at][1],
                waits=_waits([returns[at]], sheets[at][1], terms),
                research=research.totals[at],
                actions=actions.totals[at],
                care=care.totals[at],
            )
            for at, one in enumerate(four)
        ),
        year=year,
        year_sources={name: _sum(one[name] for one in kinds) for name in SOURCES},
        year_waits=_waits(returns, year, terms),
        per_10_000=_per_10_000(year, terms.adult_females),
        research=research.table,
        actions=actions.table,
        care=care.table,
        not_known=unknown if terms.below is None or unknown >= terms.below else None,
    )


@dataclass(frozen=True, slots=True)
class _Tables:
    table: AgencyTable
    totals: tuple[Shared, ...]


Facts = TypeVar("Facts", ResearchFacts, ActionFacts, CareFacts)


def _of(facts: Iterable[Facts], quarter: Quarter) -> list[Facts]:
    return [one for one in facts if quarter.has(one.on)]


def _sheet(
    rows: Sequence[Counts], total: Counts, terms: Terms
) -> tuple[tuple[Shared, ...], Shared]:
    if terms.below is None:
        return tuple(everything(one) for one in rows), everything(total)
    found = shared_sheet(rows, total, terms.below)
    return found.rows, found.total


def _year(
    quarters: Sequence[Counts], shared: Sequence[Shared], terms: Terms, quarter: Quarter
) -> Shared:
    if terms.below is None:
        return everything(together(quarters, quarters[0].parts, quarters[0].beside))
    return shared_year(quarters, shared, terms.below, is_accounts=quarter.ends_the_year)


def _tables(
    of_quarters: Sequence[tuple[AgencyRow, ...]],
    parts: tuple[str, ...],
    terms: Terms,
    quarter: Quarter,
) -> _Tables:
    totals = [all_agencies(rows, parts) for rows in of_quarters]
    sheets = [
        _sheet([row.counts for row in rows], total, terms)
        for rows, total in zip(of_quarters, totals, strict=True)
    ]
    shared = tuple(each for _, each in sheets)
    names = [row.agency for row in of_quarters[-1]]
    table = AgencyTable(
        rows=tuple(zip(names, sheets[-1][0], strict=True)),
        total=shared[-1],
        year=_year(totals, shared, terms, quarter),
    )
    return _Tables(table, shared)


def _kinds(made: QuarterlyReturn, shared: Shared, terms: Terms) -> dict[str, int | None]:
    """Return where a quarter's referrals came from; the partners' only where police are shown."""
    if terms.below is None:
        return dict(made.sources)
    police = shared.parts[Split.POLICE]
    partners = {name: count for name, count in made.sources.items() if name != Split.POLICE}
    shown = shared_kinds(partners, terms.below, with_total=police is not None)
    return {Split.POLICE.value: police, **shown}


def _own_only(sources: Mapping[str, int], terms: Terms) -> dict[str, int | None]:
    return {name: count if terms.below is None else None for name, count in sources.items()}


def _sum(counts: Iterable[int | None]) -> int | None:
    """Return a sum that tells nothing new: of counts of which none is withheld."""
    total = 0
    for one in counts:
        if one is None:
            return None
        total += one
    return total


def _waits(made: Sequence[QuarterlyReturn], shared: Shared, terms: Terms) -> Waits:
    days = sorted(each for one in made for each in one.waits)
    if not days or shared.whole is None:
        return Waits()
    if terms.below is None:
        return Waits(median(days), days[0], days[-1])
    return Waits(median(days))


def _per_10_000(year: Shared, adult_females: int | None) -> float | None:
    if year.whole is None or not adult_females:
        return None
    return round(year.whole * PER / adult_females, 1)


def percent(part: int | None, whole: int | None) -> float | None:
    """Return a part in per cent of the whole; those of whom nothing is known stay in the whole."""
    return None if part is None or not whole else round(100 * part / whole, 1)
