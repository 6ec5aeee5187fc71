"""A day and a time on London's clocks as four inputs, read as one instant."""

import re
from datetime import datetime, time
from typing import Any, ClassVar, Literal

from marshmallow import fields
from typing_extensions import override

from hub.kernel.days import (
    NoSuchWallTimeError,
    NotAnInstantError,
    WallTimeTwiceError,
    london_instant,
    london_time,
    parse_instant,
)
from hub.web.dates import PARTS, DayAsked
from hub.web.values import Typed

TIME_PART = "time"
CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d{2}))? ?(?P<half>am|pm)? ?(?P<zone>bst|gmt)?",
    re.ASCII | re.IGNORECASE,
)
NOON = 12
WHICH: dict[str, Literal["first", "second"]] = {"bst": "first", "gmt": "second"}


class LondonDateTime(DayAsked, fields.AwareDateTime):
    """An instant (UTC) from a day and a time in London, or from RFC 3339 text in JSON.

    The hour that the clocks skip is refused; in the hour that comes twice "BST" behind the time
    means the first and "GMT" the second.
    """

    kind = "datetime"
    suffixes: ClassVar[tuple[str, ...]] = ("-day", "-month", "-year", "-time")

    @override
    def show(self, value: object) -> Typed:
        if not isinstance(value, datetime):
            return ()
        local = london_time(value)
        return (str(local.day), str(local.month), str(local.year), f"{local:%H:%M}")

    @override
    def _deserialize(self, value: object, attr: str | None, data: Any, **kwargs: Any) -> Any:
        instant = self.instant(value) if isinstance(value, str) else self.typed(value)
        self.check_side(london_time(instant).date())
        return instant

    def typed(self, value: object) -> datetime:
        """Return the instant of four strings. Raises ValidationError."""
        if not isinstance(value, list) or len(value) != len(self.suffixes):
            raise self.bad("must be a day and a time", PARTS)
        day = self.day(value)
        clock, which = self.clock(value[-1].strip())
        try:
            return london_instant(day, clock, which=which)
        except NoSuchWallTimeError as error:
            raise self.bad(
                "must be a time that exists: the clocks go forward on that day and this hour"
                " is skipped",
                (TIME_PART,),
            ) from error
        except WallTimeTwiceError as error:
            raise self.bad(
                f"must say which {clock:%H:%M}: the clocks go back on that day and it comes twice."
                f" Enter {clock:%H:%M} BST for the first or {clock:%H:%M} GMT for the second",
                (TIME_PART,),
            ) from error

    def instant(self, text: str) -> datetime:
        """Return the instant of RFC 3339 text. Raises ValidationError."""
        try:
            return parse_instant(text)
        except NotAnInstantError as error:
            raise self.bad(
                "must be an instant such as 2026-06-01T09:00:00Z", (TIME_PART,)
            ) from error

    def clock(self, text: str) -> tuple[time, Literal["first", "second"] | None]:
        """Return the time typed, and which one where it comes twice. Raises ValidationError."""
        if not text:
            raise self.bad("must include a time", (TIME_PART,))
        found = CLOCK.fullmatch(text)
        if found:
            hour, minute = int(found["hour"]), int(found["minute"] or 0)
            half = (found["half"] or "").lower()
            if half and not 1 <= hour <= NOON:
                hour = 24
            elif half:
                hour = hour % NOON + (NOON if half == "pm" else 0)
            # A bare "9" could be morning or evening: ask for the rest of it.
            if (found["minute"] or half) and hour < 24 and minute < 60:  # noqa: PLR2004 - a clock
                return time(hour, minute), WHICH.get((found["zone"] or "").lower())
        raise self.bad("must have a real time, like 09:30 or 2:15pm", (TIME_PART,))
