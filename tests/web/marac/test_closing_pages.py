"""An area by closing date, by its pages: set, planned, listed, and answered by the worker."""

from datetime import date, time

import pytest
from sqlalchemy import select

from hub.kernel.actor import Role
from hub.marac.commands import SaveSeries, plan_in_series, save_series
from hub.marac.models import AreaSetting
from hub.meetings.models import Invitation, Meeting
from kit.world import COORDINATOR, HUB


@pytest.fixture
def closing(world):
    with world.write(COORDINATOR) as uow:
        uow.session.add(AreaSetting(area_id=world.area, shape="closing"))
        uow.session.flush()
        said = SaveSeries(
            area_id=world.area, name="East", starts=time(17), minutes=180, slot_minutes=10
        )
        return plan_in_series(save_series(said, uow=uow), date(2026, 7, 1), uow=uow)


def test_an_area_is_set_to_closing_dates(browser, world):
    form = browser.get("marac.area", area_id=world.area)
    browser.send("marac.area", form.filled() | {"shape": ["closing"]}, area_id=world.area)
    with world.units.read(HUB) as uow:
        assert uow.session.get_one(AreaSetting, world.area).shape == "closing"


def test_its_pages_speak_of_no_meeting(browser, world, closing):
    item = world.list(closing, world.concern(world.person()))

    shown = browser.get("meetings.show", meeting_id=closing)
    assert "Closes Wednesday 1 July 2026, 5pm" in shown.text
    assert "Nobody meets." in shown.text
    assert "Place" not in shown.text
    agenda = browser.get("marac.agenda", meeting_id=closing)
    assert "Nobody meets, so no case has a time." in agenda.text
    assert "Make the agenda" not in agenda.text
    assert "Attendance" not in browser.get("meetings.case", item_id=item).text
    assert "Closes 5pm" in browser.get("meetings.upcoming").text

    browser.send("marac.issue", {}, meeting_id=closing)
    assert "It closes on 1 July 2026 at 5pm" in browser.get("marac.copy", meeting_id=closing).text


def test_the_closing_date_is_moved(browser, world, closing):
    form = browser.get("meetings.move", meeting_id=closing)
    assert set(form.filled()) >= {"starts_at-day", "chair_id", "version"}
    assert "place" not in form.filled()
    browser.send("meetings.move", form.filled() | {"starts_at-day": ["2"]}, meeting_id=closing)
    with world.units.read(HUB) as uow:
        assert uow.session.get_one(Meeting, closing).starts_at.day == 2


def test_the_worker_is_asked_for_what_they_know_and_not_to_come(browse, world, closing, as_role):
    world.list(closing, world.concern(world.person()))
    worker = as_role(Role.LEAVING_CARE_WORKER, agency_id=world.agency, contact_id=world.worker)
    with world.units.read(HUB) as uow:
        invitation = uow.session.scalars(select(Invitation.id)).one()
    mine = browse(worker)

    page = mine.get("invitations.show", invitation_id=invitation)
    assert "Nobody meets. You are asked for what you know" in page.text
    assert "I will come" not in page.text
    wrong = mine.fill(page, {"answer": "information_only"})
    assert wrong.errors == {"information": "Enter what you know"}
    said = {"answer": "information_only", "information": "She moves on Friday", "sequence": "0"}
    mine.send("invitations.answer", said, invitation_id=invitation)
    assert (
        "You sent what you know" in mine.get("invitations.answered", invitation_id=invitation).text
    )
    assert "Closing date" in mine.get("invitations.mine").text
