"""The register's pages; importing this room's blueprint brings all of them."""

from hub.people.pages import checks, editing, files, look_ups, register, workers
from hub.people.pages.room import people

__all__ = ["checks", "editing", "files", "look_ups", "people", "register", "workers"]
