"""What pages, messages and other rooms read of concerns, as frozen rows.

None of these asks whether the reader may see the row: open the concern through ``access`` first,
and record the look.
"""

from hub.referrals.queries.concerns import (
    AdditionRow,
    AreaRow,
    ConcernRow,
    DecisionRow,
    FileRow,
    Referrer,
    additions_of,
    areas,
    areas_of,
    concern_row,
    concern_rows,
    decisions_of,
    files_of,
    referrer_of,
    thresholds_of,
)
from hub.referrals.queries.drafts import own_details, read_draft
from hub.referrals.queries.lists import (
    RETURNED,
    WAITING,
    ConcernLine,
    DraftRow,
    Lines,
    accepted,
    decided,
    drafts_of,
    is_accepted,
    queue,
    raised_by,
    waiting_count,
)
from hub.referrals.queries.people import PartyRow, parties_of, party_row

__all__ = [
    "RETURNED",
    "WAITING",
    "AdditionRow",
    "AreaRow",
    "ConcernLine",
    "ConcernRow",
    "DecisionRow",
    "DraftRow",
    "FileRow",
    "Lines",
    "PartyRow",
    "Referrer",
    "accepted",
    "additions_of",
    "areas",
    "areas_of",
    "concern_row",
    "concern_rows",
    "decided",
    "decisions_of",
    "drafts_of",
    "files_of",
    "is_accepted",
    "own_details",
    "parties_of",
    "party_row",
    "queue",
    "raised_by",
    "read_draft",
    "referrer_of",
    "thresholds_of",
    "waiting_count",
]
