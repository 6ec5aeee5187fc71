"""When a subject access request must be answered.

Source: UK GDPR article 12(3) as the regulator reads it: one month from the day of receipt, two more
where the request is complex, and no clock while it is not proved who asks. A day on which nobody
works moves to the next working day.
"""

from datetime import date, timedelta

from hub.kernel.days import months_after
from hub.kernel.working_days import is_working_day, working_days_after

MONTHS, LONGER = 1, 2
NEAR = timedelta(days=7)
"""How long before its last day a request begins to wait for the governance lead."""


def due_on(received_on: date, proved_on: date | None, *, is_complex: bool) -> date | None:
    """Return the last day for the answer; None while it is not proved who asks.

    The clock counts from the later of the two days.
    """
    if proved_on is None:
        return None
    months = MONTHS + (LONGER if is_complex else 0)
    day = months_after(max(received_on, proved_on), months)
    return day if is_working_day(day) else working_days_after(day, 1)
