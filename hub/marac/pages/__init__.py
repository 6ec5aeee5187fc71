"""The pages of agendas and series. Importing them hangs them on the room's blueprint."""

from hub.marac.pages import agenda, issuing, series
from hub.marac.pages.blueprint import pages

__all__ = ["agenda", "issuing", "pages", "series"]
