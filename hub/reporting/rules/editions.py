"""What of a quarter was passed on, kept as it was counted then; and who lets an exact return out.

The copy of a quarter is made once. Two copies of it that differ by a correction would tell of the
few cases that were corrected, and so would a year that sums up other counts than its quarters gave.
An exact return goes to one recipient by two people's doing, and for a day only. Source: security
notes, T09 and T51.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from hub.reporting.rules.agencies import AgencyRow
from hub.reporting.rules.counting import Counts, MeetingCounts, Part, QuarterlyReturn
from hub.reporting.rules.quarters import Quarter, parse_quarter
from hub.reporting.rules.report import CountedQuarter

TAKEN_WITHIN = timedelta(hours=24)
"""For how long an exact return can be taken out once it is approved."""


def stored(one: CountedQuarter) -> str:
    """Return a counted quarter as JSON, to be kept."""
    return json.dumps(
        {
            "quarter": one.quarter.code,
            "meetings": [
                {
                    "on": row.on.isoformat(),
                    "counts": _stored(row.counts),
                    "sources": dict(row.sources),
                    "waits": list(row.waits),
                }
                for row in one.made.meetings
            ],
            "total": _stored(one.made.counts),
            "sources": dict(one.made.sources),
            "waits": list(one.made.waits),
            **{
                name: [[row.agency, _stored(row.counts)] for row in rows]
                for name, rows in (
                    ("research", one.research),
                    ("actions", one.actions),
                    ("care", one.care),
                )
            },
            "not_known": one.not_known,
            "below": one.below,
        }
    )


def read_stored(text: str) -> CountedQuarter:
    """Return a counted quarter as it was kept."""
    found = json.loads(text)
    rows = {
        name: tuple(
            AgencyRow(agency=agency, counts=_counts(counts)) for agency, counts in found[name]
        )
        for name in ("research", "actions", "care")
    }
    return CountedQuarter(
        made=QuarterlyReturn(
            quarter=parse_quarter(found["quarter"]),
            meetings=tuple(
                MeetingCounts(
                    on=date.fromisoformat(row["on"]),
                    counts=_counts(row["counts"]),
                    sources=row["sources"],
                    waits=tuple(row["waits"]),
                )
                for row in found["meetings"]
            ),
            counts=_counts(found["total"]),
            sources=found["sources"],
            waits=tuple(found["waits"]),
        ),
        not_known=found["not_known"],
        below=found["below"],
        **rows,
    )


def _stored(counts: Counts) -> dict[str, Any]:
    parts = {name: [part.yes, part.not_known] for name, part in counts.parts.items()}
    return {"whole": counts.whole, "parts": parts, "beside": dict(counts.beside)}


def _counts(found: Mapping[str, Any]) -> Counts:
    return Counts(
        whole=found["whole"],
        parts={name: Part(*part) for name, part in found["parts"].items()},
        beside=found["beside"],
    )


def has_ended(quarter: Quarter, today: date) -> bool:
    """Tell whether a quarter is over on a day in London; before, nothing of it is passed on."""
    return quarter.last < today


class ReleaseState(StrEnum):
    """Where an exact return is on its way out."""

    WAITS = "waits"
    OPEN = "open"
    REFUSED = "refused"
    OVER = "over"


def release_state(
    approved_at: datetime | None, refused_at: datetime | None, now: datetime
) -> ReleaseState:
    """Return where an exact return is; instants are UTC."""
    if refused_at is not None:
        return ReleaseState.REFUSED
    if approved_at is None:
        return ReleaseState.WAITS
    return ReleaseState.OPEN if now < approved_at + TAKEN_WITHIN else ReleaseState.OVER


def may_settle(asked_by: UUID, actor_id: UUID | None, state: ReleaseState) -> str:
    """Return why somebody does not approve or refuse an exact return; nothing where they may."""
    if actor_id is None or actor_id == asked_by:
        return "You asked for this return. A second person must approve it."
    if state is not ReleaseState.WAITS:
        return "Somebody has decided on it already."
    return ""


def may_take(asked_by: UUID, actor_id: UUID | None, state: ReleaseState) -> bool:
    """Tell whether somebody takes an exact return out: whoever asked, while it is open."""
    return actor_id is not None and actor_id == asked_by and state is ReleaseState.OPEN
