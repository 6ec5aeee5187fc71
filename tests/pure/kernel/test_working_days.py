"""Working days of England, against the list that GOV.UK publishes."""

from datetime import date, timedelta

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.kernel.working_days import (
    bank_holidays,
    is_working_day,
    working_days_after,
    working_days_before,
)

GOV_UK = [
    row["date"]
    for row in BankHolidays(use_cached_holidays=True).get_holidays(
        division=BankHolidays.ENGLAND_AND_WALES
    )
]
FIRST_YEAR, LAST_YEAR = min(GOV_UK).year, max(GOV_UK).year
"""Whole years of the published list that the development package carries."""


def test_every_weekday_of_the_published_years_is_worked_exactly_if_gov_uk_says_so():
    day = date(FIRST_YEAR, 1, 1)
    closed = set(GOV_UK)
    assert len(closed) > 100
    while day.year <= LAST_YEAR:
        assert is_working_day(day) == (day.weekday() < 5 and day not in closed), day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 11, 20), True),  # a Friday
        (date(2026, 11, 21), False),  # a Saturday
        (date(2026, 11, 22), False),  # a Sunday
        (date(2022, 6, 3), False),  # one-off: the Platinum Jubilee
        (date(2022, 5, 30), True),  # whose year had no late May holiday
        (date(2022, 9, 19), False),  # one-off: the state funeral
        (date(2023, 5, 8), False),  # one-off: the coronation
        (date(2020, 5, 8), False),  # moved: VE Day
        (date(2020, 5, 4), True),  # from here
        (date(2026, 12, 28), False),  # substitute for Boxing Day on a Saturday
        (date(2026, 3, 17), True),  # St Patrick's Day is Northern Ireland's
        (date(2026, 11, 30), True),  # St Andrew's Day is Scotland's
        (date(2026, 8, 3), True),  # the Scottish summer holiday
    ],
)
def test_days_that_are_easy_to_get_wrong(day, worked):
    assert is_working_day(day) is worked


def test_extra_closed_days_are_not_worked_and_concern_nobody_else():
    away = frozenset({date(2026, 11, 20)})
    assert not is_working_day(date(2026, 11, 20), away)
    assert is_working_day(date(2026, 11, 20))
    assert working_days_after(date(2026, 11, 19), 1, away) == date(2026, 11, 23)
    assert working_days_before(date(2026, 11, 23), 1, away) == date(2026, 11, 19)


@pytest.mark.parametrize(
    ("n", "before"),
    [(8, "2026-03-26"), (5, "2026-03-31"), (3, "2026-04-02"), (0, "2026-04-09")],
)
def test_days_before_a_meeting_after_easter(n, before):
    assert working_days_before(date(2026, 4, 9), n).isoformat() == before


def test_days_after_a_meeting():
    assert working_days_after(date(2026, 4, 9), 3) == date(2026, 4, 14)
    assert working_days_after(date(2026, 12, 24), 1) == date(2026, 12, 29)
    assert working_days_after(date(2026, 12, 24), 5) == date(2027, 1, 5)  # over the new year


def test_no_days_from_a_sunday_is_the_sunday():
    assert working_days_after(date(2026, 11, 22), 0) == date(2026, 11, 22)
    assert working_days_before(date(2026, 11, 22), 0) == date(2026, 11, 22)


def test_a_negative_number_of_days_is_refused():
    with pytest.raises(ValueError, match="0 or more"):
        working_days_after(date(2026, 11, 20), -1)


@settings(deadline=None)
@given(st.dates(date(2015, 1, 1), date(2035, 1, 1)), st.integers(1, 40))
def test_between_a_day_and_the_nth_after_it_lie_n_working_days(day, n):
    later = working_days_after(day, n)
    span = [day + timedelta(days=k) for k in range(1, (later - day).days + 1)]
    assert sum(map(is_working_day, span)) == n
    assert is_working_day(later)
    earlier = working_days_before(day, n)
    span = [day - timedelta(days=k) for k in range(1, (day - earlier).days + 1)]
    assert sum(map(is_working_day, span)) == n
    assert is_working_day(earlier)


def test_a_year_is_finished_when_it_is_seen():
    assert bank_holidays(2026) is bank_holidays(2026)
    assert isinstance(bank_holidays(2026), frozenset)
