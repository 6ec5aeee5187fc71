"""Deadlines in words: by which day, and in how many working days, bank holidays left out."""

from datetime import UTC, date, datetime

import pytest

from hub.meetings.deadline_words import said_deadlines, said_due, working_days_until
from hub.meetings.deadlines import DeadlineDays, deadlines_of
from hub.meetings.states import MeetingShape

THURSDAY, FRIDAY, SATURDAY, MONDAY = (date(2026, 12, day) for day in (3, 4, 5, 7))


@pytest.mark.parametrize(
    ("day", "today", "count"),
    [
        (THURSDAY, THURSDAY, 0),
        (FRIDAY, THURSDAY, 1),
        (SATURDAY, FRIDAY, 0),
        (MONDAY, FRIDAY, 1),
        (MONDAY, SATURDAY, 1),
        (THURSDAY, MONDAY, -2),
        (FRIDAY, SATURDAY, 0),
        (date(2026, 12, 29), date(2026, 12, 24), 1),  # Christmas, Saturday, Sunday, Boxing Day
        (date(2027, 1, 4), date(2026, 12, 31), 1),
    ],
)
def test_working_days_from_here_to_there(day, today, count):
    assert working_days_until(day, today) == count


def test_a_day_that_is_not_worked_here_is_not_counted():
    assert working_days_until(MONDAY, THURSDAY, frozenset({FRIDAY})) == 1


@pytest.mark.parametrize(
    ("today", "words", "is_late"),
    [
        (date(2026, 12, 1), "Agenda by Thursday 3 December, in 2 working days", False),
        (date(2026, 12, 2), "Agenda by Thursday 3 December, in 1 working day", False),
        (THURSDAY, "Agenda by Thursday 3 December, today", False),
        (FRIDAY, "Agenda by Thursday 3 December, 1 working day ago", True),
        (MONDAY, "Agenda by Thursday 3 December, 2 working days ago", True),
    ],
)
def test_how_it_is_said(today, words, is_late):
    due = said_due("Agenda", THURSDAY, today)
    assert (due.words, due.is_late) == (words, is_late)


def test_between_working_days_it_is_not_said_in_none():
    assert said_due("Agenda", SATURDAY, FRIDAY).words.endswith("before the next working day")
    assert said_due("Agenda", FRIDAY, SATURDAY).words.endswith("since the last working day")


def test_all_deadlines_of_a_meeting_with_the_areas_own_days_and_time():
    days = DeadlineDays(cutoff_days=2, agenda_days=1, research_days=1, minutes_days=1)
    starts_at = datetime(2026, 12, 7, 9, 30, tzinfo=UTC)
    found = deadlines_of("marac", starts_at, days)
    assert found
    assert [one.words for one in said_deadlines(found, THURSDAY, days)] == [
        "Referrals by Thursday 3 December, midday, today",
        "Agenda by Friday 4 December, in 1 working day",
        "Research by Friday 4 December, in 1 working day",
        "Minutes by Tuesday 8 December, in 3 working days",
    ]


def test_what_is_called_within_hours_has_no_deadlines():
    starts_at = datetime(2026, 12, 7, 9, 30, tzinfo=UTC)
    assert deadlines_of("marac", starts_at, shape=MeetingShape.EMERGENCY) is None
    assert deadlines_of("marac", starts_at, shape=MeetingShape.CLOSING) is not None
