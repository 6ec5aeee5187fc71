"""The only place that reads the system clock; everybody else is handed an instant or a Clock."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from hub.kernel.days import LONDON


class Clock(Protocol):
    """Tells the present instant."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        ...


class RunningClock:
    """The process's clock: the system's own, or one that started elsewhere and runs on.

    ``starts_at`` (UTC) is where a test makes the clock begin; the time since then is measured by
    the monotonic clock, so a system clock that is set back does not disturb it.
    """

    def __init__(self, starts_at: datetime | None = None) -> None:
        self._read: Callable[[], datetime]
        if starts_at is None:
            self._read = lambda: datetime.now(UTC)  # noqa: TID251 - here, and nowhere else
        else:
            origin = starts_at.astimezone(UTC)
            begun = time.monotonic()
            self._read = lambda: origin + timedelta(seconds=time.monotonic() - begun)

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        return self._read()


def london_today(now: datetime) -> date:
    """Return the day in Europe/London on which the instant falls."""
    return now.astimezone(LONDON).date()
