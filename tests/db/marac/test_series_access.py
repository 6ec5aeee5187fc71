"""Series of one area: not there for co-ordinators of another, and never overwritten unseen."""

from dataclasses import replace
from datetime import date, time
from uuid import uuid4

import pytest

from hub.agencies.models import Agency, AgencyArea, Area
from hub.kernel.actor import Actor, Role
from hub.kernel.errors import ConflictError, NotFoundError
from hub.marac.commands import SaveSeries, plan_in_series, save_series
from hub.marac.models import Series
from hub.marac.queries import all_series, series_row
from hub.meetings.commands import PlanMeeting, plan_meeting
from hub.meetings.situation import MeetingKind
from kit.world import HUB, NOW, World


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def near(world):
    return coordinator(world.agency)


@pytest.fixture
def far(world):
    agency, area = uuid4(), uuid4()
    with world.write() as uow:
        uow.session.add(Area(id=area, name="Othershire"))
        uow.session.add(Agency(id=agency, name="Other Council", kind="council"))
        uow.session.flush()
        uow.session.add(AgencyArea(agency_id=agency, area_id=area))
    return coordinator(agency)


def coordinator(agency):
    roles = frozenset({Role.COORDINATOR})
    return Actor(account_id=uuid4(), agency_id=agency, roles=roles, label="co")


def said(world, **changes):
    cmd = SaveSeries(
        area_id=world.area, name="East", starts=time(9, 30), minutes=180, slot_minutes=12
    )
    return replace(cmd, **changes)


def save(world, actor, cmd):
    with world.write(actor) as uow:
        return save_series(cmd, uow=uow)


def test_to_a_co_ordinator_of_another_area_a_series_is_not_there(world, near, far):
    east = save(world, near, said(world))

    with world.units.read(far) as uow:
        assert all_series(uow) == ()
        with pytest.raises(NotFoundError):
            series_row(uow, east)
    for does in (
        lambda uow: save_series(said(world, series_id=east, version=1), uow=uow),
        lambda uow: save_series(said(world), uow=uow),
        lambda uow: plan_in_series(east, date(2026, 7, 1), uow=uow),
        lambda uow: plan_meeting(
            PlanMeeting(
                kind=MeetingKind.MARAC,
                area_id=world.area,
                starts_at=NOW.replace(day=2),
                ends_at=NOW.replace(day=2, hour=10),
            ),
            uow=uow,
        ),
    ):
        with pytest.raises(NotFoundError), world.write(far) as uow:
            does(uow)
    with world.units.read(near) as uow:
        assert [one.id for one in all_series(uow)] == [east]


def test_of_two_who_change_a_series_the_later_is_told(world, near):
    east = save(world, near, said(world))
    save(world, near, said(world, series_id=east, version=1, place="Theirs"))

    with pytest.raises(ConflictError) as stale:
        save(world, near, said(world, series_id=east, version=1, place="Mine"))

    assert stale.value.theirs["place"] == "Theirs"
    save(world, near, said(world, series_id=east, version=2, place="Mine"))
    with world.units.read(HUB) as uow:
        assert uow.session.get_one(Series, east).place == "Mine"
