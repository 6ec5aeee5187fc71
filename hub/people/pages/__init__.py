"""The register's pages; importing this room's blueprint brings all of them."""

from hub.people.pages import checks, editing, register, workers
from hub.people.pages.room import people

__all__ = ["checks", "editing", "people", "register", "workers"]
