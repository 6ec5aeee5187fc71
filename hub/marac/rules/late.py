"""Whether a concern that came after a meeting's cut-off may be on its agenda all the same.

Source: domain notes 1.1 and section 6, item 28: late goes to the next meeting, unless it is urgent
or the chair accepts it. What was on an agenda before and is put back is no late referral.
"""

from dataclasses import dataclass
from enum import StrEnum


class Because(StrEnum):
    """Why a concern may be on an agenda; nothing else opens the door."""

    IN_TIME = "in_time"
    NO_CUTOFF = "no_cutoff"
    """Only MARACs have one, and an emergency MARAC has none."""
    URGENT = "urgent"
    CARRIED_OVER = "carried_over"
    """It stood on the agenda of an earlier MARAC here that has begun or was called off."""
    CHAIR_ACCEPTED = "chair_accepted"


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A concern and the agenda that it is to be on."""

    has_cutoff: bool
    came_late: bool
    is_urgent: bool = False
    is_carried_over: bool = False
    is_accepted: bool = False
    """That it is heard late is the chair's last word for this very meeting."""


def may_be_listed(one: Listing) -> Because | None:
    """Return why the concern may be on the agenda; None where it waits for the next meeting.

    A concern taken over from another area came when it was taken over, and has no door of its own:
    it is in time, or the chair accepts it.
    """
    grounds = (
        (not one.has_cutoff, Because.NO_CUTOFF),
        (not one.came_late, Because.IN_TIME),
        (one.is_urgent, Because.URGENT),
        (one.is_carried_over, Because.CARRIED_OVER),
        (one.is_accepted, Because.CHAIR_ACCEPTED),
    )
    return next((why for holds, why in grounds if holds), None)
