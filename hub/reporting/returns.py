"""The pages of returns. Importing them hangs them on one blueprint."""

from hub.reporting import gap_pages, release_pages
from hub.reporting.return_pages import pages

__all__ = ["gap_pages", "pages", "release_pages"]
