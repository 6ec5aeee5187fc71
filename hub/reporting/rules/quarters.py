"""Quarters of the year, as areas report by them: whole days in Europe/London."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from hub.kernel.days import london_day, london_instant, months_after

_CODE = re.compile(r"(?P<year>[0-9]{4})Q(?P<number>[1-4])")
QUARTERS = 4
MONTHS = 3
FIRST_YEAR, LAST_YEAR = 2000, 2999


class NotAQuarterError(ValueError):
    """The text is no quarter written like 2026Q3, or the year is out of all reason."""


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months, from January (1), April (2), July (3) or October (4) of a calendar year."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.number <= QUARTERS):
            raise NotAQuarterError("there is no such quarter")

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, MONTHS * self.number - 2, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return months_after(self.first, MONTHS) - timedelta(days=1)

    @property
    def begins(self) -> datetime:
        """The instant (UTC) at which it begins in London."""
        return london_instant(self.first, time())

    @property
    def ends(self) -> datetime:
        """The instant (UTC) at which the next one begins in London."""
        return london_instant(self.last + timedelta(days=1), time())

    @property
    def code(self) -> str:
        """The quarter as it is written on a command line: 2026Q3."""
        return f"{self.year}Q{self.number}"

    @property
    def ends_the_year(self) -> bool:
        """Whether it ends on 31 March, and the year of accounts with it."""
        return self.number == 1

    def has(self, day: date) -> bool:
        """Tell whether a day in London falls into it; its first and last day do."""
        return self.first <= day <= self.last

    def before(self, quarters: int = 1) -> "Quarter":
        """Return the quarter so many before this one. Raises NotAQuarterError."""
        at = self.year * QUARTERS + self.number - 1 - quarters
        return Quarter(at // QUARTERS, at % QUARTERS + 1)

    def year_to_it(self) -> tuple["Quarter", ...]:
        """Return the four quarters of the 12 months that end with this one, oldest first."""
        return tuple(self.before(back) for back in range(QUARTERS - 1, -1, -1))


def quarter_of(day: date) -> Quarter:
    """Return the quarter of a day in London."""
    return Quarter(day.year, (day.month - 1) // MONTHS + 1)


def quarter_at(instant: datetime) -> Quarter:
    """Return the quarter of an instant, by its day in London."""
    return quarter_of(london_day(instant))


def parse_quarter(text: str) -> Quarter:
    """Return the quarter written 2026Q3. Raises NotAQuarterError."""
    found = _CODE.fullmatch(text.strip().upper())
    if found is None:
        raise NotAQuarterError("write a quarter like 2026Q3")
    return Quarter(int(found["year"]), int(found["number"]))
