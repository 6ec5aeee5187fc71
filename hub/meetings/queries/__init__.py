"""What pages and other rooms read of meetings, as frozen rows by a fixed number of queries.

None of these asks whether the reader may see the row: open the meeting or the item through
``access`` first.
"""

from hub.meetings.queries.agenda import (
    CaseLine,
    Invited,
    MeetingRow,
    OnItem,
    Open,
    Recorded,
    case_line,
    cases_of,
    meeting_of,
    meeting_row,
    open_meeting_row,
    open_of,
    shown_items,
)
from hub.meetings.queries.lists import (
    AHEAD,
    PAGE_SIZE,
    MeetingLine,
    Meetings,
    Named,
    areas,
    can_be_listed,
    chairs,
    past,
    upcoming,
    workers_of,
)

__all__ = [
    "AHEAD", "PAGE_SIZE",
    "CaseLine", "Invited", "MeetingLine", "MeetingRow", "Meetings", "Named", "OnItem",
    "Open", "Recorded",
    "areas", "can_be_listed", "case_line", "cases_of", "chairs", "meeting_of", "meeting_row",
    "open_meeting_row", "open_of", "past", "shown_items", "upcoming", "workers_of",
]  # fmt: skip
