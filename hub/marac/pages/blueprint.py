"""The room's blueprint, and what several pages of agendas say."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from flask import Blueprint

from hub.db.looks import look
from hub.marac import queries
from hub.meetings.pages.blueprint import invitation_policy, spoken
from hub.web import current

pages = Blueprint("marac", __name__, template_folder="../templates")


def kept_for() -> timedelta:
    """Return how long after its meeting a case is there for who was invited to it."""
    return timedelta(days=invitation_policy().access_days_after_meeting)


def marked(words: Iterable[str]) -> tuple[str, ...]:
    """Return marks as they stand on a page, in the authority's own words."""
    said = (spoken(one) for one in words)
    return tuple(one[:1].upper() + one[1:] for one in said)


def names_of(item_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the victims' names by item, once every look is in the trail.

    Read which items may be seen first.
    """
    wanted = tuple(item_ids)
    if not wanted:
        return {}
    units, actor = current.units(), current.actor()
    look(units, actor, "item", wanted)
    with units.read(actor) as uow:
        return queries.victims_of(uow, wanted)
