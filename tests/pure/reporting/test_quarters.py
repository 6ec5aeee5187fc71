"""Quarters are London's: their days, their midnights, their order."""

from datetime import UTC, date, datetime

import pytest

from hub.reporting.rules.quarters import (
    NotAQuarterError,
    Quarter,
    parse_quarter,
    quarter_at,
    quarter_of,
)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026Q2", date(2026, 4, 1), date(2026, 6, 30)),
        ("2026q3", date(2026, 7, 1), date(2026, 9, 30)),
        (" 2026Q4 ", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_quarter_has_its_days(text, first, last):
    quarter = parse_quarter(text)
    assert (quarter.first, quarter.last) == (first, last)
    assert quarter.has(first)
    assert quarter.has(last)
    assert not quarter.has(date.fromordinal(first.toordinal() - 1))
    assert not quarter.has(date.fromordinal(last.toordinal() + 1))
    assert quarter == quarter_of(first) == quarter_of(last)
    assert quarter.code == text.strip().upper()


def test_it_begins_and_ends_at_midnight_in_london():
    quarter = Quarter(2026, 2)
    assert quarter.begins == datetime(2026, 3, 31, 23, tzinfo=UTC)  # summer time has begun
    assert quarter.ends == datetime(2026, 6, 30, 23, tzinfo=UTC)
    assert Quarter(2026, 1).begins == datetime(2026, 1, 1, tzinfo=UTC)
    assert Quarter(2026, 4).ends == datetime(2027, 1, 1, tzinfo=UTC)


def test_an_instant_is_in_the_quarter_of_its_london_day():
    assert quarter_at(datetime(2026, 6, 30, 22, 59, tzinfo=UTC)) == Quarter(2026, 2)
    assert quarter_at(datetime(2026, 6, 30, 23, tzinfo=UTC)) == Quarter(2026, 3)
    assert quarter_at(datetime(2026, 12, 31, 23, 59, tzinfo=UTC)) == Quarter(2026, 4)


def test_the_twelve_months_are_four_quarters():
    assert Quarter(2026, 2).year_to_it() == (
        Quarter(2025, 3),
        Quarter(2025, 4),
        Quarter(2026, 1),
        Quarter(2026, 2),
    )
    assert [one for one in range(1, 5) if Quarter(2026, one).ends_the_year] == [1]


@pytest.mark.parametrize("text", ["", "2026", "2026Q0", "2026Q5", "26Q1", "Q32026", "1999Q4", "x"])
def test_what_is_no_quarter_is_refused(text):
    with pytest.raises(NotAQuarterError):
        parse_quarter(text)
