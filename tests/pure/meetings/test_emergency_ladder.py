"""Silence at a meeting called within hours climbs within the time that is left."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from hub.kernel.days import london_instant
from hub.meetings.requirement import Step
from hub.meetings.rules import SHARES, InvitationPolicy, climbs_at, shared_out, task_due_at

CALLED = datetime(2026, 6, 1, 9, tzinfo=UTC)
LADDER = (
    Step.NAMED_WORKER,
    Step.COVER,
    Step.DEPUTY,
    Step.TEAM_MANAGER,
    Step.DUTY_DESK,
)
TWO = timedelta(hours=2)


def minutes(count):
    return timedelta(minutes=count)


def climbed(asked, starts, whole=TWO, ladder=LADDER):
    """Return when each rung ends where nobody answers and the timer is on time."""
    ends = []
    for step in ladder:
        asked = shared_out(asked, starts, step, whole)
        ends.append(asked)
    return ends


def test_half_an_hour_is_shared_out_evenly_and_the_last_share_is_for_the_telephone():
    starts = CALLED + minutes(30)
    assert climbed(CALLED, starts) == [CALLED + minutes(5 * each) for each in range(1, 6)]


def test_a_meeting_tomorrow_is_climbed_within_the_hours_that_the_area_has_set():
    starts = CALLED + timedelta(hours=24)
    assert climbed(CALLED, starts)[-1] == CALLED + minutes(100)
    assert climbed(CALLED, starts, timedelta(hours=12))[-1] == CALLED + timedelta(hours=10)


def test_a_rung_that_nobody_stands_on_leaves_its_share_to_those_that_come():
    starts = CALLED + minutes(30)
    ladder = (Step.NAMED_WORKER, Step.TEAM_MANAGER, Step.DUTY_DESK)
    ends = [each - CALLED for each in climbed(CALLED, starts, ladder=ladder)]
    assert ends == [minutes(5), minutes(5) + minutes(25) / 3, minutes(5) + minutes(50) / 3]


def test_after_a_standstill_what_is_left_is_shared_out_anew():
    starts = CALLED + minutes(60)
    woke = CALLED + minutes(52)  # the worker's ten minutes ended long ago; eight are left
    ends = climbed(woke, starts, ladder=LADDER[2:])
    assert ends == [woke + minutes(2), woke + minutes(4), woke + minutes(6)]


@pytest.mark.parametrize("step", LADDER)
def test_nobody_has_less_than_a_minute(step):
    starts = CALLED + timedelta(seconds=90)
    assert shared_out(CALLED, starts, step, TWO) == CALLED + minutes(1)
    assert shared_out(CALLED, CALLED - minutes(5), step, TWO) == CALLED + minutes(1)


def test_the_whole_ladder_ends_before_the_meeting_however_soon():
    for left in range(7, 26 * 60):
        starts = CALLED + minutes(left)
        assert climbed(CALLED, starts)[-1] < starts, left


@pytest.mark.parametrize(
    ("day", "hour"), [((2026, 3, 28), 23), ((2026, 10, 24), 23), ((2026, 12, 31), 23)]
)
def test_neither_midnight_nor_the_change_of_clocks_takes_or_gives_time(day, hour):
    asked = datetime(*day, hour, 30, tzinfo=UTC)
    starts = asked + timedelta(hours=3)
    assert climbed(asked, starts)[0] == asked + minutes(20)
    assert climbed(asked, starts)[-1] == asked + minutes(100)


def test_on_the_night_of_the_change_the_hours_left_are_real_ones():
    """From eleven in the evening to nine is eleven hours when the clocks go back, nine in March."""
    for evening, hours in (((2026, 10, 24), 11), ((2026, 3, 28), 9)):
        asked = london_instant(date(*evening), time(23))
        starts = london_instant(date(*evening) + timedelta(days=1), time(9))
        share = shared_out(asked, starts, Step.NAMED_WORKER, timedelta(hours=24)) - asked
        assert share == min(timedelta(hours=hours) / 6, timedelta(hours=4))


def test_every_step_has_a_share_and_an_ordinary_meeting_has_working_days():
    assert set(SHARES) == set(Step)
    starts = CALLED + timedelta(days=28)
    usual, soon = InvitationPolicy(), InvitationPolicy().within(2)
    assert climbs_at(CALLED, starts, usual, Step.DEPUTY) == datetime(2026, 6, 3, 16, tzinfo=UTC)
    assert climbs_at(CALLED, starts, soon, Step.DEPUTY) == CALLED + minutes(20)


@pytest.mark.parametrize(("left", "due"), [(10, 10), (15, 15), (60, 15), (180, 60), (-5, 15)])
def test_a_call_is_due_before_the_slot_begins(left, due):
    starts = CALLED + minutes(left)
    assert task_due_at(CALLED, starts, InvitationPolicy()) == CALLED + minutes(due)
