"""Dates as three inputs, with errors that say which part is missing or wrong."""

from contextvars import ContextVar
from datetime import date
from typing import Any, ClassVar, Unpack

from marshmallow import ValidationError, fields, missing
from typing_extensions import override

from hub.kernel.days import NotADayError, parse_day
from hub.web.fields import Asked, Wording
from hub.web.values import Typed

TODAY: ContextVar[date] = ContextVar("today")
"""The day in London of the request at hand; set by the page kit when a request begins."""

PARTS = ("day", "month", "year")
YEAR_DIGITS = 4
MOST_DIGITS = 9
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class DayAsked(Asked):
    """What a question about a day has in common with one about a day and a time.

    ``past`` refuses today and later, ``not_future`` later than today, ``future`` today and earlier.
    A month may be typed as a number or by its name.
    """

    kind = "date"
    suffixes: ClassVar[tuple[str, ...]] = ("-day", "-month", "-year")
    inputmode = "numeric"

    def __init__(
        self,
        label: str,
        *,
        past: bool = False,
        not_future: bool = False,
        future: bool = False,
        **wording: Unpack[Wording],
    ) -> None:
        super().__init__(label, **wording)
        self.past = past
        self.not_future = not_future
        self.future = future

    @override
    def raw(self, typed: Typed) -> object:
        parts = [*typed, "", "", ""][: len(self.suffixes)]
        return parts if any(part.strip() for part in parts) else missing

    def day(self, value: object) -> date:
        """Return the day meant by three strings or by ISO text. Raises ValidationError."""
        if isinstance(value, str):
            try:
                return parse_day(value)
            except NotADayError as error:
                raise self.bad("must be a real date", PARTS) from error
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            raise self.bad("must be a real date", PARTS)
        parts = tuple(part.strip() for part in value[: len(PARTS)])
        if len(parts) < len(PARTS):
            raise self.bad("must be a real date", PARTS)
        lacking = tuple(name for name, part in zip(PARTS, parts, strict=True) if not part)
        if lacking:
            raise self.bad(f"must include a {' and '.join(lacking)}", lacking)
        return self.real(*parts)

    def real(self, day: str, month: str, year: str) -> date:
        """Return the day of three filled inputs. Raises ValidationError."""
        numbers = (number(day), month_number(month), number(year))
        if numbers[2] and len(year) != YEAR_DIGITS:
            raise self.bad("must have a year of 4 numbers", ("year",))
        if not numbers[1] or not 1 <= numbers[1] <= len(MONTHS):
            raise self.bad("must have a month from 1 to 12", ("month",))
        try:
            return date(numbers[2], numbers[1], numbers[0])
        except ValueError as error:
            raise self.bad("must be a real date", PARTS) from error

    def check_side(self, day: date) -> None:
        """Refuse a day on the wrong side of today. Raises ValidationError.

        LookupError means that no day was set for this request: a fault of the program.
        """
        if self.past and day >= TODAY.get():
            raise self.bad("must be in the past", PARTS)
        if self.not_future and day > TODAY.get():
            raise self.bad("must be today or in the past", PARTS)
        if self.future and day <= TODAY.get():
            raise self.bad("must be in the future", PARTS)

    def bad(self, what: str, parts: tuple[str, ...]) -> ValidationError:
        """Mark the inputs to mend and return the error that names the field."""
        self.bad_parts = parts
        return self.wrong(what)


class DateParts(DayAsked, fields.Date):
    """A calendar day, from day, month and year as typed or from ``YYYY-MM-DD`` in JSON."""

    @override
    def show(self, value: object) -> Typed:
        if not isinstance(value, date):
            return ()
        return (str(value.day), str(value.month), str(value.year))

    @override
    def _deserialize(self, value: object, attr: str | None, data: Any, **kwargs: Any) -> Any:
        day = self.day(value)
        self.check_side(day)
        return day


def number(text: str) -> int:
    """Return the whole number typed in ASCII digits, or 0; also 0 for one too long to be read."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0


def month_number(text: str) -> int:
    """Return the month from its number, its name or the beginning of its name; 0 when none."""
    start = text.lower()[:3]
    return MONTHS.index(start) + 1 if start in MONTHS else number(text)
