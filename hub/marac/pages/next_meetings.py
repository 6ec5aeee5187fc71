"""Which MARAC a concern still comes in time for, beside the co-ordinator's list of concerns."""

from datetime import date

from hub.db.units import UnitOfWork
from hub.marac.queries.coming import Coming, coming
from hub.meetings.deadline_words import CUTOFF, said_due
from hub.web.phrases import said_weekday

NONE_LEFT = "{area}: the cut-off of every MARAC still to come is over. Plan the next one."


def next_meetings(uow: UnitOfWork) -> tuple[str, ...]:
    """Return a line for each of the actor's areas, by name: the next MARAC and its cut-off."""
    found: dict[str, Coming | None] = {}
    for one in coming(uow):
        if found.get(one.area) is None:
            found[one.area] = one if one.cutoff_at >= uow.now else None
    return tuple(
        _said(one, uow.today) if one else NONE_LEFT.format(area=area)
        for area, one in sorted(found.items())
    )


def _said(one: Coming, today: date) -> str:
    due = said_due(
        CUTOFF, one.deadlines.cutoff_on, today, one.days.extra_closed, one.days.cutoff_time
    )
    return f"{one.area}, MARAC on {said_weekday(one.starts_at)}. {due.words}."
