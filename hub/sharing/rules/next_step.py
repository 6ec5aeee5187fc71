"""What the holder's people do next with a request: the first thing that can be done."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from hub.sharing.rules.clocks import Priority
from hub.sharing.states import SETTLED, LineState, RequestState


class NextStep(StrEnum):
    """What comes next."""

    RING = "ring"
    """Somebody is in danger now: it is told by telephone before anything else."""
    TAKE_ON = "take_on"
    ASKER = "asker"
    """The asker has to answer what was asked back."""
    LACKS = "lacks"
    """The asker has to give what lacks before it comes back."""
    WHO = "who"
    """Somebody has to say who is meant."""
    SHARE = "share"
    SAY_NO = "say_no"
    APPROVAL = "approval"
    WAITS = "waits"
    """The table holds it: something must change first."""
    NOTHING = "nothing"


NEXT_WORDS: Mapping[NextStep, tuple[str, str]] = MappingProxyType(
    {
        NextStep.RING: ("Ring now", "red"),
        NextStep.TAKE_ON: ("Take it on", "blue"),
        NextStep.ASKER: ("Waits for the asker", "grey"),
        NextStep.LACKS: ("Waits for the asker: something is missing", "grey"),
        NextStep.WHO: ("Say who is meant", "blue"),
        NextStep.SHARE: ("Ready to share", "green"),
        NextStep.SAY_NO: ("Ready to answer no", "blue"),
        NextStep.APPROVAL: ("Waits for approval", "orange"),
        NextStep.WAITS: ("Waits: see why", "orange"),
        NextStep.NOTHING: ("Done", "grey"),
    }
)
"""What comes next in words, and the colour of its tag."""

_BY_STATE = (
    (LineState.READY, NextStep.SHARE),
    (LineState.REFUSING, NextStep.SAY_NO),
    (LineState.UNDECIDED, NextStep.WHO),
    (LineState.WAITING, NextStep.APPROVAL),
    (LineState.HELD, NextStep.WAITS),
)
"""What can be done before what waits for others."""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a request has come at its holder."""

    state: RequestState
    priority: Priority
    is_acknowledged: bool
    lines: Collection[LineState]


def next_step(progress: Progress) -> NextStep:
    """Return what comes next."""
    if progress.state in SETTLED:
        return NextStep.NOTHING
    if progress.state is RequestState.CLARIFYING:
        return NextStep.ASKER
    if progress.state is RequestState.HELD:
        return NextStep.LACKS
    if progress.priority is Priority.IMMEDIATE and LineState.READY in progress.lines:
        return NextStep.RING
    if not progress.is_acknowledged:
        return NextStep.TAKE_ON
    return next((step for state, step in _BY_STATE if state in progress.lines), NextStep.NOTHING)
