"""A clock of working hours stands still when offices are shut."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.kernel.days import LONDON
from hub.kernel.working_time import OfficeDay, after_working_time, working_time_between

HOUR = timedelta(hours=1)


def london(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-30 10:00", 4, "2026-11-30 14:00"),
        # What ends at closing time is due then, not the next morning.
        ("2026-11-30 10:00", 7, "2026-11-30 17:00"),
        ("2026-11-30 10:00", 7.5, "2026-12-01 09:30"),
        # Before opening and after closing the clock has not begun.
        ("2026-11-30 07:00", 1, "2026-11-30 10:00"),
        ("2026-11-30 21:00", 1, "2026-12-01 10:00"),
        # Friday evening to Monday.
        ("2026-11-27 16:30", 1, "2026-11-30 09:30"),
        # Christmas Day, and Boxing Day's substitute on Monday 28 December 2026.
        ("2026-12-24 16:00", 2, "2026-12-29 10:00"),
        # The clocks go forward on Sunday 28 March 2027: a working day stays eight hours.
        ("2027-03-26 09:00", 0, "2027-03-26 09:00"),
        ("2027-03-25 16:00", 2, "2027-03-30 10:00"),  # Good Friday and Easter Monday between
        ("2026-10-23 16:00", 2, "2026-10-26 10:00"),  # the clocks went back on the Sunday
        ("2028-02-28 16:00", 2, "2028-02-29 10:00"),  # a leap year
    ],
)
def test_working_hours_after(start, hours, end):
    assert after_working_time(london(start), hours * HOUR) == london(end)


def test_a_negative_span_is_refused():
    with pytest.raises(ValueError, match="not negative"):
        after_working_time(london("2026-11-30 10:00"), -HOUR)


def test_days_closed_besides_are_skipped():
    closed = frozenset({date(2026, 12, 1)})
    start = london("2026-11-30 16:00")
    assert after_working_time(start, 2 * HOUR, extra_closed=closed) == london("2026-12-02 10:00")


def test_an_office_has_its_own_hours():
    early = OfficeDay(time(8), time(16, 30))
    assert early.length == timedelta(hours=8, minutes=30)
    assert after_working_time(london("2026-11-30 16:00"), HOUR, early) == london("2026-12-01 08:30")


def test_nothing_lies_between_when_the_end_comes_first():
    later, sooner = london("2026-11-30 16:00"), london("2026-11-30 10:00")
    assert working_time_between(later, sooner) == timedelta()


instants = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds the zone


@settings(deadline=None)  # the calendar is read once
@given(instants, st.integers(1, 200 * 60))
def test_so_much_working_time_lies_between_start_and_end(start, minutes):
    span = timedelta(minutes=minutes)
    assert working_time_between(start, after_working_time(start, span)) == span


@settings(deadline=None)  # the calendar is read once
@given(instants, st.integers(0, 3000), st.integers(0, 3000))
def test_two_spans_one_after_the_other_are_their_sum(start, first, second):
    one, two = timedelta(minutes=first), timedelta(minutes=second)
    middle = after_working_time(start, one)
    assert after_working_time(middle, two) == after_working_time(start, one + two) or not first
