"""The dates of a series, tried on calendars that can be looked up."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.kernel.working_days import is_working_day
from hub.marac.rules.dates import MOST_DATES, Every, Planned, dates_of


def days(first, last, every, closed=frozenset()):
    return [one.day for one in dates_of(first, last, every, closed)]


@pytest.mark.parametrize(
    ("every", "found"),
    [
        (Every.WEEK, [(6, 2), (6, 9), (6, 16), (6, 23), (6, 30)]),
        (Every.TWO_WEEKS, [(6, 2), (6, 16), (6, 30)]),
        (Every.THREE_WEEKS, [(6, 2), (6, 23)]),
        (Every.FOUR_WEEKS, [(6, 2), (6, 30)]),
        (Every.MONTH, [(6, 2)]),
    ],
)
def test_a_series_meets_every_so_many_weeks(every, found):
    # 2 June 2026 is a Tuesday.
    assert days(date(2026, 6, 2), date(2026, 6, 30), every) == [
        date(2026, month, day) for month, day in found
    ]


def test_a_month_is_counted_by_its_weekdays():
    # The second Tuesday of each month, over the turn of a year.
    assert days(date(2026, 11, 10), date(2027, 2, 28), Every.MONTH) == [
        date(2026, 11, 10),
        date(2026, 12, 8),
        date(2027, 1, 12),
        date(2027, 2, 9),
    ]


def test_a_fifth_weekday_is_the_last_where_a_month_has_but_four():
    # Tuesday 30 June 2026 is a fifth Tuesday; July has four.
    assert days(date(2026, 6, 30), date(2026, 7, 31), Every.MONTH) == [
        date(2026, 6, 30),
        date(2026, 7, 28),
    ]


def test_a_bank_holiday_gives_way_to_the_next_working_day():
    # Monday 31 August 2026 is a bank holiday.
    found = dates_of(date(2026, 8, 24), date(2026, 9, 7), Every.WEEK)
    assert found == (
        Planned(date(2026, 8, 24)),
        Planned(date(2026, 9, 1), date(2026, 8, 31)),
        Planned(date(2026, 9, 7)),
    )


def test_a_day_that_is_not_worked_in_the_area_gives_way_too():
    closed = frozenset({date(2026, 6, 9), date(2026, 6, 10)})
    assert days(date(2026, 6, 9), date(2026, 6, 12), Every.WEEK, closed) == [date(2026, 6, 11)]


def test_daily_meetings_leave_out_weekends_and_holidays_and_double_none():
    # Friday 28 August to Tuesday 1 September 2026, with the bank holiday on the Monday.
    assert days(date(2026, 8, 28), date(2026, 9, 1), Every.DAY) == [
        date(2026, 8, 28),
        date(2026, 9, 1),
    ]


def test_no_day_is_after_the_last_and_none_before_the_first():
    assert days(date(2026, 8, 31), date(2026, 8, 31), Every.WEEK) == []
    assert days(date(2026, 6, 2), date(2026, 6, 1), Every.DAY) == []


@given(
    first=st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    length=st.integers(0, 800),
    every=st.sampled_from(Every),
)
def test_every_date_is_worked_once_and_within_bounds(first, length, every):
    last = first + timedelta(days=length)
    found = days(first, last, every)
    assert found == sorted(set(found))
    assert all(first <= day <= last and is_working_day(day) for day in found)
    assert len(found) <= MOST_DATES
