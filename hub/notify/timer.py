"""The worker's alarm clock, and the only file that knows APScheduler.

It wakes the worker and decides nothing: what is to be done is in the rows. A tick that comes late,
or twice, does what is due and no more.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

LOG = logging.getLogger("hub.worker")


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A function to call every so often."""

    name: str
    every: timedelta
    call: Callable[[], object]


class Timer:
    """Calls each tick in a thread of its own, never twice at once; a failure ends one call only."""

    def __init__(self, ticks: Sequence[Tick]) -> None:
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
        )
        for tick in ticks:
            call = _guarded(tick)
            self._scheduler.add_job(call)  # at once: a worker that often restarts must work too
            self._scheduler.add_job(call, "interval", seconds=tick.every.total_seconds())

    def start(self) -> None:
        """Begin to tick, in the background."""
        self._scheduler.start()

    def stop(self) -> None:
        """Stop ticking and wait for the calls in hand."""
        self._scheduler.shutdown(wait=True)


def wait_for(stopping: threading.Event) -> None:
    """Sleep until somebody sets the event; signals get through."""
    while not stopping.wait(timeout=1.0):
        pass


def _guarded(tick: Tick) -> Callable[[], None]:
    running = threading.Lock()

    def call() -> None:
        if not running.acquire(blocking=False):
            return
        try:
            tick.call()
        except Exception:  # noqa: BLE001 - one failed call must not end the ticking
            # The error's own words can hold a row's values, so only its kind is logged.
            LOG.error("job %s failed", tick.name, exc_info=False)  # noqa: TRY400 - see above
        finally:
            running.release()

    return call
