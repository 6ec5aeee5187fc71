"""The pages of agendas and series. Importing them hangs them on the room's blueprint."""

from hub.marac.pages import agenda, issuing, research, research_forms, research_standing, series
from hub.marac.pages.blueprint import pages

__all__ = [
    "agenda",
    "issuing",
    "pages",
    "research",
    "research_forms",
    "research_standing",
    "series",
]
