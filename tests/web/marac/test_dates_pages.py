"""A year of a series by its pages: the days are shown, ticked off, and planned together."""

from datetime import time

import pytest
from sqlalchemy import select

from hub.marac.commands import SaveSeries, save_series
from hub.meetings.models import Meeting
from kit.world import COORDINATOR, HUB


@pytest.fixture
def east(world):
    cmd = SaveSeries(
        area_id=world.area,
        name="East",
        starts=time(9, 30),
        minutes=180,
        slot_minutes=12,
        place="Example House",
    )
    with world.write(COORDINATOR) as uow:
        return save_series(cmd, uow=uow)


def parts(name, day, month, year):
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}


AUTUMN = {"every": "two_weeks"} | parts("first", 17, 8, 2026) | parts("last", 30, 9, 2026)


def planned(world):
    with world.units.read(HUB) as uow:
        return [
            f"{each:%d %m %H:%M}"
            for each in uow.session.scalars(select(Meeting.starts_at).order_by(Meeting.starts_at))
        ]


def test_a_year_is_planned_in_two_pages_and_a_holiday_gives_way(browser, world, east):
    question = browser.get("marac.dates", series_id=east)
    check = browser.fill(question, AUTUMN)

    assert "Tuesday 1 September 2026" in check.text
    assert "Instead of Monday 31 August 2026" in check.text
    assert planned(world) == []
    said = browser.send("marac.plan_dates", check.filled(), series_id=east)
    assert "4 meetings are planned." in said.text
    assert planned(world) == ["17 08 08:30", "01 09 08:30", "14 09 08:30", "28 09 08:30"]


def test_a_day_that_is_not_ticked_is_not_planned_and_what_is_planned_is_not_offered(
    browser, world, east
):
    question = browser.get("marac.dates", series_id=east)
    check = browser.fill(question, AUTUMN)
    ticked = check.filled() | {"days": ["2026-08-17", "2026-09-28"]}
    browser.send("marac.plan_dates", ticked, series_id=east)

    rest = browser.fill(question, AUTUMN).filled()["days"]

    assert len(planned(world)) == 2
    assert rest == ["2026-09-01", "2026-09-14"]


def test_where_one_day_is_taken_none_is_planned_and_the_day_is_named(browser, world, east):
    check = browser.fill(browser.get("marac.dates", series_id=east), AUTUMN)
    with world.write(COORDINATOR) as uow:
        other = SaveSeries(
            area_id=world.area,
            name="West",
            starts=time(10),
            minutes=60,
            slot_minutes=10,
            place="Example House",
        )
        west = save_series(other, uow=uow)
    taken = browser.get("marac.plan", series_id=west)
    browser.fill(taken, parts("day", 14, 9, 2026))

    wrong = browser.post("marac.plan_dates", check.filled(), series_id=east)

    assert wrong.errors["days"].startswith("Monday 14 September 2026: Something is taken")
    assert planned(world) == ["14 09 09:00"]


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({"every": ""}, {"every": "Select how often"}),
        (parts("last", 1, 8, 2026), {"last-day": "The last day must be after the first, and at"}),
        (parts("last", 1, 9, 2027), {"last-day": "The last day must be after the first, and at"}),
        (parts("first", 1, 1, 2020), {"first-day": "The first day must be"}),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(browser, east, answers, errors):
    wrong = browser.fill(browser.get("marac.dates", series_id=east), AUTUMN | answers)

    assert set(wrong.errors) == set(errors)
    for field, error in errors.items():
        assert wrong.errors[field].startswith(error)


def test_a_forged_day_and_no_day_are_refused(browser, world, east):
    check = browser.fill(browser.get("marac.dates", series_id=east), AUTUMN)

    for days in ([], ["2026-02-30"]):
        answers = check.filled() | {"days": days}
        assert "days" in browser.post("marac.plan_dates", answers, series_id=east).errors
    assert planned(world) == []


def test_to_a_stranger_the_series_is_not_there(browse, chair, east):
    browse(chair).get("marac.dates", status=404, series_id=east)
    browse(chair).post("marac.plan_dates", {}, status=404, series_id=east)
