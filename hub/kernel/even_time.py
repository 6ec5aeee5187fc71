"""An answer that takes as long for everybody, so that its time tells nothing about anybody."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager

STEP = 0.25
"""Seconds; several times what a look-up on the register takes. A product choice."""


@contextmanager
def even_time() -> Iterator[None]:
    """Let what is done inside take a whole number of steps, whether it ends well or in an error.

    It goes around the unit that is written, for whoever waits must not hold the database. Source:
    sharing notes, section 5.2, item 3 ("within constant time"); security note, threat T08.
    """
    begun = time.monotonic()
    try:
        yield
    finally:
        sleep(still_to_wait(time.monotonic() - begun))


def still_to_wait(passed: float) -> float:
    """Return the seconds from what has passed to the next whole step."""
    return max(1, math.ceil(passed / STEP)) * STEP - passed


sleep = time.sleep
"""Where tests put something that does not wait."""
