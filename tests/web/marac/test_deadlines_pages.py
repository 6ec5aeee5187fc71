"""Deadlines in words wherever they matter: meeting, series, screening, research."""

from datetime import date, time

import pytest

from hub.kernel.actor import Role
from hub.marac.commands import SaveSeries, plan_in_series, save_series
from kit.world import COORDINATOR

BY = "by Friday 19 June, midday, in 14 working days"


@pytest.fixture
def meeting(world):
    """Plan the series' meeting on Wednesday 1 July; today is Monday 1 June 2026."""
    with world.write(COORDINATOR) as uow:
        said = SaveSeries(
            area_id=world.area, name="East", starts=time(9, 30), minutes=180, slot_minutes=10
        )
        return plan_in_series(save_series(said, uow=uow), date(2026, 7, 1), uow=uow)


def test_the_co_ordinators_pages_say_them(browser, world, meeting):
    for endpoint in ("meetings.show", "marac.agenda"):
        text = browser.get(endpoint, meeting_id=meeting).text
        assert f"Referrals {BY}" in text
        assert "Agenda by Wednesday 24 June, in 17 working days" in text
    assert f"Referrals {BY}" in browser.get("marac.series_list").text
    screening = browser.get("referrals.queue").text
    assert f"Testshire, MARAC on Wednesday 1 July 2026. Referrals {BY}." in screening
    standing = browser.get("marac.research_standing", meeting_id=meeting).text
    assert "Research by Friday 26 June, in 19 working days." in standing


def test_an_agency_sees_how_far_off_its_answer_is(browse, world, meeting, as_role):
    world.list(meeting, world.concern(world.person()))
    rep = browse(as_role(Role.AGENCY_REPRESENTATIVE, agency_id=world.agency))
    listed = rep.get("marac.research_list")
    assert "In 19 working days" in listed.text
    (href,) = (to for to in listed.links.values() if to.startswith("/research/"))
    assert "26 June 2026 at 5pm, in 19 working days" in rep.get(href).text


def test_screening_says_when_no_meeting_is_left_to_come_in_time_for(browser, world):
    world.meeting(days=3)
    said = "Testshire: the cut-off of every MARAC still to come is over. Plan the next one."
    assert said in browser.get("referrals.queue").text
