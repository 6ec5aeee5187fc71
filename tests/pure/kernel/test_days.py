"""London days, ages and months at the edges where calendars go wrong."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.kernel.days import (
    NoSuchWallTimeError,
    NotADayError,
    NotAnInstantError,
    WallTimeError,
    WallTimeTwiceError,
    age_on,
    birthday,
    format_day,
    format_instant,
    london_day,
    london_instant,
    london_time,
    months_after,
    parse_day,
    parse_instant,
)

FORWARD = date(2026, 3, 29)
BACK = date(2026, 10, 25)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-06-30T22:59:59Z", "2026-06-30"),  # the last second of the day in summer time
        ("2026-06-30T23:00:00Z", "2026-07-01"),  # midnight in London, an hour before UTC's
        ("2026-12-31T23:59:59Z", "2026-12-31"),  # in winter London's midnight is UTC's
        ("2027-01-01T00:00:00Z", "2027-01-01"),
        ("2026-07-01T00:30:00+05:30", "2026-06-30"),  # written elsewhere, still London's day
        ("2026-06-30T20:00:00-04:00", "2026-07-01"),
        ("1970-06-01T23:30:00Z", "1970-06-02"),  # British Standard Time ran all year
    ],
)
def test_the_day_of_an_instant_is_its_day_in_london(instant, day):
    assert london_day(parse_instant(instant)) == parse_day(day)


def test_an_instant_is_shown_as_londons_clocks_show_it():
    shown = london_time(datetime(2026, 7, 1, 11, tzinfo=UTC))
    assert (shown.hour, shown.utcoffset()) == (12, timedelta(hours=1))


def test_a_datetime_without_a_zone_is_no_instant():
    with pytest.raises(ValueError, match="time zone"):
        london_day(datetime(2026, 7, 1, 11))  # noqa: DTZ001 (that is the point)


def test_a_wall_time_becomes_the_instant_at_which_the_clocks_show_it():
    assert london_instant(date(2026, 7, 1), time(9, 30)) == parse_instant("2026-07-01T08:30:00Z")
    assert london_instant(date(2026, 1, 7), time(9, 30)) == parse_instant("2026-01-07T09:30:00Z")


@pytest.mark.parametrize("wall_time", [time(1, 0), time(1, 30), time(1, 59, 59)])
@pytest.mark.parametrize("which", [None, "first", "second"])
def test_an_hour_that_the_clocks_skip_is_refused_whatever_was_chosen(wall_time, which):
    with pytest.raises(NoSuchWallTimeError, match="does not exist"):
        london_instant(FORWARD, wall_time, which=which)


@pytest.mark.parametrize("wall_time", [time(1, 0), time(1, 30), time(1, 59, 59)])
def test_an_hour_that_exists_twice_is_refused_unless_told_which(wall_time):
    with pytest.raises(WallTimeTwiceError, match="twice"):
        london_instant(BACK, wall_time)
    first = london_instant(BACK, wall_time, which="first")
    second = london_instant(BACK, wall_time, which="second")
    assert second - first == timedelta(hours=1)
    assert london_time(first).replace(tzinfo=None) == datetime.combine(BACK, wall_time)
    assert london_time(second).replace(tzinfo=None) == datetime.combine(BACK, wall_time)


@pytest.mark.parametrize("day", [FORWARD, BACK])
def test_the_hours_beside_a_change_are_ordinary(day):
    for wall_time in (time(0, 59, 59), time(2, 0)):
        shown = london_time(london_instant(day, wall_time))
        assert shown.replace(tzinfo=None) == datetime.combine(day, wall_time)


def test_a_wall_time_has_no_zone_and_both_refusals_are_of_one_kind():
    with pytest.raises(ValueError, match="no time zone"):
        london_instant(FORWARD, time(9, tzinfo=UTC))
    assert issubclass(NoSuchWallTimeError, WallTimeError)
    assert issubclass(WallTimeTwiceError, WallTimeError)


# Hypothesis wants its bounds without a zone.
EARLIEST = datetime.combine(date.min + timedelta(days=2), time.min)
LATEST = datetime.combine(date.max - timedelta(days=2), time.max)


@settings(deadline=None)
@given(
    st.datetimes(EARLIEST.replace(year=1972), EARLIEST.replace(year=2100), timezones=st.just(UTC))
)
def test_every_instant_comes_back_from_its_wall_time(instant):
    shown = london_time(instant)
    which = "second" if shown.fold else "first"
    assert london_instant(shown.date(), shown.time(), which=which) == instant


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("2008-07-01", "2026-06-30", 17),  # the day before
        ("2008-07-01", "2026-07-01", 18),  # from 00:00 on the birthday
        ("2008-02-29", "2026-02-28", 17),  # born on 29 February: not yet
        ("2008-02-29", "2026-03-01", 18),  # but on 1 March in a common year
        ("2008-02-29", "2028-02-28", 19),
        ("2008-02-29", "2028-02-29", 20),  # and on the day itself in a leap year
        ("2026-07-02", "2026-07-01", -1),  # not born yet
        ("2026-07-01", "2026-07-01", 0),
    ],
)
def test_age_on_a_day(born, day, age):
    assert age_on(parse_day(born), parse_day(day)) == age


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 120))
def test_a_birthday_is_the_first_day_of_its_age(born, age):
    first = birthday(born, age)
    assert age_on(born, first) == age
    assert age_on(born, first - timedelta(days=1)) == age - 1


def test_a_birthday_on_29_february_falls_on_1_march_in_common_years_only():
    born = date(2008, 2, 29)
    assert [birthday(born, age) for age in (16, 18, 21)] == [
        date(2024, 2, 29),
        date(2026, 3, 1),
        date(2029, 3, 1),
    ]


def test_a_birthday_beyond_the_calendar_is_refused():
    with pytest.raises(ValueError, match="year"):
        birthday(date(9990, 1, 1), 16)
    with pytest.raises(ValueError, match="year"):
        birthday(date(9996, 2, 29), 7)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2025-12-31", 2, "2026-02-28"),  # clipped to the month's end
        ("2025-12-31", 3, "2026-03-31"),  # and counted from the first date, not from the clipped
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-01-15", 0, "2026-01-15"),
        ("2026-11-30", 1, "2026-12-30"),  # December is a month of this year
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-03-31", -1, "2026-02-28"),
    ],
)
def test_months_after_a_date(day, months, later):
    assert months_after(parse_day(day), months) == parse_day(later)


@pytest.mark.parametrize(
    "text",
    [
        "2026-7-1",
        "20260701",
        "2026-W27-3",
        "2026-07-01 ",
        "2026-07-01\n",
        "2026-07-01T00:00:00Z",
        "01/07/2026",
        "",
        "\u0662\u0660\u0662\u0666-\u0660\u0667-\u0660\u0661",
        "2026-02-29",
        "2026-13-01",
        "2026-06-31",
        "0000-01-01",
    ],
)
def test_what_is_no_day(text):
    with pytest.raises(NotADayError):
        parse_day(text)


@settings(deadline=None)
@given(st.dates())
def test_a_day_is_read_as_it_is_written(day):
    assert parse_day(format_day(day)) == day


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-07-01T09:30:00Z", datetime(2026, 7, 1, 9, 30, tzinfo=UTC)),
        ("2026-07-01t09:30:00z", datetime(2026, 7, 1, 9, 30, tzinfo=UTC)),  # RFC 3339 allows it
        ("2026-07-01T09:30:00+01:00", datetime(2026, 7, 1, 8, 30, tzinfo=UTC)),
        ("2026-07-01T09:30:00-00:00", datetime(2026, 7, 1, 9, 30, tzinfo=UTC)),
        ("2026-07-01T09:30:00.5Z", datetime(2026, 7, 1, 9, 30, 0, 500_000, tzinfo=UTC)),
        ("2026-07-01T09:30:00.1234569Z", datetime(2026, 7, 1, 9, 30, 0, 123_456, tzinfo=UTC)),
    ],
)
def test_what_is_an_instant(text, instant):
    found = parse_instant(text)
    assert found == instant
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "2026-07-01T09:30:00",  # no offset: nobody can say when
        "2026-07-01T09:30Z",
        "2026-07-01 09:30:00Z",
        "2026-07-01T09:30:00Z\n",
        "2026-07-01T09:30:00.Z",
        "2026-07-01T09:30:00+0100",
        "2026-07-01T09:30:00+24:00",
        "2026-07-01T09:30:00+01:60",
        "2026-07-01",
        "2026-07-01T24:00:00Z",
        "2026-06-30T23:59:60Z",
        "2026-02-29T09:30:00Z",
        "0001-01-01T00:00:00+01:00",  # before the calendar in UTC
        "0001-01-01T00:00:00Z",  # before the calendar in London's local time of then
        "9999-12-31T23:30:00-01:00",
    ],
)
def test_what_is_no_instant(text):
    with pytest.raises(NotAnInstantError):
        parse_instant(text)


def test_an_instant_is_written_in_utc_with_a_fraction_only_where_there_is_one():
    summer = datetime(2026, 7, 1, 9, 30, tzinfo=ZoneInfo("Europe/London"))
    assert format_instant(summer) == "2026-07-01T08:30:00Z"
    assert format_instant(summer.replace(microsecond=500_000)) == "2026-07-01T08:30:00.500000Z"
    with pytest.raises(ValueError, match="time zone"):
        format_instant(datetime(2026, 7, 1))  # noqa: DTZ001 (that is the point)


@settings(deadline=None)
@given(
    st.datetimes(
        EARLIEST,
        LATEST,
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=14))]),
    )
)
def test_an_instant_is_read_as_it_is_written(instant):
    assert parse_instant(format_instant(instant)) == instant
