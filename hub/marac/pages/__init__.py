"""The pages of agendas, series, research and minutes, hung on the blueprint by their import."""

from hub.marac.pages import (
    agenda,
    area_forms,
    areas,
    copies,
    dates,
    issuing,
    minutes,
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
    "minutes",
    "pages",
    "research",
    "research_forms",
    "research_standing",
    "series",
]
