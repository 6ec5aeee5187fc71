"""An area's settings by their page: the usual values, both versions, and nobody else's."""

from uuid import uuid4

import pytest

from hub.agencies.models import Agency, AgencyArea, Area
from hub.kernel.actor import Role
from hub.marac.queries import area_rules
from kit.world import HUB


@pytest.fixture
def shown(browser, world):
    """Return the page of the area's settings."""
    return browser.get("marac.area", area_id=world.area)


@pytest.fixture
def stranger(browse, world, as_role):
    """Return the browser of a co-ordinator of another area."""
    agency, area = uuid4(), uuid4()
    with world.write() as uow:
        uow.session.add(Area(id=area, name="Othershire"))
        uow.session.add(Agency(id=agency, name="Other Council", kind="council"))
        uow.session.flush()
        uow.session.add(AgencyArea(agency_id=agency, area_id=area))
    return browse(as_role(Role.COORDINATOR, agency_id=agency, name="Other Ordinator"))


def rules(world):
    with world.units.read(HUB) as uow:
        return area_rules(uow, world.area)


def filled(page, **answers):
    return page.filled() | answers


def test_the_usual_values_hold_until_somebody_sets_others(browser, world, shown):
    assert "Settings of Testshire" in browser.get("marac.series_list").text

    answers = filled(
        shown,
        cutoff_days="10",
        chase_days="4, 2 ,1",
        extra_closed_days="24 12 2026\n31/12/2026",
        shape="daily",
    )
    browser.send("marac.area", answers, area_id=world.area)

    found = rules(world)
    assert (found.clocks.cutoff_days, found.clocks.agenda_days) == (10, 5)
    assert (found.chase_days, found.shape) == ((4, 2, 1), "daily")
    assert [f"{day:%d %m}" for day in sorted(found.clocks.extra_closed_days)] == ["24 12", "31 12"]
    assert found.statement.startswith("What is said here is confidential")
    again = browser.get("marac.area", area_id=world.area).filled()
    assert again["chase_days"] == ["4, 2, 1"]
    assert again["extra_closed_days"] == ["24 12 2026\n31 12 2026"]


def test_an_agency_that_is_not_asked_and_own_words_are_kept(browser, world, as_role):
    lead = as_role(Role.SAFEGUARDING_LEAD, agency_id=world.agency, name="Lea Der")
    shown = browser.get("marac.area", area_id=world.area)
    answers = filled(
        shown,
        not_asked=[str(world.agency)],
        statement="Keep it in this room.",
        steering=[str(lead.account_id)],
        emergency_hours="4",
        answer_days="5",
        answer_hours="",
    )
    browser.send("marac.area", answers, area_id=world.area)

    found = rules(world)
    assert (found.steering, found.emergency_hours) == ({lead.account_id}, 4)
    assert (found.waits.working_days, found.waits.before_hours) == (5, None)
    assert "Lea Der, Example Leaving Care" in browser.get("marac.area", area_id=world.area).text
    assert (found.not_asked, found.statement) == ({world.agency}, "Keep it in this room.")


@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [
        ("cutoff_days", "4", "The cut-off must come before the agenda: give it as many working"),
        ("cutoff_time", "noon", "Enter the time on that day like 09:30"),
        ("chase_days", "three", "Enter the days as numbers, like 3, 1"),
        ("chase_days", "61", "Each must be a number from 0 to 60"),
        ("extra_closed_days", "30 2 2026", "Enter each day on its own line, like 24 12 2026"),
        (
            "repeat_months",
            "0",
            "Months in which it is a repeat must be a whole number from 1 to 60",
        ),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(browser, world, shown, field, typed, error):
    answers = filled(shown, statement="Typed and kept.", **{field: typed})
    wrong = browser.post("marac.area", answers, status=422, area_id=world.area)

    assert wrong.errors[field].startswith(error)
    assert wrong.filled()["statement"] == ["Typed and kept."]
    assert rules(world).own_statement is None


def test_of_two_who_change_the_settings_the_second_sees_both_versions(browser, world, shown):
    browser.send("marac.area", filled(shown, research_days="2"), area_id=world.area)

    answers = filled(shown, research_days="4")
    both = browser.post("marac.area", answers, status=409, area_id=world.area)

    assert rules(world).clocks.research_days == 2
    browser.send("marac.area", both.filled(f"/areas/{world.area}/settings"), area_id=world.area)
    assert rules(world).clocks.research_days == 4


def test_for_a_co_ordinator_of_another_area_the_settings_are_not_there(stranger, world):
    stranger.get("marac.area", status=404, area_id=world.area)
    stranger.post("marac.area", {"shape": "daily"}, status=404, area_id=world.area)


def test_a_chair_reads_no_settings(browse, chair, world):
    browse(chair).get("marac.area", status=404, area_id=world.area)


def test_a_meeting_and_its_agenda_show_the_days_that_the_area_has_set(browser, world, shown):
    meeting = world.meeting()
    usual = browser.get("meetings.show", meeting_id=meeting).text
    answers = filled(shown, cutoff_days="20", cutoff_time="16:45")
    browser.send("marac.area", answers, area_id=world.area)

    own = browser.get("meetings.show", meeting_id=meeting).text
    agenda = browser.get("marac.agenda", meeting_id=meeting).text

    assert "midday" in usual
    assert "4:45pm" in own
    assert "4:45pm" in agenda
    assert "Minutes by Thursday 2 July" in agenda
