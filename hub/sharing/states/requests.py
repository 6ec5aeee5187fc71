"""The life of an information request and of each of its lines.

A request that lacks something is held, never refused: what it lacks is listed, and it goes to its
holder by itself as soon as it is whole. Whether a holder has acknowledged it, and whether its clock
stands, are facts beside the state. A line's state follows from the decision and the approvals
(``rules``) until somebody settles it; then it is an end.
"""

from enum import StrEnum

from hub.kernel.machine import Machine


class RequestState(StrEnum):
    """Where a request stands."""

    HELD = "held"
    WITH_HOLDER = "with_holder"
    CLARIFYING = "clarifying"
    ANSWERED = "answered_in_full"
    ANSWERED_IN_PART = "answered_in_part"
    REFUSED = "refused"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class RequestMove(StrEnum):
    """What is done to a request."""

    COMPLETE = "complete"
    """Nothing lacks any more."""
    RETURN_TO_HELD = "return_to_held"
    """Something that it stood on is gone: the counter-signature, the asker's own basis."""
    ASK_BACK = "ask_back"
    CLARIFY = "clarify"
    ANSWER_IN_FULL = "answer_in_full"
    ANSWER_IN_PART = "answer_in_part"
    REFUSE = "refuse"
    LAPSE = "lapse"
    WITHDRAW = "withdraw"


_S, _M = RequestState, RequestMove

REQUEST = Machine(
    "request",
    {
        (_S.HELD, _M.COMPLETE): _S.WITH_HOLDER,
        (_S.HELD, _M.LAPSE): _S.LAPSED,
        (_S.HELD, _M.WITHDRAW): _S.WITHDRAWN,
        (_S.WITH_HOLDER, _M.RETURN_TO_HELD): _S.HELD,
        (_S.WITH_HOLDER, _M.ASK_BACK): _S.CLARIFYING,
        (_S.WITH_HOLDER, _M.ANSWER_IN_FULL): _S.ANSWERED,
        (_S.WITH_HOLDER, _M.ANSWER_IN_PART): _S.ANSWERED_IN_PART,
        (_S.WITH_HOLDER, _M.REFUSE): _S.REFUSED,
        (_S.WITH_HOLDER, _M.LAPSE): _S.LAPSED,
        (_S.WITH_HOLDER, _M.WITHDRAW): _S.WITHDRAWN,
        (_S.CLARIFYING, _M.CLARIFY): _S.WITH_HOLDER,
        # A holder may answer without waiting any longer for what it asked back.
        (_S.CLARIFYING, _M.ANSWER_IN_FULL): _S.ANSWERED,
        (_S.CLARIFYING, _M.ANSWER_IN_PART): _S.ANSWERED_IN_PART,
        (_S.CLARIFYING, _M.REFUSE): _S.REFUSED,
        (_S.CLARIFYING, _M.LAPSE): _S.LAPSED,
        (_S.CLARIFYING, _M.WITHDRAW): _S.WITHDRAWN,
    },
)

OPEN = frozenset({RequestState.HELD, RequestState.WITH_HOLDER, RequestState.CLARIFYING})
SETTLED = frozenset(RequestState) - OPEN


class LineState(StrEnum):
    """Where one category of a request stands."""

    UNDECIDED = "undecided"
    """Nobody has confirmed yet who is meant."""
    HELD = "held"
    """The table says wait: something must change first."""
    WAITING = "awaiting_approval"
    REFUSING = "refusing"
    """The table, or an approver, says no; somebody still has to say so to the asker."""
    READY = "ready"
    """Everybody needed has said yes: it may leave."""
    SHARED = "shared"
    WITHHELD = "withheld"


LINE_ENDS = frozenset({LineState.SHARED, LineState.WITHHELD})

BOTH, HOLDER = "asker", "holder"
"""Which side may read a step of the history: both sides, or the holder alone."""
