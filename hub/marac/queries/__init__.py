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
from hub.marac.queries.areas import AreaSettings, area_rules, area_settings, days_of, rules_of

__all__ = [
    "AreaSettings",
    "IssueLine",
    "SeriesRow",
    "all_series",
    "area_rules",
    "area_settings",
    "days_of",
    "issue_contents",
    "issues_of",
    "rules_of",
    "series_row",
    "slot_minutes_of",
]
