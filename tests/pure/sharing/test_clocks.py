"""By when a request is acknowledged and answered, who hears of it, and how its clock stands."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.kernel.days import LONDON
from hub.kernel.working_time import working_time_between
from hub.sharing.rules.clocks import (
    Priority,
    Said,
    Times,
    days_counted,
    deadlines,
    office_day,
    resumed,
)
from hub.sharing.rules.decision import Approver

TIMES = Times()


def london(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


def shown(instant):
    return instant.astimezone(LONDON).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("priority", "received", "acknowledge", "answer"),
    [
        # Red runs past hours: at night, at the weekend and on Christmas Day.
        (Priority.RED, "2026-11-27 22:00", "2026-11-27 22:30", "2026-11-28 02:00"),
        (Priority.RED, "2026-12-25 03:00", "2026-12-25 03:30", "2026-12-25 07:00"),
        # The night the clocks go back has an hour more; four hours are four hours.
        (Priority.RED, "2026-10-25 00:00", "2026-10-25 00:30", "2026-10-25 03:00"),
        # Amber counts working hours: four and twenty-four.
        (Priority.AMBER, "2026-11-27 15:00", "2026-11-30 11:00", "2026-12-02 15:00"),
        # Routine counts working days, and the day of receipt never.
        (Priority.ROUTINE, "2026-11-27 08:00", "2026-11-30 17:00", "2026-12-04 17:00"),
        (Priority.ROUTINE, "2026-12-24 10:00", "2026-12-29 17:00", "2027-01-05 17:00"),
        # In danger it is shared now; the record is due within one working day.
        (Priority.IMMEDIATE, "2026-11-27 22:00", "2026-11-27 22:00", "2026-11-30 17:00"),
        # Research without a meeting is routine.
        (Priority.RESEARCH, "2026-11-27 08:00", "2026-11-30 17:00", "2026-12-04 17:00"),
    ],
)
def test_the_deadlines_of_each_priority(priority, received, acknowledge, answer):
    found = deadlines(priority, london(received), TIMES)
    assert (shown(found.acknowledge_by), shown(found.answer_by)) == (acknowledge, answer)


def test_research_is_due_three_working_days_before_the_meeting():
    meeting = london("2026-12-30 10:00")
    found = deadlines(Priority.RESEARCH, london("2026-12-01 09:00"), TIMES, meeting)
    assert shown(found.answer_by) == "2026-12-23 17:00"


def test_research_for_a_meeting_tomorrow_is_due_now():
    received = london("2026-12-01 09:00")
    found = deadlines(Priority.RESEARCH, received, TIMES, london("2026-12-02 09:00"))
    assert found.answer_by == found.acknowledge_by == received


@pytest.mark.parametrize(
    ("priority", "stages"),
    [
        (
            Priority.RED,
            [
                ("2026-11-30 10:30", Said.REMIND, None),
                ("2026-11-30 13:00", Said.ESCALATE, Approver.MANAGER),
                ("2026-11-30 14:00", Said.ESCALATE, Approver.SAFEGUARDING_LEAD),
            ],
        ),
        (
            Priority.AMBER,
            [
                ("2026-12-02 12:00", Said.REMIND, None),
                ("2026-12-03 10:00", Said.ESCALATE, Approver.MANAGER),
            ],
        ),
        (
            Priority.ROUTINE,
            [
                # 47 working hours until Monday at five: three quarters are 35 and a quarter.
                ("2026-12-04 13:15", Said.REMIND, None),
                ("2026-12-07 17:00", Said.ESCALATE, Approver.MANAGER),
                ("2026-12-10 17:00", Said.ESCALATE, Approver.ASSET_OWNER),
                ("2026-12-14 17:00", Said.ESCALATE, Approver.SIRO),
            ],
        ),
        (
            Priority.IMMEDIATE,
            [
                ("2026-11-30 10:15", Said.ESCALATE, Approver.MANAGER),
                ("2026-12-01 13:15", Said.REMIND, None),
                ("2026-12-01 17:00", Said.ESCALATE, Approver.SAFEGUARDING_LEAD),
            ],
        ),
    ],
)
def test_who_hears_of_it_and_when(priority, stages):
    found = deadlines(priority, london("2026-11-30 10:00"), TIMES)
    assert [(shown(one.at), one.said, one.to) for one in found.stages] == stages


def test_an_area_has_its_own_times():
    times = Times(office=office_day("08:00", "18:00"), amber_answer_hours=10)
    found = deadlines(Priority.AMBER, london("2026-11-30 10:00"), times)
    assert shown(found.answer_by) == "2026-12-01 10:00"


def test_the_days_counted_are_shown_and_those_passed_over():
    found = days_counted(london("2026-12-24 10:00"), london("2026-12-30 17:00"), TIMES)
    assert found.counted == (date(2026, 12, 29), date(2026, 12, 30))
    assert found.passed_over == tuple(date(2026, 12, day) for day in (25, 26, 27, 28))


def test_no_day_is_counted_for_what_is_due_today():
    now = london("2026-12-24 10:00")
    assert days_counted(now, now, TIMES).counted == ()


# --- A clock that stood ---


@pytest.mark.parametrize(
    ("priority", "due", "paused", "now", "then"),
    [
        # Three working hours were left on Friday; they are left on Wednesday.
        (
            Priority.AMBER,
            "2026-11-30 10:00",
            "2026-11-27 15:00",
            "2026-12-02 16:00",
            "2026-12-03 11:00",
        ),
        # A red clock counts every hour.
        (
            Priority.RED,
            "2026-11-30 14:00",
            "2026-11-30 12:00",
            "2026-12-01 09:00",
            "2026-12-01 11:00",
        ),
        # What was overdue already stays overdue.
        (
            Priority.AMBER,
            "2026-11-27 10:00",
            "2026-11-27 15:00",
            "2026-12-02 16:00",
            "2026-11-27 10:00",
        ),
    ],
)
def test_what_was_left_is_left(priority, due, paused, now, then):
    found = resumed(london(due), london(paused), london(now), priority, TIMES)
    assert shown(found) == then


moments = st.datetimes(datetime(2025, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds the zone


@settings(deadline=None)  # the calendar is read once
@given(moments, st.sampled_from(list(Priority)))
def test_no_deadline_lies_before_receipt_and_stages_come_in_order(received, priority):
    found = deadlines(priority, received, TIMES)
    assert found.answer_by >= found.acknowledge_by >= received
    instants = [one.at for one in found.stages]
    assert instants == sorted(instants)
    assert all(instant >= received for instant in instants)


@settings(deadline=None)  # the calendar is read once
@given(moments, st.timedeltas(timedelta(0), timedelta(days=20)), st.integers(1, 100))
def test_a_pause_never_takes_time_from_the_holder(received, pause, percent):
    due = deadlines(Priority.ROUTINE, received, TIMES).answer_by
    paused = received + (due - received) * (percent / 100)
    left = working_time_between(paused, due)
    then = resumed(due, paused, paused + pause, Priority.ROUTINE, TIMES)
    if due > paused:
        assert working_time_between(paused + pause, then) == left
