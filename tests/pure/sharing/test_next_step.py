"""The list of requests says the one thing that comes next."""

import pytest

from hub.sharing.rules.clocks import Priority
from hub.sharing.rules.next_step import NEXT_WORDS, NextStep, Progress, next_step
from hub.sharing.states import OPEN, SETTLED, LineState, RequestState

L = LineState


def step(*lines, state=RequestState.WITH_HOLDER, priority=Priority.AMBER, taken=True):
    progress = Progress(state=state, priority=priority, is_acknowledged=taken, lines=lines)
    return next_step(progress)


def test_everything_that_can_come_next_has_words():
    assert set(NEXT_WORDS) == set(NextStep)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((L.HELD, L.WAITING, L.UNDECIDED, L.REFUSING, L.READY), NextStep.SHARE),
        ((L.HELD, L.WAITING, L.UNDECIDED, L.REFUSING), NextStep.SAY_NO),
        ((L.HELD, L.WAITING, L.UNDECIDED), NextStep.WHO),
        ((L.HELD, L.WAITING), NextStep.APPROVAL),
        ((L.HELD, L.SHARED), NextStep.WAITS),
        ((L.SHARED, L.WITHHELD), NextStep.NOTHING),
    ],
)
def test_what_can_be_done_comes_before_what_waits_for_others(lines, expected):
    assert step(*lines) is expected


def test_it_is_taken_on_first():
    assert step(L.READY, taken=False) is NextStep.TAKE_ON


def test_in_danger_somebody_rings_before_taking_anything_on():
    assert step(L.READY, priority=Priority.IMMEDIATE, taken=False) is NextStep.RING
    assert step(L.SHARED, priority=Priority.IMMEDIATE) is NextStep.NOTHING


@pytest.mark.parametrize("state", sorted(SETTLED))
def test_what_has_its_end_needs_nothing(state):
    assert step(L.READY, state=state) is NextStep.NOTHING


def test_what_waits_for_the_asker_waits_for_nobody_here():
    assert step(L.READY, state=RequestState.CLARIFYING) is NextStep.ASKER
    assert step(L.READY, state=RequestState.HELD) is NextStep.LACKS
    assert len(OPEN) == 3
