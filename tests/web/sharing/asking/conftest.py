"""Who is there in the tests of an asker's pages."""

from parts.asker import asking, browser, window

__all__ = ["asking", "browser", "window"]
