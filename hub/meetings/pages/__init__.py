"""The co-ordinator's and the chair's pages. Importing them hangs them on the room's blueprint."""

from hub.meetings.pages import cases, gaps, meetings, planning
from hub.meetings.pages.blueprint import pages

__all__ = ["cases", "gaps", "meetings", "pages", "planning"]
