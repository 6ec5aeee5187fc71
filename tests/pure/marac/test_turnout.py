"""How often agencies came: meetings by quarter, the one before and this one."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from hub.marac.rules.presence import Came
from hub.marac.rules.turnout import Seen, by_quarter, first_counted, quarter_of

TODAY = date(2026, 6, 1)
HOUSING, POLICE = UUID(int=1), UUID(int=2)


def seen(met_on, status=Came.ATTENDED, *, agency=HOUSING, meeting=None):
    return Seen(
        agency_id=agency,
        agency="Housing" if agency == HOUSING else "Police",
        meeting_id=meeting or UUID(int=met_on.toordinal()),
        met_on=met_on,
        status=status,
    )


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 1, 1), date(2026, 1, 1)),
        (date(2026, 3, 31), date(2026, 1, 1)),
        (date(2026, 4, 1), date(2026, 4, 1)),
        (date(2024, 2, 29), date(2024, 1, 1)),
        (date(2026, 12, 31), date(2026, 10, 1)),
    ],
)
def test_a_quarter_begins_in_january_april_july_and_october(day, first):
    assert quarter_of(day) == first


def test_it_is_counted_from_the_quarter_before_also_over_new_year():
    assert first_counted(TODAY) == date(2026, 1, 1)
    assert first_counted(date(2026, 2, 1)) == date(2025, 10, 1)


def test_the_latest_quarter_stands_first_and_older_ones_and_days_to_come_are_left_out():
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 31), TODAY)
    found = by_quarter([seen(day) for day in (*days, TODAY + timedelta(days=1))], TODAY)
    assert [(one.first_on, one.last_on, one.meetings) for one in found] == [
        (date(2026, 4, 1), date(2026, 6, 30), 1),
        (date(2026, 1, 1), date(2026, 3, 31), 2),
    ]
    assert by_quarter([], TODAY) == ()


def test_each_word_is_counted_by_itself_and_who_came_least_stands_first():
    other = TODAY - timedelta(days=7)
    (found,) = by_quarter(
        [
            seen(TODAY, Came.PART),
            seen(other, Came.NOT_IDENTIFIED),
            seen(TODAY, agency=POLICE),
            seen(other, Came.APOLOGY, agency=POLICE),
        ],
        TODAY,
    )
    assert found.meetings == 2
    assert [(one.agency, one.counts) for one in found.agencies] == [
        ("Housing", (0, 1, 0, 0, 1)),
        ("Police", (1, 0, 1, 0, 0)),
    ]
