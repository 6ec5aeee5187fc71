"""Who is there in the tests of concerns."""

from parts.journey import browser, coordinator, county, officer

__all__ = ["browser", "coordinator", "county", "officer"]
