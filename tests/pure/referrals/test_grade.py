"""Reading risk: marks of the area, judgement that only raises, scores that block nobody."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.referrals.rules import Answers, Thresholds, grade, needs_reason
from hub.referrals.states import CONCERN, DECIDED, LISTABLE, OPEN, Criterion, Move, Screening

BARE = Answers(area_id=None, people=(), what_happened=None, consent=None)
NATIONAL = Thresholds()


@pytest.mark.parametrize(
    ("said", "marks", "is_shown"),
    [
        ({}, NATIONAL, False),
        ({"score": 13}, NATIONAL, False),
        ({"score": 14}, NATIONAL, True),
        ({"score": 14}, Thresholds(score=16), False),
        ({"incidents": 2}, NATIONAL, False),
        ({"incidents": 3}, NATIONAL, True),
        ({"incidents": 4}, Thresholds(incidents=5), False),
        ({"criteria": {Criterion.PROFESSIONAL_JUDGEMENT}, "score": 0}, NATIONAL, True),
        ({"criteria": {Criterion.REPEAT}, "score": 2}, NATIONAL, True),
        ({"criteria": {Criterion.POTENTIAL_ESCALATION}, "incidents": 1}, NATIONAL, True),
        ({"criteria": {Criterion.VISIBLE_HIGH_RISK}}, NATIONAL, True),
    ],
)
def test_what_shows_a_criterion(said, marks, is_shown):
    said = {**said, "criteria": frozenset(said.get("criteria", ()))}
    found = grade(replace(BARE, **said), marks)
    assert found.allowed is is_shown
    assert found.reasons


def test_every_reason_is_said():
    everything = replace(BARE, criteria=frozenset(Criterion), score=20, incidents=5)
    assert len(grade(everything, NATIONAL).reasons) == 4


@given(
    st.frozensets(st.sampled_from(Criterion)),
    st.sampled_from(Criterion),
    st.none() | st.integers(0, 27),
    st.none() | st.integers(0, 20),
)
def test_one_more_criterion_never_lowers_the_result(criteria, more, score, incidents):
    less = replace(BARE, criteria=criteria, score=score, incidents=incidents)
    before = grade(less, NATIONAL)
    after = grade(replace(less, criteria=criteria | {more}), NATIONAL)
    assert after.allowed is True
    assert len(after.reasons) >= len(before.reasons)


def test_every_outcome_but_acceptance_needs_its_reason():
    assert {move for move in Move if not needs_reason(move)} == {Move.ACCEPT}


DECISIONS = {
    Move.ACCEPT,
    Move.ACCEPT_ALERT_ONLY,
    Move.MAKE_URGENT,
    Move.RETURN,
    Move.REFUSE,
    Move.TRANSFER,
    Move.MARK_DUPLICATE,
}


@pytest.mark.parametrize(
    ("state", "moves"),
    [
        (Screening.SUBMITTED, DECISIONS | {Move.WITHDRAW, Move.ADD}),
        (Screening.RETURNED, DECISIONS - {Move.RETURN} | {Move.WITHDRAW, Move.ADD}),
        # accepted: others rely on it, so that the referrer cannot take it back any more
        (
            Screening.ACCEPTED,
            {Move.ACCEPT_ALERT_ONLY, Move.MAKE_URGENT, Move.TRANSFER, Move.MARK_DUPLICATE}
            | {Move.ADD},
        ),
        (
            Screening.URGENT,
            {Move.ACCEPT, Move.ACCEPT_ALERT_ONLY, Move.TRANSFER, Move.MARK_DUPLICATE, Move.ADD},
        ),
        # turned down by mistake, or challenged
        (Screening.NOT_MET, {Move.ACCEPT, Move.ACCEPT_ALERT_ONLY, Move.MAKE_URGENT}),
        (Screening.WITHDRAWN, {Move.ACCEPT, Move.ACCEPT_ALERT_ONLY, Move.MAKE_URGENT}),
    ],
)
def test_what_can_be_done_in_a_state(state, moves):
    assert {move for move in Move if CONCERN.may(state, move)} == moves


@given(st.lists(st.sampled_from(Move), max_size=12))
def test_in_any_order_of_moves_a_concern_waits_or_is_decided(moves):
    state = Screening.SUBMITTED
    for move in moves:
        if CONCERN.may(state, move):
            before, state = state, CONCERN.step(state, move)
            stays = before if before in LISTABLE else Screening.SUBMITTED
            assert state == (Screening(move.value) if move is not Move.ADD else stays)
    assert (state in OPEN) is not (state in DECIDED)
    assert set(LISTABLE) <= set(DECIDED)
