"""What a meeting can be and go through."""

from datetime import timedelta
from enum import StrEnum

from hub.kernel.machine import Machine


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    ISSUED = "issued"
    HELD = "held"
    CANCELLED = "cancelled"


class MeetingShape(StrEnum):
    """How a MARAC comes about; every other kind of meeting is simply one."""

    MEETING = "meeting"
    EMERGENCY = "emergency"
    """Called for one case, within hours."""
    CLOSING = "closing"
    """Nobody meets: information and actions are gathered until its start, the closing instant."""


CLOSING_ENTRY = timedelta(minutes=15)
"""How long a closing date is in a calendar: an entry must end after it starts (RFC 5545)."""


class MeetingAction(StrEnum):
    """What can be done to a meeting."""

    MOVE = "move"
    LIST = "list"
    ISSUE = "issue"
    HOLD = "hold"
    CANCEL = "cancel"


_S, _A = MeetingState, MeetingAction

MEETING = Machine(
    "meeting",
    {
        (_S.PLANNED, _A.MOVE): _S.PLANNED,
        (_S.PLANNED, _A.LIST): _S.PLANNED,
        (_S.PLANNED, _A.ISSUE): _S.ISSUED,
        (_S.PLANNED, _A.CANCEL): _S.CANCELLED,
        (
            _S.PLANNED,
            _A.HOLD,
        ): _S.HELD,  # a meeting nobody issued an agenda for took place all the same
        (_S.ISSUED, _A.MOVE): _S.ISSUED,
        (_S.ISSUED, _A.LIST): _S.ISSUED,  # a late case; the agenda is issued again
        (_S.ISSUED, _A.ISSUE): _S.ISSUED,
        (_S.ISSUED, _A.CANCEL): _S.CANCELLED,
        (_S.ISSUED, _A.HOLD): _S.HELD,
    },
)
