"""The pages of the MARAC cycle. Importing them hangs them on the room's blueprint."""

from hub.marac.pages import (
    actions,
    agenda,
    area_forms,
    areas,
    changes,
    copies,
    dates,
    earlier,
    flags,
    hearing,
    issuing,
    minutes,
    research,
    research_forms,
    research_standing,
    series,
    statement,
)
from hub.marac.pages.blueprint import pages

__all__ = [
    "actions",
    "agenda",
    "area_forms",
    "areas",
    "changes",
    "copies",
    "dates",
    "earlier",
    "flags",
    "hearing",
    "issuing",
    "minutes",
    "pages",
    "research",
    "research_forms",
    "research_standing",
    "series",
    "statement",
]
