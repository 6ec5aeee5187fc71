"""Where a case is on its way to another area's MARAC, and when the other area is asked again.

Source: SafeLives' transfer tips (domain notes 1.14): told, sent, acknowledged, listed, heard, each
with its day. Until the other area has taken a case over it stays where it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from hub.kernel.days import london_day, london_instant
from hub.kernel.working_days import working_days_after
from hub.referrals.states import CONCERN, Move, Screening

ANSWER_WITHIN = 1
"""Working days within which the other area says that it has the case: a product choice."""
MORNING = time(9)


class TransferState(StrEnum):
    """Where a case is on its way."""

    SENT = "sent"
    RETURNED = "returned"
    """The other area did not take it, and said why."""
    ACKNOWLEDGED = "acknowledged"
    LISTED = "listed"
    HEARD = "heard"


@dataclass(frozen=True, kw_only=True)
class Stages:
    """The days in London on which a case came so far; None where it has not."""

    told_on: date
    sent_on: date
    returned_on: date | None = None
    acknowledged_on: date | None = None
    listed_on: date | None = None
    heard_on: date | None = None

    @property
    def state(self) -> TransferState:
        """Where the case is by now; a case that was heard was, whatever agenda it is on since."""
        come = {
            TransferState.RETURNED: self.returned_on,
            TransferState.HEARD: self.heard_on,
            TransferState.LISTED: self.listed_on,
            TransferState.ACKNOWLEDGED: self.acknowledged_on,
        }
        return next((state for state, day in come.items() if day), TransferState.SENT)


def may_be_sent(state: Screening) -> bool:
    """Tell whether a concern in this state can be sent to another area.

    Also one that was marked as passed on at screening, for the mark alone sends nothing.
    """
    return state is Screening.TRANSFERRED or CONCERN.may(state, Move.TRANSFER)


def answer_by(sent_at: datetime, closed: frozenset[date] = frozenset()) -> date:
    """Return the day by which the other area is to say that it has a case.

    ``closed`` are days that are not worked in the area that is to answer.
    """
    return working_days_after(london_day(sent_at), ANSWER_WITHIN, closed)


def asked_again(after: date, closed: frozenset[date] = frozenset()) -> datetime:
    """Return when the other area is asked again (UTC): on its next working morning."""
    return london_instant(working_days_after(after, 1, closed), MORNING)


def moved(said: Mapping[str, object], address: str, postcode: str) -> dict[str, object]:
    """Return what was said of somebody, or of a home, once they have moved.

    The old address is theirs no more; how it was housed went with it, and comes again from whoever
    knows.
    """
    kept = {name: value for name, value in said.items() if name not in LEFT_BEHIND}
    new = {"address": address, "postcode": postcode}
    return kept | {name: text for name, text in new.items() if text}


LEFT_BEHIND = frozenset({"address", "postcode", "housing"})
