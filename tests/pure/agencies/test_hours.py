"""Opening hours: what is understood, how it is kept, and whether somebody answers now."""

from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.agencies.rules.hours import (
    Hours,
    HoursError,
    Stretch,
    hours_in_words,
    openness,
    parse_hours,
)
from hub.kernel.days import london_instant

WEEK = "Mon-Fri 09:00-17:00; Sat 10:00-12:00"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (WEEK, WEEK),
        ("Monday to Friday 9am to 5pm", "Mon-Fri 09:00-17:00"),
        ("mon\u2013thu 8.45\u201317.15, fri 8:45-16:45", "Mon-Thu 08:45-17:15; Fri 08:45-16:45"),
        ("Mon and Wed 10-12, 13-15", "Mon 10:00-12:00, 13:00-15:00; Wed 10:00-12:00, 13:00-15:00"),
        ("weekdays 09:00-12 noon", "Mon-Fri 09:00-12:00"),
        ("every day 9am-9pm", "Mon-Sun 09:00-21:00"),
        ("24/7", "24 hours"),
        ("Always open", "24 hours"),
        ("Mon-Sun 00:00-24:00", "Mon-Sun 00:00-24:00"),  # all week, but not on bank holidays
        ("Mon-Sun 17:00-08:45, including bank holidays", "Mon-Sun 17:00-08:45, bank holidays"),
        ("Mon 9-12. ", "Mon 09:00-12:00"),
        ("Tuesdays 12am-1am", "Tue 00:00-01:00"),
    ],
)  # fmt: skip
def test_hours_are_kept_in_one_form(typed, kept):
    assert str(parse_hours(typed)) == kept
    assert str(parse_hours(kept)) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "whenever",
        "Mon-Fri",
        "09:00-17:00",  # no day
        "Mon-Fri 09:00-17:00 Sat banana",  # something left over at the end
        "hello Mon 9:00-12:00",  # and at the beginning
        "Mon 9:00-12:00 or so, Tue 9:00-12:00",  # and between
        "Mon 25:00-26:00",
        "Mon 09:75-10:00",
        "Mon 13pm-2pm",
        "Mon 09:00-09:00",
        "Fri-Mon 09:00-17:00",  # runs over the week's end
        "weekdays 9-5",  # day or night?
        "Mon 09:00-12:00, 11:00-13:00",  # overlap
    ],
)
def test_what_is_not_understood_is_refused(typed):
    with pytest.raises(HoursError):
        parse_hours(typed)


@pytest.mark.parametrize(
    ("hours", "day", "time", "words"),
    [
        (WEEK, date(2026, 6, 1), "09:00", "Open now, until 5pm"),  # the minute it opens
        (WEEK, date(2026, 6, 1), "16:59", "Open now, until 5pm"),
        (WEEK, date(2026, 6, 1), "17:00", "Closed now, opens tomorrow at 9am"),  # and closes
        (WEEK, date(2026, 6, 1), "07:00", "Closed now, opens today at 9am"),
        (WEEK, date(2026, 6, 6), "11:00", "Open now, until midday"),  # a Saturday
        (WEEK, date(2026, 6, 6), "12:30", "Closed now, opens on Monday at 9am"),
        (WEEK, date(2026, 5, 25), "11:00", "Closed now, opens tomorrow at 9am"),  # bank holiday
        (WEEK + ", bank holidays", date(2026, 5, 25), "11:00", "Open now, until 5pm"),
        ("24 hours", date(2026, 12, 25), "03:00", "Open now, 24 hours a day"),
        ("Mon 22:00-06:00", date(2026, 6, 2), "05:59", "Open now, until 6am"),  # past midnight
        ("Mon 22:00-06:00", date(2026, 6, 2), "06:00", "Closed now, opens on Monday at 10pm"),
        ("Sun 22:00-06:00", date(2026, 6, 1), "01:00", "Open now, until 6am"),  # past the week
        (
            "Mon 10:00-12:00",
            date(2026, 5, 18),
            "12:00",
            "Closed now, opens on Monday 1 June at 10am",
        ),
        (None, date(2026, 6, 1), "09:00", "Opening hours are not recorded"),
        ("by arrangement", date(2026, 6, 1), "09:00", "Opening hours are not recorded"),
    ],
)
def test_whether_somebody_answers_now(hours, day, time, words):
    hour, minute = map(int, time.split(":"))
    now = london_instant(day, time_of_day(hour, minute))

    assert openness(hours, now).words == words


@pytest.mark.parametrize(
    ("kept", "lines"),
    [
        (
            "Mon-Thu 08:45-17:15; Fri 08:45-16:45",
            ("Monday to Thursday, 8:45am to 5:15pm", "Friday, 8:45am to 4:45pm"),
        ),
        ("Mon 10:00-12:00, 13:00-24:00", ("Monday, 10am to midday and 1pm to midnight",)),
        ("Sat-Sun 09:00-10:00", ("Saturday and Sunday, 9am to 10am",)),
    ],
)
def test_hours_are_said_as_times_are_said(kept, lines):
    assert hours_in_words(kept) == (*lines, "Not on bank holidays")


def test_hours_that_never_end_or_are_not_known_are_said_too():
    assert hours_in_words("24 hours") == ("24 hours a day",)
    every_day = ("Every day, 8am to 8pm", "Bank holidays too")
    assert hours_in_words("Mon-Sun 08:00-20:00, bank holidays") == every_day
    assert hours_in_words("by arrangement") == ("by arrangement",)
    assert hours_in_words(None) == ()


def test_hours_are_london_time_in_summer_and_winter():
    assert openness(WEEK, datetime(2026, 6, 1, 8, 30, tzinfo=UTC)).is_open  # 9:30 in summer
    assert not openness(WEEK, datetime(2026, 12, 1, 8, 30, tzinfo=UTC)).is_open


@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 1439), st.integers(1, 1439)),
        min_size=1,
        max_size=6,
        unique_by=lambda each: each[0],
    ),
    st.booleans(),
    st.integers(0, 60 * 24 * 30),
)
def test_what_is_kept_is_read_again_as_the_same(parts, holidays, minutes):
    week = [()] * 7
    for day, opens, length in parts:
        week[day] = (Stretch(opens, opens + length),)
    hours = Hours(tuple(week), holidays)

    assert parse_hours(str(hours)) == hours
    openness(str(hours), datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
