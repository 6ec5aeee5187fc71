"""Opening hours as people write them, and whether somebody answers at an instant.

Hours are London wall time. ``Mon-Fri 09:00-17:00; Sat 10:00-12:00`` is the form that is kept;
``9am to 5pm``, ``Monday to Friday`` and ``24 hours`` are understood too. A stretch that ends before
it begins runs past midnight. On a bank holiday of England only ``24 hours`` and
hours marked ``bank holidays`` count.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from typing_extensions import override

from hub.kernel.days import london_time
from hub.kernel.working_days import bank_holidays

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FULL_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEK = len(DAYS)
MINUTES = 24 * 60
HOUR = 60
NOON = 12
LOOK_AHEAD = 22
"""Days within which the next opening is looked for: three weeks, should two be holidays."""

EXAMPLE = "Mon-Fri 09:00-17:00; Sat 10:00-12:00"
ALWAYS = "24 hours"
ALL_DAY = "24 hours a day"

_DAY = (
    r"mon(?:day)?s?|tue(?:s(?:day)?)?s?|wed(?:nesday)?s?|thu(?:r(?:s(?:day)?)?)?s?|fri(?:day)?s?"
    r"|sat(?:urday)?s?|sun(?:day)?s?"
)
_TO = r"\s*(?:-|to|until)\s*"
_TIME = r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|noon)?"
_PART = re.compile(
    rf"(?P<days>(?:{_DAY})(?:(?:{_TO}|\s*[,&/]\s*|\s+and\s+)(?:{_DAY}))*|every ?day|daily|weekdays)"
    rf"\s*:?\s*(?:from\s+)?(?P<times>{_TIME}{_TO}{_TIME}(?:(?:\s*[,&]\s*|\s+and\s+){_TIME}{_TO}{_TIME})*)"
)
_STRETCH = re.compile(rf"{_TIME}{_TO}{_TIME}")
_SPAN = re.compile(rf"({_DAY})(?:{_TO}({_DAY}))?")
_ALWAYS = re.compile(
    r"(?:24 ?hours?|24/7|always(?: open)?)(?:[, ]*(?:every day|a day|7 days(?: a week)?))?"
)
_HOLIDAYS = re.compile(r"[,;(]?\s*(?:including|incl\.?|and|\+)?\s*bank holidays\)?")


class HoursError(ValueError):
    """The text is not hours in a form that is understood."""

    def __init__(self) -> None:
        super().__init__(f"Enter hours like {EXAMPLE}, or {ALWAYS}")


@dataclass(frozen=True)
class Stretch:
    """From ``opens`` to ``closes`` in minutes after midnight; ``closes`` is above 1440 over it."""

    opens: int
    closes: int


@dataclass(frozen=True)
class Hours:
    """A week of stretches by day, Monday first."""

    week: tuple[tuple[Stretch, ...], ...]
    on_bank_holidays: bool = False

    @property
    def is_always(self) -> bool:
        """Whether somebody answers at every hour of every day."""
        return self.on_bank_holidays and all(day == (Stretch(0, MINUTES),) for day in self.week)

    @override
    def __str__(self) -> str:
        if self.is_always:
            return ALWAYS
        parts = []
        for first, last, stretches in self._runs():
            days = DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"
            times = ", ".join(f"{_clock(s.opens)}-{_clock(s.closes)}" for s in stretches)
            parts.append(f"{days} {times}")
        return "; ".join(parts) + (", bank holidays" if self.on_bank_holidays else "")

    def in_words(self) -> tuple[str, ...]:
        """Return the hours as a page says them, a line for each run of days."""
        if self.is_always:
            return (ALL_DAY,)
        lines = [
            f"{_said_days(first, last)}, {' and '.join(map(_said_stretch, stretches))}"
            for first, last, stretches in self._runs()
        ]
        return (*lines, "Bank holidays too" if self.on_bank_holidays else "Not on bank holidays")

    def _runs(self) -> Iterator[tuple[int, int, tuple[Stretch, ...]]]:
        first = 0
        while first < WEEK:
            last = first
            while last + 1 < WEEK and self.week[last + 1] == self.week[first]:
                last += 1
            if self.week[first]:
                yield first, last, self.week[first]
            first = last + 1

    def on(self, day: date) -> tuple[Stretch, ...]:
        """Return the stretches that begin on the day."""
        if not self.on_bank_holidays and day in bank_holidays(day.year):
            return ()
        return self.week[day.weekday()]


@dataclass(frozen=True)
class Openness:
    """Whether somebody answers now (None: not known), and until or from when."""

    is_open: bool | None
    detail: str

    @property
    def words(self) -> str:
        """The whole in words that a caller can act on."""
        if self.is_open is None:
            return self.detail
        state = "Open now" if self.is_open else "Closed now"
        return f"{state}, {self.detail}" if self.detail else state


def parse_hours(text: str) -> Hours:
    """Return the hours meant by the text. Raises HoursError."""
    plain = re.sub("[\u2010-\u2015]", "-", " ".join(text.lower().split())).rstrip(".")
    if _ALWAYS.fullmatch(plain):
        return Hours(((Stretch(0, MINUTES),),) * WEEK, on_bank_holidays=True)
    bare, holidays = _HOLIDAYS.subn("", plain)
    week: list[list[Stretch]] = [[] for _ in DAYS]
    at = 0
    for part in _PART.finditer(bare):
        if bare[at : part.start()].strip(" ,;"):
            raise HoursError
        at = part.end()
        stretches = [_stretch(found) for found in _STRETCH.finditer(part["times"])]
        for day in _days(part["days"]):
            week[day].extend(stretches)
    if at == 0 or bare[at:].strip(" ,;"):
        raise HoursError
    _refuse_overlaps(week)
    return Hours(tuple(tuple(sorted(day, key=_opens)) for day in week), bool(holidays))


def hours_in_words(text: str | None) -> tuple[str, ...]:
    """Return kept hours as a page says them, line by line; nothing where none are recorded."""
    try:
        return parse_hours(text).in_words() if text else ()
    except HoursError:
        return (text,) if text else ()


def openness(text: str | None, now: datetime) -> Openness:
    """Say whether somebody answers at the instant, and if not, when next."""
    try:
        hours = parse_hours(text) if text else None
    except HoursError:
        hours = None
    if hours is None:
        return Openness(is_open=None, detail="Opening hours are not recorded")
    if hours.is_always:
        return Openness(is_open=True, detail=ALL_DAY)
    local = london_time(now)
    minute = local.hour * HOUR + local.minute
    today = local.date()
    for day, shift in ((today - timedelta(days=1), MINUTES), (today, 0)):
        for stretch in hours.on(day):
            if stretch.opens <= minute + shift < stretch.closes:
                return Openness(is_open=True, detail=f"until {_said(stretch.closes)}")
    return Openness(is_open=False, detail=_opens_next(hours, today, minute))


def _opens_next(hours: Hours, today: date, minute: int) -> str:
    for ahead in range(LOOK_AHEAD):
        day = today + timedelta(days=ahead)
        for stretch in hours.on(day):
            if ahead or stretch.opens > minute:
                if ahead == 0:
                    when = "today"
                elif ahead == 1:
                    when = "tomorrow"
                else:
                    when = f"on {FULL_DAYS[day.weekday()]}" + (
                        f" {day.day} {day:%B}" if ahead >= WEEK else ""
                    )
                return f"opens {when} at {_said(stretch.opens)}"
    return ""


def _days(text: str) -> list[int]:
    if text in ("everyday", "every day", "daily"):
        return list(range(WEEK))
    if text == "weekdays":
        return list(range(5))
    found: list[int] = []
    for span in _SPAN.finditer(text):
        first = _day_number(span[1])
        last = _day_number(span[2]) if span[2] else first
        if last < first:
            raise HoursError
        found.extend(range(first, last + 1))
    return found


def _day_number(text: str) -> int:
    return DAYS.index(text[:3].capitalize())


def _stretch(found: re.Match[str]) -> Stretch:
    hour, minute, half, end_hour, end_minute, end_half = found.groups()
    opens = _minutes(hour, minute, half)
    closes = _minutes(end_hour, end_minute, end_half)
    is_bare = not (minute or half or end_minute or end_half)
    if opens == closes or (is_bare and closes < opens):
        raise HoursError  # 9-5 may mean the day or the night
    return Stretch(opens, closes if closes > opens else closes + MINUTES)


def _minutes(hour: str, minute: str | None, half: str | None) -> int:
    hours, minutes = int(hour), int(minute or 0)
    if half in ("am", "pm"):
        if not 1 <= hours <= NOON:
            raise HoursError
        hours = hours % NOON + (NOON if half == "pm" else 0)
    total = hours * HOUR + minutes
    if minutes >= HOUR or total > MINUTES:
        raise HoursError
    return total


def _refuse_overlaps(week: list[list[Stretch]]) -> None:
    for day in week:
        ordered = sorted(day, key=_opens)
        if any(one.closes > two.opens for one, two in pairwise(ordered)):
            raise HoursError


def _opens(stretch: Stretch) -> int:
    return stretch.opens


def _clock(minutes: int) -> str:
    if minutes == MINUTES:
        return "24:00"
    return f"{minutes // HOUR % 24:02}:{minutes % HOUR:02}"


def _said(minutes: int) -> str:
    """Return a time as pages say times: 8:45am, midday."""
    hour, minute = divmod(minutes % MINUTES, HOUR)
    if (hour, minute) in {(0, 0), (NOON, 0)}:
        return "midday" if hour else "midnight"
    return (
        f"{hour % NOON or NOON}{f':{minute:02}' if minute else ''}{'am' if hour < NOON else 'pm'}"
    )


def _said_stretch(stretch: Stretch) -> str:
    return f"{_said(stretch.opens)} to {_said(stretch.closes)}"


def _said_days(first: int, last: int) -> str:
    if (first, last) == (0, WEEK - 1):
        return "Every day"
    days = (FULL_DAYS[first], FULL_DAYS[last])
    return (
        days[0] if first == last else f"{days[0]} {'and' if last == first + 1 else 'to'} {days[1]}"
    )
