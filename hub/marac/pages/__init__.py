"""The pages of agendas, series and research. Importing them hangs them on the room's blueprint."""

from hub.marac.pages import (
    agenda,
    area_forms,
    areas,
    copies,
    dates,
    issuing,
    research,
    research_forms,
    research_standing,
    series,
)
from hub.marac.pages.blueprint import pages

__all__ = [
    "agenda",
    "area_forms",
    "areas",
    "copies",
    "dates",
    "issuing",
    "pages",
    "research",
    "research_forms",
    "research_standing",
    "series",
]
