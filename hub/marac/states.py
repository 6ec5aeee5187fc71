"""Where research, a hearing, an action and minutes stand, and how they move."""

from enum import StrEnum

from hub.kernel.machine import Machine


class ResearchState(StrEnum):
    """What an agency has said of a case; without a row it was not asked. Silence stays ASKED."""

    ASKED = "asked"
    NOTHING_HELD = "nothing_held"
    SHARED = "shared"
    REFUSED = "refused"


class ResearchMove(StrEnum):
    """What an agency does about what it was asked."""

    NOTHING = "nothing"
    SHARE = "share"
    REFUSE = "refuse"
    TAKE_BACK = "take_back"
    """Nothing held, or a refusal, was said by mistake."""


_R, _RM = ResearchState, ResearchMove

RESEARCH = Machine(
    "research",
    {
        (_R.ASKED, _RM.NOTHING): _R.NOTHING_HELD,
        (_R.ASKED, _RM.SHARE): _R.SHARED,
        (_R.ASKED, _RM.REFUSE): _R.REFUSED,
        (_R.NOTHING_HELD, _RM.SHARE): _R.SHARED,
        (_R.NOTHING_HELD, _RM.TAKE_BACK): _R.ASKED,
        (_R.REFUSED, _RM.SHARE): _R.SHARED,
        (_R.REFUSED, _RM.NOTHING): _R.NOTHING_HELD,
        (_R.REFUSED, _RM.TAKE_BACK): _R.ASKED,
        (_R.SHARED, _RM.SHARE): _R.SHARED,  # more lines can follow; none can be taken back
    },
)
"""What was shared cannot be unsaid: whoever read it has read it. It can be corrected behind it."""


class HearingState(StrEnum):
    """How far a case is at its meeting."""

    WAITING = "waiting"
    OPEN = "open"
    HEARD = "heard"
    NOTED = "noted"
    """Alert only: listed and flagged, not discussed."""
    PUT_BACK = "put_back"


class HearingMove(StrEnum):
    """What is done with a case at its meeting."""

    OPEN = "open"
    END = "end"
    NOTE = "note"
    PUT_BACK = "put_back"
    REOPEN = "reopen"


_H, _HM = HearingState, HearingMove

HEARING = Machine(
    "case",
    {
        (_H.WAITING, _HM.OPEN): _H.OPEN,
        (_H.WAITING, _HM.NOTE): _H.NOTED,
        (_H.WAITING, _HM.PUT_BACK): _H.PUT_BACK,
        (_H.OPEN, _HM.END): _H.HEARD,
        (_H.OPEN, _HM.PUT_BACK): _H.PUT_BACK,
        (_H.HEARD, _HM.REOPEN): _H.OPEN,
        (_H.NOTED, _HM.OPEN): _H.OPEN,
        (_H.PUT_BACK, _HM.OPEN): _H.OPEN,
    },
)


class ActionState(StrEnum):
    """What became of an action; why it was not done is told apart, for the two are not one."""

    PROPOSED = "proposed"
    """Its owner was not there and has not accepted it yet."""
    OPEN = "open"
    DONE = "done"
    NOT_POSSIBLE = "not_possible"
    """Circumstances changed, with a reason."""
    NOT_DONE = "not_done"
    SUPERSEDED = "superseded"
    TRANSFERRED = "transferred"
    DECLINED = "declined"
    """Its owner would not take it; somebody else must be found."""


class ActionMove(StrEnum):
    """What is done about an action."""

    ACCEPT = "accept"
    DECLINE = "decline"
    DO = "do"
    FIND_IMPOSSIBLE = "find_impossible"
    LEAVE_UNDONE = "leave_undone"
    SUPERSEDE = "supersede"
    TRANSFER = "transfer"
    REOPEN = "reopen"


_A, _AM = ActionState, ActionMove
_SETTLED = (_A.DONE, _A.NOT_POSSIBLE, _A.NOT_DONE, _A.SUPERSEDED, _A.TRANSFERRED)

ACTION = Machine(
    "action",
    {
        (_A.PROPOSED, _AM.ACCEPT): _A.OPEN,
        (_A.PROPOSED, _AM.DECLINE): _A.DECLINED,
        (_A.PROPOSED, _AM.SUPERSEDE): _A.SUPERSEDED,
        (_A.DECLINED, _AM.SUPERSEDE): _A.SUPERSEDED,
        (_A.OPEN, _AM.DO): _A.DONE,
        (_A.OPEN, _AM.FIND_IMPOSSIBLE): _A.NOT_POSSIBLE,
        (_A.OPEN, _AM.LEAVE_UNDONE): _A.NOT_DONE,
        (_A.OPEN, _AM.SUPERSEDE): _A.SUPERSEDED,
        (_A.OPEN, _AM.TRANSFER): _A.TRANSFERRED,
        **{(state, _AM.REOPEN): _A.OPEN for state in _SETTLED},
    },
)

UNSETTLED = frozenset({ActionState.PROPOSED, ActionState.OPEN, ActionState.DECLINED})


class MinutesState(StrEnum):
    """Where a version of the minutes stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    REPLACED = "replaced"
