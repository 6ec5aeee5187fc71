"""What pages and commands read of series, agendas and areas' settings."""

from hub.marac.queries.agenda import (
    SeriesRow,
    Times,
    all_series,
    days_of_series,
    series_row,
    times_in_use,
    times_of,
)
from hub.marac.queries.areas import AreaSettings, area_rules, area_settings, days_of, rules_of
from hub.marac.queries.drafts import Draft, draft_of
from hub.marac.queries.issues import (
    Issued,
    IssueLine,
    Received,
    ReceivedLine,
    changes_ahead,
    copy_of,
    issue_read,
    issues_of,
    received,
)
from hub.marac.queries.openings import Lapsing, Overdue
from hub.marac.queries.sheets import Sheet, sheets_of, victims_of

__all__ = [
    "AreaSettings",
    "Draft",
    "IssueLine",
    "Issued",
    "Lapsing",
    "Overdue",
    "Received",
    "ReceivedLine",
    "SeriesRow",
    "Sheet",
    "Times",
    "all_series",
    "area_rules",
    "area_settings",
    "changes_ahead",
    "copy_of",
    "days_of",
    "days_of_series",
    "draft_of",
    "issue_read",
    "issues_of",
    "received",
    "rules_of",
    "series_row",
    "sheets_of",
    "times_in_use",
    "times_of",
    "victims_of",
]
