"""What pages and commands read of series, agendas and areas' settings."""

from hub.marac.queries.agenda import (
    IssueLine,
    SeriesRow,
    all_series,
    issue_contents,
    issues_of,
    series_row,
    slot_minutes_of,
)
from hub.marac.queries.areas import area_rules, rules_of

__all__ = [
    "IssueLine",
    "SeriesRow",
    "all_series",
    "area_rules",
    "issue_contents",
    "issues_of",
    "rules_of",
    "series_row",
    "slot_minutes_of",
]
