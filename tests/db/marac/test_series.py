"""Series: how an area usually meets, and the days on which it cannot."""

from datetime import UTC, date, datetime, time
from uuid import uuid4

import pytest

from hub.kernel.errors import NotAllowedError, NotFoundError, RefusedError
from hub.marac.commands import SaveSeries, plan_in_series, save_series
from hub.marac.models import Series
from hub.meetings.models import Meeting
from kit.world import CHAIR, COORDINATOR, HUB, World


@pytest.fixture
def world(units):
    return World(units).settle()


def series(world, **changes):
    said = {
        "area_id": world.area,
        "name": "East",
        "starts": time(9, 30),
        "minutes": 180,
        "slot_minutes": 12,
        "place": "Example House",
    }
    with world.write(COORDINATOR) as uow:
        return save_series(SaveSeries(**{**said, **changes}), uow=uow)


def test_a_series_plans_its_meeting_by_the_day_alone(world):
    east = series(world)

    with world.write(COORDINATOR) as uow:
        meeting = plan_in_series(east, date(2026, 7, 1), uow=uow)

    with world.units.read(HUB) as uow:
        row = uow.session.get_one(Meeting, meeting)
        assert row.starts_at == datetime(2026, 7, 1, 8, 30, tzinfo=UTC)  # 09:30 in summer
        assert row.ends_at == datetime(2026, 7, 1, 11, 30, tzinfo=UTC)
        assert (row.kind, row.series_id, row.place) == ("marac", east, "Example House")


def test_changing_a_series_leaves_its_meetings_alone(world):
    east = series(world)
    with world.write(COORDINATOR) as uow:
        meeting = plan_in_series(east, date(2026, 7, 1), uow=uow)

    changes = {"place": "Elsewhere", "starts": time(14, 0)}
    assert series(world, series_id=east, version=1, **changes) == east

    with world.units.read(HUB) as uow:
        assert uow.session.get_one(Meeting, meeting).place == "Example House"
        assert uow.session.get_one(Series, east).starts == "14:00"


@pytest.mark.parametrize(
    ("starts", "day", "why"),
    [
        (time(9, 30), date(2026, 6, 1), "must start in the future"),
        (time(1, 30), date(2027, 3, 28), "The clocks change"),
        (time(1, 30), date(2026, 10, 25), "The clocks change"),
    ],
)
def test_days_on_which_a_series_cannot_meet(world, starts, day, why):
    odd = series(world, starts=starts)

    with pytest.raises(RefusedError, match=why) as refused, world.write(COORDINATOR) as uow:
        plan_in_series(odd, day, uow=uow)

    assert refused.value.field == "day"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"minutes": 11}, "minutes"),
        ({"minutes": 721}, "minutes"),
        ({"slot_minutes": 4}, "slot_minutes"),
    ],
)
def test_series_of_impossible_lengths(world, changes, field):
    with pytest.raises(RefusedError) as refused:
        series(world, **changes)
    assert refused.value.field == field


def test_a_series_that_is_not_there_and_people_who_may_not(world):
    with pytest.raises(NotFoundError):
        series(world, series_id=uuid4())
    with pytest.raises(NotFoundError), world.write(COORDINATOR) as uow:
        plan_in_series(uuid4(), date(2026, 7, 1), uow=uow)
    east = series(world)
    with pytest.raises(NotAllowedError), world.write(CHAIR) as uow:
        plan_in_series(east, date(2026, 7, 1), uow=uow)
