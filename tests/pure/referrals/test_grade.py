"""Reading risk: marks of the area, judgement that only raises, scores that block nobody."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.referrals.criteria import Thresholds, grade, marks_said
from hub.referrals.rules import Answers, needs_reason
from hub.referrals.states import (
    CONCERN,
    DECIDED,
    LISTABLE,
    OPEN,
    Criterion,
    Grading,
    Move,
    Screening,
)

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
    everything = replace(
        BARE, criteria=frozenset(Criterion), score=20, incidents=5, graded=Grading.HIGH
    )
    assert len(grade(everything, NATIONAL).reasons) == 6


WOLVERHAMPTON = Thresholds(incidents=5, is_worsening_asked=True, is_one_reason=True)
OLDER_DERBYSHIRE = Thresholds(score=16)
BOROUGH = Thresholds(incidents=5, is_reported_only=True)
SURREY = Thresholds(own_criterion="Something that is asked here alone")
ESSEX = Thresholds(own_criterion="Imminent risk of serious harm", is_sign_off_asked=True)
CALDERDALE = Thresholds(is_medium_accepted=True)
JUDGED = {"criteria": {Criterion.PROFESSIONAL_JUDGEMENT}}
UNSIGNED = {"unsigned": frozenset({"manager", "manager_signed_on"})}


@pytest.mark.parametrize(
    ("marks", "said", "is_shown", "hint"),
    [
        # the table of variations in the domain notes, 1.3, area by area
        (WOLVERHAMPTON, {"incidents": 5}, False, "getting worse is not said"),
        (WOLVERHAMPTON, {"incidents": 5, "is_worsening": True}, True, ""),
        (WOLVERHAMPTON, {"incidents": 4, "is_worsening": True}, False, ""),
        (
            WOLVERHAMPTON,
            {"criteria": {Criterion.REPEAT, Criterion.POTENTIAL_ESCALATION}},
            True,
            "one reason; 2 are given, and all count",
        ),
        (OLDER_DERBYSHIRE, {"score": 15}, False, ""),
        (OLDER_DERBYSHIRE, {"score": 16}, True, ""),
        (OLDER_DERBYSHIRE, {"score": 3, **JUDGED}, True, ""),
        (BOROUGH, {"incidents": 9}, False, "reported to the police"),
        (BOROUGH, {"incidents": 9, "reported": 4}, False, "reported to the police"),
        (BOROUGH, {"reported": 5}, True, ""),
        (NATIONAL, {"reported": 3}, True, ""),
        (SURREY, {"criteria": {Criterion.AREAS_OWN}}, True, ""),
        (ESSEX, {"criteria": {Criterion.AREAS_OWN}, **UNSIGNED}, True, "manager's sign-off"),
        (ESSEX, {"criteria": {Criterion.AREAS_OWN}}, True, ""),
        (CALDERDALE, {"graded": Grading.MEDIUM}, True, ""),
        (NATIONAL, {"graded": Grading.MEDIUM}, False, ""),
        # a tool without a score, such as DARA, is read by the grade
        (NATIONAL, {"graded": Grading.HIGH}, True, ""),
        (NATIONAL, {"graded": Grading.STANDARD, "score": 14}, True, ""),
        (CALDERDALE, {"graded": Grading.STANDARD}, False, ""),
    ],
)
def test_areas_read_risk_in_their_own_way(marks, said, is_shown, hint):
    criteria = frozenset(said.get("criteria", ()))
    found = grade(replace(BARE, **{**said, "criteria": criteria}), marks)
    assert found.allowed is is_shown
    assert hint in " ".join(found.hints)
    assert bool(hint) is bool(found.hints)


def test_what_an_area_has_set_is_said_to_its_referrers_in_its_own_words():
    assert marks_said(NATIONAL) == (
        "Visible high risk: a score of 14 or more.",
        "Potential escalation: 3 or more incidents in 12 months.",
    )
    everything = Thresholds(
        score=16,
        incidents=5,
        months=6,
        is_worsening_asked=True,
        is_reported_only=True,
        is_sign_off_asked=True,
        own_criterion="Imminent risk",
        is_medium_accepted=True,
        advice="Not to be used for a housing letter.",
    )
    assert marks_said(everything) == (
        "Visible high risk: a score of 16 or more.",
        (
            "Potential escalation: 5 or more incidents in 6 months reported to the police that are"
            " getting worse."
        ),
        "The area's own criterion: Imminent risk.",
        "A concern that you grade as medium is taken as well.",
        "A manager signs it off, unless a decision is needed today.",
        "Not to be used for a housing letter.",
    )
    own = grade(replace(BARE, criteria=frozenset({Criterion.AREAS_OWN})), everything)
    assert own.reasons == ("The area's own criterion: Imminent risk.",)


numbers = st.none() | st.integers(0, 27)
areas = st.builds(
    Thresholds,
    score=st.integers(0, 27),
    incidents=st.integers(1, 20),
    is_worsening_asked=st.booleans(),
    is_reported_only=st.booleans(),
    is_sign_off_asked=st.booleans(),
    own_criterion=st.none() | st.just("Ours"),
    is_one_reason=st.booleans(),
    is_medium_accepted=st.booleans(),
)
concerns = st.builds(
    Answers,
    area_id=st.none(),
    people=st.just(()),
    what_happened=st.none(),
    consent=st.none(),
    criteria=st.frozensets(st.sampled_from(Criterion)),
    score=numbers,
    incidents=numbers,
    reported=numbers,
    is_worsening=st.booleans(),
    graded=st.none() | st.sampled_from(Grading),
    unsigned=st.frozensets(st.sampled_from(["manager", "manager_signed_on"])),
)


@given(concerns, areas, st.sampled_from(Criterion))
def test_in_no_area_does_one_more_criterion_lower_the_result(said, marks, more):
    before = grade(said, marks)
    after = grade(replace(said, criteria=said.criteria | {more}), marks)
    assert after.allowed is True
    if before.allowed:
        assert set(before.reasons) <= set(after.reasons)


@given(concerns, areas, st.integers(0, 27))
def test_in_no_area_does_any_score_lower_what_judgement_says(said, marks, score):
    judged = replace(said, criteria=said.criteria | {Criterion.PROFESSIONAL_JUDGEMENT}, score=score)
    assert grade(judged, marks).allowed is True
    higher = replace(said, score=max(score, said.score or 0))
    assert grade(higher, marks).allowed >= grade(said, marks).allowed


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
