"""When the owner of an action is asked again, when it goes up, and what says the same."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hub.marac.rules.actions import (
    chased_after,
    first_state,
    is_overdue,
    is_same_action,
    may_confirm,
    stage_of,
    was_tried,
    with_owners,
)
from hub.marac.states import ActionState

DUE = date(2026, 7, 6)
EVE = datetime(2026, 7, 5, 8, tzinfo=UTC)  # nine in London
MORNING_AFTER = datetime(2026, 7, 7, 8, tzinfo=UTC)


def test_who_has_not_accepted_is_asked_every_day():
    since = datetime(2026, 6, 29, 10, tzinfo=UTC)
    assert chased_after(ActionState.PROPOSED, DUE, since) == since + timedelta(days=1)
    late = MORNING_AFTER + timedelta(days=30)
    assert chased_after(ActionState.PROPOSED, DUE, late) == late + timedelta(days=1)


@pytest.mark.parametrize(
    ("since", "then"),
    [
        (datetime(2026, 6, 29, 10, tzinfo=UTC), EVE),
        (EVE - timedelta(microseconds=1), EVE),
        (EVE, MORNING_AFTER),
        (MORNING_AFTER - timedelta(microseconds=1), MORNING_AFTER),
        (MORNING_AFTER, MORNING_AFTER + timedelta(days=7)),
        (datetime(2026, 9, 1, 12, tzinfo=UTC), datetime(2026, 9, 8, 12, tzinfo=UTC)),
    ],
)
def test_an_owner_is_asked_the_morning_before_the_morning_after_and_every_week(since, then):
    assert chased_after(ActionState.OPEN, DUE, since) == then


def test_the_mornings_are_those_of_london_over_a_change_of_the_clocks():
    # The clocks go back on Sunday 25 October 2026.
    due = date(2026, 10, 25)
    since = datetime(2026, 10, 1, tzinfo=UTC)
    first = chased_after(ActionState.OPEN, due, since)
    assert first == datetime(2026, 10, 24, 8, tzinfo=UTC)
    assert chased_after(ActionState.OPEN, due, first) == datetime(2026, 10, 26, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "state", sorted(set(ActionState) - {ActionState.PROPOSED, ActionState.OPEN})
)
def test_nobody_is_asked_about_what_is_settled_or_was_declined(state):
    assert chased_after(state, DUE, EVE) is None


def test_it_is_overdue_after_its_day_and_goes_up_two_weeks_later():
    for state in (ActionState.PROPOSED, ActionState.OPEN):
        assert [is_overdue(state, DUE, DUE + timedelta(days=n)) for n in (0, 1)] == [False, True]
        stages = [stage_of(state, DUE, DUE + timedelta(days=n)) for n in (13, 14, 27, 28, 400)]
        assert stages == [0, 1, 1, 2, 2]
    for state in set(ActionState) - {ActionState.PROPOSED, ActionState.OPEN}:
        assert stage_of(state, DUE, DUE + timedelta(days=90)) == 0


def test_who_was_there_has_it_at_once():
    assert first_state(owner_was_there=True) is ActionState.OPEN
    assert first_state(owner_was_there=False) is ActionState.PROPOSED


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Fit new locks.", "fit  new LOCKS", True),
        ("Fit new locks", "Fit new lock", False),
        ("", "", True),
    ],
)
def test_two_actions_say_the_same_whatever_their_case_spaces_and_stops(one, other, same):
    assert is_same_action(one, other) is same


def test_it_can_be_asked_whether_it_worked_of_what_something_came():
    assert {state for state in ActionState if was_tried(state)} == {
        ActionState.DONE,
        ActionState.NOT_POSSIBLE,
        ActionState.NOT_DONE,
    }


SAID = dict.fromkeys(
    ("who_else", "risk_who", "risk_from", "risk_of", "risk_when", "factors_for", "factors_against"),
    "So it is.",
)


def test_actions_are_confirmed_with_a_whole_risk_summary_and_somebody_who_tells():
    assert may_confirm(SAID, "idva").allowed
    assert not may_confirm(SAID, None).allowed
    for field in SAID:
        lacks = may_confirm({**SAID, field: " "}, "idva")
        assert not lacks.allowed
        assert len(lacks.reasons) == 1


def test_who_else_knows_the_person_is_a_step_that_cannot_be_skipped():
    (cure,) = may_confirm({**SAID, "who_else": ""}, "idva").reasons
    assert cure == "Write who else knows this person, or that nobody does."
    assert may_confirm({**SAID, "who_else": "Nobody"}, "idva").allowed


def test_by_when_actions_are_with_their_owners_is_what_the_area_has_set():
    ended = datetime(2026, 7, 6, 12, tzinfo=UTC)
    by = ended + timedelta(hours=24)
    assert with_owners(ended, 24, 0, by + timedelta(days=9)).is_late is False
    assert with_owners(ended, 24, 2, by).is_late is False
    assert with_owners(ended, 24, 2, by + timedelta(seconds=1)).is_late is True
    assert with_owners(ended, 4, 2, by).by == ended + timedelta(hours=4)
