"""How often each agency came to an area's MARACs, by quarter: meetings are counted, never people.

Domain notes 1.8: the chair keeps attendance consistent, and the steering group hears of it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from hub.kernel.days import months_after
from hub.marac.rules.presence import OF_A_MEETING, Came

MONTHS = 3


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What is recorded of one agency at one meeting."""

    agency_id: UUID
    agency: str
    meeting_id: UUID
    met_on: date
    status: Came


@dataclass(frozen=True, kw_only=True)
class AgencyTurnout:
    """At how many meetings an agency did what, in the order of ``OF_A_MEETING``."""

    agency: str
    counts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class QuarterTurnout:
    """A quarter from its first day, so far as it is recorded."""

    first_on: date
    meetings: int
    agencies: tuple[AgencyTurnout, ...]

    @property
    def last_on(self) -> date:
        """The last day."""
        return months_after(self.first_on, MONTHS) - timedelta(days=1)


def quarter_of(day: date) -> date:
    """Return the first day of the quarter of the year in which a day is."""
    return date(day.year, (day.month - 1) // MONTHS * MONTHS + 1, 1)


def first_counted(today: date) -> date:
    """Return the day from which turnout is shown: the first of the quarter before this one."""
    return months_after(quarter_of(today), -MONTHS)


def by_quarter(seen: Iterable[Seen], today: date) -> tuple[QuarterTurnout, ...]:
    """Return this quarter so far and the one before, the latest first; none without a record.

    Agencies that came to the whole of the fewest meetings stand first.
    """
    of: defaultdict[date, list[Seen]] = defaultdict(list)
    for one in seen:
        if first_counted(today) <= one.met_on <= today:
            of[quarter_of(one.met_on)].append(one)
    return tuple(
        QuarterTurnout(
            first_on=first_on,
            meetings=len({one.meeting_id for one in rows}),
            agencies=_agencies(rows),
        )
        for first_on, rows in sorted(of.items(), reverse=True)
    )


def _agencies(rows: list[Seen]) -> tuple[AgencyTurnout, ...]:
    of: defaultdict[UUID, Counter[Came]] = defaultdict(Counter)
    names = {one.agency_id: one.agency for one in rows}
    for one in rows:
        of[one.agency_id][one.status] += 1
    found = [
        AgencyTurnout(agency=names[each], counts=tuple(counts[came] for came in OF_A_MEETING))
        for each, counts in of.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.counts[0], one.agency)))
