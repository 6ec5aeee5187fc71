"""The order of the questions when consent is recorded, which follows from the answers so far."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from hub.sharing.rules.coded import ConsentState


class Step(StrEnum):
    """One page of the form; the name stands in its address and says nothing about anybody."""

    ABOUT = "about"
    GROUNDS = "grounds"
    TOLD = "told"
    HAPPENED = "happened"
    WHO = "who"
    SAFE = "safe"
    ABLE = "able"
    WORDS = "words"
    LEFT = "left"
    END = "end"
    OTHERS = "others"
    WHY = "why"


class Happened(StrEnum):
    """What came of asking, or of not asking."""

    YES = "yes"
    IN_PART = "in_part"
    NO = "no"
    UNSAFE = "unsafe"
    NOT_REACHED = "not_reached"
    NO_CAPACITY = "no_capacity"
    CAPACITY_COMES_AND_GOES = "comes_and_goes"
    PRESSURE = "pressure"


ANSWERED = frozenset({Happened.YES, Happened.IN_PART, Happened.NO})
STATE_OF = MappingProxyType(
    {
        Happened.UNSAFE: ConsentState.NOT_SOUGHT_UNSAFE,
        Happened.NOT_REACHED: ConsentState.UNABLE_TO_REACH,
        Happened.NO_CAPACITY: ConsentState.LACKS_CAPACITY,
        Happened.CAPACITY_COMES_AND_GOES: ConsentState.FLUCTUATING,
        Happened.PRESSURE: ConsentState.COERCED_SUSPECTED,
    }
)
"""Which state is recorded where there is no answer that counts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SoFar:
    """What of the answers decides which questions follow.

    ``is_informed`` when they are told and not asked; ``judges`` when it must be judged whether they
    can decide this. ``happened`` is None while that was not answered.
    """

    is_informed: bool = False
    happened: Happened | None = None
    judges: bool = False


def steps(so_far: SoFar) -> tuple[Step, ...]:
    """Return the pages that these answers lead through, in order."""
    begin: tuple[Step, ...] = (Step.ABOUT, Step.GROUNDS)
    if so_far.is_informed:
        return (*begin, Step.TOLD)
    begin = (*begin, Step.HAPPENED)
    if so_far.happened is None:
        return begin
    if so_far.happened not in ANSWERED:
        return (*begin, Step.WHY)
    able = (Step.ABLE,) if so_far.judges else ()
    asked = (*begin, Step.WHO, Step.SAFE, *able, Step.WORDS)
    if so_far.happened is Happened.NO:
        return (*asked, Step.OTHERS)
    left = (Step.LEFT,) if so_far.happened is Happened.IN_PART else ()
    return (*asked, *left, Step.END)
